// Package paper is what everything printed has in common: its letters, its colours and how words fit into
// a width.
package paper

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/pagesize"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/johnfercher/maroto/v2/pkg/repository"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Family is what papers are set in: it has every letter of Indonesian names, and is put into the file.
const Family = "go"

// Colours of a paper.
var (
	Ink   = &props.Color{Red: 22, Green: 32, Blue: 46}
	Muted = &props.Color{Red: 84, Green: 97, Blue: 114}
	Brand = &props.Color{Red: 15, Green: 76, Blue: 129}
	Rule  = &props.Color{Red: 205, Green: 213, Blue: 222}
	Tint  = &props.Color{Red: 241, Green: 245, Blue: 249}
)

// New begins a paper of A4 with its letters.
func New(made time.Time, title string) (config.Builder, error) {
	fonts, err := repository.New().
		AddUTF8FontFromBytes(Family, fontstyle.Normal, goregular.TTF).
		AddUTF8FontFromBytes(Family, fontstyle.Bold, gobold.TTF).
		Load()
	if err != nil {
		return nil, err
	}
	return config.NewBuilder().WithPageSize(pagesize.A4).WithCustomFonts(fonts).WithDefaultFont(&props.Font{Family: Family}).
		WithCompression(true).WithCreationDate(made).WithTitle(Clean(title), true), nil
}

// Letters are the plain letters as a font file, for pictures on a paper.
func Letters() []byte { return goregular.TTF }

// Clean keeps what can be set: one line, and a question mark for each sign that the letters do not have. The writer
// would draw an empty box for it, and another letter beyond the first plane.
func Clean(words string) string {
	words = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		case !has(r):
			return '?'
		}
		return r
	}, words)
	return strings.Join(strings.Fields(words), " ")
}

// Lacks tells whether some sign of the words cannot be set.
func Lacks(words string) bool {
	return strings.ContainsFunc(words, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !has(r) })
}

// has tells whether both letters have a sign.
func has(r rune) bool {
	for _, parsed := range []func() (*sfnt.Font, error){plain, bold} {
		letters, err := parsed()
		if err != nil {
			return false
		}
		if glyph, err := letters.GlyphIndex(nil, r); err != nil || glyph == 0 {
			return false
		}
	}
	return r < 0xFFFF
}

// Fit breaks each word that is longer than a line, so that it does not run over what stands beside it.
// Sizes are in points, widths in millimetres. Bold letters are the wider ones: what fits in them fits.
func Fit(words string, size, width float64) string {
	var out []string
	for word := range strings.FieldsSeq(Clean(words)) {
		from, long := 0, 0.0
		for at, letter := range word {
			wide := Width(string(letter), size, fontstyle.Bold)
			if long+wide > width && at > from {
				out = append(out, word[from:at])
				from, long = at, 0
			}
			long += wide
		}
		out = append(out, word[from:])
	}
	return strings.Join(out, " ")
}

// Width is how wide words are, in millimetres.
func Width(words string, size float64, style fontstyle.Type) float64 {
	const point, unit = 25.4 / 72, 1000
	letters := plain
	if style == fontstyle.Bold {
		letters = bold
	}
	var buffer sfnt.Buffer
	sum := fixed.Int26_6(0)
	for _, letter := range words {
		advance := fixed.I(unit) // no letter is wider
		if all, err := letters(); err == nil {
			if glyph, err := all.GlyphIndex(&buffer, letter); err == nil {
				if known, err := all.GlyphAdvance(&buffer, glyph, fixed.I(unit), font.HintingNone); err == nil {
					advance = known
				}
			}
		}
		sum += advance
	}
	return float64(sum) / 64 / unit * size * point
}

var (
	plain = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(goregular.TTF) })
	bold  = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(gobold.TTF) })
)
