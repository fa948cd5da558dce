package picture

import (
	"image"
	"io"
	"math/bits"

	"golang.org/x/image/draw"
)

// plainSide is how long a picture of a screen is kept, in pixels: its words can still be read.
const plainSide = 1600

// Plain makes one small form of a file, free of everything but its pixels, and tells what it looks like.
func Plain(file io.ReadSeeker) (form Form, look uint64, err error) {
	top, _, err := decode(file)
	if err != nil {
		return Form{}, 0, err
	}
	small := within(top, plainSide)
	text, err := encode(small, largestQuality)
	return Form{small.Rect.Dx(), small.Rect.Dy(), text}, Look(small), err
}

// Look is the dHash of a picture: of nine by eight grey points, whether each is brighter than the next in its row.
// It hardly changes when the picture is made smaller or saved again.
func Look(from image.Image) (look uint64) {
	grey := image.NewGray(image.Rect(0, 0, 9, 8))
	draw.CatmullRom.Scale(grey, grey.Rect, from, from.Bounds(), draw.Src, nil)
	for y := range 8 {
		for x := range 8 {
			look <<= 1
			if grey.GrayAt(x, y).Y > grey.GrayAt(x+1, y).Y {
				look |= 1
			}
		}
	}
	return look
}

// Apart is in how many of their 64 points two looks differ.
func Apart(a, b uint64) int { return bits.OnesCount64(a ^ b) }
