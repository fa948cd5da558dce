// Package click owns tracked links: it resolves a personal link, judges who asked for it (person,
// preview, machine), records every request with the reason, and keeps the sums that reports read.
package click

import (
	"context"
	"strings"

	"gaung/internal/db"
	"gaung/internal/job"
	"gaung/internal/seal"
)

// Service resolves, judges and records.
type Service struct {
	db        *db.DB
	publicURL string
	codes     *Codes
	rules     *classifier
	salts     *salts
	journal   journal
	selfKeys  []seal.Derived
	seenKey   []byte
	visitors  visitorKey
	onShip    []func(context.Context, *db.Tx, []Counted) error
}

// New makes the service; publicURL is the address under which people reach Gaung.
func New(d *db.DB, ring *seal.Ring, publicURL string) *Service {
	s := &Service{
		db: d, publicURL: strings.TrimRight(publicURL, "/"), codes: NewCodes(ring), rules: newClassifier(), salts: newSalts(d),
		selfKeys: ring.Derive("self-token", 32), seenKey: ring.Derive("click-seen", 32)[0].Key,
		visitors: newVisitorKey(ring),
	}
	s.journal = journal{db: d, ship: s.ship}
	return s
}

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
}
