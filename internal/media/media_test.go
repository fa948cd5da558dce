package media_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

const alt = "Warga mengantre di loket baru."

type library struct {
	*testkit.Kit
	*media.Service
	t      *testing.T
	author org.Actor
}

func newLibrary(t *testing.T) library {
	t.Helper()
	k := testkit.New(t)
	return library{k, media.New(k.DB, k.Queue, k.Files), t, k.Staff(org.Author)}
}

// photo is a picture of its own for each shade.
func photo(t *testing.T, shade uint8) []byte {
	t.Helper()
	from := image.NewRGBA(image.Rect(0, 0, 1200, 900))
	for x := range 1200 {
		for y := range 900 {
			from.Set(x, y, color.RGBA{shade, uint8(x / 5), uint8(y / 4), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, from, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func film(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/kecil.mp4")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func onDisk(t *testing.T, text []byte) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "kiriman"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	if _, err := file.Write(text); err != nil {
		t.Fatal(err)
	}
	return file
}

func (l library) put(text []byte, name string) media.Asset {
	l.t.Helper()
	made, err := l.AddNow(l.t.Context(), l.author, l.Dinas.ID, onDisk(l.t, text), media.Words{Name: name, Alt: alt, Tags: []string{" #Loket"}, FocusX: 50, FocusY: 50})
	if err != nil {
		l.t.Fatal(err)
	}
	return made
}

func (l library) draft(images []content.Image, video *media.Clip) (content.Content, error) {
	text := testkit.Text("Loket Baru")
	text.Images, text.Video = images, video
	return l.Content.Create(l.t.Context(), l.author, content.Outline{Agency: l.Dinas.ID}, text)
}

func TestTheSameFileIsTheSameAsset(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	made := l.put(photo(t, 1), "Loket")
	again, err := l.Add(t.Context(), l.author, l.Dinas.ID, "lain.jpg", onDisk(t, photo(t, 1)))
	if err != nil || !again.Again || again.Asset.ID != made.ID {
		t.Errorf("%+v, %v", again, err)
	}
	// What lies above is found, too; what lies beside is not.
	unit, err := l.Add(t.Context(), l.Person(l.Unit.ID, org.Grant{Role: org.Author, Agency: l.Unit.ID}), l.Unit.ID, "x.jpg", onDisk(t, photo(t, 1)))
	if err != nil || unit.Asset.ID != made.ID {
		t.Errorf("%+v, %v", unit, err)
	}
	beside := l.Agency(l.Region, org.Body)
	other, err := l.Add(t.Context(), l.Person(beside.ID, org.Grant{Role: org.Author, Agency: beside.ID}), beside.ID, "x.jpg", onDisk(t, photo(t, 1)))
	if err != nil || other.Again || other.Asset.ID == made.ID {
		t.Errorf("%+v, %v", other, err)
	}
	// The job of one does not take the file away that the other waits for.
	if other.Asset.State != "processing" {
		t.Error(other.Asset.State)
	}
}

func TestAnAssetIsFoundByItsWords(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	made := l.put(photo(t, 2), "Puskesmas Melati")
	if len(made.Tags) != 1 || made.Tags[0] != "loket" {
		t.Errorf("%q", made.Tags)
	}
	for words, want := range map[string]int{"pus": 1, "melati loket": 1, "mengan": 1, "uskesmas": 0, "': * & | !": 1, "": 1} {
		found, err := l.List(t.Context(), l.author, media.Filter{Words: words})
		if err != nil || len(found.Items) != want || want == 1 && found.Items[0].ID != made.ID {
			t.Errorf("%q: %d, %v", words, len(found.Items), err)
		}
	}
	if found, err := l.List(t.Context(), l.author, media.Filter{Kind: media.Video}); err != nil || len(found.Items) != 0 {
		t.Error(found, err)
	}
}

func TestNothingIsPlacedWithoutWordsForWhoCannotSee(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	bare, err := l.Add(t.Context(), l.author, l.Dinas.ID, "foto.jpg", onDisk(t, film(t)))
	if err != nil || bare.Asset.State != "ready" || bare.Asset.Name != "foto" {
		t.Fatalf("%+v, %v", bare, err)
	}
	if _, err := l.draft(nil, &media.Clip{Name: bare.Asset.File}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a video without words was placed: %v", err)
	}
	if _, err := l.Edit(t.Context(), l.author, bare.Asset.ID, 1, media.Words{Name: "Foto", Alt: "x"}); errs.CodeOf(err) != errs.Invalid {
		t.Error(err)
	}
}

func TestWhatIsShownCannotBeRemoved(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	made := l.put(photo(t, 3), "Loket")
	on, err := l.draft([]content.Image{{Name: made.File, Alt: alt}}, nil)
	if err != nil || len(on.Images[0].Files) < 2 {
		t.Fatalf("%+v, %v", on.Images, err)
	}
	found, err := l.Get(t.Context(), l.author, made.ID)
	if err != nil || len(found.Uses) != 1 || found.Uses[0].ID != on.ID || found.Uses[0].State != "draft" {
		t.Errorf("%+v, %v", found.Uses, err)
	}
	if err := l.Remove(t.Context(), l.author, made.ID); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("removed while it is shown: %v", err)
	}
	bare := testkit.Text("Loket Baru")
	if on, err = l.Content.Edit(t.Context(), l.author, on.ID, on.Version, content.Outline{}, bare); err != nil {
		t.Fatal(err)
	}
	if err := l.Remove(t.Context(), l.author, made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := l.draft([]content.Image{{Name: made.File, Alt: alt}}, nil); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("what was removed can be chosen: %v", err)
	}
	// A person of the unit reads the library of the office above, and may not change it.
	second := l.put(photo(t, 4), "Lain")
	below := l.Person(l.Unit.ID, org.Grant{Role: org.Author, Agency: l.Unit.ID})
	if seen, err := l.Get(t.Context(), below, second.ID); err != nil || seen.MayWrite {
		t.Error(seen, err)
	}
	if err := l.Remove(t.Context(), below, second.ID); errs.CodeOf(err) != errs.Forbidden {
		t.Error(err)
	}
}

func TestAPictureOfAContentComesIntoTheLibrary(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	on, err := l.draft(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Content.AddImage(t.Context(), l.author, on.ID, photo(t, 5), alt); err != nil {
		t.Fatal(err)
	}
	found, err := l.List(t.Context(), l.author, media.Filter{})
	if err != nil || len(found.Items) != 1 || found.Items[0].Alt != alt || found.Items[0].State != "ready" || found.Items[0].Name != "Loket Baru" {
		t.Fatalf("%+v, %v", found.Items, err)
	}
	again, err := l.Add(t.Context(), l.author, l.Dinas.ID, "x.jpg", onDisk(t, photo(t, 5)))
	if err != nil || !again.Again {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestACropIsCutFromThePixelsThatAreThere(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	made := l.put(photo(t, 6), "Loket")
	for name, c := range map[string]struct {
		ratio string
		part  image.Rectangle
	}{
		"too small":       {"1:1", image.Rect(0, 0, 100, 100)},
		"beyond the edge": {"1:1", image.Rect(900, 0, 1300, 400)},
		"another shape":   {"9:16", image.Rect(0, 0, 400, 400)},
		"no ratio":        {"2:1", image.Rect(0, 0, 400, 200)},
	} {
		if _, err := l.Cut(t.Context(), l.author, made.ID, c.ratio, c.part); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	cut, err := l.Cut(t.Context(), l.author, made.ID, "9:16", image.Rect(300, 100, 750, 900))
	if err != nil || len(cut.Crops) != 1 {
		t.Fatal(cut.Crops, err)
	}
	largest := cut.Crops[0].Files[len(cut.Crops[0].Files)-1]
	if largest.Width != 450 || largest.Height != 800 {
		t.Errorf("%+v", largest)
	}
	raw, err := media.Read(t.Context(), l.Files, largest.Name)
	if err != nil {
		t.Fatal(err)
	}
	pixels, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if _, green, _, _ := pixels.At(0, 0).RGBA(); green>>8 < 55 || green>>8 > 65 { // 300/5
		t.Errorf("not the part that was asked for: %d", green>>8)
	}
	on, err := l.draft([]content.Image{{Name: made.File, Alt: alt}}, nil)
	if err != nil || len(on.Images[0].Crops) != 1 || on.Images[0].Shown().Crops[0].Ratio != "9:16" {
		t.Errorf("%+v, %v", on.Images, err)
	}
	// The version keeps its crop when the library makes another one.
	if _, err := l.Uncut(t.Context(), l.author, made.ID, "9:16"); err != nil {
		t.Fatal(err)
	}
	if on, err = l.Content.Get(t.Context(), l.author, on.ID); err != nil || len(on.Images[0].Crops) != 1 {
		t.Errorf("%+v, %v", on.Images, err)
	}
	if _, err := l.draft([]content.Image{{Name: largest.Name, Alt: alt}}, nil); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a crop that is gone can be chosen: %v", err)
	}
}

func TestAVideoIsPartOfTheVersion(t *testing.T) {
	t.Parallel()
	l := newLibrary(t)
	video, poster := l.put(film(t), "Film"), l.put(photo(t, 7), "Sampul")
	if video.Kind != media.Video || video.Seconds != 4 || video.Width != 96 || video.Height != 64 {
		t.Fatalf("%+v", video)
	}
	bare, err := l.draft(nil, &media.Clip{Name: video.File})
	if err != nil || bare.Video == nil || bare.Video.Alt != alt {
		t.Fatal(bare.Video, err)
	}
	if _, err := l.SetPoster(t.Context(), l.author, video.ID, poster.ID); err != nil {
		t.Fatal(err)
	}
	srt := "1\r\n00:00:00,000 --> 00:00:02,000\r\nSelamat <i>datang</i> & salam\r\n\r\n2\r\n00:00:02,000 --> 00:00:04,000\r\nDua\r\n"
	if _, err := l.Subtitles(t.Context(), l.author, video.ID, "id", strings.NewReader(srt)); err != nil {
		t.Fatal(err)
	}
	full, err := l.Content.Edit(t.Context(), l.author, bare.ID, 1, content.Outline{}, bare.Text)
	if err != nil || len(full.Video.Poster) == 0 || len(full.Video.Subtitles) != 1 || full.Hash == bare.Hash {
		t.Fatalf("%+v, %v", full.Video, err)
	}
	vtt, err := media.Read(t.Context(), l.Files, full.Video.Subtitles[0].Name)
	if err != nil || string(vtt) != "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nSelamat <i>datang</i> &amp; salam\n\n00:00:02.000 --> 00:00:04.000\nDua\n" {
		t.Errorf("%q, %v", vtt, err)
	}
	if err := l.Remove(t.Context(), l.author, poster.ID); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the poster of a draft's video was removed: %v", err)
	}
}
