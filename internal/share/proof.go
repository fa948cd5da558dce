package share

import (
	"context"
	_ "embed"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/period"
)

//go:embed sql/proof.sql
var proofSQL string

const (
	proofEvery = 24 * time.Hour
	proofTime  = 30 * time.Minute
)

type proofJob struct{}

func (proofJob) Kind() string { return "share_proof" }

// Patience lets many years of acts take their time.
func (proofJob) Patience() time.Duration { return proofTime }

// prove compares all sums with the acts, in one statement: one state of the database, while acts are
// recorded. It keeps how many sums were compared and how many differed.
func (s *Service) prove(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Pgx().Exec(ctx, `SET LOCAL statement_timeout = '20min'`); err != nil {
			return db.Error(err)
		}
		var sums, wrong int
		if err := tx.Pgx().QueryRow(ctx, proofSQL).Scan(&sums, &wrong); err != nil {
			return db.Error(err)
		}
		today := period.LocalDay(tx.Now, period.MustZone("Asia/Jakarta")) // the last zone in which a day ends
		_, err := tx.Pgx().Exec(ctx, `INSERT INTO act_proof (day, checked_at, sums, wrong) VALUES ($1, $2, $3, $4)
			ON CONFLICT ON CONSTRAINT act_proof_day_pkey DO UPDATE SET checked_at = excluded.checked_at, sums = excluded.sums, wrong = excluded.wrong`,
			today, tx.Now, sums, wrong)
		return db.Error(err)
	})
}

// Proof is what the last proof says: how many sums differ from the acts.
func (s *Service) Proof(ctx context.Context) (wrong int64, err error) {
	row, err := db.Get[struct{ Wrong int64 }](ctx, s.db, `SELECT coalesce((SELECT wrong FROM act_proof ORDER BY day DESC LIMIT 1), 0)::int8 AS wrong`)
	return row.Wrong, err
}

// Rebuild makes the sums anew from the acts. Meanwhile whoever shares waits, reports do not. Where nothing is
// wrong, nothing that is read changes.
func (s *Service) Rebuild(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		steps := []string{
			`SELECT set_config('statement_timeout', '30min', true), set_config('lock_timeout', '10min', true)`,
			// In the order in which a transaction writes them: the lock waits for those that have begun.
			`LOCK TABLE act, rollup_unit_act_month, rollup_user_act_month, rollup_unit_act_day, rollup_content_act_month, rollup_user_act_first, rollup_unit_share_month
				IN SHARE ROW EXCLUSIVE MODE`,
			`DELETE FROM rollup_unit_act_month`, `DELETE FROM rollup_user_act_month`, `DELETE FROM rollup_unit_act_day`,
			`DELETE FROM rollup_content_act_month`, `DELETE FROM rollup_user_act_first`, `DELETE FROM rollup_unit_share_month`,
		}
		for _, statement := range sumsSQL {
			steps = append(steps, strings.Replace(statement, "{change}", everyAct, 1))
		}
		for _, step := range steps {
			if _, err := tx.Pgx().Exec(ctx, step); err != nil {
				return db.Error(err)
			}
		}
		return nil
	})
}
