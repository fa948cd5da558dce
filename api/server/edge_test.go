package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/caption"
	"gaung/internal/config"
	"gaung/internal/org"
	"gaung/internal/testkit"
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
		"a forged host":       {func(r *http.Request) { r.Host = "jahat.example"; r.Header.Set("Origin", "http://jahat.example") }, 403},
		"another scheme":      {header("Origin", strings.Replace(publicURL, "http:", "https:", 1)), 403},
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

// On a shared phone the page of one person may stand open when another has signed in.
func TestPageOfSomebodyElseEntersNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	item := s.Live("Layanan keliling hadir")
	one, other := s.Person(s.Unit.ID), s.Person(s.Unit.ID)
	path := "/api/v1/contents/" + number(item.ID) + "/save"
	as := header("X-Gaung-As", fmt.Sprint(one.User))
	if got := s.do("PUT", path, nil, s.as(other), as); got.StatusCode != http.StatusConflict || !strings.Contains(got.text, `"field":"as"`) {
		t.Errorf("somebody else's page: %d %s", got.StatusCode, got.text)
	}
	for name, change := range map[string]func(*http.Request){"their own page": as, "a program": func(*http.Request) {}} {
		if got := s.do("PUT", path, nil, s.as(one), change); got.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.text)
		}
	}
}

func TestClientAddressIsReadFromTheRight(t *testing.T) {
	t.Parallel()
	// In-process requests come from 0.0.0.0.
	const one, two = "0.0.0.0/32", "0.0.0.0/32,203.0.113.0/24"
	for _, c := range []struct {
		name, proxies, want string
		lines               []string
	}{
		{"no proxy is trusted", "", "0.0.0.0", []string{"6.6.6.6, 203.0.113.9"}},
		{"one is", one, "203.0.113.9", []string{"6.6.6.6, 203.0.113.9"}},
		{"two are", two, "6.6.6.6", []string{"6.6.6.6, 203.0.113.9"}},
		{"a proxy that adds a line", one, "203.0.113.9", []string{"6.6.6.6", "203.0.113.9"}},
		{"a proxy that writes ports", one, "203.0.113.9", []string{"6.6.6.6, 203.0.113.9:5555"}},
		{"IPv6 counts by subscriber", one, "2001:db8:1:2::", []string{"[2001:db8:1:2:3:4:5:6]:443"}},
		{"a trailing comma", one, "203.0.113.9", []string{"203.0.113.9, "}},
		{"garbage", one, "0.0.0.0", []string{"203.0.113.9, entah"}},
	} {
		got := addressSeen(t, c.proxies, func(r *http.Request) {
			for _, line := range c.lines {
				r.Header.Add("X-Forwarded-For", line)
			}
		})
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

// What a hostile client sends is refused and never a fault of ours.
func TestHostileInputIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	author := s.as(s.Staff(org.Author))
	text := func(change map[string]any) map[string]any { return merged(t, testkit.Text("Judul"), change) }
	for name, c := range map[string]struct {
		method, path string
		input        any
		change       func(*http.Request)
		status       int
	}{
		"a compressed body":       {"POST", "/api/v1/auth/login", map[string]any{}, header("Content-Encoding", "gzip"), 415},
		"a body that says CSV":    {"POST", "/api/v1/auth/login", map[string]any{"identifier": "x", "password": "y"}, header("Content-Type", "text/csv"), 400},
		"NUL in an address":       {"GET", "/k/a%00b", nil, author, 404},
		"bad UTF-8 in an address": {"GET", "/k/%ff", nil, author, 404},
		"NUL in a search":         {"GET", "/api/v1/agencies?q=%00", nil, author, 422},
		"a cursor of NULs":        {"GET", "/api/v1/agencies?after=" + strings.Repeat("A", 400), nil, author, 422},
		"NUL in a title":          {"POST", "/api/v1/contents", text(map[string]any{"title": "a\x00b"}), author, 422},
		"NUL in a caption":        {"POST", "/api/v1/contents", text(map[string]any{"captions": caption.Plain("a\x00")}), author, 422},
		"a target out of range":   {"POST", "/api/v1/contents", text(map[string]any{"targets": []int64{1 << 40}}), author, 422},
		"an agency out of range":  {"POST", "/api/v1/contents", text(map[string]any{"agency_id": int64(1) << 40}), author, 403},
		"quotes 50,000 deep":      {"POST", "/api/v1/contents", text(map[string]any{"body": strings.Repeat(">", 49_000)}), author, 422},
		"a list 1,000 deep":       {"POST", "/api/v1/contents", text(map[string]any{"body": strings.Repeat("- ", 1000) + "x"}), author, 422},
	} {
		if got := s.do(c.method, c.path, c.input, c.change); got.StatusCode != c.status {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.text)
		}
	}
}
