// Package slide owns the slides of a presentation: text boxes, tables and a line chart with its figures, written as an
// Office Open XML file that every office program changes further.
package slide

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Width and Height of a slide, in millimetres.
const (
	Width  = 338.66
	Height = 190.5
)

// emu is how many of the format's units a millimetre has.
const emu = 36000

// Colours, as the format writes them.
const (
	Ink   = "14202E"
	Muted = "4D5C6E"
	Brand = "0B5CAB"
	Tint  = "E3EFFB"
	white = "FFFFFF"
)

// Box is where something stands, in millimetres from the upper left corner.
type Box struct{ X, Y, W, H float64 }

// Line is a paragraph in one style.
type Line struct {
	Text   string
	Size   float64 // points
	Bold   bool
	Colour string // empty: Ink
	Bullet bool
	Space  float64 // points before it
}

// Deck is a presentation.
type Deck struct {
	title  string
	slides []*Slide
}

// New makes an empty presentation with a title for its properties.
func New(title string) *Deck { return &Deck{title: title} }

// Slide is one of its slides.
type Slide struct {
	shapes strings.Builder
	number int // of the last shape
	chart  *chart
}

// Add begins another slide, with its heading.
func (d *Deck) Add(heading string) *Slide {
	s := &Slide{number: 1}
	d.slides = append(d.slides, s)
	s.number++
	fmt.Fprintf(&s.shapes, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Judul"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr/>%s</p:sp>`,
		s.number, body("p:txBody", "b", Line{Text: heading, Size: 28, Bold: true, Colour: Brand}))
	return s
}

// Text puts paragraphs into a box; fill is its colour, or empty.
func (s *Slide) Text(at Box, fill string, lines ...Line) {
	s.number++
	anchor := "t"
	if fill != "" {
		anchor = "ctr"
	}
	fmt.Fprintf(&s.shapes, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Teks %d"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>%s<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>%s</p:spPr>%s</p:sp>`,
		s.number, s.number, place("a", at), filled(fill), body("p:txBody", anchor, lines...))
}

// Table puts rows of cells into a box, the first of them as heads. Columns are as wide as said, and right says which
// hold numbers.
func (s *Slide) Table(at Box, widths []float64, right []bool, rows [][]string) {
	s.number++
	var grid, all strings.Builder
	for _, width := range widths {
		fmt.Fprintf(&grid, `<a:gridCol w="%d"/>`, int(width*emu))
	}
	height := int(at.H * emu / float64(max(1, len(rows))))
	for i, row := range rows {
		fmt.Fprintf(&all, `<a:tr h="%d">`, height)
		for j, cell := range row {
			line, fill, edge := Line{Text: cell, Size: 14}, "", "C3CCD6"
			if i == 0 {
				line, fill = Line{Text: cell, Size: 12, Bold: true, Colour: white}, Brand
			}
			text := body("a:txBody", "ctr", line)
			if right[j] {
				text = strings.Replace(text, `<a:pPr`, `<a:pPr algn="r"`, 1)
			}
			fmt.Fprintf(&all, `<a:tc>%s<a:tcPr anchor="ctr" marT="28800" marB="28800"><a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR><a:lnT w="0"><a:noFill/></a:lnT><a:lnB w="9525"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:lnB>%s</a:tcPr></a:tc>`, text, edge, filled(fill))
		}
		all.WriteString(`</a:tr>`)
	}
	fmt.Fprintf(&s.shapes, `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="%d" name="Tabel %d"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>%s<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>%s</a:tblGrid>%s</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`,
		s.number, s.number, place("p", at), grid.String(), all.String())
}

func place(prefix string, at Box) string {
	return fmt.Sprintf(`<%s:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></%s:xfrm>`, prefix, int(at.X*emu), int(at.Y*emu), int(at.W*emu), int(at.H*emu), prefix)
}

func filled(colour string) string {
	if colour == "" {
		return "<a:noFill/>"
	}
	return fmt.Sprintf(`<a:solidFill><a:srgbClr val="%s"/></a:solidFill>`, colour)
}

// body is the text of a shape or a cell. Where it is long, office programs make it smaller.
func body(element, anchor string, lines ...Line) string {
	var out strings.Builder
	properties := fmt.Sprintf(`<a:bodyPr wrap="square" anchor="%s" lIns="72000" tIns="36000" rIns="72000" bIns="36000"><a:normAutofit/></a:bodyPr>`, anchor)
	if element == "a:txBody" {
		properties = "<a:bodyPr/>"
	}
	fmt.Fprintf(&out, `<%s>%s<a:lstStyle/>`, element, properties)
	for _, line := range lines {
		colour, bullet, indent := line.Colour, "<a:buNone/>", ""
		if colour == "" {
			colour = Ink
		}
		if line.Bullet {
			bullet, indent = `<a:buChar char="•"/>`, ` marL="216000" indent="-216000"`
		}
		weight := 0
		if line.Bold {
			weight = 1
		}
		fmt.Fprintf(&out, `<a:p><a:pPr%s><a:spcBef><a:spcPts val="%d"/></a:spcBef>%s</a:pPr><a:r><a:rPr lang="id-ID" sz="%d" b="%d" dirty="0">%s</a:rPr><a:t>%s</a:t></a:r></a:p>`,
			indent, int(line.Space*100), bullet, int(line.Size*100), weight, filled(colour), escaped(line.Text))
	}
	fmt.Fprintf(&out, `</%s>`, element)
	return out.String()
}

// escaped is a text as XML holds it: markup in it does nothing, and what XML cannot hold becomes a replacement sign.
func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(strings.Join(strings.Fields(text), " "))) // a builder never fails
	return out.String()
}
