package report_test

import (
	"fmt"
	"testing"

	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/report"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// Whole months come from the persons' monthly sums, all else from the ledger: however the days lie and
// whoever came, went or had everything taken back, the spread is that of the ledger by the placement of
// the day.
func TestSpreadOverMonthsIsThatOfTheLedger(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	other := k.Agency(k.Region, org.Body)
	there := k.Agency(other, org.Unit)
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.Exec(t.Context(), k.DB, statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 24 {
		person := k.Staff()
		exec(`UPDATE placement SET from_day = '2026-01-01' WHERE user_id = $1`, person.User)
		if n%3 > 0 { // goes in the middle or at the end of a month, and comes back from there
			away, back := []string{"2026-08-10", "2026-09-01"}[n%2], []string{"2026-10-01", "2026-10-17"}[n/2%2]
			exec(`UPDATE placement SET until_day = $2::date WHERE user_id = $1`, person.User, away)
			exec(`INSERT INTO placement (user_id, from_day, until_day, unit_id, agency_id) VALUES ($1, $2::date, $3::date, $4, $5)`, person.User, away, back, there.ID, other.ID)
			exec(`INSERT INTO placement (user_id, from_day, unit_id, agency_id) VALUES ($1, $2::date, $3, $4)`, person.User, back, k.Unit.ID, k.Dinas.ID)
		}
		exec(`INSERT INTO ledger (user_id, kind, content_id, amount, day, at, unit_id) SELECT $1, 'people_reached', 1, 1 + ($1 * d) % 7 * d % 5, day.day, now(),
			(SELECT unit_id FROM placement AS p WHERE p.user_id = $1 AND p.from_day <= day.day AND (p.until_day IS NULL OR p.until_day > day.day)) FROM generate_series(0, 140, 3) AS d CROSS JOIN LATERAL (SELECT date '2026-07-01' + d AS day) AS day`, person.User)
		if n == 5 { // all of it
			exec(`INSERT INTO ledger (user_id, kind, content_id, amount, day, at, reverses, reason, unit_id) SELECT user_id, kind, content_id, -amount, day, at, id, 'reclassified', unit_id FROM ledger WHERE user_id = $1`, person.User)
		}
	}
	exec(`INSERT INTO rollup_user_month (user_id, month, unit_id, valid, people, repeats, machines) SELECT l.user_id, date_trunc('month', day)::date, p.unit_id, sum(amount), sum(amount), 0, 0
		FROM ledger AS l JOIN placement AS p ON p.user_id = l.user_id AND p.from_day <= l.day AND (p.until_day IS NULL OR p.until_day > l.day) GROUP BY 1, 2, 3`)
	exec(`INSERT INTO eligible_day (node_id, day, people) SELECT id, '2026-01-01', 24 * (4 - cardinality(path)) FROM agency WHERE kind <> 'unit'`)
	leader := org.Actor{Grants: []org.Grant{{Role: org.Leader, Agency: k.Region.ID}}}
	for _, node := range []org.Agency{k.Dinas, other} {
		for _, days := range [][2]string{{"2026-07-01", "2026-10-31"}, {"2026-07-15", "2026-11-22"}, {"2026-08-01", "2026-08-31"}, {"2026-08-02", "2026-09-29"}, {"2026-08-09", "2026-10-16"}} {
			want, err := db.Get[struct{ Gini float64 }](t.Context(), k.DB, `WITH sums AS (
					SELECT l.user_id, sum(amount) AS people FROM ledger AS l
					JOIN placement AS p ON p.user_id = l.user_id AND p.from_day <= l.day AND (p.until_day IS NULL OR p.until_day > l.day)
					JOIN agency AS u ON u.id = p.unit_id AND u.path @> ARRAY[$1::int4] WHERE l.day BETWEEN $2::date AND $3::date GROUP BY 1 HAVING sum(amount) > 0
				), ranked AS (SELECT people, row_number() OVER (ORDER BY people DESC) AS place, count(*) OVER () AS n FROM sums)
				SELECT coalesce(round(2 * sum((n + 1 - place) * people) / (max(n) * sum(people)) - (max(n) + 1.0) / max(n), 2), -1)::float8 AS gini FROM ranked`, node.ID, days[0], days[1])
			if err != nil {
				t.Fatal(err)
			}
			made, err := report.New(k.DB).Engagement(t.Context(), leader, report.Query{Agency: node.ID, From: days[0], To: days[1]})
			if err != nil {
				t.Fatal(err)
			}
			got := "nothing"
			for _, m := range made.Metrics {
				if m.Key == "concentration_gini" && m.Value != nil {
					got = fmt.Sprint(*m.Value)
				}
			}
			if got != fmt.Sprint(want.Gini) {
				t.Errorf("%s %v: %s, want %v", node.Name, days, got, want.Gini)
			}
		}
	}
}
