package notice_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/push"
)

// BenchmarkWave is what it costs to prompt 60,000 people in one go, among a million: seconds for the wave, and
// milliseconds for a minute's slice of one that is spread over four hours. And 10,000 sharers of a recall.
func BenchmarkWave(b *testing.B) {
	for b.Loop() {
		o := newOffice(b, time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
		o.crowd(3)
		fill(b, o)
		began := time.Now()
		item := o.live("pengumuman", 0)
		b.ReportMetric(time.Since(began).Seconds(), "begin-s")
		began = time.Now()
		if err := o.notice.Prompt(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "wave-s")
		if n := len(o.prompted(item)); n < 60_000 {
			b.Fatalf("%d", n)
		}
		slow := o.live("pengumuman", 240)
		*o.now = o.now.Add(time.Minute)
		began = time.Now()
		if err := o.notice.Prompt(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "minute-ms")
		if n := len(o.prompted(slow)); n < 100 || n > 1500 {
			b.Fatalf("%d in a minute", n)
		}
		if _, err := o.DB.Pool().Exec(b.Context(), `INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at)
			SELECT user_id, $1, 1, 'share', 'D', 1, 1, '2026-11-23', now(), now() FROM notice WHERE content_id = $1 ORDER BY user_id LIMIT 10000`, item.ID); err != nil {
			b.Fatal(err)
		}
		if _, err := o.Content.Recall(b.Context(), o.publish[2], item.ID, "Angka keliru.", 0); err != nil {
			b.Fatal(err)
		}
		began = time.Now()
		if err := o.notice.HearContent(b.Context(), content.NewsJob{ContentID: item.ID, What: "recalled"}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "recall-s")
	}
}

// fill puts a million people into a thousand offices; those of sixty are below the region, and get its contents.
func fill(b *testing.B, o *office) {
	run := func(query string, args ...any) {
		if _, err := o.DB.Pool().Exec(b.Context(), query, args...); err != nil {
			b.Fatal(err)
		}
	}
	run(`INSERT INTO agency (id, path, kind, code, name, short_name, zone, created_at) OVERRIDING SYSTEM VALUE
		SELECT 100000 + i, ARRAY[100000 + i], 'agency', 'BENCH' || i, 'Kantor', 'K', (ARRAY['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'])[i % 3 + 1], now()
		FROM generate_series(1, 1000) AS i`)
	for part := range 20 { // the database gives a statement fifteen seconds
		run(`WITH made AS (
				INSERT INTO app_user (name, email, created_at) SELECT 'Orang', 'banyak' || i || '@uji.example', now() FROM generate_series(1, 50000) AS i RETURNING id
			), numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM made)
			INSERT INTO placement (user_id, from_day, unit_id, agency_id) SELECT id, '2026-01-01', 100000 + a, 100000 + a
			FROM (SELECT id, $1 * 50 + 1 + (n - 1) / 1000 AS a FROM numbered) AS placed`, part)
	}
	run(`ANALYZE`)
	run(`UPDATE agency SET parent_id = $1, path = ARRAY[$1, id] WHERE id BETWEEN 100001 AND 100060`, o.Region.ID)
}

// taker is a push service that takes everything at once: what is measured is our own part.
type taker struct {
	notice.Pusher
	taken atomic.Int64
}

func (k *taker) Send(context.Context, push.Device, push.Message) error { k.taken.Add(1); return nil }

// BenchmarkPush is what it costs to reach 10,000 devices of 60,000 people, among a million: seconds to tell them
// all, seconds to hand all messages over, and seconds for 2,000 summaries that are due at the same hour.
func BenchmarkPush(b *testing.B) {
	for b.Loop() {
		p := newPusher(b, morning())
		p.crowd(3)
		fill(b, p.office)
		all := &taker{Pusher: p.service.post(p.Ring)}
		p.notice.PushBy(all, p.Ring, slog.New(slog.DiscardHandler))
		var people []id.User
		found, err := db.All[struct{ UserID id.User }](b.Context(), p.DB, `SELECT user_id FROM placement WHERE unit_id BETWEEN 100001 AND 100060 ORDER BY user_id % 6, user_id LIMIT 10000`)
		if err != nil {
			b.Fatal(err)
		}
		for i, one := range found {
			people = append(people, one.UserID)
			p.device(org.Actor{User: one.UserID}, fmt.Sprint("ponsel ", i))
		}
		p.exec(`INSERT INTO notice_wish (user_id, pace, hour, next_at, since) SELECT user_id, 'daily', 10, $1::timestamptz, $1::timestamptz - interval '1 day' FROM unnest($2::int4[]) AS user_id`, *p.now, people[:2000])
		p.exec(`ANALYZE`)
		measure := func(name string, do func() error) {
			began := time.Now()
			if err := do(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(time.Since(began).Seconds(), name)
		}
		p.live("pengumuman", 0)
		measure("told-s", func() error { return p.notice.Prompt(b.Context()) })
		measure("pushed-s", func() error { return p.notice.Push(b.Context()) })
		if n := all.taken.Load(); n != 8000 || p.left() != 0 { // 2,000 wish for a summary instead
			b.Fatalf("%d of 8,000 devices, %d left", n, p.left())
		}
		measure("digest-s", func() error { return p.notice.Digest(b.Context()) })
		if n := len(p.peer.Letters()); n != 2000 {
			b.Fatalf("%d summaries", n)
		}
	}
}
