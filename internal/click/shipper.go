package click

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/journal"
)

const (
	shipMost = 8000                   // records of one transaction
	lookMost = 2 * shipMost           // records that are held in memory of one journal
	settle   = moment + time.Second   // a record is judged when all that belongs to its moment has come
	shipTime = time.Minute            // for one transaction
	pauseMin = 500 * time.Millisecond // fewer, fuller transactions cost less
	pauseMax = 5 * time.Second        // between attempts while the database is away
	tick     = time.Second            // contents, people, salts and blocked links are looked at again
	adopt    = 10 * time.Second
	hurry    = time.Minute // clicks may wait so long at a peak
)

// Shipper takes records out of the journals into the database: in order, exactly once, for every journal
// of this process and for those of processes that are gone.
type Shipper struct {
	service *Service
	root    *journal.Root
	log     *slog.Logger
	alarms  alarms

	lock sync.Mutex // what follows is read for the metrics
	ways map[int64]*way
}

// way is how far one journal was shipped.
type way struct {
	known   bool // at is what the database says
	located bool // it once was
	at      checkpoint
	waiting []frame           // read ahead
	agents  map[string]string // the texts in waiting, each once
	read    uint64            // the last frame that was read
	before  []record          // of the last moments that were shipped
}

// frame is one group of records that became durable together.
type frame struct {
	seq, last uint64 // its place, and the number of its last record
	records   []record
	broken    [][]byte // what could not be read
}

// KeepIn makes clicks durable in a journal. The shipper it gives must run.
func (s *Service) KeepIn(root *journal.Root, log *slog.Logger) *Shipper {
	s.KeepBy(onDisk{root, &s.counts})
	return &Shipper{service: s, root: root, log: log, ways: map[int64]*way{}, alarms: alarms{log: log}}
}

// Run ships until the context ends.
func (h *Shipper) Run(ctx context.Context) {
	var beside sync.WaitGroup
	beside.Go(func() { h.keep(ctx) })
	defer beside.Wait()
	for failures := 0; ; {
		began, served := time.Now(), h.service.counts.served.Load()
		shipped, err := h.Ship(ctx, false)
		switch {
		case err == nil:
			failures = 0
		case ctx.Err() == nil:
			failures++
			h.log.ErrorContext(ctx, "clicks wait in the journal", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(h.rest(failures, shipped, h.service.counts.served.Load()-served, time.Since(began))):
		}
	}
}

// rest is how long to wait before the next round: fewer, fuller transactions cost less; a database that is
// away is not hammered; and at a peak, when more readers come than records are shipped, two thirds of the time
// are theirs, unless clicks have waited long.
func (h *Shipper) rest(failures, shipped int, served int64, took time.Duration) time.Duration {
	switch {
	case failures > 0:
		return min(pauseMin<<min(failures-1, 10), pauseMax)
	case shipped < shipMost/2:
		return pauseMin
	case served < int64(shipped)/4 || h.Stats().Oldest > hurry:
		return 0
	}
	return 2 * took
}

// keep looks after what goes on beside shipping: memory, alarms, and journals whose process is gone.
func (h *Shipper) keep(ctx context.Context) {
	every, orphans := time.NewTicker(tick), time.NewTicker(adopt)
	defer every.Stop()
	defer orphans.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-orphans.C:
			if taken, err := h.root.Adopt(); err != nil || taken > 0 {
				h.log.WarnContext(ctx, "journals of processes that are gone", "taken", taken, "error", err)
			}
		case <-every.C:
			h.service.follow(ctx, h.log)
			h.alarms.look(h.service.db.Now(), h.Stats())
		}
	}
}

// Ship makes one round over all journals and tells how many records it shipped. With all it does not wait
// for records to settle: nothing may come after them. One journal's fault does not hold up another.
func (h *Shipper) Ship(ctx context.Context, all bool) (shipped int, err error) {
	for i, j := range h.root.Journals() {
		n, failed := h.shipOne(ctx, j, all || i > 0)
		shipped += n
		err = errors.Join(err, failed)
		if failed == nil && n == 0 && i > 0 && h.shippedOut(j) {
			h.lock.Lock()
			delete(h.ways, j.Instance())
			h.lock.Unlock()
			err = errors.Join(err, h.root.Retire(j))
		}
	}
	return shipped, err
}

