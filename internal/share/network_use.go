package share

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/network"
	"gaung/internal/org"
)

// NetworksUsed are the networks that the actor says they use, in their order; empty: they have not said.
func (s *Service) NetworksUsed(ctx context.Context, actor org.Actor) ([]string, error) {
	found, err := db.All[struct{ Network network.Number }](ctx, s.db, `SELECT network FROM network_use WHERE user_id = $1 ORDER BY place`, actor.User)
	keys := []string{}
	for _, one := range found {
		if known, ok := network.Numbered(one.Network); ok {
			keys = append(keys, known.Key)
		}
	}
	return keys, err
}

// SetNetworksUsed replaces them. It orders the actor's own sheet and has no effect anywhere else.
func (s *Service) SetNetworksUsed(ctx context.Context, actor org.Actor, keys []string) error {
	numbers := []int16{}
	for _, key := range keys {
		known, ok := network.Named(key)
		if !ok || !known.Shareable() {
			return errs.InvalidField("networks", "Jaringan ini tidak dikenal. Muat ulang halaman.")
		}
		numbers = append(numbers, int16(known.Number))
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM network_use WHERE user_id = $1 AND network <> ALL ($2::int2[])`, actor.User, numbers); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO network_use (user_id, network, place) SELECT $1, n, min(place) FROM unnest($2::int2[]) WITH ORDINALITY AS u (n, place) GROUP BY n
			ON CONFLICT ON CONSTRAINT network_use_user_id_pkey DO UPDATE SET place = excluded.place`, actor.User, numbers)
		return err
	})
}
