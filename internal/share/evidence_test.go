package share_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/report"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// clock is a fixed time that a test may move.
type clock struct {
	lock sync.Mutex
	now  time.Time
}

func (c *clock) Now() time.Time { c.lock.Lock(); defer c.lock.Unlock(); return c.now }

func (c *clock) pass(d time.Duration) { c.lock.Lock(); defer c.lock.Unlock(); c.now = c.now.Add(d) }

// linked is a world whose links are followed, as wire.go puts it together.
type linked struct {
	*world
	clock *clock
	click *click.Service
}

func newLinked(t *testing.T) *linked {
	t.Helper()
	c := &clock{now: testdb.Now}
	kit := testkit.On(t, testdb.Open(t, testdb.New(t).Pool().Config().ConnString(), c.Now))
	clicks := click.New(kit.DB, kit.Ring, publicURL)
	w := &linked{&world{kit, t, share.New(kit.DB, clicks, publicURL)}, c, clicks}
	if err := w.click.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.click.OnShip(share.LiftGrades)
	w.click.OnShip(score.Post)
	return w
}

func (w *linked) open(url, agent string, visitor int) {
	w.t.Helper()
	_, err := w.click.Visit(w.t.Context(), click.Visit{Code: url[strings.LastIndexByte(url, '/')+1:], UserAgent: agent,
		Address: netip.AddrFrom4([4]byte{203, 0, 113, byte(visitor)})})
	if err != nil {
		w.t.Fatal(err)
	}
}

// told is how the person's only act on an item reads: grade and cause.
func (w *linked) told(actor org.Actor, item content.Content) string {
	w.t.Helper()
	got, err := w.share.Get(w.t.Context(), actor, item.ID)
	if err != nil || len(got.Acts) != 1 {
		w.t.Fatalf("%v %+v", err, got.Acts)
	}
	return fmt.Sprint(got.Acts[0].Grade, " ", got.Acts[0].Cause)
}

const (
	browser  = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
	whatsApp = "WhatsApp/2.23.20.0 A"
	telegram = "TelegramBot (like TwitterBot)"
)

// A network that draws a card of the link soon after the tap indicates the share; later it may be anybody's.
func TestAPreviewSoonAfterTheTapIndicatesAShare(t *testing.T) {
	t.Parallel()
	w := newLinked(t)
	for _, c := range []struct {
		name  string
		after time.Duration
		again bool
		agent string
		want  string
	}{
		{"at once", 0, false, whatsApp, "C indicated_by_preview"},
		{"after ten minutes", 10 * time.Minute, false, whatsApp, "C indicated_by_preview"},
		{"after eleven minutes", 11 * time.Minute, false, whatsApp, "D waiting_for_click"},
		{"begun again a day later", 24 * time.Hour, true, whatsApp, "C indicated_by_preview"},
		{"another network's fetcher", time.Second, false, telegram, "D waiting_for_click"},
		{"a machine that draws no cards", time.Second, false, "curl/8.5", "D waiting_for_click"},
		{"a reader", 20 * time.Minute, false, browser, "B measured_by_click"},
	} {
		item, actor := w.Live("Kabar "+c.name), w.Staff()
		made := w.act(actor, item, share.Request{Channel: "whatsapp"})
		w.clock.pass(c.after)
		if c.again {
			w.act(actor, item, share.Request{Channel: "whatsapp"})
		}
		for range 3 {
			w.open(made.URL, c.agent, 7)
		}
		if got := w.told(actor, item); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		evidence := 1
		if strings.HasPrefix(c.want, "D") {
			evidence = 0
		}
		if n := w.count(`act_evidence WHERE user_id = $1`, actor.User); n != evidence {
			t.Errorf("%s: %d rows of evidence", c.name, n)
		}
		reached := w.count(`ledger WHERE user_id = $1`, actor.User)
		if want := map[bool]int{true: 1, false: 0}[c.agent == browser]; reached != want {
			t.Errorf("%s: %d entries in the ledger", c.name, reached)
		}
	}
}

