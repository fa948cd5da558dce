package score_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/testkit"
)

var today = period.DayOf(2026, 11, 22) // Sunday of week 47

const season = 2_000_001 // the one that the migrations open

type world struct {
	*testkit.Kit
	t      testing.TB
	score  *score.Service
	people []org.Actor
}

// newWorld has three agencies with two units each, and some persons in every unit.
func newWorld(t testing.TB, persons int) *world {
	t.Helper()
	k := testkit.New(t)
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	units := []id.Agency{k.Unit.ID, k.Agency(k.Dinas, org.Unit).ID}
	for range 2 {
		body := k.Agency(k.Region, org.Body)
		units = append(units, k.Agency(body, org.Unit).ID, k.Agency(body, org.Unit).ID)
	}
	for n := range persons {
		w.people = append(w.people, k.Person(units[n%len(units)]))
	}
	return w
}

func clicks(actor org.Actor, day period.Day, times int) []click.Counted {
	c := click.Counted{Verdict: click.Valid, Delta: 1, Day: day, Content: 1, User: actor.User, Channel: click.WhatsApp, Unit: actor.Unit, Agency: actor.Agency, Path: actor.Path}
	return slices.Repeat([]click.Counted{c}, times)
}

func (w *world) post(batch []click.Counted) {
	w.t.Helper()
	if err := w.DB.Tx(w.t.Context(), func(tx *db.Tx) error { return score.Post(w.t.Context(), tx, batch) }); err != nil {
		w.t.Error(err)
	}
}

// naive recounts a board of persons with a window function.
func (w *world) naive(viewer id.User, node id.Agency, key int32) []score.Standing {
	w.t.Helper()
	type row struct {
		UserID, Shown id.User
		Points, Rank  int64
	}
	rows, err := db.All[row](w.t.Context(), w.DB, `SELECT s.user_id, CASE WHEN (p.hide_name OR NOT p.active) AND p.id <> $3 THEN 0 ELSE p.id END AS shown, s.points, rank() OVER (ORDER BY s.points DESC) AS rank
		FROM score AS s JOIN agency AS u ON u.id = s.unit_id JOIN app_user AS p ON p.id = s.user_id
		WHERE s.period = $1 AND s.points > 0 AND $2 = ANY(u.path) ORDER BY s.points DESC, s.user_id`, key, node, viewer)
	if err != nil {
		w.t.Fatal(err)
	}
	var list []score.Standing
	for _, r := range rows {
		list = append(list, score.Standing{ID: r.Shown, Rank: r.Rank, PeopleReached: int32(r.Points)})
	}
	return list
}

func line(list []score.Standing) (text string) {
	for _, s := range list {
		text += fmt.Sprintf("%d:%d(%d) ", s.Rank, s.ID, s.PeopleReached)
	}
	return text
}

// check compares every person's boards with the naive recount.
func (w *world) check(name string) {
	w.t.Helper()
	for _, actor := range w.people {
		for _, node := range actor.Path {
			for written, key := range map[string]int32{"month": period.MonthOf(today).Key(), "week": period.WeekOf(today).Key(), "season": season} {
				want := w.naive(actor.User, node, key)
				board, err := w.score.People(w.t.Context(), actor, score.Query{Agency: node, Period: written})
				if err != nil {
					w.t.Fatal(err)
				}
				where := fmt.Sprintf("%s: person %d, node %d, %s", name, actor.User, node, written)
				if got := line(board.Items); got != line(want[:min(50, len(want))]) {
					w.t.Errorf("%s: head %s, want %s", where, got, line(want))
				}
				at := slices.IndexFunc(want, func(s score.Standing) bool { return s.ID == actor.User })
				if at < 0 {
					if board.Mine != nil {
						w.t.Errorf("%s: a place without anybody reached", where)
					}
					continue
				}
				around := line(want[max(0, at-5):min(len(want), at+6)])
				if board.Mine == nil || board.Mine.Rank != want[at].Rank || board.Mine.PeopleReached != want[at].PeopleReached || line(board.Mine.Around) != around {
					w.t.Errorf("%s: %+v, want rank %d and around %s", where, board.Mine, want[at].Rank, around)
				}
			}
		}
	}
}

