package user_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

func (w *world) apply(actor org.Actor, roster int64) {
	w.t.Helper()
	if _, err := w.Desk.Apply(w.t.Context(), actor, roster, true); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Desk.ApplyRun(w.t.Context(), roster); err != nil {
		w.t.Fatal(err)
	}
}

// Joins, moves and leaves hold from their day; every day before stays as it was.
func TestMovesAndLeavesAreDated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, colleague, salt := w.Person(w.Region.ID, org.Grant{Role: org.Operator, Agency: w.Dinas.ID}), w.Staff(), salted(w)
	there := w.Agency(w.Dinas, org.Unit)
	w.applied(operator, list(salt, 10, w.Unit.Code), user.Intake{From: period.DayOf(2026, 11, 1)})
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{11} {11} {11}][{0} {0} {0}]" {
		t.Fatalf("before: %s", got)
	}
	// Five move on the 10th; the other five are not in the complete list and leave. Of eleven with the colleague.
	moved := list(salt, 5, there.Code)
	intake := user.Intake{From: period.DayOf(2026, 11, 10), Complete: true}
	roster := w.checked(operator, moved, intake)
	if c := roster.Counts; c.Moves != 5 || c.Leaves != 6 || c.Present != 11 || !c.TooMany {
		t.Fatalf("%+v", c)
	}
	if _, err := w.Desk.Apply(t.Context(), operator, roster.ID, false); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("more than 20 percent leave without a word: %v", err)
	}
	w.apply(operator, roster.ID)
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{11} {0} {0}][{0} {5} {5}]" {
		t.Errorf("after: %s", got)
	}
	admin := w.Person(w.Region.ID, org.Grant{Role: org.Admin, Agency: w.Region.ID})
	w.Staff()
	if c := w.applied(admin, moved, intake); c.Stays != 5 || c.Moves+c.Joins+c.Changed != 0 || c.Leaves != 1 { // somebody came meanwhile
		t.Errorf("again: %+v", c)
	}
	// Back on the 11th, and planned ahead: until the day comes everything stays.
	if c := w.applied(admin, list(salt, 5, w.Unit.Code), user.Intake{From: period.DayOf(2026, 11, 11)}); c.Moves != 5 {
		t.Errorf("back: %+v", c)
	}
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{12} {0} {5}][{0} {5} {0}]" {
		t.Errorf("back: %s", got)
	}
	ahead := user.Intake{From: period.DayOf(2026, 12, 20)}
	for _, want := range []string{"5 0", "0 5"} {
		if c := w.applied(admin, moved, ahead); fmt.Sprint(c.Moves, c.Stays) != want {
			t.Errorf("ahead: %+v, want %s", c, want)
		}
	}
	who, err := w.User.ByIdentifier(t.Context(), nipNo(salt, 0))
	if err != nil {
		t.Fatal(err)
	}
	if actor, err := w.User.Actor(t.Context(), who); err != nil || actor.Unit != w.Unit.ID {
		t.Errorf("who moves in December works there already: %+v %v", actor, err)
	}
	if _, err := w.User.Actor(t.Context(), colleague.User); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("who has left still acts: %v", err)
	}
}

// An application that is cut off at any moment has done nothing; run again it does everything, once,
// also when two run at the same time.
func TestKilledApplicationIsRunAgain(t *testing.T) {
	t.Parallel()
	url := testdb.FreshURL(t)
	w := &world{testkit.On(t, testdb.Open(t, url, func() time.Time { return testdb.Now })), t}
	operator, salt := w.Staff(org.Operator), salted(w)
	roster := w.checked(operator, list(salt, 400, w.Unit.Code), user.Intake{})
	if _, err := w.Desk.Apply(t.Context(), operator, roster.ID, true); err != nil {
		t.Fatal(err)
	}
	people := w.count(`SELECT count(*) AS n FROM app_user`)
	// The backend dies while it writes: a trigger ends its own connection at each step in turn.
	w.exec(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`)
	for _, table := range []string{"app_user", "user_identifier", "user_nip", "placement", "audit_log"} {
		w.exec(`CREATE TRIGGER die AFTER INSERT ON ` + table + ` FOR EACH STATEMENT EXECUTE FUNCTION die()`)
		if err := w.Desk.ApplyRun(t.Context(), roster.ID); err == nil {
			t.Fatalf("%s: nothing died", table)
		}
		w.exec(`DROP TRIGGER die ON ` + table)
		if now := w.roster(operator, roster.ID); now.State != "applying" || w.count(`SELECT count(*) AS n FROM app_user`) != people {
			t.Fatalf("after %s: %+v", table, now)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Desk.ApplyRun(cancelled, roster.ID); err == nil {
		t.Error("a cancelled run succeeded")
	}
	if seen := w.roster(operator, roster.ID).Progress; seen < 50 {
		t.Errorf("progress is not seen from outside: %d", seen)
	}
	failed := make(chan error, 2)
	for range 2 {
		go func() { failed <- w.Desk.ApplyRun(t.Context(), roster.ID) }()
	}
	for range 2 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if now := w.roster(operator, roster.ID); now.State != "applied" || w.count(`SELECT count(*) AS n FROM app_user`) != people+400 ||
		w.count(`SELECT count(*) AS n FROM audit_log WHERE action = 'roster.apply'`) != 1 ||
		w.count(`SELECT count(*) AS n FROM river.river_job WHERE kind = 'user_placed'`) != 1 {
		t.Errorf("%+v", now)
	}
}

func TestAnotherAgencyIsOutOfReach(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	beside := w.Agency(w.Region, org.Body)
	stranger := w.Person(beside.ID, org.Grant{Role: org.Operator, Agency: beside.ID})
	roster := w.checked(operator, list(salt, 2, w.Unit.Code), user.Intake{})
	_, upload := w.Desk.Upload(t.Context(), stranger, w.Dinas.ID, "x", w.file(list(salt, 2, w.Unit.Code)))
	_, read := w.Desk.Roster(t.Context(), stranger, roster.ID)
	_, mapped := w.Desk.Map(t.Context(), stranger, roster.ID, user.Intake{Mapping: roster.Mapping})
	_, faults := w.Desk.Faults(t.Context(), stranger, roster.ID, page.Ask{})
	_, apply := w.Desk.Apply(t.Context(), stranger, roster.ID, true)
	_, move := w.Desk.Move(t.Context(), stranger, operator.User, beside.ID, 0)
	_, out := w.Desk.Move(t.Context(), operator, operator.User, beside.ID, 0)
	_, off := w.Desk.Deactivate(t.Context(), stranger, operator.User)
	for name, err := range map[string]error{"upload": upload, "read": read, "map": mapped, "faults": faults, "apply": apply, "move": move, "move out": out,
		"switch off": off, "discard": w.Desk.Discard(t.Context(), stranger, roster.ID), "faults CSV": w.Desk.WriteFaults(t.Context(), stranger, roster.ID, &bytes.Buffer{})} {
		if errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	people, err := w.Desk.People(t.Context(), stranger, user.PersonFilter{})
	text, jsonErr := json.Marshal(people)
	if err != nil || jsonErr != nil || len(people.Items) != 1 {
		t.Errorf("%s %v", text, err)
	}
	lists, err := w.Desk.Rosters(t.Context(), stranger, 0, page.Ask{})
	if err != nil || len(lists.Items) != 0 {
		t.Errorf("%+v %v", lists, err)
	}
}
