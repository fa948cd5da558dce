package media

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"slices"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/picture"
)

// lock takes an asset that the actor wants to change. What they do not see is not found; what they see but
// may not change is forbidden.
func lock(ctx context.Context, tx *db.Tx, actor org.Actor, asset id.Media) (row, error) {
	found, err := db.Get[row](ctx, tx, seenSQL+` SELECT `+rowColumns+` FROM media AS m JOIN agency AS a ON a.id = m.agency_id
		WHERE m.id = @id AND m.removed_at IS NULL AND m.agency_id IN (SELECT id FROM seen) FOR UPDATE OF m`,
		db.Args{"id": int64(asset), "roots": actor.Roots(Readers()...), "agency": 0})
	switch {
	case errors.Is(err, db.ErrNoRow):
		return found, notFound()
	case err != nil:
		return found, err
	case !actor.Holds(found.Path, Writers()...):
		return found, errs.New(errs.Forbidden, "Berkas ini milik instansi lain. Mintalah instansi itu mengubahnya, atau unggah berkas Anda sendiri.")
	}
	return found, nil
}

func (s *Service) change(ctx context.Context, actor org.Actor, asset id.Media, action string, act func(*db.Tx, row) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := lock(ctx, tx, actor, asset)
		if err != nil {
			return err
		}
		if err := act(tx, found); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: found.AgencyID, Action: "media." + action, Subject: subject(asset)})
	})
}

// Edit says what an asset is. Contents that show it already keep their words.
func (s *Service) Edit(ctx context.Context, actor org.Actor, asset id.Media, seen int, words Words) (Asset, error) {
	words = words.tidied()
	if err := words.check(); err != nil {
		return Asset{}, err
	}
	tags, err := json.Marshal(words.Tags)
	if err != nil {
		return Asset{}, err
	}
	if err := s.change(ctx, actor, asset, "edit", func(tx *db.Tx, found row) error {
		if found.Version != seen {
			return errs.New(errs.Conflict, "Keterangan berkas ini sudah diubah orang lain. Muat ulang, lalu coba lagi.")
		}
		_, err := db.Exec(ctx, tx, `UPDATE media SET version = version + 1, name = $2, alt = $3, tags = $4::jsonb, focus_x = $5, focus_y = $6 WHERE id = $1`,
			asset, words.Name, words.Alt, string(tags), words.FocusX, words.FocusY)
		return err
	}); err != nil {
		return Asset{}, err
	}
	return s.Get(ctx, actor, asset)
}

// Remove takes an asset out of the library, unless a content that is not over shows it. Versions keep their file.
func (s *Service) Remove(ctx context.Context, actor org.Actor, asset id.Media) error {
	return s.change(ctx, actor, asset, "remove", func(tx *db.Tx, found row) error {
		uses, err := usesOf(ctx, tx, shownBy(found.File, found.Crops), actor)
		if err != nil {
			return err
		}
		for _, use := range uses {
			if slices.Contains(over, use.State) {
				continue
			}
			if !use.Mine {
				return errs.New(errs.Conflict, "Berkas ini masih dipakai konten instansi lain yang belum berakhir, sehingga belum dapat dihapus.")
			}
			return errs.New(errs.Conflict, "Berkas ini masih dipakai konten %q. Tunggu sampai konten itu berakhir, atau keluarkan berkasnya lebih dahulu.", use.Title)
		}
		_, err = db.Exec(ctx, tx, `UPDATE media SET removed_at = $2 WHERE id = $1`, asset, tx.Now)
		return err
	})
}

// ratios are width to height of the crops, in thousandths; free is any.
var ratios = map[string]int{"1:1": 1000, "4:5": 800, "9:16": 562, "16:9": 1778, "1.91:1": 1910, "free": 0}

// minCrop is the shortest side of a crop, in pixels: less shows nothing.
const minCrop = 200

