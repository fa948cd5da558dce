package raffle_test

import (
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/raffle"
	"gaung/internal/score"
)

// Once there is a raffle the rules of its season are not changed into some by which nobody would be on its list.
func TestARaffleKeepsRulesWithAThreshold(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	seasons := score.New(w.DB.At(noon(1)))
	seasons.Consent(w.on(1).KeepTx)
	change := func(name string, rulebook int32) error {
		_, err := seasons.ChangeSeason(ctx, w.root, 2, score.SeasonPlan{Name: name, From: december(5), To: december(10), Rulebook: rulebook})
		return err
	}
	rules := func() int32 {
		t.Helper()
		found, err := db.Get[struct{ Version int32 }](ctx, w.DB, `SELECT rulebook_version AS version FROM season WHERE id = 2`)
		if err != nil {
			t.Fatal(err)
		}
		return found.Version
	}
	if _, err := w.on(1).Set(ctx, w.root, 2, plan(3)); err != nil {
		t.Fatal(err)
	}
	err := change("Musim hujan", 1)
	refused(t, "rules without a threshold under a raffle", err, errs.Invalid)
	if err == nil || !strings.Contains(err.Error(), "batalkan dahulu undiannya") || rules() != 2 {
		t.Errorf("rulebook %d: %v", rules(), err)
	}
	if err := change("Musim kemarau", 2); err != nil {
		t.Errorf("another name: %v", err)
	}
	if _, err := w.on(1).Set(ctx, w.root, 2, raffle.RafflePlan{}); err != nil {
		t.Fatal(err)
	}
	if err := change("Musim kemarau", 1); err != nil || rules() != 1 {
		t.Errorf("without a raffle: rulebook %d, %v", rules(), err)
	}
}
