package media

import (
	"bytes"
	"encoding/binary"
	"io"

	"gaung/internal/errs"
)

// Limits of a video.
const (
	maxSeconds = 180
	maxSide    = 4096    // pixels
	maxIndex   = 8 << 20 // bytes of the index (moov)
	maxBoxes   = 512     // on the uppermost level
)

// film is what an MP4 file says of itself, and where it says what is nobody's business.
type film struct {
	Width, Height, Seconds int
	blanks                 []span
}

// span is a box whose type and content are blanked: the file keeps its length, so no offset moves.
type span struct{ at, header, end int64 }

var notAFilm = errs.InvalidField("video", "Berkas ini bukan video MP4 yang utuh. Ekspor ulang sebagai MP4 (H.264, suara AAC), lalu unggah lagi.")

// isFilm looks at the first box.
func isFilm(file io.ReaderAt) bool {
	head := make([]byte, 8)
	_, err := file.ReadAt(head, 0)
	return err == nil && string(head[4:]) == "ftyp"
}

// readFilm walks the boxes of a file of size bytes. Nothing is decoded: it must be H.264 and AAC by its own index.
func readFilm(file io.ReaderAt, size int64) (film, error) {
	var found film
	if size > MaxBytes {
		return found, errs.InvalidField("video", "Video ini lebih dari 100 MB. Perkecil, misalnya ke 720p, lalu unggah lagi.")
	}
	var index []byte
	var indexAt int64
	data := false
	for at, n := int64(0), 0; at < size; n++ {
		kind, header, end, ok := boxAt(file, at, size)
		if !ok || n > maxBoxes || n == 0 && kind != "ftyp" {
			return found, notAFilm
		}
		switch kind {
		case "ftyp":
			brand := make([]byte, 4)
			if _, err := file.ReadAt(brand, at+header); err != nil || string(brand) == "qt  " {
				return found, notAFilm
			}
		case "moov":
			if index != nil || end-at > maxIndex {
				return found, notAFilm
			}
			index, indexAt = make([]byte, end-at-header), at+header
			if _, err := file.ReadAt(index, indexAt); err != nil {
				return found, notAFilm
			}
		case "mdat":
			data = true
		case "moof", "sidx":
			return found, errs.InvalidField("video", "Video ini terbagi dalam potongan (fragmented MP4). Ekspor ulang sebagai MP4 biasa, lalu unggah lagi.")
		case "free", "skip", "udta", "meta", "uuid", "wide":
			found.blanks = append(found.blanks, span{at, header, end})
		default:
			return found, notAFilm
		}
		at = end
	}
	if index == nil || !data {
		return found, notAFilm
	}
	return found, found.readIndex(index, indexAt, size)
}

// boxAt reads the head of a box: its kind, how long the head is, and where the box ends.
func boxAt(file io.ReaderAt, at, size int64) (kind string, header, end int64, ok bool) {
	head := make([]byte, 16)
	n, err := file.ReadAt(head, at)
	if n < 8 || err != nil && err != io.EOF {
		return "", 0, 0, false
	}
	long, header := int64(binary.BigEndian.Uint32(head)), int64(8)
	switch {
	case long == 0:
		long = size - at
	case long == 1 && n == 16:
		long, header = int64(binary.BigEndian.Uint64(head[8:])), 16
	}
	if long < header || long > size-at {
		return "", 0, 0, false
	}
	return string(head[4:8]), header, at + long, true
}

// box is a box inside the index.
type box struct {
	kind   string
	body   []byte
	at     int64 // of its head, in the file
	header int64
}

// boxes lists what a body holds; nil: it is broken.
func boxes(body []byte, at int64) (list []box, ok bool) {
	file := bytes.NewReader(body)
	for from := int64(0); from < int64(len(body)); {
		kind, header, end, ok := boxAt(file, from, int64(len(body)))
		if !ok {
			return nil, false
		}
		list = append(list, box{kind, body[from+header : end], at + from, header})
		from = end
	}
	return list, true
}

func (b box) inside(header int64) ([]box, bool) {
	if int64(len(b.body)) < header {
		return nil, false
	}
	return boxes(b.body[header:], b.at+b.header+header)
}

func (f *film) readIndex(index []byte, at, size int64) error {
	list, ok := boxes(index, at)
	if !ok {
		return notAFilm
	}
	films, seconds := 0, 0.0
	for _, b := range list {
		switch b.kind {
		case "mvhd":
			long, ok := length(b.body)
			if !ok {
				return notAFilm
			}
			seconds = max(seconds, long)
		case "trak":
			t, err := f.readTrack(b, size)
			if err != nil {
				return err
			}
			if t.picture {
				films++
				f.Width, f.Height = t.width, t.height
			}
			seconds = max(seconds, t.seconds)
		case "udta", "meta", "uuid", "free", "skip":
			f.blanks = append(f.blanks, span{b.at, b.header, b.at + b.header + int64(len(b.body))})
		case "iods":
		default:
			return notAFilm
		}
	}
	f.Seconds = int(seconds + 0.999)
	switch {
	case films != 1 || f.Seconds == 0:
		return notAFilm
	case seconds > maxSeconds+0.5:
		return errs.InvalidField("video", "Video ini %d detik; paling lama %d detik (3 menit). Potong videonya, lalu unggah lagi.", f.Seconds, maxSeconds)
	case f.Width < 2 || f.Height < 2 || f.Width > maxSide || f.Height > maxSide:
		return errs.InvalidField("video", "Ukuran gambar video harus paling banyak %d piksel tiap sisi.", maxSide)
	}
	return nil
}

// length is the duration of a header of the film or of a track (mvhd, mdhd), in seconds.
func length(body []byte) (float64, bool) {
	at, wide := 12, false
	if len(body) > 0 && body[0] == 1 {
		at, wide = 20, true
	}
	if len(body) < at+12 {
		return 0, false
	}
	scale := binary.BigEndian.Uint32(body[at:])
	units := uint64(binary.BigEndian.Uint32(body[at+4:]))
	if wide {
		units = binary.BigEndian.Uint64(body[at+4:])
	}
	return float64(units) / float64(max(scale, 1)), scale > 0
}

// blank overwrites what tells of places and devices: a free box of the same length stays.
func (f film) blank(file io.WriterAt) error {
	zeros := make([]byte, 64<<10)
	for _, s := range f.blanks {
		if _, err := file.WriteAt([]byte("free"), s.at+4); err != nil {
			return err
		}
		for at := s.at + s.header; at < s.end; {
			n, err := file.WriteAt(zeros[:min(int64(len(zeros)), s.end-at)], at)
			if err != nil {
				return err
			}
			at += int64(n)
		}
	}
	return nil
}
