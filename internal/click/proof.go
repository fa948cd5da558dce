package click

import (
	"context"
	_ "embed"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/period"
)

const (
	proofEvery = 12 * time.Hour
	provenDays = 3 // so many days back: a journal may be shipped late
	proofTime  = 20 * time.Minute
)

type proofJob struct{}

func (proofJob) Kind() string { return "click_proof" }

// Patience lets a large day take its time.
func (proofJob) Patience() time.Duration { return proofTime }

var (
	//go:embed sql/proof_day.sql
	proofDaySQL string
	//go:embed sql/proof_month.sql
	proofMonthSQL string
	//go:embed sql/proof_people.sql
	proofPeopleSQL string
)

// prove reckons the last days anew from the raw clicks, and the months from their days, and keeps how many
// sums were compared and how many differed. Each person's month is compared once it is over.
func (s *Service) prove(ctx context.Context) error {
	today := period.LocalDay(s.db.Now(), period.MustZone("Asia/Jakarta")) // the last zone in which a day ends
	for day := today.Add(-provenDays); day < today; day++ {
		if err := s.proveDay(ctx, day, today); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) proveDay(ctx context.Context, day, today period.Day) error {
	month := period.MonthOf(day)
	queries := []string{proofDaySQL, proofMonthSQL}
	if today > month.To {
		queries = append(queries, proofPeopleSQL)
	}
	// One state of the database for what is compared: clicks are shipped meanwhile.
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Pgx().Exec(ctx, `SET LOCAL statement_timeout = '15min'`); err != nil {
			return db.Error(err)
		}
		sums, wrong := 0, 0
		for _, query := range queries {
			var compared, differ int
			err := tx.Pgx().QueryRow(ctx, query, pgx.NamedArgs{"day": day, "month": month.From}).Scan(&compared, &differ)
			if err != nil {
				return db.Error(err)
			}
			sums, wrong = sums+compared, wrong+differ
		}
		_, err := tx.Pgx().Exec(ctx, `INSERT INTO click_proof (day, checked_at, sums, wrong) VALUES ($1, $2, $3, $4)
			ON CONFLICT (day) DO UPDATE SET checked_at = excluded.checked_at, sums = excluded.sums, wrong = excluded.wrong`, day, tx.Now, sums, wrong)
		return db.Error(err)
	})
}

// Proof is what the last proofs and the quarantine say.
type Proof struct {
	Wrong int64 // sums that differ from the raw clicks, of the days that were last proven
	Aside int64 // records that could not be stored
}

// Proof reads them.
func (s *Service) Proof(ctx context.Context) (Proof, error) {
	return db.Get[Proof](ctx, s.db, `SELECT (SELECT coalesce(sum(wrong), 0) FROM (SELECT wrong FROM click_proof ORDER BY day DESC LIMIT $1) AS last) AS wrong,
		(SELECT count(*) FROM click_quarantine) AS aside`, provenDays)
}
