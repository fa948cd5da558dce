package media

import (
	"encoding/binary"

	"gaung/internal/errs"
)

// track is one stream of a film.
type track struct {
	picture       bool
	width, height int
	seconds       float64
}

// readTrack allows pictures in H.264 and sound in AAC. A stream of anything else, such as the places where a
// camera was, is refused: it cannot be taken out without writing the film anew.
func (f *film) readTrack(of box, size int64) (t track, err error) {
	parts, ok := of.inside(0)
	if !ok {
		return t, notAFilm
	}
	var media []box
	for _, b := range parts {
		switch b.kind {
		case "tkhd":
			if t.width, t.height, ok = shownSize(b.body); !ok {
				return t, notAFilm
			}
		case "mdia":
			if media, ok = b.inside(0); !ok {
				return t, notAFilm
			}
		case "udta", "meta", "uuid", "free", "skip":
			f.blanks = append(f.blanks, span{b.at, b.header, b.at + b.header + int64(len(b.body))})
		}
	}
	handler, tables := "", []box(nil)
	for _, b := range media {
		switch b.kind {
		case "hdlr":
			if len(b.body) >= 12 {
				handler = string(b.body[8:12])
			}
		case "mdhd":
			if t.seconds, ok = length(b.body); !ok {
				return t, notAFilm
			}
		case "minf":
			if tables, ok = tablesOf(b); !ok {
				return t, notAFilm
			}
		}
	}
	t.picture = handler == "vide"
	if handler != "vide" && handler != "soun" {
		return t, errs.InvalidField("video", "Video ini memuat jalur data lain, misalnya lokasi dari kamera. Ekspor ulang sebagai MP4 yang hanya berisi gambar dan suara, lalu unggah lagi.")
	}
	return t, checkTables(tables, handler, size)
}

func tablesOf(minf box) ([]box, bool) {
	parts, ok := minf.inside(0)
	for _, b := range parts {
		if ok && b.kind == "stbl" {
			return b.inside(0)
		}
	}
	return nil, false
}

// shownSize reads the size at which a picture is shown; a phone that was held upright says so by a turn.
func shownSize(body []byte) (width, height int, ok bool) {
	matrix := 40
	if len(body) > 0 && body[0] == 1 {
		matrix = 52
	}
	if len(body) < matrix+44 {
		return 0, 0, false
	}
	width, height = int(binary.BigEndian.Uint32(body[matrix+36:])>>16), int(binary.BigEndian.Uint32(body[matrix+40:])>>16)
	if turned := binary.BigEndian.Uint32(body[matrix:]) == 0; turned {
		width, height = height, width
	}
	return width, height, true
}

// checkTables looks for the codec, for at least one sample, and that all data lies within the file.
func checkTables(tables []box, handler string, size int64) error {
	codec, samples, chunks := "", uint32(0), 0
	for _, b := range tables {
		switch b.kind {
		case "stsd":
			entries, ok := b.inside(8)
			if !ok || len(entries) != 1 {
				return notAFilm
			}
			if codec = entries[0].kind; codec == "mp4a" && !isAAC(entries[0]) {
				codec = "mp4a of something else"
			}
		case "stsz", "stz2":
			if len(b.body) >= 12 {
				samples = binary.BigEndian.Uint32(b.body[8:])
			}
		case "stco", "co64":
			within, n := chunksWithin(b, size)
			if !within {
				return notAFilm
			}
			chunks = n
		}
	}
	switch {
	case handler == "vide" && codec != "avc1" && codec != "avc3", handler == "soun" && codec != "mp4a":
		return errs.InvalidField("video", "Video harus berformat H.264 dengan suara AAC agar dapat diputar di semua ponsel. Ekspor ulang, lalu unggah lagi.")
	case samples == 0 || chunks == 0:
		return notAFilm
	}
	return nil
}

func chunksWithin(b box, size int64) (within bool, n int) {
	if len(b.body) < 8 {
		return false, 0
	}
	long, count := 4, int64(binary.BigEndian.Uint32(b.body[4:]))
	if b.kind == "co64" {
		long = 8
	}
	if int64(len(b.body)-8) < count*int64(long) {
		return false, 0
	}
	for at := 8; at < 8+int(count)*long; at += long {
		offset := uint64(binary.BigEndian.Uint32(b.body[at:]))
		if long == 8 {
			offset = binary.BigEndian.Uint64(b.body[at:])
		}
		if offset >= uint64(size) {
			return false, 0
		}
	}
	return true, int(count)
}

// isAAC reads the description of a stream of sound: mp4a may also be MP3 or something older.
func isAAC(entry box) bool {
	parts, ok := entry.inside(28)
	for _, b := range parts {
		if !ok || b.kind != "esds" || len(b.body) < 4 {
			continue
		}
		rest := b.body[4:]
		for _, tag := range []struct{ is, skip byte }{{3, 3}, {4, 0}} {
			if len(rest) < 2 || rest[0] != tag.is {
				return false
			}
			rest = rest[1:]
			for len(rest) > 1 && rest[0]&0x80 != 0 {
				rest = rest[1:]
			}
			if len(rest) < 2+int(tag.skip) {
				return false
			}
			rest = rest[1+tag.skip:]
		}
		return rest[0] == 0x40 || rest[0] >= 0x66 && rest[0] <= 0x68
	}
	return false
}
