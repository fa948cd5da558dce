package server

import (
	"math"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
)

// shareQR answers the person's own link as a picture: ?format=png or svg.
func (s *Server) shareQR(c *fiber.Ctx) error {
	content, ok := id.Parse[id.Content](c.Params("id"))
	if !ok || content > math.MaxInt32 {
		return errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	drawn, err := s.share.QR(c.UserContext(), actorOf(c.UserContext()), content, c.Query("format", "png"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, drawn.Type)
	return c.Send(drawn.Body)
}
