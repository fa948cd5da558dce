package score_test

import (
	"fmt"
	"testing"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/score"
	"gaung/internal/testkit"
)

// group adds a unit with so many persons who reached so many people.
func group(t *testing.T, k *testkit.Kit, eligible, reached int) org.Agency {
	t.Helper()
	unit := k.Agency(k.Dinas, org.Unit)
	for _, statement := range []string{`INSERT INTO eligible_day (node_id, day, people) VALUES ($1, '2026-11-01', $2)`,
		`INSERT INTO rollup_node_day (node_id, day, valid, people, repeats, machines) VALUES ($1, '2026-11-05', $2, $2, 0, 0)`} {
		amount := eligible
		if statement[12] == 'r' {
			amount = reached
		}
		if _, err := db.Exec(t.Context(), k.DB, statement, unit.ID, amount); err != nil {
			t.Fatal(err)
		}
	}
	return unit
}

// Groups compete inside their size band by rate; the same rate is the same rank whatever the size, and
// a group under five keeps its figures to itself.
func TestBoardOfGroups(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	want := map[string]string{}
	for _, c := range []struct {
		eligible, reached int
		want              string
	}{
		{4, 400, "1-30 – – –"},
		{5, 1, "1-30 – – –"}, // with the four above it would be what the whole leaves
		{22, 11, "1-30 22 50 1"},
		{30, 15, "1-30 30 50 1"},
		{31, 31, "31-100 31 100 1"},
		{100, 50, "31-100 100 50 2"},
		{101, 0, "101-300 101 0 2"},
		{300, 3, "101-300 300 1 1"},
		{301, 301, "301+ 301 100 1"},
		{8640, 8640, "301+ 8640 100 1"},
		{0, 0, "absent"},
	} {
		want[group(t, k, c.eligible, c.reached).Name] = fmt.Sprintf("%s (%d persons)", c.want, c.eligible)
	}
	board, err := score.New(k.DB).Units(t.Context(), k.Person(k.Unit.ID), score.Query{Agency: k.Dinas.ID})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, g := range board.Items {
		got := g.Band + " – – –"
		if g.Eligible != nil && g.PeopleReached != nil && g.Rate != nil && g.Rank != nil {
			got = fmt.Sprintf("%s %d %v %d", g.Band, *g.Eligible, *g.Rate, *g.Rank)
		} else if g.Eligible != nil || g.PeopleReached != nil || g.Rate != nil || g.Rank != nil {
			t.Errorf("%s shows part of its figures: %+v", g.Name, g)
		}
		seen[g.Name] = true
		if w := want[g.Name]; len(w) < len(got) || w[:len(got)] != got {
			t.Errorf("%s: %s, want %s", g.Name, got, w)
		}
	}
	for name, text := range want {
		if seen[name] == (text == "absent (0 persons)") {
			t.Errorf("%s: on the board %v, want %s", name, seen[name], text)
		}
	}
}

// What a person may name on a board: the nodes above them, and nothing that breaks the query.
func TestBoardsThatAreRefused(t *testing.T) {
	t.Parallel()
	k, elsewhere := testkit.New(t), testkit.New(t)
	boards, actor := score.New(k.DB), k.Staff()
	for _, q := range []score.Query{{Agency: elsewhere.Dinas.ID}, {Agency: k.Agency(k.Dinas, org.Unit).ID}, {Agency: -1}} {
		_, people := boards.People(t.Context(), actor, q)
		_, units := boards.Units(t.Context(), actor, q)
		if errs.CodeOf(people) != errs.NotFound || errs.CodeOf(units) != errs.NotFound {
			t.Errorf("%+v: %v, %v", q, people, units)
		}
	}
	for _, written := range []string{"kemarin", "2026-13", "2026-W54", "0000-01", "0000-W01", "0001-W01", "1999-12", "9999-W99"} {
		_, people := boards.People(t.Context(), actor, score.Query{Period: written})
		_, units := boards.Units(t.Context(), actor, score.Query{Period: written})
		if errs.CodeOf(people) != errs.Invalid || errs.CodeOf(units) != errs.Invalid {
			t.Errorf("%s: %v, %v", written, people, units)
		}
	}
	if _, err := boards.Units(t.Context(), actor, score.Query{Period: "9999-12"}); err != nil {
		t.Errorf("the last month there is: %v", err)
	}
}
