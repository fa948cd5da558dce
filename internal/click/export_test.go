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

// Visitor is the number of a visitor on the service's present visitor day.
func (s *Service) Visitor(ctx context.Context, at time.Time, address, userAgent string) (int32, error) {
	return s.salts.visitor(ctx, at, netip.MustParseAddr(address), userAgent)
}

// Ship ships one batch of valid candidates: each visitor on each link in turn.
func (s *Service) Ship(ctx context.Context, at time.Time, links []Link, visitors []int64) error {
	var records []judgment
	for _, visitor := range visitors {
		for _, link := range links {
			records = append(records, judgment{record: record{Link: link, At: at, Agent: fmt.Sprintf("Mozilla/5.0 (X11; %d) Gecko/1", visitor%7)},
				Visitor: int32(visitor), Verdict: Valid, Reason: newVisitor, Rule: RuleVersion})
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return s.ship(ctx, tx, records) })
}

// PartitionName is exported for tests.
func PartitionName(table string, day period.Day) string { return partitionName(table, day) }

// CleanAgent is exported for tests.
func CleanAgent(raw string) string { return cleanAgent(raw) }
