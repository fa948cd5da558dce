package user

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Erased is the name of an account whose person asked to be forgotten.
const Erased = "Akun dihapus"

// EraseTx closes an account for good and takes away all that tells who it was. What the person did keeps its
// number, which leads to nobody any more, so that sums stay right; their units of the past stay with it.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	today := period.LocalDay(tx.Now, period.MustZone("Asia/Jakarta"))
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person), "name": Erased, "today": today},
		`UPDATE app_user SET name = @name, email = '', position = '', grade = '', active = false, hide_name = true WHERE id = @person`,
		`DELETE FROM user_identifier WHERE user_id = @person`,
		`DELETE FROM user_nip WHERE user_id = @person`,
		`DELETE FROM user_role WHERE user_id = @person`,
		`INSERT INTO user_off (user_id, from_day) VALUES (@person, @today) ON CONFLICT (user_id, from_day) DO UPDATE SET until_day = NULL`)
}
