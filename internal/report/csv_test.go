package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gaung/internal/report"
)

// sameInCSV wants every figure of the JSON in the CSV with the same digits.
func sameInCSV(t *testing.T, where string, made report.Report) {
	t.Helper()
	rows := readCSV(t, made)
	cell := func(column int, part, key, tail string) string {
		for _, row := range rows {
			if row[0] == part && row[1] == key && strings.HasSuffix(row[2], tail) {
				return row[column]
			}
		}
		return "no such row"
	}
	digits := func(value any) string {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Replace(string(text), "null", "–", 1)
	}
	want := map[[4]string]string{}
	for _, m := range made.Metrics {
		want[[4]string{"metrik", m.Key, m.Name, "3"}], want[[4]string{"metrik", m.Key, m.Name, "4"}] = digits(m.Value), digits(m.Previous)
		want[[4]string{"metrik", m.Key, m.Name, "7"}] = m.Formula
	}
	for _, u := range made.Units {
		key := fmt.Sprint(u.ID)
		for name, value := range map[string]any{"eligible": u.Eligible, "active_sharers": u.ActiveSharers, "shares": u.Shares, "people_reached": u.PeopleReached, "reach_per_100": u.Rate} {
			want[[4]string{"unit", key, ": " + name, "3"}] = digits(value)
		}
		for grade, value := range map[string]func(report.Grades) int64{"A": func(g report.Grades) int64 { return g.A }, "D": func(g report.Grades) int64 { return g.D }} {
			shown := any(nil)
			if u.Grades != nil {
				shown = value(*u.Grades)
			}
			want[[4]string{"unit", key, ": shares_" + grade, "3"}] = digits(shown)
		}
		past := "–"
		if u.Previous != nil {
			past = digits(u.Previous.Shares)
		}
		want[[4]string{"unit", key, ": shares", "4"}] = past
	}
	for _, u := range made.Units {
		key, proven, people := fmt.Sprint(u.ID), any(nil), any(nil)
		if u.Grades != nil {
			proven = u.Grades.A + u.Grades.B
		}
		if u.Previous != nil {
			people = u.Previous.PeopleReached
		}
		for name, value := range map[string]any{"proven_shares": proven, "reach_per_100_low": u.Low, "reach_per_100_high": u.High} {
			want[[4]string{"unit", key, ": " + name, "3"}] = digits(value)
		}
		want[[4]string{"unit", key, ": people_reached", "4"}] = digits(people)
	}
	for _, d := range made.Days {
		want[[4]string{"hari", d.Day.String(), "people_reached", "3"}] = digits(d.PeopleReached)
		want[[4]string{"hari", d.Day.String(), "shares", "3"}] = digits(d.Shares)
	}
	for _, e := range made.Evidence {
		want[[4]string{"bukti", e.Grade, "shares", "3"}], want[[4]string{"bukti", e.Grade, "likes", "3"}] = digits(e.Shares), digits(e.Likes)
	}
	for _, n := range made.Networks {
		shares, people := any(nil), any(nil)
		if n.Previous != nil {
			shares, people = n.Previous.Shares, n.Previous.PeopleReached
		}
		for name, value := range map[string]any{"shares": n.Shares, "proven_shares": n.ProvenShares, "likes": n.Likes, "people_reached": n.PeopleReached,
			"shares_A": n.Grades.A, "shares_B": n.Grades.B, "shares_C": n.Grades.C, "shares_D": n.Grades.D} {
			want[[4]string{"jejaring", n.Network, ": " + name, "3"}] = digits(value)
		}
		want[[4]string{"jejaring", n.Network, ": shares", "4"}], want[[4]string{"jejaring", n.Network, ": people_reached", "4"}] = digits(shares), digits(people)
	}
	for _, c := range made.Contents {
		want[[4]string{"konten", fmt.Sprint(c.ID), ": shares", "3"}] = digits(c.Shares)
		want[[4]string{"konten", fmt.Sprint(c.ID), ": people_reached", "3"}] = digits(c.PeopleReached)
		if c.Previous != nil {
			want[[4]string{"konten", fmt.Sprint(c.ID), ": people_reached", "4"}] = digits(c.Previous.PeopleReached)
		}
	}
	for key, value := range want {
		if got := cell(int(key[3][0]-'0'), key[0], key[1], key[2]); got != value {
			t.Errorf("%s: CSV %v is %s, want %s", where, key, got, value)
		}
	}
	origin := 1
	if made.Closed != nil {
		origin = 3
	}
	if n := 3 + origin + len(made.Metrics) + 2*len(made.Days) + 2*len(made.Evidence) + 8*len(made.Networks) + 12*len(made.Units) + 2*len(made.Contents); len(rows) != n+1 {
		t.Errorf("%s: %d lines, want %d", where, len(rows), n+1)
	}
}

func readCSV(t *testing.T, made report.Report) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteCSV(&out, made); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll() // refuses rows of another length
	if err != nil || !marked {
		t.Fatalf("%v, byte order mark %v:\n%s", err, marked, text)
	}
	return rows
}

// No cell of the CSV is a formula in a spreadsheet, whatever people call things.
func TestCSVHoldsNoFormula(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", `"=1"`, "a,b\r\nc", "Dinas; \"kutip\"", ""} {
		made := report.Report{Agency: report.Node{ID: 1, Name: name}, Units: []report.Child{{ID: 2, Name: name}}, Contents: []report.Published{{ID: 3, Title: name}}}
		for _, row := range readCSV(t, made) {
			for _, cell := range row {
				trimmed := strings.TrimLeft(cell, " ")
				if trimmed != "" && strings.ContainsAny(trimmed[:1], "=+-@\t\r\n") || strings.HasPrefix(trimmed, "＝") {
					t.Errorf("%q becomes %q", name, cell)
				}
			}
		}
	}
}
