package click_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/testdb"
)

// One instant is two days: 23.30 WITA in the region is 00.30 WIT in its eastern agency.
func TestEachSumHasTheDayOfItsOwnZone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	east, err := w.Org.CreateAll(t.Context(), []org.DraftByCode{{Draft: org.Draft{Kind: org.Region, Code: w.Region.Code + "-R", Name: "Induk", Zone: "Asia/Makassar"}},
		{ParentCode: w.Region.Code + "-R", Draft: org.Draft{Kind: org.Body, Code: w.Region.Code + "-E", Name: "Dinas Timur", Zone: "Asia/Jayapura"}},
		{ParentCode: w.Region.Code + "-E", Draft: org.Draft{Kind: org.Unit, Code: w.Region.Code + "-E1", Name: "Bidang Timur"}}})
	if err != nil {
		t.Fatal(err)
	}
	region, dinas, unit := east[w.Region.Code+"-R"].ID, east[w.Region.Code+"-E"].ID, east[w.Region.Code+"-E1"].ID
	w.sharer = w.Person(unit)
	w.clock.set(time.Date(2026, 11, 30, 15, 30, 0, 0, time.UTC))
	w.visit(w.from(1))
	w.visit(w.from(1))
	w.clock.set(w.clock.Now().Add(time.Hour)) // 00.30 WITA, 01.30 WIT
	w.visit(w.from(2))

	node := func(n id.Agency, day string) string {
		return w.sums("rollup_node_day", "node_id = $1 AND day = $2::text::date", n, day)
	}
	w.want("region, the day before", node(region, "2026-11-30"), "1 1 1 0")
	w.want("region, the day after", node(region, "2026-12-01"), "1 1 0 0")
	for name, n := range map[string]id.Agency{"agency": dinas, "unit": unit} {
		w.want(name+", the day before", node(n, "2026-11-30"), "")
		w.want(name+", the day after", node(n, "2026-12-01"), "2 2 1 0")
	}
	w.want("region's November", w.sums("rollup_node_month", "node_id = $1 AND month = '2026-11-01'", region), "1 1 1 0")
	w.want("agency's December", w.sums("rollup_node_month", "node_id = $1 AND month = '2026-12-01'", dinas), "2 2 1 0")
	w.want("person's December", w.sums("rollup_user_month", "user_id = $1 AND month = '2026-12-01'", w.sharer.User), "2 2 1 0")
	w.want("publisher's day before", w.sums("rollup_content_day", "content_id = $1 AND day = '2026-11-30'", w.live.ID), "1 1 1 0")
	for _, kind := range []string{"agency", "region"} {
		w.sameAsRaw(kind)
	}
}

// sameAsRaw compares the node sums of the content's clicks with the raw rows, reckoned anew.
func (w *world) sameAsRaw(kind string) {
	w.t.Helper()
	wrong, err := db.All[struct{ NodeID int }](w.t.Context(), w.DB, `
		WITH raw AS (
			SELECT n.id AS node_id, (c.at AT TIME ZONE n.zone)::date AS day, count(*) FILTER (WHERE verdict::int4 = 1) AS valid,
			       count(*) FILTER (WHERE verdict::int4 = 6) AS repeats, count(*) FILTER (WHERE verdict::int4 IN (2, 3, 4)) AS machines
			FROM click AS c JOIN agency AS u ON u.id = c.unit_id JOIN agency AS n ON n.id = ANY (u.path)
			WHERE c.content_id = $1 AND n.kind = $2 GROUP BY 1, 2)
		SELECT node_id FROM raw LEFT JOIN rollup_node_day AS r USING (node_id, day)
		WHERE (r.valid, r.people, r.repeats, r.machines) IS DISTINCT FROM (raw.valid, raw.valid, raw.repeats, raw.machines)`, w.live.ID, kind)
	if err != nil || len(wrong) != 0 {
		w.t.Errorf("%s sums differ from the raw clicks: %v %v", kind, wrong, err)
	}
}

