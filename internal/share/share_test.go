package share_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
	"gaung/internal/testkit"
)

const publicURL = "https://gaung.example"

type world struct {
	*testkit.Kit
	t     testing.TB
	share *share.Service
}

func newWorld(t testing.TB) *world {
	k := testkit.New(t)
	return &world{k, t, share.New(k.DB, click.New(k.DB, k.Ring, publicURL), publicURL)}
}

func (w *world) act(actor org.Actor, item content.Content, r share.Request) share.Shared {
	w.t.Helper()
	done, err := w.share.Share(w.t.Context(), actor, item.ID, r)
	if err != nil {
		w.t.Fatal(err)
	}
	return done
}

// count counts rows for a content.
func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	got, err := db.Get[struct{ N int }](w.t.Context(), w.DB, `SELECT count(*) AS n FROM `+query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.N
}

// A double tap, a retry and two tabs are one act, and each of them is told so.
func TestTwentyTapsAreOneAct(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]func(int) string{
		"without a key":       func(int) string { return "" },
		"with one key":        func(int) string { return "kunci" },
		"with a key for each": func(n int) string { return fmt.Sprint("kunci-", n) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			item, actor := w.Live("Layanan baru"), w.Staff()
			var all sync.WaitGroup
			ids := make([]id.Act, 20)
			likes := make([]id.Act, 20)
			for n := range ids {
				all.Go(func() {
					done, err := w.share.Share(t.Context(), actor, item.ID, share.Request{Channel: "whatsapp", Key: key(n)})
					if err != nil {
						t.Error("share:", err)
					}
					ids[n] = done.ID
				})
				all.Go(func() {
					likeKey := key(n)
					if likeKey != "" {
						likeKey += "-suka"
					}
					done, err := w.share.Like(t.Context(), actor, item.ID, "instagram", likeKey)
					if err != nil {
						t.Error("like:", err)
					}
					likes[n] = done.ID
				})
			}
			all.Wait()
			if len(slices.Compact(ids)) != 1 || len(slices.Compact(likes)) != 1 || ids[0] == likes[0] {
				t.Errorf("shares %v, likes %v", ids, likes)
			}
			if n := w.count(`act WHERE content_id = $1`, item.ID); n != 2 {
				t.Errorf("%d acts", n)
			}
		})
	}
}

func TestKeyOfAnotherActIsRefusedAndWritesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two, actor, other := w.Live("Kabar pertama"), w.Live("Kabar kedua"), w.Staff(), w.Staff()
	first := w.act(actor, one, share.Request{Channel: "copy", Key: "k"})
	for name, try := range map[string]func() error{
		"another content": func() error {
			_, err := w.share.Share(t.Context(), actor, two.ID, share.Request{Channel: "copy", Key: "k"})
			return err
		},
		"another network": func() error {
			_, err := w.share.Share(t.Context(), actor, one.ID, share.Request{Channel: "whatsapp", Key: "k"})
			return err
		},
		"a like": func() error { _, err := w.share.Like(t.Context(), actor, one.ID, "", "k"); return err },
	} {
		if err := try(); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := w.count(`act WHERE user_id = $1`, actor.User); n != 1 {
		t.Errorf("%d acts, want the first alone", n)
	}
	if again := w.act(actor, one, share.Request{Channel: "copy", Key: "k"}); again.ID != first.ID {
		t.Errorf("the key no longer answers: %d, %d", again.ID, first.ID)
	}
	if theirs := w.act(other, two, share.Request{Channel: "copy", Key: "k"}); theirs.ID == first.ID {
		t.Error("another person's key is not theirs")
	}
	for _, key := range []string{strings.Repeat("k", 101), "\xff\xfe", "a\x00b"} {
		if _, err := w.share.Share(t.Context(), other, one.ID, share.Request{Channel: "copy", Key: key}); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

// While twenty share, the content is recalled: who was told "gone" has no act, who was told "shared"
// has one from before the recall.
func TestNoActAfterARecall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item, publisher := w.Live("Jadwal keliru"), w.Staff(org.Publisher)
	actors := make([]org.Actor, 20)
	for n := range actors {
		actors[n] = w.Staff()
	}
	shared := make([]bool, len(actors))
	var all sync.WaitGroup
	atRecall := -1
	for n, actor := range actors {
		all.Go(func() {
			_, err := w.share.Share(t.Context(), actor, item.ID, share.Request{Channel: "whatsapp"})
			if shared[n] = err == nil; err != nil && errs.CodeOf(err) != errs.Gone {
				t.Error(err)
			}
		})
		if n == 10 {
			all.Go(func() {
				if _, err := w.Content.Recall(t.Context(), publisher, item.ID, "Tanggal keliru.", 0); err != nil {
					t.Error(err)
				}
				atRecall = w.count(`act WHERE content_id = $1`, item.ID)
			})
		}
	}
	all.Wait()
	told := 0
	for _, ok := range shared {
		if ok {
			told++
		}
	}
	if after := w.count(`act WHERE content_id = $1`, item.ID); after != atRecall || told != after {
		t.Errorf("%d acts at the recall, %d after it, %d were told shared", atRecall, after, told)
	}
	if _, err := w.share.Like(t.Context(), actors[0], item.ID, "", ""); errs.CodeOf(err) != errs.Gone {
		t.Errorf("a like after the recall: %v", err)
	}
}

func TestOnlyWhatIsMeantForThePersonIsFound(t *testing.T) {
	t.Parallel()
	w, elsewhere := newWorld(t), newWorld(t)
	item := elsewhere.Live("Hanya untuk provinsi lain")
	actor := w.Staff()
	for _, number := range []id.Content{item.ID, 1 << 23, 0, -1} {
		if _, err := w.share.Get(t.Context(), actor, number); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("get %d: %v", number, err)
		}
		if _, err := w.share.Share(t.Context(), actor, number, share.Request{Channel: "copy"}); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("share %d: %v", number, err)
		}
		if _, err := w.share.Like(t.Context(), actor, number, "", ""); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("like %d: %v", number, err)
		}
	}
	if n := w.count(`act WHERE user_id = $1`, actor.User); n != 0 {
		t.Errorf("%d acts", n)
	}
}

func TestTextThatIsPassedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item, actor := w.Live("Layanan baru"), w.Staff()
	index := func(n int) *int { return &n }
	for _, c := range []struct {
		name     string
		request  share.Request
		field    string
		has, not string
	}{
		{"a chosen caption", share.Request{Channel: "copy", Caption: index(2)}, "", "Keterangan pendek.", "Saya ASN"},
		{"the disclosure", share.Request{Channel: "copy", Caption: index(0), Disclosure: true}, "", "Saya ASN di Dinas Uji.", "pendek"},
		{"own words", share.Request{Channel: "whatsapp", Text: "  Kata saya & tetangga +1  ", Caption: index(9)}, "", "Kata saya & tetangga +1\n", "Keterangan"},
		{"2,000 letters", share.Request{Channel: "copy", Text: strings.Repeat("é", 2000)}, "", "éé", "Keterangan"},
		{"2,001 letters", share.Request{Channel: "copy", Text: strings.Repeat("é", 2001)}, "text", "", ""},
		{"a caption before the first", share.Request{Channel: "copy", Caption: index(-1)}, "caption", "", ""},
		{"a caption after the last", share.Request{Channel: "copy", Caption: index(3)}, "caption", "", ""},
		{"an unknown channel", share.Request{Channel: "youtube"}, "channel", "", ""},
	} {
		done, err := w.share.Share(t.Context(), actor, item.ID, c.request)
		if c.field != "" {
			var fault *errs.Error
			if !errors.As(err, &fault) || fault.Field != c.field {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil || !strings.Contains(done.Text, c.has) || strings.Contains(done.Text, c.not) || !strings.Contains(done.Text, "#Uji") || !strings.HasSuffix(done.Text, done.URL) {
			t.Errorf("%s: %v %+v", c.name, err, done)
		}
		if whatsapp := c.request.Channel == "whatsapp"; whatsapp != strings.HasPrefix(done.IntentURL, "https://wa.me/?text=") || strings.ContainsAny(done.IntentURL, "+ \n") {
			t.Errorf("%s: %s", c.name, done.IntentURL)
		}
	}
}

// Many items that went live at one moment are each on exactly one page.
func TestFeedPagesOverOneMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, publisher := w.Staff(), w.Staff(org.Publisher)
	var live []id.Content
	for n := range 11 {
		live = append(live, w.Live(fmt.Sprint("Kabar ", n)).ID)
	}
	// Meant for two nodes of one person's path, an item is still there once.
	if _, err := db.Exec(t.Context(), w.DB, `INSERT INTO content_target (node_id, content_id, published_at)
		SELECT $1, content_id, published_at FROM content_target WHERE content_id = ANY($2)`, w.Unit.ID, live); err != nil {
		t.Fatal(err)
	}
	recalled, ended := live[3], live[7]
	if _, err := w.Content.Recall(t.Context(), publisher, recalled, "Keliru.", 0); err != nil {
		t.Fatal(err)
	}
	w.end(ended)
	slices.Reverse(live)
	want := slices.DeleteFunc(slices.Clone(live), func(n id.Content) bool { return n == recalled || n == ended })
	for _, size := range []int{1, 2, 3, 9, 50} {
		var got []id.Content
		ask := page.Ask{Limit: size}
		for range 20 {
			feed, err := w.share.Feed(t.Context(), actor, ask)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range feed.Items {
				got = append(got, item.ID)
			}
			if !slices.Equal(feed.Withdrawn, []id.Content{recalled}) {
				t.Errorf("withdrawn %v", feed.Withdrawn)
			}
			if ask.After = feed.Next; ask.After == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages of %d: %v, want %v", size, got, want)
		}
	}
	for _, number := range []id.Content{recalled, ended} {
		if _, err := w.share.Get(t.Context(), actor, number); errs.CodeOf(err) != errs.Gone {
			t.Errorf("%d: %v", number, err)
		}
	}
	for _, after := range []string{"x", "MQ", cursor("a", "1"), cursor("1", "a"), cursor("1", "99999999999"), cursor("-9223372036854775808", "1"), cursor("9223372036854775807", "1"), cursor("\xff", "1"),
		cursor("1", "1", "9223372036854775807", "1"), cursor("-9223372036854775808", "1", "0", "0"), cursor("1", "2", "3", "x"), cursor("1", "2", "3"), cursor("9", "9", "9", "9", "9")} {
		if _, err := w.share.Feed(t.Context(), actor, page.Ask{After: after}); err != nil && errs.CodeOf(err) != errs.Invalid {
			t.Errorf("cursor %q: %v", after, err)
		}
	}
}

