package score_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/testdb"
)

var benchPeople = flag.Int("people", 560_000, "how many people the boards' benchmark has")

// The nation: node 1, regions 2–39, agencies 40–639, and above them a unit for about 93 people.
const (
	firstAgency, agencies = 40, 600
	firstUnit             = firstAgency + agencies
	changesASecond        = 2_000
	placedUnits           = 500 // so many have their placements
	batchEvery            = 500 * time.Millisecond
)

// nation is who works where.
type nation struct{ people, units int }

func (n nation) actor(user int) org.Actor {
	unit := firstUnit + user%n.units
	agency := firstAgency + unit%agencies
	region := 2 + agency%38
	return org.Actor{User: id.User(user), Unit: id.Agency(unit), Agency: id.Agency(agency), Zone: "Asia/Jakarta",
		Path: []id.Agency{1, id.Agency(region), id.Agency(agency), id.Agency(unit)}}
}

// fill makes the nation with a score for everybody in the month, the week and the season: few have many.
func (n nation) fill(b *testing.B, d *db.DB) {
	b.Helper()
	conn, err := d.Pool().Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	defer func() {
		if _, err := conn.Exec(b.Context(), `DISCARD ALL`); err != nil {
			b.Error(err)
		}
	}()
	for _, statement := range []string{
		`SET statement_timeout = 0`, `SET work_mem = '1GB'`, `SET maintenance_work_mem = '1GB'`,
		`DROP INDEX score_period_idx, score_agency_id_idx`,
		fmt.Sprintf(`INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
		 SELECT n, path[cardinality(path) - 1], path, CASE cardinality(path) WHEN 1 THEN 'ministry' WHEN 2 THEN 'region' WHEN 3 THEN 'agency' ELSE 'unit' END, 'K' || n, 'Nama ' || n, 'Nama ' || n, 'Asia/Jakarta', now()
		 FROM generate_series(1, %[1]d) AS n CROSS JOIN LATERAL (SELECT CASE WHEN n = 1 THEN ARRAY[1] WHEN n < %[2]d THEN ARRAY[1, n]
		      WHEN n < %[3]d THEN ARRAY[1, 2 + n %% 38, n] ELSE ARRAY[1, 2 + (%[2]d + n %% %[4]d) %% 38, %[2]d + n %% %[4]d, n] END AS path) AS p ORDER BY n`,
			firstUnit+n.units-1, firstAgency, firstUnit, agencies),
		fmt.Sprintf(`INSERT INTO app_user (id, name, email, created_at) OVERRIDING SYSTEM VALUE SELECT n, 'Orang', n || '@uji.example', now() FROM generate_series(1, %d) AS n`, n.people),
		fmt.Sprintf(`INSERT INTO score (user_id, period, agency_id, unit_id, points)
		 SELECT n, p, %d + (%d + n %% %d) %% %d, %[2]d + n %% %[3]d, least(40000, (60 * (power(1 - random(), -0.9) - 1))::int)
		 FROM generate_series(1, %[5]d) AS n, unnest(ARRAY[202611, 1202647, %[6]d]) AS p`, firstAgency, firstUnit, n.units, agencies, n.people, season),
		fmt.Sprintf(`INSERT INTO placement (user_id, from_day, unit_id, agency_id) SELECT user_id, '2026-01-01', unit_id, agency_id
		 FROM score WHERE period = 202611 AND user_id %% %d < %d`, n.units, placedUnits),
		`CREATE INDEX score_period_idx ON score (period, (-points), user_id)`,
		`CREATE INDEX score_agency_id_idx ON score (period, agency_id, (-points), user_id)`,
		`INSERT INTO hist (period, scope, points, n) SELECT s.period, scope, points, sum(s.n) FROM (SELECT period, agency_id, points, count(*) AS n FROM score WHERE points > 0 GROUP BY 1, 2, 3) AS s
		 JOIN agency AS body ON body.id = s.agency_id CROSS JOIN LATERAL unnest(body.path) AS scope GROUP BY 1, 2, 3`,
		`INSERT INTO hist_hi (period, scope, hi, n) SELECT period, scope, points >> 8, sum(n) FROM hist GROUP BY 1, 2, 3`,
		`VACUUM ANALYZE`,
	} {
		began := time.Now()
		if _, err := conn.Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
		b.Logf("%6.1f s %.50s", time.Since(began).Seconds(), statement)
	}
}

