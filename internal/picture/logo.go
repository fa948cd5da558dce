package picture

import (
	"bytes"
	"image"
	"image/png"
	"io"

	"golang.org/x/image/draw"

	"gaung/internal/errs"
)

// MaxLogo is how many bytes the file of a logo may have.
const MaxLogo = 2 << 20

const (
	logoPixels = 8_000_000 // more is no logo, and would take memory
	logoSide   = 512       // pixels, of what is kept
)

// Mark is a logo ready to be shown: PNG, so that what was transparent stays so.
type Mark struct {
	Width, Height int
	PNG           []byte
}

// Logo checks and decodes a file, and keeps nothing but its pixels.
func Logo(file io.ReadSeeker) (Mark, error) {
	head, err := look(file)
	if err != nil {
		return Mark{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Mark{}, err
	}
	if told, err := head.config(file); err != nil || told.Width*told.Height > logoPixels {
		return Mark{}, errs.InvalidField(field, "Gambar logo terlalu besar. Perkecil hingga lebar sekitar 1000 piksel, lalu unggah lagi.")
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Mark{}, err
	}
	decoded, err := head.decode(file)
	if err != nil {
		return Mark{}, notAPicture
	}
	small := upright(fitted(decoded, logoSide), head.orientation)
	var out bytes.Buffer
	if err := png.Encode(&out, small); err != nil {
		return Mark{}, err
	}
	return Mark{small.Bounds().Dx(), small.Bounds().Dy(), out.Bytes()}, nil
}

// fitted is the picture at most most pixels long, on nothing.
func fitted(from image.Image, most int) *image.RGBA {
	size := from.Bounds().Size()
	if long := max(size.X, size.Y); long > most {
		size = image.Pt(max(1, size.X*most/long), max(1, size.Y*most/long))
	}
	to := image.NewRGBA(image.Rectangle{Max: size})
	draw.CatmullRom.Scale(to, to.Bounds(), from, from.Bounds(), draw.Src, nil)
	return to
}
