package share

import (
	"context"
	_ "embed"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
)

//go:embed sql/record_past.sql
var recordPastSQL string

// Past is an act of some time ago.
type Past struct {
	User    id.User
	Content id.Content
	Kind    Kind
	Network string
	At      time.Time
}

// pastBatch is how many acts one statement takes.
const pastBatch = 5000

// RecordAll enters acts of the past for the system itself (the demo world, a migration from another
// platform) and gives how many were new. An act counts where the person worked on its day; one on a
// content that was not live then, or that was not theirs to see, is left out.
func (s *Service) RecordAll(ctx context.Context, acts []Past) (added int64, err error) {
	for batch := range slices.Chunk(acts, pastBatch) {
		n, err := s.recordPast(ctx, batch)
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

func (s *Service) recordPast(ctx context.Context, acts []Past) (added int64, err error) {
	n := len(acts)
	users, contents, networks := make([]int32, n), make([]int32, n), make([]int16, n)
	kinds, times := make([]string, n), make([]time.Time, n)
	for i, a := range acts {
		number, known := networkNumbers[a.Network]
		if !known {
			return 0, errs.InvalidField("network", "Jejaring %q tidak dikenal.", a.Network)
		}
		users[i], contents[i], networks[i], kinds[i], times[i] = int32(a.User), int32(a.Content), int16(number), string(a.Kind), a.At
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		tag, err := tx.Pgx().Exec(ctx, recordPastSQL, users, contents, networks, kinds, times)
		added = tag.RowsAffected()
		return db.Error(err)
	})
	return added, err
}
