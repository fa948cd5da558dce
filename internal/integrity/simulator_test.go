package integrity_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/integrity"
	"gaung/internal/journal"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

var (
	seedsFrom = flag.Uint64("seed", 1, "first seed of the simulator")
	seedsMany = flag.Int("seeds", 1, "how many seeds")
	peopleOf  = flag.Int("people", 420, "people who share in each")
	sixOf     = flag.Float64("six", .4, "how many of the networks speak IPv6")
	slow      = flag.Bool("every", false, "print what was found of whom")
)

// simulator is the product's own path: links, the journal, the shipper, the nightly check, on a PostgreSQL.
type simulator struct {
	*testkit.Kit
	t        testing.TB
	lock     sync.Mutex
	now      time.Time
	clicks   *click.Service
	shipper  *click.Shipper
	check    *integrity.Service
	codes    *click.Codes
	contents []content.Content
	users    []id.User
	waiting  [][]byte
	root     *journal.Root
}

func (s *simulator) clock() time.Time { s.lock.Lock(); defer s.lock.Unlock(); return s.now }
func (s *simulator) set(at time.Time) { s.lock.Lock(); defer s.lock.Unlock(); s.now = at }

// Append gathers records, so that many become durable at once as they do under load.
func (s *simulator) Append(record []byte) error {
	s.waiting = append(s.waiting, slices.Clone(record))
	if len(s.waiting) >= 256 {
		s.flush()
	}
	return nil
}

func (s *simulator) flush() {
	var all sync.WaitGroup
	for _, record := range s.waiting {
		all.Go(func() {
			if err := s.root.Append(record); err != nil {
				s.t.Error(err)
			}
		})
	}
	all.Wait()
	s.waiting = nil
}

func newSimulator(t testing.TB, people int) *simulator {
	s := &simulator{t: t, now: testdb.Now}
	s.Kit = testkit.On(t, testdb.Open(t, testdb.FreshURL(t), s.clock))
	for i := range 8 {
		s.contents = append(s.contents, s.Live(fmt.Sprintf("Konten %d", i+1)))
	}
	var drafts []user.Draft
	for i := range people {
		drafts = append(drafts, user.Draft{Name: fmt.Sprintf("Pembagi %d", i), Email: fmt.Sprintf("p%d@uji.example", i), Unit: s.Unit.ID, From: period.DayOf(2026, 1, 1)})
	}
	var err error
	if s.users, err = s.User.CreateAll(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
	s.clicks = click.New(s.DB, s.Ring, "https://gaung.example")
	s.clicks.OnShip(share.LiftGrades)
	s.clicks.OnShip(score.Post)
	if s.root, err = journal.OpenRoot(t.TempDir(), journal.Options{Wait: time.Minute}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.root.Close(); err != nil {
			t.Error(err)
		}
	})
	s.shipper = s.clicks.KeepIn(s.root, slog.New(slog.DiscardHandler))
	s.clicks.KeepBy(s)
	s.check, s.codes = integrity.New(s.DB, s.Queue, s.clicks), click.NewCodes(s.Ring)
	return s
}

// tally is what became of one kind.
type tally struct{ attempted, live, counted int }

// outcome is what became of a day.
type outcome struct {
	kinds         map[string]*tally
	honest, lost  int // clicks that counted before the check, and of those after
	people        int // honest ones
	flagged       int // of those, who have a case or lost a click
	reasons       map[string]int
	ledger, sums  int // people reached by the ledger and by the rollups
	validAfter    int
	settled, took int
}

