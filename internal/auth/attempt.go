package auth

import (
	"context"
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

// counts are the failures in the window: of the identifier from the address, and of the address.
type counts struct{ Account, Address int }

// refuse is an error when one of so many failures is too many.
func (c counts) refuse(more int) error {
	if c.Account+more > mostPerAccount || c.Address+more > mostPerAddress {
		return errs.New(errs.TooMany, "Terlalu banyak percobaan masuk yang gagal. Silakan coba lagi dalam 15 menit.")
	}
	return nil
}

func (a attempt) allowed(ctx context.Context) error {
	counted, err := db.Get[counts](ctx, a.service.db, `
		SELECT coalesce(sum(failures) FILTER (WHERE identifier = $1), 0) AS account, coalesce(sum(failures), 0) AS address
		FROM sign_in_failure WHERE address = $2 AND since > $3`, a.identifier, a.address, a.service.db.Now().Add(-failureWindow))
	if err != nil {
		return err
	}
	return counted.refuse(1)
}

// failed counts a failure and answers it. The count decides once more, because many guesses may have
// been let in at once.
func (a attempt) failed(ctx context.Context) error {
	var counted counts
	err := a.service.db.Tx(ctx, func(tx *db.Tx) (err error) {
		counted, err = db.Get[counts](ctx, tx, `
			WITH this AS (
				INSERT INTO sign_in_failure AS f (identifier, address, failures, since) VALUES ($1, $2, 1, $3)
				ON CONFLICT (identifier, address) DO UPDATE SET
					failures = CASE WHEN f.since > $4 THEN f.failures + 1 ELSE 1 END,
					since    = CASE WHEN f.since > $4 THEN f.since ELSE $3 END
				RETURNING failures)
			SELECT failures AS account, failures + coalesce((SELECT sum(failures) FROM sign_in_failure
				WHERE address = $2 AND identifier <> $1 AND since > $4), 0) AS address FROM this`,
			a.identifier, a.address, tx.Now, tx.Now.Add(-failureWindow))
		return err
	})
	if err != nil {
		return err
	}
	if err := counted.refuse(0); err != nil {
		return err
	}
	return wrong()
}

func (a attempt) succeeded(ctx context.Context) error {
	return a.service.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM sign_in_failure WHERE identifier = $1 AND address = $2`, a.identifier, a.address)
		return err
	})
}
