package server

import (
	jsonpkg "encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

const (
	phone    = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
	whatsApp = "WhatsApp/2.23.20.0 A"
)

// from makes a request come from an address: in-process requests come from 0.0.0.0, which the site
// takes for its proxy.
func from(address, agent string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("X-Forwarded-For", address)
		r.Header.Set("User-Agent", agent)
	}
}

func (s *site) shareAs(actor func(*http.Request), item content.Content, channel string, change ...func(*http.Request)) (share.Shared, reply) {
	s.t.Helper()
	got := s.do("POST", fmt.Sprintf("/api/v1/contents/%d/shares", item.ID), map[string]any{"channel": channel}, append(change, actor)...)
	var shared share.Shared
	if got.StatusCode == http.StatusCreated {
		got.into(s.t, &shared)
	}
	return shared, got
}

func linkPath(shared share.Shared) string { return strings.TrimPrefix(shared.URL, publicURL) }

type boardJSON struct {
	Items []struct {
		ID            int64    `json:"id"`
		Rank          *int64   `json:"rank"`
		PeopleReached *int64   `json:"people_reached"`
		Rate          *float64 `json:"rate"`
		Eligible      *int64   `json:"eligible"`
		Me            bool     `json:"me"`
	} `json:"items"`
	Me *struct {
		Rank   int64 `json:"rank"`
		Around []any `json:"around"`
	} `json:"me"`
}

