package report

import (
	"io"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"gaung/internal/paper"
	"gaung/internal/period"
)

// WritePDF writes a report to be printed: a page that stands alone for a leader with a minute, then every
// figure with its definition. A group that is withheld gets one page that says so.
func WritePDF(out io.Writer, r Report) error {
	d, err := newDocument(r)
	if err != nil {
		return err
	}
	if metricsOf(r)["people_reached"].Value == nil {
		d.opening(r)
		d.AddRows(space(3), d.line(9, plain, paper.Muted, "Angka tidak ditampilkan agar tidak menunjuk perorangan."))
	} else {
		if err := d.summary(r); err != nil {
			return err
		}
		d.figures(r)
		d.units(r)
		d.networks(r)
		d.contents(r)
		d.days(r)
		d.definitions(r)
	}
	made, err := d.Generate()
	if err != nil {
		return err
	}
	_, err = out.Write(made.GetBytes())
	return err
}

// The page, in millimetres. A column of the grid is one millimetre wide.
const (
	pageWidth    = 180
	sideMargin   = 15
	topMargin    = 10
	bottomMargin = 12
	footerHeight = 5
)

// Styles of letters.
const (
	plain = fontstyle.Normal
	bold  = fontstyle.Bold
)

// document is a paper that knows how much of its page is left: a heading stays with what it is over.
type document struct {
	core.Maroto
	ruler      core.Maroto // rows are measured by adding them to a paper that nobody prints
	room, used float64     // of a page, between header and footer
	turned     bool        // the first page is full
}

func newDocument(r Report) (*document, error) {
	sheet, err := paper.New(r.GeneratedAt, "Laporan keterlibatan ASN: "+r.Agency.Name+", "+dates(r.From, r.To))
	if err != nil {
		return nil, err
	}
	conf := sheet.WithMaxGridSize(pageWidth).WithLeftMargin(sideMargin).WithRightMargin(sideMargin).WithTopMargin(topMargin).WithBottomMargin(bottomMargin).
		WithPageNumber(props.PageNumber{Pattern: "Halaman {current} dari {total}", Place: props.RightBottom, Family: paper.Family, Size: 7.5, Color: paper.Muted}).Build()
	d := &document{Maroto: maroto.New(conf), ruler: maroto.New(conf)}
	zone := period.Label(r.Agency.Zone)
	header := []core.Row{d.row([]field{{"", 110, left}, {"", 70, right}}, 7.5, plain, paper.Muted, r.Agency.Name, dates(r.From, r.To)+" ("+zone+")").
		WithStyle(&props.Cell{BorderType: border.Bottom, BorderColor: paper.Rule, BorderThickness: .2}), space(3)}
	local := r.GeneratedAt.In(period.MustZone(r.Agency.Zone))
	day := period.LocalDay(r.GeneratedAt, local.Location())
	printed := "Dicetak " + dates(day, day) + " pukul " + local.Format("15.04") + " " + zone
	footer := row.New(footerHeight).Add(text.NewCol(pageWidth, printed, props.Text{Top: footerHeight, Size: 7.5, Color: paper.Muted}))
	if err := d.RegisterHeader(header...); err != nil {
		return nil, err
	}
	d.room = conf.Dimensions.Height - topMargin - bottomMargin - footerHeight - d.height(header...) - .1
	return d, d.RegisterFooter(footer)
}

// height is how much of a page rows take.
func (d *document) height(rows ...core.Row) (sum float64) {
	d.ruler.AddRows(rows...)
	for _, one := range rows {
		sum += one.GetHeight(nil, nil) // known since they were added
	}
	return sum
}

// fits tells whether rows fit below what is on the page.
func (d *document) fits(height float64) bool { return d.used+height <= d.room }

// turn begins a page.
func (d *document) turn() {
	if d.used > 0 {
		d.AddPages(page.New())
	}
	d.used, d.turned = 0, true
}

// together adds rows that stay on one page.
func (d *document) together(rows ...core.Row) {
	height := d.height(rows...)
	if !d.fits(height) {
		d.turn()
	}
	d.AddRows(rows...)
	d.used += height
}

// field is a column of a table.
type field struct {
	name  string
	width int
	side  align.Type
}

// The sides of a field.
const (
	left  = align.Left
	right = align.Right
)

// words are a text in a cell of a width, broken into lines so that they stay in it.
func words(width int, size float64, style fontstyle.Type, colour *props.Color, side align.Type, said string) core.Col {
	const between = 2.2 // to what stands beside it
	of := props.Text{Size: size, Style: style, Color: colour, Align: side, Top: .6, Bottom: size * .13, VerticalPadding: size * .05}
	if side == right {
		of.Left = between
	} else {
		of.Right = between
	}
	return text.NewCol(width, paper.Fit(said, size, float64(width)-between), of)
}

// row is cells beside each other.
func (d *document) row(columns []field, size float64, style fontstyle.Type, colour *props.Color, cells ...string) core.Row {
	made := row.New()
	for i, c := range columns {
		made.Add(words(c.width, size, style, colour, c.side, cells[i]))
	}
	return made
}

// line is words over the whole width.
func (d *document) line(size float64, style fontstyle.Type, colour *props.Color, said string) core.Row {
	return d.row([]field{{"", pageWidth, left}}, size, style, colour, said)
}

// space is empty.
func space(height float64) core.Row { return row.New(height).Add(col.New(pageWidth)) }

// heading is over a section.
func (d *document) heading(said, note string) []core.Row {
	rows := []core.Row{space(4.5), d.line(12, bold, paper.Brand, said)}
	if note != "" {
		rows = append(rows, d.line(8, plain, paper.Muted, note))
	}
	return append(rows, space(1))
}
