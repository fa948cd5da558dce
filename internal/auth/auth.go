// Package auth owns sign-in: passwords, sessions and their tokens. It is the only importer of jwt.
package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/seal"
	"gaung/internal/user"
)

// How long things last.
const (
	AccessLife  = 10 * time.Minute    // an access token of the web client
	ScriptLife  = time.Hour           // an access token of a script, which cannot be refreshed
	SessionLife = 30 * 24 * time.Hour // a session without use
)

// Tokens are what a signed-in client holds.
type Tokens struct {
	User    id.User
	Access  string
	Refresh string // empty for scripts
}

// Service signs people in and out.
type Service struct {
	db       *db.DB
	user     *user.Service
	signer   signer
	refresh  []seal.Derived // keys of the refresh tokens, newest first
	failures []byte         // key of the hashes in sign_in_failure
	hasher   hasher
}

// New makes the service. The issuer is the public address, so that a token of one installation is
// worth nothing in another.
func New(d *db.DB, ring *seal.Ring, people *user.Service, issuer string, cost Cost) *Service {
	return &Service{db: d, user: people, signer: newSigner(ring, issuer, d.Now), refresh: ring.Derive("refresh", 32),
		failures: ring.Derive("sign-in-failure", 32)[0].Key, hasher: newHasher(cost)}
}

// wrong is the one answer to a wrong identifier and to a wrong password.
func wrong() error {
	return errs.New(errs.Unauthenticated, "NIP/surel atau kata sandi tidak cocok. Periksa lagi, lalu coba masuk.")
}

// SignIn checks a password and begins a session. The address only counts failures.
func (s *Service) SignIn(ctx context.Context, identifier, password, address string) (Tokens, error) {
	return s.signIn(ctx, identifier, password, address, AccessLife)
}

// SignInScript does the same for a script, which gets one longer access token and no refresh token.
func (s *Service) SignInScript(ctx context.Context, identifier, password, address string) (Tokens, error) {
	tokens, err := s.signIn(ctx, identifier, password, address, ScriptLife)
	tokens.Refresh = ""
	return tokens, err
}

func (s *Service) signIn(ctx context.Context, identifier, password, address string, life time.Duration) (Tokens, error) {
	attempt := s.attempt(identifier, address)
	if err := attempt.allowed(ctx); err != nil {
		return Tokens{}, err
	}
	person, hash, err := s.credential(ctx, identifier)
	if err != nil {
		return Tokens{}, err
	}
	matches, err := s.hasher.matches(ctx, password, hash)
	if err != nil {
		return Tokens{}, err
	}
	if !matches || person == 0 {
		return Tokens{}, attempt.failed(ctx)
	}
	if err := attempt.allowed(ctx); err != nil { // others may have guessed while this one was hashed
		return Tokens{}, err
	}
	if err := attempt.succeeded(ctx); err != nil {
		return Tokens{}, err
	}
	return s.begin(ctx, person, life)
}

// credential finds the person and the hash to compare with; for an unknown identifier it is
// nobody and a hash all the same, so that the answer takes as long.
func (s *Service) credential(ctx context.Context, identifier string) (id.User, string, error) {
	person, err := s.user.ByIdentifier(ctx, identifier)
	if errors.Is(err, user.ErrUnknown) {
		return 0, s.hasher.dummy, nil
	}
	if err != nil {
		return 0, "", err
	}
	found, err := db.Get[struct{ PasswordHash string }](ctx, s.db, `SELECT password_hash FROM credential WHERE user_id = $1`, person)
	if errors.Is(err, db.ErrNoRow) {
		return 0, s.hasher.dummy, nil
	}
	return person, found.PasswordHash, err
}

// SetPasswords gives people a first password, for the system itself (the demo world, an import).
func (s *Service) SetPasswords(ctx context.Context, people []id.User, password string) error {
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, person := range people {
			if err := setHash(ctx, tx, person, hash); err != nil {
				return err
			}
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Action: "auth.set_passwords", Subject: "user", Detail: map[string]int{"count": len(people)}})
	})
}

func setHash(ctx context.Context, tx *db.Tx, person id.User, hash string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO credential (user_id, password_hash, changed_at) VALUES ($1, $2, $3)
		ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at`, person, hash, tx.Now)
	return err
}

// ChangePassword replaces the actor's password and ends all their other sessions.
func (s *Service) ChangePassword(ctx context.Context, actor org.Actor, session id.Session, old, replacement string) error {
	if err := checkNew(old, replacement); err != nil {
		return err
	}
	self := fmt.Sprintf("change/%d", actor.User)
	attempt := s.attempt(self, self) // who borrows a signed-in phone must not guess on
	if err := attempt.allowed(ctx); err != nil {
		return err
	}
	found, err := db.Get[struct{ PasswordHash string }](ctx, s.db, `SELECT password_hash FROM credential WHERE user_id = $1`, actor.User)
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return err
	}
	matches, err := s.hasher.matches(ctx, old, found.PasswordHash)
	if err != nil {
		return err
	}
	if !matches {
		return errors.Join(errs.InvalidField("old_password", "Kata sandi lama tidak cocok."), attempt.failed(ctx))
	}
	hash, err := s.hasher.hash(ctx, replacement)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := setHash(ctx, tx, actor.User, hash); err != nil {
			return err
		}
		if err := revokeOthers(ctx, tx, actor.User, session); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.change_password", Subject: "user"})
	})
}
