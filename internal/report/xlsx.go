package report

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"gaung/internal/period"
)

// WriteXLSX writes a report as a workbook: the figures of the API as numbers and dates, with the definition
// of each on a sheet of its own. Names stay text, whatever they begin with.
func WriteXLSX(out io.Writer, r Report) (err error) {
	book := &workbook{File: excelize.NewFile(), styles: map[string]int{}, about: shortened(r.Agency.Name) + ", " + dates(r.From, r.To)}
	defer func() { _ = book.Close() }() // its temporary files; what was written is whole
	book.summary(r)
	book.days(r)
	book.evidence(r)
	book.networks(r)
	book.units(r)
	book.contents(r)
	book.definitions(r)
	if book.failed != nil {
		return book.failed
	}
	book.SetActiveSheet(0)
	_, err = book.WriteTo(out)
	return err
}

// The formats of a cell. A percentage is a fraction in the cell, as spreadsheets have it.
const (
	asText    = "@"
	asWhole   = "#,##0"
	asTenth   = "#,##0.0"
	asHundred = "0.00"
	asPercent = "0.0%"
	asDay     = "dd/mm/yyyy"
	asMoment  = "dd/mm/yyyy hh:mm"
	asWrapped = "wrapped"
	asHeading = "heading"
	asFigures = "heading of figures"
	asTitle   = "title"
	asNote    = "note" // above a table
)

// column is a column of a sheet.
type column struct {
	name  string
	width float64
	style string
}

// figures tells whether a column holds numbers: they stand at its right side, their heading and what is not shown too.
func (c column) figures() bool {
	return c.style == asWhole || c.style == asTenth || c.style == asHundred || c.style == asPercent
}

func (c column) heading() string {
	if c.figures() {
		return asFigures
	}
	return asHeading
}

// workbook keeps the first fault, so that a sheet is written without asking after each cell.
type workbook struct {
	*excelize.File
	styles map[string]int
	about  string // whose report, of when
	sheets int
	failed error
}

func (b *workbook) note(err error) {
	if b.failed == nil {
		b.failed = err
	}
}

// sheet adds a sheet with a heading row that stays in sight, from a row on.
func (b *workbook) sheet(name string, from int, columns []column, rows [][]any) {
	if b.sheets++; b.sheets == 1 {
		b.note(b.SetSheetName(b.GetSheetName(0), name))
	} else {
		_, err := b.NewSheet(name)
		b.note(err)
	}
	for i, c := range columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		b.note(err)
		b.note(b.SetColWidth(name, letter, letter, c.width))
		b.cell(name, i+1, from, c.name, c.heading())
		for j, row := range rows {
			b.cell(name, i+1, from+1+j, row[i], c.style)
		}
	}
	b.heights(name, from, columns, rows)
	b.note(b.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: from, TopLeftCell: fmt.Sprintf("A%d", from+1), ActivePane: "bottomLeft"}))
	b.page(name, from)
}

// cell writes one cell by its type. What is not shown is a dash, so that nobody takes it for nought.
func (b *workbook) cell(sheet string, column, row int, value any, style string) {
	at, err := excelize.CoordinatesToCellName(column, row)
	b.note(err)
	switch v := value.(type) {
	case nil:
		b.note(b.SetCellStr(sheet, at, hidden))
	case string:
		b.note(b.SetCellStr(sheet, at, v))
	case *float64:
		if v == nil {
			b.cell(sheet, column, row, nil, style)
			return
		}
		b.note(b.SetCellFloat(sheet, at, *v, -1, 64))
	case *int64:
		if v == nil {
			b.cell(sheet, column, row, nil, style)
			return
		}
		b.note(b.SetCellInt(sheet, at, *v))
	case int64:
		b.note(b.SetCellInt(sheet, at, v))
	case time.Time:
		b.note(b.SetCellValue(sheet, at, v))
	default:
		b.note(fmt.Errorf("report: a cell of %T", value))
	}
	b.note(b.SetCellStyle(sheet, at, at, b.style(style)))
}

// style gives the number of a style.
func (b *workbook) style(name string) int {
	if known, there := b.styles[name]; there {
		return known
	}
	of := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, Border: []excelize.Border{{Type: "bottom", Color: "D5DDE5", Style: 1}}}
	switch name {
	case asHeading, asFigures:
		of.Font, of.Fill = &excelize.Font{Bold: true, Color: "FFFFFF", Family: "Calibri", Size: 11}, excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0B4F6C"}}
		of.Alignment.WrapText = true
	case asTitle:
		of.Font, of.Border = &excelize.Font{Bold: true, Family: "Calibri", Size: 14}, nil
	case asNote:
		of.Border, of.Alignment.WrapText = nil, true
	case asWrapped:
		of.Alignment.WrapText = true
	default:
		of.CustomNumFmt = &name
	}
	switch {
	case name == asFigures || (column{style: name}).figures():
		of.Alignment.Horizontal = "right"
	case name == asMoment || name == asDay:
		of.Alignment.Horizontal = "left"
	case name == asText || name == asWrapped || name == asHeading: // beside a figure at the right side of its column
		of.Alignment.Horizontal, of.Alignment.Indent = "left", 1
	}
	number, err := b.NewStyle(of)
	b.note(err)
	b.styles[name] = number
	return number
}

// dayCell is a local day as spreadsheets keep it: a date without a zone.
func dayCell(day period.Day) time.Time {
	year, month, date := day.Date()
	return time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
}
