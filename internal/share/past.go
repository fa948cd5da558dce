package share

import (
	"context"
	_ "embed"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
)

//go:embed sql/record_past.sql
var recordPastSQL string

// Past is an act of some time ago.
type Past struct {
	User    id.User
	Content id.Content
	Kind    Kind
	Network string
	Caption *int // index of the variant; nil: own words
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
	users, contents, networks, captions := make([]int32, n), make([]int32, n), make([]int16, n), make([]*int, n)
	kinds, times, persons := make([]string, n), make([]time.Time, n), make([]id.User, n)
	for i, a := range acts {
		persons[i] = a.User
		on, known := network.Named(a.Network)
		if !known {
			return 0, errs.InvalidField("network", "Jejaring %q tidak dikenal.", a.Network)
		}
		users[i], contents[i], networks[i], kinds[i], times[i] = int32(a.User), int32(a.Content), int16(on.Number), string(a.Kind), a.At
		captions[i] = a.Caption
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		came, err := db.All[change](ctx, tx, recordPastSQL, users, contents, networks, kinds, times, captions)
		if err != nil {
			return err
		}
		added = int64(len(came))
		if err := keep(ctx, tx, came...); err != nil {
			return err
		}
		return bump(ctx, tx, persons...)
	})
	return added, err
}

// PastMark is an item that somebody put aside or kept some time ago.
type PastMark struct {
	User    id.User
	Content id.Content
	Mark    Mark
	At      time.Time
}

// MarkAll enters marks of the past for the system itself (the demo world).
func (s *Service) MarkAll(ctx context.Context, marks []PastMark) error {
	n := len(marks)
	users, contents, kinds, times := make([]int32, n), make([]int32, n), make([]string, n), make([]time.Time, n)
	persons := make([]id.User, n)
	for i, m := range marks {
		persons[i] = m.User
		users[i], contents[i], kinds[i], times[i] = int32(m.User), int32(m.Content), string(m.Mark), m.At
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `INSERT INTO feed_mark (user_id, mark, content_id, at)
			SELECT u, m, c, at FROM unnest($1::int4[], $2::int4[], $3::text[], $4::timestamptz[]) AS f (u, c, m, at)
			ORDER BY u, m, c ON CONFLICT DO NOTHING`, users, contents, kinds, times)
		if err != nil {
			return db.Error(err)
		}
		return bump(ctx, tx, persons...)
	})
}
