package server

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
)

// Where the links of letters lead, and those of reports that came by e-mail.
const (
	stopRoute       = "/berhenti/{token}"
	stopReportRoute = "/berhenti/laporan/{token}"
)

// stopPage asks on GET, which mail scanners follow by themselves, and stops on POST. Otherwise tells whom the link does
// not help where they stop it.
func stopPage[T any](s *Server, c *fiber.Ctx, page, otherwise string, asked, stop func(ctx context.Context, token string) (T, error)) error {
	do := asked
	if c.Method() == fiber.MethodPost {
		do = stop
	}
	stopping, err := do(c.UserContext(), c.Params("token"))
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer") // the address is a right
	if errs.CodeOf(err) == errs.NotFound {
		return s.pages.render(c, fiber.StatusNotFound, "notice", saying{"Tautan tidak berlaku", otherwise})
	}
	if err != nil {
		return err
	}
	return s.pages.renderForm(c, fiber.StatusOK, page, stopping)
}
