package report_test

import (
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/report"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

// BenchmarkProvinceReport makes the report of a province of 20,000 people in 40 agencies with 400 units,
// 200,000 acts, 200,000 entries of the ledger and a million rows of rollups.
func BenchmarkProvinceReport(b *testing.B) {
	d := testdb.Open(b, testdb.FreshURL(b), func() time.Time { return testdb.Now })
	for _, statement := range province() {
		if _, err := db.Exec(b.Context(), d, statement); err != nil {
			b.Fatal(err)
		}
	}
	if err := share.New(d, nil, "").Rebuild(b.Context()); err != nil {
		b.Fatal(err)
	}
	leader := org.Actor{Agency: 1, Grants: []org.Grant{{Role: org.Leader, Agency: 1}}}
	service := report.New(d)
	for _, c := range []struct {
		name string
		node id.Agency
		from string
	}{{"region-month", 1, "2026-11-01"}, {"region-56-days", 1, "2026-09-28"}, {"agency-month", 2, "2026-11-01"}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := service.Engagement(b.Context(), leader, report.Query{Agency: c.node, From: c.from, To: "2026-11-22"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// province are the statements that fill one: node 1, agencies 2–41, units 42–441.
func province() []string {
	return []string{
		`INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
		 SELECT 1, NULL, ARRAY[1], 'region', 'R', 'Provinsi', 'Provinsi', 'Asia/Makassar', now()
		 UNION ALL SELECT n, 1, ARRAY[1, n], 'agency', 'A' || n, 'Dinas ' || n, 'Dinas ' || n, 'Asia/Makassar', now() FROM generate_series(2, 41) AS n
		 UNION ALL SELECT n, 2 + n % 40, ARRAY[1, 2 + n % 40, n], 'unit', 'U' || n, 'Bidang ' || n, 'Bidang ' || n, 'Asia/Makassar', now() FROM generate_series(42, 441) AS n`,
		`INSERT INTO app_user (id, name, email, created_at) OVERRIDING SYSTEM VALUE SELECT n, 'Orang', n || '@uji.example', now() FROM generate_series(1, 20000) AS n`,
		`INSERT INTO placement (user_id, from_day, unit_id, agency_id) SELECT n, '2026-01-01', 42 + n % 400, 2 + (42 + n % 400) % 40 FROM generate_series(1, 20000) AS n`,
		`INSERT INTO eligible_day (node_id, day, people) SELECT a.id, d, CASE a.kind WHEN 'region' THEN 20000 WHEN 'agency' THEN 500 ELSE 50 END
		 FROM agency AS a, generate_series(date '2026-01-01', date '2026-11-22', '1 day') AS d`,
		`INSERT INTO content (id, agency_id, author_id, state, version, slug, approved_version, published_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
		 SELECT n, 1 + n % 41, 1, 'live', 1, 's' || n, 1, timestamptz '2026-09-01' + n * interval '8 hours', now(), now() FROM generate_series(1, 200) AS n`,
		`INSERT INTO content_version (content_id, no, author_id, at, hash, title, summary, body, kind, pillar, stage, topic, classification, landing_url, hashtags, captions, official_posts)
		 SELECT n, 1, 1, now(), '', 'Judul ' || n, '', '', '', '', '', '', '', '', '[]', '[]', '[]' FROM generate_series(1, 200) AS n`,
		`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at)
		 SELECT 1 + n % 20000, 1 + (n / 20000 * 17 + n) % 200, 1 + n % 7, CASE n % 4 WHEN 0 THEN 'like' ELSE 'share' END, (ARRAY['A', 'B', 'C', 'D'])[1 + n % 4],
		        42 + (1 + n % 20000) % 400, 2 + (42 + (1 + n % 20000) % 400) % 40, date '2026-09-01' + n % 83, now(), now()
		 FROM generate_series(1, 200000) AS n ON CONFLICT DO NOTHING`,
		`INSERT INTO ledger (user_id, kind, content_id, amount, day, at, unit_id)
		 SELECT 1 + n * 31 % 20000, 'people_reached', 1 + n % 200, 1 + n % 5, date '2026-09-01' + n / 2410, now(), 42 + (1 + n * 31 % 20000) % 400 FROM generate_series(1, 200000) AS n`,
		`INSERT INTO rollup_node_channel_day (node_id, day, channel, valid, people, repeats, machines)
		 SELECT a.id, d, c, 3, 3, 1, 2 FROM agency AS a, generate_series(date '2026-01-01', date '2026-11-22', '1 day') AS d, generate_series(1, 7) AS c`,
		`INSERT INTO rollup_node_day (node_id, day, valid, people, repeats, machines) SELECT node_id, day, sum(valid), sum(people), sum(repeats), sum(machines)
		 FROM rollup_node_channel_day GROUP BY node_id, day`,
		`INSERT INTO rollup_content_day (content_id, day, valid, people, repeats, machines)
		 SELECT c, d, 9, 9, 1, 2 FROM generate_series(1, 200) AS c, generate_series(date '2026-09-01', date '2026-11-22', '1 day') AS d`,
		`ANALYZE`,
	}
}
