package proof

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/share"
)

// Past is an address that somebody gave some time ago, with what came of it.
type Past struct {
	User    id.User
	Content id.Content
	URL     string
	State   State
	Reason  string
	At      time.Time
	NextAt  *time.Time // nil: it is settled
}

// RecordAll enters such addresses for the system itself (the demo world). Nothing is asked of their servers unless
// they are to be looked at again.
func (s *Service) RecordAll(ctx context.Context, claims []Past) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, p := range claims {
			if err := s.recordPast(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) recordPast(ctx context.Context, tx *db.Tx, p Past) error {
	address, place, _ := network.PostAt(p.URL) // the world is ours: all of its addresses are of posts
	on, err := share.OnTx(ctx, tx, p.User, p.Content, place.Key)
	if err != nil {
		return err
	}
	hash := s.hashes(place.KeyOf(address))[0]
	tries := 1
	if p.NextAt == nil && p.State != Confirmed {
		tries = len(waits) + 1
	}
	row, err := db.All[struct{ ID int64 }](ctx, tx, `INSERT INTO claim (user_id, place, content_id, network, address, hash, state, reason, tries, next_at, at, checked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id`,
		p.User, place.Key, p.Content, on.Network, s.addresses.Seal([]byte(address), placeOf(p.User, hash)), hash, p.State, p.Reason, tries, p.NextAt, p.At, p.At.Add(time.Minute))
	if err == nil && p.NextAt != nil && len(row) > 0 {
		return s.queue.EnqueueAtTx(ctx, tx, CheckJob{p.User, row[0].ID, tries}, *p.NextAt)
	}
	if err == nil && p.State == Confirmed {
		_, err = share.ProveTx(ctx, tx, share.Proven{User: p.User, Content: p.Content, Network: on.Network, Act: share.ShareKind, Kind: share.AddressChecked, Record: p.At})
	}
	return err
}

// At is the same service under another clock, which the demo world sets.
func (s *Service) At(now func() time.Time) *Service {
	moved := *s
	moved.db = s.db.At(now)
	return &moved
}
