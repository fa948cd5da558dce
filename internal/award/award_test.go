package award_test

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/award"
	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

const (
	publicURL = "https://gaung.example"
	browser   = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
)

type clock struct {
	lock sync.Mutex
	now  time.Time
}

func (c *clock) Now() time.Time { c.lock.Lock(); defer c.lock.Unlock(); return c.now }

func (c *clock) pass(d time.Duration) { c.lock.Lock(); defer c.lock.Unlock(); c.now = c.now.Add(d) }

// world is one whose links are followed and counted.
type world struct {
	*testkit.Kit
	t     *testing.T
	clock *clock
	click *click.Service
	share *share.Service
	award *award.Service
	net   byte // each share is read by other people
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := &clock{now: testdb.Now}
	kit := testkit.On(t, testdb.Open(t, testdb.New(t).Pool().Config().ConnString(), c.Now))
	clicks := click.New(kit.DB, kit.Ring, publicURL)
	w := &world{kit, t, c, clicks, share.New(kit.DB, clicks, publicURL), award.New(kit.DB), 0}
	if err := clicks.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	clicks.OnShip(share.LiftGrades)
	clicks.OnShip(score.Post)
	return w
}

// passOn shares a content, and lets so many people open the link.
func (w *world) passOn(actor org.Actor, item content.Content, channel string, readers int) {
	w.t.Helper()
	shared, err := w.share.Share(w.t.Context(), actor, item.ID, share.Request{Channel: channel})
	if err != nil {
		w.t.Fatal(err)
	}
	w.net++
	w.read(shared.URL, readers)
}

func (w *world) read(url string, readers int) {
	w.t.Helper()
	for n := range readers {
		if _, err := w.click.Visit(w.t.Context(), click.Visit{Code: url[strings.LastIndexByte(url, '/')+1:], UserAgent: browser,
			Address: netip.AddrFrom4([4]byte{203, 0, w.net, byte(n + 1)})}); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) impact(actor org.Actor, span string) award.Impact {
	w.t.Helper()
	got, err := w.award.Impact(w.t.Context(), actor, span)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

func (w *world) echoes(actor org.Actor, span string, size int) (rows []string) {
	w.t.Helper()
	for ask := (page.Ask{Limit: size}); ; {
		got, err := w.award.Echoes(w.t.Context(), actor, span, ask)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, one := range got.Items {
			rows = append(rows, fmt.Sprint(one.Title, " ", one.People, " ", one.Grade, " ", one.Networks, " ", one.Thanks))
		}
		if ask.After = got.Next; ask.After == "" {
			return rows
		}
	}
}

// What a person reads of their own is what was counted, by network and by content, and nobody else's.
func TestImpactIsWhatWasCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, other := w.Staff(), w.Staff()
	water, tax, bus := w.Live("Kabar air"), w.Live("Kabar pajak"), w.Live("Kabar bus")
	w.passOn(actor, water, "whatsapp", 5)
	w.passOn(actor, water, "telegram", 2)
	w.passOn(actor, tax, "whatsapp", 3)
	w.passOn(actor, bus, "copy", 0)
	w.passOn(other, water, "whatsapp", 9)
	if _, err := w.share.Like(t.Context(), actor, water.ID, "", ""); err != nil {
		t.Fatal(err)
	}
	got := w.impact(actor, "month")
	if got.People != 10 || got.Ever != 10 || got.Next != 50 || len(got.Marks) != 2 || got.Waiting != 1 {
		t.Errorf("%+v", got)
	}
	if want := []award.OverNetwork{{Network: "whatsapp", People: 8}, {Network: "telegram", People: 2}}; !reflect.DeepEqual(got.Networks, want) {
		t.Errorf("networks: %+v", got.Networks)
	}
	if want := []award.OfGrade{{Kind: "share", Grade: "B", N: 3}, {Kind: "share", Grade: "D", N: 1}, {Kind: "like", Grade: "D", N: 1}}; !reflect.DeepEqual(got.Acts, want) {
		t.Errorf("acts: %+v", got.Acts)
	}
	want := []string{"Kabar air 7 B [whatsapp telegram] ", "Kabar pajak 3 B [whatsapp] ", "Kabar bus 0 D [copy] "}
	for size := 1; size < 4; size++ {
		if got := w.echoes(actor, "month", size); !reflect.DeepEqual(got, want) {
			t.Errorf("pages of %d: %q", size, got)
		}
	}
	mine, err := w.award.EchoOf(t.Context(), actor, water.ID)
	if err != nil || mine.People != 7 || len(mine.Networks) != 2 {
		t.Errorf("%v %+v", err, mine)
	}
	// A year later all of it is only in the span that has no end.
	w.clock.pass(365 * 24 * time.Hour)
	if got := w.impact(actor, "month"); got.People != 0 || got.Ever != 10 || got.Streak.Weeks != 0 || got.Streak.Best != 1 {
		t.Errorf("a year later: %+v", got)
	}
	if got := w.impact(actor, "all"); got.People != 10 || len(w.echoes(actor, "all", 9)) != 3 || w.echoes(actor, "week", 9) != nil {
		t.Errorf("over all time: %+v", got)
	}
	if _, err := w.award.Impact(t.Context(), actor, "abad"); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("no such span: %v", err)
	}
	for _, after := range []string{"x", cursor("1"), cursor("a", "1"), cursor("1", "9999999999"), cursor("-1", "1"), cursor("99999999999", "1")} {
		if _, err := w.award.Echoes(t.Context(), actor, "", page.Ask{After: after}); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("cursor %q: %v", after, err)
		}
	}
}