// What the device reports lifts D to C, counts once, and never takes anything away.
func TestWhatTheDeviceReports(t *testing.T) {
	t.Parallel()
	w := newLinked(t)
	indicate := func(actor org.Actor, item content.Content, network string, kind share.Evidence) (share.Act, error) {
		return w.share.Indicate(t.Context(), actor, item.ID, network, kind)
	}
	for _, c := range []struct {
		network string
		kind    share.Evidence
		want    string // empty: refused
	}{
		{"whatsapp", share.IntentReturned, "C indicated_by_return"}, {"facebook", share.IntentReturned, "C indicated_by_return"},
		{"instagram", share.IntentReturned, "C indicated_by_return"}, {"system", share.SheetResolved, "C indicated_by_sheet"},
		{"system", share.Aborted, "D aborted"}, {"whatsapp", share.Aborted, "D aborted"},
		{"whatsapp", share.SheetResolved, ""}, {"system", share.IntentReturned, ""}, {"copy", share.IntentReturned, ""},
		{"whatsapp", share.ValidClick, ""}, {"whatsapp", share.PreviewFetched, ""}, {"whatsapp", "karangan", ""},
	} {
		name := c.network + " " + string(c.kind)
		item, actor := w.Live("Kabar "+name), w.Staff()
		if _, err := indicate(actor, item, c.network, c.kind); err == nil {
			t.Errorf("%s: evidence of a share that is not there", name)
		}
		made := w.act(actor, item, share.Request{Channel: c.network})
		if c.kind == share.IntentReturned && c.want != "" {
			if _, err := indicate(actor, item, c.network, c.kind); errs.CodeOf(err) != errs.Invalid {
				t.Errorf("%s: back before five seconds: %v", name, err)
			}
		}
		w.clock.pass(5 * time.Second)
		for range 2 {
			act, err := indicate(actor, item, c.network, c.kind)
			if c.want == "" {
				if errs.CodeOf(err) != errs.Invalid {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			if got := fmt.Sprint(act.Grade, " ", act.Cause); err != nil || got != c.want || w.told(actor, item) != c.want || act.ID != made.ID {
				t.Errorf("%s: %v %s", name, err, got)
			}
		}
		if c.want == "" {
			continue
		}
		if n := w.count(`act_evidence WHERE user_id = $1`, actor.User); n != 1 {
			t.Errorf("%s: %d rows of evidence", name, n)
		}
		if c.network == "whatsapp" { // better evidence stays on top of a later abort
			w.open(made.URL, browser, 9)
			if act, err := indicate(actor, item, c.network, share.Aborted); err != nil || act.Grade != share.Measured || act.Cause != "measured_by_click" {
				t.Errorf("%s, then a click: %v %+v", name, err, act)
			}
		}
	}
	item, actor := w.Live("Kabar tanpa tautan"), w.Staff()
	if made := w.act(actor, item, share.Request{Channel: "instagram"}); made.URL != "" || made.Cause != "no_link_on_network" || strings.Contains(made.Text, "/s/") {
		t.Errorf("Instagram: %+v", made)
	}
}

// Only what is merely reported can be taken back, and twice is once.
func TestTakingAShareBack(t *testing.T) {
	t.Parallel()
	w := newLinked(t)
	item, actor, other := w.Live("Kabar"), w.Staff(), w.Staff()
	made := w.act(actor, item, share.Request{Channel: "whatsapp"})
	w.act(other, item, share.Request{Channel: "whatsapp"})
	if _, err := w.share.Indicate(t.Context(), actor, item.ID, "whatsapp", share.Aborted); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.share.TakeBack(t.Context(), actor, item.ID, "whatsapp"); err != nil {
			t.Error(err)
		}
	}
	if n, of := w.count(`act WHERE content_id = $1`, item.ID), w.count(`act_evidence WHERE content_id = $1`, item.ID); n != 1 || of != 0 {
		t.Errorf("%d acts, %d rows of evidence", n, of)
	}
	w.act(actor, item, share.Request{Channel: "whatsapp"})
	w.open(made.URL, browser, 3)
	if err := w.share.TakeBack(t.Context(), actor, item.ID, "whatsapp"); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a measured share was taken back: %v", err)
	}
	if err := w.share.TakeBack(t.Context(), actor, 1<<23, "whatsapp"); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("of no content: %v", err)
	}
}

