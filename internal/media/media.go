// Package media owns the library of an agency: pictures and videos that its contents may show, with what
// is said of them, their crops, posters and subtitles. A content takes a copy by name into its version.
package media

import (
	"context"
	"io"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
)

// Path begins the address of every file.
const Path = "/media/"

// The kinds of an asset.
const (
	Picture = "picture"
	Video   = "video"
)

// Readers see the library of their subtree and of what lies above it.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Auditor, org.Admin}
}

// Writers add to the library of their subtree and change it.
func Writers() []org.Role { return []org.Role{org.Author, org.Publisher, org.Admin} }

// Limits of what is taken in.
const (
	MaxBytes     = 100 << 20 // of a video; a picture has its own
	MaxSubtitles = 256 << 10 // of a file of subtitles
	maxName      = 120
	maxAlt       = 300
	minAlt       = 5
	maxTags      = 20
	maxTag       = 40
)

// Files is where the files are kept, each named after its content.
type Files interface {
	Put(ctx context.Context, name string, body io.Reader, size int64) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Delete(ctx context.Context, name string) error
}

// Service reads and changes the library.
type Service struct {
	db    *db.DB
	queue *job.Queue
	files Files
}

// New makes the service.
func New(d *db.DB, queue *job.Queue, files Files) *Service { return &Service{d, queue, files} }

// File is one size of a picture.
type File struct {
	Name   string `json:"name"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Bytes  int    `json:"bytes"`
}

// Source is one size that readers load.
type Source struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Bytes  int    `json:"bytes"`
}

// Source is the size as readers load it.
func (f File) Source() Source { return Source{Path + f.Name, f.Width, f.Height, f.Bytes} }

// Crop is a part of a picture, a picture of its own. X and Y are pixels of the largest form.
type Crop struct {
	Ratio  string `json:"ratio" enum:"1:1,4:5,9:16,16:9,1.91:1,free"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Files  []File `json:"files" nullable:"false" doc:"Every size, ascending"`
}

// Words are what is said of an asset, and where its centre of interest lies, in percent.
type Words struct {
	Name   string   `json:"name" maxLength:"400"`
	Alt    string   `json:"alt" maxLength:"1000" doc:"What is to be seen, for who cannot see it; needed before it can be placed"`
	Tags   []string `json:"tags" nullable:"false" gorm:"serializer:json" maxItems:"50"`
	FocusX int      `json:"focus_x" minimum:"0" maximum:"100"`
	FocusY int      `json:"focus_y" minimum:"0" maximum:"100"`
}

// row is an asset that is held for a change, or read by its file.
type row struct {
	ID        id.Media
	AgencyID  id.Agency
	Kind      string
	State     string
	Version   int
	Alt       string
	Width     int
	Height    int
	Seconds   int
	Bytes     int64
	File      string
	Forms     []File     `gorm:"serializer:json"`
	Crops     []Crop     `gorm:"serializer:json"`
	Subtitles []Subtitle `gorm:"serializer:json"`
	Path      db.IDs[id.Agency]
}

const rowColumns = `m.id, m.agency_id, m.kind, m.state, m.version, m.alt, m.width, m.height, m.seconds, m.bytes, m.file, m.forms, m.crops, m.subtitles, a.path::text AS path`

// names are all files of an asset.
func (r row) names() []string {
	names := []string{}
	for _, file := range r.Forms {
		names = append(names, file.Name)
	}
	for _, crop := range r.Crops {
		for _, file := range crop.Files {
			names = append(names, file.Name)
		}
	}
	for _, one := range r.Subtitles {
		names = append(names, one.Name)
	}
	if r.Kind == Video && r.File != "" {
		names = append(names, r.File)
	}
	return names
}

// largest is the form that everything else is made of.
func (r row) largest() File {
	if len(r.Forms) == 0 {
		return File{}
	}
	return r.Forms[len(r.Forms)-1]
}

func (w Words) tidied() Words {
	w.Name, w.Alt = oneLine(w.Name), oneLine(w.Alt)
	tags, seen := []string{}, map[string]bool{}
	for _, tag := range w.Tags {
		if tag = strings.ToLower(strings.TrimLeft(oneLine(tag), "# ")); tag != "" && !seen[tag] {
			tags, seen[tag] = append(tags, tag), true
		}
	}
	w.Tags = tags
	return w
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\x00", "")), " ")
}

func (w Words) check() error {
	var f errs.Faults
	if w.Name == "" {
		f.Add("name", "Beri nama agar mudah dicari.")
	}
	f.Length("name", "Nama", w.Name, maxName)
	f.Length("alt", "Teks alternatif", w.Alt, maxAlt)
	if n := len([]rune(w.Alt)); n < minAlt {
		f.Add("alt", "Tuliskan teks alternatif: apa yang terlihat dan penting bagi pembaca.")
	}
	if len(w.Tags) > maxTags {
		f.Add("tags", "Paling banyak %d tanda.", maxTags)
	}
	for _, tag := range w.Tags {
		f.Length("tags", "Setiap tanda", tag, maxTag)
	}
	return f.Err()
}

func notFound() error { return errs.New(errs.NotFound, "Berkas tidak ditemukan di pustaka.") }

// Asset is a picture or a video of the library.
type Asset struct {
	ID         id.Media  `json:"id"`
	AgencyID   id.Agency `json:"agency_id"`
	AgencyName string    `json:"agency_name"`
	Kind       string    `json:"kind" enum:"picture,video"`
	State      string    `json:"state" enum:"processing,ready,failed"`
	Reason     string    `json:"reason" doc:"Why it failed and what to do"`
	Version    int       `json:"version" doc:"Of the words"`
	Words
	Width     int        `json:"width"`
	Height    int        `json:"height"`
	Seconds   int        `json:"seconds" doc:"Of a video"`
	Bytes     int64      `json:"bytes" doc:"Of the file as it came"`
	File      string     `json:"file" doc:"What a content names to show it"`
	Forms     []File     `json:"forms" nullable:"false" gorm:"serializer:json" doc:"Sizes of a picture or of a video's poster, ascending"`
	Crops     []Crop     `json:"crops" nullable:"false" gorm:"serializer:json"`
	Subtitles []Subtitle `json:"subtitles" nullable:"false" gorm:"serializer:json"`
	AddedBy   string     `json:"added_by"`
	At        time.Time  `json:"at"`
	MayWrite  bool       `json:"may_write" gorm:"-"`
	Uses      []Use      `json:"uses,omitempty" gorm:"-" doc:"Contents of the caller's subtree that show it; only of a single one"`
	Elsewhere int        `json:"uses_elsewhere,omitempty" gorm:"-" doc:"How many contents of others show it"`

	Path db.IDs[id.Agency] `json:"-"`
}

// Use is a content that shows an asset.
type Use struct {
	ID    id.Content `json:"id"`
	Title string     `json:"title"`
	State string     `json:"state"`
	Mine  bool       `json:"-"`
}
