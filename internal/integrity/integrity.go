// Package integrity owns the check of what was counted: once a visitor day is over it looks for reach that is none,
// takes it out with its reason, and keeps a case that a person decides and the one concerned may object to.
package integrity

import (
	"context"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Calendar tells on which days the offices along a path work.
type Calendar func(ctx context.Context, tx *db.Tx, path []id.Agency) (period.Workdays, error)

// Service checks days and keeps cases.
type Service struct {
	db     *db.DB
	queue  *job.Queue
	clicks *click.Service
	days   Calendar
}

// New makes the service.
func New(d *db.DB, queue *job.Queue, clicks *click.Service) *Service {
	weekdays := func(context.Context, *db.Tx, []id.Agency) (period.Workdays, error) { return period.Weekdays, nil }
	return &Service{db: d, queue: queue, clicks: clicks, days: weekdays}
}

// WorkOn lets the clock of answers stand on the holidays of somebody who keeps them.
func (s *Service) WorkOn(days Calendar) *Service {
	s.days = days
	return s
}

// At is the same service at another time, for the demo world.
func (s *Service) At(clock func() time.Time) *Service {
	at := *s
	at.db = s.db.At(clock)
	return &at
}

// Work registers the nightly check.
func (s *Service) Work(r *job.Registry) {
	job.Every(r, passEvery, PassJob{}, s.Check)
}

const (
	passEvery  = 20 * time.Minute
	passAfter  = time.Hour     // after the end of a visitor day: its last clicks are shipped
	againAfter = time.Hour     // after a check that clicks came too late for
	passTime   = 2 * time.Hour // for one run
	daysBack   = 2             // so long is kept from where people came
)

// PassJob is the kind of the nightly check.
type PassJob struct{}

// Kind names the job.
func (PassJob) Kind() string { return "integrity_pass" }

// Patience lets a large day take its time.
func (PassJob) Patience() time.Duration { return passTime }

// Desk are the roles that decide cases of the people of their subtree.
func Desk() []org.Role { return []org.Role{org.Auditor, org.Admin} }
