package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaung/internal/caption"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/media"
	"gaung/internal/network"
	"gaung/internal/trust"
)

// Text is what the author writes. Each saved text is a version of its own.
type Text struct {
	Title          string            `json:"title" maxLength:"400"`
	Summary        string            `json:"summary,omitempty"`
	Body           string            `json:"body,omitempty" doc:"Markdown"`
	Kind           string            `json:"kind,omitempty" doc:"One of: pengumuman, infografis, video_pendek, klarifikasi, carousel, poster, artikel, siaran_pers"`
	Pillar         string            `json:"pillar,omitempty" doc:"One of: personal, regional, product"`
	Stage          string            `json:"stage,omitempty" doc:"One of: akan, sedang, telah"`
	Topic          string            `json:"topic,omitempty" example:"layanan_publik"`
	Classification string            `json:"classification,omitempty" doc:"One of: terbuka, dikecualikan"`
	LandingURL     string            `json:"landing_url,omitempty" doc:"Official address; empty: Gaung's own public page"`
	Hashtags       []string          `json:"hashtags,omitempty" gorm:"serializer:json"`
	Captions       []caption.Variant `json:"captions,omitempty" gorm:"serializer:json" doc:"At least three different ones for every network"`
	OfficialPosts  []OfficialPost    `json:"official_posts,omitempty" gorm:"serializer:json"`
	Images         []Image           `json:"images,omitempty" gorm:"serializer:json" doc:"In their order; at most 6"`
	Video          *media.Clip       `json:"video,omitempty" gorm:"serializer:json" doc:"Of the library; at most one"`
	Mandate        *trust.Mandate    `json:"mandate,omitempty" gorm:"serializer:json" doc:"The letter that asks for it; none: it is voluntary, as it is after the letter's last day"`
}

// OfficialPost is where an official account has already posted the content.
type OfficialPost struct {
	Network   string     `json:"network" doc:"One of: instagram, facebook, x, tiktok, youtube, threads, website"`
	URL       string     `json:"url"`
	AccountID id.Account `json:"account_id,omitempty" doc:"Of the registry; filled in where only one can be meant"`
}

// version is a row of content_version.
type version struct {
	ContentID id.Content
	No        int
	AuthorID  id.User
	At        time.Time
	Hash      []byte
	Text
}

// hash is SHA-256 over the text in its canonical JSON form; the public page shows it as proof of origin. Which line
// of the registry a post stands on is ours to know and no part of what a reader sees.
func (t Text) hash() []byte {
	t.OfficialPosts = slices.Clone(t.OfficialPosts)
	for i := range t.OfficialPosts {
		t.OfficialPosts[i].AccountID = 0
	}
	sum := sha256.Sum256(t.canonical())
	return sum[:]
}

// canonical is the JSON of the text with its captions in their canonical form.
func (t Text) canonical() []byte {
	whole, errWhole := json.Marshal(t)
	long, errLong := json.Marshal(t.Captions)
	short, errShort := caption.Canonical(t.Captions)
	if err := errors.Join(errWhole, errLong, errShort); err != nil {
		panic(err) // plain strings always marshal
	}
	// A quote inside a text is escaped, so the first such name is the field itself.
	return bytes.Replace(whole, append([]byte(field), long...), append([]byte(field), short...), 1)
}

const field = `"captions":`

const (
	maxTitle       = 200
	maxSummary     = 500
	maxBody        = 50_000
	maxHashtags    = 10
	maxPosts       = 10
	maxURL         = 2_000
	minTitleLetter = 5
)

// choices are the closed lists of an item's fields; an empty field is a draft's right.
var choices = []struct {
	field, name string
	of          func(Text) string
	allowed     []string
}{
	{"kind", "Jenis konten", func(t Text) string { return t.Kind },
		[]string{"pengumuman", "infografis", "video_pendek", "klarifikasi", "carousel", "poster", "artikel", "siaran_pers"}},
	{"pillar", "Pilar", func(t Text) string { return t.Pillar }, []string{"personal", "regional", "product"}},
	{"stage", "Tahap", func(t Text) string { return t.Stage }, []string{"akan", "sedang", "telah"}},
	{"classification", "Klasifikasi", func(t Text) string { return t.Classification }, []string{"terbuka", "dikecualikan"}},
}

var (
	hashtagPattern = regexp.MustCompile(`^#[\p{L}\p{N}_]{1,60}$`)
	// tooDeep is nesting that no reader needs and that takes a renderer seconds.
	tooDeep      = regexp.MustCompile(`(?m)^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){10}`)
	topicPattern = regexp.MustCompile(`^[a-z][a-z_]{1,39}$`)
)

