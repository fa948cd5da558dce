package score_test

import (
	"fmt"
	"slices"
	"testing"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
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

// Groups compete inside their size band: what differs by chance only shares a rank, whatever the size, and
// a group under five, and what would give it away, is on no board but that of its own people.
func TestBoardOfGroups(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	want, small := map[string]string{}, id.Agency(0)
	for _, c := range []struct {
		eligible, reached int
		want              string
	}{
		{4, 400, ""},
		{5, 1, ""}, // with the four above it would be what the whole leaves
		{22, 11, "1-30 22 50 1 true"},
		{30, 15, "1-30 30 50 1 true"},
		{31, 31, "31-100 31 100 1 false"},
		{100, 50, "31-100 100 50 2 false"},
		{101, 0, "101-300 101 0 1 true"},
		{300, 2, "101-300 300 0.7 1 true"},
		{301, 301, "301+ 301 100 1 true"},
		{8640, 8640, "301+ 8640 100 1 true"},
		{0, 0, ""},
	} {
		unit := group(t, k, c.eligible, c.reached)
		if c.want != "" {
			want[unit.Name] = c.want
		}
		if c.eligible == 4 {
			small = unit.ID
		}
	}
	boards := score.New(k.DB)
	board, err := boards.Units(t.Context(), k.Person(k.Unit.ID), score.Query{Agency: k.Dinas.ID})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range board.Items {
		if g.Score == nil || *g.Low > *g.Rate+0.05 || *g.High < *g.Rate-0.05 {
			t.Errorf("%s: %+v", g.Name, g)
			continue
		}
		if got := fmt.Sprintf("%s %d %v %d %v", g.Band, *g.Eligible, *g.Rate, *g.Rank, g.Tied); got != want[g.Name] {
			t.Errorf("%s: %s, want %q", g.Name, got, want[g.Name])
		}
		delete(want, g.Name)
	}
	if len(want) > 0 {
		t.Errorf("not on the board: %v", want)
	}
	board, err = boards.Units(t.Context(), k.Person(small), score.Query{Agency: k.Dinas.ID})
	for _, g := range board.Items {
		if g.Mine && (g.Rank != nil || g.Eligible != nil || g.PeopleReached != nil || g.Rate != nil || g.Score != nil || g.Low != nil || g.High != nil) {
			t.Errorf("a unit of four shows figures to its own: %+v", g)
		}
	}
	if !slices.ContainsFunc(board.Items, func(g score.Group) bool { return g.ID == small }) {
		t.Errorf("own unit is not on the board: %+v, %v", board.Items, err)
	}
}

// A board of groups has a head and the own group, and no end, in the API too: nobody is last.
func TestABoardOfGroupsHasNoEnd(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	var last org.Agency
	for i := range 30 {
		last = group(t, k, 120, 600-20*i)
	}
	for _, c := range []struct {
		actor org.Actor
		want  int
	}{{k.Person(k.Unit.ID), 10}, {k.Person(last.ID), 11}, {k.Person(k.Unit.ID, org.Grant{Role: org.Leader, Agency: k.Dinas.ID}), 10}} {
		board, err := score.New(k.DB).Units(t.Context(), c.actor, score.Query{Agency: k.Dinas.ID})
		if err != nil || len(board.Items) != c.want {
			t.Fatalf("%d groups, want %d: %v", len(board.Items), c.want, err)
		}
		for i, g := range board.Items[:10] {
			if *g.Rank != int64(i+1) || *g.Score <= *board.Items[9].Score && i < 9 {
				t.Errorf("place %d: %+v", i+1, g)
			}
		}
		if own := board.Items[len(board.Items)-1]; c.want == 11 && (!own.Mine || *own.Rank != 30) {
			t.Errorf("own place: %+v", own)
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
