package server

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/click"
	"gaung/internal/errs"
)

const selfCookie = "gaung_self"

// followLink is a tracked link. Every navigation gets the same 302, whoever asks; HEAD is answered and
// not counted; a prefetch is sent away, so that the navigation itself arrives.
func (s *Server) followLink(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set("X-Robots-Tag", "noindex")
	destination, err := s.visit(c)
	switch errs.CodeOf(err) {
	case errs.NotFound, errs.Gone:
		return s.closedLink(c, err)
	}
	if err != nil {
		return err
	}
	if destination.Prefetch {
		return c.SendStatus(http.StatusServiceUnavailable)
	}
	return c.Redirect(destination.URL, http.StatusFound)
}

func (s *Server) visit(c *fiber.Ctx) (click.Destination, error) {
	code := strings.Clone(c.Params("code"))
	if c.Method() == fiber.MethodHead {
		return s.click.Resolve(c.UserContext(), code)
	}
	purpose := strings.Join([]string{c.Get("Sec-Purpose"), c.Get("Purpose"), c.Get("X-Purpose"), c.Get("X-Moz")}, " ")
	r := requestOf(c.UserContext())
	return s.click.Visit(c.UserContext(), click.Visit{Code: code, UserAgent: strings.Clone(c.Get(fiber.HeaderUserAgent)),
		Purpose: strings.TrimSpace(purpose), FetchMode: strings.Clone(c.Get("Sec-Fetch-Mode")), FetchDest: strings.Clone(c.Get("Sec-Fetch-Dest")),
		Address: r.Address, SelfToken: strings.Clone(c.Cookies(selfCookie)), SignedIn: r.Actor.User})
}

func (s *Server) closedLink(c *fiber.Ctx, err error) error {
	p := problemOf(err, requestOf(c.UserContext()).ID)
	said := notice{"Tautan tidak ditemukan", "Periksa kembali alamatnya, atau mintalah tautan baru kepada pengirimnya."}
	if p.Code == errs.Gone {
		said = notice{"Konten telah ditarik", p.Title}
	}
	return s.pages.render(c, p.Status, "notice", said)
}
