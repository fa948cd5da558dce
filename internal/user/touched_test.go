package user_test

import (
	"context"
	"slices"
	"testing"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/user"
)

// Whoever an import adds, changes, moves or lets go is told of, with who did it; who only stands in the file is not.
func TestAnImportTellsWhomItTouched(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, colleague, salt := w.Person(w.Region.ID, org.Grant{Role: org.Operator, Agency: w.Dinas.ID}), w.Staff(), salted(w)
	there := w.Agency(w.Dinas, org.Unit)
	var told []id.User
	w.Desk.Tell(func(_ context.Context, _ *db.Tx, by id.User, people []id.User) error {
		if by != operator.User {
			t.Errorf("by %d", by)
		}
		told = append(told, people...)
		return nil
	})
	touches := func(want int, text string, intake user.Intake) []id.User {
		t.Helper()
		told = nil
		w.applied(operator, text, intake)
		if slices.Sort(told); len(slices.Compact(told)) != want {
			t.Errorf("%d were touched, not %d: %v", len(told), want, told)
		}
		return told
	}
	intake := user.Intake{From: period.DayOf(2026, 11, 2)}
	added := touches(4, list(salt, 4, w.Unit.Code), intake)
	touches(0, list(salt, 4, w.Unit.Code), intake)
	moved := touches(2, list(salt, 2, there.Code), user.Intake{From: period.DayOf(2026, 11, 10)})
	for _, one := range moved {
		if !slices.Contains(added, one) {
			t.Errorf("%d moved, and never came", one)
		}
	}
	// Of a complete list of two, the other two leave, and the colleague who is in no list.
	if left := touches(3, list(salt, 2, there.Code), user.Intake{From: period.DayOf(2026, 11, 11), Complete: true}); slices.Contains(left, moved[0]) || !slices.Contains(left, colleague.User) {
		t.Errorf("%v left, and %v stay", left, moved)
	}
}
