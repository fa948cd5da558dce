package score_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// tables are the scores and histograms in words.
func (w *world) tables() string {
	w.t.Helper()
	rows, err := db.All[struct{ Line string }](w.t.Context(), w.DB, `
		SELECT concat_ws(' ', 'score', user_id, period, agency_id, unit_id, points) AS line FROM score
		UNION ALL SELECT concat_ws(' ', 'hist', period, scope, points, n) FROM hist WHERE n <> 0
		UNION ALL SELECT concat_ws(' ', 'hist_hi', period, scope, hi, n) FROM hist_hi WHERE n <> 0 ORDER BY 1`)
	if err != nil {
		w.t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, row.Line)
	}
	return strings.Join(lines, "\n")
}

// shipper posts random batches, and takes back some of what it posted before.
func (w *world) shipper(seed uint64) {
	random := rand.New(rand.NewPCG(11, seed))
	var mine []click.Counted
	for range 8 {
		var batch []click.Counted
		for range 1 + random.IntN(12) {
			actor := w.people[random.IntN(len(w.people)-2)] // two never reach anybody
			batch = append(batch, clicks(actor, today.Add(-random.IntN(35)), []int{1, 1, 2, 3, 255, 256, 300}[random.IntN(7)])...)
		}
		mine = append(mine, batch...)
		random.Shuffle(len(mine), func(a, b int) { mine[a], mine[b] = mine[b], mine[a] })
		back := slices.Clone(mine[:random.IntN(len(mine))])
		mine = mine[len(back):]
		for i := range back {
			back[i].Delta = -1
		}
		w.post(batch)
		w.post(back)
	}
}

// move places a person elsewhere from today on, or nowhere.
func (w *world) move(person org.Actor, to id.Agency) {
	w.exec(`UPDATE placement SET until_day = '2026-11-22' WHERE user_id = $1 AND until_day IS NULL`, person.User)
	if to != 0 {
		w.exec(`INSERT INTO placement (user_id, from_day, unit_id, agency_id) SELECT $1, date '2026-11-22', id, parent_id FROM agency WHERE id = $2`, person.User, to)
	}
}

// Several shippers at once, people who move, leave and hide their names meanwhile, and clicks that are
// taken back, down to nothing: every board is what a window function says, and the ledger alone gives the
// very same tables again.
func TestBoardsOfARestlessWorld(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t)) // one root: the national index is walked as well
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	body := k.Agency(k.Region, org.Body)
	units := []id.Agency{k.Unit.ID, k.Agency(k.Dinas, org.Unit).ID, k.Agency(body, org.Unit).ID}
	for n := range 70 {
		w.people = append(w.people, k.Person(units[n%3]))
	}
	w.exec(`UPDATE app_user SET hide_name = true WHERE id = ANY ($1)`, []int64{int64(w.people[3].User), int64(w.people[8].User)})
	var all sync.WaitGroup
	for seed := range uint64(4) {
		all.Go(func() { w.shipper(seed) })
	}
	for n, p := range w.people[10:20] {
		w.move(p, []id.Agency{units[(n+1)%3], units[(n+2)%3], 0}[n%3])
		if err := w.score.Follow(t.Context()); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	gone := w.people[1]
	w.post(clicks(gone, today, 4))
	back := clicks(gone, today, 4)
	for i := range back {
		back[i].Delta = -1
	}
	w.post(back)
	if err := w.score.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	var now []org.Actor
	for _, p := range w.people[5:30] {
		if actor, err := w.User.Actor(t.Context(), p.User); err == nil && actor.Unit != 0 {
			now = append(now, actor)
		}
	}
	w.people = now
	w.check("after everything")
	before := w.tables()
	if err := w.score.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := w.tables(); after != before {
		t.Errorf("rebuilt it is\n%s\nand was\n%s", after, before)
	}
	w.exec(`UPDATE score SET points = points + 1 WHERE user_id = $1`, now[0].User)
	w.exec(`DELETE FROM score WHERE user_id = $1`, now[1].User)
	w.exec(`UPDATE hist SET n = n + 1 WHERE scope = $1`, k.Region.ID)
	if err := w.score.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.score.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.check("made anew")
}

// The nightly proof finds a score, a histogram or a ledger that says otherwise than what it comes from.
func TestProofFindsWhatDrifted(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	person := k.Staff()
	w.post(clicks(person, today.Add(-1), 3))
	w.exec(`CREATE TABLE click_any PARTITION OF click DEFAULT`)
	raw := `INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
		SELECT timestamptz '2026-11-21 10:00+08', n, 1, $1, $2, 0, 1::"char", 1::"char", 1::"char", 2::"char" FROM generate_series(1, $3) AS n`
	w.exec(raw, person.User, person.Unit, 3)
	prove := func(scores, ledger int64, name string) {
		t.Helper()
		if err := w.score.Prove(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, err := w.score.Proof(t.Context()); err != nil || got != (score.Proof{Scores: scores, Ledger: ledger}) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	prove(0, 0, "nothing is wrong")
	w.exec(raw, person.User, person.Unit, 1)
	prove(0, 1, "a click that is not in the ledger")
	w.exec(`UPDATE score SET points = 4 WHERE user_id = $1 AND period = 202611`, person.User)
	prove(1+2*2, 1, "a score, and its place in the histograms of two nodes")
	if err := w.score.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	prove(0, 1, "made anew")
	w.exec(`UPDATE hist_hi SET n = 2 WHERE period = 202611 AND scope = $1`, k.Region.ID)
	prove(1, 1, "a histogram")
}
