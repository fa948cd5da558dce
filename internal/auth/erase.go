package auth

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// EraseTx forgets passwords, authenticator and devices of a person, who is signed out everywhere.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person)},
		`DELETE FROM credential WHERE user_id = @person`,
		`DELETE FROM totp WHERE user_id = @person`,
		`DELETE FROM recovery_code WHERE user_id = @person`,
		`DELETE FROM session WHERE user_id = @person`)
}
