package user

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
)

// HideTx keeps whether people's names stay off the boards of persons. They count in their unit all the same.
// Whoever shows a name again holds the person's consent: internal/privacy writes both.
func HideTx(ctx context.Context, tx *db.Tx, people []id.User, hide bool) error {
	_, err := db.Exec(ctx, tx, `UPDATE app_user SET hide_name = $2 WHERE id = ANY ($1::int4[]) AND hide_name <> $2`, people, hide)
	return err
}

// HidesName tells whether the actor's name stays off the boards of persons.
func (s *Service) HidesName(ctx context.Context, actor org.Actor) (bool, error) {
	found, err := db.Get[struct{ HideName bool }](ctx, s.db, `SELECT hide_name FROM app_user WHERE id = $1`, actor.User)
	return found.HideName, err
}
