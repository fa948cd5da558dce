package server

import (
	jsonpkg "encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

// verdicts counts the raw clicks of a content by verdict.
func (s *site) verdicts(item id.Content) map[string]int {
	s.t.Helper()
	type row struct{ Verdict, N int }
	rows, err := db.All[row](s.t.Context(), s.DB, `SELECT verdict::int4 AS verdict, count(*) AS n FROM click WHERE content_id = $1 GROUP BY 1`, item)
	if err != nil {
		s.t.Fatal(err)
	}
	found := map[string]int{}
	for _, r := range rows {
		found[click.Verdict(r.Verdict).String()] = r.N
	}
	return found
}

func (s *site) linkOf(person id.User, item id.Content) string {
	return "/s/" + s.server.click.Encode(click.Link{Content: item, User: person, Channel: click.WhatsApp})
}

// Every fetcher of the list comes over HTTP: it is told the same as a reader, and counts for nothing.
func TestFetchersAreAnsweredAndNotCounted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	text, err := os.ReadFile("../../internal/click/crawlers.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Example string `json:"ua_example"`
	}
	if err := jsonpkg.Unmarshal(text, &list); err != nil || len(list) < 100 {
		t.Fatal(len(list), err)
	}
	item, sharer := s.Live("Layanan baru"), s.Staff()
	link := s.linkOf(sharer.User, item.ID)
	for n, fetcher := range list {
		got := s.do("GET", link, nil, from(fmt.Sprintf("198.51.100.%d", n), fetcher.Example))
		if got.StatusCode != http.StatusFound || !strings.HasSuffix(got.Header.Get("Location"), "/k/"+item.Slug) {
			t.Errorf("%s: %d %s", fetcher.Example, got.StatusCode, got.Header.Get("Location"))
		}
	}
	got := s.verdicts(item.ID)
	if got["preview"]+got["bot"] != len(list) || got["valid"] != 0 {
		t.Errorf("%v of %d", got, len(list))
	}
}

func TestWhereALinkLands(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for landing, want := range map[string]string{
		"": "/k/",
		"https://dinas.nusaarunika.example/berita/1": "https://dinas.nusaarunika.example/berita/1",
		"https://www.instagram.com/p/abc/":           "/k/", // shows nothing to whoever is not signed in there
		"https://vt.tiktok.com/x/":                   "/k/",
	} {
		text := testkit.Text("Berita")
		text.LandingURL = landing
		ctx, author, publisher := t.Context(), s.Staff(org.Author), s.Staff(org.Approver, org.Publisher)
		made, err := s.Content.Create(ctx, author, content.Outline{Agency: s.Dinas.ID}, text)
		if err == nil {
			_, err = s.Content.Submit(ctx, author, made.ID)
		}
		if err == nil {
			_, err = s.Content.Approve(ctx, publisher, made.ID, content.Seen{Version: 1, Step: 1}, "")
		}
		if err == nil {
			_, err = s.Content.Publish(ctx, publisher, made.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, agent := range []string{phone, whatsApp} { // whoever asks
			got := s.do("GET", s.linkOf(s.Staff().User, made.ID), nil, from("203.0.113.1", agent))
			if to := got.Header.Get("Location"); got.StatusCode != http.StatusFound || !strings.HasPrefix(strings.TrimPrefix(to, publicURL), want) {
				t.Errorf("%q: %d %s", landing, got.StatusCode, to)
			}
		}
	}
}

// Who tries codes is stopped; who follows a link from the same address is not.
func TestWrongCodesAreLimited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.server.limiter = newLimiter(1)
	item, sharer := s.Live("Layanan baru"), s.Staff()
	refused := 0
	for n := range 3 * guessing.burst {
		got := s.do("GET", fmt.Sprintf("/s/%012d", n), nil, from("203.0.113.50", phone))
		switch got.StatusCode {
		case http.StatusTooManyRequests:
			if refused++; got.Header.Get("Retry-After") == "" {
				t.Fatal("no word on when to come back")
			}
		case http.StatusNotFound:
		default:
			t.Fatal(got.StatusCode)
		}
	}
	if refused < guessing.burst {
		t.Errorf("only %d refused", refused)
	}
	if got := s.do("GET", s.linkOf(sharer.User, item.ID), nil, from("203.0.113.50", phone)); got.StatusCode != http.StatusFound {
		t.Errorf("a reader at that address: %d", got.StatusCode)
	}
}

func TestAClosedLinkSaysSoAndCountsForNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	item, sharer, publisher := s.Live("Layanan baru"), s.Staff(), s.as(s.Staff(org.Publisher))
	link := s.linkOf(sharer.User, item.ID)
	api := "/api/v1/links/" + strings.TrimPrefix(link, "/s/") + "/block"
	stranger := s.as(s.Person(s.Unit.ID, org.Grant{Role: org.Publisher, Agency: s.Agency(s.Region, org.Body).ID}))
	if got := s.do("PUT", api, map[string]any{"reason": "Disalahgunakan"}, stranger); got.StatusCode != http.StatusNotFound {
		t.Errorf("another agency's publisher: %d", got.StatusCode)
	}
	if got := s.do("PUT", api, map[string]any{"reason": "Disalahgunakan"}, publisher); got.StatusCode != http.StatusOK {
		t.Fatal(got.text)
	}
	if got := s.do("GET", link, nil, from("203.0.113.1", phone)); got.StatusCode != http.StatusGone || !strings.Contains(got.text, "ditutup") {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	other := strings.Replace(link, link, "/s/"+s.server.click.Encode(click.Link{Content: item.ID, User: sharer.User, Channel: click.Copy}), 1)
	if got := s.do("GET", other, nil, from("203.0.113.2", phone)); got.StatusCode != http.StatusFound {
		t.Errorf("the person's other link: %d", got.StatusCode)
	}
	if got := s.do("DELETE", api, nil, publisher); got.StatusCode != http.StatusOK {
		t.Fatal(got.text)
	}
	if got := s.do("GET", link, nil, from("203.0.113.3", phone)); got.StatusCode != http.StatusFound {
		t.Errorf("opened again: %d", got.StatusCode)
	}
	if got := s.verdicts(item.ID); got["valid"] != 2 || got["suspect"] != 1 {
		t.Errorf("%v", got)
	}
}

func TestTheQRCodeIsThePersonsOwnLink(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	item, sharer := s.Live("Layanan baru"), s.as(s.Staff())
	for format, begins := range map[string]string{"png": "\x89PNG", "svg": "<svg "} {
		got := s.do("GET", fmt.Sprintf("/api/v1/contents/%d/qr?format=%s", item.ID, format), nil, sharer)
		if got.StatusCode != http.StatusOK || !strings.HasPrefix(got.text, begins) || !strings.HasPrefix(got.Header.Get("Content-Type"), "image/") {
			t.Errorf("%s: %d %s", format, got.StatusCode, got.Header)
		}
	}
	for query, status := range map[string]int{"?format=pdf": http.StatusUnprocessableEntity, "": http.StatusOK} {
		if got := s.do("GET", fmt.Sprintf("/api/v1/contents/%d/qr%s", item.ID, query), nil, sharer); got.StatusCode != status {
			t.Errorf("%q: %d", query, got.StatusCode)
		}
	}
	if got := s.do("GET", "/api/v1/contents/16000000/qr", nil, sharer); got.StatusCode != http.StatusNotFound {
		t.Errorf("no such content: %d", got.StatusCode)
	}
}
