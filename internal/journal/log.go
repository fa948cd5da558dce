package journal

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/raft"
	wal "github.com/hashicorp/raft-wal"
	"github.com/hashicorp/raft-wal/segment"
)

// Journal is one folder: the frames that one process after another has written. Reading is safe beside
// writing; two readers wait for each other.
type Journal struct {
	dir      string
	instance int64
	seed     uint32
	disk     Disk
	log      *slog.Logger
	lock     *os.File // nil: only looked at
	counted  *atomic.Uint64

	first, last, records atomic.Uint64

	writing sync.Mutex // held to change wal, not to write
	wal     *wal.WAL   // nil: takes no more frames

	reading sync.Mutex
	cursor  cursor
	closed  bool
	judged  uint64 // broken frames up to here are counted, kept and told
	kept    int    // files in quarantine
}

// Batch is what Read found. Frames First to Last are dealt with when it is; LastRecord is the cumulative
// number of its newest record. Broken records are not in Records.
type Batch struct {
	First, Last uint64
	LastRecord  uint64
	Records     [][]byte
	Broken      int
}

// Instance is the folder's random positive number.
func (j *Journal) Instance() int64 { return j.instance }

// First is the seq of the oldest frame that is kept.
func (j *Journal) First() uint64 { return j.first.Load() }

// Last is the seq of the newest durable frame; First()-1 when there is none.
func (j *Journal) Last() uint64 { return j.last.Load() }

// Records is the number of the newest durable record since the folder was made.
func (j *Journal) Records() uint64 { return j.records.Load() }

// look reads the ends of the folder, without changing anything.
func (j *Journal) look() (ends, error) {
	j.cursor = cursor{disk: j.disk, dir: j.dir, seed: j.seed}
	e, err := j.cursor.survey()
	j.first.Store(e.first)
	j.last.Store(e.last)
	j.records.Store(e.records)
	return e, err
}

// startWriting opens the folder for new frames. It refuses one of which the library sees less than we do:
// it would write over the rest.
func (j *Journal) startWriting(size int, e ends) error {
	if e.sealed || e.foreign {
		return errors.New("journal: the folder takes no more frames")
	}
	if e.dirty { // if it was shipped before it broke, its seq must not come again
		return errors.New("journal: there is half a frame at the end")
	}
	w, err := wal.Open(j.dir, wal.WithSegmentFiler(filer{segment.NewFiler(j.dir, j.disk)}), wal.WithMetaStore(stateFile{j.disk, j.dir}),
		wal.WithCodec(frames{}), wal.WithSegmentSize(size),
		wal.WithLogger(hclog.New(&hclog.LoggerOptions{Output: told{j.log}, Level: hclog.Warn, DisableTime: true})))
	if err != nil {
		return err
	}
	last, err := w.LastIndex()
	if err != nil || (last != e.last && last != 0) || (last == 0 && e.last >= e.first) {
		return errors.Join(fmt.Errorf("journal: the log says %d frames where %d are", last, e.last), err, w.Close())
	}
	j.wal = w
	return nil
}

// told passes the library's words on.
type told struct{ log *slog.Logger }

func (t told) Write(line []byte) (int, error) {
	t.log.Warn("journal: write-ahead log", "said", strings.TrimSpace(string(line)))
	return len(line), nil
}

// write stores a frame whose header is still empty; when it returns nil the frame is on stable storage.
func (j *Journal) write(frame []byte, h header) error {
	h.seq, h.first, h.size = j.last.Load()+1, j.records.Load()+1, uint32(len(frame))
	putHeader(frame, h, j.seed)
	if err := j.wal.StoreLog(&raft.Log{Index: h.seq, Data: frame}); err != nil {
		return err
	}
	j.records.Store(h.last())
	j.last.Store(h.seq)
	return nil
}

// stopWriting leaves the folder readable. What a failed write left in it is not read by this process.
func (j *Journal) stopWriting() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.wal == nil {
		return nil
	}
	w := j.wal
	j.wal = nil
	return w.Close()
}

