package share

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
)

// Lately are the contents that were withdrawn within a day, wherever: open clients ask for them every few
// seconds, and before anything is passed on. They are numbers, the same for everybody.
type Lately struct {
	Withdrawn []id.Content `json:"withdrawn" nullable:"false" doc:"Newest first"`
	Tag       string       `json:"-"`
}

const (
	latelyFor  = 24 * time.Hour
	mostLately = 500
)

// WithdrawnNow is the list out of memory; false when memory is not known to be true. It takes no actor: what is on
// no public page any more is known to everybody who opens it.
func (s *Service) WithdrawnNow() (Lately, bool) {
	now := s.db.Now()
	here := s.memory.now(now)
	if here == nil {
		return Lately{}, false
	}
	return lately(here.gone, now.Add(-latelyFor)), true
}

// asked is the list as SQL told it last. While the database is slow, as many as all open clients wait for one
// question and not for one each.
type asked struct {
	mu    sync.Mutex
	at    time.Time
	taken uint64 // of the changes that this process made
	list  Lately
}

const askedFor = time.Second

// WithdrawnLately reads it out of memory, or where that is not true by SQL, once a second.
func (s *Service) WithdrawnLately(ctx context.Context) (Lately, error) {
	now := s.db.Now()
	here, err := s.current(ctx, now)
	if err != nil {
		return Lately{}, err
	}
	since := now.Add(-latelyFor)
	if here != nil {
		return lately(here.gone, since), nil
	}
	s.asked.mu.Lock()
	defer s.asked.mu.Unlock()
	taken := s.memory.wanted.Load()
	if age := now.Sub(s.asked.at); age >= 0 && age < askedFor && taken == s.asked.taken {
		return s.asked.list, nil
	}
	rows, err := db.All[struct {
		ID id.Content
		At time.Time
	}](ctx, s.db, `SELECT id, recalled_at AS at FROM content WHERE state = 'recalled' AND recalled_at > $1 ORDER BY recalled_at DESC LIMIT $2`, since, mostLately)
	found := make([]withdrawn, len(rows))
	for i, row := range rows {
		found[i] = withdrawn{id: row.ID, at: row.At.UnixMicro()}
	}
	if err == nil {
		s.asked.at, s.asked.taken, s.asked.list = now, taken, lately(found, since)
	}
	return s.asked.list, err
}

// lately takes what is new enough of a list that is newest first.
func lately(gone []withdrawn, since time.Time) Lately {
	l := Lately{Withdrawn: []id.Content{}}
	newest := int64(0)
	for _, w := range gone[:min(len(gone), mostLately)] {
		if w.at <= since.UnixMicro() {
			break
		}
		newest = max(newest, w.at)
		l.Withdrawn = append(l.Withdrawn, w.id)
	}
	l.Tag = "w" + strconv.FormatInt(newest, 36) + "-" + strconv.Itoa(len(l.Withdrawn))
	return l
}

// newestGone is the list that lately takes from.
func newestGone(gone map[id.Content]withdrawn) []withdrawn {
	all := make([]withdrawn, 0, len(gone))
	for _, w := range gone {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b withdrawn) int { return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(b.id, a.id)) })
	return all
}
