package directive

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

// AttachmentBytes is how large the scanned letter may be.
const AttachmentBytes = 10 << 20

// Attachment is the letter itself, as a file.
type Attachment struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
	File  string `json:"-"`
}

// stored is an attachment as its column holds it.
type stored struct {
	File  string `json:"file"`
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
}

// kinds are the files that a letter may be, by what they begin with, and how their names end.
var kinds = map[string]string{"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}

// Attach keeps a file as the letter of a draft, in the place of one that was there.
func (s *Service) Attach(ctx context.Context, actor org.Actor, directive id.Directive, name string, file io.ReadSeeker) (Directive, error) {
	if err := s.MayWrite(ctx, actor, directive); err != nil { // who may not stores nothing
		return Directive{}, err
	}
	kept, err := s.keep(ctx, name, file)
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

// keep stores a file under the name of its content.
func (s *Service) keep(ctx context.Context, name string, file io.ReadSeeker) (stored, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return stored{}, err
	}
	ending, known := kinds[http.DetectContentType(head[:n])]
	if !known {
		return stored{}, errs.InvalidField("attachment", "Lampiran harus berupa PDF, JPEG, atau PNG. Simpan suratnya sebagai PDF, lalu unggah lagi.")
	}
	hash := sha256.New()
	hash.Write(head[:n])
	rest, err := io.Copy(hash, file)
	if err != nil {
		return stored{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return stored{}, err
	}
	kept := stored{File: hex.EncodeToString(hash.Sum(nil)) + "." + ending, Name: fileName(name, ending), Bytes: int64(n) + rest}
	return kept, s.files.Put(ctx, kept.File, file, kept.Bytes)
}

const maxFileName = 120

// fileName is what a reader's device calls the file: letters, digits and a few signs of what it was called.
func fileName(name, ending string) string {
	base := strings.TrimSuffix(filepath.Base(strings.ReplaceAll(name, `\`, "/")), filepath.Ext(name))
	base = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune(" -_.()", r):
			return r
		}
		return '-'
	}, base)
	if runes := []rune(base); len(runes) > maxFileName {
		base = string(runes[:maxFileName])
	}
	if base = strings.Trim(base, " .-"); base == "" {
		base = "arahan"
	}
	return base + "." + ending
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
	var kept stored
	if err := json.Unmarshal([]byte(found.Attachment), &kept); err != nil {
		return Attached{}, err
	}
	body, err := s.files.Open(ctx, kept.File)
	if errors.Is(err, blob.ErrNone) {
		return Attached{}, errs.New(errs.NotFound, "Lampiran tidak ditemukan.")
	}
	if err != nil {
		return Attached{}, err
	}
	var text bytes.Buffer
	_, err = io.Copy(&text, body)
	return Attached{Attachment{Name: kept.Name, Bytes: kept.Bytes, File: kept.File}, text.Bytes()}, errors.Join(err, body.Close())
}
