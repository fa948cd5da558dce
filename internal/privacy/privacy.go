// Package privacy owns what a person may ask about their own data: the notice and who read it, consents, what is
// kept and why, the copy of it, requests with their clock, and who looked.
package privacy

import (
	"context"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/seal"
	"gaung/internal/user"
)

// Service answers people about their own data, and works the desk of the data protection officer.
type Service struct {
	db    *db.DB
	users *user.Service
	queue *job.Queue
	box   *seal.Box
	also  []Forget

	addresses func(ctx context.Context, tx *db.Tx, person id.User) (map[int64]string, error) // nil: they stay out of copies
}

// Forget takes away what another domain knows of a person whose erasure was granted.
type Forget func(ctx context.Context, tx *db.Tx, person id.User) error

// AlsoForget names those who forget a person as well, each in its own tables.
func (s *Service) AlsoForget(more ...Forget) *Service {
	s.also = append(s.also, more...)
	return s
}

// New makes the service.
func New(d *db.DB, ring *seal.Ring, users *user.Service, queue *job.Queue) *Service {
	return &Service{db: d, users: users, queue: queue, box: seal.NewBox(ring, "data_export")}
}

// Open puts into copies the addresses of posts that a person gave as proof: who keeps them sealed opens them.
func (s *Service) Open(addresses func(ctx context.Context, tx *db.Tx, person id.User) (map[int64]string, error)) *Service {
	s.addresses = addresses
	return s
}

// Work registers the jobs: copies of one's data are made, and forgotten after a week.
func (s *Service) Work(r *job.Registry) {
	job.Handle(r, func(ctx context.Context, j exportJob) error { return s.makeExport(ctx, j) })
	job.Every(r, time.Hour, forgetJob{}, s.forget)
}

// Standing is what a client is told at each start.
type Standing struct {
	Onboarding bool `json:"onboarding" doc:"The person has not finished the introduction"`
	NoticeDue  bool `json:"notice_due" gorm:"-" doc:"There is a privacy notice that the person has not read"`
	Read       int  `json:"-"`
}

// Standing tells what of the introduction and of the notice is still ahead of the actor.
func (s *Service) Standing(ctx context.Context, actor org.Actor) (Standing, error) {
	found, err := db.Get[Standing](ctx, s.db, `SELECT NOT EXISTS (SELECT FROM onboarding WHERE user_id = $1 AND done_at IS NOT NULL) AS onboarding,
		coalesce((SELECT max(version) FROM privacy_ack WHERE user_id = $1), 0) AS read`, actor.User)
	found.NoticeDue = found.Read < newest(s.db.Now()).version
	return found, err
}

// Introduction is how far a newcomer has come.
type Introduction struct {
	Step int  `json:"step" minimum:"1" maximum:"6" doc:"The step that comes next"`
	Done bool `json:"done" doc:"It is not shown again"`
}

// Onboarding reads how far the actor's introduction is.
func (s *Service) Onboarding(ctx context.Context, actor org.Actor) (Introduction, error) {
	found, err := db.Get[Introduction](ctx, s.db, `SELECT step, done_at IS NOT NULL AS done FROM onboarding WHERE user_id = $1`, actor.User)
	if errors.Is(err, db.ErrNoRow) {
		return Introduction{Step: 3}, nil // who asks has signed in and has a password of their own
	}
	return found, err
}

// SetOnboarding notes how far it is. What is done stays done.
func (s *Service) SetOnboarding(ctx context.Context, actor org.Actor, p Introduction) (Introduction, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO onboarding AS o (user_id, step, done_at) VALUES ($1, $2, CASE WHEN $3 THEN $4::timestamptz END)
			ON CONFLICT (user_id) DO UPDATE SET step = excluded.step, done_at = coalesce(o.done_at, excluded.done_at)`,
			actor.User, p.Step, p.Done, tx.Now)
		return err
	})
	if err != nil {
		return p, err
	}
	return s.Onboarding(ctx, actor)
}

// Settle notes of many people that they have finished the introduction and read the notice: of the demo world.
func (s *Service) Settle(ctx context.Context, people []id.User) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `INSERT INTO onboarding (user_id, step, done_at) SELECT unnest($1::int4[]), 6, $2 ON CONFLICT DO NOTHING`, people, tx.Now); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO privacy_ack (user_id, version, at) SELECT unnest($1::int4[]), $2, $3 ON CONFLICT DO NOTHING`,
			people, newest(tx.Now).version, tx.Now)
		return err
	})
}

// At is the same service under another clock.
func (s *Service) At(clock func() time.Time) *Service {
	at := *s
	at.db = s.db.At(clock)
	return &at
}
