package learn

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"unicode"

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

// storedFile is a file as its column holds it.
type storedFile struct {
	File  string `json:"file"`
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
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
	kept, err := s.keep(ctx, name, file)
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

// keep stores a file under the name of its content.
func (s *Service) keep(ctx context.Context, name string, file io.ReadSeeker) (storedFile, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return storedFile{}, err
	}
	if http.DetectContentType(head[:n]) != "application/pdf" {
		return storedFile{}, errs.InvalidField("file", "Berkas harus berupa PDF. Simpan dokumennya sebagai PDF, lalu unggah lagi.")
	}
	hash := sha256.New()
	hash.Write(head[:n])
	rest, err := io.Copy(hash, file)
	if err != nil {
		return storedFile{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return storedFile{}, err
	}
	kept := storedFile{File: hex.EncodeToString(hash.Sum(nil)) + ".pdf", Name: fileName(name), Bytes: int64(n) + rest}
	return kept, s.files.Put(ctx, kept.File, file, kept.Bytes)
}

const maxFileName = 120

// fileName is what a reader's device calls the file: letters, digits and a few signs of what it was called.
func fileName(name string) string {
	base := filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	base = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.()", r) {
			return r
		}
		return '-'
	}, strings.TrimSuffix(base, filepath.Ext(base)))
	if letters := []rune(base); len(letters) > maxFileName {
		base = string(letters[:maxFileName])
	}
	if base = strings.Trim(base, " .-"); base == "" {
		base = "dokumen"
	}
	return base + ".pdf"
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
	var kept storedFile
	if err := json.Unmarshal([]byte(found.Stored), &kept); err != nil {
		return GuideFile{}, err
	}
	body, err := s.files.Open(ctx, kept.File)
	if errors.Is(err, blob.ErrNone) {
		return GuideFile{}, none
	}
	if err != nil {
		return GuideFile{}, err
	}
	var whole bytes.Buffer
	_, err = io.Copy(&whole, body)
	return GuideFile{Name: kept.Name, Bytes: kept.Bytes, Body: whole.Bytes()}, errors.Join(err, body.Close())
}
