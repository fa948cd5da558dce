package seal

import (
	"context"
	"errors"

	"gaung/internal/db"
)

// ErrOtherRing says that a database belongs to another key ring.
var ErrOtherRing = errors.New("the key ring (GAUNG_KEYS, or the file keys in GAUNG_DATA_DIR) is not the one this database was made with: " +
	"bring the old ring back, or put its keys behind the new one; otherwise nobody could sign in and every personal link would be dead")

// Match holds the ring against the database: a key that the database knows must be the same key, and at
// least one must be known unless the database is new. New keys are made known.
func (r *Ring) Match(ctx context.Context, d *db.DB) error {
	return d.Tx(ctx, func(tx *db.Tx) error {
		type row struct {
			ID    int64
			Proof []byte
		}
		// One process at a time: two that start together on a new database must agree.
		if _, err := db.Exec(ctx, tx, `LOCK TABLE key_ring IN EXCLUSIVE MODE`); err != nil {
			return err
		}
		known, err := db.All[row](ctx, tx, `SELECT id, proof FROM key_ring`)
		if err != nil {
			return err
		}
		proofs := map[int64]string{}
		for _, k := range known {
			proofs[k.ID] = string(k.Proof)
		}
		matches := len(known) == 0
		for _, derived := range r.Derive("proof", 16) {
			if proof, ok := proofs[int64(derived.ID)]; ok {
				if proof != string(derived.Key) {
					return ErrOtherRing
				}
				matches = true
			}
			if _, err := db.Exec(ctx, tx, `INSERT INTO key_ring (id, proof) VALUES ($1, $2) ON CONFLICT DO NOTHING`, int64(derived.ID), derived.Key); err != nil {
				return err
			}
		}
		if !matches {
			return ErrOtherRing
		}
		return nil
	})
}
