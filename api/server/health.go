package server

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
)

func (*Server) health(c *fiber.Ctx) error { return c.JSON(nothing{true}) }

func (s *Server) readiness(c *fiber.Ctx) error {
	if s.draining.Load() {
		return errs.New(errs.Unavailable, "Server ini sedang berhenti.")
	}
	if err := s.ready(c.UserContext()); err != nil {
		return errs.New(errs.Unavailable, "Basis data belum siap.").Because(err)
	}
	return c.JSON(nothing{true})
}

// linksReadiness is for a proxy that sends requests on links: they are followed from memory, so the
// database may be away.
func (s *Server) linksReadiness(c *fiber.Ctx) error {
	if s.draining.Load() {
		return errs.New(errs.Unavailable, "Server ini sedang berhenti.")
	}
	return c.JSON(nothing{true})
}

func (s *Server) openAPI(c *fiber.Ctx) error {
	document, err := s.OpenAPI()
	if err != nil {
		return err
	}
	return c.Type("json").Send(document)
}

type aboutAnswer struct {
	Version string `json:"version"`
	Demo    bool   `json:"demo" doc:"A banner must say so"`
}

func (s *Server) about(context.Context, *struct{}) (*body[aboutAnswer], error) {
	return answer(aboutAnswer{s.version, s.demo}, nil)
}
