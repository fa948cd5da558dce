package share

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// LessonField names what a person who may not share yet is asked to learn first.
const LessonField = "lesson"

// Who has shared before stays free; everybody else has learned what comes before the first share.
const knowsSQL = `SELECT EXISTS (SELECT FROM learn_ready WHERE user_id = $1)
	OR EXISTS (SELECT FROM act WHERE user_id = $1 AND kind = 'share') AS knows`

func knows(ctx context.Context, c db.Conn, person id.User) (bool, error) {
	row, err := db.Get[struct{ Knows bool }](ctx, c, knowsSQL, person)
	return row.Knows, err
}

// MayShare tells whether the actor may share, or is asked to learn something first.
func (s *Service) MayShare(ctx context.Context, actor org.Actor) (bool, error) {
	return knows(ctx, s.db, actor.User)
}

// knowsHow refuses the first share of somebody who has not learned what comes before it.
func knowsHow(ctx context.Context, tx *db.Tx, person id.User) error {
	known, err := knows(ctx, tx, person)
	if err != nil || known {
		return err
	}
	refused := errs.New(errs.Forbidden, "Sebelum membagikan untuk pertama kali, pelajari dahulu delapan hal bermedia sosial bagi ASN. Waktunya kurang dari dua menit.")
	refused.Field = LessonField
	return refused
}
