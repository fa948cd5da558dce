package report_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"gaung/internal/org"
	"gaung/internal/report"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

var benchClicks = flag.Int("clicks", 1_000_000, "how many clicks the benchmark of a year's report has")

// year are the statements that spread clicks over twelve months of a province: the raw rows, and the
// rollups and the ledger that follow from them.
func year(clicks int) []string {
	sums := func(table, id, of string) string {
		return fmt.Sprintf(`INSERT INTO %s (%s, valid, people, repeats, machines) SELECT %s, count(*) FILTER (WHERE verdict::int4 = 1), count(*) FILTER (WHERE verdict::int4 = 1),
			count(*) FILTER (WHERE verdict::int4 = 6), count(*) FILTER (WHERE verdict::int4 = 2) FROM click AS c %s`, table, id, of, "%s")
	}
	local := `(c.at AT TIME ZONE 'Asia/Makassar')::date`
	nodes := `JOIN agency AS u ON u.id = c.unit_id CROSS JOIN LATERAL unnest(u.path) AS node `
	return []string{
		`SET statement_timeout = 0`, `SET work_mem = '512MB'`,
		`TRUNCATE ledger, rollup_node_channel_day, rollup_node_day, rollup_content_day`,
		`DROP TABLE IF EXISTS click_any`, `CREATE TABLE click_any PARTITION OF click DEFAULT`,
		fmt.Sprintf(`INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
		 SELECT timestamptz '2025-12-01 00:00+08' + n::float8 / %[1]d * interval '356 days', n, 1 + n * 7919 %% 200, who, 42 + who %% 400, 0, (1 + n %% 7)::int4::"char",
		        (ARRAY[1, 1, 1, 1, 1, 1, 6, 2, 2, 1])[1 + n %% 10]::int4::"char", 1::"char", 2::"char"
		 FROM generate_series(1::int8, %[1]d - 1) AS n CROSS JOIN LATERAL (SELECT (1 + 19999 * power((n * 7727 %% 10007) / 10007.0, 2))::int4 AS who) AS w`, clicks),
		fmt.Sprintf(sums("rollup_node_channel_day", "node_id, day, channel", "node, "+local+", channel::int4"), nodes+`GROUP BY 1, 2, 3`),
		`INSERT INTO rollup_node_day (node_id, day, valid, people, repeats, machines) SELECT node_id, day, sum(valid), sum(people), sum(repeats), sum(machines) FROM rollup_node_channel_day GROUP BY 1, 2`,
		fmt.Sprintf(sums("rollup_content_day", "content_id, day", "content_id, "+local), `GROUP BY 1, 2`),
		fmt.Sprintf(sums("rollup_user_month", "user_id, month, unit_id", "user_id, date_trunc('month', c.at AT TIME ZONE 'Asia/Makassar')::date, unit_id"), `GROUP BY 1, 2, 3`),
		`INSERT INTO ledger (user_id, kind, content_id, amount, day, at, channel, unit_id) SELECT user_id, 'people_reached', content_id, 1, ` + local + `, at, channel::int4, unit_id
		 FROM click AS c WHERE verdict::int4 = 1 ORDER BY at`,
		`UPDATE placement SET from_day = '2025-01-01'`,
		`RESET ALL`, `VACUUM ANALYZE`,
	}
}

// yearFromRaw are the sums of the report's sections, in one walk through the raw clicks.
const yearFromRaw = `SELECT day, channel, content_id, child, user_id, count(*) FILTER (WHERE verdict = 1), count(*) FILTER (WHERE verdict = 2)
	FROM (SELECT (c.at AT TIME ZONE 'Asia/Makassar')::date AS day, channel::int4 AS channel, content_id, u.path[2] AS child, user_id, verdict::int4 AS verdict
	      FROM click AS c JOIN agency AS u ON u.id = c.unit_id AND u.path @> ARRAY[1]
	      WHERE c.at >= timestamptz '2025-12-01 00:00+08' AND c.at < timestamptz '2026-11-23 00:00+08') AS raw
	GROUP BY GROUPING SETS ((), (day), (channel), (content_id), (child), (user_id))`

// BenchmarkYearReport makes the report of a province over twelve months, and reckons its sums from the
// same raw clicks.
func BenchmarkYearReport(b *testing.B) {
	d := testdb.Open(b, testdb.FreshURL(b), func() time.Time { return testdb.Now })
	conn, err := d.Pool().Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	for _, statement := range append(province(), year(*benchClicks)...) {
		if _, err := conn.Exec(b.Context(), statement); err != nil {
			b.Fatal(statement, err)
		}
	}
	if err := share.New(d, nil, "").Rebuild(b.Context()); err != nil {
		b.Fatal(err)
	}
	if _, err := conn.Exec(b.Context(), `VACUUM ANALYZE`); err != nil {
		b.Fatal(err)
	}
	service := report.New(d)
	leader := org.Actor{Agency: 1, Grants: []org.Grant{{Role: org.Leader, Agency: 1}}}
	var made, raw time.Duration
	b.Run("report", func(b *testing.B) {
		for b.Loop() {
			if _, err := service.Engagement(b.Context(), leader, report.Query{Agency: 1, From: "2025-12-01", To: "2026-11-22"}); err != nil {
				b.Fatal(err)
			}
		}
		made = b.Elapsed() / time.Duration(b.N)
	})
	b.Run("half-a-year-beside-the-half-before", func(b *testing.B) { // both spans lie in the middle of months and are full
		for b.Loop() {
			if _, err := service.Engagement(b.Context(), leader, report.Query{Agency: 1, From: "2026-05-17", To: "2026-11-16"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("raw", func(b *testing.B) {
		if _, err := conn.Exec(b.Context(), `SET statement_timeout = 0`); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := conn.Exec(b.Context(), yearFromRaw); err != nil {
				b.Fatal(err)
			}
		}
		raw = b.Elapsed() / time.Duration(b.N)
		b.ReportMetric(float64(raw)/float64(made), "times-the-report")
	})
}
