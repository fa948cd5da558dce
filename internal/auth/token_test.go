package auth

import (
	"context"
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"gaung/internal/errs"
	"gaung/internal/seal"
)

const (
	oldKey = "1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	newKey = "2:ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
	home   = "https://gaung.example"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

func signerOf(t *testing.T, ring, issuer string) signer {
	t.Helper()
	parsed, err := seal.ParseRing(ring)
	if err != nil {
		t.Fatal(err)
	}
	return newSigner(parsed, issuer, func() time.Time { return noon })
}

// Only a token that this installation made, for this purpose, and that has not run out opens anything.
func TestForgedAndForeignTokensAreRefused(t *testing.T) {
	t.Parallel()
	ours := signerOf(t, oldKey, home)
	key := ours.keys["1"]
	good := func() claims {
		return claims{7, jwt.RegisteredClaims{Issuer: home, Audience: jwt.ClaimStrings{audience}, Subject: "5",
			IssuedAt: jwt.NewNumericDate(noon), ExpiresAt: jwt.NewNumericDate(noon.Add(AccessLife))}}
	}
	with := func(change func(*claims)) claims { c := good(); change(&c); return c }
	sign := func(method jwt.SigningMethod, kid any, by any, c claims) string {
		token := jwt.NewWithClaims(method, c)
		token.Header["kid"] = kid
		text, err := token.SignedString(by)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	own := func(c claims) string { return sign(jwt.SigningMethodEdDSA, "1", key, c) }
	if person, session, err := ours.verify(own(good())); err != nil || person != 5 || session != 7 {
		t.Fatalf("our own token: %d %d %v", person, session, err)
	}
	foreign := signerOf(t, strings.Replace(newKey, "2:", "1:", 1), home).keys["1"]
	public := []byte(key.Public().(ed25519.PublicKey))
	genuine := own(good())
	for name, text := range map[string]string{
		"another ring's key":        sign(jwt.SigningMethodEdDSA, "1", foreign, good()),
		"an unknown key id":         sign(jwt.SigningMethodEdDSA, "9", key, good()),
		"a key id that is a number": sign(jwt.SigningMethodEdDSA, 1, key, good()),
		"no signature":              sign(jwt.SigningMethodNone, "1", jwt.UnsafeAllowNoneSignatureType, good()),
		"HS256 by the public key":   sign(jwt.SigningMethodHS256, "1", public, good()),
		"another installation":      own(with(func(c *claims) { c.Issuer = "https://lain.example" })),
		"another purpose":           own(with(func(c *claims) { c.Audience = jwt.ClaimStrings{"gaung-mail"} })),
		"no purpose":                own(with(func(c *claims) { c.Audience = nil })),
		"no end":                    own(with(func(c *claims) { c.ExpiresAt = nil })),
		"run out":                   own(with(func(c *claims) { c.ExpiresAt = jwt.NewNumericDate(noon.Add(-11 * time.Second)) })),
		"nobody":                    own(with(func(c *claims) { c.Subject = "0" })),
		"a person beyond any":       own(with(func(c *claims) { c.Subject = "-5" })),
		"no session":                own(with(func(c *claims) { c.Session = 0 })),
		"signature cut off":         genuine[:strings.LastIndex(genuine, ".")+1],
		"nothing":                   "",
		"words":                     "bukan token",
	} {
		if person, _, err := ours.verify(text); errs.CodeOf(err) != errs.Unauthenticated || person != 0 {
			t.Errorf("%s: person %d, %v", name, person, err)
		}
	}
}

func TestRotatedRingVerifiesOldTokens(t *testing.T) {
	t.Parallel()
	before, after := signerOf(t, oldKey, home), signerOf(t, newKey+","+oldKey, home)
	text, err := before.sign(5, 7, AccessLife)
	if err != nil {
		t.Fatal(err)
	}
	if person, session, err := after.verify(text); err != nil || person != 5 || session != 7 {
		t.Errorf("%d %d %v", person, session, err)
	}
	if text, err = after.sign(5, 7, AccessLife); err != nil {
		t.Fatal(err)
	}
	if _, _, err := before.verify(text); err == nil {
		t.Error("new tokens are still signed with the old key")
	}
}

// With every place of the gate taken, a password that is too long is answered all the same.
func TestTooLongPasswordDoesNotReachTheHash(t *testing.T) {
	t.Parallel()
	h := newHasher(Cost{MemoryKiB: 64, Iterations: 1})
	for range cap(h.gate) {
		h.gate <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if ok, err := h.matches(ctx, strings.Repeat("a", maxPassword+1), h.dummy, false); ok || err != nil {
		t.Errorf("too long: %v %v", ok, err)
	}
	if _, err := h.matches(ctx, strings.Repeat("a", maxPassword), h.dummy, false); errs.CodeOf(err) != errs.Unavailable {
		t.Errorf("a full gate: %v", err)
	}
}
