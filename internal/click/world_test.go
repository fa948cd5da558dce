package click_test

import (
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

const (
	publicURL = "https://gaung.example"
	phone     = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
	whatsApp  = "WhatsApp/2.23.20.0 A"
)

// clock is a fixed time that a test may move.
type clock struct {
	lock sync.Mutex
	now  time.Time
}

func (c *clock) Now() time.Time { c.lock.Lock(); defer c.lock.Unlock(); return c.now }

func (c *clock) set(now time.Time) { c.lock.Lock(); defer c.lock.Unlock(); c.now = now }

// world is a kit with a live content, its sharer, and the service under a clock of its own.
type world struct {
	*testkit.Kit
	t       testing.TB
	clock   *clock
	service *click.Service
	live    content.Content
	sharer  org.Actor
}

// newWorld lies on the package's database unless it is given one of its own.
func newWorld(t testing.TB, url string) *world {
	t.Helper()
	if url == "" {
		url = testdb.New(t).Pool().Config().ConnString()
	}
	w := &world{t: t, clock: &clock{now: testdb.Now}}
	w.Kit = testkit.On(t, testdb.Open(t, url, w.clock.Now))
	w.service = w.newService()
	if err := w.service.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.live, w.sharer = w.Live("Layanan baru dibuka"), w.Staff()
	return w
}

func (w *world) newService() *click.Service { return click.New(w.DB, w.Ring, publicURL) }

func (w *world) code() string {
	return click.NewCodes(w.Ring).Encode(click.Link{Content: w.live.ID, User: w.sharer.User, Channel: click.WhatsApp})
}

// from is a person's visit on the sharer's link from the n-th address.
func (w *world) from(n int) click.Visit {
	return click.Visit{Code: w.code(), UserAgent: phone, Address: netip.AddrFrom4([4]byte{203, 0, 113, byte(n)})}
}

func (w *world) visit(v click.Visit) click.Destination {
	w.t.Helper()
	to, err := w.service.Visit(w.t.Context(), v)
	if err != nil {
		w.t.Fatal(err)
	}
	return to
}

// liveText takes a text of the kit's agency live.
func (w *world) liveText(text content.Text) id.Content {
	w.t.Helper()
	ctx, author, publisher := w.t.Context(), w.Staff(org.Author), w.Staff(org.Approver, org.Publisher)
	made, err := w.Content.Create(ctx, author, content.Outline{Agency: w.Dinas.ID}, text)
	if err == nil {
		_, err = w.Content.Submit(ctx, author, made.ID)
	}
	if err == nil {
		_, err = w.Content.Approve(ctx, publisher, made.ID, content.Seen{Version: 1, Step: 1}, "")
	}
	if err == nil {
		_, err = w.Content.Publish(ctx, publisher, made.ID)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return made.ID
}

// tellings are the verdicts of the content's raw rows in the order of time.
func (w *world) tellings() (list []string) {
	w.t.Helper()
	type row struct{ Verdict, Reason int16 }
	rows, err := db.All[row](w.t.Context(), w.DB, `SELECT verdict::int4 AS verdict, reason::int4 AS reason FROM click WHERE content_id = $1 ORDER BY at, 1, 2`, w.live.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range rows {
		list = append(list, fmt.Sprintf("%v %d", click.Verdict(r.Verdict), r.Reason))
	}
	return list
}

// sums reads one row of a rollup as "valid people repeats machines"; empty when there is none.
func (w *world) sums(table, where string, args ...any) string {
	w.t.Helper()
	type row struct{ Valid, People, Repeats, Machines int }
	rows, err := db.All[row](w.t.Context(), w.DB, `SELECT valid, people, repeats, machines FROM `+table+` WHERE `+where, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(rows) > 1 {
		w.t.Fatalf("%s where %s has %d rows", table, where, len(rows))
	}
	if len(rows) == 0 {
		return ""
	}
	return fmt.Sprintf("%d %d %d %d", rows[0].Valid, rows[0].People, rows[0].Repeats, rows[0].Machines)
}

func (w *world) want(name, got, want string) {
	w.t.Helper()
	if got != want {
		w.t.Errorf("%s: %q, want %q", name, got, want)
	}
}
