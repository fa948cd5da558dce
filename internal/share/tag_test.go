package share_test

import (
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// The tag of a page moves with all that the page is made of, and with nothing else; nobody has another's.
func TestTagMovesWithWhatAPageIsMadeOf(t *testing.T) {
	t.Parallel()
	w := loaded(t, testdb.New(t))
	actor, neighbour, publisher := w.Staff(), w.Staff(), w.Staff(org.Publisher)
	item := w.Live("Layanan baru")
	ctx, on := t.Context(), "whatsapp"
	w.share.Changed()
	tag := func(of org.Actor) string {
		q, _ := w.quick(w.share, of, page.Ask{}, "")
		return q.Tag
	}
	if tag(actor) == tag(neighbour) {
		t.Error("two persons have one tag")
	}
	if q, ok := w.quick(w.share, actor, page.Ask{}, tag(actor)); !ok || !q.Unchanged {
		t.Error("nothing happened, and the page is sent again")
	}
	number, _ := network.Named(on)
	lift := func(verdict click.Verdict) func() error {
		return func() error {
			return w.DB.Tx(ctx, func(tx *db.Tx) error {
				return share.LiftGrades(ctx, tx, []click.Counted{{User: actor.User, Content: item.ID, Channel: click.Channel(number.Number), Verdict: verdict, At: tx.Now}})
			})
		}
	}
	mark := func(what share.Mark, set bool) func() error {
		return func() error { return w.share.SetMark(ctx, actor, item.ID, what, set) }
	}
	begin := func() error {
		_, err := w.share.Share(ctx, actor, item.ID, share.Request{Channel: on})
		return err
	}
	for _, step := range []struct {
		name  string
		do    func() error
		moves bool
	}{
		{"keep", mark(share.Save, true), true}, {"keep again", mark(share.Save, true), false}, {"keep no longer", mark(share.Save, false), true},
		{"skip", mark(share.Skip, true), true}, {"skip no longer", mark(share.Skip, false), true},
		{"share", begin, true},
		{"take back", func() error { return w.share.TakeBack(ctx, actor, item.ID, on) }, true},
		{"take back nothing", func() error { return w.share.TakeBack(ctx, actor, item.ID, on) }, false},
		{"share again", begin, true},
		{"aborted", func() error { _, err := w.share.Indicate(ctx, actor, item.ID, on, share.Aborted); return err }, true},
		{"a grade that evidence will not lift further", func() error {
			w.exec(`UPDATE act SET grade = 'C' WHERE user_id = $1`, actor.User)
			return nil
		}, false},
		{"preview", lift(click.Preview), true}, {"another preview", lift(click.Preview), false},
		{"reader", lift(click.Valid), true}, {"another reader", lift(click.Valid), false},
		{"like", func() error { _, err := w.share.Like(ctx, actor, item.ID, "", ""); return err }, true},
		{"another content", func() error { w.Live("Kabar lain lagi"); return w.share.Refresh(ctx) }, true},
		{"nothing", func() error { return w.share.Refresh(ctx) }, false},
		{"everything read anew", func() error { return w.share.Load(ctx) }, false},
		{"recall", func() error {
			_, err := w.Content.Recall(ctx, publisher, item.ID, "Angka keliru.", 0)
			w.share.Changed()
			return err
		}, true},
	} {
		before, theirs := tag(actor), tag(neighbour)
		if err := step.do(); err != nil {
			t.Fatal(step.name, err)
		}
		if moved := tag(actor) != before; moved != step.moves {
			t.Errorf("%s: moved %v", step.name, moved)
		}
		if own := step.name != "another content" && step.name != "recall"; own && tag(neighbour) != theirs {
			t.Errorf("%s: the neighbour's tag moved", step.name)
		}
	}
}

// A content whose end has come leaves the page and moves the tag at that moment, though no job ran.
func TestEndMovesTheTagAtItsTime(t *testing.T) {
	t.Parallel()
	now := testdb.Now
	d := testdb.New(t).At(func() time.Time { return now })
	w := &world{testkit.On(t, d), t, nil}
	w.share = share.New(d, click.New(d, w.Ring, publicURL), publicURL)
	actor, item := w.Staff(), w.Live("Sampai sore")
	w.exec(`UPDATE content SET ends_at = $2, changed = pg_current_xact_id() WHERE id = $1`, item.ID, now.Add(20*time.Second))
	w.load(w.share)
	see := func() (string, bool) {
		q, _ := w.quick(w.share, actor, page.Ask{}, "")
		_, feed := w.page(q)
		return q.Tag, len(feed.Items) == 1 && feed.Items[0].ID == id.Content(item.ID)
	}
	before, there := see()
	now = now.Add(20 * time.Second)
	after, still := see()
	if !there || still || before == after {
		t.Errorf("before its end %v, at its end %v, tags %s %s", there, still, before, after)
	}
	now = now.Add(time.Minute)
	if _, ok := w.quick(w.share, actor, page.Ask{}, ""); ok {
		t.Error("lists that nobody refreshed for so long still answer")
	}
}
