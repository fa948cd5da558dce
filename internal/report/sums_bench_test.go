package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/org"
	"gaung/internal/report"
	"gaung/internal/testdb"
)

// hundredMillion are the statements that give a province the sums of as many clicks over twelve months, and of ten
// million shares, without the single rows: a report of whole months reads none of them. The year before holds as much
// again. Rows lie in the order of time, as they are written. One person in a hundred moved.
func hundredMillion() []string {
	const nodes = `agency AS a CROSS JOIN LATERAL (SELECT CASE a.kind WHEN 'region' THEN 280000 WHEN 'agency' THEN 7000 ELSE 700 END AS n) AS size`
	days := `generate_series(date '2024-11-01', date '2026-10-31', '1 day') AS d`
	months := `generate_series(date '2024-11-01', date '2026-10-01', '1 month') AS m`
	return []string{
		`SET statement_timeout = 0`,
		`TRUNCATE ledger, rollup_node_channel_day, rollup_node_day, rollup_content_day, rollup_user_month, rollup_unit_act_month, rollup_unit_act_day,
			rollup_user_act_month, rollup_user_act_first, rollup_content_act_month, rollup_unit_share_month, act CASCADE`,
		`INSERT INTO rollup_node_channel_day (node_id, day, channel, valid, people, repeats, machines)
		 SELECT a.id, d, c, n * 7 / 70, n * 7 / 70, n / 70, n * 2 / 70 FROM ` + nodes + `, ` + days + `, generate_series(1, 7) AS c ORDER BY d`,
		`INSERT INTO rollup_node_day (node_id, day, valid, people, repeats, machines) SELECT node_id, day, sum(valid), sum(people), sum(repeats), sum(machines) FROM rollup_node_channel_day GROUP BY 1, 2`,
		`INSERT INTO rollup_content_day (content_id, day, valid, people, repeats, machines) SELECT c, d, 980, 980, 140, 280 FROM generate_series(1, 200) AS c, ` + days,
		`INSERT INTO rollup_user_month (user_id, month, unit_id, valid, people, repeats, machines)
		 SELECT u, m, 42 + (u + CASE WHEN u % 100 = 0 AND m > '2026-06-01' THEN 77 ELSE 0 END) % 400, p, p, p / 7, p / 3 FROM generate_series(1, 20000) AS u, ` + months + ` CROSS JOIN LATERAL (SELECT (17 + 822 * power((u * 7727 % 10007) / 10007.0, 2))::int4 AS p) AS of ORDER BY m, u`,
		`INSERT INTO rollup_user_act_month (user_id, month, unit_id, shares, proven_shares, likes, proven_likes) SELECT u, m, 42 + u % 400, 20 + u % 41, 9 + u % 20, u % 9, 0 FROM generate_series(1, 20000) AS u, ` + months + ` ORDER BY m, u`,
		`INSERT INTO rollup_user_act_first (user_id, day) SELECT u, '2024-11-01' FROM generate_series(1, 20000) AS u`,
		`INSERT INTO rollup_unit_act_month (unit_id, month, network, share_a, share_b, share_c, share_d, like_a, like_b, like_c, like_d) SELECT u, m, c, 10, 120, 80, 80, 0, 0, 10, 20 FROM generate_series(42, 441) AS u, ` + months + `, generate_series(1, 7) AS c`,
		`INSERT INTO rollup_unit_act_day (unit_id, day, shares) SELECT u, d, 66 FROM generate_series(42, 441) AS u, ` + days + ` ORDER BY d, u`,
		`INSERT INTO rollup_content_act_month (content_id, month, part, shares) SELECT c, m, p, 250 FROM generate_series(1, 200) AS c, ` + months + `, generate_series(0, 15) AS p`,
		`INSERT INTO rollup_unit_share_month (unit_id, month, delay, shares, own, given)
		 SELECT u, m, CASE WHEN k <= 12 THEN k * 5 WHEN k <= 35 THEN (k - 11) * 60 ELSE (k - 34) * 1440 END, 32, 8, 24 FROM generate_series(42, 441) AS u, ` + months + `, generate_series(1, 64) AS k ORDER BY m, u, k`,
		`INSERT INTO eligible_day (node_id, day, people) SELECT e.node_id, d, e.people FROM eligible_day AS e, generate_series(date '2024-11-01', date '2025-12-31', '1 day') AS d WHERE e.day = '2026-01-01'`,
		`UPDATE placement SET from_day = '2024-01-01'`,
		`UPDATE placement SET until_day = '2026-06-15' WHERE user_id % 100 = 0`,
		`INSERT INTO placement (user_id, from_day, unit_id, agency_id) SELECT u, '2026-06-15', 42 + (u + 77) % 400, 2 + (42 + (u + 77) % 400) % 40 FROM generate_series(100, 20000, 100) AS u`,
		`RESET ALL`, `VACUUM ANALYZE`,
	}
}

// BenchmarkHundredMillion makes the report of a province over twelve months from the sums of a hundred million
// clicks, beside a year of as many and beside one of none, and tells the 95th percentile. Run it with -benchtime 100x.
func BenchmarkHundredMillion(b *testing.B) {
	d := testdb.Open(b, testdb.FreshURL(b), func() time.Time { return testdb.Now })
	conn, err := d.Pool().Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	for _, statement := range slices.Concat([]string{`SET statement_timeout = 0`}, province(), hundredMillion()) {
		if _, err := conn.Exec(b.Context(), statement); err != nil {
			b.Fatal(statement, err)
		}
	}
	service := report.New(d)
	leader := org.Actor{Agency: 1, Grants: []org.Grant{{Role: org.Leader, Agency: 1}}}
	for _, c := range []struct{ name, from, to string }{{"beside-as-much", "2025-11-01", "2026-10-31"}, {"beside-nothing", "2024-11-01", "2025-10-31"}} {
		b.Run(c.name, func(b *testing.B) {
			q := report.Query{Agency: 1, From: c.from, To: c.to}
			made, err := service.Engagement(b.Context(), leader, q)
			if err != nil || *made.Metrics[0].Value < 6e7 {
				b.Fatalf("%v %+v", err, made.Metrics[0].Value)
			}
			took := []time.Duration{}
			for b.Loop() {
				begun := time.Now()
				if _, err := service.Engagement(b.Context(), leader, q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			at := func(share float64) float64 { return float64(took[int(share*float64(len(took)-1))].Milliseconds()) }
			b.ReportMetric(at(.5), "ms-p50")
			b.ReportMetric(at(.95), "ms-p95")
		})
	}
	if testing.Verbose() {
		plans(b, func(query string, args ...any) (text string) {
			rows, err := conn.Query(b.Context(), query, args...)
			if err != nil {
				b.Fatal(err)
			}
			for rows.Next() {
				line := ""
				if err := rows.Scan(&line); err != nil {
					b.Fatal(err)
				}
				text += line + "\n"
			}
			return text
		})
	}
}

// plans tells how each statement is worked.
func plans(b *testing.B, ask func(string, ...any) string) {
	b.Helper()
	for name, query := range report.Statements(1, "2025-11-01", "2026-10-31", testdb.Now) {
		lines := strings.Split(ask(`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) `+query.Text, query.Args), "\n")
		fmt.Printf("-- %s\n%s\n", name, strings.Join(lines, "\n"))
	}
}
