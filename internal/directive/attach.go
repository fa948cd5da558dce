package directive

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"

	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// AttachmentBytes is how large the scanned letter may be.
const AttachmentBytes = 10 << 20

// Attachment is the letter itself, as a file.
type Attachment struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
	File  string `json:"-"`
}

// kinds are the files that a letter may be, by what they begin with, and how their names end.
var kinds = map[string]string{"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}

// Attach keeps a file as the letter of a draft, in the place of one that was there.
func (s *Service) Attach(ctx context.Context, actor org.Actor, directive id.Directive, name string, file io.ReadSeeker) (Directive, error) {
	if err := s.MayWrite(ctx, actor, directive); err != nil { // who may not stores nothing
		return Directive{}, err
	}
	kept, err := blob.KeepDocument(ctx, s.files, file, kinds, name, "arahan")
	if errors.Is(err, blob.ErrKind) {
		return Directive{}, errs.InvalidField("attachment", "Lampiran harus berupa PDF, JPEG, atau PNG. Simpan suratnya sebagai PDF, lalu unggah lagi.")
	}
	if err != nil {
		return Directive{}, err
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return Directive{}, err
	}
	return s.setAttachment(ctx, actor, directive, string(text), "attach")
}

// Detach takes the file off a draft.
func (s *Service) Detach(ctx context.Context, actor org.Actor, directive id.Directive) (Directive, error) {
	return s.setAttachment(ctx, actor, directive, "", "detach")
}

func (s *Service) setAttachment(ctx context.Context, actor org.Actor, directive id.Directive, text, action string) (Directive, error) {
	return s.change(ctx, actor, directive, func(tx *db.Tx) error {
		found, err := lockDraft(ctx, tx, actor, directive)
		if err != nil {
			return err
		}
		// The version stays: a file does not touch what somebody types at the same time.
		if _, err := db.Exec(ctx, tx, `UPDATE directive SET attachment = nullif($2, '')::jsonb, updated_at = $3 WHERE id = $1`, directive, text, tx.Now); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, action)
	})
}

// MayWrite tells why the actor may not change a directive now; nil: they may.
func (s *Service) MayWrite(ctx context.Context, actor org.Actor, directive id.Directive) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := lockDraft(ctx, tx, actor, directive)
		return err
	})
}

// Attached is a file that somebody may have.
type Attached struct {
	Attachment
	Body []byte
}

// Ending is how the file's name ends, with its dot.
func (a Attached) Ending() string { return filepath.Ext(a.File) }

// ReadAttachment gives the file of a directive to whom it concerns and to its readers.
func (s *Service) ReadAttachment(ctx context.Context, actor org.Actor, directive id.Directive) (Attached, error) {
	found, err := db.Get[struct{ Attachment string }](ctx, s.db, `SELECT d.attachment::text AS attachment
		FROM directive AS d JOIN agency AS a ON a.id = d.agency_id
		WHERE d.id = @id AND d.attachment IS NOT NULL AND (a.path && @roots::int4[] OR d.state = 'issued' AND `+concernsMe+`)`,
		db.Args{"id": directive, "roots": actor.Roots(Readers()...), "path": actor.Path})
	if errors.Is(err, db.ErrNoRow) {
		return Attached{}, errs.New(errs.NotFound, "Lampiran tidak ditemukan.")
	}
	if err != nil {
		return Attached{}, err
	}
	var kept blob.Document
	if err := json.Unmarshal([]byte(found.Attachment), &kept); err != nil {
		return Attached{}, err
	}
	body, err := blob.ReadDocument(ctx, s.files, kept)
	if errors.Is(err, blob.ErrNone) {
		return Attached{}, errs.New(errs.NotFound, "Lampiran tidak ditemukan.")
	}
	return Attached{Attachment{Name: kept.Name, Bytes: kept.Bytes, File: kept.File}, body}, err
}
