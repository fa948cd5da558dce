package learn

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// EraseTx forgets what a person learned, with their notes, and closes the public pages of their certificates.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person)},
		`DELETE FROM certificate_code WHERE user_id = @person`,
		`DELETE FROM certificate WHERE user_id = @person`,
		`DELETE FROM learn_progress WHERE user_id = @person`,
		`DELETE FROM learn_result WHERE user_id = @person`,
		`DELETE FROM learn_request WHERE user_id = @person`,
		`DELETE FROM learn_ready WHERE user_id = @person`)
}
