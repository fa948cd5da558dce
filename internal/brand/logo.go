package brand

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"gaung/internal/audit"
	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/picture"
)

const (
	maxUploads = 24             // of one agency, used or not
	unusedFor  = 24 * time.Hour // how long an upload is kept that no version names
)

// LogoUpload is a logo that was taken in; a kit names its file.
type LogoUpload struct {
	File   string `json:"file"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

func subject(agency id.Agency) string { return fmt.Sprintf("brand/%d", agency) }

func noLogo() error { return errs.New(errs.NotFound, "Logo tidak ditemukan.") }

// MayEdit tells before a byte of an upload is read whether the actor may send one.
func (s *Service) MayEdit(ctx context.Context, actor org.Actor, agency id.Agency) error {
	_, err := findToEdit(ctx, s.db, actor, agency)
	return err
}

// TakeLogo takes a picture in as a logo: made small, and nothing but its pixels.
func (s *Service) TakeLogo(ctx context.Context, actor org.Actor, agency id.Agency, file io.ReadSeeker) (LogoUpload, error) {
	if err := s.MayEdit(ctx, actor, agency); err != nil {
		return LogoUpload{}, err
	}
	mark, err := picture.Logo(file)
	if err != nil {
		return LogoUpload{}, err
	}
	sum := sha256.Sum256(mark.PNG)
	made := LogoUpload{File: hex.EncodeToString(sum[:]) + ".png", Width: mark.Width, Height: mark.Height}
	if err := s.files.Put(ctx, made.File, bytes.NewReader(mark.PNG), int64(len(mark.PNG))); err != nil {
		return LogoUpload{}, err
	}
	return made, s.db.Tx(ctx, func(tx *db.Tx) error { return keep(ctx, tx, actor, agency, made) })
}

// keep records an upload, and forgets old ones that no version names.
func keep(ctx context.Context, tx *db.Tx, actor org.Actor, agency id.Agency, made LogoUpload) error {
	if _, err := findToEdit(ctx, tx, actor, agency); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM brand_logo AS l WHERE l.agency_id = $1 AND l.at < $2 AND NOT EXISTS
		(SELECT FROM brand_kit AS k WHERE k.agency_id = l.agency_id AND k.kit @> jsonb_build_object('logos', jsonb_build_array(jsonb_build_object('file', l.file))))`,
		agency, tx.Now.Add(-unusedFor)); err != nil {
		return err
	}
	set, err := db.Exec(ctx, tx, `INSERT INTO brand_logo (agency_id, file, width, height, at)
		SELECT $1::int4, $2, $3, $4, $5::timestamptz WHERE (SELECT count(*) FROM brand_logo WHERE agency_id = $1::int4) < $6
		ON CONFLICT (agency_id, file) DO UPDATE SET at = excluded.at`, agency, made.File, made.Width, made.Height, tx.Now, maxUploads)
	if err == nil && set == 0 {
		err = errs.InvalidField("image", "Instansi ini sudah menyimpan %d logo. Pakai salah satu yang ada.", maxUploads)
	}
	if err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: agency, Action: "brand.logo", Subject: subject(agency)})
}

// checkLogos refuses a file that nobody uploaded for this agency.
func checkLogos(ctx context.Context, tx *db.Tx, agency id.Agency, logos []Logo) error {
	for _, logo := range logos {
		_, err := db.Get[struct{ File string }](ctx, tx, `SELECT file FROM brand_logo WHERE agency_id = $1 AND file = $2`, agency, logo.File)
		if errors.Is(err, db.ErrNoRow) {
			return errs.InvalidField("logos", "Berkas logo “%s” tidak ada. Unggah lagi logonya.", logo.Name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// LogoFile reads a logo of a node or of those above it.
func (s *Service) LogoFile(ctx context.Context, actor org.Actor, agency id.Agency, name string) ([]byte, error) {
	if !filePattern.MatchString(name) {
		return nil, noLogo()
	}
	if _, err := find(ctx, s.db, actor, agency); err != nil {
		return nil, err
	}
	_, err := db.Get[struct{ File string }](ctx, s.db, `SELECT l.file FROM brand_logo AS l
		WHERE l.file = $2 AND l.agency_id = ANY((SELECT path FROM agency WHERE id = $1)::int4[])`, agency, name)
	if errors.Is(err, db.ErrNoRow) {
		return nil, noLogo()
	}
	if err != nil {
		return nil, err
	}
	body, err := s.files.Open(ctx, name)
	if errors.Is(err, blob.ErrNone) {
		return nil, noLogo()
	}
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(body)
	return text, errors.Join(err, body.Close())
}
