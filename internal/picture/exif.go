package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// jpegMeta is what the segments before the pixels of a JPEG say. Of another format it is upright.
type jpegMeta struct {
	orientation int
	progressive bool
	subsampled  bool // colour at half the resolution or less
}

// readJPEG walks the segments up to the first scan. It believes nothing it cannot read.
func readJPEG(file io.Reader) jpegMeta {
	meta := jpegMeta{orientation: 1}
	r := bufio.NewReader(file)
	if start, err := r.Peek(2); err != nil || start[0] != 0xff || start[1] != 0xd8 {
		return meta
	}
	_, err := r.Discard(2)
	for err == nil {
		var head [4]byte
		if _, err = io.ReadFull(r, head[:]); err != nil || head[0] != 0xff || head[1] == 0xda {
			break
		}
		body := make([]byte, max(0, int(binary.BigEndian.Uint16(head[2:]))-2))
		if _, err = io.ReadFull(r, body); err != nil {
			break
		}
		switch {
		case head[1] == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			meta.orientation = exifOrientation(body[6:])
		case head[1] == 0xc2 || head[1] == 0xc0 || head[1] == 0xc1:
			meta.progressive = head[1] == 0xc2
			meta.subsampled = len(body) > 7 && body[7] > 0x11
		}
	}
	return meta
}

// exifOrientation reads tag 0x0112 of the first directory; 1 where there is none.
func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	for n := int64(order.Uint16(tiff[at:])); n > 0; n-- {
		entry := at + 2 + 12*(n-1)
		if entry+12 > int64(len(tiff)) || order.Uint16(tiff[entry:]) != 0x0112 {
			continue
		}
		if value := int(order.Uint16(tiff[entry+8:])); value >= 1 && value <= 8 {
			return value
		}
	}
	return 1
}
