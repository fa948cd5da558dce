package share_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// loaded is a world whose feed is in memory.
func loaded(t testing.TB, d *db.DB) *world {
	t.Helper()
	k := testkit.On(t, d)
	w := &world{k, t, share.New(d, click.New(d, k.Ring, publicURL), publicURL)}
	w.load(w.share)
	return w
}

func (w *world) load(s *share.Service) {
	w.t.Helper()
	if err := s.Load(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refresh(s *share.Service) {
	w.t.Helper()
	if err := s.Refresh(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) turn(actor org.Actor) int64 {
	w.t.Helper()
	got, err := db.Get[struct{ Turn int64 }](w.t.Context(), w.DB, `SELECT coalesce(max(turn), 0) AS turn FROM feed_turn WHERE user_id = $1`, actor.User)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Turn
}

// quick asks memory, as the edge does.
func (w *world) quick(s *share.Service, actor org.Actor, ask page.Ask, has string) (share.Quick, bool) {
	w.t.Helper()
	q, ok, err := s.Quick(w.t.Context(), actor, w.turn(actor), ask, func(tag string) bool { return tag == has })
	if err != nil {
		w.t.Fatal(err)
	}
	return q, ok
}

// page reads what an answer out of memory says.
func (w *world) page(q share.Quick) (text string, feed share.Feed) {
	w.t.Helper()
	var sent bytes.Buffer
	if err := q.Send(&sent); err != nil {
		w.t.Fatal(err)
	}
	if err := json.Unmarshal(sent.Bytes(), &feed); err != nil {
		w.t.Fatal(err, sent.String())
	}
	return sent.String(), feed
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	if _, err := w.DB.Pool().Exec(w.t.Context(), query, args...); err != nil {
		w.t.Fatal(err)
	}
}

// scatter fills the world with contents of every state, age and end, for random nodes.
func (w *world) scatter(r *rand.Rand, nodes []org.Agency, count int) (items []id.Content) {
	w.t.Helper()
	for n := range count {
		published := testdb.Now.Add(-time.Duration(r.IntN(40)) * 6 * time.Hour) // many at one moment
		state, recalled, reason := "live", (*time.Time)(nil), ""
		var ends *time.Time
		switch r.IntN(8) {
		case 0:
			at := testdb.Now.Add(-time.Duration(r.IntN(60)) * 24 * time.Hour)
			state, recalled, reason = "recalled", &at, "Angka keliru."
		case 1:
			at := testdb.Now.Add(time.Duration(r.IntN(3)-1) * time.Hour) // over, just now, or to come
			ends = &at
		case 2:
			state = "ended"
		}
		var item id.Content
		err := w.DB.Pool().QueryRow(w.t.Context(), `
			WITH new AS (
				INSERT INTO content (agency_id, author_id, state, version, approved_version, slug, published_at, ends_at, recalled_at, recall_reason, created_at, updated_at)
				VALUES ($1, 1, $2, 1, 1, 'acak-' || gen_random_uuid(), $3, $4, $5, $6, $3, $3) RETURNING id
			), version AS (
				INSERT INTO content_version (content_id, no, author_id, at, hash, title, summary, body, kind, pillar, stage, topic, classification, landing_url, hashtags, captions, official_posts)
				SELECT id, 1, 1, $3, sha256(id::text::bytea), $7, '<b>&"suggested":0,"acts":[]', 'Isi', $9, '', '', $10, 'terbuka', '', '["#Uji"]', $8,
				       '[{"network": "instagram", "url": "https://www.instagram.com/p/uji/"}]' FROM new
			), decided AS (
				INSERT INTO content_decision (content_id, version, step, decision, approver_id, at) SELECT id, 1, 1, 'approved', 1, $3 FROM new
			) SELECT id FROM new`, nodes[r.IntN(len(nodes))].ID, state, published, ends, recalled, reason, fmt.Sprintf("Judul %d \u2028 \\ \"", n),
			[]string{`["satu"]`, `["satu", "dua", "tiga"]`, `[{"text": "satu", "networks": ["x"]}, {"text": "dua", "register": "santai"}, "tiga"]`, `[{"text": "hanya x", "networks": ["x"]}]`}[r.IntN(4)],
			[]string{"berita", "klarifikasi"}[r.IntN(2)], []string{"umum", "kesehatan", "pajak"}[r.IntN(3)]).Scan(&item)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, at := range r.Perm(len(nodes))[:1+r.IntN(3)] {
			w.exec(`INSERT INTO content_target (node_id, content_id, published_at) VALUES ($1, $2, CASE WHEN $3 THEN $4::timestamptz END)`,
				nodes[at].ID, item, state == "live", published)
		}
		items = append(items, item)
	}
	return items
}

// wishes lets a person want more or less of topics.
func (w *world) wishes(r *rand.Rand, actor org.Actor) {
	w.t.Helper()
	if err := w.share.SetTopics(w.t.Context(), actor, []share.Topic{{Name: "pajak", Wish: r.IntN(3) - 1}, {Name: "kesehatan", Wish: r.IntN(3) - 1}}); err != nil {
		w.t.Fatal(err)
	}
}

// did lets a person mark and do things with some of the contents.
func (w *world) did(r *rand.Rand, actor org.Actor, items []id.Content) {
	w.t.Helper()
	for _, item := range items {
		for _, mark := range []string{"skip", "save"} {
			if r.IntN(5) == 0 {
				w.exec(`INSERT INTO feed_mark VALUES ($1, $2, $3, $4)`, actor.User, mark, item, testdb.Now)
			}
		}
		for number := range r.IntN(3) {
			w.exec(`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at)
				VALUES ($1, $2, $3, 'share', 'C', $4, $4, $5::date, $5, $5)`, actor.User, item, number+1, actor.Unit, testdb.Now.Add(123456*time.Microsecond))
			w.exec(`INSERT INTO act_evidence VALUES ($1, $2, $3, 'share', 'sheet_resolved', 1, $4), ($1, $2, $3, 'share', 'preview_fetched', 2, $4)`,
				actor.User, item, number+1, testdb.Now)
		}
	}
}

// Whatever the tree, the targets, the ends, the marks and the page, memory says byte for byte what SQL
// says; also where a page lies below what memory holds.
func TestMemoryAnswersAsSQLDoes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 7))
			w := loaded(t, testdb.Fresh(t))
			nodes := []org.Agency{w.Region, w.Dinas, w.Unit, w.Agency(w.Region, org.Body)}
			nodes = append(nodes, w.Agency(nodes[3], org.Unit), w.Agency(nodes[3], org.Unit))
			most := 60 + 250*int(seed%2) // in one or two parts: below the ranked one the feed goes on by time
			items := w.scatter(r, nodes, most)
			w.load(w.share)
			items = append(items, w.scatter(r, nodes, 60)...) // these come by refreshing
			w.refresh(w.share)
			for range 8 {
				actor := w.Person(nodes[r.IntN(len(nodes))].ID)
				w.did(r, actor, items)
				w.wishes(r, actor)
				seen := 0
				for ask := (page.Ask{Limit: 1 + r.IntN(12) + most/8}); ; seen++ {
					want, err := w.share.Feed(t.Context(), actor, ask)
					if err != nil {
						t.Fatal(err)
					}
					text, err := share.Encode(want)
					if err != nil {
						t.Fatal(err)
					}
					q, ok := w.quick(w.share, actor, ask, "")
					if got, _ := w.page(q); !ok || got != string(text) {
						t.Fatalf("limit %d, page %d: memory %v says\n%s\nSQL says\n%s", ask.Limit, seen, ok, got, text)
					}
					if ask.After = want.Next; want.Next == "" {
						break
					}
				}
			}
		})
	}
}

