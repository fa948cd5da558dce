package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// asset is one file of the web client, with the compressed forms that the build made.
type asset struct {
	plain, gzip, brotli []byte
	contentType, etag   string
}

// web is the built client in memory.
type web struct {
	files map[string]asset
	csp   string
}

var (
	inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	inlineStyle  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
)

func newWeb(dist fs.FS) (*web, error) {
	w := &web{files: map[string]asset{}}
	var scripts, styles []string
	err := fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".gz") || strings.HasSuffix(name, ".br") {
			return err
		}
		file, err := readAsset(dist, name)
		if err != nil {
			return err
		}
		if path.Ext(name) == ".html" {
			scripts = append(scripts, hashes(inlineScript, file.plain)...)
			styles = append(styles, hashes(inlineStyle, file.plain)...)
		}
		w.files["/"+name] = file
		return nil
	})
	// Only what the build itself inlined may run inline: its hashes are in the policy.
	w.csp = fmt.Sprintf("default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "+
		"img-src 'self' data: blob:; script-src 'self' %s; style-src 'self' %s", strings.Join(scripts, " "), strings.Join(styles, " "))
	return w, err
}

func readAsset(dist fs.FS, name string) (asset, error) {
	plain, err := fs.ReadFile(dist, name)
	if err != nil {
		return asset{}, err
	}
	sum := sha256.Sum256(plain)
	file := asset{plain: plain, contentType: mime.TypeByExtension(path.Ext(name)), etag: `"` + hex.EncodeToString(sum[:8]) + `"`}
	if path.Ext(name) == ".webmanifest" {
		file.contentType = "application/manifest+json"
	}
	file.gzip, _ = fs.ReadFile(dist, name+".gz") // small files have none
	file.brotli, _ = fs.ReadFile(dist, name+".br")
	return file, nil
}

func hashes(of *regexp.Regexp, html []byte) (list []string) {
	for _, found := range of.FindAllSubmatch(html, -1) {
		sum := sha256.Sum256(found[1])
		list = append(list, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return list
}

// find gives the file of a path; a path without one belongs to a face, whose own router shows it.
func (w *web) find(name string) (asset, bool) {
	if file, ok := w.files[name]; ok {
		return file, true
	}
	if strings.HasPrefix(name, "/assets/") || strings.HasPrefix(name, "/api/") || strings.HasPrefix(name, "/icons/") ||
		strings.HasPrefix(name, "/s/") || strings.HasPrefix(name, "/media/") || strings.HasPrefix(name, "/k/") || path.Ext(name) != "" {
		return asset{}, false
	}
	face := "/index.html"
	for _, prefix := range []string{"/konsol", "/laporan"} {
		if name == prefix || strings.HasPrefix(name, prefix+"/") {
			face = prefix + "/index.html"
		}
	}
	file, ok := w.files[face]
	if !ok { // without a build there is one page that says how to build
		file, ok = w.files["/placeholder.html"]
	}
	return file, ok
}

func (s *Server) serveWeb(c *fiber.Ctx) error {
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return fiber.ErrNotFound
	}
	file, ok := s.web.find(c.Path())
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderContentType, file.contentType)
	c.Set(fiber.HeaderETag, file.etag)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if strings.HasPrefix(c.Path(), "/assets/") {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Set(fiber.HeaderContentSecurityPolicy, s.web.csp) // a worker is bound by its own file's policy
	if c.Get(fiber.HeaderIfNoneMatch) == file.etag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return sendSmallest(c, file)
}

func sendSmallest(c *fiber.Ctx, file asset) error {
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case file.brotli != nil && strings.Contains(accepted, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(file.brotli)
	case file.gzip != nil && strings.Contains(accepted, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(file.gzip)
	}
	return c.Send(file.plain)
}

const hsts = "max-age=31536000; includeSubDomains"

// secureHeaders are on every answer. The policy here is for answers that are not pages of the client;
// those get the one with the build's own hashes.
func (s *Server) secureHeaders(c *fiber.Ctx) error {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "strict-origin-when-cross-origin")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), microphone=(), geolocation=()")
	if strings.HasPrefix(c.Path(), "/api/") {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	if s.https {
		c.Set(fiber.HeaderStrictTransportSecurity, hsts)
	}
	return c.Next()
}
