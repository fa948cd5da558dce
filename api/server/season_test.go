package server

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/raffle"
	"gaung/internal/score"
	"gaung/internal/testdb"
)

// A season is everybody's: whoever administers the root plans it, and everybody reads it with its rules.
func TestARootPlansSeasons(t *testing.T) {
	t.Parallel()
	s := siteOn(t, testdb.Fresh(t))
	root := s.as(s.Person(s.Unit.ID, org.Grant{Role: org.Admin, Agency: s.Region.ID}))
	end := map[string]any{"name": "Musim pertama", "from": "2000-01-01", "to": "2026-12-31", "rulebook": 1}
	plan := map[string]any{"name": "Musim baru", "from": "2027-01-01", "to": "2027-03-31", "rulebook": 2}
	ask := func(method, path string, body any, want int) {
		t.Helper()
		if got := s.do(method, path, body, root); got.StatusCode != want {
			t.Fatalf("%s %s: %d %s", method, path, got.StatusCode, got.text)
		}
	}
	ask("PUT", "/api/v1/seasons/1", end, http.StatusOK)
	ask("POST", "/api/v1/seasons", plan, http.StatusCreated)
	var list score.Seasons
	s.do("GET", "/api/v1/seasons", nil, s.as(s.Staff())).into(t, &list)
	if len(list.Items) != 2 || list.Items[0].Name != "Musim baru" || len(list.Items[0].Rules.ID) < 5 || len(list.Items[0].Rules.EN) != len(list.Items[0].Rules.ID) || list.MayPlan {
		t.Errorf("%+v", list)
	}
	ask("DELETE", "/api/v1/seasons/2", nil, http.StatusOK)
	ask("DELETE", "/api/v1/seasons/2", nil, http.StatusNotFound)
}

// Anybody may check a raffle, with nothing but the address of the server; names are for who answers for those people,
// and each of them reads that they were looked at.
func TestARaffleIsEverybodysAndItsNamesAreNot(t *testing.T) {
	t.Parallel()
	s := siteOn(t, testdb.Fresh(t))
	root := s.as(s.Person(s.Unit.ID, org.Grant{Role: org.Admin, Agency: s.Region.ID}))
	ask := func(method, path string, body any, want int, as ...func(*http.Request)) reply {
		t.Helper()
		got := s.do(method, path, body, as...)
		if got.StatusCode != want {
			t.Fatalf("%s %s: %d %s", method, path, got.StatusCode, got.text)
		}
		return got
	}
	ask("PUT", "/api/v1/seasons/1", map[string]any{"name": "Musim pertama", "from": "2000-01-01", "to": "2026-11-30", "rulebook": 1}, http.StatusOK, root)
	ask("POST", "/api/v1/seasons", map[string]any{"name": "Musim hujan", "from": "2026-12-01", "to": "2026-12-10", "rulebook": 2}, http.StatusCreated, root)
	ask("PUT", "/api/v1/seasons/2/raffle", map[string]any{"winners": 3, "figure": "Kurs JISDOR pada 16 Desember 2026"}, http.StatusOK, root)
	ask("GET", "/api/v1/raffles/2/numbers", nil, http.StatusNotFound) // not before the season closes

	run := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.Exec(t.Context(), s.DB, statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	var people []org.Actor
	for n := range 12 {
		p := s.Staff()
		people = append(people, p)
		run(`INSERT INTO season_final (user_id, season_id, agency_id, unit_id, people, points, ranks, tied) VALUES ($1, 2, $2, $3, 1, $4, '{}', '{}')`, int64(p.User), int64(p.Agency), int64(p.Unit), 500+n)
	}
	run(`UPDATE season SET state = 'open' WHERE id = 2`)
	run(`UPDATE season SET state = 'closed', closed_at = '2026-12-14T05:00Z', ledger_hash = sha256('') WHERE id = 2`)
	at := func(day int) *raffle.Service {
		d := s.DB.At(func() time.Time { return time.Date(2026, 12, day, 5, 0, 0, 0, time.UTC) })
		return raffle.New(d, s.Ring, score.New(d))
	}
	if err := at(14).Enter(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	rooted := org.Actor{User: 1, Grants: []org.Grant{{Role: org.Admin, Agency: s.Region.ID}}}
	for follows, value := range []string{"16652", "16653"} {
		if _, err := at(16).Draw(t.Context(), rooted, 2, raffle.Figure{Value: value, Source: "bi.go.id", Announced: period.DayOf(2026, 12, 16), Follows: int32(follows), Reason: "Salah ketik."}); err != nil {
			t.Fatal(err)
		}
	}

	list := ask("GET", "/api/v1/raffles", nil, http.StatusOK)
	numbers := ask("GET", "/api/v1/raffles/2/numbers", nil, http.StatusOK)
	for _, p := range people {
		var mine page.Page[raffle.Ticket]
		ask("GET", "/api/v1/me/raffles", nil, http.StatusOK, s.as(p)).into(t, &mine)
		if len(mine.Items) != 1 || !strings.Contains(numbers.text, mine.Items[0].Number+"\n") {
			t.Errorf("%+v", mine)
		}
	}
	if strings.Contains(list.text, "Orang") || len(strings.Fields(numbers.text)) != 12 {
		t.Errorf("%s\n%s", list.text, numbers.text)
	}
	var winners page.Page[raffle.Winner]
	ask("GET", "/api/v1/seasons/2/raffle/winners", nil, http.StatusOK, s.as(s.Staff(org.Publisher))).into(t, &winners)
	if len(winners.Items) != 3 || winners.Items[0].Name == "" {
		t.Fatalf("%+v", winners)
	}
	seen, err := db.All[struct{ UserID id.User }](t.Context(), s.DB, `SELECT user_id FROM person_view WHERE what = 'raffle'`)
	if err != nil || len(seen) != 3 {
		t.Errorf("who was looked at: %+v %v", seen, err)
	}
	neighbour := s.Agency(s.Region, org.Body)
	elsewhere := s.as(s.Person(neighbour.ID, org.Grant{Role: org.Publisher, Agency: neighbour.ID}, org.Grant{Role: org.Admin, Agency: neighbour.ID}))
	if got := ask("GET", "/api/v1/seasons/2/raffle/winners", nil, http.StatusOK, elsewhere); !strings.Contains(got.text, `"items":[]`) {
		t.Errorf("another agency reads %s", got.text)
	}
	ask("GET", "/api/v1/seasons/2/raffle/winners", nil, http.StatusForbidden, s.as(s.Staff(org.Leader)))

	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("no python3: the script of the documents was not run; internal/raffle has its equal")
		return
	}
	said, err := exec.CommandContext(t.Context(), python, "../../docs/raffle.py", s.listen(), "2").CombinedOutput()
	if err != nil || !strings.Contains(string(said), "version 1: 12 entries, 3 drawn") || !strings.Contains(string(said), "version 2: 12 entries, 3 drawn") {
		t.Errorf("%s %v", said, err)
	}
}
