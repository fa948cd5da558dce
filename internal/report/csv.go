package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gaung/internal/metric"
)

// byteOrderMark makes Excel read UTF-8.
const byteOrderMark = "\ufeff"

// WriteCSV writes a report with the same figures and the same digits as the API gives.
func WriteCSV(out io.Writer, r Report) error {
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	line := func(cells ...string) {
		for i := range cells {
			cells[i] = Harmless(cells[i])
		}
		for len(cells) < columnsCSV { // most lines have no target
			cells = append(cells, "")
		}
		_ = w.Write(cells) // the writer keeps its first error, which Error gives
	}
	line("bagian", "kunci", "nama", "nilai", "pembanding", "satuan", "bukti", "rumus", "versi", "target")
	line("laporan", "instansi", r.Agency.Name, strconv.FormatInt(int64(r.Agency.ID), 10), "", "", "", "", "")
	line("laporan", "periode", "Periode", r.From.String()+"/"+r.To.String(), r.PreviousFrom.String()+"/"+r.PreviousTo.String(), "", "", "", "")
	line("laporan", "masukan", "SHA-256", r.Inputs, "", "", "", "", "")
	for _, name := range r.origin() {
		line("laporan", name[0], name[1], name[2], "", "", "", "", "")
	}
	for _, m := range r.Metrics {
		line("metrik", m.Key, m.Name, number(m.Value), number(m.Previous), string(m.Unit), m.Evidence, m.Formula, strconv.Itoa(m.Version), targetCSV(m))
	}
	daysCSV(line, r)
	networksCSV(line, r)
	unitsCSV(line, r)
	for _, c := range r.Contents {
		key := strconv.FormatInt(int64(c.ID), 10)
		shares, people := c.Previous.cells()
		line("konten", key, c.Title+": shares", integer(c.Shares), shares, string(metric.Count), everything, "", "")
		line("konten", key, c.Title+": people_reached", integer(c.PeopleReached), people, string(metric.People), "B", "", "")
	}
	w.Flush()
	return w.Error()
}

// origin says which version of a report this is, and by which words of its registry.
func (r Report) origin() [][3]string {
	if r.Closed == nil {
		return [][3]string{{"versi", "Versi", "berjalan: angka saat dihitung, belum ditutup"}}
	}
	return [][3]string{
		{"versi", "Versi", strconv.Itoa(r.Closed.Version)},
		{"ditutup", "Ditutup pada", r.Closed.ClosedAt.UTC().Format(time.RFC3339)},
		{"potret", "SHA-256 potret", r.Closed.Hash},
	}
}

// columnsCSV is how many columns a line has.
const columnsCSV = 10

func targetCSV(m Value) string {
	if m.Target == nil {
		return ""
	}
	return number(&m.Target.Value)
}

// everything is the evidence of a figure that counts all acts.
const everything = "A+B+C+D"

func daysCSV(line func(...string), r Report) {
	for _, d := range r.Days {
		line("hari", d.Day.String(), "people_reached", integer(d.PeopleReached), "", string(metric.People), "B", "", "")
		line("hari", d.Day.String(), "shares", integer(d.Shares), "", string(metric.Count), everything, "", "")
	}
	for _, e := range r.Evidence {
		line("bukti", e.Grade, "shares", integer(e.Shares), "", string(metric.Count), e.Grade, "", "")
		line("bukti", e.Grade, "likes", integer(e.Likes), "", string(metric.Count), e.Grade, "", "")
	}
}

func networksCSV(line func(...string), r Report) {
	for _, n := range r.Networks {
		shares, people := n.Previous.cells()
		line("jejaring", n.Network, n.Name+": shares", integer(n.Shares), shares, string(metric.Count), everything, "", "")
		line("jejaring", n.Network, n.Name+": proven_shares", integer(n.ProvenShares), "", string(metric.Count), "A+B", "", "")
		line("jejaring", n.Network, n.Name+": likes", integer(n.Likes), "", string(metric.Count), everything, "", "")
		line("jejaring", n.Network, n.Name+": people_reached", integer(n.PeopleReached), people, string(metric.People), "B", "", "")
		for _, g := range gradeCells(&n.Grades) {
			line("jejaring", n.Network, n.Name+": shares_"+g[0], g[1], "", string(metric.Count), g[0], "", "")
		}
	}
}

func unitsCSV(line func(...string), r Report) {
	for _, u := range r.Units {
		key := strconv.FormatInt(int64(u.ID), 10)
		shares, people := u.Previous.cells()
		line("unit", key, u.Name+": eligible", number(whole(u.Eligible)), "", string(metric.People), "–", "", "")
		line("unit", key, u.Name+": active_sharers", number(whole(u.ActiveSharers)), "", string(metric.People), everything, "", "")
		line("unit", key, u.Name+": shares", number(whole(u.Shares)), shares, string(metric.Count), everything, "", "")
		line("unit", key, u.Name+": proven_shares", number(whole(u.ProvenShares)), "", string(metric.Count), "A+B", "", "")
		line("unit", key, u.Name+": people_reached", number(whole(u.PeopleReached)), people, string(metric.People), "B", "", "")
		line("unit", key, u.Name+": reach_per_100", number(u.Rate), "", string(metric.Per100), "B", "", "")
		line("unit", key, u.Name+": reach_per_100_low", number(u.Low), "", string(metric.Per100), "B", "", "")
		line("unit", key, u.Name+": reach_per_100_high", number(u.High), "", string(metric.Per100), "B", "", "")
		for _, g := range gradeCells(u.Grades) {
			line("unit", key, u.Name+": shares_"+g[0], g[1], "", string(metric.Count), g[0], "", "")
		}
	}
}

// cells are a row's figures in the days that the report is compared with.
func (p *Past) cells() (shares, people string) {
	if p == nil {
		return hidden, hidden
	}
	return integer(p.Shares), integer(p.PeopleReached)
}

// gradeCells are a row's shares by evidence, each grade with its digits.
func gradeCells(g *Grades) [][2]string {
	if g == nil {
		return [][2]string{{"A", hidden}, {"B", hidden}, {"C", hidden}, {"D", hidden}}
	}
	return [][2]string{{"A", integer(g.A)}, {"B", integer(g.B)}, {"C", integer(g.C)}, {"D", integer(g.D)}}
}

// hidden stands for a figure that is not shown.
const hidden = "–"

func number(value *float64) string {
	if value == nil {
		return hidden
	}
	return strconv.FormatFloat(*value, 'f', -1, 64)
}

func integer(value int64) string { return strconv.FormatInt(value, 10) }

// Harmless keeps a spreadsheet from reading a text as a formula: the signs that begin one, also in their
// full width, behind spaces, and the control characters that a spreadsheet skips.
func Harmless(cell string) string {
	text := strings.TrimLeftFunc(cell, unicode.IsSpace)
	first, _ := utf8.DecodeRuneInString(text)
	if text != "" && strings.ContainsRune("=+-@＝＋－＠", first) || cell != "" && strings.ContainsRune("\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
