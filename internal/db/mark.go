package db

import "context"

// Mark is the oldest transaction that is still running. Whoever reads a mark, then the rows, may ask the
// next time for the rows whose last change (a column filled with pg_current_xact_id()) is at the mark or
// after it: some are read twice and none is missed, however late its transaction committed. Rows of a
// restored backup may name transactions that are still to come: `AND changed < pg_snapshot_xmax(pg_current_snapshot())`
// leaves them out.
type Mark string

// Mark reads the mark of this moment. It must be read before the rows.
func (d *DB) Mark(ctx context.Context) (mark Mark, err error) {
	err = d.pool.QueryRow(ctx, `SELECT pg_snapshot_xmin(pg_current_snapshot())::text`).Scan(&mark)
	return mark, Error(err)
}

// Analyze counts anew what is in the tables. After much was written at once PostgreSQL plans by what it
// knew before, until its own housekeeping comes by a minute later.
func (d *DB) Analyze(ctx context.Context) error {
	return d.Tx(ctx, func(tx *Tx) error {
		if _, err := tx.pgx.Exec(ctx, `SET LOCAL statement_timeout = '10min'`); err != nil {
			return Error(err)
		}
		_, err := tx.pgx.Exec(ctx, `ANALYZE`)
		return Error(err)
	})
}
