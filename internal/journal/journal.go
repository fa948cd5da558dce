// Package journal owns the folder in which clicks wait: a log of opaque records that are on stable storage
// before anybody is answered, and that are read forward until somebody says that they are shipped.
package journal

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

var (
	// ErrUndurable says that a record is not known to be on stable storage. It may be all the same.
	ErrUndurable = errors.New("journal: not known to be durable")
	// ErrTooLong refuses a record of more than 512 bytes.
	ErrTooLong = errors.New("journal: the record is too long")
	// ErrInUse says that another process has the folder.
	ErrInUse = errors.New("journal: in use")
	// ErrClosed says that the journal was closed.
	ErrClosed = errors.New("journal: closed")
	// ErrCurrent refuses to retire a journal that is written to, or is none of this root's.
	ErrCurrent = errors.New("journal: cannot be retired")
)

// Options of a root; the zero value is good.
type Options struct {
	Wait        time.Duration    // how long Append waits for the disk; 0: 250 ms
	SegmentSize int              // bytes; 0: 16 MiB
	Disk        Disk             // nil: the real one
	Log         *slog.Logger     // nil: discard
	Clock       func() time.Time // nil: time.Now
}

func (o Options) filled() Options {
	if o.Wait == 0 {
		o.Wait = 250 * time.Millisecond
	}
	if o.SegmentSize == 0 {
		o.SegmentSize = 16 << 20
	}
	if o.Disk == nil {
		o.Disk = realDisk{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o
}

// Root is the folder with one folder for each instance. Processes on one machine may share it.
type Root struct {
	dir string
	o   Options

	mu     sync.Mutex
	cur    *batch // gathers; never nil
	busy   *batch // is being written; nil: none
	closed bool
	sealed bool       // nothing can be written now
	list   []*Journal // of this process, the current one first

	current atomic.Pointer[Journal] // the one that is written; nil: none
	seed    atomic.Uint32           // of the current one

	kick  chan struct{}
	wake  chan struct{}
	stop  chan struct{}
	ended sync.WaitGroup

	adopting sync.Mutex
	count    struct{ appended, undurable, refused, syncs, failures, quarantined atomic.Uint64 }
}

// Stats are counts since the root was opened.
type Stats struct {
	Appended    uint64 // records that became durable
	Undurable   uint64 // appends that were answered with ErrUndurable
	Refused     uint64 // records that were too long
	Syncs       uint64 // frames that became durable
	Failures    uint64 // times the disk failed and a new journal was needed
	Quarantined uint64 // records that could not be read
	Failed      bool   // there is no writable journal now
}

// OpenRoot claims a folder whose process is gone, or makes a new one. A disk that cannot be written now is
// no error: the root is then Failed and tries again each second.
func OpenRoot(dir string, o Options) (*Root, error) {
	o = o.filled()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	sweep(dir, o.Log)
	r := &Root{dir: dir, o: o, kick: make(chan struct{}, 1), wake: make(chan struct{}, 1), stop: make(chan struct{}), sealed: true}
	r.cur = r.newBatch(nil)
	if err := r.claim(); err != nil {
		return nil, err
	}
	if r.current.Load() == nil {
		r.renew()
	}
	r.ended.Add(2)
	go r.write()
	go r.watch()
	return r, nil
}

// claim looks for a folder whose process is gone and that can be written.
func (r *Root) claim() error {
	names, err := foldersOf(r.dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		j, e, err := takeOver(r.dir, name, r.o, &r.count.quarantined)
		if err != nil {
			r.o.Log.Error("journal: a folder is passed over", "folder", name, "error", err)
		}
		if j == nil {
			continue
		}
		if err := j.startWriting(r.o.SegmentSize, e); err != nil {
			r.o.Log.Warn("journal: a folder is only read", "folder", name, "error", err)
			r.list = append(r.list, j)
			continue
		}
		r.begin(j)
		return nil
	}
	return nil
}

// begin makes a journal the current one.
func (r *Root) begin(j *Journal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append([]*Journal{j}, r.list...)
	r.sealed = false
	r.seed.Store(j.seed)
	r.current.Store(j)
}

// renew makes a new folder and begins it. It tells whether that worked.
func (r *Root) renew() bool {
	j, err := newFolder(r.dir, r.o, &r.count.quarantined)
	if err != nil {
		r.o.Log.Error("journal: no new folder", "error", err)
		return false
	}
	r.begin(j)
	return true
}

// Journals answers all whose records this process ships: the current one first, then those that failed or
// were taken over.
func (r *Root) Journals() []*Journal {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.list)
}

// Adopt takes over the folders of processes that are gone and tells how many.
func (r *Root) Adopt() (int, error) {
	r.adopting.Lock()
	defer r.adopting.Unlock()
	names, err := foldersOf(r.dir)
	if err != nil {
		return 0, err
	}
	taken := 0
	for _, name := range names {
		if r.has(name) {
			continue
		}
		j, _, fault := takeOver(r.dir, name, r.o, &r.count.quarantined)
		if fault != nil {
			err = errors.Join(err, fmt.Errorf("folder %s: %w", name, fault))
		}
		if j != nil && r.keep(j) {
			taken++
		}
	}
	if taken > 0 {
		r.tell()
	}
	return taken, err
}

func (r *Root) has(name string) bool {
	return slices.ContainsFunc(r.Journals(), func(j *Journal) bool { return fmt.Sprintf("%016x", j.instance) == name })
}

// keep adds a journal to read, unless the root is closed.
func (r *Root) keep(j *Journal) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		if err := j.Close(); err != nil {
			r.o.Log.Error("journal: not closed", "folder", j.dir, "error", err)
		}
		return false
	}
	r.list = append(r.list, j)
	return true
}

// Retire deletes the folder of a journal that is not current. The caller knows that it is shipped to its
// end; what it holds goes, only its quarantine, if it has one, stays beside it.
func (r *Root) Retire(j *Journal) error {
	r.mu.Lock()
	at := slices.Index(r.list, j)
	if at < 0 || j == r.current.Load() {
		r.mu.Unlock()
		return ErrCurrent
	}
	r.list = slices.Delete(r.list, at, at+1)
	r.mu.Unlock()
	return errors.Join(j.stopWriting(), j.remove(), j.Close())
}

// Wake tells that something became durable, or was taken over.
func (r *Root) Wake() <-chan struct{} { return r.wake }

func (r *Root) tell() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Stats answers the counts.
func (r *Root) Stats() Stats {
	c := &r.count
	return Stats{
		Appended: c.appended.Load(), Undurable: c.undurable.Load(), Refused: c.refused.Load(), Syncs: c.syncs.Load(),
		Failures: c.failures.Load(), Quarantined: c.quarantined.Load(), Failed: r.current.Load() == nil,
	}
}

// Close ends appends at once, lets the last batch be synced, and lets other processes have the folders. A
// disk that hangs keeps it for ten times Wait at most; the folder is then free when the process ends.
func (r *Root) Close() error {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return nil
	}
	r.closed = true
	r.mu.Unlock()
	close(r.stop)
	done := make(chan struct{})
	go func() {
		r.ended.Wait()
		close(done)
	}()
	limit := time.NewTimer(10 * r.o.Wait)
	defer limit.Stop()
	select {
	case <-done:
	case <-limit.C:
		return fmt.Errorf("journal: the disk hangs: %w", ErrUndurable)
	}
	var err error
	for _, j := range r.Journals() {
		err = errors.Join(err, j.Close())
	}
	return err
}