// Ten items are put aside: the person's feed is shorter, and nothing else in the world has changed.
func TestSkippingCostsNothing(t *testing.T) {
	t.Parallel()
	w := newLinked(t)
	reports := report.New(w.DB)
	leader, actor := w.Staff(org.Leader), w.Staff()
	for range 6 {
		w.Staff()
	}
	var live []content.Content
	for n := range 12 {
		live = append(live, w.Live(fmt.Sprint("Kabar ", n)))
	}
	made := w.act(actor, live[11], share.Request{Channel: "whatsapp"})
	w.open(made.URL, browser, 1)
	figures := func() string {
		got, err := reports.Engagement(t.Context(), leader, report.Query{Agency: w.Dinas.ID})
		if err != nil {
			t.Fatal(err)
		}
		board, err := score.New(w.DB).People(t.Context(), actor, score.Query{Agency: w.Dinas.ID})
		if err != nil {
			t.Fatal(err)
		}
		got.GeneratedAt = time.Time{}
		text, err := json.Marshal([]any{got, board})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before := figures()
	for _, item := range live[:10] {
		for range 2 {
			if err := w.share.SetMark(t.Context(), actor, item.ID, share.Skip, true); err != nil {
				t.Fatal(err)
			}
		}
	}
	if after := figures(); after != before {
		t.Errorf("figures changed:\n%s\n%s", before, after)
	}
	ids := func(filter share.Filter) (list []id.Content) {
		for ask := (page.Ask{Limit: 3}); ; {
			got, err := w.share.FeedOf(t.Context(), actor, filter, ask)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range got.Items {
				list = append(list, item.ID)
			}
			if ask.After = got.Next; ask.After == "" {
				return list
			}
		}
	}
	if got := ids(share.All); !slices.Equal(got, []id.Content{live[10].ID, live[11].ID}) { // what was shared already stands below
		t.Errorf("the feed: %v", got)
	}
	if got := ids(share.Skipped); len(got) != 10 || got[0] != live[9].ID {
		t.Errorf("put aside: %v", got)
	}
	if got := ids(share.Done); !slices.Equal(got, []id.Content{live[11].ID}) {
		t.Errorf("done: %v", got)
	}
	for _, step := range []struct {
		mark share.Mark
		on   bool
	}{{share.Save, true}, {share.Skip, false}} {
		if err := w.share.SetMark(t.Context(), actor, live[4].ID, step.mark, step.on); err != nil {
			t.Fatal(err)
		}
	}
	if got := ids(share.Saved); !slices.Equal(got, []id.Content{live[4].ID}) || len(ids(share.All)) != 3 || len(ids(share.Skipped)) != 9 {
		t.Errorf("kept: %v", got)
	}
	if got, err := w.share.Get(t.Context(), actor, live[4].ID); err != nil || !got.Saved || got.Skipped {
		t.Errorf("%v saved %v skipped %v", err, got.Saved, got.Skipped)
	}
	if colleague := w.Staff(); func() bool { got, _ := w.share.Feed(t.Context(), colleague, page.Ask{}); return len(got.Items) != 12 }() {
		t.Error("somebody else's feed changed")
	}
	if err := w.share.SetMark(t.Context(), actor, 1<<23, share.Save, true); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("no content: %v", err)
	}
	_, err := w.share.FeedOf(t.Context(), actor, "karangan", page.Ask{})
	if errs.CodeOf(err) != errs.Invalid {
		t.Errorf("no filter: %v", err)
	}
}
