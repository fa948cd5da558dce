package report_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"gaung/internal/click"
	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
)

// Nobody gets at a group under five by taking what is shown from the whole: not in the table, not by
// asking for the groups one by one, not in the CSV or the message. Each wish is the sizes of an agency's
// units; the first number is who works in none of them.
func TestASmallGroupIsNotWhatIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	random := rand.New(rand.NewPCG(5, 9))
	for n, sizes := range [][]int{{0, 4, 9, 12}, {0, 2, 2, 9}, {1, 7, 8}, {0, 1, 1, 1, 1, 6}, {6, 3, 9}, {0, 3, 5}, {0, 6, 7}} {
		body := w.Agency(w.Region, org.Body)
		size := map[id.Agency]int{}
		for i, people := range sizes {
			node := body.ID
			if i > 0 {
				node = w.Agency(body, org.Unit).ID
			}
			size[node] = people
			for range people {
				actor := w.Person(node)
				w.shareOn(actor, w.live[0], "copy")
				if random.IntN(2) == 0 {
					w.open(actor, w.live[0], click.Copy, random.IntN(9), phone)
				}
			}
		}
		if err := w.User.SnapshotDays(t.Context(), period.DayOf(2026, 11, 1), period.DayOf(2026, 11, 22)); err != nil {
			t.Fatal(err)
		}
		made := w.read(body.ID, "", "")
		left, hidden := size[body.ID], 0
		if left > 0 {
			hidden++
		}
		for _, u := range made.Units {
			own := w.read(u.ID, "", "")
			if shown := len(own.Days) > 0; shown != (u.Shares != nil) {
				t.Errorf("case %d: unit of %d: shown by itself %v, in the table %v", n, size[u.ID], shown, u.Shares != nil)
			}
			if u.Shares == nil {
				left, hidden = left+size[u.ID], hidden+1
				if u.Band != "" || u.Grades != nil || u.Previous != nil || u.ProvenShares != nil || u.Rate != nil {
					t.Errorf("case %d: a hidden unit tells %+v", n, u)
				}
				for _, row := range readCSV(t, made) {
					if row[0] == "unit" && row[1] == fmt.Sprint(u.ID) && (row[3] != "–" || strings.Trim(row[4], "–") != "") {
						t.Errorf("case %d: the CSV tells %v", n, row)
					}
				}
				if strings.Contains(report.Compose(made, "", "").Text, u.Name) {
					t.Errorf("case %d: the message names a hidden unit", n)
				}
			}
		}
		if hidden > 0 && (left < 5 || hidden == 1 && left != size[body.ID]) {
			t.Errorf("case %d %v: what is left are %d people in %d groups", n, sizes, left, hidden)
		}
		if n == 6 && hidden > 0 {
			t.Errorf("case %d: nothing had to be hidden", n)
		}
	}
}

// The head of a unit that is withheld for its neighbour reads it all the same: they do not see the whole.
func TestAWithheldUnitReadsItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	head := w.Person(w.beside.ID, org.Grant{Role: org.Leader, Agency: w.beside.ID})
	made, err := w.report.Engagement(t.Context(), head, report.Query{Agency: w.beside.ID})
	if err != nil || len(made.Days) == 0 {
		t.Errorf("%+v %v", made, err)
	}
}

func TestComparisons(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, actor := range w.people {
		w.shareOn(actor, w.live[0], "copy")
	}
	for _, c := range []struct{ from, to, want string }{
		{"2026-11-01", "2026-11-22", "2025-11-01/2025-11-22"},
		{"2024-02-29", "2024-02-29", "2023-02-28/2023-02-28"},
		{"2025-12-31", "2026-01-01", "2024-12-31/2025-01-01"},
	} {
		made, err := w.report.Engagement(t.Context(), w.leader, report.Query{Agency: w.Region.ID, From: c.from, To: c.to, Compare: report.YearBefore})
		if got := fmt.Sprintf("%s/%s", made.PreviousFrom, made.PreviousTo); err != nil || got != c.want {
			t.Errorf("%s: %s, want %s, %v", c.from, got, c.want, err)
		}
		for _, m := range made.Metrics {
			if m.Previous != nil {
				t.Errorf("a year ago there was nobody, and %s was %v", m.Key, *m.Previous)
			}
		}
	}
	if _, err := w.report.Engagement(t.Context(), w.leader, report.Query{Agency: w.Region.ID, Compare: "besok"}); err == nil {
		t.Error("compared with besok")
	}
	// There was a year ago: somebody is counted there and shared.
	if err := w.User.SnapshotDays(t.Context(), period.DayOf(2026, 1, 2), period.DayOf(2026, 1, 3)); err != nil {
		t.Fatal(err)
	}
	made, err := w.report.Engagement(t.Context(), w.leader, report.Query{Agency: w.Region.ID, From: "2027-01-02", To: "2027-01-03", Compare: report.YearBefore})
	if err != nil || made.Metrics[0].Previous == nil {
		t.Errorf("%+v %v", made.Metrics[0], err)
	}
	for _, u := range w.read(w.Region.ID, "2026-11-22", "2026-11-22").Units {
		if u.Previous == nil || u.Previous.Shares != 0 || !u.Previous.SmallBase {
			t.Errorf("%s: %+v", u.Name, u.Previous)
		}
	}
}

