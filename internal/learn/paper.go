package learn

import (
	"context"
	"errors"
	"strings"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/code"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/line"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/orientation"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/paper"
	"gaung/internal/period"
)

// competenceNames and themeNames are how papers call them.
var (
	competenceNames = map[string]string{"teknis": "Teknis", "manajerial": "Manajerial", "sosial_kultural": "Sosial kultural", "digital": "Digital"}
	themeNames      = map[string]string{"reputasi": "Persepsi, komunikasi, dan reputasi", "city_branding": "Jenama daerah", "juknis": "Petunjuk teknis", "etika": "Etika bermedia sosial"}
)

// Name is what was learned.
func (c Certificate) Name() string {
	if c.Theme != "" {
		return "Seluruh modul tema " + themeNames[c.Theme]
	}
	return c.Title
}

// CompetenceNames are the competences in words.
func (c Certificate) CompetenceNames() string {
	var names []string
	for _, one := range c.Competences {
		names = append(names, competenceNames[one])
	}
	return strings.Join(names, ", ")
}

// Day is the day on which it was earned, where the agency is.
func (c Certificate) Day() string {
	return period.LocalDay(c.EarnedAt, period.MustZone(c.Zone)).Words()
}

// Paper draws the actor's certificate as a PDF.
func (s *Service) Paper(ctx context.Context, actor org.Actor, certificate id.Certificate) ([]byte, error) {
	found, err := db.Get[Certificate](ctx, s.db, `SELECT `+certificateColumns+` FROM certificate AS c WHERE user_id = $1 AND id = $2`, actor.User, certificate)
	if errors.Is(err, db.ErrNoRow) {
		return nil, noCertificate()
	}
	if err != nil {
		return nil, err
	}
	return found.draw(s.publicURL)
}

// draw makes the page: A4, lying.
func (c Certificate) draw(publicURL string) ([]byte, error) {
	const margin = 24
	const width = 297 - 2*margin
	sheet, err := paper.New(c.EarnedAt, "Sertifikat belajar")
	if err != nil {
		return nil, err
	}
	m := maroto.New(sheet.WithOrientation(orientation.Horizontal).WithLeftMargin(margin).WithRightMargin(margin).WithTopMargin(20).WithBottomMargin(14).Build())
	say := func(height, size float64, style fontstyle.Type, colour *props.Color, words string) {
		m.AddRow(height, text.NewCol(12, paper.Clean(words), props.Text{Size: size, Style: style, Align: align.Center, Color: colour}))
	}
	say(12, 13, fontstyle.Bold, paper.Brand, c.AgencyName)
	m.AddRow(16, line.NewCol(12, props.Line{Color: paper.Brand, Thickness: 0.6, SizePercent: 100}))
	say(24, 32, fontstyle.Bold, paper.Ink, "Sertifikat Belajar")
	say(9, 11, fontstyle.Normal, paper.Muted, "Diberikan kepada")
	m.AddAutoRow(text.NewCol(12, paper.Fit(c.Holder, 24, width), props.Text{Size: 24, Style: fontstyle.Bold, Align: align.Center, Color: paper.Brand, Bottom: 6}))
	say(9, 11, fontstyle.Normal, paper.Muted, "yang telah menyelesaikan dan lulus kuis")
	m.AddAutoRow(text.NewCol(12, paper.Fit(c.Name(), 17, width), props.Text{Size: 17, Style: fontstyle.Bold, Align: align.Center, Color: paper.Ink, Bottom: 6}))
	say(8, 11, fontstyle.Normal, paper.Ink, "Kompetensi: "+c.CompetenceNames())
	say(24, 11, fontstyle.Normal, paper.Ink, c.Day())
	m.AddRow(36, c.check(publicURL)...)
	made, err := m.Generate()
	if err != nil {
		return nil, err
	}
	return made.GetBytes(), nil
}

// check says how others find out that the paper is genuine.
func (c Certificate) check(publicURL string) []core.Col {
	link := publicURL + VerifyPath(c.Code)
	host := strings.TrimPrefix(strings.TrimPrefix(link, "https://"), "http://")
	words := func(top, size float64, style fontstyle.Type, said string) core.Component {
		return text.New(said, props.Text{Top: top, Size: size, Style: style, Color: paper.Ink, Align: align.Left})
	}
	return []core.Col{
		col.New(3).Add(code.NewQr(link, props.Rect{Center: true, Percent: 92})),
		col.New(9).Add(words(8, 10, fontstyle.Bold, "Kode verifikasi: "+c.Code), words(15, 10, fontstyle.Normal, "Periksa keasliannya di "+host),
			words(22, 9, fontstyle.Normal, "Sertifikat belajar ini bukan syarat dan bukan bagian dari penilaian kinerja.")),
	}
}