func cursor(parts ...string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(parts, "\x1f")))
}

// A run of weeks rests two weeks for free; after more a new one begins, and the longest is remembered. Sharing
// alone is no part of it.
func TestStreakMayRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, item := w.Staff(), w.Live("Kabar air")
	const week = 7 * 24 * time.Hour
	shared, err := w.share.Share(t.Context(), actor, item.ID, share.Request{Channel: "whatsapp"})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.impact(actor, "week").Streak; got != (award.Streak{}) {
		t.Errorf("shared, and nobody read: %+v", got)
	}
	for _, step := range []struct {
		after time.Duration
		reads bool
		want  award.Streak
	}{
		{0, true, award.Streak{Weeks: 1, Best: 1}},
		{time.Hour, true, award.Streak{Weeks: 1, Best: 1}}, // the same week
		{week, true, award.Streak{Weeks: 2, Best: 2}},
		{week, false, award.Streak{Weeks: 2, Best: 2, Resting: true}},
		{2 * week, true, award.Streak{Weeks: 3, Best: 3}}, // after two weeks of rest
		{3 * week, false, award.Streak{Weeks: 3, Best: 3, Resting: true}},
		{week, false, award.Streak{Weeks: 0, Best: 3}},
		{0, true, award.Streak{Weeks: 1, Best: 3}},
	} {
		if w.clock.pass(step.after); step.reads {
			if err := w.click.Prepare(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.read(shared.URL, 1)
		}
		if got := w.impact(actor, "week").Streak; got != step.want {
			t.Errorf("after %v more, read %v: %+v, want %+v", step.after, step.reads, got, step.want)
		}
	}
}

// Thanks are said once, by the office whose content it is, and read by those through whom somebody was reached.
func TestThanks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	publisher, item := w.Staff(org.Publisher), w.Live("Kabar air")
	reached, unread := w.Staff(), w.Staff()
	w.passOn(reached, item, "whatsapp", 1)
	w.passOn(unread, item, "whatsapp", 0)
	if got, err := w.award.Thanked(t.Context(), publisher, item.ID); err != nil || got.Text != "" || got.People != nil {
		t.Errorf("before: %v %+v", err, got) // one person is not told
	}
	stranger := w.Person(w.Agency(w.Region, org.Body).ID, org.Grant{Role: org.Publisher, Agency: w.Agency(w.Region, org.Body).ID})
	for name, try := range map[string]struct {
		who  org.Actor
		text string
		want errs.Code
	}{
		"another office": {stranger, "Terima kasih.", errs.NotFound},
		"no words":       {publisher, "  ", errs.Invalid},
		"too many":       {publisher, strings.Repeat("a", 281), errs.Invalid},
	} {
		if _, err := w.award.Thank(t.Context(), try.who, item.ID, try.text); errs.CodeOf(err) != try.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 2 {
		if got, err := w.award.Thank(t.Context(), publisher, item.ID, " Terima kasih. "); err != nil || got.Text != "Terima kasih." || !got.At.Equal(testdb.Now) {
			t.Errorf("%v %+v", err, got)
		}
	}
	if _, err := w.award.Thank(t.Context(), publisher, item.ID, "Lain."); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("other words: %v", err)
	}
	if n, err := db.Get[struct{ N int }](t.Context(), w.DB, `SELECT count(*) AS n FROM audit_log WHERE action = 'content.thank' AND actor_id = $1`, publisher.User); err != nil || n.N != 1 {
		t.Errorf("audit: %v %d", err, n.N)
	}
	if got := w.echoes(reached, "all", 9); len(got) != 1 || !strings.HasSuffix(got[0], "Terima kasih.") {
		t.Errorf("who reached somebody: %q", got)
	}
	if got := w.echoes(unread, "all", 9); len(got) != 1 || strings.HasSuffix(got[0], "Terima kasih.") {
		t.Errorf("who reached nobody: %q", got)
	}
}
