package share_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

// aged makes a content be of so many hours ago, of a kind and a topic, for one node.
func (w *world) aged(title string, hours int, kind, topic string, node org.Agency) id.Content {
	w.t.Helper()
	item := w.Live(title).ID
	at := testdb.Now.Add(-time.Duration(hours) * time.Hour)
	w.exec(`UPDATE content SET published_at = $2 WHERE id = $1`, item, at)
	w.exec(`UPDATE content_version SET kind = $2, topic = $3 WHERE content_id = $1`, item, kind, topic)
	w.exec(`DELETE FROM content_target WHERE content_id = $1`, item)
	w.exec(`INSERT INTO content_target (node_id, content_id, published_at) VALUES ($1, $2, $3)`, node.ID, item, at)
	return item
}

// order is the whole feed of a person, out of memory, page by page.
func (w *world) order(actor org.Actor, size int) (ids []id.Content) {
	w.t.Helper()
	for ask := (page.Ask{Limit: size}); ; {
		q, ok := w.quick(w.share, actor, ask, "")
		if !ok {
			w.t.Fatal("memory does not answer")
		}
		_, feed := w.page(q)
		for _, item := range feed.Items {
			ids = append(ids, item.ID)
		}
		if ask.After = feed.Next; ask.After == "" {
			return ids
		}
	}
}

// What is urgent, near, wished for and not done yet stands above what is merely newer, by as much as is written.
func TestFeedIsOrderedByWhatSpeaksForAContent(t *testing.T) {
	t.Parallel()
	w := loaded(t, testdb.Fresh(t))
	actor := w.Staff()
	fresh := w.aged("Kabar baru", 1, "berita", "umum", w.Region)
	denial := w.aged("Klarifikasi kemarin", 30, "klarifikasi", "umum", w.Region)
	near := w.aged("Kabar unit", 4, "berita", "umum", w.Unit)
	tax := w.aged("Pajak", 20, "berita", "pajak", w.Region)
	shared := w.aged("Sudah dibagikan", 0, "berita", "umum", w.Region)
	liked := w.aged("Sudah disukai", 0, "berita", "umum", w.Region)
	w.load(w.share)
	expect := func(step string, want ...id.Content) {
		t.Helper()
		if got := w.order(actor, 4); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", step, got, want)
		}
	}
	expect("nothing said, nothing done", denial, liked, shared, near, fresh, tax)
	w.exec(`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at)
		VALUES ($1, $2, 1, 'share', 'D', $4, $4, $5::date, $5, $5), ($1, $3, 1, 'like', 'D', $4, $4, $5::date, $5, $5)`, actor.User, shared, liked, actor.Unit, testdb.Now)
	expect("done", denial, near, fresh, liked, tax, shared)
	if err := w.share.SetTopics(t.Context(), actor, []share.Topic{{Name: "pajak", Wish: 1}}); err != nil {
		t.Fatal(err)
	}
	expect("a topic followed", denial, tax, near, fresh, liked, shared)
	if err := w.share.NotForMe(t.Context(), actor, fresh, share.ReasonTopic); err != nil {
		t.Fatal(err)
	}
	expect("not for me: gone, and less of its topic", tax, denial, near, liked, shared)
	if err := w.share.SetMark(t.Context(), actor, fresh, share.Skip, false); err != nil {
		t.Fatal(err)
	}
	if err := w.share.SetTopics(t.Context(), actor, nil); err != nil {
		t.Fatal(err)
	}
	for filter, want := range map[share.Filter][]id.Content{share.Priority: {denial}, share.Topics: nil} {
		got, err := w.share.FeedOf(t.Context(), actor, filter, page.Ask{})
		if err != nil || len(got.Items) != len(want) || len(want) > 0 && got.Items[0].ID != want[0] {
			t.Errorf("%s: %v %+v", filter, err, got.Items)
		}
	}
	expect("all taken back", denial, near, fresh, liked, tax, shared)
}

// Whatever is published, shared or put aside between two pages, nothing is missed, and nothing comes twice but
// what was moved down by the person's own act.
func TestPagesHoldWhileTheFeedMoves(t *testing.T) {
	t.Parallel()
	w := loaded(t, testdb.Fresh(t))
	actor := w.Staff()
	var all []id.Content
	for n := range 230 { // the ranked part and some below it
		all = append(all, w.aged(fmt.Sprint("Kabar ", n), n, []string{"berita", "klarifikasi"}[n%7/6], "umum", w.Region))
	}
	w.load(w.share)
	seen := map[id.Content]int{}
	shared := id.Content(0)
	for ask := (page.Ask{Limit: 40}); ; {
		q, ok := w.quick(w.share, actor, ask, "")
		if !ok {
			t.Fatal("memory does not answer")
		}
		_, feed := w.page(q)
		for _, item := range feed.Items {
			seen[item.ID]++
		}
		if len(seen) == 40 {
			shared = feed.Items[3].ID
			if _, err := w.share.Share(t.Context(), actor, shared, share.Request{Channel: "copy"}); err != nil {
				t.Fatal(err)
			}
		}
		w.aged("Kabar lain", 0, "klarifikasi", "umum", w.Region)
		w.share.Changed()
		if ask.After = feed.Next; ask.After == "" {
			break
		}
	}
	for _, item := range all {
		if n := seen[item]; n != 1 && (item != shared || n != 2) {
			t.Errorf("content %d came %d times", item, n)
		}
	}
}
