package server

import (
	"net/http"
	"testing"

	"gaung/internal/org"
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
