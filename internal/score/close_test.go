package score_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// noon is a clock that stands at noon in Jakarta of a day of November 2026, or of the months after it.
func noon(day int) func() time.Time {
	return func() time.Time { return time.Date(2026, time.November, day, 5, 0, 0, 0, time.UTC) }
}

// at is the boards as they are asked on a day.
func (w *world) at(day int) *score.Service { return score.New(w.DB.At(noon(day))) }

func (w *world) turn(day int) {
	w.t.Helper()
	if err := w.at(day).Turn(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// root administers the top of the tree: seasons are everybody's.
func (w *world) root() org.Actor {
	return org.Actor{User: 1, Grants: []org.Grant{{Role: org.Admin, Agency: w.Region.ID}}, Zone: "Asia/Jakarta"}
}

func november(day int) period.Day { return period.DayOf(2026, time.November, day) }

// boardsOf writes down every board of a season that the people may see, as they read it.
func (w *world) boardsOf(people []org.Actor, written string, on *score.Service) (all []string) {
	w.t.Helper()
	for _, actor := range people {
		for _, node := range actor.Path {
			board, err := on.People(w.t.Context(), actor, score.Query{Agency: node, Period: written})
			if err != nil {
				w.t.Fatal(err)
			}
			text := fmt.Sprintf("%d on %d: %+v", actor.User, node, board.Items)
			if board.Mine != nil {
				text += fmt.Sprintf(" me %+v", *board.Mine)
			}
			all = append(all, text)
		}
	}
	return all
}

// restless is a world with ties, movers, leavers and hidden names, in a season that ends on 22 November.
func restless(t *testing.T) *world {
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	body := k.Agency(k.Region, org.Body)
	units := []id.Agency{k.Unit.ID, k.Agency(k.Dinas, org.Unit).ID, k.Agency(body, org.Unit).ID}
	for n := range 70 {
		w.people = append(w.people, k.Person(units[n%3]))
	}
	w.exec(`UPDATE season SET to_day = '2026-11-22' WHERE id = 1`)
	w.exec(`UPDATE app_user SET hide_name = true WHERE id = $1`, w.people[3].User)
	random := rand.New(rand.NewPCG(2, 9))
	for _, actor := range w.people[:66] {
		w.post(clicks(actor, today.Add(-random.IntN(20)), []int{1, 2, 3, 3, 256, 300}[random.IntN(6)]))
	}
	w.move(w.people[10], units[2])
	w.move(w.people[11], 0)
	if err := w.score.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	var now []org.Actor
	for _, p := range w.people {
		if actor, err := w.User.Actor(t.Context(), p.User); err == nil && actor.Unit != 0 {
			now = append(now, actor)
		}
	}
	w.people = now
	return w
}

// When a season closes every board says what it said before, to the last neighbour, and from then on always,
// whatever comes later.
func TestAClosedSeasonStands(t *testing.T) {
	t.Parallel()
	w := restless(t)
	w.check("before")
	before := w.boardsOf(w.people, "season-1", w.at(25))
	w.turn(25) // corrections may still come
	w.post(clicks(w.people[0], november(22), 1))
	late := w.boardsOf(w.people, "season-1", w.at(25))
	if slices.Equal(before, late) {
		t.Error("what came within the days of grace did not count")
	}
	w.turn(26)
	closed := w.boardsOf(w.people, "season-1", w.at(26))
	if !slices.Equal(late, closed) {
		for i := range late {
			if late[i] != closed[i] {
				t.Fatalf("open:   %s\nclosed: %s", late[i], closed[i])
			}
		}
	}
	w.post(clicks(w.people[1], november(21), 500))
	back := clicks(w.people[0], november(22), 1)
	back[0].Delta = -1
	w.post(back)
	w.exec(`UPDATE placement SET until_day = '2026-11-28' WHERE user_id = $1 AND until_day IS NULL`, w.people[5].User)
	for _, run := range []func() error{func() error { return w.at(29).Follow(t.Context()) }, func() error { return w.at(29).Rebuild(t.Context()) },
		func() error { return w.at(29).Turn(t.Context()) }, func() error { return w.at(29).Prove(t.Context()) }} {
		if err := run(); err != nil {
			t.Fatal(err)
		}
	}
	if after := w.boardsOf(w.people, "season-1", w.at(29)); !slices.Equal(after, closed) {
		t.Error("what came after the close changed a board")
	}
	left, err := db.Get[struct{ Score, Hist, Final int }](t.Context(), w.DB, `SELECT (SELECT count(*) FROM score WHERE period = 2000001) AS score,
		(SELECT count(*) FROM hist WHERE period = 2000001) + (SELECT count(*) FROM hist_hi WHERE period = 2000001) AS hist, (SELECT count(*) FROM season_final) AS final`)
	if err != nil || left.Score != 0 || left.Hist != 0 || left.Final != 66 {
		t.Errorf("%+v %v", left, err)
	}
	ledger, err := w.at(29).Ledger(t.Context(), 1, false, nil)
	if err != nil || len(ledger.Hash) != 32 || string(ledger.Hash) != string(ledger.Sealed) {
		t.Errorf("the ledger of the close cannot be shown any more: %+v %v", ledger, err)
	}
	w.exec(`UPDATE app_user SET hide_name = true WHERE id = $1`, w.people[6].User)
	if now := w.boardsOf(w.people[:1], "season-1", w.at(29)); slices.Equal(now, closed[:len(now)]) {
		t.Error("who hides their name today is still named on the board of then")
	}
}

// A close that is cut off anywhere ends the same when it is run again.
func TestACloseThatIsCutOffGoesOn(t *testing.T) {
	t.Parallel()
	w := restless(t)
	w.exec(`UPDATE season SET state = 'closing', ledger_upto = (SELECT last_value FROM ledger_id_seq) WHERE id = 1`)
	before := w.boardsOf(w.people, "season-1", w.at(26))
	w.exec(`INSERT INTO season_final (user_id, season_id, agency_id, unit_id, people, points, ranks, tied)
		SELECT user_id, 1, agency_id, unit_id, points, points, '{}', '{}' FROM score WHERE period = 2000001 AND agency_id = 0`) // the first part is done
	w.turn(26)
	if after := w.boardsOf(w.people, "season-1", w.at(26)); !slices.Equal(before, after) {
		t.Error("it ended otherwise")
	}
}

// Nobody changes what has begun: neither the service nor, whoever asks it, the database.
func TestTheRulesFreeze(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	ctx, boards := t.Context(), w.at(22)
	plan := score.SeasonPlan{Name: "Musim hujan", From: november(30), To: period.DayOf(2027, time.January, 31), Rulebook: 2}
	if _, err := boards.PlanSeason(ctx, k.Staff(org.Admin), plan); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("an agency's administrator plans for the nation: %v", err)
	}
	if _, err := boards.PlanSeason(ctx, w.root(), plan); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("two seasons at a time: %v", err)
	}
	end := score.SeasonPlan{Name: "Musim pertama", From: period.DayOf(2000, time.January, 1), To: november(29), Rulebook: 1}
	if got, err := boards.ChangeSeason(ctx, w.root(), 1, end); err != nil || *got.To != november(29) || *got.Closes != period.DayOf(2026, time.December, 3) || got.Phase != "running" {
		t.Fatalf("%+v %v", got, err)
	}
	made, err := boards.PlanSeason(ctx, w.root(), plan)
	if err != nil || made.ID != 2 || made.Phase != "planned" {
		t.Fatalf("%+v %v", made, err)
	}
	for name, wrong := range map[string]score.SeasonPlan{
		"tomorrow":           {Name: "x", From: november(23), To: november(28), Rulebook: 2},
		"longer than a year": {Name: "x", From: november(30), To: november(30).Add(366), Rulebook: 2},
		"no such rules":      {Name: "x", From: november(30), To: november(30), Rulebook: 9},
		"no name":            {From: november(30), To: november(30), Rulebook: 1},
	} {
		if _, err := boards.ChangeSeason(ctx, w.root(), 2, wrong); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	early, past := plan, end
	early.From, past.To = november(23), november(21)
	_, tooEarly := boards.ChangeSeason(ctx, w.root(), 2, early)
	_, over := boards.ChangeSeason(ctx, w.root(), 1, past)
	for want, got := range map[string]error{"paling cepat dimulai pada 24 November 2026,": tooEarly, "paling cepat hari ini, 22 November 2026.": over} {
		if got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("a day is told as %v, want %q", got, want)
		}
	}
	plan.Name = "Musim penghujan"
	if _, err := boards.ChangeSeason(ctx, w.root(), 2, plan); err != nil {
		t.Error(err)
	}
	w.turn(29)
	other := plan
	other.Rulebook = 1
	if _, err := w.at(29).ChangeSeason(ctx, w.root(), 2, other); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("other rules on the eve: %v", err)
	}
	if err := w.at(29).DropSeason(ctx, w.root(), 2); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("dropped on the eve: %v", err)
	}
	for _, statement := range []string{`UPDATE season SET rulebook_version = 1 WHERE id = 2`, `DELETE FROM season WHERE id = 2`, `UPDATE season SET state = 'planned' WHERE id = 2`,
		`UPDATE rulebook SET rules = '{}' WHERE version = 2`, `DELETE FROM rulebook WHERE version = 2`} {
		if _, err := db.Exec(ctx, k.DB, statement); err == nil {
			t.Errorf("the database lets %s through", statement)
		}
	}
	w.turn(34) // 4 December: the first is over and corrected, the second runs
	list, err := w.at(34).Seasons(ctx, w.root())
	if err != nil || len(list.Items) != 2 || list.Items[0].Phase != "running" || list.Items[1].Phase != "closed" || len(list.Items[1].LedgerHash) != 64 || !list.MayPlan {
		t.Errorf("%+v %v", list, err)
	}
	for _, statement := range []string{`UPDATE season SET name = 'x' WHERE id = 1`, `UPDATE season_final SET people = 1`, `DELETE FROM season_final`} {
		if _, err := db.Exec(ctx, k.DB, statement); err == nil {
			t.Errorf("the database lets %s through", statement)
		}
	}
	if _, err := w.at(34).ChangeSeason(ctx, w.root(), 1, end); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a closed season was changed: %v", err)
	}
}

