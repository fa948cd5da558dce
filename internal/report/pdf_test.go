package report_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
)

// large is a report with so many units and days, in WIT.
func large(units, days int) report.Report {
	number := func(n int64) *int64 { return &n }
	rate := func(n float64) *float64 { return &n }
	r := report.Report{
		Agency: report.Node{ID: 1, Name: "Pemerintah Daerah Nusa Aruni", ShortName: "Nusa Aruni", Kind: org.Region, Zone: "Asia/Jayapura"}, From: period.DayOf(2026, 11, 22).Add(1 - days), To: period.DayOf(2026, 11, 22),
		PreviousFrom: period.DayOf(2025, 1, 1), PreviousTo: period.DayOf(2025, 1, 1).Add(days - 1), GeneratedAt: time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC),
		Inputs:   strings.Repeat("0a", 32),
		Story:    report.Words{ID: "Pada periode ini, 1.001 ASN Nusa Aruni ikut membagikan konten; 700 pembagian terbukti dan 45.678 orang terjangkau."},
		Evidence: []report.GradeRow{{Grade: "A", Shares: 1}, {Grade: "B", Shares: 699}, {Grade: "C", Shares: 99}, {Grade: "D", Shares: 1201}},
		Next:     []report.Advice{{Text: report.Words{ID: "Bantu ASN masuk untuk pertama kali."}, Because: report.Words{ID: "Adopsi 41,5%, di bawah 60%."}}},
	}
	for i, m := range metric.In(metric.Report) {
		value := 1002 + float64(i)*1111
		if m.Unit != metric.People && m.Unit != metric.Count && m.Unit != metric.Minutes {
			value += .5
		}
		r.Metrics = append(r.Metrics, report.Value{Metric: m, Value: &value, Previous: rate(1000), SmallBase: i%5 == 4})
	}
	for i := range days {
		r.Days = append(r.Days, report.DayRow{Day: r.From.Add(i), PeopleReached: int64(100 + i*37%991), Shares: int64(i)})
	}
	for i, n := 0, map[string]int64{}; i < units; i++ {
		c := report.Child{ID: id.Agency(2 + i), Name: fmt.Sprintf("Unit %03d", i), Kind: org.Unit}
		if i%9 != 8 {
			c.Band = []string{"1-30", "31-100", "101-300", "301+"}[i%4]
			c.Eligible, c.ActiveSharers, c.Shares, c.ProvenShares, c.PeopleReached = number(int64(50+i)), number(int64(5+i)), number(int64(300+i)), number(int64(200+i)), number(int64(4000+i))
			c.Rate, c.Low, c.High, c.Grades = rate(80.5+float64(i)), rate(40), rate(120.5+float64(i)), &report.Grades{A: 1}
			if n[c.Band]++; n[c.Band] <= 10 {
				c.Rank, c.Score = number(n[c.Band]), rate(80)
			}
		}
		r.Units = append(r.Units, c)
	}
	for i := range 20 {
		r.Contents = append(r.Contents, report.Published{ID: id.Content(i), Title: fmt.Sprintf("Kabar layanan nomor %d", i), AgencyName: "Dinas", Shares: int64(2000 + i), PeopleReached: int64(3000 - i), Previous: &report.Past{Shares: 7, PeopleReached: 8}})
	}
	for i, name := range []string{"WhatsApp", "Instagram", "TikTok"} {
		r.Networks = append(r.Networks, report.Network{Network: name, Name: name, Shares: int64(5000 + i), ProvenShares: int64(600 + i), PeopleReached: int64(7000 + i), Grades: report.Grades{C: 3, D: 4}})
	}
	return r
}

// The first page alone tells a leader what happened, how sure it is and what to do.
func TestTheFirstPageStandsAlone(t *testing.T) {
	t.Parallel()
	made := large(12, 30)
	file := printed(t, made)
	first := whole(pages(t, file)[0])
	for _, want := range []string{
		"Pemerintah Daerah Nusa Aruni", "Periode 24 Oktober – 22 November 2026 (WIT), dibandingkan dengan 1–30 Januari 2025",
		"1.001 ASN Nusa Aruni ikut membagikan konten;", "Orang terjangkau Pembagian terbukti Pembagi aktif Jangkauan per 100 ASN",
		"naik 0,2%", "Bukti A+B+C+D", "Paling banyak 19 November 2026: 1.062 orang",
		"A terverifikasi: 1", "B terukur: 699", "D dilaporkan sendiri: 1.201", "101–300 ASN Unit 002 82,5 40–122,5",
		"Bantu ASN masuk untuk pertama kali. Dasar: Adopsi 41,5%, di bawah 60%.", "Belum terbukti: 99 indikasi (C)", "1 kelompok tidak ditampilkan",
		"Dicetak 23 November 2026 pukul 08.30 WIT", "Halaman 1 dari 5",
	} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not on the first page: %s", want, first)
		}
	}
	picture := regexp.MustCompile(`/Subtype /Image\s*/Width (\d+)`).FindSubmatch(file)
	if picture == nil {
		t.Fatal("no trend")
	}
	if width, err := strconv.Atoi(string(picture[1])); err != nil || float64(width) < 250*180/25.4 {
		t.Errorf("the trend has %s dots: %v", picture[1], err)
	}
}

