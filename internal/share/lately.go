package share

import (
	"cmp"
	"context"
	"slices"
	"strconv"
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

// WithdrawnLately reads them out of memory, or where that is not true by SQL. It takes no actor: what is on
// no public page any more is known to everybody who opens it.
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
	rows, err := db.All[struct {
		ID id.Content
		At time.Time
	}](ctx, s.db, `SELECT id, recalled_at AS at FROM content WHERE state = 'recalled' AND recalled_at > $1 ORDER BY recalled_at DESC LIMIT $2`, since, mostLately)
	found := make([]withdrawn, len(rows))
	for i, row := range rows {
		found[i] = withdrawn{id: row.ID, at: row.At.UnixMicro()}
	}
	return lately(found, since), err
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
