//go:build !linux && !darwin

package db

import (
	"context"
	"errors"
	"log/slog"
)

// Embedded says how to run the private PostgreSQL, which this system does not have.
type Embedded struct {
	Dir, BinDir, CacheDir string
	Ephemeral             bool
	Log                   *slog.Logger
}

// Server is a private PostgreSQL.
type Server struct{ URL string }

// Stop does nothing here.
func (*Server) Stop() {}

// StartEmbedded refuses: set DATABASE_URL on this system.
func StartEmbedded(context.Context, Embedded) (*Server, error) {
	return nil, errors.New("the private PostgreSQL runs on Linux and macOS only: set DATABASE_URL")
}

// FindBinaries refuses as well.
func FindBinaries(string, string) (string, error) {
	return "", errors.New("set DATABASE_URL on this system")
}
