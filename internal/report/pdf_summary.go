package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/image"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"gaung/internal/metric"
	"gaung/internal/paper"
	"gaung/internal/period"
)

// opening says whose report it is, of when, and what happened.
func (d *document) opening(r Report) {
	size := 17.0
	if utf8.RuneCountInString(r.Agency.Name) > longestName {
		size = 13
	}
	story := row.New().Add(col.New(4).WithStyle(&props.Cell{BackgroundColor: paper.Tint, BorderType: border.Left, BorderColor: paper.Brand, BorderThickness: 1.2}),
		col.New(pageWidth-4).Add(text.New(paper.Fit(r.Story.ID, 11.5, pageWidth-8), props.Text{Size: 11.5, Style: bold, Color: paper.Ink, Top: 2.2, Right: 3, Bottom: 3.4, VerticalPadding: .8})).
			WithStyle(&props.Cell{BackgroundColor: paper.Tint}))
	d.together(space(2),
		d.line(9, bold, paper.Muted, "Laporan keterlibatan ASN"),
		d.line(size, bold, paper.Brand, r.Agency.Name),
		d.line(9, plain, paper.Ink, "Periode "+dates(r.From, r.To)+" ("+period.Label(r.Agency.Zone)+"), dibandingkan dengan "+dates(r.PreviousFrom, r.PreviousTo)),
		space(3), story,
	)
}

// summary is the first page. The chart takes what the words leave.
func (d *document) summary(r Report) error {
	d.opening(r)
	d.together(d.headlines(r)...)
	below := slices.Concat([][]core.Row{d.evidence(r), d.firsts(r)}, d.advice(r), [][]core.Row{d.uncertain(r)})
	title := d.heading("Orang terjangkau per hari", "")
	if len(r.Days) < 2 || peak(r.Days).PeopleReached == 0 {
		d.together(append(title, d.line(9, plain, paper.Muted, "Tidak cukup data untuk menggambar perkembangan harian."))...)
	} else {
		high := peak(r.Days)
		title = d.heading(fmt.Sprintf("Paling banyak %s: %s orang", dates(high.Day, high.Day), decimal(float64(high.PeopleReached), 0)), "Orang terjangkau per hari (bukti B)")
		const least, most = 26.0, 66.0
		height := min(most, max(least, d.room-d.used-d.height(title...)-d.height(slices.Concat(below...)...)))
		picture, err := trend(r.Days, pageWidth, height)
		if err != nil {
			return err
		}
		d.together(append(title, image.NewFromBytesRow(height, picture, extension.Png, props.Rect{Percent: 100}))...)
	}
	for _, part := range below {
		d.together(part...)
	}
	return nil
}

// headlines are four figures beside each other, each with its change in words and its evidence.
func (d *document) headlines(r Report) []core.Row {
	all, cards := metricsOf(r), [5][]string{}
	for _, key := range []string{"people_reached", "proven_shares", "active_sharers", "reach_per_100"} {
		m := all[key]
		for i, said := range []string{m.Name, written(m.Unit, m.Value), m.change(), beneath(m), "Bukti " + m.Evidence} {
			cards[i] = append(cards[i], said)
		}
	}
	quarter := slices.Repeat([]field{{"", pageWidth / 4, left}}, 4)
	return []core.Row{space(4),
		d.row(quarter, 9, bold, paper.Muted, cards[0]...),
		d.row(quarter, 21, bold, paper.Ink, cards[1]...),
		d.row(quarter, 8.5, plain, paper.Ink, cards[2]...),
		d.row(quarter, 7.5, plain, paper.Muted, cards[3]...),
		d.row(quarter, 7.5, plain, paper.Muted, cards[4]...),
	}
}

// beneath is what stands below a headline: the target where there is one, and what it is compared with.
func beneath(m Value) string {
	if m.Target != nil {
		return "Target " + written(m.Unit, &m.Target.Value) + " · pembanding " + written(m.Unit, m.Previous)
	}
	return "Pembanding " + written(m.Unit, m.Previous)
}

// gradeColours go from proven, dark, to reported, light: also on a printer without colours.
var gradeColours = map[string]*props.Color{"A": {Red: 11, Green: 61, Blue: 105}, "B": {Red: 62, Green: 125, Blue: 180}, "C": {Red: 168, Green: 194, Blue: 217}, "D": {Red: 217, Green: 224, Blue: 231}}

// evidence is one bar of all recorded shares, by grade.
func (d *document) evidence(r Report) []core.Row {
	of := metricsOf(r)
	shares, proven := of["shares"], of["proven_shares"]
	rows := d.heading(fmt.Sprintf("%s dari %s pembagian tercatat terbukti (A+B)", written(metric.Count, proven.Value), written(metric.Count, shares.Value)), "")
	bar, key := row.New(6.5), row.New()
	for _, part := range parts(r.Evidence, pageWidth) {
		colour := paper.Ink
		if part.Grade == "A" || part.Grade == "B" {
			colour = &props.WhiteColor
		}
		said := ""
		if part.width >= roomForLabel {
			said = part.Grade + " " + decimal(float64(part.Shares), 0)
		}
		bar.Add(text.NewCol(part.width, said, props.Text{Size: 8.5, Style: bold, Color: colour, Align: align.Left, Top: 1.4, Left: 1.5}).
			WithStyle(&props.Cell{BackgroundColor: gradeColours[part.Grade]}))
	}
	for _, e := range r.Evidence {
		key.Add(col.New(3).WithStyle(&props.Cell{BackgroundColor: gradeColours[e.Grade]}), col.New(2),
			words(40, 8, plain, paper.Ink, left, fmt.Sprintf("%s %s: %s", e.Grade, gradeWords[e.Grade], decimal(float64(e.Shares), 0))))
	}
	if len(bar.GetColumns()) > 0 {
		rows = append(rows, bar, space(1.5))
	}
	return append(rows, key, space(.8), d.line(7.5, plain, paper.Muted, gradeMeaning))
}

