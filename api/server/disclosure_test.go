package server

import (
	"encoding/csv"
	jsonpkg "encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/disclosure"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/trust"
)

const signer = "Dr. Melati Rahasiawati, Sekretaris Daerah"

// disclosed is a world of two days: on the first five persons share one content and four another, each opened
// once by a citizen; on the second everybody may read of it.
func disclosed(t *testing.T) (s *site, asked map[string]content.Content) {
	var now atomic.Int64
	now.Store(testdb.Now.Add(-24 * time.Hour).UnixNano())
	s = siteOn(t, testdb.Open(t, testdb.FreshURL(t), func() time.Time { return time.Unix(0, now.Load()).UTC() }))
	letter, until := period.DayOf(2026, 11, 20), period.DayOf(2026, 12, 31)
	mandated := testkit.Text("Imunisasi serentak")
	mandated.Kind, mandated.Mandate = "artikel", &trust.Mandate{Number: "800/117/SETDA/2026", Date: &letter, Signer: signer, Basis: "Pergub 5/2026", Until: &until}
	asked = map[string]content.Content{"mandated": s.LiveText(mandated), "voluntary": s.Live("Donor darah"), "recalled": s.Live("=HYPERLINK(1) keliru")}
	if _, err := s.Content.Create(t.Context(), s.Staff(org.Author), content.Outline{Agency: s.Dinas.ID}, testkit.Text("Naskah rahasia")); err != nil {
		t.Fatal(err)
	}
	if err := s.User.SnapshotDays(t.Context(), letter, testday()); err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		as := s.as(s.Staff())
		for of, most := range map[string]int{"mandated": 5, "voluntary": 4} {
			if n >= most {
				continue
			}
			shared, got := s.shareAs(as, asked[of], "whatsapp")
			if got.StatusCode != http.StatusCreated {
				t.Fatal(got.text)
			}
			s.do("GET", linkPath(shared), nil, from(fmt.Sprintf("203.0.113.%d", 10+n), phone))
		}
	}
	if _, err := s.Content.Recall(t.Context(), s.Staff(org.Publisher), asked["recalled"].ID, "Tanggal keliru.", 0); err != nil {
		t.Fatal(err)
	}
	now.Store(testdb.Now.UnixNano())
	return s, asked
}

