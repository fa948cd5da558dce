package click

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"net/netip"
	"sync"
	"time"

	"gaung/internal/db"
	"gaung/internal/period"
	"gaung/internal/seal"
)

const saltSize = 32

// salts holds the salt of the present visitor day. A visitor's number is made with it, so that the same
// visitor is recognised within the day and can be followed neither into the next nor back to an address
// once the salt is gone.
type salts struct {
	db   *db.DB
	lock sync.Mutex
	day  period.Day
	salt []byte
}

func newSalts(d *db.DB) *salts { return &salts{db: d} }

// visitor is the number of who asks, for one visitor day.
func (s *salts) visitor(ctx context.Context, at time.Time, address netip.Addr, userAgent string) (int32, error) {
	salt, err := s.of(ctx, period.VisitorDay(at))
	if err != nil {
		return 0, err
	}
	return visitorBits(seal.Hash(salt, address.Unmap().WithZone("").String(), userAgent)), nil
}

// visitorBits are the first 32 bits: a visitor is told from others within a day.
func visitorBits(hash []byte) int32 { return int32(binary.BigEndian.Uint32(hash)) }

// firstBits are the first 64 bits of a hash, in the form of PostgreSQL's int8.
func firstBits(hash []byte) int64 { return int64(binary.BigEndian.Uint64(hash)) }

// of gives the salt of a day, which whoever needs it first makes. Replicas agree, because only the first
// row of a day is kept and everybody reads that one.
func (s *salts) of(ctx context.Context, day period.Day) ([]byte, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.salt != nil && s.day == day {
		return s.salt, nil
	}
	fresh := make([]byte, saltSize)
	if _, err := rand.Read(fresh); err != nil {
		return nil, err
	}
	pool := s.db.Pool()
	_, err := pool.Exec(ctx, `INSERT INTO click_salt (day, salt) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING`, day, fresh)
	if err != nil {
		return nil, db.Error(err)
	}
	var agreed []byte
	if err := pool.QueryRow(ctx, `SELECT salt FROM click_salt WHERE day = $1`, day).Scan(&agreed); err != nil {
		return nil, db.Error(err)
	}
	if s.salt == nil || day > s.day { // a late look at yesterday does not push today's out
		s.day, s.salt = day, agreed
	}
	return agreed, nil
}

// drop forgets the salt in memory when its day is over.
func (s *salts) drop(today period.Day) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.day < today {
		s.salt = nil
	}
}

// forgetEvery bounds how long a salt outlives its day.
const forgetEvery = 10 * time.Minute

// agentDays is how long a user agent is kept after it was last seen: so far back newer rules can judge.
const agentDays = 30

// forget destroys the salts of all days that are over, however long the process was down, and the user
// agents that nobody has used for long.
func (s *Service) forget(ctx context.Context) error {
	today := period.VisitorDay(s.db.Now())
	s.salts.drop(today)
	if _, err := db.Exec(ctx, s.db, `DELETE FROM click_salt WHERE day < $1`, today); err != nil {
		return err
	}
	_, err := db.Exec(ctx, s.db, `DELETE FROM click_agent WHERE last_day < $1`, today.Add(-agentDays))
	return err
}
