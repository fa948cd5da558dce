package picture

import (
	"image"
	"io"

	"golang.org/x/image/draw"
)

// Cut takes a part out of a picture and makes its forms; the part is in pixels of the upright picture.
func Cut(file io.ReadSeeker, part image.Rectangle) (Made, error) {
	whole, _, err := decode(file)
	if err != nil {
		return Made{}, err
	}
	to := image.NewRGBA(image.Rectangle{Max: part.Size()})
	draw.Draw(to, to.Bounds(), whole, part.Min, draw.Src)
	return forms(to)
}