// Everybody may read what was asked, of whom and why, in four forms that say the same; who did, signed or wrote it
// stands in none.
func TestEverybodyReadsWhatWasAskedAndOfNobody(t *testing.T) {
	t.Parallel()
	s, asked := disclosed(t)
	site, list := s.do("GET", "/keterbukaan", nil), s.do("GET", "/api/v1/disclosure", nil)
	file, months := s.do("GET", "/keterbukaan/permintaan.csv", nil), s.do("GET", "/keterbukaan/jumlah.csv", nil)
	var entries page.Page[disclosure.Entry]
	list.into(t, &entries)
	by := map[string]disclosure.Entry{}
	for _, e := range entries.Items {
		by[e.Slug] = e
	}
	mandated, voluntary, recalled := by[asked["mandated"].Slug], by[asked["voluntary"].Slug], by[asked["recalled"].Slug]
	switch {
	case len(entries.Items) != 3:
		t.Errorf("%d entries: %s", len(entries.Items), list.text)
	case mandated.MandateNumber != "800/117/SETDA/2026" || mandated.MandateBasis != "Pergub 5/2026" || mandated.MandateUntil == nil || mandated.PeopleReached == nil || *mandated.PeopleReached != 5:
		t.Errorf("mandated: %+v", mandated)
	case voluntary.Mandated() || voluntary.PeopleReached != nil || !slices.Equal(voluntary.LikedOn, []string{"instagram"}) || !slices.Equal(voluntary.Audience, []string{s.Dinas.Name}):
		t.Errorf("voluntary, of four sharers: %+v", voluntary)
	case recalled.State != "recalled" || recalled.RecallReason != "Tanggal keliru." || recalled.RecalledAt == nil:
		t.Errorf("recalled: %+v", recalled)
	}
	persons, err := db.All[struct{ Name, Email string }](t.Context(), s.DB, `SELECT name, email FROM app_user`)
	if err != nil || len(persons) < 10 {
		t.Fatal(len(persons), err)
	}
	for name, got := range map[string]reply{"page": site, "API": list, "list": file, "sums": months} {
		if got.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.text)
		}
		for _, secret := range []string{"Rahasiawati", "Naskah rahasia"} {
			if strings.Contains(got.text, secret) {
				t.Errorf("%s tells of %s", name, secret)
			}
		}
		for _, person := range persons {
			if strings.Contains(got.text, person.Email) || strings.Contains(got.text, ">"+person.Name+"<") || strings.Contains(got.text, person.Name+",") || strings.Contains(got.text, `"`+person.Name+`"`) {
				t.Errorf("%s names %s", name, person.Name)
			}
		}
	}
	for _, want := range []string{"Imunisasi serentak", "800/117/SETDA/2026", "Donor darah", "Tanggal keliru.", s.Dinas.Name, "Sukarela"} {
		if !strings.Contains(site.text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	lines, err := csv.NewReader(strings.NewReader(file.text)).ReadAll()
	if err != nil || len(lines) != 4 {
		t.Fatalf("%v: %s", err, file.text)
	}
	for at, e := range entries.Items { // the file is the list
		if lines[at+1][1] != e.Slug || strings.TrimPrefix(lines[at+1][2], "'") != e.Title || lines[at+1][11] != e.MandateNumber {
			t.Errorf("line %d: %v, want %+v", at+1, lines[at+1], e)
		}
	}
	if !strings.Contains(file.text, ",'=HYPERLINK(1) keliru,") {
		t.Errorf("a spreadsheet would run it: %s", file.text)
	}
	described := s.do("GET", "/keterbukaan/datapackage.json", nil)
	var about disclosure.Package
	described.into(t, &about)
	for i, text := range []string{file.text, months.text} {
		var columns []string
		for _, field := range about.Resources[i].Schema.Fields {
			columns = append(columns, field.Name)
		}
		if head, _, _ := strings.Cut(text, "\n"); head != strings.Join(columns, ",") {
			t.Errorf("described as %v, is %s", columns, head)
		}
	}
}

// The sums of a month are those that the office's own leader reads, up to the end of yesterday.
func TestPublicSumsAreTheReports(t *testing.T) {
	t.Parallel()
	s, _ := disclosed(t)
	got := s.do("GET", fmt.Sprintf("/api/v1/disclosure/sums?office=%d", s.Dinas.ID), nil)
	var sums disclosure.Sums
	got.into(t, &sums)
	var made report.Report
	s.do("GET", "/api/v1/reports/engagement?from=2026-11-01&to=2026-11-21", nil, s.as(s.Staff(org.Leader))).into(t, &made)
	if len(sums.Months) != 1 || sums.Months[0].Month != "2026-11" || sums.Months[0].Complete {
		t.Fatalf("%+v", sums.Months)
	}
	month := sums.Months[0]
	if month.Asked != 3 || month.Mandated != 1 || month.Recalled != 1 {
		t.Errorf("asked: %+v", month)
	}
	for _, m := range made.Metrics {
		if public, shown := map[string]*float64{"eligible": month.Eligible, "active_sharers": month.ActiveSharers, "share_rate": month.ShareRate, "shares": month.Shares,
			"proven_shares": month.ProvenShares, "people_reached": month.PeopleReached}[m.Key]; shown && (public == nil || m.Value == nil || *public != *m.Value) {
			t.Errorf("%s: public %v, the leader's %v", m.Key, public, m.Value)
		}
	}
	if month.PeopleReached == nil || *month.PeopleReached != 9 {
		t.Errorf("reached: %+v", month)
	}
	if unit := s.do("GET", fmt.Sprintf("/api/v1/disclosure/sums?office=%d", s.Unit.ID), nil); unit.StatusCode != http.StatusNotFound {
		t.Errorf("a unit's own sums: %d", unit.StatusCode)
	}
}

// The list is walked by pages and narrowed; what an address cannot mean says so above the whole list.
func TestTheRegisterIsWalkedAndNarrowed(t *testing.T) {
	t.Parallel()
	s, asked := disclosed(t)
	seen, after := []string{}, ""
	for {
		var part page.Page[disclosure.Entry]
		s.do("GET", "/api/v1/disclosure?limit=1&after="+after, nil).into(t, &part)
		for _, e := range part.Items {
			seen = append(seen, e.Slug)
		}
		if after = part.Next; after == "" {
			break
		}
	}
	if slices.Sort(seen); len(slices.Compact(seen)) != 3 {
		t.Errorf("walked: %v", seen)
	}
	for query, want := range map[string]int{"mandated=true": 1, "kind=artikel": 1, "month=2026-11": 3, "month=2026-10": 0,
		fmt.Sprintf("office=%d", s.Region.ID): 3, fmt.Sprintf("office=%d", s.Unit.ID): 0} {
		var part page.Page[disclosure.Entry]
		s.do("GET", "/api/v1/disclosure?"+query, nil).into(t, &part)
		if len(part.Items) != want {
			t.Errorf("%s: %d, want %d", query, len(part.Items), want)
		}
	}
	for path, want := range map[string]int{"/keterbukaan?bulan=2026-13": 422, "/keterbukaan?sesudah=x": 422, "/keterbukaan?instansi=abc&jenis=tidakada": 200,
		"/keterbukaan?instansi=999999": 404, "/keterbukaan?mandat=1&jenis=artikel": 200} {
		got := s.do("GET", path, nil)
		if got.StatusCode != want || !strings.Contains(got.text, "Imunisasi serentak") {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.text)
		}
	}
	if only := s.do("GET", "/keterbukaan?mandat=1", nil); strings.Contains(only.text, asked["voluntary"].Title) {
		t.Error("what was voluntary stands among the mandates")
	}
	var problem map[string]any
	if err := jsonpkg.Unmarshal([]byte(s.do("GET", "/api/v1/disclosure?month=x", nil).text), &problem); err != nil || problem["code"] != "invalid" {
		t.Errorf("%v %v", problem, err)
	}
}
