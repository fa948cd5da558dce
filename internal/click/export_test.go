package click

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
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
	return s.shipTx(ctx, func(tx *db.Tx) error { return s.store(ctx, tx, records) })
}

// PartitionName is exported for tests.
func PartitionName(table string, day period.Day) string { return partitionName(table, day) }

// CleanAgent is exported for tests.
func CleanAgent(raw string) string { return cleanAgent(raw) }

// Given is a request of which a test says what the edge saw; Reason is what it is unless its user agent
// tells otherwise.
type Given struct {
	Link
	At      time.Time
	Address int64
	Agent   string
	Reason  Reason
}

// ShipGiven ships a batch by some rules: nil for the present ones.
func (s *Service) ShipGiven(ctx context.Context, rule int16, rules func(agent string) Reason, batch []Given) error {
	if rules == nil {
		rules = func(agent string) Reason {
			if _, why, machine := s.judge.rules.agent(agent); machine {
				return why
			}
			return newVisitor
		}
	}
	var records []judgment
	for _, g := range batch {
		why := rules(g.Agent)
		if g.Reason != 0 && (why == newVisitor || g.Reason == purposeHeader) {
			why = g.Reason
		}
		records = append(records, judgment{record: record{Link: g.Link, At: g.At, Address: g.Address, Agent: g.Agent},
			Visitor: s.judge.visitors.visitor(g.Address, g.Agent), Verdict: why.verdict(), Reason: why, Rule: rule})
	}
	return s.shipTx(ctx, func(tx *db.Tx) error { return s.store(ctx, tx, records) })
}

// OwnPlaces tells for requests whether they come from where the owner of the link was.
func (s *Service) OwnPlaces(ctx context.Context, user id.User, at time.Time, address, agent string) (own bool, err error) {
	hash := s.salts.address(ctx, at, netip.MustParseAddr(address))
	r := record{Link: Link{Content: 1, User: user, Channel: Copy}, At: at, Address: hash, Agent: agent}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		there, err := readSharers(ctx, tx, []record{r, r})
		own = s.judge.judge([]record{r}, nil, nil, there)[0].Reason == ownAddress
		return err
	})
	return own, err
}

// ReclassifyByPage is Reclassify in the smallest steps.
func (s *Service) ReclassifyByPage(ctx context.Context, done func(Reclassified) error) error {
	return s.reclassify(ctx, 1, done)
}

// Alarms are the shipper's, alone.
type Alarms struct{ alarms }

// NewAlarms makes them.
func NewAlarms() *Alarms { return &Alarms{alarms{log: slog.New(slog.DiscardHandler)}} }

// Look takes a sample and gives what is raised.
func (a *Alarms) Look(at time.Time, s Stats) map[string]bool {
	a.look(at, s)
	return a.raised()
}
