package server

import (
	"testing"

	"gaung/internal/org"
)

// Numbers of what BenchmarkPlans fills in: they tell the rows apart from those that the kit makes.
const (
	planned  = 1_000_000 // the first content
	hotItem  = planned + 3
	goneItem = planned + 9
	manyOf   = 1_000_000 // the first person, campaign, directive, media
)

// fillPlans makes a country of two provinces, of which the kit's region is one: 1,200 nodes in seven levels, 100,000
// people, 50,000 contents (2,000 planned in December), a million acts, and what hangs on them. The places of a
// number decide, so that every run has the same rows.
func fillPlans(b *testing.B, s *site, me org.Actor) {
	b.Helper()
	conn, err := s.DB.Pool().Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	run := func(statement string, args ...any) {
		b.Helper()
		if _, err := conn.Exec(b.Context(), statement, args...); err != nil {
			b.Fatalf("%s: %v", statement, err)
		}
	}
	run(`SET statement_timeout = 0`)
	run(`SET session_replication_role = replica`) // foreign keys of our own rows need no look
	fillPeople(run, s)
	fillTexts(run)
	fillDone(run, me)
	fillDesks(run, s)
	run(`RESET session_replication_role`)
	run(`RESET statement_timeout`)
	run(`VACUUM ANALYZE`)
}

type runner = func(statement string, args ...any)

func fillPeople(run runner, s *site) {
	run(`INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
		VALUES (900000, NULL, ARRAY[900000], 'region', 'LAIN', 'Provinsi lain', 'Lain', 'Asia/Jakarta', now())`)
	run(`INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
		SELECT 100000 + n * 10, root, ARRAY[root, 100000 + n * 10], 'agency', 'P' || n, 'Dinas ' || n, 'D' || n, 'Asia/Makassar', now()
		FROM generate_series(1, 200) AS n, LATERAL (SELECT CASE WHEN n % 2 = 0 THEN $1::int4 ELSE 900000 END AS root) AS r`, s.Region.ID)
	for level := range 5 { // each unit below the one before
		run(`INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
			SELECT p.id + 1, p.id, p.path || (p.id + 1), 'unit', 'U' || p.id, 'Bidang ' || p.id, 'B', p.zone, now()
			FROM agency AS p WHERE p.id BETWEEN 100010 AND 102009 AND p.id % 10 = $1`, level)
	}
	run(`INSERT INTO app_user (id, name, email, created_at) OVERRIDING SYSTEM VALUE
		SELECT 1000000 + n, 'Orang ' || n, 'banyak' || n || '@uji.example', now() FROM generate_series(0, 99999) AS n`)
	run(`INSERT INTO placement (user_id, from_day, unit_id, agency_id)
		SELECT 1000000 + n, '2026-01-01', 100010 + n % 200 * 10 + n / 200 % 6, 100010 + n % 200 * 10 FROM generate_series(0, 99999) AS n`)
	run(`INSERT INTO user_role (user_id, agency_id, role)
		SELECT 1000000 + n, 100010 + n % 200 * 10, (ARRAY['author', 'approver', 'publisher'])[1 + n / 200] FROM generate_series(0, 599) AS n`)
	run(`INSERT INTO eligible_day (node_id, day, people)
		SELECT a.id, day, 83 FROM agency AS a, generate_series(date '2026-09-01', date '2026-11-22', '1 day') AS day ON CONFLICT DO NOTHING`)
}

