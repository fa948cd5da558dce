package delivery

import (
	"context"
	_ "embed"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/mail"
	"gaung/internal/period"
	"gaung/internal/report"
)

//go:embed sql/take.sql
var takeSQL string

// due is a letter that this process has claimed.
type due struct {
	UserID     id.User
	ID         int64
	NodeID     id.Agency
	ReportWish `gorm:"embedded"`
	ThroughDay period.Day
	OutcomeDay *period.Day
	Tries      int
	Ended      string
	Name       string
	ShortName  string
	Zone       string
	Path       db.IDs[id.Agency]
	Email      string
	Lang       string
	Active     bool
	Refused    bool // the mail server refused the address lately
	OwnZone    string
	Opens      *time.Time // when the person may be told; nil: now

	calendar calendar      `gorm:"-"`
	period   period.Period `gorm:"-"`
	claim    time.Time     `gorm:"-"` // what due_at was set to: nobody else has it as long as it stays
	sample   time.Time     `gorm:"-"` // when a sample was taken; zero: it is none
}

// What becomes of a letter.
const (
	isSent    = "sent"
	isUnsure  = "unsure"
	isRefused = "refused"
	isWaiting = "waiting"
	isFailed  = "failed"
)

// Why a subscription ends.
const (
	endedRole    = "role"
	endedAccount = "account"
	endedLink    = "link"
)

// Deliver sends the reports that are due, until the server cannot be used or time is over. A report that cannot be made
// holds up no other.
func (s *Service) Deliver(ctx context.Context) error {
	if s.mailer == nil {
		return nil
	}
	defer s.mailer.Rest()
	var failed error
	for !short(ctx) {
		one, claimed, err := s.take(ctx)
		if errors.Is(err, db.ErrNoRow) {
			return failed
		}
		if err != nil {
			return errors.Join(failed, err)
		}
		if !claimed {
			continue // it was put off, or ended
		}
		goesOn, err := s.deliver(ctx, one)
		failed = errors.Join(failed, err)
		if !goesOn {
			return failed
		}
	}
	return failed
}

// take looks at the subscription that has been due for longest: it is put off, ends, or is claimed.
func (s *Service) take(ctx context.Context) (one due, claimed bool, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		one, err = db.Get[due](ctx, tx, takeSQL, db.Args{"now": tx.Now, "sample": false})
		if err != nil {
			return err
		}
		if one.calendar, err = s.calendarTx(ctx, tx, one.Pace, one.Zone, one.Path); err != nil {
			return err
		}
		if one.period = one.calendar.newest(tx.Now); one.OutcomeDay == nil || *one.OutcomeDay != one.period.To {
			one.Tries = 0 // those were of an older period
		}
		today := period.LocalDay(tx.Now, one.calendar.zone)
		switch seven := one.calendar.seven(today); {
		case !one.Active:
			return s.endTx(ctx, tx, one, endedAccount)
		case one.Ended == "" && one.period.To <= one.ThroughDay:
			return s.putOffTx(ctx, tx, one, one.calendar.wake(tx.Now, one.ThroughDay))
		case one.Opens != nil:
			return s.putOffTx(ctx, tx, one, one.opensAt(tx.Now))
		case tx.Now.Before(seven): // after an outage, too: nobody waits for a report at night
			return s.putOffTx(ctx, tx, one, seven)
		case one.Refused:
			return s.doneTx(ctx, tx, one, isRefused)
		}
		one.claim, claimed = tx.Now.Add(held), true
		return s.putOffTx(ctx, tx, one, one.claim)
	})
	return one, claimed, err
}

// opensAt is when somebody who is left in peace now may be told: later today as soon as it ends, on another day at seven.
func (d due) opensAt(now time.Time) time.Time {
	zone := period.MustZone(d.OwnZone)
	day := period.LocalDay(*d.Opens, zone)
	if seven := day.Start(zone).Add(sentAt); day > period.LocalDay(now, zone) && seven.After(*d.Opens) {
		return seven
	}
	return *d.Opens
}

func (s *Service) putOffTx(ctx context.Context, tx *db.Tx, one due, until time.Time) error {
	_, err := db.Exec(ctx, tx, `UPDATE report_subscription SET due_at = $3 WHERE user_id = $1 AND id = $2`, one.UserID, one.ID, until)
	return err
}

