package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/id"
)

func (s *Server) uploadImage(ctx context.Context, in incoming) (content.Upload, error) {
	item, ok := id.Parse[id.Content](in.fiber.Params("id"))
	if !ok || item > 1<<31-1 {
		return content.Upload{}, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	if err := s.content.MayEdit(ctx, actorOf(ctx), item); err != nil { // before a byte is read
		return content.Upload{}, err
	}
	file, done, err := in.file()
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		err = errs.InvalidField("image", "Berkas gambar lebih dari 20 MB. Perkecil gambarnya, lalu unggah lagi.")
	}
	if err != nil {
		return content.Upload{}, err
	}
	defer done()
	leave, err := s.turn(ctx)
	if err != nil {
		return content.Upload{}, err
	}
	defer leave()
	return s.content.TakeUpload(ctx, actorOf(ctx), item, file)
}

func (s *Server) listImages(ctx context.Context, in *ContentInput) (*body[[]content.Upload], error) {
	return answer(s.content.Uploads(ctx, actorOf(ctx), in.ID))
}

// ImageInput is an upload of a content in a path.
type ImageInput struct {
	ContentInput
	N int `path:"n" minimum:"1" maximum:"100000"`
}

type placeImageInput struct {
	ImageInput
	Body struct {
		Alt string `json:"alt" maxLength:"1000" doc:"What is to be seen"`
	}
}

func (s *Server) placeImage(ctx context.Context, in *placeImageInput) (*body[content.Content], error) {
	return answer(s.content.PlaceImage(ctx, actorOf(ctx), in.ID, in.N, in.Body.Alt))
}

func (s *Server) dropImage(ctx context.Context, in *ImageInput) (*body[nothing], error) {
	return answer(nothing{true}, s.content.DropUpload(ctx, actorOf(ctx), in.ID, in.N))
}

// Cache lives of pictures: a file never changes, a card may.
const (
	cacheForever = "public, max-age=31536000, immutable"
	cacheOwn     = "private, max-age=86400, immutable" // of a draft
	cacheCard    = "public, max-age=86400"
)

// serveMedia answers a picture, a video or subtitles to who may see it.
func (s *Server) serveMedia(c *fiber.Ctx) error {
	found, err := s.content.Media(c.UserContext(), actorOf(c.UserContext()), strings.Clone(c.Params("name")))
	if err != nil {
		return err
	}
	cache := cacheForever
	if !found.Public {
		cache = cacheOwn
	}
	if found.IsVideo() {
		return sendVideo(c, found, cache)
	}
	return sendPicture(c, found, cache)
}

// card answers the picture that networks show of a link.
func (s *Server) card(c *fiber.Ctx) error {
	slug, err := url.PathUnescape(c.Params("file"))
	slug, ok := strings.CutSuffix(slug, ".jpg")
	if err != nil || !ok || !utf8.ValidString(slug) || strings.ContainsRune(slug, 0) {
		return fiber.ErrNotFound
	}
	found, err := s.content.Card(c.UserContext(), strings.Clone(slug))
	if err != nil {
		return err
	}
	return sendPicture(c, found, cacheCard)
}

// mediaHeaders says how long a file may be kept. It can never be a page.
func mediaHeaders(c *fiber.Ctx, m content.Media, cache string) (etag string) {
	etag = `"` + strings.TrimSuffix(m.Name, path.Ext(m.Name)) + `"`
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, cache)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	return etag
}

// sendPicture answers the whole file, also to who asks for a part.
func sendPicture(c *fiber.Ctx, m content.Media, cache string) error {
	etag := mediaHeaders(c, m, cache)
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		return c.SendStatus(http.StatusNotModified)
	}
	text, err := m.Read(c.UserContext())
	if err != nil {
		c.Response().Header.Del(fiber.HeaderETag)
		c.Set(fiber.HeaderCacheControl, "no-store")
		return err
	}
	kind := "image/jpeg"
	if path.Ext(m.Name) == ".vtt" {
		kind = "text/vtt; charset=utf-8"
	}
	c.Set(fiber.HeaderContentType, kind)
	return c.Send(text)
}

// matches reads If-None-Match: a list of tags, weak or not.
func matches(wanted, etag string) bool {
	for _, one := range strings.Split(wanted, ",") {
		if strings.TrimPrefix(strings.TrimSpace(one), "W/") == etag {
			return true
		}
	}
	return false
}
