package click

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/period"
)

const (
	partitionEvery = 24 * time.Hour
	daysBehind     = 2   // for clicks that are shipped late, and how long click_seen, click_origin and click_sharer are kept
	daysAhead      = 35  // so many days the job may fail before a click has nowhere to go
	daysRaw        = 400 // raw clicks are kept for a year and a month: the sums stay
)

// Prepare makes the partitions of the days around now. It must have run before the first click; several
// replicas may run it at once.
func (s *Service) Prepare(ctx context.Context) error {
	today := period.VisitorDay(s.db.Now())
	return s.db.Tx(ctx, func(tx *db.Tx) error { return ensureDays(ctx, tx, today.Add(-daysBehind), today.Add(daysAhead)) })
}

// keepPartitions is the daily job: the partitions ahead are made; who was seen on a day that is over is
// forgotten once nothing of that day can arrive any more, and raw clicks when their time is over.
func (s *Service) keepPartitions(ctx context.Context) error {
	if err := s.Prepare(ctx); err != nil {
		return err
	}
	today := period.VisitorDay(s.db.Now())
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := lockPartitions(ctx, tx); err != nil {
			return err
		}
		return errors.Join(dropBefore(ctx, tx, "click_seen", today.Add(-daysBehind)), dropBefore(ctx, tx, "click", today.Add(-daysRaw)))
	})
}

func dropBefore(ctx context.Context, tx *db.Tx, table string, oldest period.Day) error {
	present, err := partitionsOf(ctx, tx, table)
	if err != nil {
		return err
	}
	for name, day := range present {
		if day >= oldest {
			continue
		}
		if _, err := tx.Pgx().Exec(ctx, `DROP TABLE `+pgx.Identifier{name}.Sanitize()); err != nil {
			return db.Error(err)
		}
	}
	return nil
}

// ensureFor makes the partitions of a batch that lies outside those that are there: a journal that waited
// for days, or a clock that was wrong, must still find a place. The dedupe of such a day then knows only
// what the backlog itself holds.
func ensureFor(ctx context.Context, tx *db.Tx, records []judgment) error {
	if len(records) == 0 {
		return nil
	}
	first, last := records[0].day(), records[0].day()
	for _, r := range records {
		first, last = min(first, r.day()), max(last, r.day())
	}
	today := period.VisitorDay(tx.Now)
	if first >= today.Add(-daysBehind) && last <= today.Add(1) {
		return nil
	}
	return ensureDays(ctx, tx, first, last)
}

// partitioned are the tables with a partition for each visitor day, and what bounds it.
var partitioned = []struct {
	table string
	from  func(period.Day) string
}{
	{"click", func(day period.Day) string { return period.VisitorDayEnd(day.Add(-1)).Format(time.RFC3339) }},
	{"click_seen", period.Day.String},
	{"click_origin", period.Day.String},
}

func ensureDays(ctx context.Context, tx *db.Tx, from, to period.Day) error {
	for _, locked := range []bool{false, true} {
		missing, err := missingPartitions(ctx, tx, from, to)
		if err != nil || len(missing) == 0 {
			return err
		}
		if !locked { // another replica may be at it: wait for it, then look again
			if err := lockPartitions(ctx, tx); err != nil {
				return err
			}
			continue
		}
		for _, statement := range missing {
			if _, err := tx.Pgx().Exec(ctx, statement); err != nil {
				return db.Error(err)
			}
		}
	}
	return nil
}

func lockPartitions(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Pgx().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('gaung/click/partition'))`)
	return db.Error(err)
}

// missingPartitions gives the statements that make what is not there. A table is made on its own and then
// attached: unlike CREATE … PARTITION OF, that does not shut out the clicks that arrive meanwhile.
func missingPartitions(ctx context.Context, tx *db.Tx, from, to period.Day) (statements []string, err error) {
	for _, p := range partitioned {
		present, err := partitionsOf(ctx, tx, p.table)
		if err != nil {
			return nil, err
		}
		for day := from; day <= to; day++ {
			name := partitionName(p.table, day)
			if _, there := present[name]; !there {
				statements = append(statements, fmt.Sprintf(`CREATE TABLE %s (LIKE %s INCLUDING ALL)`, name, p.table),
					fmt.Sprintf(`ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')`, p.table, name, p.from(day), p.from(day.Add(1))))
			}
		}
	}
	return statements, nil
}

func partitionName(table string, day period.Day) string {
	year, month, date := day.Date()
	return fmt.Sprintf("%s_%04d%02d%02d", table, year, month, date)
}

// partitionsOf reads which partitions a table has, and the day of each.
func partitionsOf(ctx context.Context, tx *db.Tx, table string) (map[string]period.Day, error) {
	rows, err := tx.Pgx().Query(ctx, `SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
		WHERE i.inhparent = $1::text::regclass`, table)
	if err != nil {
		return nil, db.Error(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	present := map[string]period.Day{}
	for _, name := range names {
		at, err := time.Parse(table+"_20060102", name)
		if err != nil {
			continue // not one of ours: an operator's
		}
		present[name] = period.DayOf(at.Date())
	}
	return present, db.Error(err)
}