// The main job: published, shared, opened by citizens, counted once, on the boards and in the report.
func TestFromAShareToTheReport(t *testing.T) {
	t.Parallel()
	s := siteOn(t, testdb.Fresh(t))
	for range 5 { // six in the unit with the sharer: above the limit of five
		s.Staff()
	}
	item := s.Live("Layanan adminduk keliling") // three more: author, approver, publisher
	sharer, leader := s.Staff(), s.as(s.Staff(org.Leader))
	if err := s.User.SnapshotDays(t.Context(), testday(), testday()); err != nil {
		t.Fatal(err)
	}
	as := s.as(sharer)

	shared, first := s.shareAs(as, item, "whatsapp", header("Idempotency-Key", "k-1"))
	again, second := s.shareAs(as, item, "whatsapp", header("Idempotency-Key", "k-1"))
	if first.StatusCode != 201 || second.StatusCode != 201 || shared.ID == 0 || shared.ID != again.ID || shared.URL != again.URL || shared.Grade != "D" {
		t.Fatalf("%s\n%s", first.text, second.text)
	}
	if !strings.HasPrefix(shared.IntentURL, "https://wa.me/?text=") || strings.Contains(shared.IntentURL, "+") ||
		!strings.Contains(shared.Text, "Saya ASN di Dinas Uji.") || !strings.HasSuffix(shared.Text, shared.URL) {
		t.Errorf("%+v", shared)
	}
	if _, other := s.shareAs(as, item, "copy", header("Idempotency-Key", "k-1")); other.StatusCode != 422 {
		t.Errorf("a key for another act: %d", other.StatusCode)
	}

	link := linkPath(shared)
	for _, c := range []struct {
		name   string
		method string
		change []func(*http.Request)
		status int
	}{
		{"a citizen", "GET", []func(*http.Request){from("203.0.113.1", phone)}, 302},
		{"the same citizen again", "GET", []func(*http.Request){from("203.0.113.1", phone)}, 302},
		{"another citizen", "GET", []func(*http.Request){from("203.0.113.2", phone)}, 302},
		{"WhatsApp's fetcher", "GET", []func(*http.Request){from("203.0.113.3", whatsApp)}, 302},
		{"HEAD", "HEAD", []func(*http.Request){from("203.0.113.4", phone)}, 302},
		{"a prefetch", "GET", []func(*http.Request){from("203.0.113.5", phone), header("Sec-Purpose", "prefetch")}, 503},
		{"an image on a foreign page", "GET", []func(*http.Request){from("203.0.113.7", phone), header("Sec-Fetch-Dest", "image"), header("Sec-Fetch-Mode", "no-cors")}, 302},
		{"a frame on a foreign page", "GET", []func(*http.Request){from("203.0.113.8", phone), header("Sec-Fetch-Dest", "iframe"), header("Sec-Fetch-Mode", "navigate")}, 302},
		{"the sharer", "GET", []func(*http.Request){from("203.0.113.6", phone), as}, 302},
	} {
		got := s.do(c.method, link, nil, c.change...)
		if got.StatusCode != c.status || !strings.Contains(got.Header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s: %d %q", c.name, got.StatusCode, got.Header.Get("Cache-Control"))
		}
		if want := publicURL + "/k/" + item.Slug; c.status == 302 && got.Header.Get("Location") != want {
			t.Errorf("%s is sent to %s, want %s", c.name, got.Header.Get("Location"), want)
		}
	}
	if page := s.do("GET", "/k/"+item.Slug, nil); page.StatusCode != 200 || !strings.Contains(page.text, item.Hash) ||
		strings.Contains(page.text, "og:url") || strings.Contains(page.text, "canonical") || strings.Contains(page.text, "<script") {
		t.Errorf("public page: %d %s", page.StatusCode, page.text)
	}

	var people, units boardJSON
	s.do("GET", "/api/v1/leaderboards/people", nil, as).into(t, &people)
	if len(people.Items) != 1 || *people.Items[0].PeopleReached != 2 || !people.Items[0].Me || people.Me == nil || people.Me.Rank != 1 || len(people.Me.Around) != 1 {
		t.Errorf("people: %+v", people)
	}
	s.do("GET", "/api/v1/leaderboards/units?period=week", nil, as).into(t, &units)
	if len(units.Items) != 1 || *units.Items[0].Eligible != 10 || *units.Items[0].Rate != 20 || *units.Items[0].Rank != 1 {
		t.Errorf("units: %+v", units)
	}

	var feed share.Feed
	s.do("GET", "/api/v1/feed", nil, as).into(t, &feed)
	if len(feed.Items) != 1 || len(feed.Items[0].Acts) != 1 || feed.Items[0].Acts[0].Grade != "B" || feed.Items[0].Acts[0].Network != "whatsapp" {
		t.Errorf("feed: %+v", feed)
	}
	var made report.Report
	s.do("GET", "/api/v1/reports/engagement", nil, leader).into(t, &made)
	book := s.do("GET", "/api/v1/reports/engagement?format=xlsx", nil, leader)
	if !strings.Contains(book.Header.Get("Content-Type"), "spreadsheetml") || !strings.HasPrefix(book.text, "PK") ||
		!strings.HasSuffix(book.Header.Get("Content-Disposition"), `.xlsx"`) {
		t.Errorf("xlsx: %s %s", book.Header.Get("Content-Type"), book.Header.Get("Content-Disposition"))
	}
	printed := s.do("GET", "/api/v1/reports/engagement?format=pdf", nil, leader)
	if printed.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(printed.text, "%PDF-") || !strings.HasSuffix(printed.Header.Get("Content-Disposition"), `.pdf"`) {
		t.Errorf("pdf: %s %s", printed.Header.Get("Content-Type"), printed.Header.Get("Content-Disposition"))
	}
	csv := s.do("GET", "/api/v1/reports/engagement?format=csv", nil, leader)
	if !strings.HasPrefix(csv.Header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(csv.text, "\ufeffbagian,") {
		t.Errorf("csv: %s %s", csv.Header.Get("Content-Type"), csv.text)
	}
	want := map[string]string{"people_reached": "2", "valid_clicks": "2", "shares": "1", "active_sharers": "1", "eligible": "10",
		"share_rate": "10", "reach_per_100": "20", "clicks_per_share": "2", "machine_requests": "2", "likes": "0",
		"proven_shares": "1", "monthly_active": "1", "adoption": "20", "like_completion": "0", "like_completion_proven": "0",
		"shares_per_sharer": "–", "concentration_top10": "–", "concentration_gini": "–",
		"network_multiplier": "2", "originality": "–", "speed": "–", "speed_clarification": "–"} // two have signed in; what one sharer did alone is hidden
	for _, m := range made.Metrics {
		got := "–"
		if m.Value != nil {
			got = fmt.Sprint(*m.Value)
		}
		if got != want[m.Key] {
			t.Errorf("report %s: %s, want %s", m.Key, got, want[m.Key])
		}
		if !strings.Contains(csv.text, fmt.Sprintf("metrik,%s,%s,%s,", m.Key, m.Name, want[m.Key])) {
			t.Errorf("csv lacks %s = %s:\n%s", m.Key, want[m.Key], csv.text)
		}
	}
}

// A link lives as long as its content: recalled it leads to the correction, or says why it is gone.
func TestRecalledLinks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	wrong, right := s.Live("Jadwal keliru"), s.Live("Jadwal yang benar")
	sharer, publisher := s.as(s.Staff()), s.Staff(org.Publisher)
	shared, first := s.shareAs(sharer, wrong, "copy")
	if first.StatusCode != 201 {
		t.Fatal(first.text)
	}
	lonely, _ := s.shareAs(sharer, right, "copy")
	if _, err := s.Content.Recall(t.Context(), publisher, wrong.ID, "Tanggal keliru.", right.ID); err != nil {
		t.Fatal(err)
	}
	s.refresh()
	got := s.do("GET", linkPath(shared), nil, from("203.0.113.1", phone))
	if got.StatusCode != 302 || got.Header.Get("Location") != publicURL+"/k/"+right.Slug {
		t.Errorf("to the correction: %d %s", got.StatusCode, got.Header.Get("Location"))
	}
	if _, again := s.shareAs(sharer, wrong, "copy"); again.StatusCode != 410 {
		t.Errorf("a recalled content was shared: %d", again.StatusCode)
	}
	if _, err := s.Content.Recall(t.Context(), publisher, right.ID, "Acara dibatalkan.", 0); err != nil {
		t.Fatal(err)
	}
	s.refresh()
	got = s.do("GET", linkPath(lonely), nil, from("203.0.113.1", phone))
	if got.StatusCode != 410 || !strings.Contains(got.text, "Acara dibatalkan.") || !strings.Contains(got.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("without a correction: %d %s", got.StatusCode, got.text)
	}
	var feed share.Feed
	s.do("GET", "/api/v1/feed", nil, sharer).into(t, &feed)
	if len(feed.Items) != 0 || len(feed.Withdrawn) != 2 {
		t.Errorf("feed: %+v", feed)
	}
	for _, code := range []string{"000000000000", "zzz", "%00", strings.Repeat("a", 300)} {
		if got := s.do("GET", "/s/"+code, nil, from("203.0.113.1", phone)); got.StatusCode != 404 {
			t.Errorf("code %q: %d", code, got.StatusCode)
		}
	}
}