func (h *Shipper) shippedOut(j *journal.Journal) bool {
	w := h.ways[j.Instance()]
	return w != nil && w.known && len(w.waiting) == 0 && w.at.Seq >= j.Last()
}

// Replay ships everything that is in one journal, for an operator, and tells how many records that were. A
// journal that was shipped before brings nothing.
func (s *Service) Replay(ctx context.Context, j *journal.Journal, log *slog.Logger, progress func(records int)) (total int, err error) {
	h := &Shipper{service: s, log: log, ways: map[int64]*way{}, alarms: alarms{log: log}}
	for {
		shipped, err := h.shipOne(ctx, j, true)
		total += shipped
		if err != nil || shipped == 0 {
			return total, err
		}
		progress(total)
	}
}

// Shipped is how many records of each journal, by its instance, are in the database.
func (s *Service) Shipped(ctx context.Context) (map[int64]uint64, error) {
	rows, err := db.All[struct {
		Instance int64
		Records  uint64
	}](ctx, s.db, `SELECT instance, records FROM click_checkpoint`)
	shipped := make(map[int64]uint64, len(rows))
	for _, row := range rows {
		shipped[row.Instance] = row.Records
	}
	return shipped, err
}

// Flush ships everything that is in the journals now, for a process that is about to end.
func (h *Shipper) Flush(ctx context.Context) error {
	for {
		shipped, err := h.Ship(ctx, true)
		if err != nil || shipped == 0 {
			return err
		}
	}
}

// shipOne ships at most one transaction's worth of a journal.
func (h *Shipper) shipOne(ctx context.Context, j *journal.Journal, all bool) (int, error) {
	w, err := h.ready(ctx, j)
	if err != nil {
		return 0, err
	}
	frames, s := w.take(h.service.db.Now(), all)
	if len(frames) == 0 {
		return 0, nil
	}
	last := frames[len(frames)-1]
	next := checkpoint{Seq: last.seq, Records: last.last}
	ctx, cancel := context.WithTimeout(ctx, shipTime)
	defer cancel()
	if err := h.service.shipUpTo(ctx, j.Instance(), w.at, next, frames, s); err != nil {
		w.known = false // the answer of a commit may have been lost: ask how far it came
		return 0, err
	}
	h.lock.Lock()
	w.at, w.waiting, w.before = next, w.waiting[len(frames):], lastMoments(s)
	h.service.counts.stored.Add(int64(len(s.records)))
	h.lock.Unlock()
	return len(s.records), j.Release(next.Seq)
}

