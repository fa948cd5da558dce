package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"gaung/internal/metric"
	"gaung/internal/paper"
	"gaung/internal/period"
)

// Sizes of tables.
const (
	cellSize = 8
	headSize = 7.5
)

// head names the columns of a table.
func (d *document) head(columns []field) core.Row {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return d.row(columns, headSize, bold, paper.Muted, names...).WithStyle(&props.Cell{BorderType: border.Bottom, BorderColor: paper.Muted, BorderThickness: .3})
}

// cells is a line of a table.
func (d *document) cells(columns []field, said ...string) core.Row {
	return d.row(columns, cellSize, plain, paper.Ink, said...).WithStyle(&props.Cell{BorderType: border.Bottom, BorderColor: paper.Rule, BorderThickness: .15})
}

// table begins on the page where its heading and first lines fit; each page it goes on to begins with the
// names of its columns, and of the part that goes on.
func (d *document) table(title []core.Row, columns []field, lines []tableLine) {
	const first = 3 // lines that a heading does not stand without
	waiting := append(title, d.head(columns))
	for i, line := range lines {
		if line.part != "" && (i == 0 || line.part != lines[i-1].part) {
			waiting = append(waiting, d.part(line.part)...)
		}
		if waiting = append(waiting, line.row); i < min(first, len(lines))-1 {
			continue
		}
		if i >= first && !d.fits(d.height(waiting...)) {
			d.turn()
			if waiting = []core.Row{d.head(columns)}; line.part != "" {
				waiting = append(waiting, d.part(line.part)...)
			}
			waiting = append(waiting, line.row)
		}
		d.together(waiting...)
		waiting = nil
	}
}

// tableLine is a line of a table, and of which part of it.
type tableLine struct {
	row  core.Row
	part string
}

// part names the lines below it.
func (d *document) part(said string) []core.Row {
	return []core.Row{space(1.2), d.line(8.5, bold, paper.Ink, said)}
}

// figures are all metrics beside their comparison.
func (d *document) figures(r Report) {
	columns := []field{{"Metrik", 60, left}, {"Nilai", 20, right}, {"Pembanding", 20, right}, {"Perubahan", 46, right}, {"Target", 16, right}, {"Bukti", 18, right}}
	lines := []tableLine{}
	for _, m := range r.Metrics {
		lines = append(lines, tableLine{row: d.cells(columns, m.Name+" ("+unitWords[m.Unit]+")", written(m.Unit, m.Value), written(m.Unit, m.Previous), m.change(), targeted(m), m.Evidence)})
	}
	if !d.turned { // where the first page was too small the rest of it stands here already
		d.turn()
	}
	d.table(d.heading("Semua angka", "Dibandingkan dengan "+dates(r.PreviousFrom, r.PreviousTo)+". Tanda – berarti tidak ada atau tidak ditampilkan."), columns, lines)
}

// targeted is a figure's target in a table.
func targeted(m Value) string {
	if m.Target == nil {
		return ""
	}
	return written(m.Unit, &m.Target.Value)
}

// units are by league: the first ten by rank, the others by name, so that nobody is last.
func (d *document) units(r Report) {
	columns := []field{{"Urutan", 13, left}, {"Unit", 53, left}, {"Nilai liga", 14, right}, {"Per 100 ASN", 16, right}, {"Kisaran 95%", 22, right}, {"Orang terjangkau", 19, right},
		{"Terbukti / tercatat", 23, right}, {"Pembagi aktif / ASN", 20, right}}
	whole := func(n *int64) string { return written(metric.Count, whole(n)) }
	lines := []tableLine{}
	for _, band := range append(slices.Clone(bands), "") {
		league := slices.DeleteFunc(slices.Clone(r.Units), func(u Child) bool { return u.Band != band })
		slices.SortStableFunc(league, func(a, b Child) int { return cmp.Or(cmp.Compare(a.place(), b.place()), cmp.Compare(a.Name, b.Name)) })
		title := "Liga " + bandName(band)
		if band == "" {
			title = "Tidak ditampilkan: kelompok di bawah 5 orang, atau yang angkanya akan membuka kelompok itu"
		}
		for _, u := range league {
			rank := ""
			if u.Rank != nil {
				rank = decimal(float64(*u.Rank), 0)
			}
			lines = append(lines, tableLine{d.cells(columns, rank, u.Name, written(metric.Per100, u.Score), written(metric.Per100, u.Rate), u.between(), whole(u.PeopleReached),
				whole(u.ProvenShares)+" / "+whole(u.Shares), whole(u.ActiveSharers)+" / "+whole(u.Eligible)), title})
		}
	}
	d.table(d.heading("Unit menurut liga ukuran", "Urutan menurut nilai liga: angka per 100 ASN yang sudah memperhitungkan kebetulan, maka tidak selalu sama dengan urutan angkanya; yang tidak dapat dibedakan berbagi urutan. Hanya sepuluh teratas tiap liga yang berurutan, lainnya menurut nama. Kisaran memuat angka sebenarnya dengan keyakinan 95%. Jumlah semua unit dapat sedikit berbeda dari angka keseluruhan: tiap unit berganti hari menurut zona waktunya."), columns, lines)
}

// place is a unit's rank; those without one come after all who have one.
func (c Child) place() int64 {
	if c.Rank == nil {
		return ranked + 1
	}
	return *c.Rank
}

