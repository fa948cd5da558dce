package journal

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/hashicorp/raft-wal/types"
)

// cursor reads the frames of a folder forward. It walks the segment files itself and believes only our
// own headers: the library finds frames by lengths that nothing protects, so one flipped bit there would
// hide every frame behind it.
type cursor struct {
	disk types.VFS
	dir  string
	seed uint32

	file   types.ReadableFile
	name   string // of the segment that is open
	base   uint64 // its first frame
	at     int64  // where the next header should be
	seq    uint64 // of the next frame
	record uint64 // cumulative number of the last record before it; 0: not known, or none

	window []byte // bytes of the file from start on
	start  int64
	bound  uint64 // what next was asked for
	fresh  uint64 // the bound when the window was read: only frames up to there are whole in it
}

const (
	// What the library puts into a segment: a header of its own, then for each append (one frame) 8
	// bytes, the frame filled up to 8 bytes, and a commit mark of 8 bytes.
	segmentHeader = 32
	entryHeader   = 8
	firstFrame    = segmentHeader + entryHeader
	windowSize    = 2 * frameLimit
)

// found is the next frame, or what is left of it.
type found struct {
	header
	bytes   []byte // the whole frame; valid until the next call
	skipped []byte // bytes that were passed over to get here: broken frames
	from    uint64 // the seq that was expected; less than that of the frame when frames are broken or gone
	before  uint64 // cumulative number of the last record before from; 0: not known, or none
}

type segmentName struct {
	name     string
	base, id uint64
}

// segments lists the segment files of a folder in order.
func segments(disk types.VFS, dir string) ([]segmentName, error) {
	names, err := disk.ListDir(dir)
	if err != nil {
		return nil, err
	}
	var list []segmentName
	for _, name := range names {
		s := segmentName{name: name}
		if n, err := fmt.Sscanf(name, "%020d-%016x.wal", &s.base, &s.id); err == nil && n == 2 && name == fmt.Sprintf("%020d-%016x.wal", s.base, s.id) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b segmentName) int {
		return cmp.Or(cmp.Compare(a.base, b.base), cmp.Compare(a.id, b.id))
	})
	return list, nil
}

// seek goes to the segment that should hold the frame after a seq.
func (c *cursor) seek(after uint64) error {
	list, err := segments(c.disk, c.dir)
	if err != nil || len(list) == 0 {
		return err
	}
	at := 0
	for i, s := range list {
		if s.base <= after+1 {
			at = i
		}
	}
	c.seq, c.record = max(after+1, list[at].base), 0
	return c.open(list[at])
}

func (c *cursor) open(s segmentName) error {
	file, err := c.disk.OpenReader(c.dir, s.name)
	if err != nil {
		return err
	}
	err = c.close()
	c.file, c.name, c.base, c.at = file, s.name, s.base, firstFrame
	c.window, c.start, c.fresh = c.window[:0], 0, 0
	return err
}

func (c *cursor) close() error {
	if c.file == nil {
		return nil
	}
	err := c.file.Close()
	c.file = nil
	return err
}

// next finds the next frame up to a seq. ok is false when there is none; what was passed over in vain is
// then in skipped.
func (c *cursor) next(upTo uint64) (f found, ok bool, err error) {
	c.bound = upTo
	if c.seq > c.fresh {
		c.window = c.window[:0]
	}
	var behind []byte
	for c.file != nil {
		begin := c.at
		found, err := c.find(&f, upTo)
		if err != nil {
			return f, false, err
		}
		if found {
			f.from, f.before = c.seq, c.record
			if f.seq > f.from {
				f.skipped = append(behind, c.bytesBetween(begin, c.at)...)
			}
			c.at += padded(f.size) + 2*entryHeader
			c.seq, c.record = f.seq+1, f.last()
			return f, true, nil
		}
		behind = c.bytesBetween(begin, c.at)
		more, err := c.nextSegment()
		if err != nil || !more {
			c.at, f.skipped, f.from, f.before = begin, behind, c.seq, c.record
			return f, false, err
		}
	}
	return f, false, nil
}

// bytesBetween reads what was passed over, at most the size of a frame.
func (c *cursor) bytesBetween(from, to int64) []byte {
	bytes := make([]byte, min(to-from, frameLimit))
	n, err := c.file.ReadAt(bytes, from)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	return bytes[:n]
}

func padded(size uint32) int64 { return int64(size+7) &^ 7 }

