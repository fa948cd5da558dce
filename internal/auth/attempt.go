package auth

import (
	"context"
	"errors"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/seal"
)

const (
	failureWindow  = 15 * time.Minute
	mostPerAccount = 5  // failures of one identifier from one address
	mostPerAddress = 60 // failures of one address: an office shares one
)

// attempt is one try to sign in. Failures count by identifier and address together, so that a stranger
// who guesses locks only themselves out.
type attempt struct {
	service             *Service
	identifier, address []byte
}

func (s *Service) attempt(identifier, address string) attempt {
	return attempt{s, seal.Hash(s.failures, "identifier", strings.ToLower(strings.TrimSpace(identifier))), seal.Hash(s.failures, "address", address)}
}

func (a attempt) allowed(ctx context.Context) error {
	counted, err := db.Get[struct{ Account, Address int }](ctx, a.service.db, `
		SELECT coalesce(sum(failures) FILTER (WHERE identifier = $1), 0) AS account, coalesce(sum(failures), 0) AS address
		FROM sign_in_failure WHERE address = $2 AND since > $3`, a.identifier, a.address, a.service.db.Now().Add(-failureWindow))
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return err
	}
	if counted.Account >= mostPerAccount || counted.Address >= mostPerAddress {
		return errs.New(errs.TooMany, "Terlalu banyak percobaan masuk yang gagal. Silakan coba lagi dalam 15 menit.")
	}
	return nil
}

func (a attempt) failed(ctx context.Context) error {
	return a.service.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO sign_in_failure AS f (identifier, address, failures, since) VALUES ($1, $2, 1, $3)
			ON CONFLICT (identifier, address) DO UPDATE SET
				failures = CASE WHEN f.since > $4 THEN f.failures + 1 ELSE 1 END,
				since    = CASE WHEN f.since > $4 THEN f.since ELSE $3 END`,
			a.identifier, a.address, tx.Now, tx.Now.Add(-failureWindow))
		return err
	})
}

func (a attempt) succeeded(ctx context.Context) error {
	return a.service.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM sign_in_failure WHERE identifier = $1 AND address = $2`, a.identifier, a.address)
		return err
	})
}
