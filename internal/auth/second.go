package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/seal"
)

const recoveryCodes = 10

// secondStep asks for a one-time code from whoever has an authenticator app. Only who knows the
// password comes here, so a stranger cannot use up the tries.
func (s *Service) secondStep(ctx context.Context, person id.User, c Credentials, device string) (left *int, err error) {
	has, err := db.Get[struct{ TOTP bool }](ctx, s.db, `SELECT EXISTS (SELECT 1 FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS totp`, person)
	if err != nil || !has.TOTP {
		return nil, err
	}
	if strings.TrimSpace(c.OTP) == "" {
		return nil, errs.New(errs.OTPRequired, "Masukkan kode dari aplikasi autentikator Anda.")
	}
	left, err = s.tryCode(ctx, person, c.OTP, s.attempt("otp", fmt.Sprint(person), c.Address, device))
	if errs.CodeOf(err) == errs.Invalid {
		fault := errs.New(errs.OTPRequired, "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya, dan pastikan jam ponsel Anda otomatis.")
		fault.Field = "otp"
		return nil, fault
	}
	return left, err
}

// tryCode uses up a one-time code or a recovery code, and counts wrong ones.
func (s *Service) tryCode(ctx context.Context, person id.User, code string, attempt attempt) (left *int, err error) {
	if err := attempt.allowed(ctx); err != nil {
		return nil, err
	}
	used := false
	err = s.db.Tx(ctx, func(tx *db.Tx) (err error) {
		used, left, err = s.useCode(ctx, tx, person, digits(code))
		return err
	})
	if err != nil {
		return nil, err
	}
	if !used {
		return nil, attempt.failed(ctx, codeWrong())
	}
	return left, attempt.succeeded(ctx)
}

func (s *Service) useCode(ctx context.Context, tx *db.Tx, person id.User, code string) (used bool, left *int, err error) {
	row, err := lockTOTP(ctx, tx, person)
	if errors.Is(err, db.ErrNoRow) {
		return false, nil, nil
	}
	if err != nil || row.ConfirmedAt == nil {
		return false, nil, err
	}
	if len(code) != 6 {
		return s.useRecovery(ctx, tx, person, code)
	}
	step, used, err := s.stepOf(person, row, code, tx.Now)
	if err != nil || !used {
		return false, nil, err
	}
	_, err = db.Exec(ctx, tx, `UPDATE totp SET last_step = $2 WHERE user_id = $1`, person, step)
	return true, nil, err
}

func (s *Service) useRecovery(ctx context.Context, tx *db.Tx, person id.User, code string) (used bool, left *int, err error) {
	var hashes [][]byte
	for _, key := range s.recovery {
		hashes = append(hashes, recoveryHash(key, person, code))
	}
	n, err := db.Exec(ctx, tx, `UPDATE recovery_code SET used_at = $3 WHERE user_id = $1 AND hash = ANY($2) AND used_at IS NULL`, person, hashes, tx.Now)
	if err != nil || n == 0 {
		return false, nil, err
	}
	rest, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM recovery_code WHERE user_id = $1 AND used_at IS NULL`, person)
	if err != nil {
		return false, nil, err
	}
	return true, &rest.N, audit.WriteTx(ctx, tx, audit.Entry{Actor: person, Action: "auth.use_recovery_code", Subject: "user", Detail: map[string]int{"left": rest.N}})
}

func recoveryHash(key seal.Derived, person id.User, code string) []byte {
	return seal.Hash(key.Key, fmt.Sprint(person), strings.ToLower(code))
}

// newRecovery replaces all recovery codes of a person.
func (s *Service) newRecovery(ctx context.Context, tx *db.Tx, person id.User) ([]string, error) {
	if _, err := db.Exec(ctx, tx, `DELETE FROM recovery_code WHERE user_id = $1`, person); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = readable(3)
		_, err := db.Exec(ctx, tx, `INSERT INTO recovery_code (user_id, hash) VALUES ($1, $2)`, person, recoveryHash(s.recovery[0], person, digits(codes[i])))
		if err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// NewRecoveryCodes replaces the actor's recovery codes; it takes password and code.
func (s *Service) NewRecoveryCodes(ctx context.Context, actor org.Actor, password, code string) (codes []string, err error) {
	if err := s.proveBoth(ctx, actor, password, code); err != nil {
		return nil, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if codes, err = s.newRecovery(ctx, tx, actor.User); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.new_recovery_codes", Subject: "user"})
	})
	return codes, err
}

// proveBoth takes password and one-time code of somebody who is signed in.
func (s *Service) proveBoth(ctx context.Context, actor org.Actor, password, code string) error {
	if err := s.prove(ctx, actor.User, password, "password"); err != nil {
		return err
	}
	self := fmt.Sprint(actor.User)
	_, err := s.tryCode(ctx, actor.User, code, s.attempt("otp", self, "self/"+self, ""))
	return err
}
