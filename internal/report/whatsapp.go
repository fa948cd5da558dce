package report

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"gaung/internal/db"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
)

// MaxWhatsApp is how many characters a message to a leader may have, counted as WhatsApp does (UTF-16).
const MaxWhatsApp = 4096

// Message is a report as a text to be copied.
type Message struct {
	Text       string `json:"text"`
	Characters int    `json:"characters" doc:"Always under 4096"`
}

// WhatsApp writes the report as a formal message. base is the address of this Gaung, for the link.
func (s *Service) WhatsApp(ctx context.Context, actor org.Actor, q Query, base string) (Message, error) {
	r, err := s.Engagement(ctx, actor, q)
	if err != nil {
		return Message{}, err
	}
	return s.message(ctx, r, base)
}

// ClosedWhatsApp writes a closed report as a message: by the figures that it was closed with, whatever is counted since.
func (s *Service) ClosedWhatsApp(ctx context.Context, actor org.Actor, number int64, base string) (Message, error) {
	r, err := s.ClosedReport(ctx, actor, number)
	if err != nil {
		return Message{}, err
	}
	return s.message(ctx, r, base)
}

// message opens with the agency's own words.
func (s *Service) message(ctx context.Context, r Report, base string) (Message, error) {
	kept, err := db.Get[struct{ ReportOpening string }](ctx, s.db, `SELECT report_opening FROM agency WHERE id = $1`, r.Agency.ID)
	if err != nil {
		return Message{}, err
	}
	return Compose(r, kept.ReportOpening, base), nil
}

// Compose writes a report as a message; without an opening of the agency's own it takes the usual form.
func Compose(r Report, opening, base string) Message {
	if opening == "" {
		opening = "Yth. Bapak/Ibu Pimpinan " + shortened(r.Agency.Name) + ", izin melaporkan keikutsertaan ASN dalam penyebarluasan informasi resmi."
	}
	parts := []string{opening, "*" + shortened(r.Agency.Name) + "*\n" + periodLines(r)}
	if metricsOf(r)["people_reached"].Value == nil {
		parts = append(parts, "Angka tidak ditampilkan agar tidak menunjuk perorangan: kelompok ini, atau kelompok di sampingnya, kurang dari 5 orang.")
	} else {
		parts = append(parts, r.Story.ID, headlines(r), bestUnits(r), bestContents(r), evidenceLine(r), nextLines(r), definitions(r))
	}
	link := url.Values{"agency": {strconv.FormatInt(int64(r.Agency.ID), 10)}, "from": {r.From.String()}, "to": {r.To.String()}, "compare": {string(r.Compare)}}
	if r.Closed != nil {
		link.Set("tutup", strconv.FormatInt(r.Closed.ID, 10))
	}
	parts = append(parts, "Laporan lengkap: "+base+"/laporan/?"+link.Encode())
	if r.Closed != nil {
		parts = append(parts, "Angka di atas sesuai dengan saat laporan ditutup. Sidik potret: "+r.Closed.Hash)
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	text := strings.Join(parts, "\n\n")
	return Message{text, len(utf16.Encode([]rune(text)))}
}

func periodLines(r Report) string {
	lines := fmt.Sprintf("Periode %s (%s)\nPembanding: %s", dates(r.From, r.To), period.Label(r.Agency.Zone), dates(r.PreviousFrom, r.PreviousTo))
	if r.Closed != nil {
		lines += "\n" + r.versionName()
	}
	return lines
}

func metricsOf(r Report) map[string]Value {
	all := map[string]Value{}
	for _, m := range r.Metrics {
		all[m.Key] = m
	}
	return all
}

// headlines are the five figures of the message.
func headlines(r Report) string {
	lines, all := []string{"*Angka utama*"}, metricsOf(r)
	for _, key := range []string{"people_reached", "proven_shares", "active_sharers", "share_rate", "reach_per_100"} {
		m := all[key]
		target := ""
		if m.Target != nil {
			target = "; target " + written(m.Unit, &m.Target.Value)
		}
		lines = append(lines, fmt.Sprintf("- %s: %s%s; %s (bukti %s)", m.Name, written(m.Unit, m.Value), target, m.change(), m.Evidence))
	}
	return strings.Join(lines, "\n")
}

// bestUnits names five children: the first of each size league, then those after them. The last are
// never named.
func bestUnits(r Report) string {
	shown := slices.DeleteFunc(slices.Clone(r.Units), func(u Child) bool { return u.Rank == nil || *u.PeopleReached == 0 })
	slices.SortStableFunc(shown, func(a, b Child) int {
		return cmp.Or(cmp.Compare(*a.Rank, *b.Rank), cmp.Compare(*b.Score, *a.Score), cmp.Compare(a.Name, b.Name))
	})
	lines := []string{"*Unit menurut liga ukuran* (orang terjangkau per 100 ASN)"}
	for _, u := range shown[:min(5, len(shown))] {
		lines = append(lines, fmt.Sprintf("- %s: %s (urutan %d di liga %s ASN)", shortened(u.Name), decimal(*u.Rate, 1), *u.Rank, strings.ReplaceAll(u.Band, "-", "–")))
	}
	return section(lines)
}

func bestContents(r Report) string {
	lines := []string{"*Konten dengan jangkauan terbesar*"}
	for _, c := range r.Contents[:min(3, len(r.Contents))] {
		if c.PeopleReached > 0 {
			lines = append(lines, fmt.Sprintf("- %s: %s orang", shortened(c.Title), decimal(float64(c.PeopleReached), 0)))
		}
	}
	return section(lines)
}

func nextLines(r Report) string {
	lines := []string{"*Saran tindak lanjut*"}
	for _, step := range r.Next {
		lines = append(lines, "- "+step.Text.ID)
	}
	return section(lines)
}

// section leaves out a heading with nothing below it.
func section(lines []string) string {
	if len(lines) < 2 {
		return ""
	}
	return strings.Join(lines, "\n")
}

// gradeWords are the grades of evidence in words.
var gradeWords = map[string]string{"A": "terverifikasi", "B": "terukur", "C": "indikasi", "D": "dilaporkan sendiri"}

func evidenceLine(r Report) string {
	var list []string
	for _, e := range r.Evidence {
		list = append(list, fmt.Sprintf("%s %s %s", e.Grade, gradeWords[e.Grade], decimal(float64(e.Shares), 0)))
	}
	return fmt.Sprintf("Bukti %s pembagian tercatat: %s.", written(metric.Count, metricsOf(r)["shares"].Value), strings.Join(list, ", "))
}

func definitions(r Report) string {
	return fmt.Sprintf("Definisi (rumus v%d): orang terjangkau ialah jumlah pengunjung unik harian yang sah pada tautan pribadi ASN. Pembagian terbukti ialah pembagian berbukti A atau B. Angka antarjejaring tidak dijumlahkan.", metricsOf(r)["people_reached"].Version)
}
