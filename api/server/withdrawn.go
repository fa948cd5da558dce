package server

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/share"
)

// quickWithdrawn answers what every open client asks every few seconds: the same short list for all, out of
// memory, and nearly always "unchanged". A proxy may keep it for a moment.
func (s *Server) quickWithdrawn(c *fiber.Ctx) error {
	list, err := s.share.WithdrawnLately(c.UserContext())
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=2")
	c.Set(fiber.HeaderETag, s.etag(list.Tag))
	if holds(c.Get(fiber.HeaderIfNoneMatch), s.etag(list.Tag)) {
		c.Status(http.StatusNotModified)
		return nil
	}
	return c.JSON(list)
}

// withdrawnLately documents it.
func (s *Server) withdrawnLately(ctx context.Context, _ *struct{}) (*body[share.Lately], error) {
	return answer(s.share.WithdrawnLately(ctx))
}