func TestManyAtOnceAreCountedExactly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	replicas := []*click.Service{w.service, w.newService()}
	var told sync.Map
	for _, s := range replicas {
		s.OnShip(func(_ context.Context, _ *db.Tx, counted []click.Counted) error {
			readers := slices.DeleteFunc(slices.Clone(counted), func(c click.Counted) bool { return c.Verdict != click.Valid })
			told.Store(&counted[0], len(readers))
			return nil
		})
	}
	const visitors, each = 40, 3
	var all sync.WaitGroup
	for i := range visitors * each {
		all.Go(func() {
			v := w.from(i % visitors)
			if i >= visitors*(each-1) {
				v.UserAgent, v.Address = whatsApp, w.from(i).Address
			}
			if _, err := replicas[i%2].Visit(t.Context(), v); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	w.want("content", w.sums("rollup_content_day", "content_id = $1", w.live.ID), "40 40 40 40")
	w.want("region", w.sums("rollup_node_day", "node_id = $1", w.Region.ID), "40 40 40 40")
	w.want("person", w.sums("rollup_user_month", "user_id = $1", w.sharer.User), "40 40 40 40")
	n := 0
	told.Range(func(_, count any) bool { n += count.(int); return true })
	if n != visitors || len(w.tellings()) != visitors*each {
		t.Errorf("told of %d, %d rows", n, len(w.tellings()))
	}
}

// Batches over several contents, people and visitors in opposite orders: they wait for each other and
// never dead-lock, and the batch itself holds repeats.
func TestBatchesInAnyOrderDoNotDeadlock(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	other := w.Live("Layanan lain dibuka")
	var links []click.Link
	for _, person := range []org.Actor{w.sharer, w.Staff(), w.Person(w.Agency(w.Dinas, org.Unit).ID)} {
		for _, content := range []id.Content{w.live.ID, other.ID} {
			links = append(links, click.Link{Content: content, User: person.User, Channel: click.Copy})
		}
	}
	visitors := func(from int64) (list []int64) {
		for n := range int64(150) {
			list = append(list, from+n, from+n%50) // the first fifty come four times in a batch
		}
		return list
	}
	ship := func(from func(batch int) int64) {
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				links, visitors := slices.Clone(links), visitors(from(i))
				if i%2 == 1 {
					slices.Reverse(links)
					slices.Reverse(visitors)
				}
				if err := w.service.Ship(t.Context(), w.clock.Now(), links, visitors); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	ship(func(int) int64 { return 0 })                               // the same visitors: the batches meet where repeats are told
	ship(func(batch int) int64 { return int64(1000 * (batch + 1)) }) // others: they meet at the sums
	const requests, people = 2 * 6 * 300 * 3, (1 + 6) * 150 * 3
	w.want("content", w.sums("rollup_content_day", "content_id = $1", w.live.ID), fmt.Sprintf("%d %d %d 0", people, people, requests-people))
	w.want("agency", w.sums("rollup_node_day", "node_id = $1", w.Dinas.ID), fmt.Sprintf("%d %d %d 0", 2*people, 2*people, 2*(requests-people)))
}

func TestWhenAListenerFailsNothingIsStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	refused, fail := errors.New("no score today"), true
	var order []string
	w.service.OnShip(func(context.Context, *db.Tx, []click.Counted) error { order = append(order, "first"); return nil })
	w.service.OnShip(func(context.Context, *db.Tx, []click.Counted) error {
		if order = append(order, "second"); fail {
			return refused
		}
		return nil
	})
	if _, err := w.service.Visit(t.Context(), w.from(1)); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	if got := w.tellings(); len(got) != 0 || w.sums("rollup_content_day", "content_id = $1", w.live.ID) != "" {
		t.Errorf("stored %v", got)
	}
	fail = false
	w.visit(w.from(1)) // it is no repeat: the failed one left nothing
	if got := w.tellings(); !slices.Equal(got, []string{"valid 1"}) || !slices.Equal(order, []string{"first", "second", "first", "second"}) {
		t.Errorf("got %v, order %v", got, order)
	}
}

// The unit is the one at the time of the click, and somebody who has left earns nothing any more.
func TestThePlaceIsTheOneAtTheClick(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	moved := w.Agency(w.Dinas, org.Unit)
	if _, err := db.Exec(t.Context(), w.DB, `UPDATE placement SET until_day = '2026-11-25' WHERE user_id = $1`, w.sharer.User); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), w.DB, `INSERT INTO placement (user_id, from_day, until_day, unit_id, agency_id)
		VALUES ($1, '2026-11-25', '2026-11-28', $2, $3)`, w.sharer.User, moved.ID, w.Dinas.ID); err != nil {
		t.Fatal(err)
	}
	told := 0
	w.service.OnShip(func(_ context.Context, _ *db.Tx, counted []click.Counted) error { told += len(counted); return nil })
	for i, at := range []time.Time{ // midnight WITA is 16.00 UTC
		time.Date(2026, 11, 24, 15, 59, 0, 0, time.UTC), time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC), time.Date(2026, 11, 27, 16, 0, 0, 0, time.UTC)} {
		w.clock.set(at)
		w.visit(w.from(i))
	}
	w.want("old unit", w.sums("rollup_node_day", "node_id = $1", w.Unit.ID), "1 1 0 0")
	w.want("new unit", w.sums("rollup_node_day", "node_id = $1", moved.ID), "1 1 0 0")
	w.want("content", w.sums("rollup_content_day", "content_id = $1 AND day = '2026-11-28'", w.live.ID), "1 1 0 0")
	w.want("person in the old unit", w.sums("rollup_user_month", "user_id = $1 AND unit_id = $2", w.sharer.User, w.Unit.ID), "1 1 0 0")
	w.want("person in the new unit", w.sums("rollup_user_month", "user_id = $1 AND unit_id = $2", w.sharer.User, moved.ID), "1 1 0 0")
	if told != 2 {
		t.Errorf("told of %d", told)
	}
}

// A journal that waited for a week must still find its partitions.
func TestAnOldBacklogIsStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.FreshURL(t))
	old := w.clock.Now().AddDate(0, 0, -9)
	link := click.Link{Content: w.live.ID, User: w.sharer.User, Channel: click.Copy}
	if err := w.service.Ship(t.Context(), old, []click.Link{link}, []int64{1, 2, 2}); err != nil {
		t.Fatal(err)
	}
	w.want("content", w.sums("rollup_content_day", "content_id = $1 AND day = $2", w.live.ID, period.DayOf(2026, 11, 13)), "2 2 1 0")
}

// A shipper's batch: 8,000 records of 200 people's links.
func BenchmarkShip8000(b *testing.B) {
	w := newWorld(b, testdb.FreshURL(b))
	links := []click.Link{}
	for range 200 {
		links = append(links, click.Link{Content: w.live.ID, User: w.Staff().User, Channel: click.Copy})
	}
	visitors, next := make([]int64, 40), int64(0)
	for b.Loop() {
		for i := range visitors {
			next++
			visitors[i] = next - int64(i%4) // every fourth is new
		}
		if err := w.service.Ship(b.Context(), w.clock.Now(), links, visitors); err != nil {
			b.Fatal(err)
		}
	}
}

// One request, stored before it is answered.
func BenchmarkVisit(b *testing.B) {
	w := newWorld(b, testdb.FreshURL(b))
	for i := 0; b.Loop(); i++ {
		v := w.from(i)
		v.UserAgent += fmt.Sprint(i % 1000)
		w.visit(v)
	}
}
