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

// rebuildLock lets one rebuild run at a time.
const rebuildLock = 0x5c0e

// Rebuild makes the scores and the histograms anew from the ledger. Meanwhile clicks wait, boards do not.
// Closed seasons stand as they are. Where nothing is wrong, nothing changes.
func (s *Service) Rebuild(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		args := db.Args{"from": "2000-01-01", "today": period.LocalDay(tx.Now, period.MustZone("Asia/Jakarta")), "periods": []int32(nil)}
		for _, step := range []struct {
			statement string
			args      []any
		}{
			{`SET LOCAL statement_timeout = '30min'`, nil},
			{`SELECT pg_advisory_xact_lock($1)`, []any{rebuildLock}},
			// In the order in which a batch of clicks writes them: the lock waits for those that have begun.
			{`LOCK TABLE ledger, score, hist, hist_hi IN SHARE ROW EXCLUSIVE MODE`, nil},
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
