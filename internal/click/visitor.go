package click

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"maps"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"gaung/internal/db"
	"gaung/internal/period"
)

const saltSize = 32

// salts holds the salts of the present visitor day and the next. An address is hashed with its day's, so
// that a visitor is recognised within the day and can be followed neither into the next nor back to an
// address once the salt is gone. The next day's is agreed on a day ahead: a database that is away at
// midnight costs nothing.
type salts struct {
	db    *db.DB
	lock  sync.Mutex // changing
	known atomic.Pointer[map[period.Day]salt]
}

func newSalts(d *db.DB) *salts {
	s := &salts{db: d}
	s.known.Store(&map[period.Day]salt{})
	return s
}

// address is the number of where somebody asks from, for one visitor day: one block of AES
// under the salt, which nobody can turn back without it.
func (s *salts) address(ctx context.Context, at time.Time, from netip.Addr) int64 {
	return s.of(ctx, period.VisitorDay(at)).number(from)
}

// salt is one day's.
type salt struct{ cipher.Block }

// number is who asks from there, under the salt: an IPv4 address, or in IPv6 the /64 of a subscriber, in which each device
// takes as many addresses as it likes.
func (s salt) number(from netip.Addr) int64 {
	from = from.Unmap().WithZone("")
	if from.Is6() {
		from = netip.PrefixFrom(from, 64).Masked().Addr()
	}
	var block [aes.BlockSize]byte
	address := from.As16()
	s.Encrypt(block[:], address[:])
	return int64(binary.BigEndian.Uint64(block[:8]))
}

// block is the number of the network around an address: its /24, or its /48 in IPv6. It is marked, so that it
// is no address's number.
func (s salt) block(from netip.Addr) int32 {
	if !from.IsValid() {
		return 0
	}
	from = from.Unmap().WithZone("")
	bits, mark := 48, 15
	if from.Is4() {
		bits, mark = 24, 0
	}
	address := netip.PrefixFrom(from, bits).Masked().Addr().As16()
	address[mark] = 0xff
	var block [aes.BlockSize]byte
	s.Encrypt(block[:], address[:])
	if number := visitorBits(block[:]); number != 0 {
		return number
	}
	return 1 // 0 is unknown
}

// patience is how long a request waits for the database to agree on a salt.
const patience = 250 * time.Millisecond

// of gives the salt of a day. When the replicas cannot agree on one because the database is away, this
// one makes its own: for the rest of that day somebody who comes to two replicas is two visitors, and
// no click is refused.
func (s *salts) of(ctx context.Context, day period.Day) salt {
	if known, there := (*s.known.Load())[day]; there {
		return known
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := s.prepare(ctx, day); err != nil {
		return s.own(day)
	}
	return (*s.known.Load())[day]
}

// own gives the salt of a day, and makes one that nobody else has when none is known.
func (s *salts) own(day period.Day) salt {
	known, there := (*s.known.Load())[day]
	if !there {
		secret := make([]byte, saltSize)
		_, _ = rand.Read(secret) // documented never to fail
		known = s.remember(day, secret)
	}
	return known
}

// prepare makes the agreed salt of a day known. The lock is held.
func (s *salts) prepare(ctx context.Context, day period.Day) error {
	if _, there := (*s.known.Load())[day]; there {
		return nil
	}
	agreed, err := s.agree(ctx, day)
	if err == nil {
		s.remember(day, agreed)
	}
	return err
}

func (s *salts) remember(day period.Day, secret []byte) salt {
	block, err := aes.NewCipher(secret)
	if err != nil {
		panic(err) // the table checks the size
	}
	next := maps.Clone(*s.known.Load())
	next[day] = salt{block}
	s.known.Store(&next)
	return next[day]
}

// agree gives the salt of a day that all replicas use. Whoever needs it first makes it: only the first
// row of a day is kept, and everybody reads that one.
func (s *salts) agree(ctx context.Context, day period.Day) (agreed []byte, err error) {
	fresh := make([]byte, saltSize)
	_, _ = rand.Read(fresh) // documented never to fail
	pool := s.db.Pool()
	if _, err := pool.Exec(ctx, `INSERT INTO click_salt (day, salt) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING`, day, fresh); err != nil {
		return nil, db.Error(err)
	}
	err = pool.QueryRow(ctx, `SELECT salt FROM click_salt WHERE day = $1`, day).Scan(&agreed)
	return agreed, db.Error(err)
}

// prepareBoth makes the salts of a day and the next known.
func (s *salts) prepareBoth(ctx context.Context, today period.Day) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	return errors.Join(s.prepare(ctx, today), s.prepare(ctx, today.Add(1)))
}

// keep makes the salts of today and tomorrow known, and forgets those of days that are over: also in a
// process to which nobody comes.
func (s *salts) keep(ctx context.Context, today period.Day) error {
	err := s.prepareBoth(ctx, today)
	s.lock.Lock()
	defer s.lock.Unlock()
	next := maps.Clone(*s.known.Load())
	maps.DeleteFunc(next, func(day period.Day, _ salt) bool { return day < today })
	s.known.Store(&next)
	return err
}

// firstBits are the first 64 bits of a hash, in the form of PostgreSQL's int8.
func firstBits(hash []byte) int64 { return int64(binary.BigEndian.Uint64(hash)) }

// visitorBits are the first 32 bits: a visitor is told from others within a day.
func visitorBits(hash []byte) int32 { return int32(binary.BigEndian.Uint32(hash)) }

// forgetEvery bounds how long a salt outlives its day.
const forgetEvery = 10 * time.Minute

// agentDays is how long a user agent is kept after it was last seen: so far back newer rules can judge.
const agentDays = 30

// forget destroys the salts of all days that are over, however long the process was down, with what was
// hashed under them, and shortens the user agents that nobody has used for long to their family.
func (s *Service) forget(ctx context.Context) error {
	today := period.VisitorDay(s.db.Now())
	if err := s.salts.keep(ctx, today); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, s.db, `DELETE FROM click_salt WHERE day < $1`, today); err != nil {
		return err
	}
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return forgetOrigins(ctx, tx) }); err != nil {
		return err
	}
	return s.shortenAgents(ctx, today.Add(-agentDays))
}
