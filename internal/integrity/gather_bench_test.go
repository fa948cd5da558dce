package integrity

import (
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/period"
	"gaung/internal/seal"
	"gaung/internal/testdb"
)

// BenchmarkCheckOfAMillion gathers and judges a day with a million readers of 100,000 people's links from 40,000 addresses,
// 10,000 of which carry most of it.
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
				(random() * random() * 100000)::int AS person, (random() * 12)::int AS content, random() AS late FROM generate_series(1, 1150000) AS i`,
			`INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
				SELECT @from::timestamptz + late * interval '23 hours 59 minutes', hashtext(address || '/' || agent), content, person, 1, agent,
				1::int4::"char", (CASE WHEN i % 8 = 0 THEN 6 ELSE 1 END)::int4::"char", (CASE WHEN i % 8 = 0 THEN 2 ELSE 1 END)::int4::"char", 2::int4::"char" FROM made`,
			`INSERT INTO click_origin (address, day, visitor, block, bare)
				SELECT DISTINCT address, @day::date, hashtext(address || '/' || agent), address / 16, false FROM made`,
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
			gathered := time.Since(began)
			found := detect(f)
			b.Logf("gathered in %s, judged in %s: %d people, %d at addresses, %d at blocks, %d sites, %d ties, %d found", gathered.Round(time.Millisecond),
				(time.Since(began) - gathered).Round(time.Millisecond), len(f.persons), len(f.addresses), len(f.blocks), len(f.sites), len(f.ties), len(found))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
