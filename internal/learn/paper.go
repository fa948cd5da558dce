package learn

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/code"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/line"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/orientation"
	"github.com/johnfercher/maroto/v2/pkg/consts/pagesize"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/johnfercher/maroto/v2/pkg/repository"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// competenceNames and themeNames are how papers call them.
var (
	competenceNames = map[string]string{"teknis": "Teknis", "manajerial": "Manajerial", "sosial_kultural": "Sosial kultural", "digital": "Digital"}
	themeNames      = map[string]string{"reputasi": "Persepsi, komunikasi, dan reputasi", "city_branding": "Jenama daerah", "juknis": "Petunjuk teknis", "etika": "Etika bermedia sosial"}
	monthNames      = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}
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
	year, month, day := period.LocalDay(c.EarnedAt, period.MustZone(c.Zone)).Date()
	return fmt.Sprintf("%d %s %d", day, monthNames[month-1], year)
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

// font is what papers are set in: it has every letter of Indonesian names, and is put into the file.
const font = "go"

func paperConfig(made time.Time) (*entity.Config, error) {
	fonts, err := repository.New().
		AddUTF8FontFromBytes(font, fontstyle.Normal, goregular.TTF).
		AddUTF8FontFromBytes(font, fontstyle.Bold, gobold.TTF).
		Load()
	if err != nil {
		return nil, err
	}
	return config.NewBuilder().WithPageSize(pagesize.A4).WithOrientation(orientation.Horizontal).
		WithLeftMargin(24).WithRightMargin(24).WithTopMargin(20).WithBottomMargin(14).
		WithCustomFonts(fonts).WithDefaultFont(&props.Font{Family: font}).
		WithCreationDate(made).WithTitle("Sertifikat belajar", true).Build(), nil
}

// Colours of the paper.
var (
	ink   = &props.Color{Red: 22, Green: 32, Blue: 46}
	muted = &props.Color{Red: 84, Green: 97, Blue: 114}
	brand = &props.Color{Red: 15, Green: 76, Blue: 129}
)

// draw makes the page: A4, lying.
func (c Certificate) draw(publicURL string) ([]byte, error) {
	conf, err := paperConfig(c.EarnedAt)
	if err != nil {
		return nil, err
	}
	m := maroto.New(conf)
	say := func(height, size float64, style fontstyle.Type, colour *props.Color, words string) {
		m.AddRow(height, text.NewCol(12, words, props.Text{Size: size, Style: style, Align: align.Center, Color: colour}))
	}
	say(12, 13, fontstyle.Bold, brand, c.AgencyName)
	m.AddRow(16, line.NewCol(12, props.Line{Color: brand, Thickness: 0.6, SizePercent: 100}))
	say(24, 32, fontstyle.Bold, ink, "Sertifikat Belajar")
	say(9, 11, fontstyle.Normal, muted, "Diberikan kepada")
	m.AddAutoRow(text.NewCol(12, c.Holder, props.Text{Size: 24, Style: fontstyle.Bold, Align: align.Center, Color: brand, Bottom: 6}))
	say(9, 11, fontstyle.Normal, muted, "yang telah menyelesaikan dan lulus kuis")
	m.AddAutoRow(text.NewCol(12, c.Name(), props.Text{Size: 17, Style: fontstyle.Bold, Align: align.Center, Color: ink, Bottom: 6}))
	say(8, 11, fontstyle.Normal, ink, "Kompetensi: "+c.CompetenceNames())
	say(24, 11, fontstyle.Normal, ink, c.Day())
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
		return text.New(said, props.Text{Top: top, Size: size, Style: style, Color: ink, Align: align.Left})
	}
	return []core.Col{
		col.New(3).Add(code.NewQr(link, props.Rect{Center: true, Percent: 92})),
		col.New(9).Add(words(8, 10, fontstyle.Bold, "Kode verifikasi: "+c.Code), words(15, 10, fontstyle.Normal, "Periksa keasliannya di "+host),
			words(22, 9, fontstyle.Normal, "Sertifikat belajar ini bukan syarat dan bukan bagian dari penilaian kinerja.")),
	}
}