// Signing in: cookies of a browser, rotation with a second tab, a stolen refresh token.
func TestSessions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	actor := s.Staff()
	s.bearer(actor) // sets the password
	me, err := s.User.Me(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	signIn := s.do("POST", "/api/v1/auth/login", map[string]any{"identifier": strings.ToUpper(me.Email), "password": password})
	if signIn.StatusCode != 200 || !strings.Contains(signIn.text, me.Name) {
		t.Fatal(signIn.StatusCode, signIn.text)
	}
	jar := map[string]*http.Cookie{}
	for _, c := range signIn.Cookies() {
		jar[c.Name] = c
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("cookie %+v", c)
		}
	}
	with := func(cookies ...*http.Cookie) func(*http.Request) {
		return func(r *http.Request) {
			for _, c := range cookies {
				r.AddCookie(c)
			}
		}
	}
	if got := s.do("GET", "/api/v1/me", nil, with(jar[accessCookie])); got.StatusCode != 200 {
		t.Errorf("me: %d", got.StatusCode)
	}
	one := s.do("POST", "/api/v1/auth/refresh", nil, with(jar[refreshCookie]))
	two := s.do("POST", "/api/v1/auth/refresh", nil, with(jar[refreshCookie]))
	if one.StatusCode != 200 || two.StatusCode != 200 || cookieOf(one, refreshCookie) != cookieOf(two, refreshCookie) {
		t.Errorf("two tabs: %d %d", one.StatusCode, two.StatusCode)
	}
	next := &http.Cookie{Name: refreshCookie, Value: cookieOf(one, refreshCookie)}
	if got := s.do("POST", "/api/v1/auth/refresh", nil, with(next)); got.StatusCode != 200 {
		t.Errorf("the successor: %d", got.StatusCode)
	}
	if got := s.do("POST", "/api/v1/auth/refresh", nil, with(jar[refreshCookie])); got.StatusCode != 401 {
		t.Errorf("a token two turns old: %d", got.StatusCode)
	}
	if got := s.do("GET", "/api/v1/me", nil, with(jar[accessCookie])); got.StatusCode != 401 {
		t.Errorf("the session of a stolen token goes on: %d", got.StatusCode)
	}
	for range 5 {
		s.do("POST", "/api/v1/auth/login", map[string]any{"identifier": me.Email, "password": "salah"}, from("203.0.113.66", phone))
	}
	right := map[string]any{"identifier": me.Email, "password": password}
	if got := s.do("POST", "/api/v1/auth/login", right, from("203.0.113.66", phone)); got.StatusCode != 429 {
		t.Errorf("who guesses is not slowed down: %d", got.StatusCode)
	}
	if got := s.do("POST", "/api/v1/auth/login", right, from("203.0.113.77", phone)); got.StatusCode != 200 {
		t.Errorf("the owner elsewhere is locked out: %d", got.StatusCode)
	}
}