// write posts as the shipper would, until the context ends, and tells how long the batches took.
func (n nation) write(ctx context.Context, d *db.DB) (took []time.Duration) {
	random := rand.New(rand.NewPCG(5, 5))
	tick := time.NewTicker(batchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return took
		case <-tick.C:
		}
		var batch []click.Counted
		for range int(changesASecond * batchEvery.Seconds()) {
			of := n.actor(1 + int(float64(n.people-1)*random.Float64()*random.Float64()))
			batch = append(batch, click.Counted{Verdict: click.Valid, Delta: 1, Day: today, Content: id.Content(1 + random.IntN(200)), User: of.User,
				Channel: click.WhatsApp, Unit: of.Unit, Agency: of.Agency, Path: of.Path})
		}
		began := time.Now()
		if err := d.Tx(context.WithoutCancel(ctx), func(tx *db.Tx) error { return score.Post(ctx, tx, batch) }); err == nil {
			took = append(took, time.Since(began))
		}
	}
}

func quantile(took []time.Duration, q float64) float64 {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return float64(took[int(float64(len(took)-1)*q)].Microseconds()) / 1000
}

// BenchmarkMyRank asks for a person's board (head, own rank, neighbours) while 2,000 scores change each
// second, and for comparison ranks everybody with a window function.
func BenchmarkMyRank(b *testing.B) {
	d := testdb.Open(b, testdb.FreshURL(b), func() time.Time { return testdb.Now })
	n := nation{*benchPeople, max(agencies, *benchPeople/93)}
	n.fill(b, d)
	boards := score.New(d)
	for _, c := range []struct {
		name string
		node func(org.Actor) id.Agency
	}{
		{"unit", func(a org.Actor) id.Agency { return a.Unit }},
		{"agency", func(a org.Actor) id.Agency { return a.Agency }},
		{"region", func(a org.Actor) id.Agency { return a.Path[1] }},
		{"nation", func(org.Actor) id.Agency { return 1 }},
	} {
		b.Run(c.name, func(b *testing.B) {
			ctx, stop := context.WithCancel(b.Context())
			wrote := make(chan []time.Duration)
			go func() { wrote <- n.write(ctx, d) }()
			random := rand.New(rand.NewPCG(1, 1))
			var took []time.Duration
			began := time.Now()
			for b.Loop() {
				actor := n.actor(1 + random.IntN(n.people))
				if c.name == "unit" {
					actor = n.actor(int(actor.User)/n.units*n.units + random.IntN(placedUnits))
				}
				asked := time.Now()
				if _, err := boards.People(b.Context(), actor, score.Query{Agency: c.node(actor), Period: "month"}); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(asked))
			}
			stop()
			batches := <-wrote
			seconds := time.Since(began).Seconds()
			b.ReportMetric(quantile(took, 0.5), "p50-ms")
			b.ReportMetric(quantile(took, 0.99), "p99-ms")
			b.ReportMetric(float64(len(batches))*changesASecond*batchEvery.Seconds()/seconds, "changes/s")
			b.ReportMetric(quantile(batches, 0.5), "batch-p50-ms")
		})
	}
	b.Run("exact", func(b *testing.B) {
		n.rankAll(b, d)
		b.ResetTimer()
		for b.Loop() {
			n.compare(b, boards, d, "season")
		}
	})
	b.Run("window", func(b *testing.B) {
		for b.Loop() {
			rows, err := d.Pool().Query(b.Context(), `SELECT rank FROM (SELECT user_id, rank() OVER (ORDER BY points DESC) AS rank FROM score
				WHERE period = $1 AND points > 0) AS all_of_them WHERE user_id = $2`, period.MonthOf(today).Key(), n.people/2)
			if err != nil {
				b.Fatal(err)
			}
			rows.Close()
		}
	})
}

