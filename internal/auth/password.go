package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"runtime"

	"github.com/alexedwards/argon2id"

	"gaung/internal/errs"
)

// Cost is how dear a password hash is.
type Cost struct {
	MemoryKiB  uint32
	Iterations uint32
}

// StandardCost is OWASP's choice for Argon2id: 19 MiB, two passes, about 60 ms on one core.
func StandardCost() Cost { return Cost{MemoryKiB: 19 * 1024, Iterations: 2} }

// hasher bounds how many hashes run at once: without the gate a flood of sign-ins would take all
// memory and all cores.
type hasher struct {
	params *argon2id.Params
	gate   chan struct{}
	dummy  string // a hash of nobody's password
}

func newHasher(cost Cost) hasher {
	params := &argon2id.Params{Memory: cost.MemoryKiB, Iterations: cost.Iterations, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	dummy, err := argon2id.CreateHash(rand.Text(), params)
	if err != nil {
		panic(err) // only the random source can fail, and it is documented not to
	}
	return hasher{params: params, gate: make(chan struct{}, runtime.NumCPU()), dummy: dummy}
}

func (h hasher) wait(ctx context.Context) error {
	select {
	case h.gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errs.New(errs.Unavailable, "Terlalu banyak orang masuk bersamaan. Silakan coba lagi sebentar lagi.").Because(ctx.Err())
	}
}

func (h hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.wait(ctx); err != nil {
		return "", err
	}
	defer func() { <-h.gate }()
	return argon2id.CreateHash(password, h.params)
}

// matches is false for a password that is too long to be one of ours, and for no hash at all.
func (h hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	if len(password) > maxPassword || hash == "" {
		return false, nil
	}
	if err := h.wait(ctx); err != nil {
		return false, err
	}
	defer func() { <-h.gate }()
	matches, err := argon2id.ComparePasswordAndHash(password, hash)
	if errors.Is(err, argon2id.ErrInvalidHash) {
		return false, nil
	}
	return matches, err
}

const (
	minPassword = 12
	maxPassword = 128 // bytes
)

func checkNew(old, replacement string) error {
	switch {
	case len([]rune(replacement)) < minPassword:
		return errs.InvalidField("new_password", "Kata sandi baru sedikitnya %d karakter. Rangkaian beberapa kata mudah diingat dan kuat.", minPassword)
	case len(replacement) > maxPassword:
		return errs.InvalidField("new_password", "Kata sandi baru paling panjang %d byte.", maxPassword)
	case replacement == old:
		return errs.InvalidField("new_password", "Kata sandi baru harus berbeda dari yang lama.")
	}
	return nil
}
