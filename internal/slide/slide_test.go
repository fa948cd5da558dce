package slide_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gaung/internal/slide"
)

// opened are the parts of a written presentation by their names.
func opened(t *testing.T, d *slide.Deck) map[string]string {
	t.Helper()
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, file := range archive.File {
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil || parts[file.Name] != "" {
			t.Fatalf("%s: %v, or twice", file.Name, err)
		}
		parts[file.Name] = string(text)
	}
	return parts
}

// wellFormed reads a part to its end, and gives what it says.
func wellFormed(t *testing.T, name, part string) string {
	t.Helper()
	var said strings.Builder
	reader := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := reader.Token()
		if err == io.EOF {
			return said.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if text, ok := token.(xml.CharData); ok {
			said.Write(text)
			said.WriteByte('\n')
		}
	}
}

// Every part is well-formed, has a type, and leads only to parts that are there; markup, formulas and control characters
// in a text do nothing.
func TestAPresentationIsWhole(t *testing.T) {
	t.Parallel()
	const nasty = `<a:t>&"=cmd|' /C calc'!A0]]>` + "\x01\r\n"
	d := slide.New(nasty)
	first := d.Add(nasty)
	first.Text(slide.Box{X: 10, Y: 10, W: 100, H: 20}, slide.Tint, slide.Line{Text: nasty, Size: 12, Bullet: true})
	first.Table(slide.Box{X: 10, Y: 40, W: 100, H: 20}, []float64{50, 50}, []bool{false, true}, [][]string{{nasty, "n"}, {nasty, "1"}})
	second := d.Add("Grafik")
	if err := second.Chart(slide.Box{X: 10, Y: 40, W: 100, H: 80}, nasty, nasty, []string{"=1+1", "2/11"}, []float64{3, 4.5}); err != nil {
		t.Fatal(err)
	}
	parts := opened(t, d)
	for name, part := range parts {
		if strings.HasSuffix(name, ".xlsx") {
			continue
		}
		wellFormed(t, name, part)
		if !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" && !strings.Contains(parts["[Content_Types].xml"], `PartName="/`+name+`"`) {
			t.Errorf("%s has no type", name)
		}
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		var links struct {
			Relationship []struct {
				Target string `xml:",attr"`
			}
		}
		if err := xml.Unmarshal([]byte(part), &links); err != nil || len(links.Relationship) == 0 {
			t.Fatalf("%s: %v", name, err)
		}
		for _, one := range links.Relationship {
			if target := path.Join(path.Dir(path.Dir(name)), one.Target); parts[target] == "" {
				t.Errorf("%s leads to %s, which is not there", name, target)
			}
		}
	}
	if said := wellFormed(t, "slide1", parts["ppt/slides/slide1.xml"]); strings.Count(said, `<a:t>&"=cmd|' /C calc'!A0]]>`) != 4 {
		t.Errorf("%q", said)
	}
	book, err := excelize.OpenReader(strings.NewReader(parts["ppt/embeddings/angka2.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A2": "=1+1", "A3": "2/11", "B2": "3", "B3": "4.5"} {
		value, err := book.GetCellValue("Sheet1", cell)
		formula, formulaErr := book.GetCellFormula("Sheet1", cell)
		if value != want || formula != "" || err != nil || formulaErr != nil {
			t.Errorf("%s is %q (%q), %v %v", cell, value, formula, err, formulaErr)
		}
	}
	if chart := wellFormed(t, "chart", parts["ppt/charts/chart2.xml"]); !strings.Contains(chart, "4.5") || !strings.Contains(chart, "=1+1") {
		t.Errorf("the chart shows nothing before it is opened: %q", chart)
	}
}
