package notice

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// EraseTx forgets how a person wanted to be told, on which devices, and what they were told.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person)},
		`DELETE FROM push_due WHERE user_id = @person`,
		`DELETE FROM mail_due WHERE user_id = @person`,
		`DELETE FROM mail_refused WHERE user_id = @person`,
		`DELETE FROM push_device WHERE user_id = @person`,
		`DELETE FROM notice_wish WHERE user_id = @person`,
		`DELETE FROM mail_off WHERE user_id = @person`,
		`DELETE FROM push_off WHERE user_id = @person`,
		`DELETE FROM prompt_off WHERE user_id = @person`,
		`DELETE FROM prompt_held WHERE user_id = @person`,
		`DELETE FROM prompt_late WHERE user_id = @person`,
		`DELETE FROM notice WHERE user_id = @person`)
}
