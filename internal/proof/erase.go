package proof

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// EraseTx forgets the addresses and pictures that a person gave as proof, and their objections with every word. What
// is left of an address or a picture is its hash, so that nobody else takes the same one for their own. The files of
// pictures go with the next sweep.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person), "now": tx.Now, "over": tx.Now.Add(-keptFor).Add(-1)},
		`DELETE FROM objection WHERE user_id = @person`,
		`UPDATE claim SET address = '', next_at = NULL, state = CASE state WHEN 'checking' THEN 'unknown' ELSE state END WHERE user_id = @person`,
		`UPDATE screenshot_review SET words = '' WHERE user_id = @person`,
		`UPDATE screenshot SET words = '', decided_at = @over::timestamptz,
			state = CASE WHEN state IN ('waiting', 'second', 'third') THEN 'rejected' ELSE state END WHERE user_id = @person`)
}