// samples are how many persons are compared with the window functions, each on four boards.
const samples = 200

// rankAll ranks everybody of the season by window functions, on every level.
func (n nation) rankAll(b *testing.B, d *db.DB) {
	b.Helper()
	patiently(b, d, `DROP TABLE IF EXISTS trial_rank`)
	patiently(b, d, fmt.Sprintf(`CREATE TABLE trial_rank AS SELECT s.user_id, s.points, rank() OVER (ORDER BY s.points DESC) AS nation,
		rank() OVER (PARTITION BY body.path[2] ORDER BY s.points DESC) AS region, rank() OVER (PARTITION BY s.agency_id ORDER BY s.points DESC) AS agency
		FROM score AS s JOIN agency AS body ON body.id = s.agency_id WHERE s.period = %d AND s.points > 0`, season))
	patiently(b, d, `CREATE INDEX ON trial_rank (user_id)`)
}

func patiently(b *testing.B, d *db.DB, statement string) {
	b.Helper()
	conn, err := d.Pool().Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	began := time.Now()
	for _, one := range []string{`SET statement_timeout = 0`, statement, `RESET statement_timeout`} {
		if _, err := conn.Exec(b.Context(), one); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%6.1f s %.50s", time.Since(began).Seconds(), statement)
}

// compare asks for boards of random persons, and wants the rank and the points of each that the window functions gave.
func (n nation) compare(b *testing.B, boards *score.Service, d *db.DB, written string) {
	b.Helper()
	random := rand.New(rand.NewPCG(8, 8))
	for range samples {
		actor := n.actor(1 + random.IntN(n.people))
		want, err := db.All[struct{ Points, Nation, Region, Agency int64 }](b.Context(), d, `SELECT points, nation, region, agency FROM trial_rank WHERE user_id = $1`, actor.User)
		if err != nil {
			b.Fatal(err)
		}
		for level, rank := range map[int]func() int64{0: func() int64 { return want[0].Nation }, 1: func() int64 { return want[0].Region }, 2: func() int64 { return want[0].Agency }} {
			board, err := boards.People(b.Context(), actor, score.Query{Agency: actor.Path[level], Period: written})
			if err != nil {
				b.Fatal(err)
			}
			if (board.Mine != nil) != (len(want) > 0) || board.Mine != nil && (board.Mine.Rank != rank() || int64(board.Mine.PeopleReached) != want[0].Points) {
				b.Errorf("%s, level %d, person %d: %+v, want %+v", written, level, actor.User, board.Mine, want)
			}
		}
	}
}

// BenchmarkClose closes a season in which everybody has three entries, and then compares the boards of the closed
// season with the window functions of before.
func BenchmarkClose(b *testing.B) {
	d := testdb.Open(b, testdb.FreshURL(b), func() time.Time { return testdb.Now })
	n := nation{*benchPeople, max(agencies, *benchPeople/93)}
	n.fill(b, d)
	patiently(b, d, fmt.Sprintf(`INSERT INTO ledger (user_id, kind, content_id, amount, day, at, channel)
		SELECT user_id, 'people_reached', k, greatest(1, points / 3), date '2026-11-22' - k, now(), 1 FROM score, generate_series(1, 3) AS k WHERE period = %d AND points > 0`, season))
	patiently(b, d, `VACUUM ANALYZE ledger`)
	n.rankAll(b, d)
	patiently(b, d, `UPDATE season SET to_day = '2026-11-22' WHERE id = 1`)
	late := score.New(d.At(noon(26)))
	for b.Loop() { // once: a closed season stands
		began := time.Now()
		if err := late.Turn(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s-close")
		b.ReportMetric(float64(n.people)/time.Since(began).Seconds(), "people/s")
	}
	n.compare(b, late, d, "season-1")
}