func (d *document) networks(r Report) {
	columns := []field{{"Jejaring", 34, left}, {"Orang terjangkau", 24, right}, {"Pembanding", 22, right}, {"Pembagian tercatat", 22, right}, {"Pembanding", 22, right},
		{"Terbukti (A+B)", 22, right}, {"C", 11, right}, {"D", 11, right}, {"Suka", 12, right}}
	lines := []tableLine{}
	for _, n := range r.Networks {
		shares, people := n.Previous.written()
		lines = append(lines, tableLine{row: d.cells(columns, n.Name, decimal(float64(n.PeopleReached), 0), people, decimal(float64(n.Shares), 0), shares,
			decimal(float64(n.ProvenShares), 0), decimal(float64(n.Grades.C), 0), decimal(float64(n.Grades.D), 0), decimal(float64(n.Likes), 0))})
	}
	d.table(d.heading("Jejaring, masing-masing", "Angka antarjejaring tidak dijumlahkan: setiap jejaring mengukur hal yang berbeda."), columns, lines)
}

// written are the figures of a row in the days that the report is compared with.
func (p *Past) written() (shares, people string) {
	if p == nil {
		return hidden, hidden
	}
	return decimal(float64(p.Shares), 0), decimal(float64(p.PeopleReached), 0)
}

func (d *document) contents(r Report) {
	columns := []field{{"Konten", 62, left}, {"Penerbit", 40, left}, {"Orang terjangkau", 19, right}, {"Pembanding", 20, right}, {"Pembagian tercatat", 19, right}, {"Pembanding", 20, right}}
	lines := []tableLine{}
	for _, c := range r.Contents {
		shares, people := c.Previous.written()
		lines = append(lines, tableLine{row: d.cells(columns, c.Title, c.AgencyName, decimal(float64(c.PeopleReached), 0), people, decimal(float64(c.Shares), 0), shares)})
	}
	d.table(d.heading("Konten dengan jangkauan terbesar", "Yang diterbitkan di sini, oleh siapa pun dibagikan. Konten instansi lain yang ikut dibagikan tidak ada dalam daftar ini."), columns, lines)
}

// days are three columns beside each other: read down, then to the right.
func (d *document) days(r Report) {
	const beside, fewest = 3, 8 // columns of days; lines that are worth beginning with on a page
	columns := []field{}
	for range beside {
		columns = append(columns, field{"Tanggal", 24, left}, field{"Orang", 14, right}, field{"Pembagian", 17, right}, field{"", 5, left})
	}
	title := d.heading("Angka harian", "Orang terjangkau (bukti B) dan pembagian tercatat (semua bukti); baca ke bawah, lalu ke kanan.")
	one := d.height(d.cells(columns, slices.Repeat([]string{"0"}, len(columns))...))
	for rest := r.Days; len(rest) > 0; title = nil {
		needed, over := (len(rest)+beside-1)/beside, d.height(append(title, d.head(columns))...)
		if !d.fits(over + one*float64(min(needed, fewest))) {
			d.turn()
		}
		lines := min(needed, int((d.room-d.used-over)/one))
		shown := rest[:min(len(rest), beside*lines)]
		rest = rest[len(shown):]
		rows := append(title, d.head(columns))
		for i := range lines {
			said := []string{}
			for at := i; at < beside*lines; at += lines {
				if at < len(shown) {
					said = append(said, shortDate(shown[at].Day), decimal(float64(shown[at].PeopleReached), 0), decimal(float64(shown[at].Shares), 0), "")
				} else {
					said = append(said, "", "", "", "")
				}
			}
			rows = append(rows, d.cells(columns, said...))
		}
		d.together(rows...)
	}
}

func (d *document) definitions(r Report) {
	columns := []field{{"Metrik", 38, left}, {"Bukti", 17, left}, {"Versi", 10, left}, {"Rumus", 66, left}, {"Yang tidak dikatakan angka ini", 49, left}}
	all := metric.In(metric.Board)
	for i := len(r.Metrics) - 1; i >= 0; i-- {
		all = append([]metric.Metric{r.Metrics[i].Metric}, all...)
	}
	lines := []tableLine{}
	for _, m := range all {
		lines = append(lines, tableLine{row: d.cells(columns, m.Name, m.Evidence, fmt.Sprint(m.Version), m.Formula, m.Caveat)})
	}
	d.table(d.heading("Definisi", "Bukti: "+gradeList()+". Kolom Bukti menyebut tingkat mana saja yang masuk tiap angka; orang terjangkau hanya B."), columns, lines)
	d.together(space(3), d.line(headSize, plain, paper.Muted, r.versionLine()+". Sidik data masukan (SHA-256): "+r.Inputs+". Laporan dengan sidik yang sama berasal dari data yang sama."+strange(r)))
}

// strange says what a question mark stands for where a name or title has signs that the paper's letters have not.
func strange(r Report) string {
	said := []string{r.Agency.Name}
	for _, u := range r.Units {
		said = append(said, u.Name)
	}
	for _, c := range r.Contents {
		said = append(said, c.Title, c.AgencyName)
	}
	if slices.ContainsFunc(said, paper.Lacks) {
		return " Tanda ? pada nama atau judul menggantikan huruf atau gambar yang tidak dapat dicetak; bacalah di layar."
	}
	return ""
}

// gradeList are the grades in words, in their order.
func gradeList() string {
	list := []string{}
	for _, grade := range []string{"A", "B", "C", "D"} {
		list = append(list, grade+" "+gradeWords[grade])
	}
	return strings.Join(list, ", ")
}

// shortDate is a day in a table: 1 Nov 2026.
func shortDate(day period.Day) string {
	year, _, _ := day.Date()
	return shortDay(day) + fmt.Sprintf(" %d", year)
}

// shortDay is a day on an axis: 1 Nov.
func shortDay(day period.Day) string {
	_, month, date := day.Date()
	return fmt.Sprintf("%d %s", date, [...]string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"}[month-1])
}
