package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Cost is how dear a password hash is.
type Cost struct {
	MemoryKiB  uint32
	Iterations uint32
}

// StandardCost is OWASP's choice for Argon2id: 19 MiB, two passes, about 60 ms on one core.
func StandardCost() Cost { return Cost{MemoryKiB: 19 * 1024, Iterations: 2} }

// How many may wait for the gate: about a second's work for two cores each. Devices that their owner
// has signed in with before wait in a queue of their own, which a flood of strangers does not fill.
const (
	mostWaiting  = 48
	knownWaiting = 16
	gateRetry    = 5 * time.Second
)

// hasher bounds how many hashes run at once and how many wait: without the gate a flood of sign-ins
// would take all memory and all cores.
type hasher struct {
	params  *argon2id.Params
	gate    chan struct{}
	waiting map[bool]chan struct{} // by whether the device is known
	dummy   string                 // a hash of nobody's password
}

func newHasher(cost Cost) hasher {
	params := &argon2id.Params{Memory: cost.MemoryKiB, Iterations: cost.Iterations, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	dummy, err := argon2id.CreateHash(rand.Text(), params)
	if err != nil {
		panic(err) // only the random source can fail, and it is documented not to
	}
	return hasher{params: params, gate: make(chan struct{}, runtime.NumCPU()), dummy: dummy,
		waiting: map[bool]chan struct{}{false: make(chan struct{}, mostWaiting), true: make(chan struct{}, knownWaiting)}}
}

// pass waits for a place at the gate; the function it gives leaves it.
func (h hasher) pass(ctx context.Context, known bool) (leave func(), err error) {
	full := errs.New(errs.Unavailable, "Terlalu banyak orang masuk bersamaan. Silakan coba lagi sebentar lagi.").After(gateRetry)
	queue := h.waiting[known]
	select {
	case queue <- struct{}{}:
	default:
		return nil, full
	}
	defer func() { <-queue }()
	select {
	case h.gate <- struct{}{}:
		return func() { <-h.gate }, nil
	case <-ctx.Done():
		return nil, full.Because(ctx.Err())
	}
}

// hash is of the password in composed form (NFC): one phone writes é as one character, another as two.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.pass(ctx, true)
	if err != nil {
		return "", err
	}
	defer leave()
	return argon2id.CreateHash(norm.NFC.String(password), h.params)
}

// matches is false for a password that is too long to be one of ours, and for no hash at all.
func (h hasher) matches(ctx context.Context, password, hash string, known bool) (bool, error) {
	if password = norm.NFC.String(password); len(password) > maxPassword || hash == "" {
		return false, nil
	}
	leave, err := h.pass(ctx, known)
	if err != nil {
		return false, err
	}
	defer leave()
	matches, err := argon2id.ComparePasswordAndHash(password, hash)
	if errors.Is(err, argon2id.ErrInvalidHash) {
		return false, nil
	}
	return matches, err
}

// SetPasswords gives people a password that stays, for the system itself (the demo world).
func (s *Service) SetPasswords(ctx context.Context, people []id.User, password string) error {
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := setOwn(ctx, tx, people, hash); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Action: "auth.set_passwords", Subject: "user", Detail: map[string]int{"count": len(people)}})
	})
}

func setOwn(ctx context.Context, tx *db.Tx, people []id.User, hash string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO credential (user_id, password_hash, changed_at) SELECT unnest($1::int4[]), $2, $3
		ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at,
			must_change = false, first = false, expires_at = NULL`, people, hash, tx.Now)
	return err
}

// prove checks the password of somebody who is signed in: who borrows a signed-in phone must not guess
// on. The field names the input at fault.
func (s *Service) prove(ctx context.Context, person id.User, password, field string) error {
	self := fmt.Sprint(person)
	attempt := s.attempt("password", self, self, "")
	if err := attempt.allowed(ctx); err != nil {
		return err
	}
	found, err := db.Get[credential](ctx, s.db, `SELECT user_id, password_hash FROM credential WHERE user_id = $1`, person)
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return err
	}
	matches, err := s.hasher.matches(ctx, password, found.PasswordHash, true)
	if err != nil {
		return err
	}
	if !matches {
		return attempt.failed(ctx, errs.InvalidField(field, "Kata sandi tidak cocok. Periksa lagi."))
	}
	return attempt.succeeded(ctx)
}

// Prove checks the actor's password before something that a borrowed phone must not do.
func (s *Service) Prove(ctx context.Context, actor org.Actor, password string) error {
	return s.prove(ctx, actor.User, password, "password")
}

// ChangePassword replaces the actor's password and ends all their other sessions.
func (s *Service) ChangePassword(ctx context.Context, actor org.Actor, session id.Session, old, replacement string) error {
	if err := s.checkNew(ctx, actor.User, old, replacement); err != nil {
		return err
	}
	if err := s.prove(ctx, actor.User, old, "old_password"); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, replacement)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := setOwn(ctx, tx, []id.User{actor.User}, hash); err != nil {
			return err
		}
		if _, err := revoke(ctx, tx, actor.User, session); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.change_password", Subject: "user"})
	})
}