// gradeMeaning tells what each grade of evidence rests on.
const gradeMeaning = "A: jejaring membenarkannya. B: tautannya dibuka orang lain. C: ada petunjuk terkirim, misalnya pratinjaunya diambil; tautannya belum dibuka. D: hanya laporan pembagi."

// part is a grade's piece of a bar.
type part struct {
	GradeRow
	width int
}

// roomForLabel is how wide a piece must be to say its figure itself.
const roomForLabel = 16

// parts divides a bar of a width; what there is of a grade is seen, however little.
func parts(grades []GradeRow, width int) []part {
	list, sum, rest := []part{}, int64(0), width
	for _, g := range grades {
		sum += g.Shares
	}
	for _, g := range grades {
		if g.Shares > 0 {
			one := part{g, int(max(1, g.Shares*int64(width)/sum))}
			list, rest = append(list, one), rest-one.width
		}
	}
	if len(list) > 0 {
		widest := slices.MaxFunc(list, func(a, b part) int { return cmp.Compare(a.width, b.width) })
		list[slices.Index(list, widest)].width += rest
	}
	return list
}

// bands are the size leagues, from the smallest.
var bands = []string{"1-30", "31-100", "101-300", "301+"}

func bandName(band string) string { return strings.ReplaceAll(band, "-", "–") + " ASN" }

// firsts are the first unit of each league.
func (d *document) firsts(r Report) []core.Row {
	columns := []field{{"Liga", 28, left}, {"Unit", 92, left}, {"Per 100 ASN", 26, right}, {"Kisaran 95%", 34, right}}
	rows := append(d.heading("Unit yang pertama di liganya", "Orang terjangkau per 100 ASN, di antara unit yang seukuran"), d.head(columns))
	none := len(rows)
	for _, band := range bands {
		found := slices.DeleteFunc(slices.Clone(r.Units), func(u Child) bool { return u.Band != band || u.Rank == nil || *u.Rank != 1 || *u.PeopleReached == 0 })
		if len(found) == 0 {
			continue
		}
		if alike(r.Units, band) {
			rows = append(rows, d.cells(columns, bandName(band), fmt.Sprintf("Tidak ada yang menonjol di antara %d unit", len(found)), "", ""))
			continue
		}
		if len(found) > 1 { // by name one would stand for all
			rows = append(rows, d.cells(columns, bandName(band), fmt.Sprintf("%d unit berbagi urutan pertama", len(found)), "", ""))
			continue
		}
		rows = append(rows, d.cells(columns, bandName(band), shortened(found[0].Name), written(metric.Per100, found[0].Rate), found[0].between()))
	}
	if len(rows) == none {
		return nil
	}
	return rows
}

// between is the range in which a unit's true rate lies.
func (c Child) between() string {
	if c.Low == nil || c.High == nil {
		return hidden
	}
	return decimal(*c.Low, 1) + "–" + decimal(*c.High, 1)
}

// advice is what to do next; each with its reason.
func (d *document) advice(r Report) [][]core.Row {
	list, title := [][]core.Row{}, d.heading("Saran tindak lanjut", "")
	numbered := []field{{"", 6, left}, {"", pageWidth - 6, left}}
	for i, step := range r.Next {
		list = append(list, append(title, d.row(numbered, 9, bold, paper.Ink, fmt.Sprintf("%d.", i+1), step.Text.ID),
			d.row(numbered, 8, plain, paper.Muted, "", "Dasar: "+step.Because.ID), space(.8)))
		title = nil
	}
	return list
}

// uncertain says what the figures of the page do not say.
func (d *document) uncertain(r Report) []core.Row {
	said := []string{metricsOf(r)["people_reached"].Caveat}
	unproven := []string{}
	for _, e := range r.Evidence {
		if (e.Grade == "C" || e.Grade == "D") && e.Shares > 0 {
			unproven = append(unproven, decimal(float64(e.Shares), 0)+" "+gradeWords[e.Grade]+" ("+e.Grade+")")
		}
	}
	if len(unproven) > 0 {
		said = append(said, "Belum terbukti: "+strings.Join(unproven, " dan ")+"; buktinya dapat naik kemudian.")
	}
	if slices.ContainsFunc(r.Units, func(u Child) bool { return u.Low != nil }) {
		said = append(said, "Unit yang kisarannya (95%) bertumpang tindih dapat berbeda karena kebetulan saja.")
	}
	if withheld := len(slices.DeleteFunc(slices.Clone(r.Units), func(u Child) bool { return u.PeopleReached != nil })); withheld > 0 {
		said = append(said, fmt.Sprintf("%d kelompok tidak ditampilkan: kurang dari 5 orang, atau angkanya akan membuka kelompok lain.", withheld))
	}
	return append(d.heading("Yang belum pasti", ""), d.line(8.5, plain, paper.Ink, strings.Join(said, " ")))
}
