package score_test

import (
	"fmt"
	"strings"
	"testing"

	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// Executives stand among themselves, and the ranks of all others are exact without them: from the first click,
// when the mark comes and when it goes, and after everything is made anew. A closed season keeps what was.
func TestExecutivesStandApart(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	body := k.Agency(k.Region, org.Body)
	other := k.Agency(body, org.Unit)
	var leaders []org.Actor
	for n := range 6 {
		leaders = append(leaders, k.Person([]org.Agency{k.Unit, other}[n%2].ID, org.Grant{Role: org.Leader, Agency: k.Region.ID}))
	}
	for n := range 14 {
		w.people = append(w.people, k.Person([]org.Agency{k.Unit, other}[n%2].ID))
	}
	for i, p := range append(append([]org.Actor{}, w.people...), leaders...) {
		w.post(clicks(p, today, 1+i/2))
	}
	read := func(actor org.Actor, written string) string {
		board, err := w.at(27).People(t.Context(), actor, score.Query{Agency: k.Region.ID, Period: written, Leaders: true})
		if err != nil || board.TooSmall {
			t.Fatalf("%+v %v", board, err)
		}
		text := strings.TrimSpace(line(board.Items))
		if board.Mine != nil {
			text += fmt.Sprintf(" | me %d", board.Mine.Rank)
		}
		return text
	}
	at := func(n, reached int) string { return fmt.Sprintf("%d(%d)", leaders[n].User, reached) }
	want := fmt.Sprintf("1:%s 1:%s 3:%s 3:%s 5:%s 5:%s", at(4, 10), at(5, 10), at(2, 9), at(3, 9), at(0, 8), at(1, 8))
	w.check("from the first click")
	for _, written := range []string{"season", "2026-11"} {
		if got := read(leaders[2], written); got != want+" | me 3" {
			t.Errorf("%s: %s, want %s", written, got, want)
		}
	}
	if got := read(w.people[0], "season"); got != want {
		t.Errorf("for the others: %s", got)
	}
	board, err := w.score.People(t.Context(), leaders[0], score.Query{Agency: k.Region.ID})
	if err != nil || board.Mine != nil || !board.Apart || len(board.Items) != 14 {
		t.Errorf("a leader on the board of the others: %+v %v", board, err)
	}
	if _, err := w.score.People(t.Context(), leaders[0], score.Query{Agency: k.Dinas.ID, Leaders: true}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("an agency's board of executives: %v", err)
	}
	// One is marked, one is an executive no more.
	w.exec(`UPDATE app_user SET executive = true WHERE id = $1`, w.people[13].User)
	w.exec(`DELETE FROM user_role WHERE user_id = $1`, leaders[5].User)
	if err := w.score.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	marked := w.people[13]
	w.people = append(w.people[:13], leaders[5])
	w.check("after the marks have changed")
	want = fmt.Sprintf("1:%s 2:%s 2:%s 4:%s 4:%s 6:%d(7)", at(4, 10), at(2, 9), at(3, 9), at(0, 8), at(1, 8), marked.User)
	if got := read(marked, "season"); got != want+" | me 6" {
		t.Errorf("%s, want %s", got, want)
	}
	tables := w.tables()
	if err := w.score.Rebuild(t.Context()); err != nil || w.tables() != tables {
		t.Errorf("made anew it is another: %v\n%s\n%s", err, w.tables(), tables)
	}
	w.exec(`DELETE FROM score WHERE user_id = $1`, leaders[0].User)
	if err := w.score.Rebuild(t.Context()); err != nil || w.tables() != tables {
		t.Errorf("with a score that was lost it is another: %v", err)
	}
	before := w.boardsOf(w.people, "season-1", w.at(22))
	w.exec(`UPDATE season SET to_day = '2026-11-22' WHERE id = 1`)
	w.turn(26)
	w.exec(`UPDATE app_user SET executive = false WHERE id = $1`, marked.User)
	if err := w.at(27).Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := read(marked, "season-1"); got != want+" | me 6" {
		t.Errorf("closed: %s, want %s", got, want)
	}
	if after := w.boardsOf(w.people, "season-1", w.at(27)); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Error("the others' boards are not what they were")
	}
}

// Four executives are too few for a board.
func TestFewExecutivesHaveNoBoard(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	for range 4 {
		w.post(clicks(k.Person(k.Unit.ID, org.Grant{Role: org.Leader, Agency: k.Region.ID}), today, 2))
	}
	board, err := w.score.People(t.Context(), k.Staff(), score.Query{Agency: k.Region.ID, Leaders: true})
	if err != nil || !board.TooSmall || len(board.Items) > 0 {
		t.Errorf("%+v %v", board, err)
	}
}
