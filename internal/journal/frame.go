package journal

import (
	"encoding/binary"
	"hash/crc32"
	"time"
)

// A frame is one entry of the write-ahead log: the records of one group commit.
//
//	0  magic and version  u32        16 seq of the frame                    u64
//	4  number of records  u32        24 cumulative number of its first one  u64
//	8  bytes of the frame u32        32 when it was begun, Unix ms          i64
//	12 checksum of the rest of the header
//
// then each record: bytes u16, checksum u32, its bytes. Every checksum is CRC32C begun with a seed made of
// the folder's random number, so that nobody can put what looks like a frame into a record.
const (
	frameMagic   = 0x31464a47 // "GJF1"
	headerSize   = 40
	recordHeader = 6
	longest      = 512
	frameLimit   = 256 << 10
)

type header struct {
	count, size uint32
	seq, first  uint64 // first: cumulative number of the first record, from 1
	begun       time.Time
}

// last is the cumulative number of the last record of the frame.
func (h header) last() uint64 { return h.first + uint64(h.count) - 1 }

func seedOf(instance int64) uint32 {
	var number [8]byte
	binary.LittleEndian.PutUint64(number[:], uint64(instance))
	return checksum(0, number[:])
}

func checksum(seed uint32, bytes []byte) uint32 {
	return crc32.Update(seed, crc32.MakeTable(crc32.Castagnoli), bytes)
}

// appendRecord adds a record with its length and checksum.
func appendRecord(frame []byte, sum uint32, record []byte) []byte {
	frame = binary.LittleEndian.AppendUint16(frame, uint16(len(record)))
	frame = binary.LittleEndian.AppendUint32(frame, sum)
	return append(frame, record...)
}

// recordSum begins with the length, so that a wrong length is found as well.
func recordSum(seed uint32, record []byte) uint32 {
	return checksum(seed^uint32(len(record))*0x9e3779b1, record)
}

// putHeader writes the header into the first bytes of a frame that is otherwise whole.
func putHeader(frame []byte, h header, seed uint32) {
	little := binary.LittleEndian
	little.PutUint32(frame[0:], frameMagic)
	little.PutUint32(frame[4:], h.count)
	little.PutUint32(frame[8:], h.size)
	little.PutUint64(frame[16:], h.seq)
	little.PutUint64(frame[24:], h.first)
	little.PutUint64(frame[32:], uint64(h.begun.UnixMilli()))
	little.PutUint32(frame[12:], headerSum(frame, seed))
}

func headerSum(frame []byte, seed uint32) uint32 {
	return checksum(checksum(seed, frame[:12]), frame[16:headerSize])
}

// readHeader tells whether the bytes begin with a header that can be trusted.
func readHeader(bytes []byte, seed uint32) (h header, ok bool) {
	little := binary.LittleEndian
	if len(bytes) < headerSize || little.Uint32(bytes) != frameMagic || little.Uint32(bytes[12:]) != headerSum(bytes, seed) {
		return h, false
	}
	h = header{
		count: little.Uint32(bytes[4:]), size: little.Uint32(bytes[8:]),
		seq: little.Uint64(bytes[16:]), first: little.Uint64(bytes[24:]),
		begun: time.UnixMilli(int64(little.Uint64(bytes[32:]))).UTC(),
	}
	fits := h.size <= frameLimit && uint64(h.size) >= headerSize+uint64(h.count)*recordHeader
	return h, fits && h.count > 0 && h.seq > 0 && h.first > 0
}

// piece is a part of a frame in which no record could be found.
type piece struct {
	at    int
	bytes []byte
}

// readRecords finds the records of a frame, as slices of it. Where one is broken it looks for the next
// place where a checksum is right, so that one flipped bit costs one record.
func readRecords(frame []byte, h header, seed uint32) (records [][]byte, broken []piece) {
	records = make([][]byte, 0, h.count)
	lost := -1 // where the broken part began
	for at := headerSize; at < len(frame); {
		record, ok := readRecord(frame[at:], seed)
		if ok && len(records) < int(h.count) {
			if lost >= 0 {
				broken, lost = append(broken, piece{lost, frame[lost:at]}), -1
			}
			records = append(records, record)
			at += recordHeader + len(record)
			continue
		}
		if lost < 0 {
			lost = at
		}
		at++
	}
	if lost >= 0 {
		broken = append(broken, piece{lost, frame[lost:]})
	}
	return records, broken
}

func readRecord(bytes []byte, seed uint32) ([]byte, bool) {
	if len(bytes) < recordHeader {
		return nil, false
	}
	n := int(binary.LittleEndian.Uint16(bytes))
	if n > longest || len(bytes) < recordHeader+n {
		return nil, false
	}
	record := bytes[recordHeader : recordHeader+n : recordHeader+n]
	return record, recordSum(seed, record) == binary.LittleEndian.Uint32(bytes[2:])
}
