package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
)

// unitWords are the units of metrics in words.
var unitWords = map[metric.Unit]string{metric.People: "orang", metric.Count: "kali", metric.Percent: "persen", metric.Per100: "per 100 ASN", metric.Ratio: "rasio", metric.Index: "indeks 0–1", metric.Minutes: "menit"}

var kindWords = map[org.Kind]string{org.Ministry: "Kementerian/lembaga", org.Region: "Daerah", org.Body: "Instansi", org.Unit: "Unit kerja"}

// firstMetric is the row of the heading above the metrics: the report's name and days stand over it.
const firstMetric = 10

func (b *workbook) summary(r Report) {
	const name = "Ringkasan"
	rows := [][]any{}
	for _, m := range r.Metrics {
		rows = append(rows, []any{m.Name, m.cell(m.Value), m.cell(m.Previous), m.difference(), m.cell(m.aimed()), unitWords[m.Unit], m.Evidence, m.caution()})
	}
	b.sheet(name, firstMetric, []column{{"Metrik", 40, asWrapped}, {"Nilai", 18, asWhole}, {"Pembanding", 14, asWhole}, {"Selisih", 14, asWhole}, {"Target", 14, asWhole},
		{"Satuan", 12, asText}, {"Bukti", 10, asText}, {"Catatan", 44, asWrapped}}, rows)
	for i, m := range r.Metrics {
		for column := 2; column <= 5; column++ {
			at, err := excelize.CoordinatesToCellName(column, firstMetric+1+i)
			b.note(err)
			b.note(b.SetCellStyle(name, at, at, b.style(formatOf(m.Unit))))
		}
	}
	zone := period.MustZone(r.Agency.Zone)
	made := r.GeneratedAt.In(zone)
	b.cell(name, 1, 1, "Laporan keterlibatan ASN: "+r.Agency.Name, asTitle)
	b.note(b.SetRowHeight(name, 1, 1.6*lineHeight))
	for i, line := range [][2]any{
		{"Yang terjadi", r.Story.ID},
		{"Periode (" + period.Label(r.Agency.Zone) + ")", dates(r.From, r.To)},
		{"Pembanding", dates(r.PreviousFrom, r.PreviousTo)},
		{"Dihitung pada (" + period.Label(r.Agency.Zone) + ")", time.Date(made.Year(), made.Month(), made.Day(), made.Hour(), made.Minute(), 0, 0, time.UTC)},
		{"Sidik data masukan (SHA-256)", r.Inputs},
		{"Versi", r.versionLine()},
		{"Angka antarjejaring tidak dijumlahkan", "Tanda – berarti tidak ditampilkan: kelompok di bawah 5 orang, atau yang membukanya."},
	} {
		b.cell(name, 1, 2+i, line[0], asNote)
		switch said := line[1].(type) {
		case string:
			b.across(name, 2+i, 2, 8, 118, said)
		default:
			b.cell(name, 2, 2+i, said, asMoment)
		}
	}
}

// versionLine says which version it is, in one line.
func (r Report) versionLine() string {
	if r.Closed == nil {
		return "Berjalan: angka saat dihitung, belum ditutup"
	}
	return r.versionName() + ", sidik potret " + r.Closed.Hash
}

// versionName says which version of a closed report it is, and since when.
func (r Report) versionName() string {
	made := r.Closed.ClosedAt.In(period.MustZone(r.Agency.Zone))
	day := period.LocalDay(r.Closed.ClosedAt, made.Location())
	return fmt.Sprintf("Versi %d, ditutup %s pukul %s %s", r.Closed.Version, dates(day, day), made.Format("15.04"), period.Label(r.Agency.Zone))
}

// cell is a value as a cell holds it.
func (v Value) cell(value *float64) *float64 {
	if value == nil || v.Unit != metric.Percent {
		return value
	}
	fraction := *value / 100
	return &fraction
}

func (v Value) difference() *float64 {
	if v.Value == nil || v.Previous == nil {
		return nil
	}
	difference := *v.Value - *v.Previous
	return v.cell(&difference)
}

func (v Value) caution() string {
	if !v.SmallBase {
		return ""
	}
	said := v.change()
	return strings.ToUpper(said[:1]) + said[1:] + "."
}

func formatOf(unit metric.Unit) string {
	switch unit {
	case metric.Percent:
		return asPercent
	case metric.Per100, metric.Ratio:
		return asTenth
	case metric.Index:
		return asHundred
	}
	return asWhole
}

func (b *workbook) days(r Report) {
	const name = "Tren harian"
	rows := [][]any{}
	for _, d := range r.Days {
		rows = append(rows, []any{dayCell(d.Day), d.PeopleReached, d.Shares})
	}
	b.sheet(name, 1, []column{{"Tanggal", 14, asDay}, {"Orang terjangkau", 18, asWhole}, {"Pembagian tercatat", 18, asWhole}}, rows)
	if len(rows) < 2 {
		return
	}
	last := len(rows) + 1
	span := func(column string) string { return fmt.Sprintf("'%s'!$%s$2:$%s$%d", name, column, column, last) }
	b.note(b.AddChart(name, "E2", &excelize.Chart{
		Type:      excelize.Line,
		Series:    []excelize.ChartSeries{{Name: fmt.Sprintf("'%s'!$B$1", name), Categories: span("A"), Values: span("B"), Marker: excelize.ChartMarker{Symbol: "none"}}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: "Orang terjangkau per hari"}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		XAxis:     excelize.ChartAxis{NumFmt: excelize.ChartNumFmt{CustomNumFmt: "dd/mm"}},
		YAxis:     excelize.ChartAxis{Minimum: new(float64), MajorGridLines: true},
		Dimension: excelize.ChartDimension{Width: 720, Height: 320},
	}))
}