// fillTexts: of 25 contents one is planned in December. Half of all are our region's.
func fillTexts(run runner) {
	run(`INSERT INTO content (id, agency_id, author_id, state, version, approved_version, slug, published_at, publish_at, ends_at, recalled_at, recall_reason, round, created_at, updated_at)
		OVERRIDING SYSTEM VALUE
		SELECT 1000000 + n, 100010 + n % 200 * 10, 1000000 + n % 200, state, 1, 1, 's' || n,
		       CASE WHEN state IN ('live', 'ended', 'recalled') THEN at END,
		       CASE WHEN state = 'scheduled' THEN timestamptz '2026-12-01' + n / 25 * interval '22 minutes' END,
		       CASE WHEN n % 3 = 0 AND state IN ('live', 'ended') THEN at + interval '30 days' END,
		       CASE WHEN state = 'recalled' THEN at + interval '1 hour' END, CASE WHEN state = 'recalled' THEN 'Keliru.' ELSE '' END, 1, at, at
		FROM generate_series(0, 49999) AS n,
		     LATERAL (SELECT timestamptz '2026-11-22' - (50000 - n) * interval '10 minutes' AS at, CASE n % 25 WHEN 1 THEN 'scheduled' WHEN 9 THEN 'recalled' WHEN 5 THEN 'draft'
		       WHEN 6 THEN 'in_review' WHEN 7 THEN 'approved' WHEN 8 THEN 'changes_requested' ELSE CASE WHEN n % 5 < 2 THEN 'ended' ELSE 'live' END END AS state) AS x`)
	run(`INSERT INTO content_version (content_id, no, author_id, at, hash, title, summary, body, kind, pillar, stage, topic, classification, landing_url, hashtags, captions, official_posts, images)
		SELECT id, 1, author_id, created_at, '\x00', 'Layanan keliling singgah di desa ke-' || id, 'Ringkasan.', repeat('Isi yang panjang. ', 60),
		       (ARRAY['poster', 'artikel', 'infografis'])[1 + id % 3], (ARRAY['product', 'regional', 'personal'])[1 + id % 3], 'akan',
		       (ARRAY['kesehatan', 'pendidikan', 'lingkungan', 'infrastruktur'])[1 + id % 4], 'terbuka', '', '["#Uji"]',
		       '[{"text": "Satu."}, {"text": "Dua."}, {"text": "Tiga."}]', '[]', jsonb_build_array(jsonb_build_object('name', 'gambar-' || id % 20000 || '.jpg', 'alt', 'Gambar', 'forms', '[]'::jsonb))
		FROM content WHERE id >= 1000000`)
	run(`INSERT INTO content_search (content_id, agency_id, kind, pillar, topic, title, words)
		SELECT c.id, c.agency_id, v.kind, v.pillar, v.topic, search_title(v.title), search_words(v.title, v.summary, v.body, v.captions, v.hashtags)
		FROM content AS c JOIN content_version AS v ON v.content_id = c.id WHERE c.id >= 1000000`)
	run(`INSERT INTO content_target (node_id, content_id, published_at)
		SELECT CASE c.id % 10 WHEN 0 THEN a.path[1] ELSE c.agency_id END, c.id, c.published_at FROM content AS c JOIN agency AS a ON a.id = c.agency_id WHERE c.id >= 1000000`)
	run(`INSERT INTO content_review (content_id, round, version, chain, step, node_id, persons, began_at, step_at)
		SELECT id, 1, 1, '{"steps": [{"name": "Pemeriksaan"}], "repeats": false}', 1, agency_id, '{}', created_at, created_at FROM content WHERE id >= 1000000`)
	run(`INSERT INTO content_decision (content_id, version, step, decision, approver_id, at, round, final)
		SELECT id, 1, 1, 'approved', 1000200 + id % 200, created_at, 1, true FROM content WHERE id >= 1000000 AND state NOT IN ('draft', 'in_review', 'changes_requested')`)
	run(`INSERT INTO content_wish (content_id, at) SELECT id, timestamptz '2026-12-01' + id % 1000 * interval '40 minutes' FROM content WHERE id >= 1000000 AND state = 'draft'`)
}

// fillDone: 900,000 acts over all contents and 100,000 of one; one recalled content that 100,000 people were told of.
func fillDone(run runner, me org.Actor) {
	run(`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at, caption)
		SELECT 1000000 + n % 100000, 1000000 + (n::int8 * 7919 + n / 100000 * 17) % 50000, n % 7 + 1, 'share', 'D', 100010, 100010, date '2026-11-22' - n % 340, now(), now(), n % 4 - 1
		FROM generate_series(0, 899999) AS n ON CONFLICT DO NOTHING`)
	run(`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at, caption)
		SELECT 1000000 + n, item, 8, 'share', 'D', 100010, 100010, date '2026-11-22' - n % 30, now(), now(), n % 3
		FROM generate_series(0, 99999) AS n, unnest(ARRAY[1000003, 1000009]) AS item ON CONFLICT DO NOTHING`)
	run(`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at, caption)
		SELECT $1, 1000000 + n * 25 + 9, 1, 'share', 'D', 100010, 100010, '2026-11-21', now(), now(), 0 FROM generate_series(0, 99) AS n`, me.User)
	run(`INSERT INTO recall_round (content_id, sharers, began_at, done_at) SELECT id, 100000, recalled_at, recalled_at FROM content WHERE id >= 1000000 AND state = 'recalled'`)
	run(`INSERT INTO recall_told (user_id, content_id, told_at, again_at)
		SELECT 1000000 + n, item, now(), CASE WHEN n % 2 = 0 THEN now() END FROM generate_series(0, 99999) AS n, unnest(ARRAY[1000009, 1000034]) AS item`)
	run(`INSERT INTO notice (user_id, key, kind, content_id, at) SELECT 1000000 + n % 100000, 'live/' || n, 'prompt', 1000000 + n % 50000, timestamptz '2026-11-22' - n % 500 * interval '1 hour'
		FROM generate_series(0, 499999) AS n`)
	run(`INSERT INTO prompt_held (user_id, content_id, due_at) SELECT 1000000 + n, 1000000 + n % 4, timestamptz '2026-11-22' + n % 6000 * interval '1 second' FROM generate_series(0, 99999) AS n`)
	run(`INSERT INTO prompt_wave (content_id, zone, began_at, spread, urgent, people, passed, done_at) SELECT id, 'Asia/Makassar', published_at, 240, false, 83, 1048576, published_at FROM content WHERE id >= 1000000 AND published_at IS NOT NULL`)
	run(`INSERT INTO rollup_content_day (content_id, day, valid, people, repeats, machines) SELECT 1000000 + n, date '2026-11-22' - d, 5, 4, 1, 0 FROM generate_series(0, 49999) AS n, generate_series(0, 9) AS d`)
}

