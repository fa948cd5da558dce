package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gaung/internal/account"
	"gaung/internal/campaign"
	"gaung/internal/content"
	"gaung/internal/delivery"
	"gaung/internal/directive"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/planner"
	"gaung/internal/privacy"
	"gaung/internal/report"
	"gaung/internal/testdb"
	"gaung/internal/trust"
)

// Somebody who holds every role in one agency gets nothing of another's: not its rows, not its names.
func TestAnotherAgencyGetsNoData(t *testing.T) {
	t.Parallel()
	s := siteOn(t, testdb.Fresh(t))  // of its own: a day is checked once for everybody
	s.server.limiter = newLimiter(0) // one person asks for everything at once
	const secret = "Rahasia Tetangga"
	made, err := s.Content.Create(t.Context(), s.Staff(org.Author), content.Outline{}, content.Text{Title: secret})
	if err != nil {
		t.Fatal(err)
	}
	live := s.Live(secret + " Tayang")
	gone := s.Live(secret + " Ditarik")
	if _, err := s.Content.Recall(t.Context(), s.Staff(org.Publisher), gone.ID, secret, 0); err != nil {
		t.Fatal(err)
	}
	theirs := s.Staff().User
	day := period.DayOf(2026, 11, 20)
	letter, err := s.server.directive.Create(t.Context(), s.Staff(org.Publisher), 0, directive.Letter{Number: "1", Title: secret, Body: secret, Signer: "Kepala", SignedOn: &day})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.server.directive.Issue(t.Context(), s.Staff(org.Publisher), letter.ID, letter.Version); err != nil {
		t.Fatal(err)
	}
	many := int64(100)
	goal, err := s.server.campaign.Create(t.Context(), s.Staff(org.Publisher), 0, campaign.Plan{Name: secret, From: day, To: day, PeopleTarget: &many})
	if err != nil {
		t.Fatal(err)
	}
	off, err := s.server.planner.AddHoliday(t.Context(), s.Staff(org.Admin), planner.Holiday{Day: day, Name: secret, Kind: "local", AgencyID: s.Dinas.ID})
	if err != nil {
		t.Fatal(err)
	}
	vote, err := s.server.trust.Create(t.Context(), s.Staff(org.Admin), s.Dinas.ID, trust.Plan{Name: secret, From: period.DayOf(2027, 1, 1), To: period.DayOf(2027, 1, 2)})
	if err != nil {
		t.Fatal(err)
	}
	profile, err := s.server.account.Create(t.Context(), s.Staff(org.Publisher), s.Dinas.ID, account.Plan{Network: "x", Handle: "rahasia", Kind: account.Personal, Owner: secret})
	if err != nil {
		t.Fatal(err)
	}
	picture := s.asset(secret)
	asked, err := s.server.privacy.SendRequest(t.Context(), s.Staff(), privacy.Inform, secret)
	if err != nil {
		t.Fatal(err)
	}
	lesson, guidance, paper := s.learned(secret)
	shot, plea := s.proofs(live.ID, secret)
	closed, coming := s.closedReport(), s.subscription(secret)
	doubted := s.doubted(live.ID, secret)
	neighbour := s.Agency(s.Region, org.Body)
	var grants []org.Grant
	for _, role := range everyone[1:] {
		grants = append(grants, org.Grant{Role: role, Agency: neighbour.ID})
	}
	// Several such people in turn: one alone would be slowed down before the routes are through.
	var others []func(*http.Request)
	for range 4 {
		others = append(others, s.as(s.Person(neighbour.ID, grants...)))
	}
	other := others[0]
	for i, r := range s.server.routes() {
		other = others[i%len(others)]
		if r.Allow == nil || strings.HasPrefix(r.Path, "/api/v1/auth/") {
			continue
		}
		name := r.Method + " " + r.Path
		targets := []string{fmt.Sprint(made.ID), fmt.Sprint(live.ID)}
		if strings.Contains(r.Path, "agencies") {
			targets = []string{fmt.Sprint(s.Dinas.ID), fmt.Sprint(s.Unit.ID)}
		}
		if strings.Contains(r.Path, "campaigns") {
			targets = []string{fmt.Sprint(goal.ID)}
		}
		if strings.Contains(r.Path, "accounts") {
			targets = []string{fmt.Sprint(profile.ID)}
		}
		if strings.Contains(r.Path, "v1/media") {
			targets = []string{fmt.Sprint(picture.ID)}
		}
		if strings.Contains(r.Path, "modules") {
			targets = []string{fmt.Sprint(lesson.ID)}
		}
		if strings.Contains(r.Path, "guides") {
			targets = []string{fmt.Sprint(guidance.ID)}
		}
		if strings.Contains(r.Path, "certificates") {
			targets = []string{fmt.Sprint(paper)}
		}
		if strings.Contains(r.Path, "elections") {
			targets = []string{fmt.Sprint(vote.ID)}
		}
		if strings.Contains(r.Path, "directives") {
			targets = []string{fmt.Sprint(letter.ID)}
		}
		if strings.Contains(r.Path, "holidays") {
			targets = []string{fmt.Sprint(off.ID)}
		}
		if strings.Contains(r.Path, "proofs/screenshots") {
			targets = []string{fmt.Sprint(shot)}
		}
		if strings.Contains(r.Path, "objections") {
			targets = []string{fmt.Sprint(plea)}
		}
		if strings.Contains(r.Path, "integrity/cases") || strings.Contains(r.Path, "count-cases") {
			targets = []string{fmt.Sprint(doubted)}
		}
		if strings.Contains(r.Path, "withdrawals") {
			targets = []string{fmt.Sprint(gone.ID)}
		}
		if strings.Contains(r.Path, "/requests") {
			targets = []string{fmt.Sprint(asked.ID)}
		}
		if strings.Contains(r.Path, "exports") {
			targets = []string{"1"} // nobody's yet
		}
		if strings.Contains(r.Path, "reports/closed") {
			targets = []string{fmt.Sprint(closed)}
		}
		if strings.Contains(r.Path, "reports/subscriptions") {
			targets = []string{fmt.Sprint(coming)}
		}
		if strings.Contains(r.Path, "people") {
			targets = []string{fmt.Sprint(theirs)}
		}
		for _, id := range targets {
			query := ""
			if r.Method == "DELETE" {
				query = fmt.Sprintf("?role=author&agency=%d", neighbour.ID)
			}
			if r.Method == "GET" {
				query = fmt.Sprintf("?agency=%d&parent=%d&q=tetangga&from=2026-11-01&to=2026-11-30&at=2026-11-23T00:00:00Z", s.Dinas.ID, s.Dinas.ID)
			}
			got := s.do(r.Method, pathTo(r, id)+query, inputs[name], other)
			if strings.Contains(got.text, secret) || strings.Contains(got.text, s.Dinas.Code) {
				t.Errorf("%s shows another agency's data: %s", name, got.text)
			}
			if strings.Contains(r.Path, "seasons/{id}") && got.StatusCode == http.StatusForbidden {
				continue // everybody's, so it is there; and theirs alone who administer the root
			}
			if strings.Contains(r.Path, "{id}") && got.StatusCode != http.StatusNotFound {
				t.Errorf("%s for %s: %d %s", name, id, got.StatusCode, got.text)
			}
		}
	}
	for _, path := range []string{"/api/v1/leaderboards/people", "/api/v1/leaderboards/units", "/api/v1/reports/engagement"} {
		if got := s.do("GET", fmt.Sprintf("%s?agency=%d", path, s.Dinas.ID), nil, other); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.text)
		}
	}
}

