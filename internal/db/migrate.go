package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the schema up to date. Replicas that start together wait for each other; each file
// and its version row are one transaction.
func (d *DB) Migrate(ctx context.Context, files fs.FS) (applied int, err error) {
	provider, err := d.migrations(files)
	if err != nil {
		return 0, err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("migrate: %w", err)
	}
	return len(results), nil
}

// MigrateTo gives a database that was never used the schema of these versions, in this order: a backup is
// restored into the schema that it was made from.
func (d *DB) MigrateTo(ctx context.Context, files fs.FS, versions []int64) error {
	var used bool
	if err := d.pool.QueryRow(ctx, "SELECT to_regclass('goose_db_version') IS NOT NULL").Scan(&used); err != nil {
		return Error(err)
	}
	if used {
		return errors.New("this database was used before; take a new, empty one")
	}
	provider, err := d.migrations(files)
	if err != nil {
		return err
	}
	for _, version := range versions {
		if _, err := provider.ApplyVersion(ctx, version, true); errors.Is(err, goose.ErrVersionNotFound) {
			return fmt.Errorf("migration %d is unknown to this program: the backup was made by a newer one", version)
		} else if err != nil {
			return fmt.Errorf("migrate to %d: %w", version, err)
		}
	}
	return nil
}

func (d *DB) migrations(files fs.FS) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, d.std, files, goose.WithSessionLocker(locker), goose.WithAllowOutofOrder(true))
}