// find moves on to the next header of this segment that can be trusted and is wanted.
func (c *cursor) find(f *found, upTo uint64) (bool, error) {
	for {
		head, err := c.peek(c.at, headerSize)
		if err != nil || len(head) < headerSize {
			return false, err
		}
		if binary.LittleEndian.Uint32(head) == frameMagic {
			if h, ok := readHeader(head, c.seed); ok && h.seq <= upTo {
				bytes, err := c.peek(c.at, int(h.size))
				if err != nil {
					return false, err
				}
				if len(bytes) == int(h.size) && h.seq >= c.seq {
					f.header, f.bytes = h, bytes
					return true, nil
				}
				if len(bytes) == int(h.size) { // read before
					c.at += padded(h.size) + 2*entryHeader
					c.record = h.last()
					continue
				}
			}
		}
		c.at += 8
	}
}

// peek answers up to n bytes from an offset: fewer at the end of the file.
func (c *cursor) peek(at int64, n int) ([]byte, error) {
	if at >= c.start && at+int64(n) <= c.start+int64(len(c.window)) {
		return c.window[at-c.start:][:n], nil
	}
	if c.window == nil {
		c.window = make([]byte, 0, windowSize)
	}
	got, err := c.file.ReadAt(c.window[:cap(c.window)], at)
	if err != nil && !errors.Is(err, io.EOF) {
		c.window = c.window[:0]
		return nil, err
	}
	c.window, c.start, c.fresh = c.window[:got], at, c.bound
	return c.window[:min(n, got)], nil
}

// nextSegment opens the segment behind this one, if there is one.
func (c *cursor) nextSegment() (bool, error) {
	list, err := segments(c.disk, c.dir)
	if err != nil {
		return false, err
	}
	for _, s := range list {
		if s.base > c.base {
			err := c.open(s)
			if errors.Is(err, fs.ErrNotExist) {
				continue // released meanwhile
			}
			return err == nil, err
		}
	}
	return false, nil
}

// ends is what a walk through a folder finds.
type ends struct {
	first, last uint64 // last is first-1 when there is no frame
	records     uint64
	sealed      bool // the last segment takes no more frames
	dirty       bool // something that is no whole frame follows the last one
	foreign     bool // a segment holds something else
}

// survey finds the ends of a folder from its last segments. A last frame that is not whole was never
// answered for and does not count.
func (c *cursor) survey() (e ends, err error) {
	list, err := segments(c.disk, c.dir)
	if err != nil || len(list) == 0 {
		return ends{first: 1}, err
	}
	// A segment is begun only when the frame before it is on stable storage.
	e = ends{first: max(list[0].base, 1), last: max(list[len(list)-1].base, 1) - 1}
	for i := len(list) - 1; i >= 0; i-- {
		if err := c.open(list[i]); err != nil {
			return e, errors.Join(err, c.close())
		}
		any, unclean, err := c.surveySegment(&e, list[i].base)
		e.sealed, e.dirty = e.sealed && i == len(list)-1, e.dirty || (i == len(list)-1 && unclean)
		if err != nil || any {
			return e, errors.Join(err, c.close())
		}
	}
	return e, c.close()
}

func (c *cursor) surveySegment(e *ends, base uint64) (any, unclean bool, err error) {
	head, err := c.peek(0, segmentHeader)
	if err != nil {
		return false, false, err
	}
	e.foreign = e.foreign || (len(head) >= 4 && binary.LittleEndian.Uint32(head) != 0 && binary.LittleEndian.Uint32(head) != segmentMagic)
	c.seq = base
	end := int64(segmentHeader) // of what the library wrote with the last whole frame
	var torn *found
	for {
		var f found
		ok, err := c.find(&f, ^uint64(0))
		if err != nil {
			return any, false, err
		}
		if !ok {
			break
		}
		if torn != nil { // something follows it: it is broken, not torn
			e.last, e.records, any, torn = max(e.last, torn.seq), torn.last(), true, nil
		}
		mark := c.at + padded(f.size)
		c.at, c.seq = mark+2*entryHeader, f.seq+1
		if _, broken := readRecords(f.bytes, f.header, c.seed); broken != nil {
			torn = &found{header: f.header}
			continue
		}
		e.last, e.records, any, end = max(e.last, f.seq), f.last(), true, mark+entryHeader
		after, err := c.peek(mark, 1)
		if err != nil {
			return any, false, err
		}
		e.sealed = len(after) == 1 && after[0] == indexMark
	}
	rest, err := c.peek(end, windowSize)
	return any, len(bytes.Trim(rest, "\x00")) > 0, err
}

const (
	segmentMagic = 0x58eb6b0d // begins a segment of the library
	indexMark    = 2          // begins the index that the library puts at the end of a segment
)
