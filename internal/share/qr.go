package share

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/boombuler/barcode/qr"

	"gaung/internal/click"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// QR is a person's link to a content as a picture to print or to show.
type QR struct {
	Type string // media type
	Body []byte
}

const (
	quiet     = 4  // modules of white around the code (ISO/IEC 18004)
	pngModule = 16 // pixels of a module: 10 cm at 150 dots an inch
)

// QR draws the code of the person's own link, as png or svg. Nothing is recorded: a code that was drawn was
// not shared yet, and who scans it is counted as a reader of a copied link.
func (s *Service) QR(ctx context.Context, actor org.Actor, content id.Content, format string) (QR, error) {
	if format != "png" && format != "svg" {
		return QR{}, errs.InvalidField("format", "Format kode QR harus png atau svg.")
	}
	if _, err := s.Get(ctx, actor, content); err != nil {
		return QR{}, err
	}
	link := s.publicURL + "/s/" + s.clicks.Encode(click.Link{Content: content, User: actor.User, Channel: click.Copy})
	drawn, err := qr.Encode(link, qr.M, qr.Auto)
	if err != nil {
		return QR{}, err
	}
	if format == "svg" {
		return QR{"image/svg+xml", svgOf(drawn)}, nil
	}
	raster, err := pngOf(drawn)
	return QR{"image/png", raster}, err
}

func dark(code image.Image, x, y int) bool {
	return color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y < 128
}

func svgOf(code image.Image) []byte {
	side := code.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := range side {
			if dark(code, x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	whole := side + 2*quiet
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<rect width="%d" height="%d" fill="#fff"/><path d="%s"/></svg>`, whole, whole, whole, whole, path.String())
}

func pngOf(code image.Image) ([]byte, error) {
	side := (code.Bounds().Dx() + 2*quiet) * pngModule
	raster := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if at := image.Pt(x/pngModule-quiet, y/pngModule-quiet); at.In(code.Bounds()) && dark(code, at.X, at.Y) {
				raster.SetColorIndex(x, y, 1)
			}
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, raster)
	return out.Bytes(), err
}
