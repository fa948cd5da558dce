package picture

import (
	"image"
	"image/color"
	"io"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The card's size is what networks ask for; its weight is what WhatsApp still fetches.
const (
	CardWidth  = 1200
	CardHeight = 630
	cardBytes  = 290_000
)

// Card is what is told of a content on the picture that networks show of its link.
type Card struct {
	Title   string
	Agency  string
	Mark    string    // says that it is official
	Picture io.Reader // a picture of ours; nil: none
}

var (
	ground = color.RGBA{0x0a, 0x2f, 0x5c, 0xff}
	deep   = color.RGBA{0x07, 0x24, 0x48, 0xff}
	bright = color.RGBA{0x2f, 0x86, 0xd6, 0xff}
	paper  = color.RGBA{0xff, 0xff, 0xff, 0xff}
	faint  = color.RGBA{0xc9, 0xdc, 0xf0, 0xff}
)

// The card's measures, in pixels.
const (
	margin      = 56
	footer      = 104 // height of the line with the agency
	mostLines   = 3
	smallestPt  = 25
	largestPt   = 72
	besidePt    = 50 // with a picture, the title leaves room
	lineSpacing = 1.22
)

// Draw makes the card.
func (c Card) Draw() (Form, error) {
	to := image.NewRGBA(image.Rect(0, 0, CardWidth, CardHeight))
	draw.Draw(to, to.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return Form{}, err
	}
	largest := largestPt
	if c.Picture != nil {
		largest = besidePt
	}
	face, lines, size, err := setTitle(bold, readable(bold, c.Title), largest)
	if err != nil {
		return Form{}, err
	}
	line := int(float64(size) * lineSpacing)
	top := CardHeight - footer - line*len(lines) - margin/2
	if c.Picture != nil {
		if err := c.drawPicture(to, top-margin/2); err != nil {
			return Form{}, err
		}
	} else {
		drawPattern(to)
		top = (CardHeight - footer - line*len(lines)) / 2
	}
	for i, text := range lines {
		write(to, face, paper, margin, top+line*i+size, text)
	}
	if err := c.drawFooter(to, bold); err != nil {
		return Form{}, err
	}
	return Fit(to, cardBytes)
}

// setTitle finds the largest type in which the title has at most mostLines lines.
func setTitle(bold *opentype.Font, title string, largest int) (face font.Face, lines []string, size int, err error) {
	for size = largest; ; size-- {
		if face, err = opentype.NewFace(bold, &opentype.FaceOptions{Size: float64(size), DPI: 72}); err != nil {
			return nil, nil, 0, err
		}
		lines = wrap(face, title, CardWidth-2*margin)
		if len(lines) <= mostLines {
			return face, lines, size, nil
		}
		if size <= smallestPt {
			lines = lines[:mostLines]
			lines[mostLines-1] = shorten(face, lines[mostLines-1]+" …", CardWidth-2*margin)
			return face, lines, size, nil
		}
	}
}

// readable leaves out what the font cannot draw, such as emoji.
func readable(of *opentype.Font, text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if index, err := of.GlyphIndex(nil, r); err != nil || index == 0 {
			return ' '
		}
		return r
	}, text)), " ")
}

// wrap breaks at spaces, and inside a word that is longer than a line.
func wrap(face font.Face, text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if longer := strings.TrimPrefix(line+" "+word, " "); measure(face, longer) <= width {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for measure(face, word) > width {
			cut := len([]rune(word)) - 1
			for measure(face, string([]rune(word)[:cut])) > width {
				cut--
			}
			lines = append(lines, string([]rune(word)[:cut]))
			word = string([]rune(word)[cut:])
		}
		line = word
	}
	return append(lines, line)
}

// shorten takes characters away before the end mark until the text fits.
func shorten(face font.Face, text string, width int) string {
	for letters := []rune(strings.TrimSuffix(text, " …")); measure(face, text) > width && len(letters) > 0; {
		letters = letters[:len(letters)-1]
		text = strings.TrimRight(string(letters), " ") + " …"
	}
	return text
}

