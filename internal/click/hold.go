package click

import (
	"context"
	"sync"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

const (
	// mostOfBlock is how many readers of one link from one network block count at once on a day; what comes above
	// waits for the night's check, which counts it unless it finds something. A script moves no board before, and a
	// campus that reads one link sees the rest of it in the morning.
	mostOfBlock = 60
	// mostHolds bounds the memory; who comes above it is not held.
	mostHolds = 1 << 20
	// holdUntil is how long after its day a click may still be held: the check begins an hour after it.
	holdUntil = 50 * time.Minute
)

// spot is one link seen from one network block on a day.
type spot struct {
	content id.Content
	user    id.User
	block   int32
}

// blockLimits counts the readers of each spot, in this process alone: several replicas let several times as many
// through before the night. What a transaction counted stands only once it has committed.
type blockLimits struct {
	lock sync.Mutex
	day  period.Day
	n    map[spot]int32
	open map[*db.Tx]map[spot]int32
}

func newBlockLimits() *blockLimits {
	return &blockLimits{n: map[spot]int32{}, open: map[*db.Tx]map[spot]int32{}}
}

// hold makes what is valid above the limit wait.
func (h *blockLimits) hold(tx *db.Tx, records []judgment) {
	h.lock.Lock()
	defer h.lock.Unlock()
	today := period.VisitorDay(tx.Now.Add(-holdUntil))
	if today > h.day {
		h.day, h.n = today, map[spot]int32{}
	}
	here := h.open[tx]
	if here == nil {
		here = map[spot]int32{}
		h.open[tx] = here
	}
	for i, r := range records {
		if r.Verdict != Valid || r.Block == 0 || r.day() < today {
			continue
		}
		at := spot{r.Content, r.User, r.Block}
		if here[at]++; h.n[at]+here[at] > mostOfBlock {
			records[i].Reason = held
			records[i].Verdict = held.verdict()
		}
	}
}

// end keeps what a transaction counted when it has committed, and forgets it otherwise.
func (h *blockLimits) end(tx *db.Tx, committed bool) {
	h.lock.Lock()
	defer h.lock.Unlock()
	for at, n := range h.open[tx] {
		if _, known := h.n[at]; committed && (known || len(h.n) < mostHolds) {
			h.n[at] += n
		}
	}
	delete(h.open, tx)
}

// shipTx runs a transaction that ships.
func (s *Service) shipTx(ctx context.Context, work func(tx *db.Tx) error) error {
	var in *db.Tx
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		in = tx
		return work(tx)
	})
	s.limits.end(in, err == nil)
	return err
}
