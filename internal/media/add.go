package media

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/picture"
)

// Added is what became of a file that was sent.
type Added struct {
	Asset Asset `json:"asset"`
	Again bool  `json:"again" doc:"The same file was in the library already: this is it"`
}

// MakeJob makes the forms of a picture.
type MakeJob struct {
	ID id.Media `json:"id"`
}

// Kind names the job.
func (MakeJob) Kind() string { return "media_make" }

// Heavy says that a large picture takes much memory.
func (MakeJob) Heavy() {}

// Work registers the job.
func (s *Service) Work(r *job.Registry) {
	job.Handle(r, func(ctx context.Context, j MakeJob) error { return s.make(ctx, j.ID) })
}

// MayAdd tells why the actor may not add to an agency's library; nil: they may. 0 is their own agency.
func (s *Service) MayAdd(ctx context.Context, actor org.Actor, agency id.Agency) error {
	if agency == 0 {
		agency = actor.Agency
	}
	_, err := db.Get[struct{ ID id.Agency }](ctx, s.db, `SELECT id FROM agency WHERE id = $1::int8 AND path && $2::int4[]`, agency, actor.Roots(Writers()...))
	if errors.Is(err, db.ErrNoRow) {
		return errs.New(errs.Forbidden, "Anda tidak dapat menambah pustaka instansi ini. Pilih instansi tempat Anda bertugas.")
	}
	return err
}

// Add takes a file into the library of an agency; 0 is the actor's own. A picture is only looked at, a job makes
// its forms; a video is ready at once. The file is changed: what a video tells of places and devices is blanked.
func (s *Service) Add(ctx context.Context, actor org.Actor, agency id.Agency, name string, file *os.File) (Added, error) {
	return s.add(ctx, actor, agency, name, file, func(tx *db.Tx, asset id.Media) error {
		return s.queue.EnqueueTx(ctx, tx, MakeJob{asset})
	})
}

// AddNow takes a picture or a video at once, with its words, as an upload and its job would, for the system.
func (s *Service) AddNow(ctx context.Context, actor org.Actor, agency id.Agency, file *os.File, words Words) (Asset, error) {
	added, err := s.add(ctx, actor, agency, words.Name, file, func(*db.Tx, id.Media) error { return nil })
	if err != nil {
		return Asset{}, err
	}
	if err := s.make(ctx, added.Asset.ID); err != nil {
		return Asset{}, err
	}
	return s.Edit(ctx, actor, added.Asset.ID, added.Asset.Version, words)
}

func (s *Service) add(ctx context.Context, actor org.Actor, agency id.Agency, name string, file *os.File, then func(*db.Tx, id.Media) error) (Added, error) {
	if agency == 0 {
		agency = actor.Agency
	}
	if err := s.MayAdd(ctx, actor, agency); err != nil {
		return Added{}, err
	}
	sent, err := look(file)
	if err != nil {
		return Added{}, err
	}
	if there, err := db.Get[struct{ ID id.Media }](ctx, s.db, sameSQL, agency, sent.Hash); err == nil {
		found, err := s.Get(ctx, actor, there.ID)
		return Added{found, true}, err
	} else if !errors.Is(err, db.ErrNoRow) {
		return Added{}, err
	}
	if err := s.keepSent(ctx, file, &sent); err != nil {
		return Added{}, err
	}
	var made struct{ ID id.Media }
	again := false
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if made, again, err = enter(ctx, tx, agency, actor.User, nameOf(name, sent.Kind), sent); err != nil || again {
			return err
		}
		if err := audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: agency, Action: "media.add", Subject: subject(made.ID),
			Detail: map[string]any{"kind": sent.Kind, "bytes": sent.Bytes}}); err != nil {
			return err
		}
		if sent.State == "ready" {
			return nil
		}
		return then(tx, made.ID)
	})
	if err != nil {
		return Added{}, err
	}
	found, err := s.Get(ctx, actor, made.ID)
	return Added{found, again}, err
}

func subject(asset id.Media) string { return fmt.Sprintf("media/%d", asset) }

// sent is a file on its way into the library.
type sent struct {
	Kind, State, Hash, Upload string
	Bytes                     int64
	Film                      film
	File                      string
	Forms                     []File
	Files                     []string
}

// look tells what a file is by its content; what it is called proves nothing.
func look(file *os.File) (found sent, err error) {
	if found.Hash, found.Bytes, err = hashOf(file); err != nil {
		return found, err
	}
	if isFilm(file) {
		found.Kind, found.State = Video, "ready"
		found.Film, err = readFilm(file, found.Bytes)
		return found, err
	}
	found.Kind, found.State = Picture, "processing"
	if found.Bytes > picture.MaxBytes {
		return found, errs.InvalidField("image", "Berkas ini lebih dari 20 MB dan bukan video MP4. Perkecil gambarnya, lalu unggah lagi.")
	}
	return found, picture.Check(file)
}

func (s *Service) keepSent(ctx context.Context, file *os.File, sent *sent) (err error) {
	if sent.Kind == Picture {
		sent.Upload, err = Keep(ctx, s.files, file, ".raw")
		return err
	}
	if err := sent.Film.blank(file); err != nil {
		return err
	}
	sent.File, err = Keep(ctx, s.files, file, ".mp4")
	sent.Files = []string{sent.File}
	return err
}

