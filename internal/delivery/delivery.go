// Package delivery owns the reports that come by e-mail: who subscribed to which, when each goes out, and what became
// of the last one. What a report says is package report's.
package delivery

import (
	"context"
	"log/slog"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/mail"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/seal"
)

// Mailer hands letters over. Its errors are those of package mail.
type Mailer interface {
	Send(ctx context.Context, letter mail.Letter) error
	Rest() // after the last of a round
}

// Calendar tells on which days the offices along a path work.
type Calendar func(ctx context.Context, tx *db.Tx, path []id.Agency) (period.Workdays, error)

// Asks finds who a person is now: their roles are asked for again before each letter.
type Asks func(ctx context.Context, person id.User) (org.Actor, error)

// Service keeps subscriptions and sends what is due.
type Service struct {
	db      *db.DB
	queue   *job.Queue
	reports *report.Service
	people  Asks
	days    Calendar
	mailer  Mailer // nil: nothing is sent
	writer  *writer
	links   *seal.Box
	log     *slog.Logger
	heavy   int // bytes of attachments that a letter carries at most
}

// New makes the service; MailBy lets it send.
func New(d *db.DB, queue *job.Queue, reports *report.Service, people Asks) *Service {
	weekdays := func(context.Context, *db.Tx, []id.Agency) (period.Workdays, error) { return period.Weekdays, nil }
	return &Service{db: d, queue: queue, reports: reports, people: people, days: weekdays, log: slog.New(slog.DiscardHandler), heavy: mostBytes}
}

// WorkOn lets reports wait for the next working day of somebody who keeps the holidays.
func (s *Service) WorkOn(days Calendar) *Service {
	s.days = days
	return s
}

// MailBy lets reports go out. Without a mailer only the links of earlier letters work.
func (s *Service) MailBy(mailer Mailer, ring *seal.Ring, site string, log *slog.Logger) (*Service, error) {
	written, err := newWriter(ring, site)
	s.mailer, s.writer, s.links, s.log = mailer, written, seal.NewBox(ring, "report-stop"), log
	return s, err
}

// Job sends the reports that are due.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "report_delivery" }

// Patience is how long one round may take.
func (Job) Patience() time.Duration { return patience }

// SampleJob sends the samples that were asked for.
type SampleJob struct{}

// Kind names the job.
func (SampleJob) Kind() string { return "report_sample" }

// Patience is how long they may take.
func (SampleJob) Patience() time.Duration { return patience }

const (
	every        = time.Minute
	patience     = 10 * time.Minute
	spare        = time.Minute      // what one letter may take: none is begun with less left
	held         = 15 * time.Minute // longer than a round: nobody is making that letter any more
	firstPause   = time.Minute      // after a letter was put off; each further one is twice as long
	longestPause = time.Hour
	mostTries    = 40      // hourly at last and never at night: into the third day
	mostBytes    = 4 << 20 // mail servers commonly stop at 10 MB, and a letter grows by a third on its way
	mostKept     = 10      // subscriptions of a person
	mostSamples  = 3       // of a person on a day
)

// Work registers what runs by itself.
func (s *Service) Work(r *job.Registry) {
	job.Every(r, every, Job{}, s.Deliver)
	job.Handle(r, func(ctx context.Context, _ SampleJob) error { return s.Samples(ctx) })
}

// short tells whether too little time is left for another letter.
func short(ctx context.Context) bool {
	until, bounded := ctx.Deadline()
	return ctx.Err() != nil || bounded && time.Until(until) < spare
}

// EraseTx forgets what a person subscribed to.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person)},
		`DELETE FROM report_subscription WHERE user_id = @person`,
		`DELETE FROM report_sample WHERE user_id = @person`)
}

func errNoMail() error {
	return errs.New(errs.Conflict, "Gaung belum dapat mengirim surel. Mintalah administrator server menyiapkannya; laporan tetap dapat diunduh.")
}
