package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"
)

func screen(seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	top := image.NewRGBA(image.Rect(0, 0, 540, 960))
	for y := 0; y < 960; y += 60 {
		for x := 0; x < 540; x += 60 {
			c := color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
			for dy := range 60 {
				for dx := range 60 {
					top.SetRGBA(x+dx, y+dy, c)
				}
			}
		}
	}
	return top
}

// The same screen saved again, smaller and worse, looks the same; another one does not.
func TestThePictureOfAScreenIsKnownAgain(t *testing.T) {
	t.Parallel()
	save := func(from image.Image, quality int) *bytes.Reader {
		var text bytes.Buffer
		if err := jpeg.Encode(&text, from, &jpeg.Options{Quality: quality}); err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(text.Bytes())
	}
	for seed := range uint64(20) {
		_, first, err := Plain(save(screen(seed), 95))
		if err != nil {
			t.Fatal(err)
		}
		_, again, err := Plain(save(within(screen(seed), 500), 40))
		if err != nil || Apart(first, again) > 3 {
			t.Errorf("%d: saved again it is %d apart: %v", seed, Apart(first, again), err)
		}
		if _, other, err := Plain(save(screen(seed+100), 95)); err != nil || Apart(first, other) < 8 {
			t.Errorf("%d: another one is only %d apart: %v", seed, Apart(first, other), err)
		}
	}
}
