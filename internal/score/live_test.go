package score_test

import (
	"testing"
	"time"

	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// Whoever watches a board is told when somebody on it reaches people, and not of others; who may not see the board
// may not watch it.
func TestWatchersHearOfTheirBoards(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	w.score.LookEvery(20 * time.Millisecond)
	body := k.Agency(k.Region, org.Body)
	here, there := k.Staff(), k.Person(k.Agency(body, org.Unit).ID)
	watch := func(actor org.Actor, q score.Query) <-chan struct{} {
		t.Helper()
		changed, stop, err := w.score.Watch(t.Context(), actor, q)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		return changed
	}
	region, unit, elsewhere := watch(here, score.Query{Agency: k.Region.ID}), watch(here, score.Query{Agency: k.Unit.ID, Period: "season"}), watch(there, score.Query{Agency: body.ID, Period: "week"})
	for round := range 3 {
		done := make(chan struct{})
		go func() {
			defer close(done)
			<-region
			<-unit
		}()
		// The first look knows nothing of before, so it may take a second change to be told of.
		for told := false; !told; {
			w.post(clicks(here, today, 1))
			select {
			case <-done:
				told = true
			case <-time.After(50 * time.Millisecond):
			}
		}
		select {
		case <-elsewhere:
			t.Errorf("round %d: told of somebody else's board", round)
		default:
		}
	}
	for name, q := range map[string]score.Query{"a month that is over": {Period: "2026-09"}, "an agency beside": {Agency: body.ID}} {
		if _, _, err := w.score.Watch(t.Context(), here, q); errs.CodeOf(err) != errs.Invalid && errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
