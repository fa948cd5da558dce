package directive_test

import (
	"strings"
	"sync"
	"testing"

	"gaung/internal/db"
	"gaung/internal/directive"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/testkit"
)

type world struct {
	*testkit.Kit
	t         testing.TB
	directive *directive.Service
	writer    org.Actor
}

func newWorld(t testing.TB) *world {
	k := testkit.New(t)
	return &world{k, t, directive.New(k.DB, k.Files), k.Staff(org.Publisher)}
}

func letter(title string, targets ...id.Agency) directive.Letter {
	day := period.DayOf(2026, 11, 20)
	return directive.Letter{Number: "800/1/2026", Title: title, Body: "Isi **arahan**.", Signer: "Sekretaris Daerah", SignedOn: &day, Targets: targets}
}

// issued is a directive that is out.
func (w *world) issued(title string, targets ...id.Agency) directive.Directive {
	w.t.Helper()
	made, err := w.directive.Create(w.t.Context(), w.writer, w.Dinas.ID, letter(title, targets...))
	if err == nil {
		made, err = w.directive.Issue(w.t.Context(), w.writer, made.ID, made.Version)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func (w *world) snapshot() {
	w.t.Helper()
	if err := w.User.SnapshotDays(w.t.Context(), period.DayOf(2026, 11, 21), period.DayOf(2026, 11, 22)); err != nil {
		w.t.Fatal(err)
	}
}

// R38: the leader sees how many of how many have read, each of them once, and a group that would point at
// somebody not at all.
func TestReadCountsAreSums(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.Agency(w.Dinas, org.Unit)
	var people []org.Actor
	for range 7 {
		people = append(people, w.Person(other.ID))
	}
	stranger := w.Person(w.Region.ID)
	w.snapshot()
	// The unit lies below the agency: nobody counts twice.
	both := w.issued("Untuk semua", w.Dinas.ID, other.ID)
	unit := w.issued("Untuk satu bidang", other.ID)
	small := w.issued("Untuk yang sedikit", w.Unit.ID)
	for _, reader := range append(people[:3:3], people[0], stranger) {
		for _, d := range []directive.Directive{both, unit, small} {
			_, err := w.directive.Open(t.Context(), reader, d.ID)
			concerned := reader.User != stranger.User && d.ID != small.ID
			if (err == nil) != concerned || err != nil && errs.CodeOf(err) != errs.NotFound {
				t.Fatalf("%d opens %q: %v", reader.User, d.Title, err)
			}
		}
	}
	leader := w.Staff(org.Leader)
	for _, want := range []struct {
		d               directive.Directive
		concerned, read int64
	}{{both, 8, 3}, {unit, 7, 3}, {small, -1, -1}} { // the writer works in the agency too
		got, err := w.directive.Get(t.Context(), leader, want.d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if told(got.Concerned) != want.concerned || told(got.Read) != want.read {
			t.Errorf("%q: %d of %d, want %d of %d", got.Title, told(got.Read), told(got.Concerned), want.read, want.concerned)
		}
	}
}

func told(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}

// What concerns me is new until I open it, and a withdrawn one says why and shows no text any more.
func TestMyDirectives(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me := w.Person(w.Unit.ID)
	first, second := w.issued("Pertama", w.Dinas.ID), w.issued("Kedua", w.Unit.ID, w.Dinas.ID)
	if _, err := w.directive.Create(t.Context(), w.writer, w.Dinas.ID, letter("Draf", w.Dinas.ID)); err != nil {
		t.Fatal(err)
	}
	inbox := func() directive.Inbox {
		t.Helper()
		got, err := w.directive.Received(t.Context(), me, page.Ask{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := inbox(); got.Unread != 2 || len(got.Items) != 2 || got.Items[0].ID != second.ID || got.Items[0].Body != "" {
		t.Fatalf("%+v", got)
	}
	opened, err := w.directive.Open(t.Context(), me, first.ID)
	if err != nil || opened.Body == "" || opened.ReadAt == nil {
		t.Fatalf("%+v %v", opened, err)
	}
	if _, err := w.directive.Withdraw(t.Context(), w.writer, second.ID, "Nomor surat keliru."); err != nil {
		t.Fatal(err)
	}
	if got := inbox(); got.Unread != 0 || len(got.Items) != 2 || got.Items[0].WithdrawReason == "" || got.Items[1].ReadAt == nil {
		t.Fatalf("%+v", got)
	}
	if gone, err := w.directive.Open(t.Context(), me, second.ID); err != nil || gone.Body != "" || gone.ReadAt != nil {
		t.Fatalf("a withdrawn one: %+v %v", gone, err)
	}
}

// A letter that is out is never changed; two writers do not overwrite each other; what is not complete stays
// a draft.
func TestALetterStaysAsItWasIssued(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	made, err := w.directive.Create(ctx, w.writer, 0, directive.Letter{Title: "Tanpa nomor"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.directive.Issue(ctx, w.writer, made.ID, made.Version); errs.CodeOf(err) != errs.Invalid {
		t.Fatalf("incomplete: %v", err)
	}
	var wg sync.WaitGroup
	codes := make([]errs.Code, 8)
	for i := range codes {
		wg.Go(func() {
			_, err := w.directive.Edit(ctx, w.writer, made.ID, made.Version, letter("Lengkap", w.Dinas.ID))
			codes[i] = errs.CodeOf(err)
			if err == nil {
				codes[i] = "saved"
			}
		})
	}
	wg.Wait()
	saved := 0
	for _, code := range codes {
		if code == "saved" {
			saved++
		} else if code != errs.Conflict {
			t.Errorf("a late edit: %s", code)
		}
	}
	if saved != 1 {
		t.Errorf("%d of eight edits of one version were saved", saved)
	}
	if _, err := w.directive.Issue(ctx, w.writer, made.ID, made.Version); errs.CodeOf(err) != errs.Conflict {
		t.Fatalf("issued what was not seen: %v", err)
	}
	out, err := w.directive.Issue(ctx, w.writer, made.ID, made.Version+1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.directive.Edit(ctx, w.writer, made.ID, out.Version, letter("Diubah", w.Dinas.ID)); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("an issued one was edited: %v", err)
	}
	if _, err := w.directive.Attach(ctx, w.writer, made.ID, "surat.pdf", strings.NewReader("%PDF-1.4 x")); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a file was put on an issued one: %v", err)
	}
}

// Whom it concerns, which contents it names and who issues it lie within what the writer may write for.
func TestDirectivesStayInTheWritersSubtree(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	elsewhere := testkit.New(t)
	for name, try := range map[string]func() error{
		"issuer": func() error {
			_, err := w.directive.Create(t.Context(), w.writer, elsewhere.Dinas.ID, letter("Asing"))
			return err
		},
		"target above": func() error {
			_, err := w.directive.Create(t.Context(), w.writer, 0, letter("Ke atas", w.Region.ID))
			return err
		},
		"content": func() error {
			with := letter("Konten asing")
			with.Contents = []id.Content{elsewhere.Live("Layanan").ID}
			_, err := w.directive.Create(t.Context(), w.writer, 0, with)
			return err
		},
	} {
		if code := errs.CodeOf(try()); code != errs.Forbidden && code != errs.Invalid {
			t.Errorf("%s: %s", name, code)
		}
	}
	made := w.issued("Milik kami", w.Dinas.ID)
	if _, err := w.directive.Withdraw(t.Context(), elsewhere.Staff(org.Publisher), made.ID, "x"); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a stranger withdraws: %v", err)
	}
	if _, err := w.directive.Withdraw(t.Context(), w.Staff(org.Author), made.ID, "x"); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("an author withdraws: %v", err)
	}
}

// The letter itself: whom it concerns may have it, under a name that no device stumbles over; a page that
// calls itself a letter is refused.
func TestAttachment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	made, err := w.directive.Create(ctx, w.writer, 0, letter("Dengan surat", w.Dinas.ID))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"surat.pdf": "<html><script>alert(1)</script>", "kosong.pdf": "", "a.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`} {
		if _, err := w.directive.Attach(ctx, w.writer, made.ID, name, strings.NewReader(text)); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	long := "%PDF-1.7\n" + strings.Repeat("x", 4000)
	made, err = w.directive.Attach(ctx, w.writer, made.ID, "../..\\Surat \"Edaran\"\r\n800/1.PDF", strings.NewReader(long))
	if err != nil || made.Attachment == nil || strings.ContainsAny(made.Attachment.Name, "\"\r\n/\\") {
		t.Fatalf("%+v %v", made.Attachment, err)
	}
	reader, stranger := w.Person(w.Unit.ID), w.Person(w.Region.ID)
	if _, err := w.directive.ReadAttachment(ctx, reader, made.ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("of a draft: %v", err)
	}
	if _, err := w.directive.Issue(ctx, w.writer, made.ID, made.Version); err != nil {
		t.Fatal(err)
	}
	if got, err := w.directive.ReadAttachment(ctx, reader, made.ID); err != nil || string(got.Body) != long {
		t.Errorf("%d bytes %v", len(got.Body), err)
	}
	if _, err := w.directive.ReadAttachment(ctx, stranger, made.ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("to a stranger: %v", err)
	}
	used, err := db.Get[struct{ N int }](ctx, w.DB, `SELECT count(*) AS n FROM directive WHERE attachment->>'file' = $1`, made.Attachment.File)
	if err != nil || used.N != 1 {
		t.Errorf("%+v %v", used, err)
	}
}