// tidied trims what a person typed.
func (t Text) tidied() Text {
	for _, field := range []*string{&t.Title, &t.Summary, &t.Body, &t.LandingURL} {
		*field = strings.TrimSpace(*field)
	}
	t.Captions = caption.Tidy(t.Captions)
	t.Images = tidyImages(t.Images)
	t.Hashtags = trimAll(t.Hashtags)
	t.Mandate = t.Mandate.Tidied()
	t.Video = t.Video.Tidied()
	if t.OfficialPosts == nil {
		t.OfficialPosts = []OfficialPost{}
	}
	return t
}

func trimAll(texts []string) []string {
	kept := []string{}
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// checkDraft names what no draft may have; it says nothing of what is still missing.
func (t Text) checkDraft() error {
	var f errs.Faults
	if t.Title == "" {
		f.Add("title", "Judul wajib diisi.")
	}
	f.Length("title", "Judul", t.Title, maxTitle)
	f.Length("summary", "Ringkasan", t.Summary, maxSummary)
	f.Length("body", "Isi", t.Body, maxBody)
	if tooDeep.MatchString(t.Body) {
		f.Add("body", "Isi memakai kutipan atau daftar bersarang terlalu dalam.")
	}
	if t.Topic != "" && !topicPattern.MatchString(t.Topic) {
		f.Add("topic", "Topik hanya berisi huruf kecil dan garis bawah, misalnya layanan_publik.")
	}
	if t.LandingURL != "" && !isPublicAddress(t.LandingURL) {
		f.Add("landing_url", "Tautan tujuan harus berupa alamat https yang lengkap.")
	}
	for _, choice := range choices {
		if value := choice.of(t); value != "" && !slices.Contains(choice.allowed, value) {
			f.Add(choice.field, "%s harus salah satu dari: %s.", choice.name, strings.Join(choice.allowed, ", "))
		}
	}
	caption.Check(&f, t.Captions)
	t.Mandate.Check(&f)
	t.Video.Check(&f)
	t.checkLists(&f)
	t.checkImages(&f)
	return f.Err()
}

func (t Text) checkLists(f *errs.Faults) {
	if len(t.Hashtags) > maxHashtags {
		f.Add("hashtags", "Paling banyak %d tagar.", maxHashtags)
	}
	for _, tag := range t.Hashtags {
		if !hashtagPattern.MatchString(tag) {
			f.Add("hashtags", "Tagar %q tidak sah: awali dengan # lalu huruf atau angka tanpa spasi.", tag)
		}
	}
	if len(t.OfficialPosts) > maxPosts {
		f.Add("official_posts", "Paling banyak %d unggahan resmi.", maxPosts)
	}
	for _, post := range t.OfficialPosts {
		on, known := network.Named(post.Network)
		if !known || !on.Official {
			f.Add("official_posts", "Jejaring unggahan resmi harus salah satu dari: %s.", strings.Join(network.Keys(network.Capability.IsOfficial), ", "))
			continue
		}
		if !isPublicAddress(post.URL) {
			f.Add("official_posts", "Alamat unggahan resmi harus berupa alamat https yang lengkap.")
		} else if !on.Owns(hostOf(post.URL)) {
			f.Add("official_posts", "Alamat unggahan resmi %s harus berada di %s.", on.Name, strings.Join(on.Hosts, " atau "))
		}
	}
}

// checkComplete names everything that is missing before others are asked to review.
func (t Text) checkComplete(now time.Time, zone string) error {
	var f errs.Faults
	if len([]rune(t.Title)) < minTitleLetter {
		f.Add("title", "Judul terlalu pendek.")
	}
	for _, required := range []struct{ field, value, message string }{
		{"summary", t.Summary, "Ringkasan wajib diisi."},
		{"kind", t.Kind, "Jenis konten wajib dipilih."},
		{"pillar", t.Pillar, "Pilar wajib dipilih."},
		{"stage", t.Stage, "Tahap wajib dipilih: akan, sedang, atau telah."},
		{"topic", t.Topic, "Topik wajib dipilih."},
		{"classification", t.Classification, "Klasifikasi informasi wajib dipilih."},
	} {
		if required.value == "" {
			f.Add(required.field, "%s", required.message)
		}
	}
	if t.Classification == "dikecualikan" {
		f.Add("classification", "Informasi yang dikecualikan tidak dapat diterbitkan (UU 14/2008). Konsultasikan dengan PPID.")
	}
	if t.LandingURL == "" && t.Body == "" {
		f.Add("body", "Isi wajib diisi bila tautan tujuan kosong, karena tautan akan membuka halaman publik Gaung.")
	}
	caption.CheckEnough(&f, t.Captions)
	t.Mandate.CheckComplete(&f, now, zone)
	t.checkAlts(&f)
	return f.Err()
}

// isPublicAddress accepts a whole https address without a user name in it.
func isPublicAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && strings.Contains(u.Hostname(), ".") &&
		u.User == nil && len(text) <= maxURL && !strings.ContainsAny(text, " \t\r\n\"<>")
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