// sameSQL finds a file in the libraries that an agency may place from, its own first.
const sameSQL = `SELECT m.id FROM media AS m JOIN agency AS own ON own.id = $1::int8 AND m.agency_id = ANY(own.path)
	WHERE m.hash = $2 AND m.removed_at IS NULL AND m.state <> 'failed' ORDER BY m.agency_id = own.id DESC, m.id LIMIT 1`

// enter writes the row; again: somebody else sent the same file in between.
func enter(ctx context.Context, tx *db.Tx, agency id.Agency, by id.User, name string, of sent) (made struct{ ID id.Media }, again bool, err error) {
	forms, err := json.Marshal(append([]File{}, of.Forms...))
	if err != nil {
		return made, false, err
	}
	width, height := of.Film.Width, of.Film.Height
	if len(of.Forms) > 0 {
		width, height = of.Forms[len(of.Forms)-1].Width, of.Forms[len(of.Forms)-1].Height
	}
	made, err = db.Get[struct{ ID id.Media }](ctx, tx, `INSERT INTO media (agency_id, kind, state, hash, upload, name, bytes, width, height, seconds, file, forms, files, added_by, at)
		VALUES (@agency, @kind, @state, @hash, @upload, @name, @bytes, @width, @height, @seconds, @file, @forms::jsonb, @files::text[], @by, @now)
		ON CONFLICT (agency_id, hash) WHERE removed_at IS NULL AND state <> 'failed' DO NOTHING RETURNING id`,
		db.Args{"agency": agency, "kind": of.Kind, "state": of.State, "hash": of.Hash, "upload": of.Upload, "name": name, "bytes": of.Bytes, "width": width,
			"height": height, "seconds": of.Film.Seconds, "file": of.File, "forms": string(forms), "files": append([]string{}, of.Files...), "by": by, "now": tx.Now})
	if errors.Is(err, db.ErrNoRow) {
		made, err = db.Get[struct{ ID id.Media }](ctx, tx, sameSQL, agency, of.Hash)
		return made, true, err
	}
	return made, false, err
}

// nameOf makes a name of what the file was called.
func nameOf(called, kind string) string {
	called = oneLine(path.Base(strings.ReplaceAll(strings.ToValidUTF8(called, ""), `\`, "/")))
	if ending := path.Ext(called); len(ending) <= 5 {
		called = strings.TrimSuffix(called, ending)
	}
	if letters := []rune(called); len(letters) > maxName {
		called = string(letters[:maxName])
	}
	switch {
	case called != "" && called != "." && called != "/":
		return called
	case kind == Video:
		return "Video"
	}
	return "Gambar"
}

// make is the job's work: once made, running it again does nothing.
func (s *Service) make(ctx context.Context, asset id.Media) error {
	waiting, err := db.Get[struct{ Upload string }](ctx, s.db, `SELECT upload FROM media WHERE id = $1 AND state = 'processing' AND removed_at IS NULL`, asset)
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	forms, err := s.formsOf(ctx, waiting.Upload)
	reason := ""
	var refused *errs.Error
	if errors.Is(err, blob.ErrNone) { // a backup that was taken in between has none
		err = errs.New(errs.Invalid, "Berkas yang diunggah tidak ada lagi. Unggah lagi gambarnya.")
	}
	if errors.As(err, &refused) && refused.Code == errs.Invalid {
		reason, err = refused.Message, nil
	}
	if err != nil {
		return err
	}
	if err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if reason != "" {
			_, err := db.Exec(ctx, tx, `UPDATE media SET state = 'failed', reason = $2 WHERE id = $1 AND state = 'processing'`, asset, reason)
			return err
		}
		return ready(ctx, tx, asset, forms)
	}); err != nil {
		return err
	}
	return s.forget(ctx, waiting.Upload)
}

func ready(ctx context.Context, tx *db.Tx, asset id.Media, forms []File) error {
	made := row{Kind: Picture, Forms: forms}
	text, err := json.Marshal(forms)
	if err != nil {
		return err
	}
	largest := made.largest()
	_, err = db.Exec(ctx, tx, `UPDATE media SET state = 'ready', forms = $2::jsonb, files = $3::text[], file = $4, width = $5, height = $6
		WHERE id = $1 AND state = 'processing'`, asset, string(text), made.names(), largest.Name, largest.Width, largest.Height)
	return err
}

// forget removes an upload that is done with, unless the same file waits elsewhere.
func (s *Service) forget(ctx context.Context, upload string) error {
	_, err := db.Get[struct{ N int }](ctx, s.db, `SELECT 1 AS n FROM media WHERE upload = $1 AND state = 'processing'
		UNION ALL SELECT 1 FROM content_image WHERE upload = $1 AND state = 'processing' LIMIT 1`, upload)
	if errors.Is(err, db.ErrNoRow) {
		return s.files.Delete(ctx, upload)
	}
	return err
}

func (s *Service) formsOf(ctx context.Context, upload string) ([]File, error) {
	raw, err := Read(ctx, s.files, upload)
	if err != nil {
		return nil, err
	}
	made, err := picture.Make(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return KeepPicture(ctx, s.files, made)
}
