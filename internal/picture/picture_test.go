package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"gaung/internal/errs"
)

// quarters is a picture whose corners have four colours, so that turning it shows.
func quarters(w, h int) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			ink := color.RGBA{250, 20, 20, 255}
			switch {
			case x >= w/2 && y < h/2:
				ink = color.RGBA{20, 250, 20, 255}
			case x < w/2 && y >= h/2:
				ink = color.RGBA{20, 20, 250, 255}
			case x >= w/2:
				ink = color.RGBA{250, 250, 20, 255}
			}
			to.Set(x, y, ink)
		}
	}
	return to
}

func noise(w, h int) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range to.Pix {
		to.Pix[i] = byte(random.Uint32())
		if i%4 == 3 {
			to.Pix[i] = 255
		}
	}
	return to
}

func jpegOf(t testing.TB, from image.Image) []byte {
	t.Helper()
	text, err := encode(from, 90)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// withEXIF puts a segment with an orientation and a place on earth behind the start of a JPEG.
func withEXIF(from []byte, orientation int, order binary.AppendByteOrder) []byte {
	mark := "II"
	if order == binary.BigEndian {
		mark = "MM"
	}
	tiff := append([]byte(mark), order.AppendUint16(nil, 42)...)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1)
	tiff = append(order.AppendUint16(tiff, uint16(orientation)), 0, 0)
	tiff = order.AppendUint32(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x8825), 4), 1), 38)
	tiff = append(tiff, "\x00\x00\x00\x00GPSLatitude -8.5833 rumah"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{}, from[:2]...)
	out = binary.BigEndian.AppendUint16(append(out, 0xff, 0xe1), uint16(len(segment)+2))
	return append(append(out, segment...), from[2:]...)
}

// turned stores an upright picture as a camera with that orientation would.
func turned(up *image.RGBA, orientation int) *image.RGBA {
	w, h := up.Rect.Dx(), up.Rect.Dy()
	if orientation >= 5 {
		w, h = h, w
	}
	stored := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range up.Rect.Dy() {
		for x := range up.Rect.Dx() {
			// Row 0 and column 0 of what is stored, in the words of the EXIF standard.
			sx, sy := x, y
			switch orientation {
			case 2: // top, right
				sx = w - 1 - x
			case 3: // bottom, right
				sx, sy = w-1-x, h-1-y
			case 4: // bottom, left
				sy = h - 1 - y
			case 5: // left, top
				sx, sy = y, x
			case 6: // right, top
				sx, sy = y, h-1-x
			case 7: // right, bottom
				sx, sy = w-1-y, h-1-x
			case 8: // left, bottom
				sx, sy = w-1-y, x
			}
			stored.Set(sx, sy, up.At(x, y))
		}
	}
	return stored
}

func TestAPhoneHeldAnyWayGivesAnUprightPicture(t *testing.T) {
	t.Parallel()
	up := quarters(400, 240)
	for orientation := 1; orientation <= 8; orientation++ {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			file := withEXIF(jpegOf(t, turned(up, orientation)), orientation, order)
			made, err := Make(bytes.NewReader(file))
			if err != nil || made.Largest.Width != 400 || made.Largest.Height != 240 {
				t.Fatalf("%d: %d × %d, %v", orientation, made.Largest.Width, made.Largest.Height, err)
			}
			got, err := jpeg.Decode(bytes.NewReader(made.Largest.JPEG))
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range []image.Point{{50, 40}, {350, 40}, {50, 200}, {350, 200}} {
				r, g, b, _ := got.At(at.X, at.Y).RGBA()
				wr, wg, wb, _ := up.At(at.X, at.Y).RGBA()
				if far(r, wr) || far(g, wg) || far(b, wb) {
					t.Errorf("orientation %d: at %v %d %d %d, want %d %d %d", orientation, at, r>>8, g>>8, b>>8, wr>>8, wg>>8, wb>>8)
				}
			}
		}
	}
}

func far(a, b uint32) bool { return max(a, b)-min(a, b) > 40<<8 }

// Where it was taken, by whom, and what hides behind the pixels stays with the author.
func TestNothingButPixelsLeaves(t *testing.T) {
	t.Parallel()
	file := withEXIF(jpegOf(t, quarters(1400, 900)), 1, binary.LittleEndian)
	file = append(file, "<script>alert(1)</script>"...)
	made, err := Make(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range append(made.Small, made.Largest) {
		for _, trace := range []string{"Exif", "GPS", "rumah", "<script"} {
			if bytes.Contains(form.JPEG, []byte(trace)) {
				t.Errorf("%d px still holds %q", form.Width, trace)
			}
		}
	}
}

// pngOf claims a size of its own, with next to no pixels behind it.
func pngOf(t *testing.T, w, h uint32) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	text := out.Bytes()
	binary.BigEndian.PutUint32(text[16:], w)
	binary.BigEndian.PutUint32(text[20:], h)
	binary.BigEndian.PutUint32(text[29:], crc32.ChecksumIEEE(text[12:29]))
	return text
}

