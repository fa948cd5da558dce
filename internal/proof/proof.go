// Package proof owns how a person proves what they did: addresses of posts that our server reads (claims), pictures
// of screens that a reviewer looks at, objections that a desk answers, and what the person is told of each act.
// Grades are written by share alone.
package proof

import (
	"context"
	"io"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/fetch"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/seal"
	"gaung/internal/share"
)

// Web asks other servers, within bounds.
type Web interface {
	Get(ctx context.Context, address string) (fetch.Answer, error)
}

// Files keeps the sealed pictures.
type Files interface {
	Put(ctx context.Context, name string, body io.Reader, size int64) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Delete(ctx context.Context, name string) error
}

// Calendar tells on which days the offices along a path work.
type Calendar func(ctx context.Context, tx *db.Tx, path []id.Agency) (period.Workdays, error)

// Service keeps claims, pictures and objections.
type Service struct {
	db        *db.DB
	queue     *job.Queue
	share     *share.Service
	web       Web
	files     Files
	days      Calendar
	addresses *seal.Box
	pictures  *seal.Box
	hash      []seal.Derived // keyed hashes of addresses, newest key first
}

// New makes the service.
func New(d *db.DB, queue *job.Queue, ring *seal.Ring, shares *share.Service, web Web, files Files) *Service {
	weekdays := func(context.Context, *db.Tx, []id.Agency) (period.Workdays, error) { return period.Weekdays, nil }
	return &Service{db: d, queue: queue, share: shares, web: web, files: files, days: weekdays,
		addresses: seal.NewBox(ring, "post-address"), pictures: seal.NewBox(ring, "screenshot"), hash: ring.Derive("post-address", 32)}
}

// WorkOn lets the clocks of desks stand on the holidays of somebody who keeps them.
func (s *Service) WorkOn(days Calendar) *Service {
	s.days = days
	return s
}

// Work registers the jobs.
func (s *Service) Work(r *job.Registry) {
	job.Handle(r, s.check)
	job.Every(r, sweepEvery, SweepJob{}, s.sweep)
}

// Desk are the roles that look at proofs and answer objections, of what their subtree published.
func Desk() []org.Role { return []org.Role{org.Approver, org.Publisher} }

// answerTime is how long a desk has, in working time: three days of eight hours.
const answerTime = 3 * 8 * time.Hour

// due is when the desk of a node has to have answered what comes now.
func (s *Service) due(ctx context.Context, tx *db.Tx, desk id.Agency) (time.Time, error) {
	at, err := db.Get[struct {
		Zone string
		Path db.IDs[id.Agency]
	}](ctx, tx, `SELECT zone, path::text AS path FROM agency WHERE id = $1`, desk)
	if err != nil {
		return time.Time{}, err
	}
	workdays, err := s.days(ctx, tx, at.Path)
	return period.AfterWork(tx.Now, answerTime, period.MustZone(at.Zone), workdays), err
}

// oneAtATime makes the requests of one person wait for each other, so that a limit is one.
func oneAtATime(ctx context.Context, tx *db.Tx, person id.User) error {
	_, err := db.Exec(ctx, tx, `SELECT pg_advisory_xact_lock(hashtext('proof'), $1::int4)`, person)
	return err
}

func notFound(what string) error { return errs.New(errs.NotFound, "%s tidak ditemukan.", what) }

// NewsJob is what became of a proof or an objection, for whoever tells people.
type NewsJob struct {
	What      string     `json:"what"` // proof_accepted, proof_rejected, objection_granted, objection_rejected
	Key       string     `json:"key"`
	To        id.User    `json:"to"`
	ContentID id.Content `json:"content_id"`
	At        time.Time  `json:"at"`
}

// Kind names the job.
func (NewsJob) Kind() string { return "proof_news" }
