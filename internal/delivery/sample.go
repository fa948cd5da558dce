package delivery

import (
	"context"
	"errors"

	"gaung/internal/db"
	"gaung/internal/mail"
)

// Samples sends the samples that were asked for, at any hour: somebody has just asked. A sample that the mail server
// does not take is not tried again; its asker sees why, and asks again.
func (s *Service) Samples(ctx context.Context) error {
	if s.mailer == nil {
		return nil
	}
	defer s.mailer.Rest()
	var failed error
	for !short(ctx) {
		one, err := s.takeSample(ctx)
		if errors.Is(err, db.ErrNoRow) {
			return failed
		}
		if err != nil {
			return errors.Join(failed, err)
		}
		outcome, err := s.sendSample(ctx, one)
		failed = errors.Join(failed, err, s.markSample(context.WithoutCancel(ctx), one, outcome))
	}
	return failed
}

// takeSample takes one, marked as gone before it goes: no sample comes twice.
func (s *Service) takeSample(ctx context.Context) (one due, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		one, err = db.Get[due](ctx, tx, takeSQL, db.Args{"now": tx.Now, "sample": true})
		if err != nil {
			return err
		}
		if one.calendar, err = s.calendarTx(ctx, tx, one.Pace, one.Zone, one.Path); err != nil {
			return err
		}
		one.period, one.sample = one.calendar.newest(tx.Now), tx.Now
		_, err = db.Exec(ctx, tx, `UPDATE report_subscription SET sample_due = NULL, sample_at = $3, sample = 'unsure' WHERE user_id = $1 AND id = $2`, one.UserID, one.ID, tx.Now)
		return err
	})
	return one, err
}

func (s *Service) sendSample(ctx context.Context, one due) (outcome string, err error) {
	if !one.Active || one.Refused || one.Ended != "" {
		return isRefused, nil
	}
	letter, why, err := s.write(ctx, one)
	if err != nil {
		return isFailed, err
	}
	if why != "" {
		return isFailed, s.db.Tx(ctx, func(tx *db.Tx) error { return s.endTx(ctx, tx, one, why) })
	}
	sent := s.mailer.Send(ctx, letter)
	switch {
	case sent == nil:
		return isSent, nil
	case errors.Is(sent, mail.ErrUnsure):
		outcome = isUnsure
	case errors.Is(sent, mail.ErrRefused):
		outcome = isRefused
	default:
		outcome = isFailed
	}
	s.log.Warn("a sample of a report was not sent", "error", sent)
	return outcome, nil
}

func (s *Service) markSample(ctx context.Context, one due, outcome string) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE report_subscription SET sample = $3 WHERE user_id = $1 AND id = $2 AND sample_at = $4`, one.UserID, one.ID, outcome, one.sample)
		return err
	})
}
