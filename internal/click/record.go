package click

import (
	"encoding/binary"
	"errors"
	"time"

	"gaung/internal/id"
	"gaung/internal/period"
)

// record is one request as the journal keeps it: what the edge saw, before anything was judged that takes
// time, and nothing that leads back to the visitor once the day's salt is gone.
type record struct {
	Link
	At      time.Time
	Address int64 // keyed hash of the client's address under the day's salt
	Block   int32 // of the network around it under the same salt; 0: unknown
	Saw     sight
	Agent   string // at most maxAgent bytes
}

// sight is what the edge saw of a request beside its user agent.
type sight uint16

const (
	sawPurpose       sight = 1 << iota // Sec-Purpose, Purpose, X-Purpose or X-Moz names a fetch ahead
	sawOwnSession                      // the sharer was signed in
	sawOwnDevice                       // the sharer's own device cookie
	sawNotNavigation                   // Sec-Fetch says that a page asked for it as a part of itself
	sawWithdrawn                       // the content had been recalled
	sawDatacentre                      // the address lies in a range that the operator listed
	sawFetchHeaders                    // the browser sent Sec-Fetch-Mode or Sec-Fetch-Dest at all
)

func (s sight) has(what sight) bool { return s&what != 0 }

// day is the visitor day of the request.
func (r record) day() period.Day { return period.VisitorDay(r.At) }

// recordVersion begins every record. A change of the layout takes the next number, and decodeRecord keeps
// reading the old ones: a journal may be older than the program that ships it. Version 1 knew no block.
const recordVersion = 2

// recordHead is the length of a record without its user agent, firstHead that of version 1.
const (
	firstHead  = 1 + 8 + 4 + 4 + 1 + 8 + 2
	recordHead = firstHead + 4
)

var errRecord = errors.New("click: not a record of the journal")

// encode appends the record to a buffer.
func (r record) encode(to []byte) []byte {
	to = append(to, recordVersion)
	to = binary.LittleEndian.AppendUint64(to, uint64(r.At.UnixMicro()))
	to = binary.LittleEndian.AppendUint32(to, uint32(r.Content))
	to = binary.LittleEndian.AppendUint32(to, uint32(r.User))
	to = append(to, byte(r.Channel))
	to = binary.LittleEndian.AppendUint64(to, uint64(r.Address))
	to = binary.LittleEndian.AppendUint16(to, uint16(r.Saw))
	to = binary.LittleEndian.AppendUint32(to, uint32(r.Block))
	return append(to, r.Agent...)
}

// decodeRecord reads what encode wrote.
func decodeRecord(from []byte) (record, error) {
	if len(from) == 0 {
		return record{}, errRecord
	}
	head, known := map[byte]int{1: firstHead, recordVersion: recordHead}[from[0]]
	if !known || len(from) < head || len(from) > head+maxAgent {
		return record{}, errRecord
	}
	r := record{
		At:      time.UnixMicro(int64(binary.LittleEndian.Uint64(from[1:]))).UTC(),
		Address: int64(binary.LittleEndian.Uint64(from[18:])),
		Saw:     sight(binary.LittleEndian.Uint16(from[26:])),
		Agent:   cleanAgent(string(from[head:])),
	}
	if head == recordHead {
		r.Block = int32(binary.LittleEndian.Uint32(from[firstHead:]))
	}
	r.Content, r.User = id.Content(binary.LittleEndian.Uint32(from[9:])), id.User(binary.LittleEndian.Uint32(from[13:]))
	r.Channel = Channel(from[17])
	return r, nil
}

// judgment is a record with what was made of it.
type judgment struct {
	record
	Visitor int32 // keyed hash of address and user agent: who, within one visitor day
	Verdict Verdict
	Reason  Reason
	Rule    int16
}
