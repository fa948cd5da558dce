package db

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"gaung/internal/errs"
)

// ConstraintError is a broken constraint under its name (table_column_kind). The package that owns
// the table turns it into words; a constraint that it does not know is answered in general words.
type ConstraintError struct {
	Name  string
	cause error
}

func (e *ConstraintError) Error() string { return "constraint " + e.Name + ": " + e.cause.Error() }

// Unwrap gives the general refusal, and through it the driver's error.
func (e *ConstraintError) Unwrap() error { return e.cause }

// Broken tells whether an error is that constraint, broken.
func Broken(err error, constraint string) bool {
	var e *ConstraintError
	return errors.As(err, &e) && e.Name == constraint
}

// Error maps what PostgreSQL says to our error, by SQLSTATE. Errors it does not know stay as they are.
func Error(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		if isConnection(err) {
			return errs.New(errs.Unavailable, "Basis data sedang tidak dapat dijangkau. Silakan coba lagi sebentar lagi.").Because(err)
		}
		return err
	}
	refusal := refusalFor(pg)
	if refusal == nil {
		return err
	}
	if pg.ConstraintName == "" {
		return refusal.Because(err)
	}
	return &ConstraintError{Name: pg.ConstraintName, cause: refusal.Because(err)}
}

func refusalFor(pg *pgconn.PgError) *errs.Error {
	switch pg.Code {
	case "23505": // unique_violation
		return errs.New(errs.Conflict, "Data ini sudah ada.")
	case "23P01": // exclusion_violation
		return errs.New(errs.Conflict, "Data ini bertumpang tindih dengan yang sudah ada.")
	case "23503": // foreign_key_violation
		return errs.New(errs.Conflict, "Data yang dirujuk tidak ada atau masih dipakai.")
	case "22021", "22P05", "22003": // character_not_in_repertoire, untranslatable_character, numeric_value_out_of_range
		return errs.New(errs.Invalid, "Isian memuat karakter atau angka yang tidak dapat disimpan.")
	case "23514", "23502": // check_violation, not_null_violation
		return errs.New(errs.Invalid, "Isian tidak memenuhi ketentuan.")
	case "40001", "40P01", "55P03": // serialization_failure, deadlock_detected, lock_not_available
		return errs.New(errs.Conflict, "Data sedang diubah oleh proses lain. Silakan coba lagi.")
	case "57014": // query_canceled: our statement_timeout
		return errs.New(errs.Unavailable, "Permintaan terlalu lama diproses. Silakan coba lagi.")
	}
	if strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P") || pg.Code == "53300" {
		return errs.New(errs.Unavailable, "Basis data sedang tidak dapat dijangkau. Silakan coba lagi sebentar lagi.")
	}
	return nil
}

func isConnection(err error) bool {
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.Is(err, context.DeadlineExceeded) || lost(err)
}

// lost tells that the connection broke while it was used.
func lost(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
