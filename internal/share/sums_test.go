package share_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// alone is a world on a database of its own: what is proven of it is all there is.
func alone(t *testing.T) *linked {
	t.Helper()
	c := &clock{now: testdb.Now.Add(-60 * 24 * time.Hour)}
	kit := testkit.On(t, testdb.Open(t, testdb.FreshURL(t), c.Now))
	clicks := click.New(kit.DB, kit.Ring, publicURL)
	clicks.OnShip(share.LiftGrades)
	clicks.OnShip(score.Post)
	return &linked{&world{kit, t, share.New(kit.DB, clicks, publicURL)}, c, clicks}
}

// proven is how many sums of acts differ from the acts.
func (w *linked) proven() int64 {
	w.t.Helper()
	if err := w.share.Prove(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	wrong, err := w.share.Proof(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return wrong
}

// The same few people share, like, indicate, take back and are read at the same time, from several devices
// and over several months: nobody waits for ever, and the sums are those of the acts.
func TestSumsAreThoseOfTheActsWhateverComesTogether(t *testing.T) {
	t.Parallel()
	w := alone(t)
	items := []content.Content{w.Live("Kabar satu"), w.Live("Kabar dua"), w.Live("Kabar tiga")}
	people := []org.Actor{w.Staff(), w.Staff(), w.Staff()}
	for month := range 3 {
		if err := w.click.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for device := range 8 {
			all.Go(func() { w.live(rand.New(rand.NewPCG(uint64(month), uint64(device))), people, items) })
		}
		all.Wait()
		w.clock.pass(20 * 24 * time.Hour)
	}
	if wrong := w.proven(); wrong != 0 {
		t.Errorf("%d sums are wrong", wrong)
	}
	kept, err := db.Get[struct{ Sums, Acts int64 }](t.Context(), w.DB, `SELECT (SELECT sum(shares + likes) FROM rollup_user_act_month) AS sums, (SELECT count(*) FROM act) AS acts`)
	if err != nil || kept.Acts < 20 || kept.Sums != kept.Acts {
		t.Errorf("%+v %v", kept, err)
	}
}

// live lets one device do this and that.
func (w *linked) live(random *rand.Rand, people []org.Actor, items []content.Content) {
	ctx := w.t.Context()
	for range 30 {
		actor, item, on := people[random.IntN(len(people))], items[random.IntN(len(items))], []string{"whatsapp", "telegram", "copy"}[random.IntN(3)]
		var err error
		switch random.IntN(5) {
		case 0, 1:
			_, err = w.share.Share(ctx, actor, item.ID, share.Request{Channel: on})
		case 2:
			_, err = w.share.Like(ctx, actor, item.ID, "", "")
		case 3:
			_ = w.share.TakeBack(ctx, actor, item.ID, on)                         // what has evidence stays
			_, _ = w.share.Indicate(ctx, actor, item.ID, on, share.SheetResolved) // what was never shared is not found
		case 4:
			channel, _ := click.ChannelNamed(on)
			err = w.click.VisitAll(ctx, []click.Past{{Link: click.Link{Content: item.ID, User: actor.User, Channel: channel}, At: w.clock.Now(),
				UserAgent: []string{browser, whatsApp, telegram}[random.IntN(3)]}})
		}
		if err != nil {
			w.t.Error(err)
		}
	}
}

// Each sum that drifts is found by the proof, and mended by making the sums anew.
func TestADriftedSumIsFoundAndMended(t *testing.T) {
	t.Parallel()
	w := alone(t)
	item, actor := w.Live("Kabar"), w.Staff()
	w.act(actor, item, share.Request{Channel: "whatsapp"})
	if wrong := w.proven(); wrong != 0 {
		t.Fatalf("%d sums are wrong", wrong)
	}
	for _, drift := range []string{
		`UPDATE rollup_unit_act_month SET share_d = 0, share_b = 1`, `UPDATE rollup_unit_act_month SET like_a = -1`, `DELETE FROM rollup_unit_act_month`,
		`UPDATE rollup_unit_act_day SET day = day + 1`, `UPDATE rollup_user_act_month SET proven_shares = 1`, `UPDATE rollup_user_act_month SET unit_id = 1 + unit_id`,
		`UPDATE rollup_content_act_month SET shares = 2`, `UPDATE rollup_user_act_first SET day = day - 1`, `DELETE FROM rollup_user_act_first`,
	} {
		if _, err := db.Exec(t.Context(), w.DB, drift); err != nil {
			t.Fatal(err)
		}
		if w.proven() == 0 {
			t.Errorf("not found: %s", drift)
		}
		if err := w.share.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		if wrong := w.proven(); wrong != 0 {
			t.Errorf("%d sums are wrong after %s was mended", wrong, drift)
		}
	}
}