// A season that has only been planned takes its days, even if the job that opens it has not run.
func TestAPlannedSeasonTakesItsDays(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	w.exec(`UPDATE season SET to_day = '2026-11-22' WHERE id = 1`)
	w.exec(`INSERT INTO season (id, name, from_day, to_day, rulebook_version, state) VALUES (2, 'Kedua', '2026-11-23', '2026-12-31', 2, 'planned')`)
	actor := k.Staff()
	w.post([]click.Counted{clicks(actor, november(22), 1)[0], clicks(actor, november(23), 1)[0]})
	board, err := w.at(23).People(t.Context(), actor, score.Query{Period: "season"})
	if err != nil || board.Mine == nil || board.Mine.PeopleReached != 1 || board.Period.Title != "Kedua" {
		t.Errorf("%+v %v", board, err)
	}
	before, err := w.at(23).People(t.Context(), actor, score.Query{Period: "season-1"})
	if err != nil || before.Period.Phase != "waiting" || before.Mine.PeopleReached != 1 {
		t.Errorf("%+v %v", before, err)
	}
}

// Others hear of a close once, in the transaction that closes.
func TestOthersHearOfAClose(t *testing.T) {
	t.Parallel()
	w := restless(t)
	for range 2 {
		if err := w.at(26).Tell(w.Queue).Turn(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	told, err := db.Get[struct{ N int }](t.Context(), w.DB, `SELECT count(*) AS n FROM river.river_job WHERE kind = 'season_closed' AND (args->>'season')::int = 1`)
	if err != nil || told.N != 1 {
		t.Errorf("told %d times: %v", told.N, err)
	}
}
