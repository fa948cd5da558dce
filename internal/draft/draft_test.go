package draft_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/draft"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

type world struct {
	*testkit.Kit
	t      *testing.T
	drafts *draft.Service
	author org.Actor
	item   id.Content
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{Kit: testkit.On(t, d), t: t, drafts: draft.New(d)}
	w.author = w.Staff(org.Author)
	made, err := w.Content.Create(t.Context(), w.author, content.Outline{}, content.Text{Title: "Judul"})
	if err != nil {
		t.Fatal(err)
	}
	w.item = made.ID
	return w
}

func (w *world) save(actor org.Actor, on int64, version int, title string) (int64, error) {
	done, err := w.drafts.Save(w.t.Context(), actor, w.item, on, draft.Copy{Version: version, Device: "tab", Draft: map[string]any{"title": title}})
	return done.Revision, err
}

// conflict is the copy that a refused save was given.
func (w *world) conflict(err error) draft.Copy {
	w.t.Helper()
	var refused *errs.Error
	if !errors.As(err, &refused) || refused.Code != errs.Conflict {
		w.t.Fatalf("not a conflict: %v", err)
	}
	return refused.Current.(draft.Copy)
}

// Of two devices the one that is behind is refused and gets the other's text: nothing is written over.
func TestASaveOnAnOlderRevisionGetsTheOtherText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.New(t))
	first, err := w.save(w.author, 0, 1, "dari ponsel")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.save(w.author, 0, 1, "dari kantor")
	if there := w.conflict(err); there.Draft["title"] != "dari ponsel" || there.Revision != first {
		t.Errorf("%+v", there)
	}
	second, err := w.save(w.author, first, 1, "digabung")
	if err != nil || second <= first {
		t.Fatal(second, err)
	}
	_, err = w.save(w.author, first, 1, "terlambat")
	w.conflict(err)
	if got, err := w.drafts.Get(t.Context(), w.author, w.item); err != nil || got.Draft["title"] != "digabung" {
		t.Errorf("%+v %v", got, err)
	}
	// Thrown away elsewhere: who goes on from it is told, too.
	w.conflict(w.drafts.Drop(t.Context(), w.author, w.item, first))
	if err := w.drafts.Drop(t.Context(), w.author, w.item, second); err != nil {
		t.Fatal(err)
	}
	_, err = w.save(w.author, second, 1, "hidup lagi")
	w.conflict(err)
}

// Eight tabs that save at once on the same revision: one goes on, seven are told.
func TestOnlyOneOfManySavesGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.Fresh(t))
	for _, on := range []int64{0, 1} {
		if on == 1 {
			got, err := w.drafts.Get(t.Context(), w.author, w.item)
			if err != nil {
				t.Fatal(err)
			}
			on = got.Revision
		}
		var wait sync.WaitGroup
		var lock sync.Mutex
		saved := 0
		for range 8 {
			wait.Go(func() {
				if _, err := w.save(w.author, on, 1, "x"); err == nil {
					lock.Lock()
					saved++
					lock.Unlock()
				} else if errs.CodeOf(err) != errs.Conflict {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if saved != 1 {
			t.Errorf("%d saves went on from %d", saved, on)
		}
	}
}

// A version takes the working copy that it was; one that began with an older version is told of it, and
// nobody reads or moves another's.
func TestAVersionEndsItsWorkingCopy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.New(t))
	ctx := t.Context()
	mine, err := w.save(w.author, 0, 1, "selesai")
	if err != nil {
		t.Fatal(err)
	}
	colleague := w.Staff(org.Author)
	theirs, err := w.save(colleague, 0, 1, "rekan")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Content.Edit(ctx, w.author, w.item, 1, content.Outline{Working: mine}, content.Text{Title: "selesai"}); err != nil {
		t.Fatal(err)
	}
	if got, err := w.drafts.Get(ctx, w.author, w.item); err != nil || got.Revision != 0 || got.Newest != 2 {
		t.Errorf("%+v %v", got, err)
	}
	_, err = w.save(colleague, theirs, 1, "rekan lagi")
	if there := w.conflict(err); there.Newest != 2 || there.Draft["title"] != "rekan" {
		t.Errorf("%+v", there)
	}
	if _, err := w.save(colleague, theirs, 2, "rekan di atas versi 2"); err != nil {
		t.Error(err)
	}
	stranger := testkit.On(t, w.DB).Staff(org.Author)
	for name, err := range map[string]error{
		"save": func() error { _, err := w.save(stranger, 0, 2, "x"); return err }(),
		"read": func() error { _, err := w.drafts.Get(ctx, stranger, w.item); return err }(),
		"drop": w.drafts.Drop(ctx, stranger, w.item, 0),
	} {
		if errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s by a stranger: %v", name, err)
		}
	}
}

// A request whose answer was lost is sent again and makes no second item; two at once neither.
func TestTheSameKeyMakesOneItem(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.New(t))
	var lock sync.Mutex
	var wait sync.WaitGroup
	made := map[id.Content]bool{}
	for range 6 {
		wait.Go(func() {
			one, err := w.Content.Create(t.Context(), w.author, content.Outline{Key: "kunci"}, content.Text{Title: "Sekali"})
			if err != nil {
				t.Error(err)
			}
			lock.Lock()
			made[one.ID] = true
			lock.Unlock()
		})
	}
	wait.Wait()
	if len(made) != 1 {
		t.Errorf("%d items", len(made))
	}
	other, err := w.Content.Create(t.Context(), w.Staff(org.Author), content.Outline{Key: "kunci"}, content.Text{Title: "Orang lain"})
	if err != nil || made[other.ID] {
		t.Errorf("another person's key is theirs: %v %v", other.ID, err)
	}
}

// A working copy that nobody touched for its life goes; one that was typed on later stays, whenever it was begun.
func TestForgottenWorkingCopiesAgeOut(t *testing.T) {
	t.Parallel()
	d := testdb.Fresh(t)
	w := newWorld(t, d)
	ctx := t.Context()
	begun, err := w.save(w.author, 0, 1, "sudah lama")
	if err != nil {
		t.Fatal(err)
	}
	keeps := w.Staff(org.Author)
	first, err := w.save(keeps, 0, 1, "sudah lama")
	if err != nil {
		t.Fatal(err)
	}
	at := func(after time.Duration) *draft.Service {
		now := d.Now().Add(after)
		return draft.New(d.At(func() time.Time { return now }))
	}
	if _, err := at(draft.Life-time.Hour).Save(ctx, keeps, w.item, first, draft.Copy{Version: 1, Device: "tab", Draft: map[string]any{"title": "disentuh lagi"}}); err != nil {
		t.Fatal(err)
	}
	if err := at(draft.Life - time.Hour).Forget(ctx); err != nil {
		t.Fatal(err)
	}
	if got, err := w.drafts.Get(ctx, w.author, w.item); err != nil || got.Revision != begun {
		t.Errorf("before its time: %+v %v", got, err)
	}
	if err := at(draft.Life + time.Hour).Forget(ctx); err != nil {
		t.Fatal(err)
	}
	if got, err := w.drafts.Get(ctx, w.author, w.item); err != nil || got.Revision != 0 {
		t.Errorf("untouched for its life: %+v %v", got, err)
	}
	if got, err := w.drafts.Get(ctx, keeps, w.item); err != nil || got.Draft["title"] != "disentuh lagi" {
		t.Errorf("touched later: %+v %v", got, err)
	}
}