// live lives through a day, the night after included.
func (s *simulator) live(g *generated) (out outcome) {
	t, ctx := s.t, s.t.Context()
	day := period.VisitorDay(g.begin)
	s.set(g.begin)
	if err := s.clicks.Prepare(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.clicks.Load(ctx); err != nil {
		t.Fatal(err)
	}
	kinds := map[int64]event{}
	for _, e := range g.events {
		s.set(e.at)
		if e.share {
			err := s.DB.Tx(ctx, func(tx *db.Tx) error {
				return s.clicks.NoteSharerTx(ctx, tx, s.users[e.person], e.at, e.address, e.agent)
			})
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		v := click.Visit{Code: s.codes.Encode(click.Link{Content: s.contents[e.content].ID, User: s.users[e.person], Channel: click.WhatsApp}), UserAgent: e.agent, Address: e.address}
		if !e.bare {
			v.FetchMode, v.FetchDest = "navigate", "document"
		}
		if _, err := s.clicks.Visit(ctx, v); err != nil {
			t.Fatal(err)
		}
		kinds[e.at.UnixMicro()] = e
	}
	s.flush()
	s.set(period.VisitorDayEnd(day).Add(50 * time.Minute))
	for shipped := 1; shipped > 0; {
		var err error
		if shipped, err = s.shipper.Ship(ctx, true); err != nil {
			t.Fatal(err)
		}
	}
	before := s.valid(ctx, day)
	s.set(period.VisitorDayEnd(day).Add(65 * time.Minute))
	if err := s.check.Check(ctx); err != nil {
		t.Fatal(err)
	}
	after := s.valid(ctx, day)
	out.kinds, out.reasons = map[string]*tally{}, map[string]int{}
	for _, kind := range kindNames() {
		out.kinds[kind] = &tally{}
	}
	flagged := map[int]bool{}
	for at, e := range kinds {
		if e.kind != "" {
			one := out.kinds[e.kind]
			one.attempted++
			one.live += count(before[at])
			one.counted += count(after[at])
			continue
		}
		out.honest += count(before[at])
		if before[at] && !after[at] {
			out.lost++
			if g.kinds[e.person] == "" {
				flagged[e.person] = true
			}
		}
	}
	s.cases(ctx, g, day, flagged, &out)
	out.people, out.flagged, out.validAfter = g.people-len(g.kinds), len(flagged), len(after)
	s.compare(ctx, day, &out)
	return out
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func kindNames() []string { return kinds }

// cases marks honest people who have one.
func (s *simulator) cases(ctx context.Context, g *generated, day period.Day, flagged map[int]bool, out *outcome) {
	rows, err := db.All[struct {
		UserID id.User
		Reason click.Reason
		People int
		Facts  string
	}](ctx, s.DB, `SELECT user_id, reason, people, facts::text AS facts FROM integrity_case WHERE day = $1::date ORDER BY user_id, reason`, day.String())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, row := range rows {
		p := slices.Index(s.users, row.UserID)
		if g.kinds[p] == "" {
			flagged[p] = true
			out.reasons[row.Reason.String()]++
		}
		if *slow {
			s.t.Logf("%-28s %-10s %4d %s", cmp.Or(g.kinds[p], "HONEST"), row.Reason, row.People, row.Facts)
		}
	}
}

// valid are the clicks of a day that count, by their times.
func (s *simulator) valid(ctx context.Context, day period.Day) map[int64]bool {
	rows, err := db.All[struct{ At time.Time }](ctx, s.DB, `SELECT at FROM click WHERE at >= $1 AND at < $2 AND verdict::int4 = 1`, period.VisitorDayEnd(day.Add(-1)), period.VisitorDayEnd(day))
	if err != nil {
		s.t.Fatal(err)
	}
	all := make(map[int64]bool, len(rows))
	for _, row := range rows {
		all[row.At.UnixMicro()] = true
	}
	return all
}

// compare reads what the sums and the ledger say of all days so far, which must be what the rows say.
func (s *simulator) compare(ctx context.Context, day period.Day, out *outcome) {
	row, err := db.Get[struct{ Ledger, Sums, Rows, Score, Settled, Taken int }](ctx, s.DB, `SELECT (SELECT sum(amount) FROM ledger) AS ledger, (SELECT sum(people) FROM rollup_user_month) AS sums,
		(SELECT count(*) FROM click WHERE verdict::int4 = 1) AS rows, (SELECT sum(points) FROM score WHERE period < 1000000) AS score,
		(SELECT settled FROM integrity_pass WHERE day = $1::date) AS settled, (SELECT taken FROM integrity_pass WHERE day = $1::date) AS taken`, day.String())
	if err != nil {
		s.t.Fatal(err)
	}
	if row.Ledger != row.Rows || row.Sums != row.Rows || row.Score != row.Rows {
		s.t.Errorf("%s: ledger %d, sums %d, scores %d, rows %d", day, row.Ledger, row.Sums, row.Score, row.Rows)
	}
	out.ledger, out.sums, out.settled, out.took = row.Ledger, row.Sums, row.Settled, row.Taken
}

// TestInflatedReachIsTakenAndHonestPeopleAreNot lives through days of cheats and of honest people with much in common. The table
// of decision 0054 is this test with -seeds=20.
func TestInflatedReachIsTakenAndHonestPeopleAreNot(t *testing.T) {
	t.Parallel()
	s := newSimulator(t, *peopleOf)
	var all []outcome
	begin := time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)
	for i := range *seedsMany {
		all = append(all, s.live(generate(*seedsFrom+uint64(i), begin.AddDate(0, 0, i), *peopleOf, *sixOf)))
	}
	report(t, all)
	sum, people, flagged := tally{}, 0, 0
	for _, out := range all {
		people, flagged = people+out.people, flagged+out.flagged
		for kind, one := range out.kinds {
			if kind != "paid" {
				sum.attempted, sum.live, sum.counted = sum.attempted+one.attempted, sum.live+one.live, sum.counted+one.counted
			}
		}
	}
	if sum.attempted == 0 || 100*sum.counted > 3*sum.attempted { // one small seed spreads more than twenty
		t.Errorf("%d of %d inflated are counted", sum.counted, sum.attempted)
	}
	if flagged > 2+people/500 {
		t.Errorf("%d of %d honest people are flagged", flagged, people)
	}
}

func report(t *testing.T, all []outcome) {
	var out strings.Builder
	line := func(name string, of func(outcome) (part, whole int)) {
		var shares []float64
		part, whole := 0, 0
		for _, one := range all {
			p, w := of(one)
			part, whole = part+p, whole+w
			if w > 0 {
				shares = append(shares, 100*float64(p)/float64(w))
			}
		}
		slices.Sort(shares)
		if len(shares) > 0 {
			fmt.Fprintf(&out, "| %s | %d | %d | %.2f | %.2f | %.2f | %.2f |\n", name, whole, part, 100*float64(part)/float64(whole), shares[0], shares[len(shares)/2], shares[len(shares)-1])
		}
	}
	out.WriteString("\n| | of | counted | % | min | median | max |\n|---|---|---|---|---|---|---|\n")
	sum := func(o outcome, of func(*tally) int) (part, whole int) {
		for kind, one := range o.kinds {
			if kind != "paid" {
				part, whole = part+of(one), whole+one.attempted
			}
		}
		return part, whole
	}
	for _, kind := range kindNames() {
		line(kind+", live", func(o outcome) (int, int) { return o.kinds[kind].live, o.kinds[kind].attempted })
		line(kind+", in the end", func(o outcome) (int, int) { return o.kinds[kind].counted, o.kinds[kind].attempted })
	}
	line("all but paid, live", func(o outcome) (int, int) { return sum(o, func(k *tally) int { return k.live }) })
	line("all but paid, in the end", func(o outcome) (int, int) { return sum(o, func(k *tally) int { return k.counted }) })
	line("honest clicks lost", func(o outcome) (int, int) { return o.lost, o.honest })
	line("honest people flagged", func(o outcome) (int, int) { return o.flagged, o.people })
	reasons := map[string]int{}
	for _, o := range all {
		for reason, n := range o.reasons {
			reasons[reason] += n
		}
	}
	t.Log(out.String(), "cases of honest people: ", reasons)
}
