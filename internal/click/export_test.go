package click

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"gaung/internal/db"
	"gaung/internal/period"
)

// Forget and KeepPartitions are what the jobs run.
func (s *Service) Forget(ctx context.Context) error         { return s.forget(ctx) }
func (s *Service) KeepPartitions(ctx context.Context) error { return s.keepPartitions(ctx) }

// Address is the number of an address on a visitor day.
func (s *Service) Address(ctx context.Context, at time.Time, address string) int64 {
	return s.salts.address(ctx, at, netip.MustParseAddr(address))
}

// Remembers tells whether the process holds the salt of a day.
func (s *Service) Remembers(day period.Day) bool {
	_, there := (*s.salts.known.Load())[day]
	return there
}

// Prove is what the job runs.
func (s *Service) Prove(ctx context.Context) error { return s.prove(ctx) }

// Ship ships one batch of valid candidates: each visitor on each link in turn.
func (s *Service) Ship(ctx context.Context, at time.Time, links []Link, visitors []int64) error {
	var records []judgment
	for _, visitor := range visitors {
		for _, link := range links {
			records = append(records, judgment{record: record{Link: link, At: at, Agent: fmt.Sprintf("Mozilla/5.0 (X11; %d) Gecko/1", visitor%7)},
				Visitor: int32(visitor), Verdict: Valid, Reason: newVisitor, Rule: RuleVersion})
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return s.store(ctx, tx, records) })
}

// PartitionName is exported for tests.
func PartitionName(table string, day period.Day) string { return partitionName(table, day) }

// CleanAgent is exported for tests.
func CleanAgent(raw string) string { return cleanAgent(raw) }
