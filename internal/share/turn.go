package share

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// bump says that the person's own part of the feed is another one now. Every write of what a feed shows of
// a person does it, as the last statement of its transaction: acts are locked before turns everywhere.
func bump(ctx context.Context, tx *db.Tx, persons ...id.User) error {
	numbers := make([]int32, len(persons))
	for i, person := range persons {
		numbers[i] = int32(person)
	}
	_, err := tx.Pgx().Exec(ctx, `INSERT INTO feed_turn AS f (user_id, turn)
		SELECT DISTINCT u, $2::int8 FROM unnest($1::int4[]) AS u ORDER BY u
		ON CONFLICT ON CONSTRAINT feed_turn_user_id_pkey DO UPDATE SET turn = greatest(f.turn + 1, excluded.turn)`, numbers, tx.Now.UnixMicro())
	return db.Error(err)
}
