package click

import (
	"cmp"
	"context"
	"net/netip"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Past is a request on a link some time ago.
type Past struct {
	Link
	At        time.Time
	UserAgent string
	Address   netip.Addr
	SignedIn  id.User // 0: nobody
}

// VisitAll records requests of the past for the system itself (the demo world): judged by the same rules
// and shipped the same way as those of today. The salts of days that are over are made for the call and
// kept nowhere, so what was recorded leads back to nobody.
func (s *Service) VisitAll(ctx context.Context, visits []Past) error {
	salts := newSalts(s.db)
	records := make([]record, len(visits))
	for i, v := range visits {
		records[i] = v.record(salts)
	}
	slices.SortFunc(records, func(a, b record) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.User, b.User)) })
	for from := 0; from < len(records); from += shipMost {
		batch := stretchOf(records, from, min(from+shipMost, len(records)))
		if err := s.shipTx(ctx, func(tx *db.Tx) error { return s.ship(ctx, tx, batch) }); err != nil {
			return err
		}
	}
	return nil
}

// record is the request as the edge would have seen it, under a salt that nobody keeps.
func (v Past) record(salts *salts) record {
	salt := salts.own(period.VisitorDay(v.At))
	r := record{Link: v.Link, At: v.At, Address: salt.number(v.Address), Block: salt.block(v.Address), Saw: sawFetchHeaders, Agent: cleanAgent(v.UserAgent)}
	if v.SignedIn != 0 && v.SignedIn == v.User {
		r.Saw |= sawOwnSession
	}
	return r
}