// closedReport is a report of the agency that was closed.
func (s *site) closedReport() int64 {
	s.t.Helper()
	for range org.SmallestGroup {
		s.Staff()
	}
	if err := s.User.SnapshotDays(s.t.Context(), period.DayOf(2026, 11, 19), period.DayOf(2026, 11, 20)); err != nil {
		s.t.Fatal(err)
	}
	made, err := s.server.report.Close(s.t.Context(), s.Staff(org.Publisher), report.Query{Agency: s.Dinas.ID, From: "2026-11-01", To: "2026-11-20"})
	if err != nil {
		s.t.Fatal(err)
	}
	return made.ID
}

// subscription is a report of a unit with this name that comes to its leader.
func (s *site) subscription(name string) int64 {
	s.t.Helper()
	admin := org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: s.Dinas.ID}}}
	unit, err := s.Org.Create(s.t.Context(), admin, org.Draft{ParentID: s.Dinas.ID, Kind: org.Unit, Code: s.Dinas.Code + "-L", Name: name})
	if err != nil {
		s.t.Fatal(err)
	}
	own, err := s.server.delivery.Subscribe(s.t.Context(), s.Staff(org.Leader), unit.ID, delivery.ReportWish{Pace: delivery.Weekly, PDF: true})
	if err != nil || len(own.Items) != 1 {
		s.t.Fatalf("%+v %v", own, err)
	}
	return own.Items[0].ID
}
