package user_test

import (
	"fmt"
	"testing"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

// Who is switched off is not counted from that day on; the days before stay, also after coming back.
func TestSwitchingOffIsDated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, person := w.Staff(org.Operator), w.Staff()
	days := func() (counts string) {
		if err := w.User.SnapshotDays(t.Context(), period.DayOf(2026, 11, 20), period.DayOf(2026, 11, 23)); err != nil {
			t.Fatal(err)
		}
		for _, day := range []string{"2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"} {
			counts += fmt.Sprint(w.count(`SELECT people AS n FROM eligible_day WHERE node_id = $1 AND day = $2::date`, int64(w.Unit.ID), day))
		}
		return counts
	}
	if got := days(); got != "2222" {
		t.Fatal(got)
	}
	off, err := w.Desk.Deactivate(t.Context(), operator, person.User)
	if err != nil || off.Active {
		t.Fatalf("%+v %v", off, err)
	}
	if got := days(); got != "2211" {
		t.Errorf("off: %s", got)
	}
	if _, err := w.User.Actor(t.Context(), person.User); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("acts while switched off: %v", err)
	}
	w.exec(`UPDATE user_off SET from_day = '2026-11-21' WHERE user_id = $1`, int64(person.User)) // it was yesterday
	if on, err := w.Desk.Activate(t.Context(), operator, person.User); err != nil || !on.Active {
		t.Fatalf("%+v %v", on, err)
	}
	if got := days(); got != "2122" {
		t.Errorf("on again: %s", got)
	}
}

func TestPeopleAreFoundByNameOrWholeNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	w.applied(operator, list(salt, 30, w.Unit.Code), user.Intake{})
	var names []string
	filter := user.PersonFilter{Ask: page.Ask{Limit: 10}}
	for {
		part, err := w.Desk.People(t.Context(), operator, filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range part.Items {
			names = append(names, p.Name)
		}
		if filter.After = part.Next; part.Next == "" {
			break
		}
	}
	if len(names) != 31 {
		t.Errorf("%d people over the pages: %v", len(names), names)
	}
	for search, want := range map[string]int{"ke 2": 11, nipNo(salt, 7): 1, " " + nipNo(salt, 7)[:10] + " " + nipNo(salt, 7)[10:]: 1, nipNo(salt, 77): 0,
		fmt.Sprintf("o%d.7@uji.example", salt): 1, "%": 0, "_": 0, nipNo(salt, 7)[15:]: 0} {
		found, err := w.Desk.People(t.Context(), operator, user.PersonFilter{Search: search})
		if want == 1 && len(found.Items) == 1 && found.Items[0].NIPMask != "•••••••••••••••"+nipNo(salt, 7)[15:] {
			t.Errorf("mask %q", found.Items[0].NIPMask)
		}
		if err != nil || len(found.Items) != want {
			t.Errorf("%q: %d %v", search, len(found.Items), err)
		}
	}
}

func TestRolesAreGivenWithinTheOwnSubtreeOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	admin, person := w.Staff(org.Admin), w.Staff()
	above := w.Person(w.Unit.ID, org.Grant{Role: org.Admin, Agency: w.Region.ID})
	operator := w.Staff(org.Operator)
	for name, c := range map[string]struct {
		actor  org.Actor
		person id.User
		grant  org.Grant
		code   errs.Code
	}{
		"in the subtree":    {admin, person.User, org.Grant{Role: org.Author, Agency: w.Unit.ID}, ""},
		"twice":             {admin, person.User, org.Grant{Role: org.Author, Agency: w.Unit.ID}, ""},
		"above the subtree": {admin, person.User, org.Grant{Role: org.Author, Agency: w.Region.ID}, errs.NotFound},
		"to oneself":        {admin, admin.User, org.Grant{Role: org.Leader, Agency: w.Dinas.ID}, errs.Forbidden},
		"no role":           {admin, person.User, org.Grant{Role: "raja", Agency: w.Dinas.ID}, errs.Invalid},
		"by an operator":    {operator, person.User, org.Grant{Role: org.Author, Agency: w.Dinas.ID}, errs.NotFound},
	} {
		_, err := w.Desk.Grant(t.Context(), c.actor, c.person, c.grant)
		if c.code == "" && err != nil || c.code != "" && errs.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	held, err := w.Desk.Roles(t.Context(), admin, person.User)
	if err != nil || len(held) != 1 || held[0].AgencyID != w.Unit.ID {
		t.Errorf("%+v %v", held, err)
	}
	held, err = w.Desk.Revoke(t.Context(), admin, person.User, org.Grant{Role: org.Author, Agency: w.Unit.ID})
	if err != nil || len(held) != 0 {
		t.Errorf("%+v %v", held, err)
	}
	if n := w.count(`SELECT count(*) AS n FROM audit_log WHERE subject = $1 AND action IN ('user.grant', 'user.revoke')`, fmt.Sprintf("user/%d", person.User)); n != 2 {
		t.Errorf("%d audit rows", n)
	}
	for name, c := range map[string]struct{ by, whom org.Actor }{"an administrator above": {admin, above}, "an administrator, by an operator": {operator, admin}, "oneself": {admin, admin}} {
		if _, err := w.Desk.Deactivate(t.Context(), c.by, c.whom.User); errs.CodeOf(err) != errs.Forbidden {
			t.Errorf("switch off %s: %v", name, err)
		}
	}
}

// An administrator marks executives of their subtree, and the boards are told; nobody marks themselves.
func TestExecutivesAreMarked(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, admin, person := t.Context(), k.Staff(org.Admin), k.Staff()
	elsewhere := k.Person(k.Unit.ID, org.Grant{Role: org.Admin, Agency: k.Agency(k.Region, org.Body).ID})
	for range 2 {
		if err := k.Desk.MarkExecutive(ctx, admin, person.User, true); err != nil {
			t.Fatal(err)
		}
	}
	if marked, err := k.Desk.Executive(ctx, admin, person.User); err != nil || !marked {
		t.Errorf("%v %v", marked, err)
	}
	if err := k.Desk.MarkExecutive(ctx, admin, admin.User, true); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("oneself: %v", err)
	}
	if err := k.Desk.MarkExecutive(ctx, elsewhere, person.User, false); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("of another subtree: %v", err)
	}
	row, err := db.Get[struct{ N int }](ctx, k.DB, `SELECT count(*) AS n FROM audit_log WHERE action = 'user.executive' AND subject = $1`, fmt.Sprintf("user/%d", person.User))
	if err != nil || row.N != 1 {
		t.Errorf("%d records: %v", row.N, err)
	}
}