func cookieOf(r reply, name string) string {
	for _, c := range r.Cookies() {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func testday() period.Day { return period.LocalDay(testdb.Now, time.UTC) }

// The console's path over HTTP, with the refusals that an office meets.
func TestFromDraftToLive(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	author, approver, publisher := s.as(s.Staff(org.Author)), s.as(s.Staff(org.Approver)), s.as(s.Staff(org.Publisher))
	text := testkit.Text("Mal pelayanan publik buka Sabtu")
	var made content.Content
	s.do("POST", "/api/v1/contents", text, author).into(t, &made)
	address := fmt.Sprintf("/api/v1/contents/%d", made.ID)
	for _, step := range []struct {
		name, method, path string
		input              any
		who                func(*http.Request)
		status             int
	}{
		{"approve a draft", "POST", "/approve", seen(1, ""), approver, 409},
		{"edit a version that is not there", "PUT", "", map[string]any{"title": "Lain", "version": 7}, author, 409},
		{"edit", "PUT", "", merged(t, text, map[string]any{"version": 1, "title": "Mal pelayanan publik kini buka Sabtu"}), author, 200},
		{"submit", "POST", "/submit", nil, author, 200},
		{"submit twice", "POST", "/submit", nil, author, 409},
		{"return without a reason", "POST", "/return", seen(2, " "), approver, 422},
		{"return", "POST", "/return", seen(2, "Perjelas jam."), approver, 200},
		{"submit again", "POST", "/submit", nil, author, 200},
		{"approve without a version", "POST", "/approve", map[string]any{"step": 1}, approver, 422},
		{"approve a stale version", "POST", "/approve", seen(1, ""), approver, 409},
		{"approve", "POST", "/approve", seen(2, ""), approver, 200},
		{"schedule in the past", "POST", "/schedule", map[string]any{"publish_at": "2020-01-01T00:00:00Z"}, publisher, 422},
		{"schedule", "POST", "/schedule", map[string]any{"publish_at": "2026-12-01T08:00:00+08:00"}, publisher, 200},
		{"publish", "POST", "/publish", nil, publisher, 200},
		{"publish twice", "POST", "/publish", nil, publisher, 409},
		{"read", "GET", "", nil, approver, 200},
	} {
		if got := s.do(step.method, address+step.path, step.input, step.who); got.StatusCode != step.status {
			t.Errorf("%s: %d %s", step.name, got.StatusCode, got.text)
		}
	}
	s.do("GET", address, nil, author).into(t, &made)
	if made.State != content.Live || made.Version != 2 || made.ApprovedVersion != 2 || len(made.Decisions) != 2 || made.Decisions[0].Reason != "Perjelas jam." {
		t.Errorf("%+v", made)
	}
}

// seen is the body of a decision on a version at the first step, with a reason.
func seen(version int, reason string) map[string]any {
	body := map[string]any{"version": version, "step": 1}
	if reason != "" {
		body["reason"] = reason
	}
	return body
}

// merged is a value as JSON with some of its properties replaced.
func merged(t *testing.T, value any, change map[string]any) map[string]any {
	t.Helper()
	text, err := jsonpkg.Marshal(value)
	all := map[string]any{}
	if err == nil {
		err = jsonpkg.Unmarshal(text, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(all, change)
	return all
}
