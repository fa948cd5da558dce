package integrity

import (
	"flag"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/period"
	"gaung/internal/seal"
	"gaung/internal/testdb"
)

var plans = flag.Bool("plans", false, "print the plans of the check's statements")

// BenchmarkCheckOfAMillion gathers, judges and notes a day with a million readers of 100,000 people's links from 40,000
// addresses, 10,000 of which carry most of it; and three hundred people whom scripts read, from one address, without what
// browsers send, or from networks from which nobody else is read.
func BenchmarkCheckOfAMillion(b *testing.B) {
	d := testdb.Fresh(b)
	ring, err := seal.ParseRing("1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
	if err != nil {
		b.Fatal(err)
	}
	if err := click.New(d, ring, "https://gaung.example").Prepare(b.Context()); err != nil {
		b.Fatal(err)
	}
	day := period.VisitorDay(testdb.Now)
	from := period.VisitorDayEnd(day.Add(-1))
	err = d.Tx(b.Context(), func(tx *db.Tx) error {
		return db.ExecAll(b.Context(), tx, db.Args{"from": from, "day": day.String()},
			`SET LOCAL statement_timeout = '10min'`,
			`CREATE TEMP TABLE made ON COMMIT DROP AS SELECT i, (random() * random() * 40000)::int AS address, (random() * random() * 800)::int AS agent,
				(random() * random() * 100000)::int AS person, (random() * 12)::int AS content, random() AS late, false AS bare FROM generate_series(1, 1150000) AS i`,
			`INSERT INTO made SELECT 8 * i + 1, 50000 + CASE i % 3 WHEN 0 THEN i % 300 WHEN 1 THEN i % 5000 ELSE 16 * i END, (random() * 800)::int,
				200000 + i % 300, 13 + i % 3, random(), i % 3 = 1 FROM generate_series(1, 45000) AS i`,
			`INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
				SELECT @from::timestamptz + late * interval '23 hours 59 minutes', hashtext(address || '/' || agent), content, person, 1, agent,
				1::int4::"char", (CASE WHEN i % 8 = 0 THEN 6 ELSE 1 END)::int4::"char", (CASE WHEN i % 8 = 0 THEN 2 ELSE 1 END)::int4::"char", 2::int4::"char" FROM made`,
			`INSERT INTO click_origin (address, day, visitor, block, bare)
				SELECT DISTINCT address, @day::date, hashtext(address || '/' || agent), address / 16, bare FROM made`,
			`INSERT INTO click_sharer (user_id, day, address, visitor, at) SELECT i, @day::date, (random() * 40000)::int, i, @from FROM generate_series(1, 100000) AS i`)
	})
	if err == nil {
		err = d.Analyze(b.Context())
	}
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		err := d.Tx(b.Context(), func(tx *db.Tx) error {
			began := time.Now()
			f, err := gather(b.Context(), tx, day)
			gathered, judging := time.Since(began), time.Now()
			found := detect(f)
			judged, noting := time.Since(judging), time.Now()
			reasons := map[string]int{}
			for _, one := range found {
				if reasons[one.Reason.String()]++; err == nil {
					err = note(b.Context(), tx, day, one)
				}
			}
			b.Logf("gathered in %s, judged in %s, noted in %s: %d people, %d at addresses, %d at blocks, %d sites, %d ties, found %v", gathered.Round(time.Millisecond),
				judged.Round(time.Millisecond), time.Since(noting).Round(time.Millisecond), len(f.persons), len(f.addresses), len(f.blocks), len(f.sites), len(f.ties), reasons)
			if err == nil && *plans {
				explain(b, tx, day)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

var parameter = regexp.MustCompile(`@\w+`)

// explain prints the plans as they run, with what they held in memory and what they wrote aside.
func explain(b *testing.B, tx *db.Tx, day period.Day) {
	values := map[string]string{"@day": "'" + day.String() + "'", "@from": "'" + period.VisitorDayEnd(day.Add(-1)).Format(time.RFC3339) + "'",
		"@until": "'" + period.VisitorDayEnd(day).Format(time.RFC3339) + "'", "@least": "3"}
	_, gathering, _ := strings.Cut(query("gather"), " AS\n")
	statements := map[string]string{"1 gather": gathering, "2 persons": query("persons"), "3 addresses": strings.ReplaceAll(query("spots"), "PLACE", "address"),
		"4 blocks": strings.ReplaceAll(query("spots"), "PLACE", "block"), "5 sites": strings.ReplaceAll(query("sites"), "PLACE", "address"), "5 offices": strings.ReplaceAll(query("sites"), "PLACE", "block"), "6 ties": query("ties")}
	for which, text := range visitorsOf {
		statements["7 "+string(which)] = strings.NewReplacer("$1", "200001", "$2", values["@day"]).Replace(text)
	}
	set := func(statement string) {
		if _, err := tx.Pgx().Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	set(`DROP INDEX day_click_user_id_idx, day_click_block_user_id_idx`) // they are made when the sums are done
	for _, name := range slices.Sorted(maps.Keys(statements)) {
		if name == "7 bare" { // the first of the seventh
			set(`CREATE INDEX ON day_click (user_id)`)
			set(`CREATE INDEX ON day_click (block, user_id) WHERE valid`)
		}
		text := parameter.ReplaceAllStringFunc(statements[name], func(p string) string { return values[p] })
		rows, err := tx.Pgx().Query(b.Context(), `EXPLAIN (ANALYZE, BUFFERS) `+text)
		if err != nil {
			b.Fatal(err)
		}
		var all strings.Builder
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				b.Fatal(err)
			}
			all.WriteString(line + "\n")
		}
		if err := rows.Err(); err != nil {
			b.Fatal(err)
		}
		fmt.Printf("%s\n%s\n", name, all.String()) // a benchmark cuts its log short
	}
}