func measure(face font.Face, text string) int { return font.MeasureString(face, text).Ceil() }

func write(to draw.Image, face font.Face, ink color.Color, x, y int, text string) {
	d := font.Drawer{Dst: to, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

// drawPicture fills the upper part, cut to its shape around the middle, a little above it: heads matter.
func (c Card) drawPicture(to *image.RGBA, height int) error {
	from, _, err := image.Decode(c.Picture)
	if err != nil {
		return err
	}
	size, wanted := from.Bounds().Size(), image.Pt(CardWidth, height)
	cut := from.Bounds()
	if size.X*wanted.Y > size.Y*wanted.X {
		cut.Min.X += (size.X - size.Y*wanted.X/wanted.Y) / 2
		cut.Max.X = cut.Min.X + size.Y*wanted.X/wanted.Y
	} else {
		kept := size.X * wanted.Y / wanted.X
		cut.Min.Y += (size.Y - kept) * 2 / 5
		cut.Max.Y = cut.Min.Y + kept
	}
	draw.CatmullRom.Scale(to, image.Rectangle{Max: wanted}, from, cut, draw.Src, nil)
	draw.Draw(to, image.Rect(0, height, CardWidth, height+6), image.NewUniform(bright), image.Point{}, draw.Src)
	return nil
}

// drawPattern lays calm rings, as of an echo, into the corner.
func drawPattern(to *image.RGBA) {
	for i := 5; i > 0; i-- {
		ink := ground
		if i%2 == 1 {
			ink = deep
		}
		disc(to, CardWidth-40, 60, float32(110*i), ink)
	}
}

// drawFooter names the agency and says how it is known to be official.
func (c Card) drawFooter(to *image.RGBA, bold *opentype.Font) error {
	top := CardHeight - footer
	draw.Draw(to, image.Rect(0, top, CardWidth, CardHeight), image.NewUniform(deep), image.Point{}, draw.Src)
	strong, err := opentype.NewFace(bold, &opentype.FaceOptions{Size: 30, DPI: 72})
	if err != nil {
		return err
	}
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	plain, err := opentype.NewFace(regular, &opentype.FaceOptions{Size: 26, DPI: 72})
	if err != nil {
		return err
	}
	said := measure(plain, c.Mark)
	right := CardWidth - margin - said
	write(to, plain, faint, right, top+61, c.Mark)
	middle := float32(top + footer/2)
	disc(to, float32(right-34), middle, 18, bright)
	tick(to, float32(right-34), middle)
	write(to, strong, paper, margin, top+62, shorten(strong, readable(bold, c.Agency), right-34-18-margin-32))
	return nil
}

// disc fills a circle, drawn as four curves.
func disc(to *image.RGBA, x, y, r float32, ink color.Color) {
	const k = 0.5523
	v := vector.NewRasterizer(CardWidth, CardHeight)
	v.MoveTo(x+r, y)
	v.CubeTo(x+r, y+k*r, x+k*r, y+r, x, y+r)
	v.CubeTo(x-k*r, y+r, x-r, y+k*r, x-r, y)
	v.CubeTo(x-r, y-k*r, x-k*r, y-r, x, y-r)
	v.CubeTo(x+k*r, y-r, x+r, y-k*r, x+r, y)
	v.ClosePath()
	v.Draw(to, to.Bounds(), image.NewUniform(ink), image.Point{})
}

// tick is the mark inside the disc.
func tick(to *image.RGBA, x, y float32) {
	v := vector.NewRasterizer(CardWidth, CardHeight)
	v.MoveTo(x-9, y)
	v.LineTo(x-6, y-3)
	v.LineTo(x-2, y+1)
	v.LineTo(x+6, y-7)
	v.LineTo(x+9, y-4)
	v.LineTo(x-2, y+7)
	v.ClosePath()
	v.Draw(to, to.Bounds(), image.NewUniform(paper), image.Point{})
}
