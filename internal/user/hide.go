package user

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/org"
)

// SetHideName keeps whether the actor's name stays off the boards of persons. They count in their unit
// all the same.
func (s *Service) SetHideName(ctx context.Context, actor org.Actor, hide bool) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE app_user SET hide_name = $2 WHERE id = $1`, actor.User, hide)
		return err
	})
}

// HidesName tells whether the actor's name stays off the boards of persons.
func (s *Service) HidesName(ctx context.Context, actor org.Actor) (bool, error) {
	found, err := db.Get[struct{ HideName bool }](ctx, s.db, `SELECT hide_name FROM app_user WHERE id = $1`, actor.User)
	return found.HideName, err
}
