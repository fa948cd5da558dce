package content

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// step is what one move writes, on the locked row of its item.
type step = func(tx *db.Tx, row item, to State) error

// Unschedule takes an item off the plan: it is approved, as before.
func (s *Service) Unschedule(ctx context.Context, actor org.Actor, content id.Content) (Content, error) {
	return s.change(ctx, actor, content, Unschedule, s.unscheduling(ctx))
}

// unscheduling leaves the job where it is: it finds nothing to do.
func (s *Service) unscheduling(ctx context.Context) step {
	return func(tx *db.Tx, row item, to State) error {
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, publish_at = NULL, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
		return err
	}
}

// End takes a live item out of the feeds now, as its own end would.
func (s *Service) End(ctx context.Context, actor org.Actor, content id.Content) (Content, error) {
	return s.change(ctx, actor, content, End, s.ending(ctx))
}

func (s *Service) ending(ctx context.Context) step {
	return func(tx *db.Tx, row item, to State) error {
		if err := hideFromFeeds(ctx, tx, row); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, ends_at = $3, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
		return err
	}
}

// Move does one of the actions that need neither a text nor a reason, together with what the caller writes in
// the same transaction: who moves many items can so tell which ones are done.
func (s *Service) Move(ctx context.Context, actor org.Actor, content id.Content, action Action, at time.Time, also func(*db.Tx) error) error {
	steps := map[Action]func() step{
		Submit:     func() step { return s.submitting(ctx) },
		Schedule:   func() step { return s.scheduling(ctx, at) },
		Unschedule: func() step { return s.unscheduling(ctx) },
		Publish:    func() step { return s.publishing(ctx) },
		End:        func() step { return s.ending(ctx) },
	}
	begin, known := steps[action]
	if !known {
		return errs.InvalidField("action", "Tindakan ini tidak dapat dilakukan untuk banyak konten.")
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := changeTx(ctx, tx, actor, content, action, nil, begin()); err != nil {
			return err
		}
		return also(tx)
	})
	if action == Publish {
		return s.afterRefusal(ctx, content, err)
	}
	return err
}

// calendar tells on which days the offices of a path of the tree work.
type calendar = func(ctx context.Context, tx *db.Tx, path []id.Agency) (period.Workdays, error)

func everyWeekday(context.Context, *db.Tx, []id.Agency) (period.Workdays, error) {
	return period.Weekdays, nil
}

// WorkOn lets the clocks of reviews stand on the holidays of somebody who keeps them.
func (s *Service) WorkOn(days func(ctx context.Context, tx *db.Tx, path []id.Agency) (period.Workdays, error)) *Service {
	s.days = days
	return s
}
