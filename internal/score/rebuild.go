package score

import (
	"context"
	_ "embed"
	"strings"

	"gaung/internal/db"
	"gaung/internal/period"
)

var (
	//go:embed sql/told.sql
	toldSQL string
	//go:embed sql/counted.sql
	countedSQL string
	//go:embed sql/rebuild.sql
	rebuildSQL string
)

// postingLock is shared by those who enter what was counted; whoever needs them to stand still has it alone.
const postingLock = 0x5c0e

// posting is asked before anything of a batch is read or written: which seasons are open and which contents a
// campaign has stays true until its end.
func posting(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Pgx().Exec(ctx, `SELECT pg_advisory_xact_lock_shared($1)`, postingLock)
	return db.Error(err)
}

// standStill waits for batches that have begun, and lets new ones wait.
func standStill(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Pgx().Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, postingLock)
	return db.Error(err)
}

// Rebuild makes the scores and the histograms anew from the ledger. Meanwhile clicks wait, boards do not.
// Seasons that close stand as they are. Where nothing is wrong, nothing changes.
func (s *Service) Rebuild(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := standStill(ctx, tx); err != nil {
			return err
		}
		args := db.Args{"from": "2000-01-01", "today": period.LocalDay(tx.Now, period.MustZone("Asia/Jakarta")), "periods": []int32(nil)}
		for _, step := range []struct {
			statement string
			args      []any
		}{
			{`SET LOCAL statement_timeout = '30min'`, nil},
			{strings.Replace(rebuildSQL, "({told}\n", "("+toldSQL, 1), []any{args}},
			{`DELETE FROM hist`, nil},
			{`DELETE FROM hist_hi`, nil},
			{`INSERT INTO hist (period, scope, points, n) ` + countedSQL, []any{args}},
			{`INSERT INTO hist_hi (period, scope, hi, n) SELECT period, scope, points >> 8, sum(n) FROM hist GROUP BY 1, 2, 3`, nil},
		} {
			if _, err := tx.Pgx().Exec(ctx, step.statement, step.args...); err != nil {
				return db.Error(err)
			}
		}
		return nil
	})
}
