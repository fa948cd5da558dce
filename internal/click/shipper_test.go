package click_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/journal"
	"gaung/internal/period"
	"gaung/internal/testdb"
)

// journaled is a world whose clicks go through a journal in a folder.
type journaled struct {
	*world
	folder  string
	root    *journal.Root
	shipper *click.Shipper
}

func newJournaled(t *testing.T, url string) *journaled {
	t.Helper()
	j := &journaled{world: newWorld(t, url), folder: t.TempDir()}
	j.start()
	t.Cleanup(j.stop)
	return j
}

// start is a process that opens the folder, as after a crash or a restart.
func (j *journaled) start() {
	j.t.Helper()
	root, err := journal.OpenRoot(j.folder, journal.Options{Clock: j.clock.Now})
	if err != nil {
		j.t.Fatal(err)
	}
	j.root, j.service = root, j.newService()
	j.shipper = j.service.KeepIn(root, slog.New(slog.DiscardHandler))
	if err := j.service.Load(j.t.Context()); err != nil {
		j.t.Fatal(err)
	}
}

func (j *journaled) stop() {
	if j.root != nil {
		_ = j.root.Close() // a second close is fine
	}
	j.root = nil
}

// ship ships what has settled by now.
func (j *journaled) ship(all bool) int {
	j.t.Helper()
	n, err := j.shipper.Ship(j.t.Context(), all)
	if err != nil {
		j.t.Fatal(err)
	}
	return n
}

// open makes n visits from different addresses, one a second.
func (j *journaled) open(n int) {
	j.t.Helper()
	for range n {
		j.clock.set(j.clock.Now().Add(time.Second))
		v := j.from(0)
		v.Address = netip.AddrFrom4([4]byte{198, 51, byte(j.clock.Now().Unix() >> 8), byte(j.clock.Now().Unix())})
		j.visit(v)
	}
}

func (j *journaled) valid() string {
	return j.sums("rollup_content_day", "content_id = $1", j.live.ID)
}

func TestAClickIsCountedOnceItsMomentIsOver(t *testing.T) {
	t.Parallel()
	j := newJournaled(t, testdb.FreshURL(t))
	j.open(1)
	if n := j.ship(false); n != 0 || j.valid() != "" {
		t.Errorf("shipped %d before what belongs to its moment could come", n)
	}
	j.clock.set(j.clock.Now().Add(5 * time.Second))
	if n := j.ship(false); n != 1 {
		t.Errorf("shipped %d", n)
	}
	j.want("counted", j.valid(), "1 1 0 0")
	if n := j.ship(true); n != 0 {
		t.Errorf("shipped again: %d", n)
	}
}

// A process that is killed leaves its journal: the next one goes on from the checkpoint.
func TestWhatAProcessLeftIsShippedOnce(t *testing.T) {
	t.Parallel()
	j := newJournaled(t, testdb.FreshURL(t))
	j.open(3)
	j.ship(true)
	j.open(4)
	j.stop()
	j.start()
	if n := j.ship(true); n != 4 {
		t.Errorf("shipped %d", n)
	}
	j.want("counted", j.valid(), "7 7 0 0")
}

// Two shippers of one journal, or a commit whose answer was lost: the checkpoint tells.
func TestShippingTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	j := newJournaled(t, testdb.FreshURL(t))
	j.open(3)
	other := j.newService().KeepIn(j.root, slog.New(slog.DiscardHandler))
	j.ship(true)
	j.open(2)
	if n, err := other.Ship(t.Context(), true); err != nil || n != 2 {
		t.Fatalf("the other shipped %d: %v", n, err)
	}
	if _, err := j.shipper.Ship(t.Context(), true); err == nil {
		t.Error("the first one did not see that the checkpoint moved")
	}
	if n := j.ship(true); n != 0 {
		t.Errorf("shipped again: %d", n)
	}
	j.want("counted", j.valid(), "5 5 0 0")
}

func TestWithoutADatabaseLinksAreFollowedAndCountedLater(t *testing.T) {
	t.Parallel()
	url := testdb.FreshURL(t)
	j := newJournaled(t, url)
	j.open(1)
	j.ship(true)
	j.DB.Close()
	j.open(5)
	if _, err := j.shipper.Ship(t.Context(), true); err == nil {
		t.Error("shipped without a database")
	}
	if stats := j.shipper.Stats(); stats.Served != 6 || stats.Stored != 1 || stats.Waiting != 5 {
		t.Errorf("%+v", stats)
	}
	j.stop()
	j.DB = testdb.Open(t, url, j.clock.Now)
	j.start()
	if n := j.ship(true); n != 5 {
		t.Errorf("shipped %d", n)
	}
	j.want("counted", j.valid(), "6 6 0 0")
}

// One record that the database cannot take is set aside, and all others are counted.
func TestOneBadRecordHoldsUpNobody(t *testing.T) {
	t.Parallel()
	j := newJournaled(t, testdb.FreshURL(t))
	j.open(20)
	if err := j.root.Append([]byte("no record at all")); err != nil {
		t.Fatal(err)
	}
	bad := j.clock.Now()
	j.service.OnShip(func(ctx context.Context, tx *db.Tx, counted []click.Counted) error {
		for _, c := range counted {
			if c.At.Equal(bad) {
				_, err := tx.Pgx().Exec(ctx, `SELECT 1 / 0`)
				return db.Error(err)
			}
		}
		return nil
	})
	if n := j.ship(true); n != 20 {
		t.Errorf("shipped %d", n)
	}
	j.want("counted", j.valid(), "19 19 0 0")
	if proof, err := j.service.Proof(t.Context()); err != nil || proof.Aside != 2 {
		t.Errorf("aside: %+v %v", proof, err)
	}
}

