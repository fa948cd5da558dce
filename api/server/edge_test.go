package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/config"
	"gaung/internal/org"
)

func TestProblemsAreForPersonsAndPrograms(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	author := s.as(s.Staff(org.Author))
	for name, c := range map[string]struct {
		method, path string
		input        any
		status       int
		code, field  string
	}{
		"a missing field":        {"POST", "/api/v1/auth/login", map[string]any{"identifier": "x"}, 422, "invalid", "password"},
		"a domain rule":          {"POST", "/api/v1/contents", map[string]any{"title": " "}, 422, "invalid", "title"},
		"a wrong type":           {"POST", "/api/v1/contents", map[string]any{"title": 5}, 422, "invalid", "title"},
		"a number that is none":  {"GET", "/api/v1/contents/abc", nil, 422, "invalid", "id"},
		"a period that is none":  {"GET", "/api/v1/leaderboards/people?period=kemarin", nil, 422, "invalid", "period"},
		"an unknown API address": {"GET", "/api/v1/tidak-ada", nil, 404, "not_found", ""},
		"an item that is not":    {"GET", "/api/v1/contents/77777", nil, 404, "not_found", ""},
	} {
		got := s.do(c.method, c.path, c.input, author)
		var p problem
		got.into(t, &p)
		if got.StatusCode != c.status || string(p.Code) != c.code || p.Field != c.field || p.Title == "" || p.RequestID == "" {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.text)
		}
		if kind := got.Header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%s: %s", name, kind)
		}
		if strings.Contains(p.Title, "expected") {
			t.Errorf("%s: not Indonesian: %s", name, p.Title)
		}
	}
}

func TestRequestsFromOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	login := map[string]any{"identifier": "x", "password": "y"}
	for name, c := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"a program":           {func(*http.Request) {}, 401},
		"our own page":        {header("Sec-Fetch-Site", "same-origin"), 401},
		"an old browser, own": {header("Origin", publicURL), 401},
		"another site":        {header("Sec-Fetch-Site", "cross-site"), 403},
		"a sister site":       {header("Sec-Fetch-Site", "same-site"), 403},
		"an old browser":      {header("Origin", "https://jahat.example"), 403},
		"a sandboxed frame":   {header("Origin", "null"), 403},
	} {
		if got := s.do("POST", "/api/v1/auth/login", login, c.change); got.StatusCode != c.status {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.text)
		}
	}
}

func TestClientAddressIsReadFromTheRight(t *testing.T) {
	t.Parallel()
	// In-process requests come from 0.0.0.0.
	forwarded := header("X-Forwarded-For", "6.6.6.6, 203.0.113.9")
	for _, c := range []struct {
		name, proxies, want string
	}{{"no proxy is trusted", "", "0.0.0.0"}, {"one is", "0.0.0.0/32", "203.0.113.9"}, {"two are", "0.0.0.0/32,203.0.113.0/24", "6.6.6.6"}} {
		got := addressSeen(t, c.proxies, forwarded)
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWebFilesAndFaces(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/": {200, "Umpan"}, "/peringkat": {200, "Umpan"}, "/konsol/tulis/3": {200, "konsol"}, "/konsolidasi": {200, "Umpan"},
		"/assets/a.js": {200, "1"}, "/assets/b.js": {404, ""}, "/api/v2/x": {404, ""}, "/favicon.ico": {404, ""},
	} {
		got := s.do("GET", path, nil)
		if got.StatusCode != want.status || !strings.Contains(got.text, want.text) {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.text)
		}
		if csp := got.Header.Get("Content-Security-Policy"); csp == "" || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
	etag := s.do("GET", "/", nil).Header.Get("ETag")
	if got := s.do("GET", "/", nil, header("If-None-Match", etag)); got.StatusCode != 304 || got.text != "" {
		t.Errorf("the same page again: %d", got.StatusCode)
	}
}

// addressSeen is the client address that the server takes a request to come from.
func addressSeen(t *testing.T, proxies string, change func(*http.Request)) string {
	t.Helper()
	c, err := config.Load(func(name string) string { return map[string]string{"GAUNG_TRUSTED_PROXIES": proxies}[name] })
	if err != nil {
		t.Fatal(err)
	}
	probe := &Server{config: c}
	seen := ""
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error { seen = probe.clientAddress(c).String(); return nil })
	request := httptest.NewRequest("GET", "/", nil)
	change(request)
	if _, err := app.Test(request, -1); err != nil {
		t.Fatal(err)
	}
	return seen
}
