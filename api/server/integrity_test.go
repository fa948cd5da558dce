package server

import (
	jsonpkg "encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/integrity"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/testdb"
)

const (
	readersADay  = 12
	scriptedADay = 40
)

// scripted lets people and a clock-like machine open somebody's link on days that are over, as many days ago as said, and
// the night's check look at them.
func (s *site) scripted(content id.Content, of org.Actor, daysAgo ...int) {
	s.t.Helper()
	var visits []click.Past
	open := func(at time.Time, address [4]byte, agent string) {
		visits = append(visits, click.Past{Link: click.Link{Content: content, User: of.User, Channel: click.WhatsApp}, At: at, UserAgent: agent, Address: netip.AddrFrom4(address)})
	}
	for _, ago := range daysAgo {
		at := testdb.Now.Add(-time.Duration(24*ago)*time.Hour + 2*time.Hour)
		for i := range readersADay {
			at = at.Add(time.Duration(1+i*i) * 30 * time.Second)
			open(at, [4]byte{114, byte(120 + i), 1, 7}, "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36")
		}
		for i := range scriptedADay {
			at = at.Add(time.Minute)
			open(at, [4]byte{5, 6, 7, byte(of.User)}, fmt.Sprintf("Mozilla/5.0 (Linux; Android 12; SM-A%dF) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/106.0.5249.126 Mobile Safari/537.36", 100+i))
		}
	}
	if err := s.server.click.VisitAll(s.t.Context(), visits); err != nil {
		s.t.Fatal(err)
	}
}

// doubted is a case of somebody in the agency, with their objection.
func (s *site) doubted(content id.Content, words string) int64 {
	s.t.Helper()
	person := s.Staff()
	s.scripted(content, person, 1)
	s.checked()
	mine, err := s.server.integrity.Mine(s.t.Context(), person, page.Ask{})
	if err != nil || len(mine.Items) != 1 {
		s.t.Fatalf("%+v %v", mine, err)
	}
	if err := s.server.integrity.Object(s.t.Context(), person, mine.Items[0].ID, words); err != nil {
		s.t.Fatal(err)
	}
	return mine.Items[0].ID
}