// ready gives a journal's way with what is to be shipped next.
func (h *Shipper) ready(ctx context.Context, j *journal.Journal) (*way, error) {
	at, err := checkpoint{}, error(nil)
	if w := h.ways[j.Instance()]; w == nil || !w.known {
		if at, err = readCheckpoint(ctx, h.service.db, j.Instance()); err != nil {
			return nil, err
		}
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	w := h.ways[j.Instance()]
	if w == nil {
		w = &way{}
		h.ways[j.Instance()] = w
	}
	if !w.known {
		h.locate(ctx, j, w, at)
	}
	return w, w.fill(j)
}

// locate begins where the database says. It begins later where the journal begins later: what a restored
// database has never seen and the journal no longer holds is gone. And earlier where the journal ends
// earlier: a disk lost what it had called durable, and the numbers come again.
func (h *Shipper) locate(ctx context.Context, j *journal.Journal, w *way, at checkpoint) {
	begin, first, last := at.Seq, j.First(), j.Last()
	if begin > 0 && (begin+1 < first || begin > last) {
		h.log.ErrorContext(ctx, "the journal does not fit its checkpoint: clicks are missing", "checkpoint", begin, "first", first, "last", last)
	}
	begin = min(max(begin, first-1), last)
	for len(w.waiting) > 0 && w.waiting[0].seq <= begin {
		w.waiting = w.waiting[1:]
	}
	if len(w.waiting) == 0 {
		w.read = begin
	}
	w.at, w.known, w.located = at, true, true
}

// fill reads ahead until a transaction's worth and the moment after it is there.
func (w *way) fill(j *journal.Journal) error {
	records := 0
	for _, f := range w.waiting {
		records += len(f.records)
	}
	for records < lookMost {
		b, err := j.Read(w.read, 1)
		if err != nil {
			return err
		}
		if b.Last == 0 || b.Last <= w.read {
			return nil
		}
		f := frame{seq: b.Last, last: b.LastRecord}
		for _, raw := range b.Records {
			r, err := decodeRecord(raw)
			if err != nil {
				f.broken = append(f.broken, raw)
				continue
			}
			r.Agent = w.once(r.Agent)
			f.records = append(f.records, r)
		}
		w.waiting, w.read = append(w.waiting, f), b.Last
		records += len(f.records)
	}
	return nil
}

// mostOnce bounds the texts that are kept to be shared.
const mostOnce = 4096

// once gives a text that equal ones share: a million clicks come with a few thousand user agents.
func (w *way) once(agent string) string {
	known, there := w.agents[agent]
	if there {
		return known
	}
	if w.agents == nil || len(w.agents) >= mostOnce {
		w.agents = map[string]string{}
	}
	w.agents[agent] = agent
	return agent
}

// take cuts whole frames off for one transaction: those whose moment is over. A record from the future was
// written before a clock was set back, and waits for nothing.
func (w *way) take(now time.Time, all bool) (frames []frame, s stretch) {
	cut, records := 0, 0
	for _, f := range w.waiting {
		if n := len(f.records); n > 0 && !all {
			if age := now.Sub(f.records[n-1].At); age < settle && age > -time.Second {
				break
			}
		}
		if records > 0 && records+len(f.records) > shipMost {
			break
		}
		cut, records = cut+1, records+len(f.records)
	}
	s.before = w.before
	for _, f := range w.waiting[:cut] {
		s.records = append(s.records, f.records...)
	}
	if len(s.records) > 0 {
		end := s.records[len(s.records)-1].At.Add(moment)
		for _, f := range w.waiting[cut:] {
			if len(f.records) > 0 && f.records[0].At.After(end) {
				break
			}
			s.after = append(s.after, f.records...)
		}
	}
	return w.waiting[:cut], s
}

// lastMoments are the records that the next stretch is judged with.
func lastMoments(s stretch) (kept []record) {
	if len(s.records) == 0 {
		return s.before
	}
	since := s.records[len(s.records)-1].At.Add(-moment)
	for _, r := range s.records {
		if r.At.After(since) {
			kept = append(kept, r)
		}
	}
	return kept
}

// checkpoint is how far a journal was shipped: the frame, and the number of its last record.
type checkpoint struct {
	Seq, Records uint64
}

func readCheckpoint(ctx context.Context, d *db.DB, instance int64) (c checkpoint, err error) {
	err = d.Pool().QueryRow(ctx, `SELECT seq, records FROM click_checkpoint WHERE instance = $1`, instance).Scan(&c.Seq, &c.Records)
	if errors.Is(err, pgx.ErrNoRows) {
		return checkpoint{}, nil
	}
	return c, db.Error(err)
}

var errTwoShippers = errors.New("click: the checkpoint is not where this shipper left it: another one ships the same journal, or the answer of a commit was lost")

// moveTx moves the checkpoint from where the shipper believes it is. Whoever does not find it there undoes
// all that came with it: that is what makes shipping exactly once.
func moveTx(ctx context.Context, tx *db.Tx, instance int64, from, to checkpoint) error {
	statement := `UPDATE click_checkpoint SET seq = $3, records = $4, at = $5 WHERE instance = $1 AND seq = $2`
	if from.Seq == 0 {
		statement = `INSERT INTO click_checkpoint (instance, seq, records, at) SELECT $1, $3, $4, $5 WHERE $2::int8 = 0 ON CONFLICT DO NOTHING`
	}
	moved, err := tx.Pgx().Exec(ctx, statement, instance, int64(from.Seq), int64(to.Seq), int64(to.Records), tx.Now)
	if err == nil && moved.RowsAffected() != 1 {
		err = errTwoShippers
	}
	return db.Error(err)
}
