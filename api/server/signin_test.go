package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gaung/internal/auth"
	"gaung/internal/id"
	"gaung/internal/org"
)

// strict is the same site where roles need a one-time code, as outside the demo.
func (s *site) strict() *site {
	hard := auth.New(s.DB, s.Ring, s.User, publicURL, auth.Cost{MemoryKiB: 64, Iterations: 1})
	s.auth, s.server.auth = hard, hard
	return s
}

// Whoever has a step to do first can do that step, sign out and read who they are: over all routes.
func TestPendingStepsCloseEveryOtherRoute(t *testing.T) {
	t.Parallel()
	s := newSite(t).strict()
	var grants []org.Grant
	for _, role := range everyone[1:] {
		grants = append(grants, org.Grant{Role: role, Agency: s.Dinas.ID})
	}
	enrol := s.Person(s.Unit.ID, grants...)
	s.server.limiter = newLimiter(0) // one person asks for everything at once
	change := s.Person(s.Unit.ID, grants...)
	me, err := s.User.Me(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	issued, err := s.auth.ResetFromShell(t.Context(), change.User)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := s.auth.SignInScript(t.Context(), auth.Credentials{Identifier: me.Email, Password: issued.Password, Address: "192.0.2.9"})
	if err != nil {
		t.Fatal(err)
	}
	open := map[auth.Pending][]string{
		auth.ChangePassword: {"GET /api/v1/me", "POST /api/v1/auth/password"},
		auth.EnrolTOTP:      {"GET /api/v1/me", "GET /api/v1/auth/totp", "POST /api/v1/auth/totp", "POST /api/v1/auth/totp/confirm"},
	}
	for pending, as := range map[auth.Pending]func(*http.Request){
		auth.ChangePassword: header("Authorization", "Bearer "+tokens.Access), auth.EnrolTOTP: s.as(enrol),
	} {
		for _, r := range s.server.routes() {
			name := r.Method + " " + r.Path
			if r.Allow == nil || name == "POST /api/v1/auth/logout" {
				continue
			}
			got := s.do(r.Method, pathTo(r, nowhere), inputs[name], as)
			var p problem
			if strings.HasPrefix(got.text, "{") {
				got.into(t, &p)
			}
			refused := got.StatusCode == http.StatusForbidden && p.Field == string(pending)
			if refused == slices.Contains(open[pending], name) {
				t.Errorf("%s while %s is pending: %d %s", name, pending, got.StatusCode, got.text)
			}
		}
		if got := s.do("GET", "/api/v1/me", nil, as); !strings.Contains(got.text, `"pending":"`+string(pending)+`"`) {
			t.Errorf("me does not tell %s: %s", pending, got.text)
		}
		if got := s.do("POST", "/api/v1/auth/logout", nil, as); got.StatusCode != http.StatusOK {
			t.Errorf("signing out while %s: %d", pending, got.StatusCode)
		}
	}
	for name := range openWhilePending {
		if !slices.ContainsFunc(s.server.routes(), func(r route) bool { return r.Method+" "+r.Path == name }) {
			t.Errorf("%s is open while pending and is no route", name)
		}
	}
}

func TestTooManyTriesTellWhenToComeBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	wrong := map[string]any{"identifier": "siapa@uji.example", "password": "tebakan"}
	at := from("198.51.100.77", phone)
	var got reply
	for range 6 {
		got = s.do("POST", "/api/v1/auth/login", wrong, at)
	}
	var p problem
	got.into(t, &p)
	if got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") != "900" || p.Wait != 900 {
		t.Errorf("%d, Retry-After %q: %s", got.StatusCode, got.Header.Get("Retry-After"), got.text)
	}
}

// The device cookie that a sign-in sets is what keeps a colleague at the same address from locking the
// owner out.
func TestKnownDeviceByCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	actor := s.Staff()
	person, err := s.User.Me(t.Context(), actor)
	if err == nil {
		err = s.auth.SetPasswords(t.Context(), []id.User{actor.User}, password)
	}
	if err != nil {
		t.Fatal(err)
	}
	at := from("198.51.100.78", phone)
	right := map[string]any{"identifier": person.Email, "password": password}
	first := s.do("POST", "/api/v1/auth/login", right, at)
	device := ""
	for _, c := range first.Cookies() {
		if c.Name == deviceCookie {
			device = c.Value
			if !c.HttpOnly || c.Path != refreshPath {
				t.Errorf("%+v", c)
			}
		}
	}
	if first.StatusCode != http.StatusOK || device == "" {
		t.Fatalf("%d %s", first.StatusCode, first.text)
	}
	for range 50 {
		s.do("POST", "/api/v1/auth/login", map[string]any{"identifier": person.Email, "password": "tebakan"}, at)
	}
	if got := s.do("POST", "/api/v1/auth/login", right, at); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("without the cookie: %d", got.StatusCode)
	}
	if got := s.do("POST", "/api/v1/auth/login", right, at, header("Cookie", deviceCookie+"="+device)); got.StatusCode != http.StatusOK {
		t.Errorf("with it: %d %s", got.StatusCode, got.text)
	}
}

func TestLanguageIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	as := s.as(s.Staff())
	if got := s.do("PATCH", "/api/v1/me", map[string]any{"lang": "en"}, as); got.StatusCode != http.StatusOK || !strings.Contains(got.text, `"lang":"en"`) {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	if got := s.do("PATCH", "/api/v1/me", map[string]any{"lang": "jv"}, as); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("an unknown one: %d", got.StatusCode)
	}
}