// Cut makes the crop of a ratio, in the place of the one before. Nothing is blown up: a crop has the pixels that
// it takes out of the picture.
func (s *Service) Cut(ctx context.Context, actor org.Actor, asset id.Media, ratio string, part image.Rectangle) (Asset, error) {
	var from row
	if err := s.db.Tx(ctx, func(tx *db.Tx) (err error) { from, err = lock(ctx, tx, actor, asset); return err }); err != nil {
		return Asset{}, err
	}
	if err := from.checkCut(ratio, part); err != nil {
		return Asset{}, err
	}
	raw, err := Read(ctx, s.files, from.File)
	if err != nil {
		return Asset{}, err
	}
	made, err := picture.Cut(bytes.NewReader(raw), part)
	if err != nil {
		return Asset{}, err
	}
	forms, err := KeepPicture(ctx, s.files, made)
	if err != nil {
		return Asset{}, err
	}
	crop := Crop{ratio, part.Min.X, part.Min.Y, part.Dx(), part.Dy(), forms}
	return s.setCrops(ctx, actor, asset, ratio, &crop)
}

// Uncut forgets the crop of a ratio; versions keep it.
func (s *Service) Uncut(ctx context.Context, actor org.Actor, asset id.Media, ratio string) (Asset, error) {
	return s.setCrops(ctx, actor, asset, ratio, nil)
}

func (s *Service) setCrops(ctx context.Context, actor org.Actor, asset id.Media, ratio string, crop *Crop) (Asset, error) {
	if err := s.change(ctx, actor, asset, "crop", func(tx *db.Tx, found row) error {
		found.Crops = slices.DeleteFunc(found.Crops, func(c Crop) bool { return c.Ratio == ratio })
		if crop != nil {
			found.Crops = append(found.Crops, *crop)
		}
		return found.save(ctx, tx)
	}); err != nil {
		return Asset{}, err
	}
	return s.Get(ctx, actor, asset)
}

// save writes what was made of an asset, and the names of all its files.
func (r row) save(ctx context.Context, tx *db.Tx) error {
	crops, err := json.Marshal(append([]Crop{}, r.Crops...))
	if err != nil {
		return err
	}
	forms, err := json.Marshal(append([]File{}, r.Forms...))
	if err != nil {
		return err
	}
	subtitles, err := json.Marshal(append([]Subtitle{}, r.Subtitles...))
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE media SET crops = $2::jsonb, forms = $3::jsonb, subtitles = $4::jsonb, files = $5::text[] WHERE id = $1`,
		r.ID, string(crops), string(forms), string(subtitles), r.names())
	return err
}

// checkCut allows a pixel of rounding.
func (r row) checkCut(ratio string, part image.Rectangle) error {
	wanted, known := ratios[ratio]
	whole := image.Rect(0, 0, r.Width, r.Height)
	switch {
	case r.Kind != Picture || r.State != "ready":
		return errs.New(errs.Conflict, "Hanya gambar yang sudah siap yang dapat dipotong.")
	case !known:
		return errs.InvalidField("ratio", "Rasio potongan tidak dikenal.")
	case part.Empty() || !part.In(whole):
		return errs.InvalidField("x", "Potongan melampaui tepi gambar.")
	case min(part.Dx(), part.Dy()) < minCrop:
		return errs.InvalidField("width", "Potongan terlalu kecil: sisi pendek sedikitnya %d piksel. Perbesar bidang potongan; gambar tidak dibesarkan melebihi pikselnya.", minCrop)
	case wanted == 0 && max(part.Dx(), part.Dy()) > 5*min(part.Dx(), part.Dy()):
		return errs.InvalidField("width", "Potongan terlalu panjang: sisi panjang paling banyak 5 kali sisi pendek.")
	}
	if off := part.Dx()*1000 - wanted*part.Dy(); wanted != 0 && max(off, -off) > 2000+2*part.Dy() {
		return errs.InvalidField("width", "Bidang potongan tidak sesuai rasio %s.", ratio)
	}
	return nil
}
