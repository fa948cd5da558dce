package user

import (
	"context"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Executive tells whether somebody was marked as an executive (pejabat pimpinan). Whoever holds the leader role
// is one without the mark.
func (d *Desk) Executive(ctx context.Context, actor org.Actor, person id.User) (bool, error) {
	if _, err := d.person(ctx, d.db, actor, person, org.Admin); err != nil {
		return false, err
	}
	found, err := db.Get[struct{ Executive bool }](ctx, d.db, `SELECT executive FROM app_user WHERE id = $1`, int64(person))
	return found.Executive, err
}

// MarkExecutive sets the mark or takes it away: executives stand on a board of their own. Nobody marks themselves.
func (d *Desk) MarkExecutive(ctx context.Context, actor org.Actor, person id.User, executive bool) error {
	if person == actor.User {
		return errs.New(errs.Forbidden, "Tanda pimpinan pada akun sendiri tidak dapat diubah. Mintalah administrator lain.")
	}
	return d.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := d.person(ctx, tx, actor, person, org.Admin); err != nil {
			return err
		}
		changed, err := db.Exec(ctx, tx, `UPDATE app_user SET executive = $2 WHERE id = $1 AND executive <> $2`, int64(person), executive)
		if err != nil || changed == 0 {
			return err
		}
		if err := d.queue.EnqueueTx(ctx, tx, PlacedJob{}); err != nil { // boards follow
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: "user.executive", Subject: userSubject(person), Detail: map[string]bool{"executive": executive}})
	})
}
