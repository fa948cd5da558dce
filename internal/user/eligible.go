package user

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/period"
)

// SnapshotJob is the kind of the job that counts who is eligible.
type SnapshotJob struct{}

// Kind names the job.
func (SnapshotJob) Kind() string { return "eligible_snapshot" }

// SnapshotEvery is how often today's count is refreshed.
const SnapshotEvery = time.Hour

// Snapshot writes how many active people each node had, for today and yesterday (the day that has just
// ended in some zone). Running it again changes nothing but today's count.
func (s *Service) Snapshot(ctx context.Context) error {
	today := period.LocalDay(s.db.Now(), period.MustZone("Asia/Jayapura")) // the first zone to see a new day
	return s.SnapshotDays(ctx, today.Add(-1), today)
}

// SnapshotDays writes the counts of several days out of the dated placements, without those whose
// account was switched off on the day. A node that everybody has left gets a zero: without it, its last
// count would be read for ever.
func (s *Service) SnapshotDays(ctx context.Context, from, to period.Day) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `
			WITH counted AS (
				SELECT node, day, count(*) AS people
				FROM generate_series($1::date, $2::date, interval '1 day') AS day
				JOIN placement AS p ON p.from_day <= day AND (p.until_day IS NULL OR p.until_day > day)
				JOIN agency AS a ON a.id = p.unit_id
				CROSS JOIN LATERAL unnest(a.path) AS node
				WHERE NOT EXISTS (SELECT FROM user_off AS o
					WHERE o.user_id = p.user_id AND o.from_day <= day AND (o.until_day IS NULL OR o.until_day > day))
				GROUP BY node, day)
			INSERT INTO eligible_day AS e (node_id, day, people)
			SELECT agency.id, d.day::date, coalesce(counted.people, 0)
			FROM agency CROSS JOIN generate_series($1::date, $2::date, interval '1 day') AS d (day)
			LEFT JOIN counted ON counted.node = agency.id AND counted.day = d.day
			ORDER BY agency.id, d.day
			ON CONFLICT (node_id, day) DO UPDATE SET people = excluded.people WHERE e.people <> excluded.people`, from, to)
		return err
	})
}
