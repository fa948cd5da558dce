package click

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/netip"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
	"gaung/internal/seal"
)

// Past is a request on a link some time ago.
type Past struct {
	Link
	At        time.Time
	UserAgent string
	Address   netip.Addr
	SignedIn  id.User // 0: nobody
}

// pastBatch is how many records one transaction ships, as many as the journal's shipper takes.
const pastBatch = 8000

// VisitAll records requests of the past for the system itself (the demo world): judged by the same rules
// and shipped the same way as those of today. The salts of days that are over are made for the call and
// kept nowhere, so what was recorded leads back to nobody.
func (s *Service) VisitAll(ctx context.Context, visits []Past) error {
	past := pastJudge{service: s, salts: map[period.Day][]byte{}, machines: map[string]judged{}}
	records := make([]judgment, len(visits))
	for i, v := range visits {
		records[i] = past.record(v)
	}
	slices.SortFunc(records, func(a, b judgment) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.User, b.User)) })
	for batch := range slices.Chunk(records, pastBatch) {
		if err := s.journal.appendAll(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// pastJudge judges many requests, each user agent once.
type pastJudge struct {
	service  *Service
	salts    map[period.Day][]byte
	machines map[string]judged
}

type judged struct {
	verdict Verdict
	why     Reason
	machine bool
}

func (j *pastJudge) record(v Past) judgment {
	agent := cleanAgent(v.UserAgent)
	r := judgment{record: record{Link: v.Link, At: v.At, Agent: agent}, Visitor: j.visitor(v, agent), Rule: RuleVersion, Verdict: Valid, Reason: newVisitor}
	known, there := j.machines[agent]
	if !there {
		known.verdict, known.why, known.machine = j.service.rules.machine(agent, "")
		j.machines[agent] = known
	}
	switch {
	case known.machine:
		r.Verdict, r.Reason = known.verdict, known.why
	case v.SignedIn != 0 && v.SignedIn == v.User:
		r.Verdict, r.Reason = Self, ownSession
	}
	return r
}

func (j *pastJudge) visitor(v Past, agent string) int32 {
	day := period.VisitorDay(v.At)
	if j.salts[day] == nil {
		salt := make([]byte, saltSize)
		_, _ = rand.Read(salt) // documented never to fail
		j.salts[day] = salt
	}
	return visitorBits(seal.Hash(j.salts[day], v.Address.Unmap().WithZone("").String(), agent))
}

// appendAll ships a batch at once.
func (j journal) appendAll(ctx context.Context, batch []judgment) error {
	return j.db.Tx(ctx, func(tx *db.Tx) error { return j.ship(ctx, tx, batch) })
}
