package content_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/testdb"
)

// BenchmarkSearch searches 50,000 contents of 40 agencies, one of which has few. SEARCH_PLANS=1 prints how.
func BenchmarkSearch(b *testing.B) {
	d := testdb.Open(b, testdb.FreshURL(b), func() time.Time { return testdb.Now })
	fillSearch(b, d, 50_000)
	service := content.New(d, nil)
	day := period.DayOf(2026, 11, 1)
	for _, who := range []struct {
		name string
		node id.Agency
	}{{"province", 1}, {"small-agency", 41}} {
		actor := org.Actor{User: 1, Zone: "Asia/Makassar", Grants: []org.Grant{{Role: org.Author, Agency: who.node}}}
		for _, c := range []struct {
			name string
			content.Filter
		}{
			{"frequent", content.Filter{Search: "pelayanan"}},
			{"rare", content.Filter{Search: "zimpaleko"}},
			{"two-words", content.Filter{Search: "jadwal vaksinasi"}},
			{"typing", content.Filter{Search: "layanan keseh"}},
			{"frequent-filtered", content.Filter{Search: "masyarakat", State: content.Live, Pillar: "product", Topic: "kesehatan"}},
			{"frequent-days", content.Filter{Search: "masyarakat", From: &day, Kind: "poster"}},
		} {
			c.Ask = page.Ask{Limit: 25}
			b.Run(who.name+"/"+c.name, func(b *testing.B) { timeSearch(b, service, actor, c.Filter) })
		}
		b.Run(who.name+"/counts", func(b *testing.B) {
			for b.Loop() {
				if _, err := service.Counts(b.Context(), actor, content.Filter{Search: "pelayanan"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func timeSearch(b *testing.B, service *content.Service, actor org.Actor, f content.Filter) {
	if os.Getenv("SEARCH_PLANS") != "" {
		plan, err := service.Explain(b.Context(), actor, f)
		if err != nil {
			b.Fatal(err)
		}
		fmt.Println(b.Name() + "\n" + plan)
	}
	var took []time.Duration
	hits := 0
	for b.Loop() {
		began := time.Now()
		found, err := service.List(b.Context(), actor, f)
		if err != nil {
			b.Fatal(err)
		}
		took, hits = append(took, time.Since(began)), len(found.Items)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(hits), "hits")
}

// The words of a province: openings, doings, matters, and what one adds. Names of places come by chance.
var (
	openings = strings.Split("Pemerintah provinsi|Dinas kesehatan|Dinas pendidikan|Badan penanggulangan bencana|Petugas pelayanan|Kepala dinas|Kelurahan|Puskesmas|Rumah sakit daerah|Perpustakaan umum|Dinas perhubungan|Kantor pertanahan|Penyuluh pertanian|Satuan polisi pamong praja", "|")
	doings   = strings.Split("membuka|menyiapkan|memperpanjang|menyosialisasikan|meresmikan|memperbaiki|menyalurkan|mengimbau|mempercepat|mendampingi|melayani|mengumumkan|menertibkan|memeriksa|membagikan|menyelenggarakan", "|")
	matters  = strings.Split("jadwal vaksinasi anak|pendaftaran siswa baru|bantuan pangan|pelayanan kependudukan keliling|perizinan usaha kecil|perbaikan jalan|pembayaran pajak kendaraan|pencegahan demam berdarah|pelatihan kewirausahaan|penanaman pohon|pemeriksaan kesehatan gratis|pengelolaan sampah|peringatan dini banjir|kartu identitas anak|pasar murah|beasiswa mahasiswa|angkutan sekolah|penyuluhan gizi|sertifikat tanah|donor darah", "|")
	extras   = strings.Split("bagi masyarakat di pelosok|tanpa dipungut biaya|mulai pekan depan|sampai akhir bulan|dengan membawa dokumen asli|melalui aplikasi resmi|pada jam kerja|agar warga lebih mudah|sesuai peraturan daerah|bersama perangkat desa|dan masyarakat diharapkan hadir|supaya pelayanan makin cepat", "|")
	topics   = []string{"kesehatan", "pendidikan", "layanan_publik", "infrastruktur", "lingkungan", "pariwisata"}
)

func place(dice *rand.Rand) string {
	syllables := []string{"ba", "su", "ra", "la", "ma", "pa", "le", "ko", "ti", "wa", "nu", "sa"}
	name := ""
	for range 3 + dice.IntN(2) {
		name += syllables[dice.IntN(len(syllables))]
	}
	return name
}

func sentence(dice *rand.Rand) string {
	one := func(list []string) string { return list[int(float64(len(list))*dice.Float64()*dice.Float64())] } // the first are the most frequent
	return fmt.Sprintf("%s %s %s %s di %s %s.", one(openings), place(dice), one(doings), one(matters), place(dice), one(extras))
}

func sentences(dice *rand.Rand, n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = sentence(dice)
	}
	return strings.Join(parts, " ")
}

func fillSearch(b *testing.B, d *db.DB, all int) {
	b.Helper()
	run := func(statement string, args ...any) {
		b.Helper()
		if _, err := db.Exec(b.Context(), d, statement, args...); err != nil {
			b.Fatal(err)
		}
	}
	run(`INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
		 SELECT 1, NULL, ARRAY[1], 'region', 'R', 'Provinsi', 'Provinsi', 'Asia/Makassar', now()
		 UNION ALL SELECT n, 1, ARRAY[1, n], 'agency', 'A' || n, 'Dinas ' || n, 'Dinas ' || n, 'Asia/Makassar', now() FROM generate_series(2, 41) AS n`)
	run(`INSERT INTO app_user (id, name, email, created_at) OVERRIDING SYSTEM VALUE SELECT n, 'Orang', n || '@uji.example', now() FROM generate_series(1, 200) AS n`)
	dice := rand.New(rand.NewPCG(1, 2))
	const batch = 5_000
	for from := 0; from < all; from += batch {
		title, summary, body := make([]string, batch), make([]string, batch), make([]string, batch)
		for i := range batch {
			title[i], summary[i], body[i] = sentence(dice), sentences(dice, 2), sentences(dice, 20)
			if (from+i)%5_000 == 77 {
				body[i] += " Zimpaleko."
			}
		}
		run(`INSERT INTO content (id, agency_id, author_id, state, version, slug, approved_version, published_at, publish_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
			SELECT n, CASE WHEN n % 250 = 0 THEN 41 ELSE 2 + n % 39 END, 1 + n % 200, (ARRAY['draft', 'in_review', 'approved', 'live', 'live', 'live', 'ended', 'ended', 'scheduled', 'ended'])[1 + n % 10], 1, 's' || n, 1,
			       timestamptz '2026-11-30' - (50000 - n) * interval '10 minutes', CASE WHEN n % 10 = 8 THEN timestamptz '2026-11-22' + n % 2000 * interval '20 minutes' END,
			       now(), timestamptz '2026-11-22' - (50000 - n) * interval '10 minutes' FROM generate_series($1::int4, $2::int4) AS n`, from+1, from+batch)
		run(`INSERT INTO content_target (node_id, content_id) SELECT CASE n % 3 WHEN 0 THEN 1 ELSE agency_id END, id FROM (SELECT id AS n, id, agency_id FROM content WHERE id BETWEEN $1 AND $2) AS c`, from+1, from+batch)
		run(`INSERT INTO content_version (content_id, no, author_id, at, hash, title, summary, body, kind, pillar, stage, topic, classification, landing_url, hashtags, captions, official_posts)
			SELECT $1::int4 + o, 1, 1, now(), '', left(t, 200), left(s, 500), b, (ARRAY['poster', 'artikel', 'infografis'])[1 + o % 3], (ARRAY['product', 'regional', 'personal'])[1 + o % 3], 'akan',
			       ($5::text[])[1 + o % 6], 'terbuka', '', '["#LayananCepat"]', jsonb_build_array(left(s, 200), left(b, 200), left(t, 100)), '[]'
			FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS x (t, s, b, o)`, from, title, summary, body, topics)
		run(`INSERT INTO content_search (content_id, agency_id, kind, pillar, topic, title, words)
			SELECT c.id, c.agency_id, v.kind, v.pillar, v.topic, search_title(v.title), search_words(v.title, v.summary, v.body, v.captions, v.hashtags)
			FROM content AS c JOIN content_version AS v ON v.content_id = c.id WHERE c.id BETWEEN $1 AND $2`, from+1, from+batch)
	}
	run(`VACUUM ANALYZE`)
}
