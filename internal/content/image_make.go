package content

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/picture"
)

// MakeImageJob makes the picture of an upload.
type MakeImageJob struct {
	ContentID id.Content `json:"content_id"`
	N         int        `json:"n"`
}

// Kind names the job.
func (MakeImageJob) Kind() string { return "content_make_image" }

// Heavy says that a large picture takes much memory.
func (MakeImageJob) Heavy() {}

// SweepFilesJob removes the files that nothing shows.
type SweepFilesJob struct{}

// Kind names the job.
func (SweepFilesJob) Kind() string { return "content_sweep_files" }

const (
	sweepEvery = 6 * time.Hour
	unusedFor  = 24 * time.Hour // how long a file is kept that no version shows
)

// store puts a file under the name of its content.
func (s *Service) store(ctx context.Context, file io.ReadSeeker, ending string) (string, error) {
	return media.Keep(ctx, s.files, file, ending)
}

// AddImage takes a picture into a content at once, as an upload and its job would, for the system.
func (s *Service) AddImage(ctx context.Context, actor org.Actor, content id.Content, file []byte, alt string) (Content, error) {
	n := 0
	if _, err := s.take(ctx, actor, content, bytes.NewReader(file), func(_ *db.Tx, made int) error { n = made; return nil }); err != nil {
		return Content{}, err
	}
	if err := s.makeImage(ctx, content, n); err != nil {
		return Content{}, err
	}
	sent, err := db.Get[Upload](ctx, s.db, `SELECT `+uploadColumns+` FROM content_image WHERE content_id = $1 AND n = $2`, content, n)
	if err != nil {
		return Content{}, err
	}
	if sent.State != "ready" {
		return Content{}, errs.InvalidField("image", "%s", sent.Reason)
	}
	return s.PlaceImage(ctx, actor, content, n, alt)
}

// makeImage is the job's work: once made, running it again does nothing.
func (s *Service) makeImage(ctx context.Context, content id.Content, n int) error {
	sent, err := db.Get[struct{ Upload string }](ctx, s.db, `SELECT upload FROM content_image WHERE content_id = $1 AND n = $2 AND state = 'processing'`, content, n)
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	made, err := s.pictureOf(ctx, sent.Upload)
	state, reason := "ready", ""
	var refused *errs.Error
	if errors.Is(err, blob.ErrNone) { // a backup that was taken in between has none
		err = errs.New(errs.Invalid, "Berkas yang diunggah tidak ada lagi. Unggah lagi gambarnya.")
	}
	if errors.As(err, &refused) && refused.Code == errs.Invalid {
		state, reason, err = "failed", refused.Message, nil
	}
	if err != nil {
		return err
	}
	var stored *string // no picture of a failed one
	if state == "ready" {
		text, err := json.Marshal(made)
		if err != nil {
			return err
		}
		told := string(text)
		stored = &told
	}
	if err := s.db.Tx(ctx, func(tx *db.Tx) error {
		done, err := db.Exec(ctx, tx, `UPDATE content_image SET state = $3, reason = $4, picture = $5::jsonb WHERE content_id = $1 AND n = $2 AND state = 'processing'`,
			content, n, state, reason, stored)
		if err != nil || done == 0 || state != "ready" {
			return err
		}
		return enterLibrary(ctx, tx, content, sent.Upload, made)
	}); err != nil {
		return err
	}
	return s.forget(ctx, sent.Upload)
}

// enterLibrary has the picture of an upload kept in the library of the office that publishes: it can be used again.
func enterLibrary(ctx context.Context, tx *db.Tx, content id.Content, upload string, made Image) error {
	of, err := db.Get[struct {
		AgencyID id.Agency
		AuthorID id.User
		Title    string
	}](ctx, tx, `SELECT c.agency_id, c.author_id, v.title FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version WHERE c.id = $1`, content)
	if err != nil {
		return err
	}
	return media.Enter(ctx, tx, of.AgencyID, of.AuthorID, of.Title, strings.TrimSuffix(upload, ".raw"), int64(made.Files[len(made.Files)-1].Bytes), made.Files)
}

// forget removes an upload that is done with, unless another one with the same content waits.
func (s *Service) forget(ctx context.Context, upload string) error {
	_, err := db.Get[struct{ N int }](ctx, s.db, `SELECT n FROM content_image WHERE upload = $1 AND state = 'processing'
		UNION ALL SELECT 1 FROM media WHERE upload = $1 AND state = 'processing' LIMIT 1`, upload)
	if errors.Is(err, db.ErrNoRow) {
		return s.files.Delete(ctx, upload)
	}
	return err
}

func (s *Service) pictureOf(ctx context.Context, upload string) (Image, error) {
	raw, err := media.Read(ctx, s.files, upload)
	if err != nil {
		return Image{}, err
	}
	made, err := picture.Make(bytes.NewReader(raw))
	if err != nil {
		return Image{}, err
	}
	forms, err := media.KeepPicture(ctx, s.files, made)
	if err != nil {
		return Image{}, err
	}
	return Image{Name: forms[len(forms)-1].Name, Width: made.Largest.Width, Height: made.Largest.Height, Files: forms}, nil
}

// sweep removes files that were written a day ago or longer and that nothing shows, no directive either. Whoever writes a file
// again makes it young, so one that comes back is not swept.
func (s *Service) sweep(ctx context.Context) error {
	var names []string
	if err := s.files.Old(ctx, s.db.Now().Add(-unusedFor), func(name string) error {
		names = append(names, name)
		return nil
	}); err != nil {
		return err
	}
	for _, name := range names {
		used, err := s.used(ctx, name)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := s.files.Delete(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) used(ctx context.Context, name string) (bool, error) {
	found, err := db.Get[struct{ Used bool }](ctx, s.db, `SELECT
		EXISTS (SELECT FROM content_version WHERE images @> $2::jsonb AND images <> '[]')
		OR EXISTS (SELECT FROM content_version WHERE images @> $4::jsonb AND images <> '[]')
		OR EXISTS (SELECT FROM content_version WHERE video @> $5::jsonb AND video IS NOT NULL)
		OR EXISTS (SELECT FROM media WHERE files @> ARRAY[$1::text] AND removed_at IS NULL)
		OR EXISTS (SELECT FROM media WHERE upload = $1 AND state = 'processing')
		OR EXISTS (SELECT FROM content_image WHERE picture @> $3::jsonb)
		OR EXISTS (SELECT FROM content_image WHERE upload = $1 AND state = 'processing')
		OR EXISTS (SELECT FROM brand_logo WHERE file = $1)
		OR EXISTS (SELECT FROM content_card WHERE file = $1)
		OR EXISTS (SELECT FROM screenshot WHERE file = $1 AND file <> '')
		OR EXISTS (SELECT FROM directive WHERE attachment->>'file' = $1) AS used`, name, inImages(name), inPicture(name), inCrops(name), inVideo(name))
	return found.Used, err
}

// inImages and inPicture are what a column holds that shows a file.
func inImages(name string) string { return `[` + inPicture(name) + `]` }

// inCrops and inVideo are the same of a crop, and of a video with its poster and subtitles.
func inCrops(name string) string { return `[{"crops": [` + inPicture(name) + `]}]` }

func inVideo(name string) string { return `{"files": ["` + name + `"]}` }

func inPicture(name string) string { return `{"files": [{"name": "` + name + `"}]}` }
