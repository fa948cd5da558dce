package auth

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/maypok86/otter/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/seal"
)

// audience is what access tokens are for; tokens for other purposes will name another.
const audience = "gaung-api"

type claims struct {
	Session int64 `json:"sid"`
	jwt.RegisteredClaims
}

// signer makes and checks access tokens: EdDSA, with the id of the ring's key as kid.
type signer struct {
	current string
	keys    map[string]ed25519.PrivateKey
	issuer  string
	now     func() time.Time
	parser  *jwt.Parser
	known   *otter.Cache[[sha256.Size]byte, proof]
}

// proof is what a token that was checked before says. A signature that was right stays right, so only its
// end is looked at again; whether the session is still open, the database says each time.
type proof struct {
	ask
	until time.Time
}

// How many checked tokens are remembered, by their hashes, and how long after their last use.
const (
	mostProofs = 50_000
	proofLife  = AccessLife
	leeway     = 10 * time.Second // between the clocks of two servers
)

func newSigner(ring *seal.Ring, issuer string, now func() time.Time) signer {
	s := signer{keys: map[string]ed25519.PrivateKey{}, issuer: issuer, now: now,
		known: otter.Must(&otter.Options[[sha256.Size]byte, proof]{MaximumSize: mostProofs, ExpiryCalculator: otter.ExpiryAccessing[[sha256.Size]byte, proof](proofLife)})}
	for _, derived := range ring.Derive("access-token", ed25519.SeedSize) {
		kid := strconv.FormatUint(uint64(derived.ID), 10)
		if s.current == "" {
			s.current = kid
		}
		s.keys[kid] = ed25519.NewKeyFromSeed(derived.Key)
	}
	s.parser = jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), jwt.WithIssuer(issuer),
		jwt.WithAudience(audience), jwt.WithExpirationRequired(), jwt.WithLeeway(leeway), jwt.WithTimeFunc(now), jwt.WithStrictDecoding())
	return s
}

func (s signer) sign(person id.User, session id.Session, life time.Duration) (string, error) {
	now := s.now()
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{int64(session), jwt.RegisteredClaims{
		Issuer: s.issuer, Audience: jwt.ClaimStrings{audience}, Subject: strconv.FormatInt(int64(person), 10),
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(life)),
	}})
	token.Header["kid"] = s.current
	return token.SignedString(s.keys[s.current])
}

var errKey = errors.New("auth: unknown key id")

// verify reads a token back; the error is Unauthenticated.
func (s signer) verify(text string) (id.User, id.Session, error) {
	sum := sha256.Sum256([]byte(text))
	if known, ok := s.known.GetIfPresent(sum); ok && s.now().Before(known.until) {
		return known.person, known.session, nil
	}
	var c claims
	_, err := s.parser.ParseWithClaims(text, &c, func(t *jwt.Token) (any, error) {
		kid, _ := t.Header["kid"].(string)
		key, known := s.keys[kid]
		if !known {
			return nil, errKey
		}
		return key.Public(), nil
	})
	person, ok := id.Parse[id.User](c.Subject)
	if err != nil || !ok || c.Session <= 0 {
		return 0, 0, ended().Because(err)
	}
	s.known.Set(sum, proof{ask{person, id.Session(c.Session)}, c.ExpiresAt.Add(leeway)})
	return person, id.Session(c.Session), nil
}

func ended() *errs.Error {
	return errs.New(errs.Unauthenticated, "Sesi Anda telah berakhir. Silakan masuk kembali.")
}