// doneTx says that a period is done with, and how. Of a subscription that has ended it was the last letter, which is
// about no period.
func (s *Service) doneTx(ctx context.Context, tx *db.Tx, one due, outcome string) error {
	if one.Ended != "" {
		_, err := db.Exec(ctx, tx, `UPDATE report_subscription SET due_at = NULL WHERE user_id = $1 AND id = $2`, one.UserID, one.ID)
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE report_subscription SET through_day = $3::date, due_at = $4, outcome = $5, outcome_day = $3::date, outcome_at = $6
		WHERE user_id = $1 AND id = $2`, one.UserID, one.ID, one.period.To.String(), one.calendar.wake(tx.Now, one.period.To), outcome, tx.Now)
	return err
}

// endTx ends a subscription: whoever may still be written to is told so by a last letter.
func (s *Service) endTx(ctx context.Context, tx *db.Tx, one due, why string) error {
	_, err := db.Exec(ctx, tx, `UPDATE report_subscription SET ended = $3, tries = 0, due_at = CASE WHEN $3 = 'role' THEN $4::timestamptz END, sample_due = NULL
		WHERE user_id = $1 AND id = $2`, one.UserID, one.ID, why, tx.Now)
	return err
}

// deliver makes a claimed letter, sends it, and marks what became of it. It tells whether others may be sent.
func (s *Service) deliver(ctx context.Context, one due) (goesOn bool, err error) {
	letter, why, err := s.write(ctx, one)
	if err != nil {
		return true, err // it stays claimed, and is tried again
	}
	if why != "" {
		return true, s.db.Tx(ctx, func(tx *db.Tx) error { return s.endTx(ctx, tx, one, why) })
	}
	mine, err := s.hand(ctx, one)
	if err != nil || !mine {
		return err == nil, err
	}
	sent := s.mailer.Send(ctx, letter)
	if sent != nil {
		s.log.Warn("a report was not sent", "error", sent)
	}
	// What is known now must be kept even if the process is told to stop.
	after := context.WithoutCancel(ctx)
	return !errors.Is(sent, mail.ErrAway), s.db.Tx(after, func(tx *db.Tx) error { return s.markTx(after, tx, one, sent) })
}

// write makes the letter, with the rights that the person has now. Without any the subscription ends, for a reason.
func (s *Service) write(ctx context.Context, one due) (letter mail.Letter, why string, err error) {
	if one.Ended != "" {
		letter, err = s.writer.farewell(one, s.db.Now())
		return letter, "", err
	}
	actor, err := s.people(ctx, one.UserID)
	if errs.CodeOf(err) == errs.Unauthenticated {
		return mail.Letter{}, endedAccount, nil
	}
	if err != nil {
		return mail.Letter{}, "", err
	}
	made, err := s.reports.Engagement(ctx, actor, report.Query{Agency: one.NodeID, From: one.period.From.String(), To: one.period.To.String()})
	if errs.CodeOf(err) == errs.NotFound {
		return mail.Letter{}, endedRole, nil
	}
	if err != nil {
		return mail.Letter{}, "", err
	}
	letter, err = s.writer.report(one, made, s.stopLink(one.UserID, one.ID), s.heavy)
	return letter, "", err
}

// hand marks a claimed letter as gone, before it goes: whatever happens from now on, its period is sent no second
// time. It is not marked where somebody else has claimed it, or where it was changed, stopped or deleted meanwhile.
func (s *Service) hand(ctx context.Context, one due) (mine bool, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		still, err := db.All[struct{ ID int64 }](ctx, tx, `SELECT id FROM report_subscription WHERE user_id = $1 AND id = $2 AND due_at = $3 AND ended = $4 AND pace = $5 FOR UPDATE`,
			one.UserID, one.ID, one.claim, one.Ended, one.Pace)
		if err != nil || len(still) == 0 {
			return err
		}
		mine = true
		return s.doneTx(ctx, tx, one, isUnsure)
	})
	return mine, err
}

// markTx says what became of a letter that was handed over. What the server did not take is tried again.
func (s *Service) markTx(ctx context.Context, tx *db.Tx, one due, sent error) error {
	outcome, pause := isSent, time.Duration(0)
	switch {
	case errors.Is(sent, mail.ErrUnsure):
		return nil // as it was marked
	case errors.Is(sent, mail.ErrRefused):
		outcome = isRefused
	case errors.Is(sent, mail.ErrLater) && one.Tries >= mostTries:
		outcome = isFailed
	case errors.Is(sent, mail.ErrLater):
		outcome, pause = isWaiting, min(firstPause<<min(one.Tries, 10), longestPause)
	case sent != nil:
		outcome, pause = isWaiting, firstPause
	}
	tries := one.Tries
	if errors.Is(sent, mail.ErrLater) { // a server that is away says nothing about the letter
		tries++
	}
	var err error
	switch {
	case one.Ended != "" && pause == 0: // the last letter is gone
	case one.Ended != "":
		_, err = db.Exec(ctx, tx, `UPDATE report_subscription SET due_at = $3, tries = $4 WHERE user_id = $1 AND id = $2 AND ended = $5`,
			one.UserID, one.ID, tx.Now.Add(pause), tries, one.Ended)
	case pause == 0:
		_, err = db.Exec(ctx, tx, `UPDATE report_subscription SET outcome = $3, outcome_at = $4, tries = 0 WHERE user_id = $1 AND id = $2 AND outcome_day = $5::date`,
			one.UserID, one.ID, outcome, tx.Now, one.period.To.String())
	default: // its period is open again
		_, err = db.Exec(ctx, tx, `UPDATE report_subscription SET outcome = $3, outcome_at = $4, through_day = $6::date, due_at = $7, tries = $8
			WHERE user_id = $1 AND id = $2 AND outcome_day = $5::date AND ended = ''`,
			one.UserID, one.ID, outcome, tx.Now, one.period.To.String(), one.ThroughDay.String(), tx.Now.Add(pause), tries)
	}
	return err
}