func (b *workbook) evidence(r Report) {
	words := map[string]string{"A": "Terverifikasi: dibuktikan jejaring", "B": "Terukur: tautannya dibuka orang lain", "C": "Indikasi", "D": "Dilaporkan sendiri"}
	rows := [][]any{}
	for _, e := range r.Evidence {
		rows = append(rows, []any{e.Grade, words[e.Grade], e.Shares, e.Likes})
	}
	b.sheet("Bukti", 1, []column{{"Bukti", 8, asText}, {"Arti", 40, asWrapped}, {"Pembagian tercatat", 18, asWhole}, {"Suka tercatat", 18, asWhole}}, rows)
}

func (b *workbook) networks(r Report) {
	rows := [][]any{}
	for _, n := range r.Networks {
		shares, people := n.Previous.figures()
		rows = append(rows, []any{n.Name, n.PeopleReached, people, n.Shares, shares, n.ProvenShares, n.Grades.A, n.Grades.B, n.Grades.C, n.Grades.D, n.Likes})
	}
	b.sheet("Jejaring", 1, append([]column{{"Jejaring (tidak dijumlahkan)", 30, asWrapped}, {"Orang terjangkau", 14, asWhole}, {"Pembanding", 14, asWhole},
		{"Pembagian tercatat", 14, asWhole}, {"Pembanding", 14, asWhole}, {"Pembagian terbukti", 14, asWhole}}, append(gradeColumns(), column{"Suka tercatat", 12, asWhole})...), rows)
}

func gradeColumns() []column {
	return []column{{"Bukti A", 7.5, asWhole}, {"Bukti B", 7.5, asWhole}, {"Bukti C", 7.5, asWhole}, {"Bukti D", 7.5, asWhole}}
}

// figures are a row's sums in the days that the report is compared with.
func (p *Past) figures() (shares, people *int64) {
	if p == nil {
		return nil, nil
	}
	return &p.Shares, &p.PeopleReached
}

func (b *workbook) units(r Report) {
	rows := [][]any{}
	for _, u := range r.Units {
		shares, people := u.Previous.figures()
		row := []any{u.Name, kindWords[u.Kind], strings.ReplaceAll(u.Band, "-", "–"), u.Rank, u.Rate, u.Low, u.High, u.Score, u.PeopleReached, people, u.Shares, shares,
			u.ProvenShares, u.ActiveSharers, u.Eligible}
		if u.Grades == nil {
			row = append(row, nil, nil, nil, nil)
		} else {
			row = append(row, u.Grades.A, u.Grades.B, u.Grades.C, u.Grades.D)
		}
		rows = append(rows, row)
	}
	b.sheet("Unit", 1, append([]column{{"Unit", 33, asWrapped}, {"Jenis", 12, asWrapped}, {"Liga (ASN)", 9, asText}, {"Urutan di liga (10 teratas)", 9, asWhole},
		{"Terjangkau per 100 ASN", 11.5, asTenth}, {"Batas bawah 95%", 8.5, asTenth}, {"Batas atas 95%", 8.5, asTenth}, {"Nilai liga", 8.5, asTenth},
		{"Orang terjangkau", 11.5, asWhole}, {"Pembanding", 11.5, asWhole}, {"Pembagian tercatat", 11, asWhole}, {"Pembanding", 11.5, asWhole},
		{"Pembagian terbukti", 11, asWhole}, {"Pembagi aktif", 9.5, asWhole}, {"ASN yang berhak", 8.5, asWhole}}, gradeColumns()...), rows)
}

func (b *workbook) contents(r Report) {
	rows := [][]any{}
	for _, c := range r.Contents {
		shares, people := c.Previous.figures()
		rows = append(rows, []any{c.Title, c.AgencyName, c.PeopleReached, people, c.Shares, shares})
	}
	b.sheet("Konten", 1, []column{{"Konten", 60, asWrapped}, {"Penerbit", 40, asWrapped}, {"Orang terjangkau", 14, asWhole}, {"Pembanding", 14, asWhole},
		{"Pembagian tercatat", 14, asWhole}, {"Pembanding", 14, asWhole}}, rows)
}

func (b *workbook) definitions(r Report) {
	rows := [][]any{}
	add := func(m metric.Metric) {
		rows = append(rows, []any{m.Name, m.Key, unitWords[m.Unit], m.Meaning, m.Formula, m.Denominator, m.Evidence, int64(m.Version), m.Caveat, m.Source})
	}
	for _, m := range r.Metrics {
		add(m.Metric)
	}
	for _, m := range metric.In(metric.Board) {
		add(m)
	}
	b.sheet("Definisi", 1, []column{{"Metrik", 19, asWrapped}, {"Kunci", 22, asWrapped}, {"Satuan", 11, asWrapped}, {"Arti", 31, asWrapped}, {"Rumus", 36, asWrapped}, {"Penyebut", 15, asWrapped},
		{"Bukti", 11, asText}, {"Versi rumus", 7, asWhole}, {"Yang tidak dikatakan angka ini", 31, asWrapped}, {"Sumber", 22, asWrapped}}, rows)
}
