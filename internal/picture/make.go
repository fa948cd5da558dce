package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"runtime/debug"
	"sync"

	"golang.org/x/image/draw"
)

// The forms a picture is kept in.
const (
	largestSide    = 2160
	largestQuality = 85
	MaxSmall       = 60_000 // bytes of each small form
)

// smallWidths are the widths of the small forms, in pixels.
var smallWidths = []int{360, 720, 1080}

// Form is one encoded size of a picture: JPEG and nothing but pixels.
type Form struct {
	Width, Height int
	JPEG          []byte
}

// Made is a picture ready to be shown.
type Made struct {
	Largest Form
	Small   []Form // ascending; the largest of a small picture has a small form of its own size
}

// large is from where on memory is given back at once.
const large = 8_000_000

// Make checks and decodes a file, turns it upright and makes its forms. Its refusals are for the author.
func Make(file io.ReadSeeker) (Made, error) {
	top, pixels, err := decode(file)
	if err != nil {
		return Made{}, err
	}
	if pixels > large {
		debug.FreeOSMemory() // the decoder's share is not needed again for a long time
	}
	return forms(top)
}

// decode gives the upright picture, at most largestSide pixels long, on white.
func decode(file io.ReadSeeker) (*image.RGBA, int, error) {
	head, err := look(file)
	if err != nil {
		return nil, 0, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, 0, err
	}
	decoded, err := head.decode(file)
	if err != nil {
		return nil, 0, notAPicture
	}
	size := decoded.Bounds().Size()
	return upright(within(decoded, largestSide), head.orientation), size.X * size.Y, nil
}

// within makes a picture at most most pixels long. It halves first, which is quick, and takes the good
// filter only for the last step.
func within(from image.Image, most int) *image.RGBA {
	size := from.Bounds().Size()
	if long := max(size.X, size.Y); long > most {
		for 2*long > 3*most {
			from = scale(from, halved(from.Bounds().Size()), draw.ApproxBiLinear)
			size = from.Bounds().Size()
			long = max(size.X, size.Y)
		}
		if long > most {
			target := image.Pt(max(1, (size.X*most+long/2)/long), max(1, (size.Y*most+long/2)/long))
			return scale(from, target, draw.CatmullRom)
		}
	}
	if done, ok := from.(*image.RGBA); ok && done.Opaque() {
		return done
	}
	return scale(from, size, draw.NearestNeighbor) // the same size: only onto white
}

func halved(size image.Point) image.Point {
	return image.Pt(max(1, size.X/2), max(1, size.Y/2))
}

// scale draws onto white, so that nothing shines through.
func scale(from image.Image, size image.Point, by draw.Scaler) *image.RGBA {
	to := image.NewRGBA(image.Rectangle{Max: size})
	op := draw.Src
	if see, ok := from.(interface{ Opaque() bool }); ok && !see.Opaque() {
		draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
		op = draw.Over
	}
	if size == from.Bounds().Size() {
		draw.Draw(to, to.Bounds(), from, from.Bounds().Min, op)
		return to
	}
	by.Scale(to, to.Bounds(), from, from.Bounds(), op, nil)
	return to
}

// upright undoes an EXIF orientation.
func upright(from *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	to := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			sx, sy := source(orientation, x, y, w, h)
			copy(to.Pix[to.PixOffset(x, y):][:4], from.Pix[from.PixOffset(sx, sy):][:4])
		}
	}
	return to
}

// source tells where the pixel x, y of the upright picture lies in a stored one of w × h.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x
}

// forms encodes every size, the small ones each from the next larger.
func forms(top *image.RGBA) (made Made, err error) {
	var wait sync.WaitGroup
	faults := make([]error, len(smallWidths)+1)
	wait.Go(func() {
		var text []byte
		text, faults[0] = encode(top, largestQuality)
		made.Largest = Form{top.Rect.Dx(), top.Rect.Dy(), text}
	})
	steps := smaller(top)
	made.Small = make([]Form, len(steps))
	for i, step := range steps {
		wait.Go(func() { made.Small[i], faults[i+1] = Fit(step, MaxSmall) })
	}
	wait.Wait()
	for _, fault := range faults {
		if fault != nil {
			return Made{}, fault
		}
	}
	made.Small = ascending(made.Small)
	return made, nil
}

// ascending leaves out a form that had to shrink below the next smaller one.
func ascending(forms []Form) []Form {
	kept := forms[:1]
	for _, form := range forms[1:] {
		if form.Width > kept[len(kept)-1].Width {
			kept = append(kept, form)
		}
	}
	return kept
}

// smaller gives the pixels of the small forms, ascending. Nothing is ever blown up.
func smaller(top *image.RGBA) (steps []*image.RGBA) {
	from := top
	for i := len(smallWidths) - 1; i >= 0; i-- {
		width := smallWidths[i]
		switch {
		case from.Rect.Dx() > width:
			from = toWidth(from, width)
		case i > 0 && from.Rect.Dx() <= smallWidths[i-1]:
			continue // the next smaller width is enough
		}
		steps = append([]*image.RGBA{from}, steps...)
	}
	return steps
}

func toWidth(from *image.RGBA, width int) *image.RGBA {
	size := from.Rect.Size()
	by := draw.Scaler(draw.CatmullRom)
	if size.X == 2*width {
		by = draw.ApproxBiLinear
	}
	return scale(from, image.Pt(width, max(1, (size.Y*width+size.X/2)/size.X)), by)
}

// qualities are tried from good to just acceptable.
var qualities = []int{84, 78, 72, 66, 60, 54, 48, 42}

// Fit encodes a picture in at most limit bytes: as good as possible, then smaller.
func Fit(from *image.RGBA, limit int) (Form, error) {
	for {
		text, err := best(from, limit)
		if err != nil || text != nil {
			return Form{from.Rect.Dx(), from.Rect.Dy(), text}, err
		}
		from = toWidth(from, max(1, from.Rect.Dx()*85/100))
	}
}

// best searches the best quality that fits; nil: none does.
func best(from *image.RGBA, limit int) (found []byte, err error) {
	low, high := 0, len(qualities)
	for try := 0; low < high; try = (low + high) / 2 {
		text, err := encode(from, qualities[try])
		if err != nil {
			return nil, err
		}
		if len(text) <= limit {
			found, high = text, try
		} else {
			low = try + 1
		}
	}
	return found, nil
}

func encode(from image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, from, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}
