package server

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/share"
)

// polledWithdrawn answers what every open client asks every few seconds: the same short list for all, out of
// memory, and nearly always "unchanged". It stands before everything else, as the redirect does: there is nobody
// to know, refusing a province behind one address would cost as much as this answer, and headers would be most of
// it. What memory cannot tell goes the long way, with its deadline and its limits.
func (s *Server) polledWithdrawn(c *fiber.Ctx) error {
	list, here := s.share.WithdrawnNow()
	if !here {
		return c.Next()
	}
	return s.sendWithdrawn(c, list)
}

// quickWithdrawn is the long way.
func (s *Server) quickWithdrawn(c *fiber.Ctx) error {
	list, err := s.share.WithdrawnLately(c.UserContext())
	if err != nil {
		return err
	}
	return s.sendWithdrawn(c, list)
}

// sendWithdrawn lets a proxy keep the answer for a moment.
func (s *Server) sendWithdrawn(c *fiber.Ctx, list share.Lately) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=1")
	c.Set(fiber.HeaderETag, s.etag(list.Tag))
	if holds(c.Get(fiber.HeaderIfNoneMatch), s.etag(list.Tag)) {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	return c.JSON(list)
}

// withdrawnLately documents it.
func (s *Server) withdrawnLately(ctx context.Context, _ *struct{}) (*body[share.Lately], error) {
	return answer(s.share.WithdrawnLately(ctx))
}