// The clock jumps: an hour back, over the end of the visitor day and over midnight in three zones. Nothing
// is lost, nothing waits for a time that is over, and nobody is followed into another day.
func TestTheClockJumps(t *testing.T) {
	t.Parallel()
	j := newJournaled(t, testdb.FreshURL(t))
	visits := 0
	at := func(now time.Time) {
		j.clock.set(now)
		j.visit(j.from(1))
		visits++
		if _, err := j.shipper.Ship(t.Context(), false); err != nil {
			t.Fatal(err)
		}
	}
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, hour := range []time.Duration{14, 15, 16, 17, 19} { // before and after midnight in WIT, WITA, WIB, and the visitor day's end
		at(day.Add(hour*time.Hour - time.Second))
		at(day.Add(hour * time.Hour))
		if hour == 19 {
			if err := j.service.Forget(t.Context()); err != nil { // the salt is destroyed while clicks arrive
				t.Fatal(err)
			}
		}
		at(day.Add(hour*time.Hour - time.Hour)) // an hour back
	}
	at(day.Add(90 * 24 * time.Hour)) // far ahead of the partitions that are there
	at(day.Add(20 * time.Hour))
	j.clock.set(day.Add(20*time.Hour + 10*time.Second))
	if n := j.ship(false); n < 1 {
		t.Errorf("what was written in the future waits for it")
	}
	j.ship(true)
	rows := j.names(`SELECT count(*)::text AS name FROM click`)
	if rows[0] != fmt.Sprint(visits) {
		t.Errorf("%s rows of %d visits", rows[0], visits)
	}
	shared := j.names(`SELECT visitor::text AS name FROM click
		GROUP BY visitor HAVING count(DISTINCT (at + interval '5 hours')::date) > 1`)
	if len(shared) != 0 {
		t.Errorf("visitors that can be followed over days: %v", shared)
	}
}

func TestTheProofFindsASumThatDrifted(t *testing.T) {
	t.Parallel()
	j := newJournaled(t, testdb.FreshURL(t))
	j.open(5)
	j.ship(true)
	j.clock.set(j.clock.Now().AddDate(0, 0, 1))
	prove := func() int64 {
		if err := j.service.Prove(t.Context()); err != nil {
			t.Fatal(err)
		}
		proof, err := j.service.Proof(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return proof.Wrong
	}
	if wrong := prove(); wrong != 0 {
		t.Errorf("%d sums differ", wrong)
	}
	day := period.LocalDay(testdb.Now, period.MustZone("Asia/Makassar"))
	for _, spoil := range []string{
		`UPDATE rollup_node_day SET valid = valid + 1 WHERE day = $1 AND node_id = (SELECT min(node_id) FROM rollup_node_day)`,
		`DELETE FROM rollup_node_channel_day WHERE day = $1`,
		`UPDATE rollup_node_hour SET machines = 1 WHERE $1::date IS NOT NULL`,
	} {
		before := prove()
		if _, err := db.Exec(t.Context(), j.DB, spoil, day); err != nil {
			t.Fatal(err)
		}
		if wrong := prove(); wrong <= before {
			t.Errorf("not seen: %s", spoil)
		}
	}
}

// Nobody answers for a disk that is gone: readers are sent on, and the figures say so.
func TestADiskThatIsGoneCostsClicksAndNoReader(t *testing.T) {
	t.Parallel()
	j := newJournaled(t, testdb.FreshURL(t))
	j.open(2)
	if err := j.root.Close(); err != nil {
		t.Fatal(err)
	}
	j.open(3)
	if stats := j.shipper.Stats(); stats.Served != 5 || stats.Undurable != 3 {
		t.Errorf("%+v", stats)
	}
}

// What a process finds damaged when it begins must not pass for how it always was.
func TestAlarmsAreRaisedAndEnd(t *testing.T) {
	t.Parallel()
	at := testdb.Now
	a := click.NewAlarms()
	look := func(after time.Duration, s click.Stats) map[string]bool {
		for until := at.Add(after); at.Before(until); at = at.Add(time.Second) {
			a.Look(at, s)
		}
		return a.Look(at, s)
	}
	if got := look(0, click.Stats{Broken: 1}); !got["journal_broken"] || len(got) != 1 {
		t.Errorf("at the start: %v", got)
	}
	fine := click.Stats{Broken: 1, Served: 10, Stored: 10}
	if got := look(6*time.Minute, fine); len(got) != 0 && !got["journal_broken"] {
		t.Errorf("later: %v", got)
	}
	if got := look(6*time.Minute, fine); len(got) != 0 {
		t.Errorf("nobody came and nothing was counted: %v", got)
	}
	stopped := map[string]bool{}
	for served := int64(10); served < 410; served++ { // a click a second, and none is stored
		stopped = look(time.Second, click.Stats{Broken: 1, Served: served, Stored: 10, Waiting: served - 10})
	}
	if !stopped["counts_stopped"] {
		t.Errorf("counting stopped: %v", stopped)
	}
	if got := look(time.Second, click.Stats{Broken: 1, Served: 409, Stored: 100, Waiting: 309, Oldest: 3 * time.Minute}); got["counts_stopped"] || !got["shipping_late"] {
		t.Errorf("counting goes on, late: %v", got)
	}
	missing := click.Stats{Broken: 1, Served: 409, Stored: 399}
	look(time.Second, missing)
	if got := look(2*time.Minute, missing); !got["clicks_missing"] {
		t.Errorf("ten are nowhere: %v", got)
	}
	missing.Undurable = 10
	if got := look(time.Second, missing); got["clicks_missing"] || !got["clicks_undurable"] {
		t.Errorf("ten are known to be undurable: %v", got)
	}
}
