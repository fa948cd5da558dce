// Package award owns what comes back to those who pass content on: whom they reached, and thanks. It hangs on
// readers, never on the act of sharing: no network forbids to thank for having been read.
package award

import (
	"gaung/internal/db"
	"gaung/internal/errs"
)

// Service reads what a person's links did, and keeps thanks.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

func notFound() error { return errs.New(errs.NotFound, "Konten tidak ditemukan.") }