func cursor(parts ...string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(parts, "\x1f")))
}

// end makes an item be past its end, as the job leaves it.
func (w *world) end(item id.Content) {
	w.t.Helper()
	for _, statement := range []string{`UPDATE content SET state = 'ended' WHERE id = $1`, `UPDATE content_target SET published_at = NULL WHERE content_id = $1`} {
		if _, err := db.Exec(w.t.Context(), w.DB, statement, item); err != nil {
			w.t.Fatal(err)
		}
	}
}

// A click proves the share on its own network; it takes nothing away and says nothing of likes.
func TestAClickLiftsItsOwnShare(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item, other, actor, colleague := w.Live("Kabar pertama"), w.Live("Kabar kedua"), w.Staff(), w.Staff()
	grades := func() string {
		t.Helper()
		rows, err := db.All[struct{ Line string }](t.Context(), w.DB, `SELECT concat_ws(' ', CASE WHEN user_id = $1 THEN 'mine' ELSE 'theirs' END,
			CASE WHEN content_id = $2 THEN 'one' ELSE 'two' END, kind, network, grade) AS line
			FROM act WHERE content_id IN ($2, $3) ORDER BY 1`, actor.User, item.ID, other.ID)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, row := range rows {
			lines = append(lines, row.Line)
		}
		return strings.Join(lines, ", ")
	}
	w.act(actor, item, share.Request{Channel: "whatsapp"})
	w.act(actor, item, share.Request{Channel: "copy"})
	w.act(actor, other, share.Request{Channel: "whatsapp"})
	w.act(colleague, item, share.Request{Channel: "whatsapp"})
	if _, err := w.share.Like(t.Context(), actor, item.ID, "", ""); err != nil {
		t.Fatal(err)
	}
	// A like on the number of the clicked network is a like all the same.
	_, err := db.Exec(t.Context(), w.DB, `INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at)
		SELECT user_id, content_id, 1, 'like', 'D', unit_id, agency_id, day, at, graded_at FROM act WHERE user_id = $1 AND kind = 'like'`, actor.User)
	if err != nil {
		t.Fatal(err)
	}
	lift := func(channel click.Channel) {
		t.Helper()
		c := click.Counted{Verdict: click.Valid, Delta: 1, User: actor.User, Content: item.ID, Channel: channel}
		if err := w.DB.Tx(t.Context(), func(tx *db.Tx) error {
			return share.LiftGrades(t.Context(), tx, []click.Counted{c, c})
		}); err != nil {
			t.Fatal(err)
		}
	}
	set := func(grade string) {
		t.Helper()
		if _, err := db.Exec(t.Context(), w.DB, `UPDATE act SET grade = $3 WHERE user_id = $1 AND content_id = $2 AND kind = 'share' AND network = 1`, actor.User, item.ID, grade); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ from, to string }{{"D", "B"}, {"C", "B"}, {"B", "B"}, {"A", "A"}} {
		set(c.from)
		lift(click.WhatsApp)
		want := "mine one like 1 D, mine one like 10 D, mine one share 1 " + c.to + ", mine one share 2 D, mine two share 1 D, theirs one share 1 D"
		if got := grades(); got != want {
			t.Errorf("from %s: %s", c.from, got)
		}
	}
	if again := w.act(actor, item, share.Request{Channel: "whatsapp"}); again.Grade != share.Verified {
		t.Errorf("sharing again answers grade %s", again.Grade)
	}
}
