package learn

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// FileBytes is how large the file of a guide may be.
const FileBytes = 10 << 20

// GuideFile is the document itself, as a PDF.
type GuideFile struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
	Body  []byte `json:"-"`
}

// MayWriteGuide tells why the actor may not change a guide now; nil: they may.
func (s *Service) MayWriteGuide(ctx context.Context, actor org.Actor, number id.Guide) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := heldGuide(ctx, tx, actor, number)
		return err
	})
}

// Attach keeps a PDF as the file of a guide, in the place of one that was there.
func (s *Service) Attach(ctx context.Context, actor org.Actor, number id.Guide, name string, file io.ReadSeeker) (Guide, error) {
	if err := s.MayWriteGuide(ctx, actor, number); err != nil { // who may not stores nothing
		return Guide{}, err
	}
	kept, err := blob.KeepDocument(ctx, s.files, file, map[string]string{"application/pdf": "pdf"}, name, "dokumen")
	if errors.Is(err, blob.ErrKind) {
		return Guide{}, errs.InvalidField("file", "Berkas harus berupa PDF. Simpan dokumennya sebagai PDF, lalu unggah lagi.")
	}
	if err != nil {
		return Guide{}, err
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return Guide{}, err
	}
	return s.setFile(ctx, actor, number, string(text), "attach")
}

// Detach takes the file off a guide.
func (s *Service) Detach(ctx context.Context, actor org.Actor, number id.Guide) (Guide, error) {
	return s.setFile(ctx, actor, number, "", "detach")
}

func (s *Service) setFile(ctx context.Context, actor org.Actor, number id.Guide, text, action string) (Guide, error) {
	return s.changeGuide(ctx, actor, number, 0, action, func(tx *db.Tx, g Guide) error {
		if text == "" && g.State == Published && g.Body == "" {
			return emptyGuide()
		}
		// The revision stays: a file does not touch what somebody types at the same time.
		_, err := db.Exec(ctx, tx, `UPDATE guide SET file = nullif($2, '')::jsonb, updated_at = $3 WHERE id = $1`, number, text, tx.Now)
		return err
	})
}

// ReadFile gives the file of a guide to its readers and to its desk.
func (s *Service) ReadFile(ctx context.Context, actor org.Actor, number id.Guide) (GuideFile, error) {
	none := errs.New(errs.NotFound, "Berkas tidak ditemukan.")
	found, err := guide(ctx, s.db, actor, `(`+onDesk+` OR `+onShelf+`)`, number)
	if err != nil {
		return GuideFile{}, err
	}
	if found.File == nil {
		return GuideFile{}, none
	}
	var kept blob.Document
	if err := json.Unmarshal([]byte(found.Stored), &kept); err != nil {
		return GuideFile{}, err
	}
	body, err := blob.ReadDocument(ctx, s.files, kept)
	if errors.Is(err, blob.ErrNone) {
		return GuideFile{}, none
	}
	return GuideFile{Name: kept.Name, Bytes: kept.Bytes, Body: body}, err
}
