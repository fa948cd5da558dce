package share

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// EraseTx forgets what a person chose. What they did still counts, by a number that leads to nobody.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person)},
		`DELETE FROM feed_mark WHERE user_id = @person`,
		`DELETE FROM feed_turn WHERE user_id = @person`,
		`DELETE FROM topic_wish WHERE user_id = @person`,
		`DELETE FROM network_use WHERE user_id = @person`,
		`DELETE FROM act_request WHERE user_id = @person`)
}
