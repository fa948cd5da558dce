package server

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/media"
	networks "gaung/internal/network"
	"gaung/internal/period"
)

//go:embed pages/*.html pages/page.css
var pageFiles embed.FS

// pages are the public pages: plain HTML without JavaScript, for the poorest phone and for the fetchers
// that make link previews.
type pages struct {
	templates *template.Template
	policy    *bluemonday.Policy
	csp       string
}

func newPages(site string) (*pages, error) {
	css, err := pageFiles.ReadFile("pages/page.css")
	if err != nil {
		return nil, err
	}
	p := &pages{policy: textOnly()}
	sum := sha256.Sum256(css)
	p.csp = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		base64.StdEncoding.EncodeToString(sum[:]))
	p.templates, err = template.New("").Funcs(template.FuncMap{
		"css":       func() template.CSS { return template.CSS(css) },
		"localday":  longTime,
		"site":      func() string { return hostOf(site) },
		"host":      hostOf,
		"megabytes": megabytes,
		"network":   networkName,
		"kind":      kindName,
	}).Funcs(registerWords()).ParseFS(pageFiles, "pages/*.html")
	return p, err
}

// textOnly lets through what official texts need: no images, no styles, no scripts.
func textOnly() *bluemonday.Policy {
	policy := bluemonday.NewPolicy()
	policy.AllowElements("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "hr")
	policy.AllowAttrs("href").OnElements("a")
	policy.AllowURLSchemes("https", "mailto")
	policy.RequireNoFollowOnLinks(true)
	return policy
}

// markdown renders a text of ours; what goldmark lets pass is sanitised once more.
func (p *pages) markdown(text string) (template.HTML, error) {
	var out bytes.Buffer
	if err := goldmark.Convert([]byte(text), &out); err != nil {
		return "", err
	}
	return template.HTML(p.policy.SanitizeBytes(out.Bytes())), nil
}

func (p *pages) render(c *fiber.Ctx, status int, name string, data any) error {
	var out bytes.Buffer
	if err := p.templates.ExecuteTemplate(&out, name+".html", data); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentSecurityPolicy, p.csp)
	return c.Status(status).Type("html", "utf-8").Send(out.Bytes())
}

// renderForm is render for a page with a form that comes back to us.
func (p *pages) renderForm(c *fiber.Ctx, status int, name string, data any) error {
	err := p.render(c, status, name, data)
	c.Set(fiber.HeaderContentSecurityPolicy, strings.Replace(p.csp, "form-action 'none'", "form-action 'self'", 1))
	return err
}

// helpPage tells who has no JavaScript, or an old phone, how to get in. It needs neither itself.
func (s *Server) helpPage(c *fiber.Ctx) error {
	return s.pages.render(c, fiber.StatusOK, "help", nil)
}

// saying is a page that only says something.
type saying struct{ Title, Text string }

// megabytes says how much a video costs to load.
func megabytes(bytes int64) string {
	return strings.Replace(fmt.Sprintf("%.1f MB", max(0.1, float64(bytes)/1e6)), ".", ",", 1)
}

// contentPage is what the public page of a content shows.
type contentPage struct {
	content.Public
	HTML     template.HTML
	Pictures []pagePicture
	Player   *media.Player
	Poster   string
	Card     string // whole address of the picture that networks show
	CardAlt  string
	Short    string // the summary, for a network
}

// pagePicture is a picture in the words of HTML.
type pagePicture struct {
	Alt, Src, Set string
	Width, Height int
}

func pictureOf(shown content.Shown) pagePicture {
	p := pagePicture{Alt: shown.Alt, Width: shown.Width, Height: shown.Height}
	var set []string
	for _, source := range shown.Sources {
		p.Src = source.URL
		set = append(set, fmt.Sprintf("%s %dw", source.URL, source.Width))
	}
	p.Set = strings.Join(set, ", ")
	return p
}

// mostDescription keeps what fetchers need within the first bytes of the page.
const mostDescription = 200

// short cuts a text at a word.
func short(text string) string {
	letters := []rune(text)
	if len(letters) <= mostDescription {
		return text
	}
	cut := string(letters[:mostDescription])
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return cut + "…"
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

func networkName(key string) string {
	known, _ := networks.Named(key) // an old key has no name
	return cmp.Or(known.Name, key)
}

func (s *Server) contentPage(found content.Public) (contentPage, error) {
	html, err := s.pages.markdown(found.Body)
	p := contentPage{Public: found, HTML: html, Short: short(found.Summary), CardAlt: "Kartu konten resmi " + found.AgencyName,
		Card: s.config.PublicURL + content.CardPath(found.Slug, found.Fingerprint())}
	for _, shown := range content.ShownOf(found.Images) {
		p.Pictures = append(p.Pictures, pictureOf(shown))
	}
	if p.Player = found.Video.Player(); p.Player != nil && len(p.Player.Poster) > 0 {
		p.Poster = p.Player.Poster[min(1, len(p.Player.Poster)-1)].URL
	}
	if len(found.Images) > 0 {
		p.CardAlt = short(found.Images[0].Alt)
	}
	return p, err
}

// publicPage shows a content to everybody, with the proof of where it comes from. It carries no og:url
// and no canonical address: a network would follow it and lose the personal link.
func (s *Server) publicPage(c *fiber.Ctx) error {
	c.Set("X-Robots-Tag", "noindex")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	slug, err := url.PathUnescape(c.Params("slug"))
	if err != nil || !utf8.ValidString(slug) || strings.ContainsRune(slug, 0) {
		slug = ""
	}
	found, err := s.content.ReadPublic(c.UserContext(), strings.Clone(slug))
	if errs.CodeOf(err) == errs.NotFound {
		return s.pages.render(c, fiber.StatusNotFound, "notice", saying{"Halaman tidak ditemukan", "Periksa kembali alamat yang Anda buka."})
	}
	if err != nil {
		return err
	}
	status := fiber.StatusOK
	if found.State == content.Recalled {
		status = fiber.StatusGone
	}
	page, err := s.contentPage(found)
	if err != nil {
		return err
	}
	return s.pages.render(c, status, "content", page)
}

var dayNames = []string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

// longTime writes a time as people read it, in the agency's own zone: Selasa, 29 Juli 2025 pukul 14.30 WITA.
func longTime(at time.Time, zone string) string {
	local := at.In(period.MustZone(zone))
	return fmt.Sprintf("%s, %s pukul %s %s", dayNames[local.Weekday()], period.LocalDay(at, local.Location()).Words(), local.Format("15.04"), period.Label(zone))
}
