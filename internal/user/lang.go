package user

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
)

// SetLang keeps the language that the actor reads in.
func (s *Service) SetLang(ctx context.Context, actor org.Actor, lang string) error {
	if lang != "id" && lang != "en" {
		return errs.InvalidField("lang", "Pilih bahasa id atau en.")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE app_user SET lang = $2 WHERE id = $1`, actor.User, lang)
		return err
	})
}
