package user_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/seal"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

type world struct {
	*testkit.Kit
	t testing.TB
}

func newWorld(t testing.TB) *world { return &world{testkit.New(t), t} }

func (w *world) exec(statement string, args ...any) {
	w.t.Helper()
	if _, err := db.Exec(w.t.Context(), w.DB, statement, args...); err != nil {
		w.t.Fatal(err)
	}
}

// move ends a person's placement and begins another on that day.
func (w *world) move(person id.User, day string, unit, agency id.Agency) {
	w.t.Helper()
	w.exec(`UPDATE placement SET until_day = $2::date WHERE user_id = $1 AND until_day IS NULL`, person, day)
	w.exec(`INSERT INTO placement (user_id, from_day, unit_id, agency_id) VALUES ($1, $2::date, $3, $4)`, person, day, unit, agency)
}

// eligible are the counts of a node on 9, 10 and 11 November.
func (w *world) eligible(node id.Agency) string {
	w.t.Helper()
	if err := w.User.SnapshotDays(w.t.Context(), period.DayOf(2026, 11, 9), period.DayOf(2026, 11, 11)); err != nil {
		w.t.Fatal(err)
	}
	// As boards and reports read it: the last count up to the day.
	rows, err := db.All[struct{ People int }](w.t.Context(), w.DB, `SELECT (SELECT people FROM eligible_day WHERE node_id = $1 AND day <= d ORDER BY day DESC LIMIT 1) AS people
		FROM generate_series('2026-11-09'::date, '2026-11-11', '1 day') AS d ORDER BY d`, node)
	if err != nil {
		w.t.Fatal(err)
	}
	return fmt.Sprint(rows)
}

// Who moves on the 10th counts where they were until the 9th (R4), however often the days are counted,
// and a unit that everybody has left has nobody.
func TestMoveChangesNoEarlierDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	body := w.Agency(w.Region, org.Body)
	there := w.Agency(body, org.Unit)
	var people []org.Actor
	for range 6 {
		people = append(people, w.Staff())
	}
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{6} {6} {6}][{0} {0} {0}]" {
		t.Errorf("before: %s", got)
	}
	w.move(people[0].User, "2026-11-10", there.ID, body.ID)
	for range 2 {
		if got := w.eligible(w.Unit.ID) + w.eligible(w.Dinas.ID) + w.eligible(there.ID) + w.eligible(w.Region.ID); got != "[{6} {5} {5}][{6} {5} {5}][{0} {1} {1}][{6} {6} {6}]" {
			t.Errorf("one moved: %s", got)
		}
	}
	for _, p := range people[1:] {
		w.move(p.User, "2026-11-11", there.ID, body.ID)
	}
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{6} {5} {0}][{0} {1} {6}]" {
		t.Errorf("all moved: %s", got)
	}
	moved, err := w.User.Actor(t.Context(), people[0].User)
	if err != nil || moved.Unit != there.ID || moved.Agency != body.ID || fmt.Sprint(moved.Path) != fmt.Sprint([]id.Agency{w.Region.ID, body.ID, there.ID}) {
		t.Errorf("%+v %v", moved, err)
	}
}

// The clock stands at 10.00 WITA on 22 November.
func TestOnlyWhoWorksSomewhereTodayIsAnActor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct {
		change string
		ok     bool
	}{
		"works there":      {`SELECT $1::int4`, true},
		"began today":      {`UPDATE placement SET from_day = '2026-11-22' WHERE user_id = $1`, true},
		"begins tomorrow":  {`UPDATE placement SET from_day = '2026-11-23' WHERE user_id = $1`, false},
		"last day today":   {`UPDATE placement SET until_day = '2026-11-23' WHERE user_id = $1`, true},
		"left yesterday":   {`UPDATE placement SET until_day = '2026-11-22' WHERE user_id = $1`, false},
		"without a place":  {`DELETE FROM placement WHERE user_id = $1`, false},
		"no longer active": {`UPDATE app_user SET active = false WHERE id = $1`, false},
	} {
		person := w.Staff(org.Admin).User
		w.exec(c.change, person)
		actor, err := w.User.Actor(t.Context(), person)
		if c.ok != (err == nil) || !c.ok && (errs.CodeOf(err) != errs.Unauthenticated || actor.User != 0 || len(actor.Grants) > 0) {
			t.Errorf("%s: %+v %v", name, actor, err)
		}
	}
	if _, err := w.User.Actor(t.Context(), 1<<28-1); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

func TestRoleHoldsForItsSubtreeOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	beside := w.Agency(w.Region, org.Body)
	deep := w.Agency(w.Unit, org.Unit)
	actor := w.Person(w.Unit.ID, org.Grant{Role: org.Publisher, Agency: w.Dinas.ID}, org.Grant{Role: org.Leader, Agency: beside.ID})
	path := func(nodes ...id.Agency) []id.Agency { return nodes }
	for name, c := range map[string]struct {
		path []id.Agency
		role org.Role
		want bool
	}{
		"the node":              {path(w.Region.ID, w.Dinas.ID), org.Publisher, true},
		"a unit below":          {path(w.Region.ID, w.Dinas.ID, w.Unit.ID, deep.ID), org.Publisher, true},
		"the region above":      {path(w.Region.ID), org.Publisher, false},
		"the agency beside":     {path(w.Region.ID, beside.ID), org.Publisher, false},
		"another role there":    {path(w.Region.ID, beside.ID), org.Leader, true},
		"that role elsewhere":   {path(w.Region.ID, w.Dinas.ID), org.Leader, false},
		"a role never given":    {path(w.Region.ID, w.Dinas.ID), org.Admin, false},
		"a node that is no one": {nil, org.Publisher, false},
	} {
		if got := actor.Holds(c.path, c.role); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// An address belongs to one person, also after the keys were rotated.
func TestAddressIsUsedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me, err := w.User.Me(t.Context(), w.Staff())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := seal.ParseRing("2:ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100," + testkit.Key)
	if err != nil {
		t.Fatal(err)
	}
	for name, people := range map[string]*user.Service{"same ring": w.User, "rotated ring": user.New(w.DB, ring, w.Org)} {
		for _, email := range []string{me.Email, "  " + me.Email, strings.ToUpper(me.Email)} {
			_, err := people.CreateAll(t.Context(), []user.Draft{{Name: "Orang lain", Email: email, Unit: w.Unit.ID, From: period.DayOf(2026, 1, 1)}})
			var fault *errs.Error
			if !errors.As(err, &fault) || fault.Field != "email" {
				t.Errorf("%s, %q: %v", name, email, err)
			}
		}
		if found, err := people.ByIdentifier(t.Context(), me.Email); err != nil || found != me.ID {
			t.Errorf("%s: %d %v", name, found, err)
		}
	}
}
