package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gaung/internal/org"
	"gaung/internal/trust"
)

// An election mode is set up, told to everybody in the region and to nobody else, shown while an author types,
// and stops an ASN from passing a candidate's name on in their own words.
func TestElectionModeFromTheAdministratorToTheShareSheet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	item := s.Live("Layanan keliling hadir")
	before := s.Live("Andika Saputra meresmikan pasar") // live before the mode began
	admin, author, asn := s.as(s.Staff(org.Admin)), s.as(s.Staff(org.Author)), s.as(s.Staff())
	stranger := s.as(s.Person(s.Agency(s.Region, org.Body).ID))
	watch := map[string]any{"words": []any{}, "accounts": []any{map[string]any{"handle": "andika.saputra"}},
		"names": []any{map[string]any{"name": " Andika  Saputra ", "kind": "candidate"}}}
	plan := map[string]any{"name": "Pilkada Uji", "from": "2026-11-22", "to": "2026-12-31", "node_id": s.Dinas.ID, "watch": watch}
	var made trust.Election
	s.do("POST", "/api/v1/elections", plan, admin).into(t, &made)
	if made.Phase != trust.Running || made.Watch.Names[0].Name != "Andika Saputra" {
		t.Fatalf("%+v", made)
	}
	for _, c := range []struct {
		who  func(*http.Request)
		want bool
	}{{asn, true}, {stranger, false}} {
		if got := s.do("GET", "/api/v1/me", nil, c.who).text; strings.Contains(got, "Pilkada Uji") != c.want {
			t.Errorf("me: %s", got)
		}
	}
	lint := map[string]any{"agency_id": s.Dinas.ID, "captions": []string{"Andika Saputra hadir"}, "official_posts": []string{"https://x.com/andika.saputra/status/1"}}
	if got := s.do("POST", "/api/v1/lint", lint, author).text; strings.Count(got, "election_name") != 1 || strings.Count(got, "election_account") != 1 {
		t.Errorf("lint: %s", got)
	}
	own := func(who func(*http.Request), content any, text string) reply {
		return s.do("POST", fmt.Sprintf("/api/v1/contents/%v/shares", content), map[string]any{"channel": "whatsapp", "text": text}, who)
	}
	if got := own(asn, item.ID, "Pilih Andika Saputra!"); got.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got.text, `"text"`) {
		t.Errorf("own words: %d %s", got.StatusCode, got.text)
	}
	if got := own(asn, item.ID, "Layanannya cepat."); got.StatusCode != http.StatusCreated {
		t.Errorf("neutral words: %d %s", got.StatusCode, got.text)
	}
	if got := own(asn, before.ID, ""); got.StatusCode != http.StatusConflict || !strings.Contains(got.text, "mode pemilu") {
		t.Errorf("what was live before: %d %s", got.StatusCode, got.text)
	}
	edit := func(version int, name string) reply {
		plan["name"], plan["version"] = name, version
		return s.do("PUT", fmt.Sprintf("/api/v1/elections/%d", made.ID), plan, admin)
	}
	if got := edit(1, "Pilkada Uji 2026"); got.StatusCode != http.StatusOK {
		t.Errorf("edit: %s", got.text)
	}
	if got := edit(1, "Basi"); got.StatusCode != http.StatusConflict {
		t.Errorf("stale edit: %d", got.StatusCode)
	}
	end := map[string]any{"version": 2, "reason": "Pemilihan dibatalkan."}
	if got := s.do("POST", fmt.Sprintf("/api/v1/elections/%d/end", made.ID), end, admin); got.StatusCode != http.StatusOK || !strings.Contains(got.text, `"over"`) {
		t.Errorf("end: %d %s", got.StatusCode, got.text)
	}
	if got := own(asn, before.ID, ""); got.StatusCode != http.StatusCreated {
		t.Errorf("after the end: %d %s", got.StatusCode, got.text)
	}
}
