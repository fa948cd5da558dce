package report_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"gaung/internal/report"
)

// slides are the texts of a report's slides, in their order, and of its chart.
func slides(t *testing.T, r report.Report) (texts []string, chart string) {
	t.Helper()
	var out bytes.Buffer
	if err := report.WritePPTX(&out, r); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.File {
		isChart := strings.HasPrefix(file.Name, "ppt/charts/chart")
		if !isChart && !strings.HasPrefix(file.Name, "ppt/slides/slide") {
			continue
		}
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for reader := xml.NewDecoder(part); ; {
			token, err := reader.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", file.Name, err)
			}
			if text, ok := token.(xml.CharData); ok {
				said = append(said, string(text))
			}
		}
		if isChart {
			chart = "\n" + strings.Join(said, "\n") + "\n"
			continue
		}
		texts = append(texts, "\n"+strings.Join(said, "\n")+"\n")
	}
	return texts, chart
}

// The slides say what the report says, with its figures, names as text and each day in the chart.
func TestSlidesSayWhatTheReportSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.happen(7)
	made := w.read(w.Region.ID, "2026-11-10", "2026-11-22")
	texts, chart := slides(t, made)
	if len(texts) < 5 || len(texts) > 6 {
		t.Fatalf("%d slides", len(texts))
	}
	whole := strings.Join(texts, "")
	for _, want := range []string{made.Story.ID, made.Agency.Name, "10–22 November 2026", "Orang terjangkau", "Arti angka"} {
		if !strings.Contains(whole, want) {
			t.Errorf("no slide says %q", want)
		}
	}
	for _, m := range made.Metrics {
		if m.Key == "people_reached" && !strings.Contains(texts[0], "\n"+report.Written(m.Unit, m.Value)+"\n") {
			t.Errorf("the first slide does not say %v", *m.Value)
		}
	}
	for _, c := range made.Contents[:1] {
		if c.PeopleReached > 0 && !strings.Contains(whole, "\n"+c.Title+"\n") {
			t.Errorf("the content %q is not named as it is", c.Title)
		}
	}
	for _, d := range made.Days {
		if _, month, day := d.Day.Date(); !strings.Contains(chart, "\n"+report.DayMonth(day, int(month))+"\n") {
			t.Errorf("the chart leaves out %s", d.Day)
		}
	}
}

// A group that is withheld gets one slide that says so, and no figure.
func TestSlidesOfASmallGroup(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.happen(8)
	texts, chart := slides(t, w.read(w.small.ID, "", ""))
	if len(texts) != 1 || chart != "" || !strings.Contains(texts[0], "tidak ditampilkan") || strings.Contains(texts[0], "Bukti") {
		t.Errorf("%q %q", texts, chart)
	}
}
