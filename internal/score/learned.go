package score

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// Learned enters the modules that a person has passed, each once: it is told by an event, and may be told twice.
func (s *Service) Learned(ctx context.Context, person id.User) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := posting(ctx, tx); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO ledger (user_id, kind, content_id, amount, day, at)
			SELECT user_id, 'learned', module_id, 1, (min(passed_at) AT TIME ZONE 'Asia/Jakarta')::date, min(passed_at)
			FROM learn_result WHERE user_id = $1 AND passed_at IS NOT NULL GROUP BY user_id, module_id ORDER BY module_id
			ON CONFLICT (user_id, content_id) WHERE kind = 'learned' DO NOTHING`, int64(person))
		return err
	})
}

// EraseTx forgets what a person learned, as the results of their quizzes are forgotten. People reached stay, by a
// number that leads to nobody; the points of a closed season stay in the same way.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM ledger WHERE user_id = $1 AND kind = 'learned'`, int64(person))
	return err
}
