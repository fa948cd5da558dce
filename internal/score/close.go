package score

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// turnJob opens the seasons that are about to begin, and closes those that are over.
type turnJob struct{}

func (turnJob) Kind() string { return "season_turn" }

// Patience lets a nation's season take its time; what was written down stays if it is cut off.
func (turnJob) Patience() time.Duration { return 2 * time.Hour }

// ClosedJob tells that the results of a season are written down. wire.go subscribes to it.
type ClosedJob struct {
	Season int32 `json:"season"`
}

// Kind names the job.
func (ClosedJob) Kind() string { return "season_closed" }

// Patience lets a nation's list take its time.
func (ClosedJob) Patience() time.Duration { return time.Hour }

const (
	turnEvery  = time.Hour
	opensAhead = 1 // the rules freeze a day before the first day begins anywhere
)

func seasonSubject(season int32) string { return fmt.Sprintf("season/%d", season) }

// turn does what the calendar asks for. It may be stopped and run again at any point.
func (s *Service) turn(ctx context.Context) error {
	east := period.LocalDay(s.db.Now(), period.MustZone("Asia/Jayapura"))
	west := period.LocalDay(s.db.Now(), period.MustZone("Asia/Jakarta")) // the last zone in which a day ends
	if err := s.move(ctx, `UPDATE season SET state = 'open' WHERE state = 'planned' AND from_day <= $1::date RETURNING id`, "season.open", east.Add(opensAhead)); err != nil {
		return err
	}
	err := s.move(ctx, `UPDATE season SET state = 'closing', ledger_upto = (SELECT last_value FROM ledger_id_seq)
		WHERE state = 'open' AND to_day < $1::date RETURNING id`, "season.closing", west.Add(-graceDays))
	if err != nil {
		return err
	}
	due, err := db.All[closingSeason](ctx, s.db, `SELECT id, from_day AS "from", to_day AS "to", rulebook_version AS rulebook, state, ledger_upto AS upto
		FROM season WHERE state = 'closing' ORDER BY id`)
	if err != nil {
		return err
	}
	for _, season := range due {
		if err := s.close(ctx, season); err != nil {
			return fmt.Errorf("season %d: %w", season.ID, err)
		}
	}
	return s.sweep(ctx)
}

// move changes states while nothing is being counted.
func (s *Service) move(ctx context.Context, statement, action string, day period.Day) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := standStill(ctx, tx); err != nil {
			return err
		}
		moved, err := db.All[struct{ ID int32 }](ctx, tx, statement, day.String())
		for _, one := range moved {
			if err := audit.WriteTx(ctx, tx, audit.Entry{Action: action, Subject: seasonSubject(one.ID)}); err != nil {
				return err
			}
		}
		return err
	})
}

// closingSeason is one whose results are being written down.
type closingSeason struct {
	Season
	Upto   int64  // the last entry of the ledger that counts
	Sealed []byte // the ledger's hash, once it is closed
}

// close writes the results down, agency by agency, each in a transaction of its own. Nothing of the season
// changes any more, so what an earlier run wrote stands.
func (s *Service) close(ctx context.Context, season closingSeason) error {
	if err := s.recount(ctx, season.key()); err != nil {
		return err
	}
	book, err := bookOf(ctx, s.db, season.Rulebook)
	if err != nil {
		return err
	}
	known := ladders{}
	for agency := int64(math.MinInt32); ; {
		next, err := db.Get[struct{ Agency *int64 }](ctx, s.db, `SELECT min(agency_id) AS agency FROM score WHERE period = $1 AND agency_id > $2`, season.key(), agency)
		if err != nil {
			return err
		}
		if next.Agency == nil {
			break
		}
		agency = *next.Agency
		if err := s.write(ctx, season, book, func(tx *db.Tx) ([]result, error) { return standingsOf(ctx, tx, season, agency, known) }); err != nil {
			return err
		}
	}
	if err := s.writeLearners(ctx, season, book); err != nil {
		return err
	}
	return s.seal(ctx, season)
}

