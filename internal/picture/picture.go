// Package picture owns what may be a picture of ours and the forms it is shown in: it looks at what an
// author sent, makes it upright, small and free of everything but its pixels, and draws the card that
// networks show of a link.
package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"gaung/internal/errs"
)

// Limits of what is taken in.
const (
	MaxBytes   = 20 << 20   // of the file
	maxPixels  = 40_000_000 // of the picture
	maxWorking = 330 << 20  // bytes that decoding may take
	minSide    = 200        // pixels
	maxRatio   = 5          // long side to short side
)

const field = "image"

// kind is a file format that is taken.
type kind struct {
	magic  []byte
	at     int
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var kinds = []kind{
	{[]byte("\xff\xd8\xff"), 0, jpeg.DecodeConfig, jpeg.Decode},
	{[]byte("\x89PNG\r\n\x1a\n"), 0, png.DecodeConfig, png.Decode},
	{[]byte("WEBP"), 8, webp.DecodeConfig, webp.Decode},
}

// kindOf looks at the first bytes; what a file is called proves nothing.
func kindOf(head []byte) (kind, bool) {
	for _, k := range kinds {
		if len(head) >= k.at+len(k.magic) && bytes.Equal(head[k.at:k.at+len(k.magic)], k.magic) {
			return k, true
		}
	}
	return kind{}, false
}

// header is what a file says of itself before a pixel is decoded.
type header struct {
	kind
	orientation int // 1 to 8, as in EXIF
}

var notAPicture = errs.InvalidField(field, "Berkas ini bukan gambar JPEG, PNG, atau WebP yang dapat dibaca. Simpan ulang sebagai JPEG, lalu unggah lagi.")

// Check looks at a file without decoding it, and tells why it cannot be taken.
func Check(file io.ReadSeeker) error {
	_, err := look(file)
	return err
}

func look(file io.ReadSeeker) (header, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return header{}, err
	}
	head := make([]byte, 16)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return header{}, err
	}
	found, known := kindOf(head[:n])
	if !known {
		return header{}, notAPicture
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return header{}, err
	}
	config, err := found.config(file)
	if err != nil {
		return header{}, notAPicture
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return header{}, err
	}
	meta := readJPEG(file)
	return header{found, meta.orientation}, checkSize(config, meta)
}

// checkSize refuses what would take too much memory or show too little.
func checkSize(c image.Config, meta jpegMeta) error {
	short, long := min(c.Width, c.Height), max(c.Width, c.Height)
	pixels := int64(c.Width) * int64(c.Height)
	switch {
	case short < minSide:
		return errs.InvalidField(field, "Gambar terlalu kecil (%d × %d piksel). Gunakan gambar sedikitnya %d × %d piksel.", c.Width, c.Height, minSide, minSide)
	case pixels > maxPixels:
		return errs.InvalidField(field, "Gambar terlalu besar (%d × %d piksel). Perkecil hingga paling banyak 40 megapiksel, misalnya lebar 6000 piksel.", c.Width, c.Height)
	case long > maxRatio*short:
		return errs.InvalidField(field, "Gambar terlalu panjang: sisi panjang paling banyak %d kali sisi pendek. Potong gambarnya, atau bagi menjadi beberapa gambar.", maxRatio)
	case pixels*bytesPerPixel(c.ColorModel, meta) > maxWorking:
		return errs.InvalidField(field, "Gambar ini memerlukan terlalu banyak memori untuk diolah. Simpan ulang sebagai JPEG biasa (bukan progresif) atau perkecil, lalu unggah lagi.")
	}
	return nil
}

// bytesPerPixel is what the decoder holds: of a progressive JPEG also every coefficient, 4 bytes each.
func bytesPerPixel(model color.Model, meta jpegMeta) int64 {
	switch {
	case meta.progressive && meta.subsampled:
		return 8
	case meta.progressive:
		return 16
	case model == color.NRGBA64Model || model == color.RGBA64Model:
		return 8
	}
	return 4
}
