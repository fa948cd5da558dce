package content

import (
	"context"
	"encoding/json"
	"fmt"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/media"
)

// resolveMedia fills in what the server knows of the pictures and the video that a text names.
func resolveMedia(ctx context.Context, tx *db.Tx, row item, text *Text) error {
	if err := resolveImages(ctx, tx, row, text.Images); err != nil {
		return err
	}
	return resolveVideo(ctx, tx, row, text)
}

// resolveImages looks among those of the version before, those that were uploaded here and are ready, and those
// of the library. What the library has cut since then comes along.
func resolveImages(ctx context.Context, tx *db.Tx, row item, images []Image) error {
	if len(images) == 0 {
		return nil
	}
	own, err := ownImages(ctx, tx, row)
	if err != nil {
		return err
	}
	names := []string{}
	for _, image := range images {
		names = append(names, image.Name)
	}
	library, err := media.Pictures(ctx, tx, row.AgencyID, names)
	if err != nil {
		return err
	}
	for i, wanted := range images {
		found, ours := own[wanted.Name]
		kept, there := library[wanted.Name]
		switch {
		case there && !ours && kept.Alt == "":
			return errs.InvalidField("images", "Lengkapi dahulu teks alternatif gambar ke-%d di pustaka.", i+1)
		case there:
			largest := kept.Forms[len(kept.Forms)-1]
			found = Image{Name: wanted.Name, Width: largest.Width, Height: largest.Height, Files: kept.Forms, Crops: kept.Crops}
		case !ours:
			return errs.InvalidField("images", "Gambar ke-%d tidak ditemukan pada konten ini atau di pustaka. Unggah lagi gambarnya.", i+1)
		}
		found.Alt = wanted.Alt
		images[i] = found
		if there && ours {
			if err := media.Describe(ctx, tx, row.AgencyID, found.Name, found.Alt); err != nil {
				return err
			}
		}
	}
	return nil
}

func ownImages(ctx context.Context, tx *db.Tx, row item) (map[string]Image, error) {
	known, err := db.All[struct{ Images json.RawMessage }](ctx, tx, `
		SELECT images FROM content_version WHERE content_id = $1 AND no = $2
		UNION ALL SELECT jsonb_build_array(picture) FROM content_image WHERE content_id = $1 AND state = 'ready'`, row.ID, row.Version)
	if err != nil {
		return nil, err
	}
	byName := map[string]Image{}
	for _, k := range known {
		var list []Image
		if err := json.Unmarshal(k.Images, &list); err != nil {
			return nil, fmt.Errorf("images of %s: %w", row.subject(), err)
		}
		for _, one := range list {
			byName[one.Name] = one
		}
	}
	return byName, nil
}

// resolveVideo takes the video as the library has it now, with its subtitles; one that was removed there stays as
// the version before had it.
func resolveVideo(ctx context.Context, tx *db.Tx, row item, text *Text) error {
	if text.Video == nil {
		return nil
	}
	found, err := media.FindClip(ctx, tx, row.AgencyID, *text.Video)
	if err != nil || found != nil {
		text.Video = found
		return err
	}
	before, err := db.All[version](ctx, tx, `SELECT * FROM content_version WHERE content_id = $1 AND no = $2`, row.ID, row.Version)
	if err != nil {
		return err
	}
	if len(before) == 0 || before[0].Video == nil || before[0].Video.Name != text.Video.Name {
		return errs.InvalidField("video", "Video tidak ditemukan di pustaka. Pilih lagi videonya.")
	}
	alt := text.Video.Alt
	text.Video = before[0].Video
	text.Video.Alt = alt
	return nil
}
