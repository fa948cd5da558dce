package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"gaung/internal/period"
	"gaung/internal/slide"
)

// Where things stand on a slide, in millimetres.
const (
	slideLeft  = 15.0
	slideTop   = 40.0
	slideWidth = slide.Width - 2*slideLeft
)

// WritePPTX writes a report as slides for a meeting: what happened, the trend, units by league, networks and contents,
// what to do next, definitions. Texts, tables and the chart can be changed; a group that is withheld gets one slide.
func WritePPTX(out io.Writer, r Report) error {
	deck := slide.New("Laporan keterlibatan ASN: " + r.Agency.Name + ", " + dates(r.From, r.To))
	openingSlide(deck, r)
	if !r.hidden() {
		if err := trendSlide(deck, r); err != nil {
			return err
		}
		unitSlide(deck, r)
		spreadSlide(deck, r)
		nextSlide(deck, r)
		definitionSlide(deck, r)
	}
	return deck.Write(out)
}

func muted(text string, size float64) slide.Line {
	return slide.Line{Text: text, Size: size, Colour: slide.Muted}
}

func openingSlide(deck *slide.Deck, r Report) {
	s := deck.Add(shortened(r.Agency.Name))
	s.Text(slide.Box{X: slideLeft, Y: slideTop - 3, W: slideWidth, H: 9}, "",
		muted("Laporan keterlibatan ASN, "+dates(r.From, r.To)+" ("+period.Label(r.Agency.Zone)+"), dibandingkan dengan "+dates(r.PreviousFrom, r.PreviousTo), 14))
	s.Text(slide.Box{X: slideLeft, Y: slideTop + 12, W: slideWidth, H: 44}, slide.Tint, slide.Line{Text: r.Story.ID, Size: 24, Bold: true})
	if r.hidden() {
		return
	}
	const keys, gap, top = 4, 6.0, slideTop + 68
	width := (slideWidth - (keys-1)*gap) / keys
	all := metricsOf(r)
	for i, key := range []string{"people_reached", "proven_shares", "active_sharers", "reach_per_100"} {
		m := all[key]
		s.Text(slide.Box{X: slideLeft + float64(i)*(width+gap), Y: top, W: width, H: 52}, "",
			muted(m.Name, 14), slide.Line{Text: written(m.Unit, m.Value), Size: 36, Bold: true}, slide.Line{Text: m.change(), Size: 14, Space: 2}, muted("Bukti "+m.Evidence, 12))
	}
	today := period.LocalDay(r.GeneratedAt, period.MustZone(r.Agency.Zone))
	counted := "Dihitung " + dates(today, today) + "."
	if r.Closed != nil {
		counted = r.versionLine() + "."
	}
	s.Text(slide.Box{X: slideLeft, Y: slide.Height - 16, W: slideWidth, H: 9}, "", muted(counted, 11))
}

func trendSlide(deck *slide.Deck, r Report) error {
	if len(r.Days) < 2 || peak(r.Days).PeopleReached == 0 {
		s := deck.Add("Perkembangan harian")
		s.Text(slide.Box{X: slideLeft, Y: slideTop, W: slideWidth, H: 20}, "", muted("Tidak cukup data untuk menggambar perkembangan harian.", 18))
		return nil
	}
	high := peak(r.Days)
	said := fmt.Sprintf("Paling banyak %s: %s orang", dates(high.Day, high.Day), decimal(float64(high.PeopleReached), 0))
	s := deck.Add(said)
	s.Text(slide.Box{X: slideLeft, Y: slideTop - 3, W: slideWidth, H: 9}, "", muted("Orang terjangkau per hari (bukti B)", 14))
	var labels []string
	var values []float64
	for _, d := range r.Days {
		_, month, day := d.Day.Date()
		labels, values = append(labels, fmt.Sprintf("%d/%d", day, int(month))), append(values, float64(d.PeopleReached))
	}
	return s.Chart(slide.Box{X: slideLeft, Y: slideTop + 9, W: slideWidth, H: slide.Height - slideTop - 21}, "Orang terjangkau", said+", per hari "+dates(r.From, r.To), labels, values)
}

// mostRows is how many rows of a table a slide holds; the workbook has all.
const mostRows = 10

// mostOfLeague is how many units of a league a slide names.
const mostOfLeague = 3