// Where several share the first place none of them stands for all.
func TestNoUnitIsTheFirstOfEquals(t *testing.T) {
	t.Parallel()
	made, first := large(12, 30), int64(1)
	for i := range made.Units {
		if made.Units[i].Rank != nil {
			made.Units[i].Rank = &first
		}
	}
	if line := lineAt(pages(t, printed(t, made)), "Unit yang pertama di liganya", "31–100 ASN"); !slices.Equal(line, []string{"31–100 ASN", "Tidak ada yang menonjol di antara 3 unit"}) {
		t.Errorf("%q", line)
	}
}

// A year with two hundred units is complete, and no heading stands without what it is over.
func TestALargeReportIsComplete(t *testing.T) {
	t.Parallel()
	made := large(200, 366)
	made.Contents = append(made.Contents, made.Contents...)
	sameOnPaper(t, "large", made)
	all := pages(t, printed(t, made))
	apart(t, all)
	for number, page := range all {
		for _, one := range page {
			below := 0
			for _, other := range page {
				if other.y < one.y && other.size < 12 && other.y > 14 { // above the footer
					below++
				}
			}
			if one.size == 12 && below < 2 {
				t.Errorf("page %d ends with %q", number+1, one.text)
			}
		}
	}
}

// Names that are long, have no space, or begin like a formula are shown as they are, and cover nothing.
func TestNamesWrapAndDoNothing(t *testing.T) {
	t.Parallel()
	made := large(20, 45)
	long := strings.TrimSpace(strings.Repeat("Badan Pengelolaan Sumber Daya Kelautan dan Perikanan Antarwilayah ", 4))
	made.Agency.Name, made.Story.ID = long, long
	names := []string{`=HYPERLINK("http://x";"y")`, "+62", "-1+1", "@SUM(A1)", `\)(`, long, strings.Repeat("Ww", 80), "Kabar 🎉 baik\r\n", "\t=1"}
	for i, name := range names {
		made.Units[i].Name, made.Contents[i].Title, made.Contents[i].AgencyName = name, name, name
	}
	made.Next = []report.Advice{made.Next[0], {Text: report.Words{ID: long}, Because: report.Words{ID: long}}}
	file := printed(t, made)
	all := pages(t, file)
	apart(t, all)
	text := whole(all...)
	for _, want := range []string{`=HYPERLINK("http://x";"y")`, "+62", "-1+1", "@SUM(A1)", `\)(`, "Kabar ? baik"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
	for _, action := range []string{"/JavaScript", "/URI", "/Launch", "/Annot"} {
		if bytes.Contains(file, []byte(action)) {
			t.Errorf("the file has %s", action)
		}
	}
}

// What cannot be drawn is said: a day, or days on which nobody was reached; and an agency without units.
func TestAReportOfLittle(t *testing.T) {
	t.Parallel()
	for name, made := range map[string]report.Report{"day": large(0, 1), "nobody": large(3, 30)} {
		if name == "nobody" {
			for i := range made.Days {
				made.Days[i].PeopleReached = 0
			}
			made.Evidence = []report.GradeRow{{Grade: "A"}, {Grade: "B"}, {Grade: "C"}, {Grade: "D"}}
			made.Next, made.Networks, made.Contents = nil, nil, nil
		}
		file := printed(t, made)
		first := whole(pages(t, file)[0])
		if !strings.Contains(first, "Tidak cukup data") || bytes.Contains(file, []byte("/Subtype /Image")) {
			t.Errorf("%s: %s", name, first)
		}
		if strings.Contains(first, "Unit yang pertama") != (name == "nobody") {
			t.Errorf("%s: %s", name, first)
		}
		sameOnPaper(t, name, made)
	}
}

// The axis of the trend begins at nought, holds the highest day and has whole steps.
func TestAPrintedTrendHasWholeSteps(t *testing.T) {
	t.Parallel()
	for highest, want := range map[float64][2]float64{1: {1, 1}, 6: {1, 6}, 7: {2, 4}, 11: {2, 6}, 29: {5, 6}, 61: {20, 4}, 2241: {500, 5}, 1e6: {200000, 5}} {
		if step, steps := report.Scale(highest); step != want[0] || steps != want[1] {
			t.Errorf("%v: %v steps of %v, want %v", highest, steps, step, want)
		}
	}
}

func BenchmarkPrintedYear(b *testing.B) {
	made := large(200, 366)
	for b.Loop() {
		printed(b, made)
	}
}
