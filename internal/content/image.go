package content

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/picture"
)

// Files is where the pictures are kept. A file is named after its content.
type Files interface {
	Put(ctx context.Context, name string, body io.Reader, size int64) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	OpenPart(ctx context.Context, name string, from, length int64) (io.ReadCloser, error)
	Delete(ctx context.Context, name string) error
	Old(ctx context.Context, before time.Time, visit func(name string) error) error
}

// Image is a picture of a version. An author names it and says what is to be seen; the rest is the
// server's.
type Image struct {
	Name   string       `json:"name" maxLength:"80" doc:"Of an uploaded picture, once that is ready, or of one of the library"`
	Alt    string       `json:"alt" maxLength:"1000" doc:"What is to be seen, for who cannot see it; needed to submit"`
	Width  int          `json:"width,omitempty" readOnly:"true"`
	Height int          `json:"height,omitempty" readOnly:"true"`
	Files  []media.File `json:"files,omitempty" readOnly:"true" doc:"Every size, ascending"`
	Crops  []media.Crop `json:"crops,omitempty" readOnly:"true" doc:"What the library holds for networks of another shape"`
}

// Shown is a picture as readers get it.
type Shown struct {
	Alt     string         `json:"alt"`
	Width   int            `json:"width"`
	Height  int            `json:"height"`
	Sources []media.Source `json:"sources" nullable:"false" doc:"Ascending by width; JPEG of at most 60 kB each"`
	Crops   []ShownCrop    `json:"crops,omitempty" doc:"The same picture in the shape of a network; the largest form"`
}

// ShownCrop is a crop as the share sheet passes it on.
type ShownCrop struct {
	Ratio string `json:"ratio"`
	media.Source
}

// Shown leaves out what is too heavy for a phone.
func (i Image) Shown() Shown {
	shown := Shown{Alt: i.Alt, Width: i.Width, Height: i.Height, Sources: []media.Source{}}
	for _, f := range i.Files {
		if f.Bytes <= picture.MaxSmall && (len(shown.Sources) == 0 || f.Width > shown.Sources[len(shown.Sources)-1].Width) {
			shown.Sources = append(shown.Sources, f.Source())
		}
	}
	for _, crop := range i.Crops {
		shown.Crops = append(shown.Crops, ShownCrop{crop.Ratio, crop.Files[len(crop.Files)-1].Source()})
	}
	return shown
}

// ShownOf is every picture of a version as readers get it.
func ShownOf(images []Image) []Shown {
	shown := make([]Shown, len(images))
	for i, image := range images {
		shown[i] = image.Shown()
	}
	return shown
}

const (
	maxImages  = 6
	maxUploads = 24 // of one content, used or not
	maxAlt     = 300
	minAlt     = 5
)

// Upload is a file that an author sent, and how far it is.
type Upload struct {
	N      int       `json:"n"`
	State  string    `json:"state" enum:"processing,ready,failed"`
	Reason string    `json:"reason" doc:"Why it failed and what to do"`
	At     time.Time `json:"at"`
	Image  *Image    `json:"image,omitempty" gorm:"column:picture;serializer:json" doc:"Once it is ready"`
}

const uploadColumns = `n, state, reason, at, picture`

// Uploads lists what was sent for a content, so that a screen that is loaded again shows all of it.
func (s *Service) Uploads(ctx context.Context, actor org.Actor, content id.Content) ([]Upload, error) {
	if _, err := s.Get(ctx, actor, content); err != nil {
		return nil, err
	}
	return db.All[Upload](ctx, s.db, `SELECT `+uploadColumns+` FROM content_image WHERE content_id = $1 ORDER BY n`, content)
}

// TakeUpload takes a file for a content that the actor may edit. It is only looked at; a job makes the
// picture.
func (s *Service) TakeUpload(ctx context.Context, actor org.Actor, content id.Content, file io.ReadSeeker) (Upload, error) {
	row, err := s.take(ctx, actor, content, file, func(tx *db.Tx, n int) error {
		return s.queue.EnqueueTx(ctx, tx, MakeImageJob{content, n})
	})
	return row, err
}

func (s *Service) take(ctx context.Context, actor org.Actor, content id.Content, file io.ReadSeeker, then func(*db.Tx, int) error) (Upload, error) {
	// Before anything is stored: who may not edit stores nothing.
	if err := s.MayEdit(ctx, actor, content); err != nil {
		return Upload{}, err
	}
	if err := picture.Check(file); err != nil {
		return Upload{}, err
	}
	name, err := s.store(ctx, file, ".raw")
	if err != nil {
		return Upload{}, err
	}
	var made Upload
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockToEdit(ctx, tx, actor, content)
		if err != nil {
			return err
		}
		made, err = enterUpload(ctx, tx, row, name)
		if err != nil {
			return err
		}
		if err := audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.AgencyID, Action: "content.upload_image",
			Subject: row.subject(), Detail: map[string]any{"n": made.N}}); err != nil {
			return err
		}
		return then(tx, made.N)
	})
	return made, err
}

// MayEdit tells why the actor may not edit a content now; nil: they may.
func (s *Service) MayEdit(ctx context.Context, actor org.Actor, content id.Content) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := lockToEdit(ctx, tx, actor, content)
		return err
	})
}