// Read answers whole frames behind a seq, until at least so many records are gathered. An empty batch
// says that there is nothing yet. Broken records are left out, counted, and put into quarantine.
func (j *Journal) Read(after uint64, most int) (b Batch, err error) {
	j.reading.Lock()
	defer j.reading.Unlock()
	last, records := j.last.Load(), j.records.Load()
	if j.closed {
		return b, ErrClosed
	}
	if after >= last {
		return b, nil
	}
	c := &j.cursor
	if c.file == nil || c.seq != after+1 {
		if err := c.seek(after); err != nil {
			return b, err
		}
	}
	b.First = c.seq
	for len(b.Records) < most && c.seq <= last {
		f, ok, err := c.next(last)
		if err != nil {
			return Batch{}, errors.Join(err, c.close())
		}
		if !ok {
			f.header = header{seq: last + 1, first: max(records, c.record) + 1}
		}
		if f.seq > f.from {
			b.Broken += j.lost(f)
		}
		if !ok {
			b.Last, b.LastRecord = last, f.first-1
			return b, c.close()
		}
		j.take(&b, f)
	}
	return b, nil
}

// take adds a frame to a batch.
func (j *Journal) take(b *Batch, f found) {
	own := append([]byte(nil), f.bytes...)
	records, broken := readRecords(own, f.header, j.seed)
	b.Records, b.Last, b.LastRecord = append(b.Records, records...), f.seq, f.last()
	if broken == nil {
		return
	}
	lost := max(int(f.count)-len(records), 1)
	b.Broken += lost
	if f.seq <= j.judged {
		return
	}
	for _, p := range broken {
		j.quarantine(fmt.Sprintf("%020d-%06d.record", f.seq, p.at), p.bytes)
	}
	j.alarm(f.seq, f.seq, lost)
}

// lost counts the records of the frames before f that are broken: exactly where the cumulative numbers on
// both sides are known, else as one a frame.
func (j *Journal) lost(f found) int {
	count := int(f.seq - f.from)
	if known := f.before > 0 || f.from == 1; known && f.first > f.before {
		count = int(f.first - 1 - f.before)
	}
	if f.seq-1 > j.judged {
		j.quarantine(fmt.Sprintf("%020d.frame", f.from), f.skipped)
		j.alarm(f.from, f.seq-1, count)
	}
	return count
}

func (j *Journal) alarm(from, to uint64, records int) {
	j.judged = to
	j.counted.Add(uint64(records))
	j.log.Error("journal: broken records left out", "folder", j.dir, "from", from, "to", to, "records", records)
}

const mostKept = 100

// quarantine keeps bytes that could not be read, for somebody to look at.
func (j *Journal) quarantine(name string, bytes []byte) {
	if j.lock == nil || j.kept >= mostKept {
		return
	}
	path := filepath.Join(j.dir, quarantineName, name)
	if _, err := os.Lstat(path); err == nil {
		return // by a process before this one
	}
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path, bytes, 0o600)
	}
	if err != nil {
		j.log.Error("journal: not kept in quarantine", "folder", j.dir, "error", err)
		return
	}
	j.kept++
}

const quarantineName = "quarantine"

// Release says that frames up to a seq are shipped. Segments that hold nothing else go, but never the
// newest frame: it carries the numbers on.
func (j *Journal) Release(upTo uint64) error {
	last := j.last.Load()
	upTo = min(upTo, last)
	list, err := segments(j.disk, j.dir)
	if err != nil {
		return err
	}
	keep := 0
	for i, s := range list {
		if s.base <= min(upTo+1, last) {
			keep = i
		}
	}
	if keep == 0 {
		return nil
	}
	if err := j.drop(list[:keep], list[keep].base); err != nil {
		return err
	}
	j.first.Store(list[keep].base)
	return nil
}

func (j *Journal) drop(gone []segmentName, first uint64) error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.wal != nil {
		return j.wal.DeleteRange(gone[0].base, first-1)
	}
	for _, s := range gone {
		if err := j.disk.Delete(j.dir, s.name); err != nil {
			return err
		}
	}
	return nil
}

// Close ends reading and writing and lets another process have the folder.
func (j *Journal) Close() error {
	err := j.stopWriting()
	j.reading.Lock()
	defer j.reading.Unlock()
	if j.closed {
		return err
	}
	j.closed = true
	err = errors.Join(err, j.cursor.close())
	if j.lock != nil {
		err = errors.Join(err, j.lock.Close())
	}
	return err
}
