package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gaung/internal/org"
)

// Who finds a signed-in phone neither gets the whole NIP nor closes the account.
func TestWhatABorrowedPhoneMayNotDo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	as := s.as(s.Staff())
	for _, try := range []struct {
		path string
		body map[string]any
		want int
	}{
		{"/api/v1/me/exports", map[string]any{"with_nip": true}, http.StatusUnprocessableEntity},
		{"/api/v1/me/exports", map[string]any{"with_nip": true, "password": "bukan ini"}, http.StatusUnprocessableEntity},
		{"/api/v1/me/exports", map[string]any{"with_nip": true, "password": password}, http.StatusCreated},
		{"/api/v1/me/requests", map[string]any{"kind": "erase", "text": "Mohon."}, http.StatusUnprocessableEntity},
		{"/api/v1/me/requests", map[string]any{"kind": "erase", "text": "Mohon.", "password": password}, http.StatusCreated},
		{"/api/v1/me/requests", map[string]any{"kind": "information", "text": "Mohon."}, http.StatusCreated},
	} {
		if got := s.do("POST", try.path, try.body, as); got.StatusCode != try.want {
			t.Errorf("%s %v: %d %s", try.path, try.body["kind"], got.StatusCode, got.text)
		}
	}
}

// Whoever stands in a list of people, is looked for, or has their roles opened, reads it: role and office.
func TestPeopleReadThatTheyWereSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	who, operator := s.Staff(), s.as(s.Staff(org.Admin))
	for _, ask := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/api/v1/people", nil},
		{"POST", "/api/v1/people/find", map[string]any{"q": "Orang"}},
		{"GET", fmt.Sprintf("/api/v1/people/%d/roles", who.User), nil},
	} {
		if got := s.do(ask.method, ask.path, ask.body, operator); got.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %s", ask.path, got.StatusCode, got.text)
		}
	}
	seen := s.do("GET", "/api/v1/me/views", nil, s.as(who)).text
	for _, want := range []string{"view.list", "view.search", "view.roles", `"admin"`, s.Dinas.Name} {
		if !strings.Contains(seen, want) {
			t.Errorf("%s is missing: %s", want, seen)
		}
	}
}