func lockToEdit(ctx context.Context, tx *db.Tx, actor org.Actor, content id.Content) (item, error) {
	row, err := lock(ctx, tx, actor, content, Edit)
	if err != nil {
		return row, err
	}
	_, err = row.verdict(actor, Edit, nil)
	return row, err
}

func enterUpload(ctx context.Context, tx *db.Tx, row item, name string) (Upload, error) {
	there, err := db.Get[struct{ Count, Last int }](ctx, tx, `SELECT count(*) AS count, coalesce(max(n), 0) AS last FROM content_image WHERE content_id = $1`, row.ID)
	if err != nil {
		return Upload{}, err
	}
	if there.Count >= maxUploads {
		return Upload{}, errs.New(errs.Conflict, "Konten ini sudah memiliki %d unggahan gambar. Hapus yang tidak dipakai, lalu unggah lagi.", maxUploads)
	}
	return db.Get[Upload](ctx, tx, `INSERT INTO content_image (content_id, n, state, upload, at) VALUES ($1, $2, 'processing', $3, $4)
		RETURNING `+uploadColumns, row.ID, there.Last+1, name, tx.Now)
}

// DropUpload forgets a file that was sent. A version that shows its picture keeps it.
func (s *Service) DropUpload(ctx context.Context, actor org.Actor, content id.Content, n int) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockToEdit(ctx, tx, actor, content)
		if err != nil {
			return err
		}
		gone, err := db.Exec(ctx, tx, `DELETE FROM content_image WHERE content_id = $1 AND n = $2`, row.ID, n)
		if err == nil && gone == 0 {
			err = noImage()
		}
		return err
	})
}

func noImage() error { return errs.New(errs.NotFound, "Gambar tidak ditemukan.") }

// PlaceImage puts a picture that is ready into the text, as its last one, or changes what is said of it. It
// is an edit like any other: a new version.
func (s *Service) PlaceImage(ctx context.Context, actor org.Actor, content id.Content, n int, alt string) (Content, error) {
	return s.change(ctx, actor, content, Edit, func(tx *db.Tx, row item, to State) error {
		sent, err := db.Get[Upload](ctx, tx, `SELECT `+uploadColumns+` FROM content_image WHERE content_id = $1 AND n = $2`, row.ID, n)
		switch {
		case errors.Is(err, db.ErrNoRow):
			return noImage()
		case err != nil:
			return err
		case sent.Image == nil:
			return errs.New(errs.Conflict, "Gambar ini belum siap. Tunggu sampai selesai diolah, lalu coba lagi.")
		}
		return s.placeImage(ctx, tx, actor, row, to, *sent.Image, alt)
	})
}

func (s *Service) placeImage(ctx context.Context, tx *db.Tx, actor org.Actor, row item, to State, image Image, alt string) error {
	written, err := readVersion(ctx, tx, row)
	if err != nil {
		return err
	}
	image.Alt = alt
	at := slices.IndexFunc(written.Images, func(i Image) bool { return i.Name == image.Name })
	if at < 0 {
		at, written.Images = len(written.Images), append(written.Images, image)
	}
	written.Images[at] = image
	if err := media.Describe(ctx, tx, row.AgencyID, image.Name, strings.Join(strings.Fields(alt), " ")); err != nil {
		return err
	}
	text := written.Text.tidied()
	if err := text.checkDraft(); err != nil {
		return err
	}
	return s.saveNext(ctx, tx, actor, row, to, text)
}

// checkImages names what no draft may have.
func (t Text) checkImages(f *errs.Faults) {
	if len(t.Images) > maxImages {
		f.Add("images", "Paling banyak %d gambar.", maxImages)
	}
	seen := map[string]bool{}
	for i, image := range t.Images {
		if n := len([]rune(image.Alt)); n > maxAlt {
			f.Add("images", "Teks alternatif gambar ke-%d paling banyak %d karakter; sekarang %d.", i+1, maxAlt, n)
		}
		if seen[image.Name] {
			f.Add("images", "Gambar ke-%d sudah dipakai pada konten ini. Hapus salah satunya.", i+1)
		}
		seen[image.Name] = true
	}
}

// checkAlts names the pictures that say nothing to who cannot see them.
func (t Text) checkAlts(f *errs.Faults) {
	for i, image := range t.Images {
		if len([]rune(image.Alt)) < minAlt {
			f.Add("images", "Tuliskan teks alternatif gambar ke-%d: apa yang terlihat dan penting bagi pembaca.", i+1)
		}
	}
}

// checkUploads refuses to go on while a picture is still being made.
func checkUploads(ctx context.Context, tx *db.Tx, row item) error {
	waiting, err := db.Get[struct{ Count int }](ctx, tx, `SELECT count(*) AS count FROM content_image WHERE content_id = $1 AND state = 'processing'`, row.ID)
	if err == nil && waiting.Count > 0 {
		err = errs.InvalidField("images", "%d gambar masih diolah. Tunggu sampai selesai atau hapus, lalu coba lagi.", waiting.Count)
	}
	return err
}

func tidyImages(images []Image) []Image {
	tidy := make([]Image, len(images))
	for i, image := range images {
		image.Alt = strings.Join(strings.Fields(image.Alt), " ")
		tidy[i] = image
	}
	return tidy
}