// A feed that goes on below what memory holds is told by SQL from there on, with nothing missing.
func TestPagesBelowMemoryComeBySQL(t *testing.T) {
	t.Parallel()
	w := loaded(t, testdb.Fresh(t))
	actor := w.Staff()
	var items []id.Content
	for n := range 10 {
		item := w.Live(fmt.Sprint("Kabar ", n))
		at := testdb.Now.Add(-time.Duration(10-n) * 30 * 24 * time.Hour)
		w.exec(`UPDATE content SET published_at = $2 WHERE id = $1`, item.ID, at)
		w.exec(`UPDATE content_target SET published_at = $2 WHERE content_id = $1`, item.ID, at)
		items = append(items, item.ID)
	}
	w.share.Reach(0)
	w.load(w.share)
	ask, bySQL, got := page.Ask{Limit: 2}, 0, []id.Content{}
	for {
		q, ok := w.quick(w.share, actor, ask, "")
		var feed share.Feed
		if ok {
			_, feed = w.page(q)
		} else {
			bySQL++
			var err error
			if feed, err = w.share.Feed(t.Context(), actor, ask); err != nil {
				t.Fatal(err)
			}
		}
		for _, item := range feed.Items {
			got = append([]id.Content{item.ID}, got...)
		}
		if ask.After = feed.Next; feed.Next == "" {
			break
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(items) || bySQL != 5 { // the ranked part is not wholly in memory either
		t.Errorf("%v of %v, %d pages by SQL", got, items, bySQL)
	}
	w.share.Reach(100)
	w.load(w.share)
	if _, ok := w.quick(w.share, actor, page.Ask{Limit: 20}, ""); !ok {
		t.Error("a small feed is not wholly in memory")
	}
}

func (w *world) shows(s *share.Service, actor org.Actor, item id.Content) (listed, gone bool) {
	w.t.Helper()
	q, ok := w.quick(s, actor, page.Ask{}, "")
	if !ok {
		w.t.Fatal("memory does not answer")
	}
	_, feed := w.page(q)
	for _, one := range feed.Items {
		listed = listed || one.ID == item
	}
	for _, one := range feed.Withdrawn {
		gone = gone || one == item
	}
	return listed, gone
}

// What another server publishes and withdraws is seen at the next look; what this one does, at once.
func TestMemoryFollows(t *testing.T) {
	t.Parallel()
	w := loaded(t, testdb.New(t))
	actor, publisher := w.Staff(), w.Staff(org.Publisher)
	other := share.New(w.DB, click.New(w.DB, w.Ring, publicURL), publicURL)
	w.load(other)
	item := w.Live("Layanan baru")
	if listed, _ := w.shows(other, actor, item.ID); listed {
		t.Error("seen before the look: the test proves nothing")
	}
	w.share.Changed()
	w.refresh(other)
	for name, s := range map[string]*share.Service{"here": w.share, "on another server": other} {
		if listed, gone := w.shows(s, actor, item.ID); !listed || gone {
			t.Errorf("published, %s: listed %v, withdrawn %v", name, listed, gone)
		}
	}
	if _, err := w.Content.Recall(t.Context(), publisher, item.ID, "Angka keliru.", 0); err != nil {
		t.Fatal(err)
	}
	w.share.Changed()
	w.refresh(other)
	for name, s := range map[string]*share.Service{"here": w.share, "on another server": other} {
		if listed, gone := w.shows(s, actor, item.ID); listed || !gone {
			t.Errorf("withdrawn, %s: listed %v, withdrawn %v", name, listed, gone)
		}
	}
}

// A transaction that began early and commits late is not missed, although later ones were seen before it.
func TestLateCommitIsNotMissed(t *testing.T) {
	t.Parallel()
	w := loaded(t, testdb.New(t))
	actor := w.Staff()
	late := w.Live("Terlambat")
	w.refresh(w.share)
	if listed, _ := w.shows(w.share, actor, late.ID); !listed {
		t.Fatal("not there at first")
	}
	slow, err := w.DB.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{`UPDATE content_target SET published_at = NULL WHERE content_id = $1`,
		`UPDATE content SET changed = pg_current_xact_id(), state = 'ended' WHERE id = $1`} {
		if _, err := slow.Exec(t.Context(), change, late.ID); err != nil {
			t.Fatal(err)
		}
	}
	early := w.Live("Lebih dahulu")
	for range 3 {
		w.refresh(w.share)
	}
	if listed, _ := w.shows(w.share, actor, early.ID); !listed {
		t.Error("the one that committed is not seen")
	}
	if err := slow.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.refresh(w.share)
	if listed, _ := w.shows(w.share, actor, late.ID); listed {
		t.Error("the late commit was missed")
	}
}
