package content_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// A chain that names who cannot see the items, or has no step, is refused with what is wrong.
func TestChainsAreRefused(t *testing.T) {
	t.Parallel()
	o, other := newOffice(t), newOffice(t)
	admin := o.Staff(org.Admin)
	step := content.ChainStep{Name: "Kadis"}
	for name, chain := range map[string]content.Chain{
		"no step":                 {},
		"five steps":              {Steps: []content.ChainStep{step, step, step, step, step}},
		"no name":                 {Steps: []content.ChainStep{{Name: " "}}},
		"a node below":            {Steps: []content.ChainStep{{Name: "Kadis", AgencyID: o.Unit.ID}}},
		"another agency's person": {Steps: []content.ChainStep{{Name: "Kadis", Persons: []id.User{other.first.User}}}},
		"who does not approve":    {Steps: []content.ChainStep{{Name: "Kadis", Persons: []id.User{o.author.User}}}},
		"escalation first":        {Steps: []content.ChainStep{step}, RemindHours: 8, EscalateHours: 8},
	} {
		if _, err := o.Content.SetChain(t.Context(), admin, o.Dinas.ID, o.version(t), chain); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	inherited, err := o.Content.Chain(t.Context(), admin, o.Unit.ID)
	if err != nil || inherited.Own || inherited.AgencyID != o.Dinas.ID || len(inherited.Steps) != 2 {
		t.Errorf("a unit follows its agency: %+v: %v", inherited, err)
	}
	usual, err := o.Content.DropChain(t.Context(), admin, o.Dinas.ID, o.version(t))
	if err != nil || usual.AgencyID != 0 || len(usual.Steps) != 1 || usual.Steps[0].Name != "Penyetuju" {
		t.Errorf("without any: %+v: %v", usual, err)
	}
}

// Two administrators have the same chain before them: the second save is refused and shown what is there, also
// when the first took the chain away and set it anew; of eight at once one goes on.
func TestAChainThatSomebodyElseChangedIsNotOverwritten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	mine, theirs := o.Staff(org.Admin), o.Staff(org.Admin)
	opened, ctx := o.version(t), t.Context()
	save := func(who org.Actor, on int64, name string) (content.ChainOf, error) {
		return o.Content.SetChain(ctx, who, o.Dinas.ID, on, content.Chain{Steps: []content.ChainStep{{Name: name, AgencyID: o.Region.ID}}})
	}
	there := func(err error) content.ChainOf {
		t.Helper()
		var refused *errs.Error
		if !errors.As(err, &refused) || refused.Code != errs.Conflict {
			t.Fatalf("not a conflict: %v", err)
		}
		return refused.Current.(content.ChainOf)
	}
	saved, err := save(theirs, opened, "Sekda")
	if err != nil || saved.Version == opened || saved.By == "" || saved.Changed.IsZero() {
		t.Fatalf("%+v: %v", saved, err)
	}
	if len(saved.Way) < 2 || saved.Way[len(saved.Way)-1].ID != o.Dinas.ID || !slices.ContainsFunc(saved.Way, func(s content.Stop) bool { return s.ID == o.Region.ID && s.Name == o.Region.Name }) {
		t.Errorf("the way down: %+v", saved.Way)
	}
	_, err = save(mine, opened, "Kadis")
	if now := there(err); now.Steps[0].Name != "Sekda" || now.Version != saved.Version || now.By != saved.By {
		t.Errorf("%+v", now)
	}
	_, err = o.Content.DropChain(ctx, mine, o.Dinas.ID, opened)
	there(err)
	if _, err := o.Content.DropChain(ctx, theirs, o.Dinas.ID, saved.Version); err != nil {
		t.Fatal(err)
	}
	_, err = save(mine, saved.Version, "Kadis")
	if now := there(err); now.Own || now.Version != 0 {
		t.Errorf("%+v", now)
	}
	again, err := save(theirs, 0, "Sekda")
	if err != nil || again.Version == saved.Version || again.Version == opened {
		t.Fatalf("%d: %v", again.Version, err)
	}
	if _, err := o.Content.DropChain(ctx, theirs, o.Dinas.ID, again.Version); err != nil {
		t.Fatal(err)
	}
	results := make(chan error)
	for i := range 8 {
		go func() { _, err := save(mine, 0, fmt.Sprint("Tahap ", i)); results <- err }()
	}
	saves := 0
	for range 8 {
		if err := <-results; err == nil {
			saves++
		} else {
			there(err)
		}
	}
	if saves != 1 {
		t.Errorf("%d of eight saved", saves)
	}
}