// unitSlide names the first of each league; where nobody stands out nobody is praised, and nobody is last.
func unitSlide(deck *slide.Deck, r Report) {
	rows := [][]string{{"Liga", "Unit", "Urutan", "Per 100 ASN", "Kisaran 95%"}}
	for _, band := range bands {
		shown := slices.DeleteFunc(slices.Clone(r.Units), func(u Child) bool { return u.Band != band || u.Rank == nil || *u.PeopleReached == 0 })
		slices.SortStableFunc(shown, func(a, b Child) int { return cmp.Or(cmp.Compare(*a.Rank, *b.Rank), cmp.Compare(a.Name, b.Name)) })
		tied := len(slices.DeleteFunc(slices.Clone(shown), func(u Child) bool { return *u.Rank != 1 }))
		switch {
		case len(shown) == 0:
		case alike(r.Units, band):
			rows = append(rows, []string{bandName(band), fmt.Sprintf("Tidak ada yang menonjol di antara %d unit", len(shown)), "", "", ""})
		case tied > mostOfLeague:
			rows = append(rows, []string{bandName(band), fmt.Sprintf("%d unit berbagi urutan pertama", tied), "", "", ""})
		default:
			for _, u := range shown[:min(mostOfLeague, len(shown))] {
				rows = append(rows, []string{bandName(band), shortened(u.Name), decimal(float64(*u.Rank), 0), decimal(*u.Rate, 1), u.between()})
			}
		}
	}
	if len(rows) == 1 {
		return
	}
	s := deck.Add("Unit yang teratas di liganya")
	s.Text(slide.Box{X: slideLeft, Y: slideTop - 3, W: slideWidth, H: 9}, "", muted("Orang terjangkau per 100 ASN, di antara unit yang seukuran", 14))
	s.Table(slide.Box{X: slideLeft, Y: slideTop + 10, W: slideWidth, H: 10.5 * float64(len(rows))}, []float64{50, 143.66, 30, 40, 45}, []bool{false, false, true, true, true}, rows)
}

func spreadSlide(deck *slide.Deck, r Report) {
	if len(r.Networks)+len(r.Contents) == 0 {
		return
	}
	s := deck.Add("Jejaring dan konten")
	s.Text(slide.Box{X: slideLeft, Y: slideTop - 3, W: slideWidth, H: 9}, "", muted("Angka antarjejaring tidak dijumlahkan: satu orang dapat hadir di beberapa jejaring.", 14))
	const gap, half = 12.0, (slideWidth - 12) / 2
	networks := slices.Clone(r.Networks)
	slices.SortStableFunc(networks, func(a, b Network) int { return cmp.Compare(b.PeopleReached, a.PeopleReached) })
	rows := [][]string{{"Jejaring", "Pembagian terbukti", "Orang terjangkau"}}
	for _, n := range networks[:min(mostRows-1, len(networks))] {
		rows = append(rows, []string{n.Name, decimal(float64(n.ProvenShares), 0), decimal(float64(n.PeopleReached), 0)})
	}
	s.Table(slide.Box{X: slideLeft, Y: slideTop + 10, W: half, H: 11 * float64(len(rows))}, []float64{half - 80, 40, 40}, []bool{false, true, true}, rows)
	rows = [][]string{{"Konten", "Orang terjangkau"}}
	for _, c := range r.Contents {
		if len(rows) < 7 && c.PeopleReached > 0 {
			rows = append(rows, []string{shortened(c.Title), decimal(float64(c.PeopleReached), 0)})
		}
	}
	s.Table(slide.Box{X: slideLeft + half + gap, Y: slideTop + 10, W: half, H: 11 * float64(len(rows))}, []float64{half - 40, 40}, []bool{false, true}, rows)
}

func nextSlide(deck *slide.Deck, r Report) {
	if len(r.Next) == 0 {
		return
	}
	s := deck.Add("Saran tindak lanjut")
	var lines []slide.Line
	for _, step := range r.Next {
		lines = append(lines, slide.Line{Text: step.Text.ID, Size: 20, Bold: true, Bullet: true, Space: 16}, slide.Line{Text: "Dasar: " + step.Because.ID, Size: 14, Colour: slide.Muted, Space: 3})
	}
	s.Text(slide.Box{X: slideLeft, Y: slideTop, W: slideWidth, H: slide.Height - slideTop - 15}, "", lines...)
}

func definitionSlide(deck *slide.Deck, r Report) {
	s := deck.Add("Arti angka")
	var lines []slide.Line
	for _, key := range []string{"people_reached", "proven_shares", "active_sharers", "reach_per_100"} {
		m := metricsOf(r)[key]
		lines = append(lines, slide.Line{Text: fmt.Sprintf("%s (definisi v%d)", m.Name, m.Version), Size: 17, Bold: true, Space: 10}, slide.Line{Text: m.Meaning + " " + m.Caveat, Size: 15})
	}
	s.Text(slide.Box{X: slideLeft, Y: slideTop, W: slideWidth, H: slide.Height - slideTop - 34}, "", lines...)
	s.Text(slide.Box{X: slideLeft, Y: slide.Height - 30, W: slideWidth, H: 14}, slide.Tint, muted(evidenceLine(r), 13))
}
