package content_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaung/internal/blob"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

const alt = "Warga mengantre di loket baru."

// photo is a picture of its own for each shade.
func photo(t *testing.T, shade uint8) []byte {
	t.Helper()
	from := image.NewRGBA(image.Rect(0, 0, 800, 450))
	for x := range 800 {
		for y := range 450 {
			from.Set(x, y, color.RGBA{shade, uint8(x / 4), uint8(y / 2), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, from, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (c cast) draft(t *testing.T) content.Content {
	t.Helper()
	return c.in(t, content.Draft)
}

func (c cast) withImage(t *testing.T, on content.Content, shade uint8) content.Content {
	t.Helper()
	made, err := c.Content.AddImage(t.Context(), c.author, on.ID, photo(t, shade), alt)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (c cast) publish(t *testing.T, made content.Content) content.Content {
	t.Helper()
	made, err := c.Content.Submit(t.Context(), c.author, made.ID)
	if err == nil {
		made, err = c.Content.Approve(t.Context(), c.approver, made.ID, content.Seen{Version: made.Version, Step: 1}, "")
	}
	if err == nil {
		made, err = c.Content.Publish(t.Context(), c.publisher, made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestATextWithoutPicturesKeepsItsHash(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	// What an older version of the program computed for this text.
	if made := c.draft(t); made.Hash != "4db6a33764150b58" {
		t.Errorf("the hash of an old version would not be what its readers were shown: %s", made.Hash)
	}
}

func TestAPictureIsPartOfTheVersion(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	bare := c.draft(t)
	made := c.withImage(t, bare, 1)
	if made.Version != 2 || made.Hash == bare.Hash || len(made.Images) != 1 || made.Images[0].Alt != alt {
		t.Fatalf("%+v", made)
	}
	shown := made.Images[0].Shown()
	if n := len(shown.Sources); n != 3 || shown.Sources[0].Width != 360 || shown.Sources[n-1].Width != 800 {
		t.Errorf("%+v", shown)
	}
	approved, err := c.Content.Submit(t.Context(), c.author, made.ID)
	if err == nil {
		approved, err = c.Content.Approve(t.Context(), c.approver, made.ID, content.Seen{Version: 2, Step: 1}, "")
	}
	if err != nil || approved.State != content.Approved {
		t.Fatal(err)
	}
	changed := c.withImage(t, approved, 2)
	if changed.State != content.InReview || changed.ApprovedVersion != 0 || changed.Hash == approved.Hash || len(changed.Images) != 2 {
		t.Errorf("another picture after the approval: %s, version %d approved", changed.State, changed.ApprovedVersion)
	}
	// The order and the words are the author's; the rest is not theirs to say.
	text := changed.Text
	text.Images = []content.Image{{Name: changed.Images[1].Name, Alt: "Yang kedua, kini di depan.", Width: 1}, changed.Images[0]}
	turned, err := c.Content.Edit(t.Context(), c.author, made.ID, changed.Version, content.Outline{}, text)
	if err != nil || turned.Images[0].Name != changed.Images[1].Name || turned.Images[0].Width != 800 || len(turned.Images[0].Files) == 0 {
		t.Errorf("%+v, %v", turned.Images, err)
	}
	text.Images = []content.Image{{Name: strings.Repeat("a", 64) + ".jpg", Alt: alt}}
	if _, err := c.Content.Edit(t.Context(), c.author, made.ID, turned.Version, content.Outline{}, text); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a picture of nobody: %v", err)
	}
}

func TestWhoCannotSeeIsToldWhatIsToBeSeen(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made, err := c.Content.AddImage(t.Context(), c.author, c.draft(t).ID, photo(t, 1), "  ")
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Content.Submit(t.Context(), c.author, made.ID)
	var refused *errs.Error
	if !errors.As(err, &refused) || refused.Field != "images" {
		t.Errorf("submitted without words: %v", err)
	}
	if _, err := c.Content.PlaceImage(t.Context(), c.author, made.ID, 1, alt); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Content.Submit(t.Context(), c.author, made.ID); err != nil {
		t.Error(err)
	}
}

func TestAPictureThatIsNotReadyHoldsTheContent(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made := c.draft(t)
	sent, err := c.Content.TakeUpload(t.Context(), c.author, made.ID, bytes.NewReader(photo(t, 1)))
	if err != nil || sent.State != "processing" {
		t.Fatal(sent, err)
	}
	if _, err := c.Content.Submit(t.Context(), c.author, made.ID); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("submitted: %v", err)
	}
	if _, err := c.Content.PlaceImage(t.Context(), c.author, made.ID, sent.N, alt); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("placed: %v", err)
	}
	if err := c.Content.DropUpload(t.Context(), c.author, made.ID, sent.N); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Content.Submit(t.Context(), c.author, made.ID); err != nil {
		t.Error(err)
	}
}

func TestOnlyTheAuthorTouchesThePictures(t *testing.T) {
	t.Parallel()
	c, other := newCast(t), newCast(t)
	made := c.withImage(t, c.draft(t), 1)
	for who, want := range map[*org.Actor]errs.Code{&c.approver: errs.Forbidden, &other.author: errs.NotFound} {
		_, sent := c.Content.TakeUpload(t.Context(), *who, made.ID, bytes.NewReader(photo(t, 2)))
		_, placed := c.Content.PlaceImage(t.Context(), *who, made.ID, 1, "x")
		for _, err := range []error{sent, placed, c.Content.DropUpload(t.Context(), *who, made.ID, 1)} {
			if errs.CodeOf(err) != want {
				t.Errorf("want %s, got %v", want, err)
			}
		}
	}
	if list, err := c.Content.Uploads(t.Context(), other.approver, made.ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("%v, %v", list, err)
	}
	live := c.publish(t, made)
	if _, err := c.Content.TakeUpload(t.Context(), c.author, live.ID, bytes.NewReader(photo(t, 2))); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a live content takes pictures: %v", err)
	}
}

// A draft's picture is for who may see the draft, a live one's for everybody, a withdrawn one's for nobody.
func TestWhoMaySeeAPicture(t *testing.T) {
	t.Parallel()
	c, other := newCast(t), newCast(t)
	made := c.withImage(t, c.draft(t), byte(time.Now().UnixNano()))
	names := []string{made.Images[0].Name, made.Images[0].Files[0].Name}
	see := func(who org.Actor, want errs.Code, public bool) {
		t.Helper()
		for _, name := range names {
			got, err := c.Content.Media(t.Context(), who, name)
			if errs.CodeOf(err) != want && (want != "" || err != nil) || got.Public != public {
				t.Errorf("want %q, got %+v, %v", want, got.Public, err)
			}
		}
	}
	nobody := org.Actor{}
	see(nobody, errs.NotFound, false)
	see(c.Staff(), errs.NotFound, false)
	see(other.approver, errs.NotFound, false)
	see(c.approver, "", false)
	live := c.publish(t, made)
	see(nobody, "", true)
	card, err := c.Content.Card(t.Context(), live.Slug)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Content.Card(t.Context(), live.Slug)
	if err != nil || again.Name != card.Name {
		t.Errorf("the card was drawn twice: %v", err)
	}
	if text, err := card.Read(t.Context()); err != nil || len(text) > 300_000 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	if _, err := c.Content.Recall(t.Context(), c.publisher, live.ID, "Keliru.", 0); err != nil {
		t.Fatal(err)
	}
	see(nobody, errs.Gone, false)
	if _, err := c.Content.Card(t.Context(), live.Slug); errs.CodeOf(err) != errs.Gone {
		t.Errorf("the card of a withdrawn content: %v", err)
	}
	page, err := c.Content.ReadPublic(t.Context(), live.Slug)
	if err != nil || page.Body != "" || len(page.Images) > 0 || page.RecallReason == "" {
		t.Errorf("a withdrawn content still tells: %+v, %v", page, err)
	}
}

// The job makes the picture, and a picture that nothing shows goes after a day.
func TestJobsMakeAndSweepPictures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := testdb.Open(t, testdb.FreshURL(t), time.Now)
	k := testkit.On(t, d)
	registry := job.NewRegistry()
	queue, err := job.New(d, registry, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	service := content.New(d, queue).KeepIn(files)
	service.Work(registry)
	author := k.Staff(org.Author)
	made, err := service.Create(t.Context(), author, content.Outline{}, testkit.Text("Bergambar"))
	if err != nil {
		t.Fatal(err)
	}
	torn := photo(t, 9)[:9000]
	for _, file := range [][]byte{photo(t, 3), torn, photo(t, 4)} {
		if _, err := service.TakeUpload(t.Context(), author, made.ID, bytes.NewReader(file)); err != nil {
			t.Fatal(err)
		}
	}
	if err := queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = queue.Stop(5 * time.Second) })
	await(t, func() bool { return states(t, service, author, made.ID) == "ready failed ready" })
	if made, err = service.PlaceImage(t.Context(), author, made.ID, 1, alt); err != nil {
		t.Fatal(err)
	}
	if err := service.DropUpload(t.Context(), author, made.ID, 3); err != nil {
		t.Fatal(err)
	}
	library := media.New(d, queue, files) // which keeps it until it is removed there, too
	assets, err := library.List(t.Context(), author, media.Filter{})
	if err != nil || len(assets.Items) != 2 {
		t.Fatal(assets, err)
	}
	for _, asset := range assets.Items {
		if asset.Alt == "" {
			if err := library.Remove(t.Context(), author, asset.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	kept := map[string]bool{}
	for _, file := range made.Images[0].Files {
		kept[file.Name] = true
	}
	// Yesterday, for every file but one that nobody shows either.
	young := strings.Repeat("c", 64) + ".jpg"
	if err := files.Put(t.Context(), young, strings.NewReader("x"), 1); err != nil {
		t.Fatal(err)
	}
	kept[young] = true
	old := time.Now().Add(-25 * time.Hour)
	walk(t, files, func(name string) {
		if name != young {
			if err := os.Chtimes(filepath.Join(dir, name[:2], name), old, old); err != nil {
				t.Error(err)
			}
		}
	})
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { return queue.EnqueueTx(t.Context(), tx, content.SweepFilesJob{}) }); err != nil {
		t.Fatal(err)
	}
	await(t, func() bool {
		left := 0
		walk(t, files, func(string) { left++ })
		return left == len(kept)
	})
	walk(t, files, func(name string) {
		if !kept[name] {
			t.Errorf("%s is still there", name)
		}
	})
}

func states(t *testing.T, service *content.Service, author org.Actor, of id.Content) string {
	list, err := service.Uploads(t.Context(), author, of)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, one := range list {
		all = append(all, one.State)
		if one.State == "failed" && one.Reason == "" {
			t.Error("it does not say why")
		}
	}
	return strings.Join(all, " ")
}

func walk(t *testing.T, files *blob.Folder, visit func(string)) {
	t.Helper()
	if err := files.Walk(t.Context(), func(name string, _ int64) error { visit(name); return nil }); err != nil {
		t.Fatal(err)
	}
}
