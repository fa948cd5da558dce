package score

import (
	"context"
	_ "embed"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/period"
)

//go:embed sql/proof_scores.sql
var proofScoresSQL string

const (
	proofEvery = 24 * time.Hour
	provenDays = 3 // so many finished days back: a journal may be shipped late
	proofTime  = 30 * time.Minute
)

type proofJob struct{}

func (proofJob) Kind() string { return "score_proof" }

// Patience lets a large season take its time.
func (proofJob) Patience() time.Duration { return proofTime }

// prove compares the scores and histograms of the periods that the last days lie in with the ledger, and
// the ledger of those days with its facts, line by line, and keeps how many sums were compared and how many differed.
func (s *Service) prove(ctx context.Context) error {
	today := period.LocalDay(s.db.Now(), period.MustZone("Asia/Jakarta")) // the last zone in which a day ends
	if err := s.proveScores(ctx, today); err != nil {
		return err
	}
	for day := today.Add(-provenDays); day < today; day++ {
		if err := s.compare(ctx, "ledger", day, differ(`SELECT count(*) AS sums, count(*) FILTER (WHERE kept <> told) AS wrong FROM compared`),
			db.Args{"day": day, "upto": everything}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) proveScores(ctx context.Context, today period.Day) error {
	seasons, err := openSeasons(ctx, s.db)
	if err != nil {
		return err
	}
	from, keys := today, []int32{}
	for day := today.Add(-provenDays); day <= today; day++ {
		for _, p := range []period.Period{period.MonthOf(day), period.WeekOf(day)} {
			from, keys = min(from, p.From), append(keys, p.Key())
		}
		for _, season := range seasons {
			if season.holds(day) {
				from, keys = min(from, season.From), append(keys, season.key())
			}
		}
	}
	campaigns, err := db.All[campaignDays](ctx, s.db, `SELECT id, from_day AS "from" FROM campaign WHERE from_day <= $1::date AND to_day >= $2::date`,
		today.String(), today.Add(-provenDays).String())
	if err != nil {
		return err
	}
	for _, one := range campaigns {
		from, keys = min(from, one.From), append(keys, campaignKey(one.ID))
	}
	query := strings.Replace(proofScoresSQL, "({told}\n", "("+toldSQL, 1)
	query = strings.Replace(query, "({counted}\n", "("+countedSQL, 1)
	return s.compare(ctx, "scores", today, query, db.Args{"from": from, "periods": keys})
}

// compare runs one proof, in one statement: one state of the database, while clicks are shipped.
func (s *Service) compare(ctx context.Context, what string, day period.Day, query string, args db.Args) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Pgx().Exec(ctx, `SET LOCAL statement_timeout = '20min'`); err != nil {
			return db.Error(err)
		}
		var sums, wrong int
		if err := tx.Pgx().QueryRow(ctx, query, args).Scan(&sums, &wrong); err != nil {
			return db.Error(err)
		}
		_, err := tx.Pgx().Exec(ctx, `INSERT INTO score_proof (what, day, checked_at, sums, wrong) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT ON CONSTRAINT score_proof_what_pkey DO UPDATE SET checked_at = excluded.checked_at, sums = excluded.sums, wrong = excluded.wrong`,
			what, day, tx.Now, sums, wrong)
		return db.Error(err)
	})
}

// Proof is what the last proofs say: how many sums differ from what they come from.
type Proof struct {
	Scores int64 // scores that differ from the ledger, and counts of histograms that differ from the scores
	Ledger int64 // what the ledger tells of a person, content, network and day otherwise than its facts
}

// Proof reads them.
func (s *Service) Proof(ctx context.Context) (Proof, error) {
	return db.Get[Proof](ctx, s.db, `SELECT
		coalesce((SELECT wrong FROM score_proof WHERE what = 'scores' ORDER BY day DESC LIMIT 1), 0)::int8 AS scores,
		coalesce((SELECT sum(wrong) FROM (SELECT wrong FROM score_proof WHERE what = 'ledger' ORDER BY day DESC LIMIT $1) AS last), 0)::int8 AS ledger`, provenDays)
}
