package privacy

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/testdb"
)

// node is what is looked at in a plan.
type node struct {
	Type   string  `json:"Node Type"`
	Table  string  `json:"Relation Name"`
	Rows   float64 `json:"Actual Rows"`
	Loops  float64 `json:"Actual Loops"`
	Lost   float64 `json:"Rows Removed by Filter"`
	Blocks int     `json:"Shared Hit Blocks"`
	Read   int     `json:"Shared Read Blocks"`
	Below  []node  `json:"Plans"`
}

// scans names the tables of more than a thousand rows that are read from one end to the other.
func (n node) scans() (found []string) {
	if n.Type == "Seq Scan" && (n.Rows+n.Lost)*n.Loops > 1000 {
		found = append(found, n.Table)
	}
	for _, below := range n.Below {
		found = append(found, below.scans()...)
	}
	return found
}

// BenchmarkPlans explains the statements of this package over 100,000 people, a million looks, audit rows, acts,
// openings and notices, and 100,000 requests. PLANS names the file that gets the table.
func BenchmarkPlans(b *testing.B) {
	d := testdb.Open(b, testdb.FreshURL(b), func() time.Time { return testdb.Now })
	conn, err := d.Pool().Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	for _, statement := range crowd() {
		if _, err := conn.Exec(b.Context(), statement); err != nil {
			b.Fatalf("%s: %v", statement, err)
		}
	}
	const hot, usual = 1_000_000, 1_012_345
	lines := []string{}
	ask := func(name, statement string, args ...any) {
		best := ""
		var took float64
		for range 5 {
			var raw []byte
			if err := conn.QueryRow(b.Context(), "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "+statement, args...).Scan(&raw); err != nil {
				b.Fatalf("%s: %v", name, err)
			}
			var plans []struct {
				Plan node
				Time float64 `json:"Execution Time"`
			}
			if err := json.Unmarshal(raw, &plans); err != nil {
				b.Fatal(err)
			}
			if p := plans[0]; best == "" || p.Time < took {
				took = p.Time
				best = fmt.Sprintf("| %s | %.2f | %d | %s |", name, p.Time, p.Plan.Blocks+p.Plan.Read, strings.Join(p.Plan.scans(), ", "))
			}
		}
		lines = append(lines, best)
	}
	for _, person := range []int{usual, hot} {
		ask(fmt.Sprint("who looked, first page, ", person), viewsSQL, pgx.NamedArgs{"me": person, "subject": fmt.Sprint("user/", person), "today": testdb.Now, "skip": 0, "limit": 21})
	}
	ask("who looked, all of it for the copy", viewsSQL, pgx.NamedArgs{"me": hot, "subject": fmt.Sprint("user/", hot), "today": testdb.Now, "skip": 0, "limit": 100_000})
	for name, roots := range map[string][]int32{"the country": {1}, "an office": {107}} {
		args := pgx.NamedArgs{"all": roots, "corrections": []int32{}, "now": testdb.Now, "me": hot, "limit": 51, "before": 0, "after": 0}
		ask("desk, open, "+name, openSQL, args)
		ask("desk, closed, "+name, closedSQL, args)
	}
	ask("own requests", `SELECT `+requestColumns+` FROM data_request AS r WHERE r.user_id = @me ORDER BY r.id DESC LIMIT 200`, pgx.NamedArgs{"me": usual, "now": testdb.Now})
	ask("what is kept, counted", countSQL(Classes()), hot)
	ask("consents of a person", consentSQL, usual)
	ask("agreed, of 2,000", agreedSQL, many(2000), "survey")
	ask("names of a board, 50", `SELECT p.id, p.name, (p.hide_name OR NOT p.active) AS hidden FROM app_user AS p WHERE p.id = ANY ($1::int4[])`, many(50))
	ask("forget looks of a year ago", `DELETE FROM person_view WHERE day < $1`, testdb.Now.AddDate(-1, 0, 0))
	ask("forget copies", `DELETE FROM data_export WHERE asked_at < $1 OR ready_at IS NULL AND asked_at < $2`, testdb.Now.Add(-exportLife), testdb.Now.Add(-exportDead))
	for _, class := range Classes() {
		for _, t := range class.Tables {
			if t.Columns != "" {
				ask("copy: "+t.file(), fmt.Sprintf(`SELECT "%s" FROM %s WHERE %s = $1`, strings.Join(strings.Fields(t.Columns), `", "`), t.Name, t.column()), hot)
			}
		}
	}
	text := "| Statement | ms | pages | read whole |\n|---|---:|---:|---|\n" + strings.Join(lines, "\n") + "\n"
	b.Log("\n" + text)
	if file := os.Getenv("PLANS"); file != "" {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

func many(n int) []int32 {
	people := make([]int32, n)
	for i := range people {
		people[i] = int32(1_000_000 + i*37)
	}
	return people
}

// crowd are the statements that fill the tables. The first person is looked at 20,000 times.
func crowd() []string {
	return []string{
		`SET statement_timeout = 0`,
		`SET session_replication_role = replica`,
		`INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
			SELECT n, nullif(1, n), CASE n WHEN 1 THEN ARRAY[1] ELSE ARRAY[1, n] END, 'agency', 'K' || n, 'Dinas ' || n, 'D', 'Asia/Makassar', now() FROM generate_series(1, 1200) AS n`,
		`INSERT INTO app_user (id, name, email, created_at) OVERRIDING SYSTEM VALUE SELECT 1000000 + n, 'Orang ' || n, n || '@uji.example', now() FROM generate_series(0, 99999) AS n`,
		`INSERT INTO placement (user_id, from_day, unit_id, agency_id) SELECT 1000000 + n, '2026-01-01', 2 + n % 1199, 2 + n % 1199 FROM generate_series(0, 99999) AS n`,
		`INSERT INTO user_role (user_id, agency_id, role, granted_at) SELECT 1000000 + n, 2 + n % 1199, 'operator', now() FROM generate_series(1, 1999) AS n`,
		`INSERT INTO audit_log (at, actor_id, agency_id, action, subject) SELECT '2026-01-01'::timestamptz + n * interval '25 seconds', 1000000 + n % 2000, 1, 'user.change',
			'user/' || 1000000 + CASE WHEN n % 50 = 0 THEN 0 ELSE n::int8 * 7919 % 100000 END FROM generate_series(1, 1000000) AS n`,
		`INSERT INTO person_view (user_id, day, viewer_id, what, times, at) SELECT 1000000 + CASE WHEN n % 50 = 0 THEN 0 ELSE n::int8 * 7919 % 100000 END,
			'2025-11-24'::date + n / 2740, 1000000 + n % 2000, 'list', 1, '2025-11-24'::timestamptz + n * interval '30 seconds' FROM generate_series(1, 1000000) AS n ON CONFLICT DO NOTHING`,
		`INSERT INTO data_request (user_id, agency_id, kind, text, state, at, due_at, closed_at) SELECT 1000000 + n::int8 * 7919 % 100000, 2 + n * 31 % 1199, 'information', 'Mohon', CASE WHEN n > 99500 THEN 'received' ELSE 'done' END,
			'2026-01-01'::timestamptz + n * interval '4 minutes', '2026-01-04'::timestamptz + n * interval '4 minutes', CASE WHEN n > 99500 THEN NULL ELSE '2026-01-03'::timestamptz + n * interval '4 minutes' END FROM generate_series(1, 100000) AS n`,
		`INSERT INTO consent (user_id, kind, version, given, at) SELECT 1000000 + n % 100000, (ARRAY['public_name', 'account_link', 'survey'])[1 + n / 100000], 1, n % 3 > 0, now() FROM generate_series(0, 299999) AS n`,
		`INSERT INTO privacy_ack (user_id, version, at) SELECT 1000000 + n, 1, now() FROM generate_series(0, 99999) AS n`,
		`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at) SELECT 1000000 + n % 100000, 1 + n / 100000, 1, 'share', 'D', 1, 1, '2026-11-01', now(), now() FROM generate_series(0, 999999) AS n`,
		`INSERT INTO notice (user_id, key, kind, content_id, by_id, at) SELECT 1000000 + n % 100000, 'k/' || n / 100000, 'prompt', 1 + n / 100000, CASE WHEN n % 10 = 0 THEN 1000000 + n % 2000 END, now() FROM generate_series(0, 999999) AS n`,
		`CREATE TABLE IF NOT EXISTS click_all PARTITION OF click DEFAULT`,
		`INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule) SELECT '2026-01-01'::timestamptz + n * interval '25 seconds', n, 1, 1000000 + n::int8 * 7919 % 100000, 1, 0, '1'::"char", '0'::"char", '0'::"char", '1'::"char" FROM generate_series(1, 1000000) AS n`,
		`RESET session_replication_role`,
		`VACUUM ANALYZE`,
	}
}
