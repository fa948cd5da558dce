package report_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"

	"gaung/internal/metric"
	"gaung/internal/paper"
	"gaung/internal/report"
)

// said is a text on a page: where it begins, from below and left, how wide it is, in millimetres, and the
// size of its letters in points.
type said struct {
	x, y, wide, size float64
	text             string
}

var (
	streams  = regexp.MustCompile(`(?s)/Filter /FlateDecode /Length \d+>>\s*stream\n(.*?)\nendstream`)
	commands = regexp.MustCompile(`(?s)BT /F(\w+) ([\d.]+) Tf ET|BT ([\d.-]+) ([\d.-]+) Td \(((?:\\.|[^\\)])*)\) Tj ET`)
	escapes  = strings.NewReplacer(`\\`, `\`, `\(`, `(`, `\)`, `)`, `\r`, "\r")
)

// printed writes a report to be printed.
func printed(t testing.TB, made report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := report.WritePDF(&out, made); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pages reads back what a printed report shows, page by page.
func pages(t testing.TB, file []byte) (all [][]said) {
	t.Helper()
	for _, stream := range streams.FindAllSubmatch(file, -1) {
		var body []byte
		reader, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err == nil {
			body, err = io.ReadAll(reader)
		}
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(body, []byte(") Tj ET")) {
			all = append(all, texts(t, body))
		}
	}
	if len(all) == 0 {
		t.Fatal("no page")
	}
	return all
}

// texts reads the commands of a page.
func texts(t testing.TB, body []byte) (page []said) {
	t.Helper()
	const point = 25.4 / 72
	number := func(text []byte) float64 {
		value, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	style, size, styles := "", 0.0, map[string]fontstyle.Type{}
	for _, command := range commands.FindAllSubmatch(body, -1) {
		if command[1] != nil {
			if style, size = string(command[1]), number(command[2]); len(styles) == 0 {
				styles[style] = fontstyle.Normal // the header is
			}
			continue
		}
		if _, known := styles[style]; !known {
			styles[style] = fontstyle.Bold
		}
		raw, units := []byte(escapes.Replace(string(command[5]))), []uint16{}
		for at := 0; at+1 < len(raw); at += 2 {
			units = append(units, uint16(raw[at])<<8|uint16(raw[at+1]))
		}
		if text := string(utf16.Decode(units)); text != "" {
			page = append(page, said{number(command[3]) * point, number(command[4]) * point, paper.Width(text, size, styles[style]), size, text})
		}
	}
	return page
}

// whole is a page's text, its lines joined.
func whole(pages ...[]said) string {
	words := []string{}
	for _, page := range pages {
		for _, one := range page {
			words = append(words, one.text)
		}
	}
	return strings.Join(words, " ")
}

// lineAt gives what stands beside the first text that is want, below the heading of its table.
func lineAt(pages [][]said, heading, want string) (line []string) {
	below := false
	for _, page := range pages {
		for _, one := range page {
			if below = below || one.text == heading && one.size == 12; below && one.text == want {
				for _, other := range page {
					if other.y == one.y {
						line = append(line, other.text)
					}
				}
				return line
			}
		}
	}
	return nil
}

// indonesian writes a figure as the page must.
func indonesian(value *float64) string {
	if value == nil {
		return "–"
	}
	before, after, broken := strings.Cut(strconv.FormatFloat(*value, 'f', -1, 64), ".")
	for at := len(before) - 3; at > 0; at -= 3 {
		before = before[:at] + "." + before[at:]
	}
	if broken {
		return before + "," + after
	}
	return before
}

func of[N int | int64](n N) string {
	value := float64(n)
	return indonesian(&value)
}

func maybe(n *int64) string {
	if n == nil {
		return "–"
	}
	return of(*n)
}

// sameOnPaper wants every figure of the JSON on the paper.
func sameOnPaper(t *testing.T, where string, made report.Report) {
	t.Helper()
	all := pages(t, printed(t, made))
	if made.Metrics[0].Value == nil {
		if text := whole(all...); len(all) != 1 || !strings.Contains(text, "tidak ditampilkan") || strings.Contains(text, "Definisi") {
			t.Errorf("%s: a withheld group has %d pages: %s", where, len(all), text)
		}
		return
	}
	same := func(heading, name string, want ...string) {
		t.Helper()
		line := lineAt(all, heading, paper.Clean(name))
		if at := slices.Index(line, paper.Clean(name)); at < 0 || len(line) < at+1+len(want) || !slices.Equal(line[at+1:at+1+len(want)], want) {
			t.Errorf("%s: %s, %q: %q, want %q", where, heading, name, line, want)
		}
	}
	units := map[metric.Unit]string{metric.People: "orang", metric.Count: "kali", metric.Percent: "persen", metric.Per100: "per 100 ASN", metric.Ratio: "rasio", metric.Index: "indeks 0–1", metric.Minutes: "menit"}
	for _, m := range made.Metrics {
		shown := func(value *float64) string {
			if value != nil && m.Unit == metric.Percent {
				return indonesian(value) + "%"
			}
			return indonesian(value)
		}
		same("Semua angka", m.Name+" ("+units[m.Unit]+")", shown(m.Value), shown(m.Previous))
		if defined := strings.Join([]string{m.Name, m.Evidence, strconv.Itoa(m.Version), m.Formula, m.Caveat}, " "); !strings.Contains(whole(all...), defined) {
			t.Errorf("%s: no definition: %s", where, defined)
		}
	}
	past := func(p *report.Past) (shares, people string) {
		if p == nil {
			return "–", "–"
		}
		return of(p.Shares), of(p.PeopleReached)
	}
	for _, n := range made.Networks {
		shares, people := past(n.Previous)
		same("Jejaring, masing-masing", n.Name, of(n.PeopleReached), people, of(n.Shares), shares, of(n.ProvenShares), of(n.Grades.C), of(n.Grades.D), of(n.Likes))
	}
	for _, u := range made.Units {
		between := "–"
		if u.Low != nil {
			between = indonesian(u.Low) + "–" + indonesian(u.High)
		}
		same("Unit menurut liga ukuran", u.Name, indonesian(u.Score), indonesian(u.Rate), between, maybe(u.PeopleReached), maybe(u.ProvenShares)+" / "+maybe(u.Shares), maybe(u.ActiveSharers)+" / "+maybe(u.Eligible))
		line := lineAt(all, "Unit menurut liga ukuran", u.Name)
		if ranked := len(line) > 0 && line[0] != u.Name; ranked != (u.Rank != nil) || ranked && line[0] != of(*u.Rank) {
			t.Errorf("%s: %q has a rank, or not the one of %v", where, line, u.Rank)
		}
	}
	for _, c := range made.Contents {
		shares, people := past(c.Previous)
		same("Konten dengan jangkauan terbesar", c.Title, c.AgencyName, of(c.PeopleReached), people, of(c.Shares), shares)
	}
	months := []string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"}
	for _, d := range made.Days {
		year, month, day := d.Day.Date()
		same("Angka harian", fmt.Sprintf("%d %s %d", day, months[month-1], year), of(d.PeopleReached), of(d.Shares))
	}
}

// apart wants every text on the paper and none over another.
func apart(t *testing.T, all [][]said) {
	t.Helper()
	const little = .2
	for number, page := range all {
		for i, one := range page {
			if one.x < 15-little || one.x+one.wide > 195+little || one.y < 8 || one.y > 290 {
				t.Errorf("page %d: %q stands from %.1f to %.1f mm, %.1f from below", number+1, one.text, one.x, one.x+one.wide, one.y)
			}
			for _, other := range page[i+1:] {
				near := math.Abs(one.y-other.y) < .25*min(one.size, other.size) // in millimetres; a line is .35
				if near && one.x < other.x+other.wide-little && other.x < one.x+one.wide-little {
					t.Errorf("page %d: %q covers %q", number+1, one.text, other.text)
				}
			}
		}
	}
}