func (s *site) checked() {
	s.t.Helper()
	if err := s.server.integrity.Check(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	s.hearReach()
}

// hearReach does the jobs that tell people of their count; each twice, as a job runs at least once.
func (s *site) hearReach() {
	s.t.Helper()
	rows, err := db.All[struct{ Args string }](s.t.Context(), s.DB, `SELECT args::text AS args FROM river.river_job WHERE kind = 'integrity_news' ORDER BY id`)
	for _, row := range append(rows, rows...) {
		var news integrity.NewsJob
		if err == nil {
			err = jsonpkg.Unmarshal([]byte(row.Args), &news)
		}
		if err == nil {
			err = s.server.notice.HearReach(s.t.Context(), news)
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// told are the kinds of what somebody is told, the newest first.
func (s *site) told(who func(*http.Request)) (kinds string) {
	s.t.Helper()
	var list struct{ Items []struct{ Kind string } }
	s.do("GET", "/api/v1/notices?part=feed", nil, who).into(s.t, &list)
	for _, one := range list.Items {
		kinds += one.Kind + " "
	}
	return strings.TrimSpace(kinds)
}

func (s *site) cases(path string, who func(*http.Request)) (list page.Page[integrity.DeskCountCase]) {
	s.t.Helper()
	s.do("GET", path, nil, who).into(s.t, &list)
	return list
}

func (s *site) reached(who func(*http.Request)) (people int) {
	s.t.Helper()
	var impact struct{ Ever int }
	s.do("GET", "/api/v1/me/impact?span=all", nil, who).into(s.t, &impact)
	return impact.Ever
}

func (s *site) answers(want int, method, path string, input any, who func(*http.Request)) {
	s.t.Helper()
	if got := s.do(method, path, input, who); got.StatusCode != want {
		s.t.Errorf("%s %s: %d %s, want %d", method, path, got.StatusCode, got.text, want)
	}
}

// A person whose count was cut is told so, and nobody else; reads why, page by page; objects once, with a time by which an
// answer is due; reads the answer, and sees restored reach again.
func TestAPersonIsToldWhatWasTakenAndObjects(t *testing.T) {
	t.Parallel()
	s := siteOn(t, testdb.Fresh(t))
	s.server.limiter = newLimiter(0)
	live := s.Live("Jadwal posyandu")
	person, colleague := s.Staff(), s.Staff()
	auditor := s.Person(s.Agency(s.Dinas, org.Unit).ID, org.Grant{Role: org.Auditor, Agency: s.Region.ID})
	me, other, officer := s.as(person), s.as(colleague), s.as(auditor)
	s.scripted(live.ID, person, 1, 2)
	const all, honest = 2 * (readersADay + scriptedADay), 2 * readersADay
	if n := s.reached(me); n != all {
		t.Fatalf("before the night: %d", n)
	}
	s.checked()
	if n := s.reached(me); n != honest {
		t.Errorf("after it: %d", n)
	}
	if got := s.told(me); got != "reach_taken reach_taken" {
		t.Errorf("told: %q, want once a day that was checked", got)
	}
	for name, who := range map[string]func(*http.Request){"a colleague": other, "an officer": officer} {
		if got, own := s.told(who), s.cases("/api/v1/me/count-cases", who); got != "" || len(own.Items) != 0 {
			t.Errorf("%s: %q, %+v", name, got, own)
		}
	}

	first := s.cases("/api/v1/me/count-cases?limit=1", me)
	if len(first.Items) != 1 || first.Next == "" {
		t.Fatalf("%+v", first)
	}
	second := s.cases("/api/v1/me/count-cases?limit=1&after="+first.Next, me)
	if len(second.Items) != 1 || second.Next != "" || second.Items[0].Day == first.Items[0].Day {
		t.Fatalf("%+v", second)
	}
	for _, one := range []integrity.DeskCountCase{first.Items[0], second.Items[0]} {
		if one.People != scriptedADay || one.Reason != "regular" || one.State != "open" || !one.MayObject || one.DueAt != nil {
			t.Errorf("%+v", one)
		}
	}
	number := first.Items[0].ID
	objection, desk := fmt.Sprintf("/api/v1/me/count-cases/%d/objection", number), fmt.Sprintf("/api/v1/integrity/cases/%d", number)
	words := map[string]any{"words": "Itu murid saya di laboratorium."}
	s.answers(422, "POST", objection, map[string]any{"words": "  "}, me)
	s.answers(404, "POST", objection, words, other)
	s.answers(200, "POST", objection, words, me)
	s.answers(409, "POST", objection, words, me)
	// Sunday: three working days end on Wednesday at 16.00 WITA.
	due := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	if mine := s.cases("/api/v1/me/count-cases", me); mine.Items[0].State != "objected" || mine.Items[0].DueAt == nil || !mine.Items[0].DueAt.Equal(due) || mine.Items[0].MayObject {
		t.Errorf("%+v", mine.Items[0])
	}

	seen := s.do("GET", desk, nil, officer)
	who, err := s.User.Me(t.Context(), person)
	if err != nil || seen.StatusCode != 200 || !strings.Contains(seen.text, "murid") || strings.Contains(seen.text, who.Name) || strings.Contains(seen.text, who.Email) {
		t.Errorf("at the desk: %d %s %v", seen.StatusCode, seen.text, err)
	}
	s.answers(200, "POST", desk+"/restore", map[string]any{"answer": "Kelas itu memang membaca bersama."}, officer)
	s.answers(200, "POST", fmt.Sprintf("/api/v1/integrity/cases/%d/keep", second.Items[0].ID), map[string]any{"answer": "Tepat satu menit sekali."}, officer)
	s.hearReach()
	if n := s.reached(me); n != honest+scriptedADay {
		t.Errorf("one of two restored: %d", n)
	}
	mine := s.cases("/api/v1/me/count-cases", me)
	if one := mine.Items[0]; one.State != "restored" || one.Answer != "Kelas itu memang membaca bersama." || one.MayObject || one.People != scriptedADay {
		t.Errorf("restored: %+v", one)
	}
	if one := mine.Items[1]; one.State != "kept" || one.Answer != "Tepat satu menit sekali." || !one.MayObject {
		t.Errorf("kept before an objection: %+v", one)
	}
	if got := s.told(me); got != "reach_kept reach_restored reach_taken reach_taken" {
		t.Errorf("told: %q", got)
	}
	if got := s.told(other) + s.told(officer); got != "" {
		t.Errorf("others are told: %q", got)
	}
}
