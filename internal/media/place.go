package media

import (
	"context"
	"errors"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
)

// Found is a picture of the library as a content may show it: the whole, or one of its crops.
type Found struct {
	Alt   string
	Forms []File
	Crops []Crop // of the whole
}

// placeSQL reads what an agency may place: its own, and what the nodes above it have.
const placeSQL = `SELECT ` + rowColumns + ` FROM media AS m JOIN agency AS a ON a.id = m.agency_id
	JOIN agency AS own ON own.id = @agency::int8 AND m.agency_id = ANY(own.path)
	WHERE m.files && @names::text[] AND m.removed_at IS NULL AND m.state = 'ready'`

// Pictures finds pictures by the names of their largest forms. What is not in it is not the agency's to place.
func Pictures(ctx context.Context, tx *db.Tx, agency id.Agency, names []string) (map[string]Found, error) {
	rows, err := db.All[row](ctx, tx, placeSQL+` AND m.kind = 'picture' ORDER BY m.agency_id = own.id, m.id DESC`, db.Args{"agency": agency, "names": names})
	if err != nil {
		return nil, err
	}
	found := map[string]Found{}
	for _, r := range rows {
		for _, crop := range r.Crops {
			found[crop.Files[len(crop.Files)-1].Name] = Found{r.Alt, crop.Files, nil}
		}
		found[r.File] = Found{r.Alt, r.Forms, r.Crops}
	}
	return found, nil
}

// Enter takes a picture that was made for a content into the library of its agency; one that is there stays.
func Enter(ctx context.Context, tx *db.Tx, agency id.Agency, by id.User, name, hash string, bytes int64, forms []File) error {
	made := row{Kind: Picture, Forms: forms}
	_, _, err := enter(ctx, tx, agency, by, nameOf(name, Picture), sent{Kind: Picture, State: "ready", Hash: hash, Bytes: bytes,
		File: made.largest().Name, Forms: forms, Files: made.names()})
	return err
}

// Describe gives a picture of an agency the words that its first content says of it.
func Describe(ctx context.Context, tx *db.Tx, agency id.Agency, file, alt string) error {
	if len([]rune(alt)) < minAlt {
		return nil
	}
	_, err := db.Exec(ctx, tx, `UPDATE media SET alt = $3, version = version + 1
		WHERE agency_id = $1 AND files @> ARRAY[$2::text] AND file = $2 AND alt = '' AND removed_at IS NULL`, agency, file, alt)
	return err
}

// Clip is the video of a version. An author names it and says what is to be seen; the rest is the server's.
type Clip struct {
	Name      string     `json:"name" maxLength:"80" doc:"Of a video of the library"`
	Alt       string     `json:"alt" maxLength:"1000" doc:"What is to be seen, for who cannot see it"`
	Width     int        `json:"width,omitempty" readOnly:"true"`
	Height    int        `json:"height,omitempty" readOnly:"true"`
	Seconds   int        `json:"seconds,omitempty" readOnly:"true"`
	Bytes     int64      `json:"bytes,omitempty" readOnly:"true"`
	Poster    []File     `json:"poster,omitempty" readOnly:"true" doc:"Every size, ascending"`
	Subtitles []Subtitle `json:"subtitles,omitempty" readOnly:"true"`
	Files     []string   `json:"files,omitempty" readOnly:"true" doc:"The names of all of them"`
}

// FindClip completes a video that an agency may place; nil: it is not the agency's to place.
func FindClip(ctx context.Context, tx *db.Tx, agency id.Agency, wanted Clip) (*Clip, error) {
	found, err := db.Get[row](ctx, tx, placeSQL+` AND m.kind = 'video' AND m.file = @names[1] ORDER BY m.agency_id = own.id DESC, m.id LIMIT 1`,
		db.Args{"agency": agency, "names": []string{wanted.Name}})
	switch {
	case errors.Is(err, db.ErrNoRow):
		return nil, nil
	case err != nil:
		return nil, err
	case found.Alt == "":
		return nil, errs.InvalidField("video", "Lengkapi dahulu teks alternatif video ini di pustaka.")
	}
	clip := Clip{Name: found.File, Alt: wanted.Alt, Width: found.Width, Height: found.Height, Seconds: found.Seconds, Bytes: found.Bytes,
		Poster: found.Forms, Subtitles: found.Subtitles, Files: found.names()}
	if clip.Alt == "" {
		clip.Alt = found.Alt
	}
	return &clip, nil
}

// Tidied trims what a person typed.
func (c *Clip) Tidied() *Clip {
	if c == nil || c.Name == "" {
		return nil
	}
	tidy := *c
	tidy.Alt = oneLine(c.Alt)
	return &tidy
}

// Check names what no draft may have.
func (c *Clip) Check(f *errs.Faults) {
	if c != nil {
		f.Length("video", "Teks alternatif video", c.Alt, maxAlt)
	}
}

// Player is a video as readers get it.
type Player struct {
	URL     string   `json:"url"`
	Alt     string   `json:"alt"`
	Width   int      `json:"width"`
	Height  int      `json:"height"`
	Seconds int      `json:"seconds"`
	Bytes   int64    `json:"bytes"`
	Poster  []Source `json:"poster" nullable:"false" doc:"Ascending by width"`
	Tracks  []Track  `json:"tracks" nullable:"false" doc:"Subtitles; the first is on"`
}

// Track is a file of subtitles as readers get it.
type Track struct {
	URL   string `json:"url"`
	Lang  string `json:"lang"`
	Label string `json:"label"`
}

// Player is what readers load; nil of no video.
func (c *Clip) Player() *Player {
	if c == nil {
		return nil
	}
	p := Player{URL: Path + c.Name, Alt: c.Alt, Width: c.Width, Height: c.Height, Seconds: c.Seconds, Bytes: c.Bytes, Poster: []Source{}, Tracks: []Track{}}
	for _, file := range c.Poster {
		p.Poster = append(p.Poster, file.Source())
	}
	for _, one := range c.Subtitles {
		p.Tracks = append(p.Tracks, Track{Path + one.Name, one.Lang, languages[one.Lang]})
	}
	return &p
}
