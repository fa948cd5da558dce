package content

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// ClockJob looks at the clock of a step at the time at which somebody is to be told.
type ClockJob struct {
	ContentID id.Content `json:"content_id"`
	Round     int        `json:"round"`
	Step      int        `json:"step"`
	Stage     int        `json:"stage"`
}

// Kind names the job.
func (ClockJob) Kind() string { return "content_review_clock" }

// The stages of a step that waits.
const (
	reminded  = 1
	escalated = 2
)

func (c Chain) limit(stage int) time.Duration {
	if stage == reminded {
		return time.Duration(c.RemindHours) * time.Hour
	}
	return time.Duration(c.EscalateHours) * time.Hour
}

// wind enqueues the next look at the clock of the present step, unless it stands or all is told.
func (s *Service) wind(ctx context.Context, tx *db.Tx, row item, r review) error {
	if r.RunningSince == nil || r.Told >= escalated {
		return nil
	}
	stage := r.Told + 1
	left := r.Chain.limit(stage) - time.Duration(r.Spent)*time.Minute
	workdays, err := s.days(ctx, tx, row.Path)
	if err != nil {
		return err
	}
	at := period.AfterWork(*r.RunningSince, max(left, 0), period.MustZone(row.AgencyZone), workdays)
	return s.queue.EnqueueAtTx(ctx, tx, ClockJob{row.ID, r.Round, r.Step, stage}, at)
}

// look is the job's side: the row decides, not the job. A step that was decided, held or begun again has
// jobs of its own, and a stage that was told is not told again.
func (s *Service) look(ctx context.Context, job ClockJob) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockForJob(ctx, tx, job.ContentID)
		if errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		if row.State != InReview || row.Round != job.Round || row.Step != job.Step {
			return nil
		}
		r, err := readReview(ctx, tx, row.ID, row.Round)
		if err != nil || r.RunningSince == nil || r.Told >= job.Stage {
			return err
		}
		worked, err := s.worked(ctx, tx, row, r)
		if err != nil {
			return err
		}
		if worked < r.Chain.limit(job.Stage) { // our clock is behind the queue's, or it stood for a while
			return s.wind(ctx, tx, row, r)
		}
		r.Told = job.Stage
		if _, err := db.Exec(ctx, tx, `UPDATE content_review SET told = $3 WHERE content_id = $1 AND round = $2`, row.ID, row.Round, r.Told); err != nil {
			return err
		}
		if err := s.tellWaiting(ctx, tx, row, r); err != nil {
			return err
		}
		return s.wind(ctx, tx, row, r)
	})
}

// tellWaiting reminds the step's deciders, or tells the next step's, or the administrators where there
// is no next step.
func (s *Service) tellWaiting(ctx context.Context, tx *db.Tx, row item, r review) error {
	ahead, kind := 0, "reminder"
	if r.Told == escalated {
		ahead, kind = 1, "escalation"
	}
	to, err := deciders(ctx, tx, row.ID, ahead)
	if err == nil && len(to) == 0 {
		to, err = keepers(ctx, tx, row)
	}
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, row, NewsJob{What: kind, Key: fmt.Sprintf("%s/%d/%d", kind, r.Round, r.Step), StepName: r.now().Name, To: to})
}
