package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
)

// sheets reads a workbook as it was written: numbers and dates raw, not as they are shown.
func sheets(t *testing.T, made report.Report) (*excelize.File, map[string][][]string) {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteXLSX(&out, made); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	all := map[string][][]string{}
	for _, name := range book.GetSheetList() {
		if all[name], err = book.GetRows(name, excelize.Options{RawCellValue: true}); err != nil {
			t.Fatal(err)
		}
	}
	return book, all
}

// past are a row's figures in the days compared with.
func past(p *report.Past) (shares, people any) {
	if p == nil {
		return nil, nil
	}
	return p.Shares, p.PeopleReached
}

// sameInXLSX wants every figure of the JSON in the workbook with the same digits; percentages as fractions.
func sameInXLSX(t *testing.T, where string, made report.Report) {
	t.Helper()
	_, all := sheets(t, made)
	same := func(sheet string, row int, want ...any) {
		t.Helper()
		for i, value := range want {
			text, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			expected := strings.Trim(strings.Replace(string(text), "null", "–", 1), `"`)
			got := ""
			if row < len(all[sheet]) && i+1 < len(all[sheet][row]) {
				got = all[sheet][row][i+1]
			}
			a, errA := strconv.ParseFloat(got, 64)
			b, errB := strconv.ParseFloat(expected, 64)
			if got != expected && (errA != nil || errB != nil || a != b) {
				t.Errorf("%s: %s, row %d, column %d: %q, want %q", where, sheet, row+1, i+2, got, expected)
			}
		}
	}
	for i, m := range made.Metrics {
		percent := func(value *float64) any {
			if value != nil && m.Unit == metric.Percent {
				return *value / 100
			}
			return value
		}
		same("Ringkasan", 10+i, percent(m.Value), percent(m.Previous))
		if got := all["Ringkasan"][10+i][4]; m.Target != nil {
			if text, _ := json.Marshal(percent(&m.Target.Value)); got != string(text) {
				t.Errorf("%s: the target of %s is %q, want %s", where, m.Key, got, text)
			}
		} else if got != "–" {
			t.Errorf("%s: %s has a target of %q", where, m.Key, got)
		}
	}
	for i, d := range made.Days {
		same("Tren harian", 1+i, d.PeopleReached, d.Shares)
	}
	for i, n := range made.Networks {
		shares, people := past(n.Previous)
		same("Jejaring", 1+i, n.PeopleReached, people, n.Shares, shares, n.ProvenShares, n.Grades.A, n.Grades.B, n.Grades.C, n.Grades.D, n.Likes)
	}
	for i, u := range made.Units {
		row := all["Unit"][1+i]
		got := append([]string{""}, row[3:]...)
		all["Unit"][1+i] = got
		shares, people := past(u.Previous)
		grades := []any{nil, nil, nil, nil}
		if u.Grades != nil {
			grades = []any{u.Grades.A, u.Grades.B, u.Grades.C, u.Grades.D}
		}
		same("Unit", 1+i, append([]any{u.Rank, u.Rate, u.Low, u.High, u.Score, u.PeopleReached, people, u.Shares, shares, u.ProvenShares, u.ActiveSharers, u.Eligible}, grades...)...)
	}
	for i, c := range made.Contents {
		row := all["Konten"][1+i]
		all["Konten"][1+i] = row[1:]
		shares, people := past(c.Previous)
		same("Konten", 1+i, c.PeopleReached, people, c.Shares, shares)
	}
	for i, e := range made.Evidence {
		all["Bukti"][1+i] = all["Bukti"][1+i][1:]
		same("Bukti", 1+i, e.Shares, e.Likes)
	}
	if len(all["Unit"]) != 1+len(made.Units) || len(all["Konten"]) != 1+len(made.Contents) || len(all["Definisi"]) < 1+len(made.Metrics) {
		t.Errorf("%s: %d units, %d contents, %d definitions", where, len(all["Unit"]), len(all["Konten"]), len(all["Definisi"]))
	}
}

