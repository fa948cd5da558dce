package score_test

import (
	"slices"
	"strings"
	"testing"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/network"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

func over(channel click.Channel, counted []click.Counted) []click.Counted {
	for i := range counted {
		counted[i].Channel = channel
	}
	return counted
}

// Everybody reached counts on the board; points come only over networks that allow it, and go with what
// is taken back.
func TestBoardsRankPeopleReachedAndPointsAreApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 2)
	actor := w.people[0]
	facebook, _ := click.ChannelNamed("facebook")
	w.post(over(facebook, clicks(actor, today, 7)))
	w.post(clicks(actor, today, 5))
	back := clicks(actor, today, 2)
	for i := range back {
		back[i].Delta = -1
	}
	w.post(back)
	now, err := w.score.Current(t.Context(), actor)
	if err != nil || now.Me.PeopleReached != 10 || now.Me.Points != 3 || now.ID != 1 || now.To != nil {
		t.Errorf("%+v %v", now, err)
	}
	board, err := w.score.People(t.Context(), actor, score.Query{Period: "season"})
	if err != nil || board.Mine == nil || board.Mine.PeopleReached != 10 || board.Period.Name != "season-1" || board.Period.Kind != period.Season || board.Period.To != today {
		t.Errorf("%+v %v", board, err)
	}
	if rules := strings.Join(now.Rules.ID, "\n"); !strings.Contains(rules, "1 poin") || !strings.Contains(rules, "lewat Facebook") {
		t.Error(rules)
	}
}

// The first rulebook pays over exactly the networks that the capability table allows.
func TestFirstRulebookFollowsTheCapabilityTable(t *testing.T) {
	t.Parallel()
	d := testdb.New(t)
	rows, err := db.All[struct{ Key string }](t.Context(), d, `SELECT jsonb_array_elements_text(rules -> 'people_reached' -> 'channels') AS key FROM rulebook WHERE version = 1`)
	if err != nil {
		t.Fatal(err)
	}
	var written []string
	for _, row := range rows {
		written = append(written, row.Key)
	}
	allowed := network.Keys(func(n network.Capability) bool { return n.ReachPoints && n.Links() })
	slices.Sort(allowed)
	slices.Sort(written)
	if !slices.Equal(written, allowed) {
		t.Errorf("written %v, allowed %v", written, allowed)
	}
}

// A rule that this program does not know, or that a network forbids, keeps it from starting.
func TestUnknownRulesAreRefused(t *testing.T) {
	t.Parallel()
	d := testdb.Fresh(t)
	s := score.New(d)
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, rules := range []string{`{"shares": {"points": 1}}`, `{"people_reached": {"points": 1, "channels": ["x"]}}`,
		`{"people_reached": {"points": 1, "channels": ["gonggong"]}}`, `{"people_reached": {"points": -1}}`, `{"people_reached": {"points": "1"}}`} {
		if _, err := db.Exec(t.Context(), d, `INSERT INTO rulebook (version, rules, note, at) VALUES (2, $1::jsonb, '', now()) ON CONFLICT (version) DO UPDATE SET rules = excluded.rules`, rules); err != nil {
			t.Fatal(err)
		}
		if s.Check(t.Context()) == nil {
			t.Errorf("%s was accepted", rules)
		}
	}
}

// A closed season stands; the next takes its own days, and there are never two on one day.
func TestSeasonsFollowEachOther(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	actor := k.Staff()
	w.post(clicks(actor, today.Add(-2), 3))
	w.exec(`UPDATE season SET to_day = '2026-11-21' WHERE id = 1`)
	if err := score.New(k.DB.At(noon(25))).Turn(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.score.Current(t.Context(), actor); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("between two seasons: %v", err)
	}
	w.exec(`INSERT INTO season (id, name, from_day, rulebook_version, state) VALUES (2, 'Musim kedua', '2026-11-22', 1, 'open')`)
	w.post(append(clicks(actor, today.Add(-1), 4), clicks(actor, today, 2)...))
	for written, want := range map[string]int32{"season-1": 3, "season-2": 2, "season": 2, "2026-11": 9} {
		board, err := w.score.People(t.Context(), actor, score.Query{Period: written})
		if err != nil || board.Mine == nil || board.Mine.PeopleReached != want {
			t.Errorf("%s: %+v %v", written, board, err)
		}
	}
	if _, err := w.score.People(t.Context(), actor, score.Query{Period: "season-3"}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("no such season: %v", err)
	}
	if _, err := db.Exec(t.Context(), k.DB, `INSERT INTO season (id, name, from_day, rulebook_version, state) VALUES (3, 'Lagi', '2026-12-01', 1, 'open')`); err == nil {
		t.Error("two seasons on one day")
	}
}
