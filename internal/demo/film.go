package demo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"math/bits"
)

// film makes a real MP4 of a drawing that stands still for some seconds: H.264 in its plainest form (each block of
// the first picture as it is, all later ones "as before"), so that the demo has a video without an encoder.
func film(of image.Image, seconds int) []byte {
	w, h := of.Bounds().Dx()/16*16, of.Bounds().Dy()/16*16
	samples := [][]byte{firstPicture(of, w, h)}
	for n := 1; n < seconds; n++ {
		samples = append(samples, samePicture(n, w/16*(h/16)))
	}
	index := filmIndex(w, h, samples, 0)
	at := 24 + len(index) + 8
	var data []byte
	for _, sample := range samples {
		data = append(data, sample...)
	}
	return bytes.Join([][]byte{atom("ftyp", []byte("isom"), be(512), []byte("isomavc1")), filmIndex(w, h, samples, at), atom("mdat", data)}, nil)
}

// writer writes bits, the first of a byte first.
type writer struct {
	out  []byte
	free int // bits of the last byte
}

func (w *writer) bits(value uint, n int) {
	for n--; n >= 0; n-- {
		if w.free == 0 {
			w.out, w.free = append(w.out, 0), 8
		}
		w.free--
		w.out[len(w.out)-1] |= byte(value>>n&1) << w.free
	}
}

// golomb writes numbers as H.264 does: the small ones short.
func (w *writer) golomb(values ...uint) {
	for _, v := range values {
		n := bits.Len(v + 1)
		w.bits(0, n-1)
		w.bits(v+1, n)
	}
}

// unit ends a piece of the stream; no three bytes of it may look like the beginning of another.
func (w *writer) unit(head byte) []byte {
	w.bits(1, 1)
	out, zeros := []byte{head}, 0
	for _, b := range w.out {
		if zeros == 2 && b < 4 {
			out, zeros = append(out, 3), 0
		}
		if out = append(out, b); b == 0 {
			zeros++
		} else {
			zeros = 0
		}
	}
	return out
}

func sequence(w, h int) []byte {
	s := writer{}
	s.bits(66<<16|0xC0<<8|30, 24)
	s.golomb(0, 0, 2, 1)
	s.bits(0, 1)
	s.golomb(uint(w/16-1), uint(h/16-1))
	s.bits(0b1100, 4)
	return s.unit(0x67)
}

func pictures() []byte {
	p := writer{}
	p.golomb(0, 0)
	p.bits(0, 2)
	p.golomb(0, 0, 0)
	p.bits(0, 3)
	p.golomb(0, 0, 0)
	p.bits(0b100, 3)
	return p.unit(0x68)
}

func firstPicture(of image.Image, w, h int) []byte {
	s := writer{}
	s.golomb(0, 7, 0)
	s.bits(0, 4)
	s.golomb(0)
	s.bits(0, 2)
	s.golomb(0, 1)
	for y := 0; y < h; y += 16 {
		for x := 0; x < w; x += 16 {
			s.golomb(25)
			s.free = 0
			s.out = append(s.out, block(of, x, y)...)
		}
	}
	unit := s.unit(0x65)
	return append(be(len(unit)), unit...)
}

// block is 16 by 16 pixels: brightness, and colour at half the resolution.
func block(of image.Image, x, y int) []byte {
	light, blue, red := []byte{}, []byte{}, []byte{}
	for i := range 256 {
		at := of.Bounds().Min.Add(image.Pt(x+i%16, y+i/16))
		r, g, b, _ := of.At(at.X, at.Y).RGBA()
		yy, cb, cr := color.RGBToYCbCr(byte(r>>8), byte(g>>8), byte(b>>8))
		light = append(light, byte(16+int(yy)*219/255))
		if i%2 == 0 && i/16%2 == 0 {
			blue, red = append(blue, byte(128+(int(cb)-128)*224/255)), append(red, byte(128+(int(cr)-128)*224/255))
		}
	}
	return append(append(light, blue...), red...)
}

func samePicture(n, blocks int) []byte {
	s := writer{}
	s.golomb(0, 5, 0)
	s.bits(uint(n%16), 4)
	s.bits(0, 3)
	s.golomb(0, 1, uint(blocks))
	unit := s.unit(0x41)
	return append(be(len(unit)), unit...)
}

func be(values ...int) (out []byte) {
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, uint32(v))
	}
	return out
}

func short(values ...int) (out []byte) {
	for _, v := range values {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	return out
}

func atom(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(be(8+len(body)), kind...), body...)
}

// filmIndex is the moov of one stream, a picture each second, its data at one place.
func filmIndex(w, h int, samples [][]byte, at int) []byte {
	n := len(samples)
	sizes := be(0, 0, n)
	for _, sample := range samples {
		sizes = append(sizes, be(len(sample))...)
	}
	sps, pps := sequence(w, h), pictures()
	matrix := be(1<<16, 0, 0, 0, 1<<16, 0, 0, 0, 1<<30)
	codec := atom("avc1", make([]byte, 6), short(1), make([]byte, 16), short(w, h), be(72<<16, 72<<16, 0), short(1), make([]byte, 32), short(24, 0xffff),
		atom("avcC", []byte{1, 66, 0xC0, 30, 0xff, 0xe1}, short(len(sps)), sps, []byte{1}, short(len(pps)), pps))
	table := atom("stbl", atom("stsd", be(0, 1), codec), atom("stts", be(0, 1, n, 1000)), atom("stss", be(0, 1, 1)),
		atom("stsc", be(0, 1, 1, n, 1)), atom("stsz", sizes), atom("stco", be(0, 1, at)))
	media := atom("mdia", atom("mdhd", be(0, 0, 0, 1000, n*1000, 0x55c40000)), atom("hdlr", be(0, 0), []byte("vide"), be(0, 0, 0), []byte("Gambar\x00")),
		atom("minf", atom("vmhd", be(1, 0, 0)), atom("dinf", atom("dref", be(0, 1), atom("url ", be(1)))), table))
	track := atom("trak", atom("tkhd", be(7, 0, 0, 1, 0, n*1000, 0, 0, 0, 0), matrix, be(w<<16, h<<16)), media)
	return atom("moov", atom("mvhd", be(0, 0, 0, 1000, n*1000, 1<<16, 1<<24, 0, 0), matrix, be(0, 0, 0, 0, 0, 0, 2)), track)
}
