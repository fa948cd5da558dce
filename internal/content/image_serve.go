package content

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"

	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/picture"
)

// Media is a file that the asker may see.
type Media struct {
	Name   string // of its content: two with the same name are the same
	Public bool   // everybody may see it, and keep it
	Size   int64  // of a video, in bytes
	files  Files
}

// IsVideo tells what is sent part by part.
func (m Media) IsVideo() bool { return strings.HasSuffix(m.Name, ".mp4") }

// Part opens length bytes from an offset on.
func (m Media) Part(ctx context.Context, from, length int64) (io.ReadCloser, error) {
	body, err := m.files.OpenPart(ctx, m.Name, from, length)
	if errors.Is(err, blob.ErrNone) {
		return nil, noImage()
	}
	return body, err
}

// Read gives the whole file.
func (m Media) Read(ctx context.Context) (content []byte, err error) {
	content, err = media.Read(ctx, m.files, m.Name)
	if errors.Is(err, blob.ErrNone) {
		err = noImage()
	}
	return content, err
}

func (s *Service) media(name string, public bool) Media {
	return Media{Name: name, Public: public, files: s.files}
}

var mediaName = regexp.MustCompile(`^[0-9a-f]{64}\.(?:jpg|mp4|vtt)$`)

func withdrawn() error {
	return errs.New(errs.Gone, "Berkas ini telah ditarik bersama kontennya.")
}

// shows is one place that shows a file.
type shows struct {
	Public, Mine, Recalled bool
	Bytes                  int64
}

// The library of a node is for those who work below it, too.
const showsSQL = `
WITH shown AS (
	SELECT content_id, no, 0 AS bytes FROM content_version WHERE images @> @images::jsonb AND images <> '[]'
	UNION ALL
	SELECT content_id, no, 0 FROM content_version WHERE images @> @crops::jsonb AND images <> '[]'
	UNION ALL
	SELECT content_id, no, (video->>'bytes')::int8 FROM content_version WHERE video @> @video::jsonb AND video IS NOT NULL)
SELECT c.state IN ('live', 'ended') AND v.no = c.approved_version AS public,
       c.state = 'recalled' AND v.no = c.approved_version AS recalled, a.path && @roots::int4[] AS mine, v.bytes
FROM shown AS v
JOIN content AS c ON c.id = v.content_id
JOIN agency AS a ON a.id = c.agency_id
UNION ALL
SELECT false, false, a.path && @roots::int4[], 0
FROM content_image AS i
JOIN content AS c ON c.id = i.content_id
JOIN agency AS a ON a.id = c.agency_id
WHERE i.picture @> @picture::jsonb
UNION ALL
SELECT false, false, a.path && @roots::int4[] OR EXISTS (SELECT FROM agency AS own WHERE own.id = ANY(@roots::int4[]) AND m.agency_id = ANY(own.path)), m.bytes
FROM media AS m
JOIN agency AS a ON a.id = m.agency_id
WHERE m.files @> ARRAY[@name::text] AND m.removed_at IS NULL`

// Media finds a file that anybody may see because a content that is live or over shows it, or that the
// actor may see because it belongs to a content of their subtree. The actor may be nobody.
func (s *Service) Media(ctx context.Context, actor org.Actor, name string) (Media, error) {
	if !mediaName.MatchString(name) {
		return Media{}, noImage()
	}
	shows, err := db.All[shows](ctx, s.db, showsSQL, db.Args{"roots": actor.Roots(Readers()...), "name": name, "images": inImages(name),
		"crops": inCrops(name), "video": inVideo(name), "picture": inPicture(name)})
	if err != nil {
		return Media{}, err
	}
	mine, gone, found := false, false, s.media(name, false)
	for _, one := range shows {
		found.Public, found.Size = found.Public || one.Public, max(found.Size, one.Bytes)
		mine, gone = mine || one.Mine, gone || one.Recalled
	}
	switch {
	case found.Public, mine:
		return found, nil
	case gone:
		return Media{}, withdrawn()
	}
	return Media{}, noImage()
}

// CardJob draws the card of a content that went live.
type CardJob struct {
	ContentID id.Content `json:"content_id"`
}

// Kind names the job.
func (CardJob) Kind() string { return "content_card" }

// cardOf is what the card of a content says.
type cardOf struct {
	ID      id.Content
	Version int
	State   State
	Title   string
	Agency  string
	Images  []Image `gorm:"serializer:json"`
	File    string  // empty: not drawn yet
}

const cardSQL = `
SELECT c.id, v.no AS version, c.state, v.title, a.name AS agency, v.images, coalesce(k.file, '') AS file
FROM content AS c
JOIN agency AS a ON a.id = c.agency_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.approved_version
LEFT JOIN content_card AS k ON k.content_id = c.id AND k.version = v.no
WHERE c.state IN ('live', 'ended', 'recalled') AND `

// Card finds the picture that networks show of a content's link; the first who asks may draw it. It takes
// no actor: everybody may see it.
func (s *Service) Card(ctx context.Context, slug string) (Media, error) {
	found, err := db.Get[cardOf](ctx, s.db, cardSQL+`c.slug = $1`, slug)
	switch {
	case errors.Is(err, db.ErrNoRow):
		return Media{}, noImage()
	case err != nil:
		return Media{}, err
	case found.State == Recalled:
		return Media{}, withdrawn()
	case found.File == "":
		found.File, err = s.drawCard(ctx, found)
	}
	return s.media(found.File, true), err
}

func (s *Service) makeCard(ctx context.Context, content id.Content) error {
	found, err := db.Get[cardOf](ctx, s.db, cardSQL+`c.id = $1`, content)
	if errors.Is(err, db.ErrNoRow) || found.File != "" || found.State == Recalled {
		return nil
	}
	if err == nil {
		_, err = s.drawCard(ctx, found)
	}
	return err
}

// drawCard draws one card at a time: many who open a new link at once wait for the first.
func (s *Service) drawCard(ctx context.Context, of cardOf) (string, error) {
	select {
	case s.drawing <- struct{}{}:
		defer func() { <-s.drawing }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	again, err := db.Get[cardOf](ctx, s.db, cardSQL+`c.id = $1`, of.ID)
	if err != nil || again.File != "" {
		return again.File, err
	}
	card := picture.Card{Title: of.Title, Agency: of.Agency, Mark: "Situs resmi"}
	if len(of.Images) > 0 {
		text, err := s.media(cardSource(of.Images[0]), true).Read(ctx)
		if err != nil {
			return "", err
		}
		card.Picture = bytes.NewReader(text)
	}
	drawn, err := card.Draw()
	if err != nil {
		return "", err
	}
	name, err := s.store(ctx, bytes.NewReader(drawn.JPEG), ".jpg")
	if err != nil {
		return "", err
	}
	return name, s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO content_card (content_id, version, file) VALUES ($1, $2, $3)
			ON CONFLICT (content_id) DO UPDATE SET version = excluded.version, file = excluded.file`, of.ID, of.Version, name)
		return err
	})
}

// cardSource is the smallest file that is wide enough for the card.
func cardSource(image Image) string {
	for _, file := range image.Files {
		if file.Width >= picture.CardWidth {
			return file.Name
		}
	}
	return image.Name
}

// CardPath is where the card of a slug is; the version's hash makes a new address of a new card.
func CardPath(slug, hash string) string {
	return media.Path + "card/" + slug + ".jpg?v=" + strings.TrimSpace(hash)
}
