package integrity_test

import (
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// checkedAfter runs the check so long after the day's begin, and tells how many people each of some reached.
func (s *simulator) checkedAfter(since time.Duration, people ...int) (reached []int) {
	s.t.Helper()
	s.set(began.Add(since))
	if err := s.check.Check(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	for _, p := range people {
		reached = append(reached, s.counted(s.users[p]))
	}
	return reached
}

func (s *simulator) wants(what string, got []int, want ...int) {
	s.t.Helper()
	for i := range want {
		if got[i] != want[i] {
			s.t.Errorf("%s: %v people, want %v", what, got, want)
			return
		}
	}
}

// told is how often each person was to be told of something.
func (s *simulator) told(what string) map[id.User]int {
	s.t.Helper()
	rows, err := db.All[struct {
		To id.User
		N  int
	}](s.t.Context(), s.DB, `SELECT (args ->> 'to')::int4 AS to, count(*) AS n FROM river.river_job WHERE kind = 'integrity_news' AND args ->> 'what' = $1 GROUP BY 1`, what)
	if err != nil {
		s.t.Fatal(err)
	}
	all := map[id.User]int{}
	for _, row := range rows {
		all[row.To] = row.N
	}
	return all
}

// Clicks that reach the database after the check of their day, because a journal was shipped late, are looked at beside all
// of that day; what an officer has decided meanwhile stands.
func TestLateClicksAreCheckedToo(t *testing.T) {
	t.Parallel()
	s := scripted(t)
	ctx := t.Context()
	g := generate(8, began, 420, 0)
	at := began.Add(9 * time.Hour)
	for i := range 40 { // a script on the second person's link, more of the first person's, and readers of the fourth's: none shipped
		at = at.Add(time.Minute)
		s.opened(1, at, [4]int{5, 6, 7, 9}, g.agents[20+i])
		if i < 8 {
			s.opened(0, at.Add(time.Second), [4]int{5, 6, 7, 8}, g.agents[100+i])
			s.opened(3, at.Add(time.Duration(i*i)*time.Minute), [4]int{114, 120, i % 3, 40 + i}, g.agents[(21+i)%5])
		}
	}
	s.wants("in time", s.checkedAfter(25*time.Hour+5*time.Minute, 0, 1, 3), 12, 12, 12)
	person, err := s.User.Actor(ctx, s.users[0])
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.check.Mine(ctx, person, page.Ask{})
	if err != nil || len(mine.Items) != 1 {
		t.Fatalf("%+v %v", mine, err)
	}
	officer := s.Person(s.Agency(s.Dinas, org.Unit).ID, org.Grant{Role: org.Auditor, Agency: s.Region.ID})
	if err := s.check.Restore(ctx, officer, mine.Items[0].ID, "Kelas itu memang membaca bersama."); err != nil {
		t.Fatal(err)
	}
	s.set(began.Add(25*time.Hour + 30*time.Minute))
	s.ships()
	s.wants("the hour after a check", s.checkedAfter(25*time.Hour+40*time.Minute, 0, 1, 3), 60, 52, 20)
	s.wants("an hour later", s.checkedAfter(26*time.Hour+20*time.Minute, 0, 1, 3), 60, 12, 20)
	if taken := s.told("reach_taken"); len(taken) != 2 || taken[s.users[0]] != 1 || taken[s.users[1]] != 1 {
		t.Errorf("told: %v", taken)
	}
	second, err := s.User.Actor(ctx, s.users[1])
	if err != nil {
		t.Fatal(err)
	}
	if mine, err = s.check.Mine(ctx, second, page.Ask{}); err != nil || len(mine.Items) != 1 || mine.Items[0].People != 40 || !mine.Items[0].MayObject {
		t.Errorf("%+v %v", mine, err)
	}

	before := s.everything()
	s.wants("nothing more came", s.checkedAfter(28*time.Hour, 0, 1, 3), 60, 12, 20)
	row, err := db.Get[struct {
		Again bool
		Taken int
	}](ctx, s.DB, `SELECT started_at > $1 AS again, taken FROM integrity_pass WHERE day = $2::date`, began.Add(27*time.Hour), period.VisitorDay(began).String())
	if err != nil || row.Again || row.Taken != 80 || s.everything() != before {
		t.Errorf("a check that was not due: %+v %v", row, err)
	}

	// More of the same script: one case, which grows, and the person hears of it once more.
	s.opened(1, at.Add(time.Minute), [4]int{5, 6, 7, 9}, g.agents[90])
	s.ships()
	s.wants("some more", s.checkedAfter(30*time.Hour, 0, 1, 3), 60, 12, 20)
	if mine, err = s.check.Mine(ctx, second, page.Ask{}); err != nil || len(mine.Items) != 1 || mine.Items[0].People != 41 || s.told("reach_taken")[s.users[1]] != 2 {
		t.Errorf("%+v %v", mine, err)
	}
}
