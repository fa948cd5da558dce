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
	book := &workbook{File: excelize.NewFile(), styles: map[string]int{}}
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
	asText     = "@"
	asWhole    = "#,##0"
	asTenth    = "#,##0.0"
	asHundred  = "0.00"
	asPercent  = "0.0%"
	asDay      = "dd/mm/yyyy"
	asMoment   = "dd/mm/yyyy hh:mm"
	asWrapped  = "wrapped"
	asHeading  = "heading"
	asTitle    = "title"
	wideColumn = 60.0
)

// column is a column of a sheet.
type column struct {
	name  string
	width float64
	style string
}

// workbook keeps the first fault, so that a sheet is written without asking after each cell.
type workbook struct {
	*excelize.File
	styles map[string]int
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
		b.cell(name, i+1, from, c.name, asHeading)
		for j, row := range rows {
			b.cell(name, i+1, from+1+j, row[i], c.style)
		}
	}
	b.note(b.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: from, TopLeftCell: fmt.Sprintf("A%d", from+1), ActivePane: "bottomLeft"}))
	landscape, wide, tall := "landscape", 1, 0
	b.note(b.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	fit := true
	b.note(b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
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
	of := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}
	switch name {
	case asHeading:
		of.Font, of.Fill = &excelize.Font{Bold: true, Color: "FFFFFF"}, excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0B4F6C"}}
		of.Alignment.WrapText = true
	case asTitle:
		of.Font = &excelize.Font{Bold: true, Size: 14}
	case asWrapped:
		of.Alignment.WrapText = true
	default:
		of.CustomNumFmt = &name
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
