package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// On paper every sheet is as wide as one A4 page across, as long as it is, and each page begins with the names of its
// columns. So its columns together may not be wider than what can still be read when it is made to fit.
const (
	paperA4    = 9
	inch       = 25.4 // millimetres
	lineHeight = 15.0 // of a line of 11 points
	mostHeight = 409.0
)

// page lays a sheet out for the printer; from is the row of its heading.
func (b *workbook) page(name string, from int) {
	size, landscape, wide, tall := paperA4, "landscape", 1, 0
	b.note(b.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	fit := true
	b.note(b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	side, top, bottom, edge := 10/inch, 12/inch, 15/inch, 7/inch
	b.note(b.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge}))
	b.note(b.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + strings.ReplaceAll(b.about, "&", "&&") + "&R&8&A, halaman &P dari &N"}))
	b.note(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", name, from, from), Scope: name}))
}

// heights gives each row the height of its longest text: some programs do not find it when they open a workbook, and
// what does not fit would run into the row below.
func (b *workbook) heights(name string, from int, columns []column, rows [][]any) {
	head := 1
	for _, c := range columns {
		head = max(head, linesIn(c.name, int(.95*c.width))) // bold
	}
	b.note(b.SetRowHeight(name, from, lineHeight*float64(head)))
	for i, row := range rows {
		lines := 1
		for j, c := range columns {
			if text, words := row[j].(string); words && c.style == asWrapped {
				lines = max(lines, linesIn(text, int(c.width)-2)) // and its indent
			}
		}
		b.note(b.SetRowHeight(name, from+1+i, min(mostHeight, lineHeight*float64(lines))))
	}
}

// linesIn counts the lines of a text in a column of so many characters; a word that is longer is broken.
func linesIn(text string, room int) int {
	lines, used := 1, 0
	for _, word := range strings.Fields(text) {
		long := utf8.RuneCountInString(word)
		if used > 0 && used+1+long > room {
			lines, used = lines+1, 0
		}
		if used > 0 {
			used++
		}
		for used+long > room {
			lines, long = lines+1, long-(room-used)
			used = 0
		}
		used += long
	}
	return lines
}

// across writes a text over several columns, and gives its row the height that it needs: spreadsheets do not find the
// height of joined cells themselves.
func (b *workbook) across(sheet string, row, first, last, room int, text string) {
	from, err := excelize.CoordinatesToCellName(first, row)
	b.note(err)
	to, err := excelize.CoordinatesToCellName(last, row)
	b.note(err)
	b.note(b.MergeCell(sheet, from, to))
	b.cell(sheet, first, row, text, asNote)
	b.note(b.SetRowHeight(sheet, row, lineHeight*float64(linesIn(text, room))))
}