// A workbook holds dates and numbers, not texts that look like them, and a name that begins like a formula
// is a name.
func TestAWorkbookHasRealTypesAndNoFormulas(t *testing.T) {
	t.Parallel()
	rate, people, rank := 12.5, int64(40), int64(1)
	evil := `=HYPERLINK("https://jahat.example","klik")`
	made := report.Report{
		Agency: report.Node{Name: "+cmd|' /C calc'!A0", Zone: "Asia/Jayapura"}, From: period.DayOf(2026, 11, 1), To: period.DayOf(2026, 11, 2),
		GeneratedAt: time.Date(2026, 11, 2, 23, 30, 0, 0, time.UTC),
		Metrics:     []report.Value{{Metric: metric.Named("share_rate"), Value: &rate}},
		Days:        []report.DayRow{{Day: period.DayOf(2026, 11, 1), PeopleReached: 3}, {Day: period.DayOf(2026, 11, 2), PeopleReached: 4}},
		Units:       []report.Child{{ID: id.Agency(1), Name: evil, Kind: org.Unit, Band: "31-100", PeopleReached: &people, Eligible: &people, Rate: &rate, Rank: &rank}, {ID: 2, Name: "@SUM(A1)"}},
		Contents:    []report.Published{{Title: "-1+1", AgencyName: "\t=1+1"}},
	}
	book, all := sheets(t, made)
	for name, rows := range all {
		for i, row := range rows {
			for j := range row {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, err := book.GetCellFormula(name, at); err != nil || formula != "" {
					t.Errorf("%s %s holds the formula %q: %v", name, at, formula, err)
				}
			}
		}
	}
	for _, c := range []struct {
		sheet, at string
		kind      excelize.CellType
		shown     string
	}{
		{"Ringkasan", "B11", excelize.CellTypeUnset, "12.5%"},
		{"Ringkasan", "B5", excelize.CellTypeUnset, "03/11/2026 08:30"}, // in the agency's own zone
		{"Tren harian", "A2", excelize.CellTypeUnset, "01/11/2026"},
		{"Unit", "A2", excelize.CellTypeSharedString, evil},
		{"Unit", "E2", excelize.CellTypeUnset, "12.5"},
		{"Unit", "E3", excelize.CellTypeSharedString, "–"},
		{"Unit", "C2", excelize.CellTypeSharedString, "31–100"}, // no date
		{"Konten", "A2", excelize.CellTypeSharedString, "-1+1"},
	} {
		kind, err := book.GetCellType(c.sheet, c.at)
		shown, failed := book.GetCellValue(c.sheet, c.at)
		if err != nil || failed != nil || kind != c.kind || shown != c.shown {
			t.Errorf("%s %s: type %v, shows %q; want type %v, %q", c.sheet, c.at, kind, shown, c.kind, c.shown)
		}
	}
}

// Printed, a sheet is one A4 page wide across with letters of about 8 points or more, each page begins with the names of
// its columns, and no text that is longer than its column runs out of it.
func TestAWorkbookPrintsReadably(t *testing.T) {
	t.Parallel()
	const widest = 205 // characters of 11 points that stand beside each other in 277 mm at 8
	made := large(12, 40)
	made.Agency.Name = "Dinas Anu & Itu"
	book, all := sheets(t, made)
	titles := map[string]string{}
	for _, name := range book.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" {
			titles[name.Scope] = name.RefersTo
		}
	}
	for _, name := range book.GetSheetList() {
		layout, err := book.GetPageLayout(name)
		props, failed := book.GetSheetProps(name)
		if err != nil || failed != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 || !*props.FitToPage {
			t.Errorf("%s: %+v %v %v", name, layout, err, failed)
		}
		if footer, err := book.GetHeaderFooter(name); err != nil || !strings.Contains(footer.OddFooter, "Dinas Anu && Itu") {
			t.Errorf("%s: %+v %v", name, footer, err)
		}
		head := 1
		if name == "Ringkasan" {
			head = 10
		}
		if want := fmt.Sprintf("'%s'!$%d:$%d", name, head, head); titles[name] != want {
			t.Errorf("%s repeats %q, want %q", name, titles[name], want)
		}
		var sum float64
		for column := range all[name][head-1] {
			letter, _ := excelize.ColumnNumberToName(column + 1)
			width, err := book.GetColWidth(name, letter)
			if err != nil {
				t.Fatal(err)
			}
			sum += width
			for i, row := range all[name][head:] {
				at := fmt.Sprintf("%s%d", letter, head+1+i)
				if kind, _ := book.GetCellType(name, at); column >= len(row) || kind != excelize.CellTypeSharedString || float64(len([]rune(row[column]))) <= width {
					continue
				}
				style, err := book.GetCellStyle(name, at)
				if err != nil {
					t.Fatal(err)
				}
				height, failed := book.GetRowHeight(name, head+1+i)
				if of, err := book.GetStyle(style); err != nil || failed != nil || !of.Alignment.WrapText || height/15 < float64(len([]rune(row[column])))/width {
					t.Errorf("%s %s runs out of its cell of %v by %v: %q", name, at, width, height, row[column])
				}
			}
		}
		if sum > widest {
			t.Errorf("%s is %v characters wide", name, sum)
		}
	}
}
