package journal

import (
	"runtime"
	"sync/atomic"
	"time"
)

// batch is the records of one group commit.
type batch struct {
	frame    []byte // header still empty
	count    uint32
	begun    time.Time // when its first record came
	answered atomic.Bool
	done     chan struct{} // closed when the waiters have their answer
	err      error         // set before done is closed
}

func (r *Root) newBatch(spare []byte) *batch {
	if cap(spare) < headerSize {
		spare = make([]byte, headerSize, 16<<10)
	}
	return &batch{frame: spare[:headerSize], done: make(chan struct{})}
}

// answer tells the waiters; only the first answer counts.
func (b *batch) answer(err error) {
	if b.answered.CompareAndSwap(false, true) {
		b.err = err
		close(b.done)
	}
}

// Append returns nil when the record is on stable storage. ErrUndurable says that this is not known: the
// disk failed, took longer than Wait, or more is waiting for it than fits into a frame. The record is copied.
func (r *Root) Append(record []byte) error {
	if len(record) > longest {
		r.count.refused.Add(1)
		return ErrTooLong
	}
	seed := r.seed.Load()
	sum := recordSum(seed, record)
	b := r.gather(record, sum, seed)
	if b == nil {
		r.count.undurable.Add(1)
		return ErrUndurable
	}
	<-b.done
	if b.err != nil {
		r.count.undurable.Add(1)
	}
	return b.err
}

// gather puts a record into the next batch; nil: it cannot be taken.
func (r *Root) gather(record []byte, sum, seed uint32) *batch {
	r.mu.Lock()
	b := r.cur
	if r.closed || r.sealed || len(b.frame)+recordHeader+len(record) > frameLimit {
		r.mu.Unlock()
		return nil
	}
	if now := r.seed.Load(); now != seed { // a new folder began just now
		sum = recordSum(now, record)
	}
	b.frame = appendRecord(b.frame, sum, record)
	b.count++
	first := b.count == 1
	if first {
		b.begun = r.o.Clock()
	}
	r.mu.Unlock()
	if first {
		select {
		case r.kick <- struct{}{}:
		default:
		}
	}
	return b
}

// write stores one batch after the other; while one is being synced the next gathers.
func (r *Root) write() {
	defer r.ended.Done()
	again := time.NewTicker(time.Second)
	defer again.Stop()
	var spare []byte
	for {
		select {
		case <-r.kick:
			spare = r.flush(spare)
		case <-again.C:
			if r.current.Load() == nil {
				r.renew()
			}
		case <-r.stop:
			r.flush(spare)
			return
		}
	}
}

// flush stores what has gathered and answers its frame for use again.
func (r *Root) flush(spare []byte) []byte {
	r.letGather()
	r.mu.Lock()
	b := r.cur
	if b.count == 0 {
		r.mu.Unlock()
		return spare
	}
	r.cur, r.busy = r.newBatch(spare), b
	r.mu.Unlock()
	err := r.store(b)
	r.mu.Lock()
	r.busy = nil
	r.mu.Unlock()
	if err == nil {
		r.count.appended.Add(uint64(b.count))
		r.count.syncs.Add(1)
		b.answer(nil)
		r.tell()
		return b.frame
	}
	b.answer(ErrUndurable)
	r.fail(err)
	return b.frame
}

// letGather lets everybody who is about to append do so before the batch is taken: a sync costs the same for
// one record as for a hundred. It waits for no timer, and for nobody who is not ready to run.
func (r *Root) letGather() {
	before := uint32(0)
	for range gatherRounds {
		r.mu.Lock()
		now := r.cur.count
		r.mu.Unlock()
		if now == before {
			return
		}
		before = now
		runtime.Gosched()
	}
}

// gatherRounds bounds how long that may take while more and more come.
const gatherRounds = 16

// store writes one batch into the current folder.
func (r *Root) store(b *batch) error {
	return r.current.Load().write(b.frame, header{count: b.count, begun: b.begun})
}

// fail gives the current folder up for writing: after a failed write nobody knows what is in the file.
// What gathered meanwhile is answered now, because its checksums belong to the old folder.
func (r *Root) fail(cause error) {
	old := r.current.Load()
	r.o.Log.Error("journal: the disk failed; a new folder is needed", "folder", old.dir, "error", cause)
	r.count.failures.Add(1)
	r.mu.Lock()
	r.sealed = true
	r.current.Store(nil)
	late := r.cur
	r.cur = r.newBatch(nil)
	closed := r.closed
	r.mu.Unlock()
	late.answer(ErrUndurable)
	if err := old.stopWriting(); err != nil {
		r.o.Log.Error("journal: the failed folder is not closed", "folder", old.dir, "error", err)
	}
	if !closed {
		r.renew()
	}
}

// watch answers the waiters of batches that the disk keeps too long. One ticker serves all of them, so an
// answer may come a tenth of Wait late; a record that joins a batch whose time is up is answered at once.
func (r *Root) watch() {
	defer r.ended.Done()
	ticks := time.NewTicker(max(r.o.Wait/10, time.Millisecond))
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
			r.expire()
		case <-r.stop:
			return
		}
	}
}

func (r *Root) expire() {
	now := r.o.Clock()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, b := range []*batch{r.busy, r.cur} {
		if b != nil && b.count > 0 && now.Sub(b.begun) >= r.o.Wait {
			b.answer(ErrUndurable)
		}
	}
}