// Whatever was posted, in whatever batches, the rank out of the histograms is the rank.
func TestRanksEqualANaiveRecount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 40)
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(7, seed))
		for range 3 {
			var batch []click.Counted
			for range 1 + random.IntN(20) {
				actor := w.people[random.IntN(len(w.people)-1)] // the last never reaches anybody
				day := today.Add(-random.IntN(10))
				times := []int{1, 1, 2, 5, 255, 256, 257, 300}[random.IntN(8)] // ties, and both sides of a level
				batch = append(batch, clicks(actor, day, times)...)
			}
			random.Shuffle(len(batch), func(a, b int) { batch[a], batch[b] = batch[b], batch[a] })
			w.post(batch)
		}
		w.check(fmt.Sprint("seed ", seed))
	}
}

// All with the same points share the first place, and one point more overtakes all of them.
func TestTiesShareARank(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 60)
	for _, actor := range w.people {
		w.post(clicks(actor, today, 1))
	}
	w.check("all alike")
	w.post(clicks(w.people[59], today, 1))
	w.check("one ahead")
}

// Twenty shippers at once lose nothing and wait for each other in one order.
func TestBatchesAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 12)
	sent := make([]int, 20)
	var all sync.WaitGroup
	for n := range sent {
		all.Go(func() {
			random := rand.New(rand.NewPCG(3, uint64(n)))
			for range 5 {
				var batch []click.Counted
				for range 30 {
					batch = append(batch, clicks(w.people[random.IntN(len(w.people))], today.Add(-random.IntN(40)), 1+random.IntN(4))...)
				}
				sent[n] += len(batch)
				w.post(batch)
			}
		})
	}
	all.Wait()
	counted := 0
	for _, n := range sent {
		counted += n
	}
	type sums struct{ Ledger, Month, Week, Season, Persons, Hist, HistHi int }
	var users []int64
	for _, actor := range w.people {
		users = append(users, int64(actor.User))
	}
	got, err := db.Get[sums](t.Context(), w.DB, `SELECT
		(SELECT sum(amount) FROM ledger WHERE user_id = ANY($1)) AS ledger,
		(SELECT sum(points) FROM score WHERE user_id = ANY($1) AND period < 1000000) AS month,
		(SELECT sum(points) FROM score WHERE user_id = ANY($1) AND period BETWEEN 1000000 AND 2000000) AS week,
		(SELECT sum(points) FROM score WHERE user_id = ANY($1) AND period = 2000001) AS season,
		(SELECT count(*) FROM score WHERE user_id = ANY($1)) AS persons,
		(SELECT sum(n) FROM hist WHERE scope = $2) AS hist, (SELECT sum(n) FROM hist_hi WHERE scope = $2) AS hist_hi`, users, w.Region.ID)
	if err != nil || got.Ledger != counted || got.Month != counted || got.Week != counted || got.Season != counted || got.Hist != got.Persons || got.HistHi != got.Persons {
		t.Errorf("%d were counted: %+v %v", counted, got, err)
	}
	w.check("at once")
}

// The end of a year: the week belongs to the year of its Thursday, the month to its own.
func TestPeriodsAroundNewYear(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	actor := w.people[0]
	w.post(clicks(actor, period.DayOf(2026, 12, 31), 1))
	w.post(append(clicks(actor, period.DayOf(2027, 1, 1), 2), clicks(actor, period.DayOf(2027, 1, 4), 4)...))
	rows, err := db.All[struct{ Line string }](t.Context(), w.DB, `SELECT period || '=' || points AS line FROM score WHERE user_id = $1 ORDER BY period`, actor.User)
	if got := fmt.Sprint(rows); err != nil || got != "[{202612=1} {202701=6} {1202653=3} {1202701=4} {2000001=7}]" {
		t.Errorf("%s %v", got, err)
	}
	for written, want := range map[string]int32{"2026-12": 1, "2027-01": 6, "2026-W53": 3, "2027-W01": 4} {
		board, err := w.score.People(t.Context(), actor, score.Query{Period: written})
		if err != nil || board.Mine == nil || board.Mine.PeopleReached != want || board.Period.Name != written {
			t.Errorf("%s: %+v %v", written, board, err)
		}
	}
}
