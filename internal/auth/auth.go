// Package auth owns sign-in: passwords, one-time codes, sessions and their tokens. It is the only
// importer of jwt.
package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

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
	SessionLife = 30 * 24 * time.Hour // a session without use, of a person without a role
	roleIdle    = 12 * time.Hour      // a session without use, of a person with a role
	longest     = 90 * 24 * time.Hour // a session that is used all the time
	FirstLife   = 7 * 24 * time.Hour  // a password that somebody else chose
)

// compulsory are the roles that need a one-time code at sign-in: all that decide, or see what is
// other people's.
func compulsory() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Operator, org.Leader, org.DPO, org.Auditor, org.Admin, org.Trainer}
}

// Pending is what a signed-in person must do before anything else; empty: nothing.
type Pending string

// The steps, in their order.
const (
	ChangePassword Pending = "change_password"
	EnrolTOTP      Pending = "enrol_totp"
)

// Tokens are what a signed-in client holds.
type Tokens struct {
	User         id.User
	Access       string
	Refresh      string // empty for scripts
	Device       string // what this device is known by from now on; empty after a refresh
	RecoveryLeft *int   // how many recovery codes are left, when one was used
}

// Service signs people in and out.
type Service struct {
	db       *db.DB
	user     *user.Service
	signer   signer
	gate     *db.Gather[ask, standing]
	refresh  []seal.Derived // keys of the refresh tokens, newest first
	devices  []seal.Derived // keys of the device tokens, newest first
	recovery []seal.Derived // keys of the recovery codes' hashes, newest first
	failures []byte         // key of the hashes in sign_in_failure
	secrets  *seal.Box      // the secrets of authenticator apps
	hasher   hasher
	relaxed  bool // one-time codes are nobody's duty
}

// New makes the service. The issuer is the public address, so that a token of one installation is
// worth nothing in another.
func New(d *db.DB, ring *seal.Ring, people *user.Service, issuer string, cost Cost) *Service {
	return &Service{db: d, user: people, signer: newSigner(ring, issuer, d.Now), gate: db.NewGather(standings(d)), refresh: ring.Derive("refresh", 32),
		devices: ring.Derive("device", 32), recovery: ring.Derive("recovery-code", 32),
		failures: ring.Derive("sign-in-failure", 32)[0].Key, secrets: seal.NewBox(ring, "totp"), hasher: newHasher(cost)}
}

// Relaxed is the same service where nobody must use an authenticator app: the demo, whose password
// everybody knows.
func (s *Service) Relaxed() *Service {
	relaxed := *s
	relaxed.relaxed = true
	return &relaxed
}

// wrong is the one answer to a wrong identifier and to a wrong password.
func wrong() error {
	return errs.New(errs.Unauthenticated, "NIP/surel atau kata sandi tidak cocok. Periksa lagi, lalu coba masuk.")
}

// Credentials are what somebody signs in with. Address and Device only count failures; of Agent only
// the family is kept.
type Credentials struct {
	Identifier string // NIP or e-mail
	Password   string
	OTP        string // a code of the authenticator app, or a recovery code
	Address    string
	Device     string // what an earlier sign-in gave the device
	Agent      string
}

// SignIn checks a password, and the one-time code of whoever has an authenticator app, and begins a
// session. The error is OTPRequired when the password was right and the code is missing or wrong.
func (s *Service) SignIn(ctx context.Context, c Credentials) (Tokens, error) {
	return s.signIn(ctx, c, familyOf(c.Agent), AccessLife)
}

// SignInScript does the same for a script, which gets one longer access token and no refresh token.
func (s *Service) SignInScript(ctx context.Context, c Credentials) (Tokens, error) {
	tokens, err := s.signIn(ctx, c, family{Browser: script}, ScriptLife)
	tokens.Refresh, tokens.Device = "", ""
	return tokens, err
}

func (s *Service) signIn(ctx context.Context, c Credentials, on family, life time.Duration) (Tokens, error) {
	found, err := s.credential(ctx, c.Identifier)
	if err != nil {
		return Tokens{}, err
	}
	device := s.deviceOf(c.Device, found.UserID)
	account := c.Identifier
	if found.UserID != 0 { // a NIP and its spellings are one account with the e-mail
		account = fmt.Sprintf("user/%d", found.UserID)
	}
	attempt := s.attempt("sign-in", account, c.Address, device)
	if err := attempt.allowed(ctx); err != nil {
		return Tokens{}, err
	}
	matches, err := s.hasher.matches(ctx, c.Password, found.PasswordHash, attempt.known)
	if err != nil {
		return Tokens{}, err
	}
	if !matches || found.UserID == 0 {
		return Tokens{}, attempt.failed(ctx, wrong())
	}
	if err := attempt.allowed(ctx); err != nil { // others may have guessed while this one was hashed
		return Tokens{}, err
	}
	if err := attempt.succeeded(ctx); err != nil {
		return Tokens{}, err
	}
	if found.ExpiresAt != nil && !found.ExpiresAt.After(s.db.Now()) {
		return Tokens{}, errs.New(errs.Unauthenticated, "Kata sandi awal ini sudah lewat masa berlakunya. Minta operator unit Anda membuat yang baru.")
	}
	if found.Outgrown {
		return Tokens{}, errs.New(errs.Unauthenticated, "Kata sandi awal ini dibuat sebelum Anda menerima peran, jadi tidak berlaku lagi. Minta administrator instansi Anda membuat yang baru.")
	}
	left, err := s.secondStep(ctx, found.UserID, c, device)
	if err != nil {
		return Tokens{}, err
	}
	tokens, err := s.begin(ctx, found.UserID, on, life)
	tokens.Device, tokens.RecoveryLeft = s.deviceToken(c.Device, found.UserID), left
	return tokens, err
}

// credential is what is known of who signs in. For an unknown identifier it is nobody and a hash all
// the same, so that the answer takes as long.
type credential struct {
	UserID       id.User
	PasswordHash string
	ExpiresAt    *time.Time
	Outgrown     bool
}

// outgrown is a password that somebody else chose, of a person who was given a role since: whoever chose
// it must not get the role with it. A deputy holds the role of another.
const outgrown = `(c.must_change AND (EXISTS (SELECT FROM user_role AS r WHERE r.user_id = c.user_id AND r.granted_at > c.changed_at)
	OR EXISTS (SELECT FROM deputy AS d WHERE d.deputy_id = c.user_id AND d.ended_at IS NULL AND d.named_at > c.changed_at)))`

func (s *Service) credential(ctx context.Context, identifier string) (credential, error) {
	nobody := credential{PasswordHash: s.hasher.dummy}
	person, err := s.user.ByIdentifier(ctx, identifier)
	if errors.Is(err, user.ErrUnknown) {
		return nobody, nil
	}
	if err != nil {
		return nobody, err
	}
	found, err := db.Get[credential](ctx, s.db, `SELECT c.user_id, c.password_hash, c.expires_at, `+outgrown+` AS outgrown FROM credential AS c WHERE c.user_id = $1`, person)
	if errors.Is(err, db.ErrNoRow) {
		return nobody, nil
	}
	return found, err
}