func fillDesks(run runner, s *site) {
	run(`INSERT INTO working_copy (user_id, content_id, revision, version, device, draft, at) SELECT 1000000 + n % 200, 1000000 + n, n, 1, 'uji', '{}', now() FROM generate_series(0, 49999) AS n`)
	run(`INSERT INTO media (id, agency_id, kind, state, hash, name, bytes, file, files, added_by, at) OVERRIDING SYSTEM VALUE
		SELECT 1000000 + n, CASE WHEN n % 50 = 0 THEN $1 ELSE 100010 + n % 200 * 10 END, 'picture', 'ready', 'h' || n, 'Foto kegiatan ' || n || ' desa', 1000, 'gambar-' || n || '.jpg', ARRAY['gambar-' || n || '.jpg'], 1000001, now()
		FROM generate_series(0, 49999) AS n`, s.Region.ID)
	run(`INSERT INTO account (agency_id, network, handle, kind, created_at, updated_at) SELECT 100010 + n % 200 * 10, 'instagram', 'akun.' || n, 'official', now(), now() FROM generate_series(0, 19999) AS n`)
	run(`INSERT INTO election (node_id, author_id, name, from_day, to_day, begins_at, ends_at, watch, created_at, updated_at)
		SELECT 100010 + n % 200 * 10, 1, 'Pemilihan ' || n, date '2020-01-01' + n, date '2020-01-10' + n, timestamptz '2020-01-01' + n * interval '1 day', timestamptz '2020-01-11' + n * interval '1 day',
		       '{"words": [], "names": [], "accounts": []}', now(), now() FROM generate_series(0, 1999) AS n`)
	run(`INSERT INTO campaign (id, agency_id, author_id, name, goal, from_day, to_day, people_target, shares_target, created_at, updated_at) OVERRIDING SYSTEM VALUE
		SELECT 1000000 + n, 100010 + n % 200 * 10, 1, 'Kampanye ' || n, 'Uji', '2026-01-01', '2026-12-31', 1000000, 100000, now(), now() FROM generate_series(0, 999) AS n`)
	run(`INSERT INTO campaign_content (content_id, campaign_id) SELECT 1000000 + n, 1000000 + CASE WHEN n < 1000 THEN 1 ELSE n % 1000 END FROM generate_series(0, 49999) AS n`)
	run(`INSERT INTO directive (id, agency_id, author_id, state, number, title, body, signer, signed_on, issued_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
		SELECT 1000000 + n, CASE WHEN n < 20 THEN $1 ELSE 100010 + n % 200 * 10 END, 1, 'issued', 'A/' || n, 'Arahan ' || n, repeat('Isi. ', 200), 'Sekretaris', '2026-11-01', now(), now(), now() FROM generate_series(0, 1999) AS n`, s.Region.ID)
	run(`INSERT INTO directive_target (node_id, directive_id) SELECT DISTINCT CASE WHEN n < 100 THEN $1 ELSE 100010 + (n + k * 2) % 200 * 10 END, 1000000 + n FROM generate_series(0, 1999) AS n, generate_series(0, 4) AS k`, s.Region.ID)
	run(`INSERT INTO directive_content (directive_id, content_id) SELECT 1000000 + n, 1000000 + n * 25 + k FROM generate_series(0, 1999) AS n, generate_series(0, 4) AS k`)
	run(`INSERT INTO directive_read (user_id, directive_id, at) SELECT 1000000 + n % 100000, 1000000 + CASE WHEN n < 300000 THEN n / 100000 ELSE 3 + n % 1997 END, now() FROM generate_series(0, 999999) AS n ON CONFLICT DO NOTHING`)
}
