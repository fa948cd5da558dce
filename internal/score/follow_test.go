package score_test

import (
	"fmt"
	"testing"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

func (w *world) exec(statement string, args ...any) {
	w.t.Helper()
	if _, err := db.Exec(w.t.Context(), w.DB, statement, args...); err != nil {
		w.t.Fatal(err)
	}
}

// on is where a person stands on a node's board; 0 when they are not on it.
func (w *world) on(viewer org.Actor, node id.Agency, written string, person id.User) int64 {
	w.t.Helper()
	board, err := w.score.People(w.t.Context(), viewer, score.Query{Agency: node, Period: written})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, s := range board.Items {
		if s.ID == person {
			return s.Rank
		}
	}
	return 0
}

// The running boards show people where they work today; those of a month that is over do not change. The
// clock stands at 22 November.
func TestBoardsFollowPeople(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	body := k.Agency(k.Region, org.Body)
	there := k.Agency(body, org.Unit)
	admin := org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: k.Region.ID}}}
	for range 6 {
		w.people = append(w.people, k.Staff())
	}
	october := period.DayOf(2026, 10, 5)
	for i, p := range w.people {
		w.post(clicks(p, today, 300+10*i))
		w.post(clicks(p, october, 20+i))
	}
	mover, leaver, off, later := w.people[5], w.people[4], w.people[3], w.people[2]
	move := func(person id.User, from string) {
		w.exec(`UPDATE placement SET until_day = $2::date WHERE user_id = $1`, person, from)
		w.exec(`INSERT INTO placement (user_id, from_day, unit_id, agency_id) VALUES ($1, $2::date, $3, $4)`, person, from, there.ID, body.ID)
	}
	move(mover.User, "2026-11-22")
	move(later.User, "2026-11-23")
	w.exec(`UPDATE placement SET until_day = '2026-11-22' WHERE user_id = $1`, leaver.User)
	w.exec(`UPDATE app_user SET active = false WHERE id = $1`, off.User)
	for range 2 {
		if err := w.score.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(w.on(admin, k.Unit.ID, "month", mover.User), w.on(admin, there.ID, "month", mover.User), w.on(admin, k.Region.ID, "week", mover.User),
			w.on(admin, k.Unit.ID, "month", leaver.User), w.on(admin, k.Region.ID, "month", off.User), w.on(admin, k.Unit.ID, "month", later.User),
			w.on(admin, k.Unit.ID, "2026-10", mover.User), w.on(admin, there.ID, "2026-10", mover.User), w.on(admin, k.Unit.ID, "2026-10", leaver.User))
		if got != "0 1 1 0 0 1 1 0 2" {
			t.Errorf("places: %s", got)
		}
	}
	var now []org.Actor
	for _, p := range []org.Actor{w.people[0], w.people[1], later, mover} {
		actor, err := w.User.Actor(t.Context(), p.User)
		if err != nil {
			t.Fatal(err)
		}
		now = append(now, actor)
	}
	w.people = now
	w.check("after the moves")
	w.post(clicks(leaver, today, 3)) // a link lives on after its owner has gone
	w.check("after a late click")
	w.exec(`UPDATE placement SET until_day = NULL WHERE user_id = $1`, leaver.User) // and comes back
	if err := w.score.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.check("after the return")
	if got := w.on(admin, k.Unit.ID, "month", leaver.User); got != 1 {
		t.Errorf("back again: %d", got)
	}
}

// Who hides their name is counted and ranked like everybody, and nothing in the answer tells who it is.
func TestAHiddenNameIsNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	shy, other := w.Staff(), w.Staff()
	w.post(clicks(shy, today, 5))
	w.post(clicks(other, today, 3))
	w.exec(`UPDATE app_user SET hide_name = true WHERE id = $1`, shy.User)
	board, err := w.score.People(t.Context(), other, score.Query{Agency: w.Unit.ID})
	if err != nil || len(board.Items) != 2 || board.Mine == nil || board.Mine.Rank != 2 {
		t.Fatalf("%+v %v", board, err)
	}
	for _, s := range []score.Standing{board.Items[0], board.Mine.Around[0]} {
		if s != (score.Standing{Rank: 1, Hidden: true, PeopleReached: 5}) {
			t.Errorf("the answer tells more: %+v", s)
		}
	}
	own, err := w.score.People(t.Context(), shy, score.Query{Agency: w.Unit.ID})
	if err != nil || own.Items[0].ID != shy.User || own.Items[0].Name == "" || !own.Items[0].Me {
		t.Errorf("the person themselves sees %+v %v", own.Items, err)
	}
}