// recount makes the histograms of a period anew, so that no rank is wrong by a drift.
func (s *Service) recount(ctx context.Context, key int32) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{`DELETE FROM hist WHERE period = ANY (@periods::int4[])`, `INSERT INTO hist (period, scope, points, n) ` + countedSQL} {
			if err := patiently(ctx, tx, statement, db.Args{"periods": []int32{key}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// patiently runs a statement that may take minutes at a nation's size.
func patiently(ctx context.Context, tx *db.Tx, statement string, args ...any) error {
	if _, err := tx.Pgx().Exec(ctx, `SET LOCAL statement_timeout = '30min'`); err != nil {
		return db.Error(err)
	}
	_, err := tx.Pgx().Exec(ctx, statement, args...)
	return db.Error(err)
}

// atOnce is for how many persons the facts are read together.
const atOnce = 10_000

// write keeps what a part of the persons have: their places, and their points by the rulebook.
func (s *Service) write(ctx context.Context, season closingSeason, book rules, read func(tx *db.Tx) ([]result, error)) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Pgx().Exec(ctx, `SET LOCAL statement_timeout = '30min'`); err != nil {
			return db.Error(err)
		}
		list, err := read(tx)
		if err != nil {
			return err
		}
		for ; len(list) > 0; list = list[min(atOnce, len(list)):] {
			if err := season.keep(ctx, tx, book, list[:min(atOnce, len(list))]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (season closingSeason) keep(ctx context.Context, tx *db.Tx, book rules, part []result) error {
	users := make([]int32, len(part))
	for i, one := range part {
		users[i] = one.UserID
	}
	facts, err := factsOf(ctx, tx, season.Season, users, season.Upto)
	if err != nil {
		return err
	}
	_, err = tx.Pgx().CopyFrom(ctx, pgx.Identifier{"season_final"}, []string{"user_id", "season_id", "agency_id", "unit_id", "people", "points", "ranks", "tied"},
		pgx.CopyFromSlice(len(part), func(i int) ([]any, error) {
			one := part[i]
			points := book.tally(facts[id.User(one.UserID)], 0).Points
			return []any{one.UserID, season.ID, int32(one.agency), one.UnitID, one.Points, int32(min(points, math.MaxInt32)), one.Ranks, one.Tied}, nil
		}))
	return db.Error(err)
}

// writeLearners keeps the points of those who reached nobody and learned: they have no place.
func (s *Service) writeLearners(ctx context.Context, season closingSeason, book rules) error {
	for more := true; more; {
		err := s.write(ctx, season, book, func(tx *db.Tx) ([]result, error) {
			rows, err := tx.Pgx().Query(ctx, `SELECT DISTINCT l.user_id, 0 AS unit_id, 0 AS points, '{}'::int4[] AS ranks, '{}'::bool[] AS tied FROM ledger AS l
				WHERE l.kind = 'learned' AND l.day BETWEEN $2::date AND $3::date AND l.id <= $4
				  AND NOT EXISTS (SELECT FROM season_final AS f WHERE f.user_id = l.user_id AND f.season_id = $1) ORDER BY l.user_id LIMIT $5`,
				season.ID, season.From.String(), season.lastDay(), season.Upto, atOnce)
			if err != nil {
				return nil, db.Error(err)
			}
			list, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[result])
			more = len(list) == atOnce
			return list, db.Error(err)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// seal keeps the ledger's hash and closes.
func (s *Service) seal(ctx context.Context, season closingSeason) error {
	hash, err := s.hashLedger(ctx, season.Season, season.Upto, nil)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := patiently(ctx, tx, `UPDATE season SET state = 'closed', closed_at = $2, ledger_hash = $3,
			people = (SELECT count(*) FROM season_final WHERE season_id = $1) WHERE id = $1`, season.ID, tx.Now, hash); err != nil {
			return err
		}
		if s.queue != nil {
			if err := s.queue.EnqueueTx(ctx, tx, ClosedJob{season.ID}); err != nil {
				return err
			}
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Action: "season.close", Subject: seasonSubject(season.ID), Detail: map[string]string{"ledger": fmt.Sprintf("%x", hash)}})
	})
}

// sweep forgets the scores and histograms of closed seasons: their results are written down.
func (s *Service) sweep(ctx context.Context) error {
	for _, table := range []string{"score", "hist", "hist_hi"} {
		for more := true; more; {
			err := s.db.Tx(ctx, func(tx *db.Tx) error {
				if _, err := tx.Pgx().Exec(ctx, `SET LOCAL statement_timeout = '30min'`); err != nil {
					return db.Error(err)
				}
				done, err := tx.Pgx().Exec(ctx, sweepSQL[table], 100*atOnce)
				more = done.RowsAffected() > 0
				return db.Error(err)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

const ofClosed = ` WHERE period IN (SELECT 2000000 + id FROM season WHERE state = 'closed') LIMIT $1`

// sweepSQL deletes a part of each.
var sweepSQL = map[string]string{
	"score":   `DELETE FROM score WHERE (user_id, period) IN (SELECT user_id, period FROM score` + ofClosed + `)`,
	"hist":    `DELETE FROM hist WHERE (period, scope, points) IN (SELECT period, scope, points FROM hist` + ofClosed + `)`,
	"hist_hi": `DELETE FROM hist_hi WHERE (period, scope, hi) IN (SELECT period, scope, hi FROM hist_hi` + ofClosed + `)`,
}