// Whatever things are called and however large the figures are, a message is under the limit.
func TestMessageIsUnderTheLimit(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 1))
	letters := []rune("aWé界🎉_*~`\n ")
	text := func(n int) string {
		runes := make([]rune, n)
		for i := range runes {
			runes[i] = letters[random.IntN(len(letters))]
		}
		return string(runes)
	}
	for range 200 {
		huge, rate := int64(1e15), 1e9+0.1
		r := report.Report{Agency: report.Node{ID: 1 << 30, Name: text(200), Zone: "Asia/Makassar"}, Compare: report.YearBefore}
		for _, m := range metric.In(metric.Report) {
			value, before := random.Float64()*1e15, float64(random.IntN(29)+1)
			r.Metrics = append(r.Metrics, report.Value{Metric: m, Value: &value, Previous: &before, SmallBase: true})
		}
		for i := range 100 {
			r.Units = append(r.Units, report.Child{ID: id.Agency(i), Name: text(200), Band: "101-300", Rate: &rate, PeopleReached: &huge})
			r.Contents = append(r.Contents, report.Published{Title: text(200), PeopleReached: huge})
		}
		for _, grade := range []string{"A", "B", "C", "D"} {
			r.Evidence = append(r.Evidence, report.GradeRow{Grade: grade, Shares: huge})
		}
		made := report.Compose(r, strings.Repeat("🎉", org.MaxOpening), "https://"+strings.Repeat("a", 200)+".example")
		if n := len(utf16.Encode([]rune(made.Text))); n != made.Characters || n >= report.MaxWhatsApp {
			t.Fatalf("%d characters, said %d:\n%s", n, made.Characters, made.Text)
		}
		for _, line := range strings.Split(made.Text, "\n") {
			if strings.Count(line, "*")%2 == 1 {
				t.Fatalf("a name styles the text: %s", line)
			}
		}
	}
}

func TestMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.happen(2)
	admin := org.Actor{User: 1, Grants: []org.Grant{{Role: org.Admin, Agency: w.Region.ID}}}
	q := report.Query{Agency: w.Region.ID, From: "2026-11-19", To: "2026-11-22"}
	usual, err := w.report.WhatsApp(t.Context(), w.leader, q, "https://gaung.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Yth. Bapak/Ibu Pimpinan Provinsi Uji, izin melaporkan", "Periode 19–22 November 2026 (WITA)\nPembanding: 15–18 November 2026", "naik dari 0", "https://gaung.example/laporan/?agency="} {
		if !strings.Contains(usual.Text, part) {
			t.Errorf("%q is not in\n%s", part, usual.Text)
		}
	}
	if err := w.Org.SetReportOpening(t.Context(), admin, w.Region.ID, "  Yth. Bapak Gubernur,\n izin melaporkan. "); err != nil {
		t.Fatal(err)
	}
	own, err := w.report.WhatsApp(t.Context(), w.leader, q, "https://gaung.example")
	if err != nil || !bytes.HasPrefix([]byte(own.Text), []byte("Yth. Bapak Gubernur, izin melaporkan.\n\n*Provinsi Uji*")) {
		t.Errorf("%v\n%s", err, own.Text)
	}
	if err := w.Org.SetReportOpening(t.Context(), admin, w.Region.ID, strings.Repeat("x", 301)); err == nil {
		t.Error("an opening of 301 characters was kept")
	}
	if err := w.Org.SetReportOpening(t.Context(), org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: w.east.ID}}}, w.Region.ID, "x"); err == nil {
		t.Error("the administrator of one agency set the opening of the region")
	}
}
