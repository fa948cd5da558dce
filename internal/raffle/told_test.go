package raffle_test

import (
	"testing"

	"gaung/internal/db"
	"gaung/internal/raffle"
	"gaung/internal/score"
)

// Each draw is passed on once to those who tell people, in the transaction that keeps it: not a refused one, and not
// the same one asked for again.
func TestADrawIsPassedOn(t *testing.T) {
	t.Parallel()
	w, ctx := closedWorld(t, 3), t.Context()
	w.list()
	d := w.DB.At(noon(17))
	told := raffle.New(d, w.Ring, score.New(d)).Tell(w.Queue)
	correction, early := figure(), figure()
	correction.Value, correction.Follows, correction.Reason = "16653", 1, "Salah ketik."
	early.Announced = december(14)
	if _, err := told.Draw(ctx, w.root, 2, early); err == nil {
		t.Fatal("a figure of before")
	}
	for _, one := range []raffle.Figure{figure(), figure(), correction} {
		if _, err := told.Draw(ctx, w.root, 2, one); err != nil {
			t.Fatal(err)
		}
	}
	jobs, err := db.Get[struct{ N int }](ctx, w.DB, `SELECT count(*) AS n FROM river.river_job WHERE kind = 'raffle_drawn' AND (args->>'season')::int = 2`)
	if err != nil || jobs.N != 2 {
		t.Errorf("%d jobs, %v", jobs.N, err)
	}
}
