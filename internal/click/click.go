// Package click owns tracked links: it resolves a personal link, judges who asked for it (person,
// preview, machine), records every request with the reason, and keeps the sums that reports read.
package click

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gaung/internal/db"
	"gaung/internal/job"
	"gaung/internal/period"
	"gaung/internal/seal"
)

// Service resolves, judges and records.
type Service struct {
	db          *db.DB
	codes       *Codes
	directory   *directory
	judge       *judge
	salts       *salts
	journal     Appender
	counts      counts
	rooms       sync.Pool // for records on their way to the journal
	selfKeys    []seal.Derived
	datacentres *datacentres
	seen        mixer
	limits      *blockLimits
	onShip      []func(context.Context, *db.Tx, []Counted) error
	lost        atomic.Bool // the database did not answer the last time
}

// New makes the service; publicURL is the address under which people reach Gaung. Until it is told to keep
// clicks in a journal, each is counted before it is answered.
func New(d *db.DB, ring *seal.Ring, publicURL string) *Service {
	s := &Service{
		db: d, codes: NewCodes(ring), directory: newDirectory(d, strings.TrimRight(publicURL, "/")), judge: newJudge(newClassifier(), newMixer(ring, "click-visitor")), salts: newSalts(d),
		selfKeys: ring.Derive("self-token", 32), seen: newMixer(ring, "click-seen"), limits: newBlockLimits(),
	}
	s.journal = direct{s}
	s.rooms.New = func() any { return new([recordHead + maxAgent]byte) }
	return s
}

// Distrust makes clicks from the address ranges in a file count for nothing; an empty path distrusts none.
func (s *Service) Distrust(path string) (err error) {
	s.datacentres, err = loadDatacentres(path)
	return err
}

// Load reads what links need into memory. It must have run before the first click is answered.
func (s *Service) Load(ctx context.Context) error {
	return errors.Join(s.directory.Refresh(ctx), s.salts.prepareBoth(ctx, period.VisitorDay(s.db.Now())))
}

// Refresh reads what changed. The shipper does it every second, and so does a link that is not known.
func (s *Service) Refresh(ctx context.Context) error { return s.directory.Refresh(ctx) }

// follow keeps the memory up to date. Without a database it stays as it was.
func (s *Service) follow(ctx context.Context, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, followTime)
	defer cancel()
	err := errors.Join(s.directory.Refresh(ctx), s.salts.keep(ctx, period.VisitorDay(s.db.Now())))
	if lost := err != nil; s.lost.Swap(lost) != lost {
		log.WarnContext(ctx, "links are followed from memory", "database_lost", lost, "error", err)
	}
}

// followTime bounds one look at the database.
const followTime = 5 * time.Second

// OnShip adds a function that is told of every newly counted click, and of the networks' own previews,
// inside the transaction that stores it; its error undoes the whole batch. They run in the order in which they were added. Only wire.go
// calls this, before anything is served.
func (s *Service) OnShip(f func(ctx context.Context, tx *db.Tx, counted []Counted) error) {
	s.onShip = append(s.onShip, f)
}

type partitionJob struct{}

func (partitionJob) Kind() string { return "click_partition" }

type forgetJob struct{}

func (forgetJob) Kind() string { return "click_forget" }

// Work registers the jobs: partitions made ahead and dropped, and the salts of days that are over
// destroyed. The queue runs both at the start as well, so that a stopped process owes nothing for long.
func (s *Service) Work(r *job.Registry) {
	job.Every(r, partitionEvery, partitionJob{}, s.keepPartitions)
	job.Every(r, forgetEvery, forgetJob{}, s.forget)
	job.Every(r, proofEvery, proofJob{}, s.prove)
}