func TestWhatIsNoPictureOfOursIsRefusedBeforeItIsDecoded(t *testing.T) {
	t.Parallel()
	gif := "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
	for name, file := range map[string][]byte{
		"an SVG called .jpg": []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"a page called .jpg": []byte("<!doctype html><script>alert(1)</script>"),
		"a GIF":              []byte(gif),
		"a PDF":              []byte("%PDF-1.7\n"),
		"nothing":            nil,
		"a torn JPEG":        jpegOf(t, quarters(300, 300))[:20],
		"a PNG bomb":         pngOf(t, 60_000, 60_000),
		"41 megapixels":      pngOf(t, 8200, 5000),
		"too small":          jpegOf(t, quarters(199, 400)),
		"a strip":            jpegOf(t, quarters(1300, 210)),
	} {
		if err := Check(bytes.NewReader(file)); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Make(bytes.NewReader(file)); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("making %s: %v", name, err)
		}
	}
	half := jpegOf(t, noise(600, 400))
	if _, err := Make(bytes.NewReader(half[:len(half)/2])); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("half a JPEG: %v", err)
	}
	if err := Check(bytes.NewReader(pngOf(t, 7900, 5000))); err != nil {
		t.Errorf("39.5 megapixels: %v", err)
	}
}

func TestEverySmallFormIsLight(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]image.Image{"noise": noise(1500, 1100), "a poster": quarters(1080, 1350), "small": noise(300, 260)} {
		made, err := Make(bytes.NewReader(jpegOf(t, from)))
		if err != nil || len(made.Small) == 0 {
			t.Fatal(name, err)
		}
		last := 0
		for _, form := range made.Small {
			config, err := jpeg.DecodeConfig(bytes.NewReader(form.JPEG))
			if err != nil || config.Width != form.Width || config.Height != form.Height {
				t.Errorf("%s: says %d × %d: %v", name, form.Width, form.Height, err)
			}
			if len(form.JPEG) > 60_000 || form.Width <= last || form.Width > 1080 {
				t.Errorf("%s: %d px in %d bytes", name, form.Width, len(form.JPEG))
			}
			last = form.Width
		}
	}
}

func TestATransparentPictureStandsOnWhite(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 300, 300))); err != nil {
		t.Fatal(err)
	}
	made, err := Make(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	got, err := jpeg.Decode(bytes.NewReader(made.Largest.JPEG))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := got.At(150, 150).RGBA(); min(r, g, b) < 250<<8 {
		t.Errorf("%d %d %d", r>>8, g>>8, b>>8)
	}
}

func TestEveryTitleFitsOnTheCard(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, quarters(1600, 900))
	for name, title := range map[string]string{
		"short":      "Posyandu",
		"200":        strings.Repeat("Pelayanan administrasi kependudukan ", 6)[:200],
		"wide":       strings.Repeat("WWWWWWW MMMMMM ", 14)[:200],
		"one word":   strings.Repeat("k", 200),
		"diacritics": "Café résumé naïve, Ngurah Rai: Pura Běsakih, Škola, Đà Nẵng",
		"emoji":      "🎉🎉 Selamat 🎉",
		"nothing":    "",
	} {
		for _, with := range []io.Reader{nil, bytes.NewReader(photo)} {
			drawn, err := Card{Title: title, Agency: "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Kepulauan Seribu Selat Panjang Raya", Mark: "Situs resmi", Picture: with}.Draw()
			if err != nil || drawn.Width != 1200 || drawn.Height != 630 || len(drawn.JPEG) >= 300_000 {
				t.Errorf("%s: %d × %d, %d bytes, %v", name, drawn.Width, drawn.Height, len(drawn.JPEG), err)
			}
		}
	}
	drawn, err := Card{Title: "Derau", Agency: "Dinas", Mark: "Situs resmi", Picture: bytes.NewReader(jpegOf(t, noise(1300, 800)))}.Draw()
	if err != nil || drawn.Width != 1200 || len(drawn.JPEG) >= 300_000 {
		t.Errorf("noise: %d px, %d bytes, %v", drawn.Width, len(drawn.JPEG), err)
	}
}

// BenchmarkTwelveMegapixels is a phone's picture, and Demo one as the demo world has thirty of.
func BenchmarkTwelveMegapixels(b *testing.B) { benchmark(b, 4000, 3000) }

func BenchmarkDemo(b *testing.B) { benchmark(b, 1600, 900) }

func benchmark(b *testing.B, w, h int) {
	file := jpegOf(b, quarters(w, h))
	for b.Loop() {
		if _, err := Make(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
}
