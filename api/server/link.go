package server

import (
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	"gaung/internal/click"
	"gaung/internal/errs"
)

const selfCookie = "gaung_self"

// linkRoute is the path of every personal link.
const linkRoute = "/s/:code"

// followed is what came of a request on a link, for the handler that answers it in words.
type followed struct {
	to  click.Destination
	err error
}

type followedKey struct{}

// quickLink answers what nearly every request on a link is, before anything else looks at it: a reader who
// is sent on. It is limited, measured and headed like every other request; it has no line in the log, because
// the journal of clicks is one. What is to be answered in words goes on to followLink.
func (s *Server) quickLink(c *fiber.Ctx) error {
	started := time.Now()
	if c.Request().BodyStream() != nil {
		return c.Next()
	}
	address := s.clientAddress(c)
	if s.limiter.flood.allow(address, started) != nil {
		return c.Next() // refused there, in words
	}
	header := &c.Request().Header
	text := func(name string) string { return utils.UnsafeString(header.Peek(name)) } // Visit keeps none of them
	v := click.Visit{Code: c.Params("code"), UserAgent: utils.UnsafeString(header.UserAgent()), Purpose: purposeOf(c),
		FetchMode: text("Sec-Fetch-Mode"), FetchDest: text("Sec-Fetch-Dest"), Address: address}
	if len(header.Peek(fiber.HeaderCookie)) > 0 || len(header.Peek(fiber.HeaderAuthorization)) > 0 {
		v.SelfToken = utils.UnsafeString(header.Cookie(selfCookie))
		if token := accessToken(c); token != "" {
			v.SignedIn = s.auth.Owner(token)
		}
	}
	to, err := s.click.Visit(c.Context(), v)
	if err != nil {
		c.Locals(followedKey{}, followed{to, err})
		return c.Next()
	}
	s.headLink(c)
	status := http.StatusFound
	if to.Prefetch {
		status = http.StatusServiceUnavailable
	} else {
		c.Response().Header.Set(fiber.HeaderLocation, to.URL)
	}
	c.Response().SetStatusCode(status)
	s.metrics.links[status/100].Observe(time.Since(started).Seconds())
	return nil
}

// headLink sets what the answers on links have in common.
func (s *Server) headLink(c *fiber.Ctx) {
	header := &c.Response().Header
	for _, h := range s.linkHeaders {
		header.SetCanonical(h.name, h.value)
	}
	if s.draining.Load() {
		c.Context().SetConnectionClose()
	}
}

// fixedHeader is a header that every answer of a kind has.
type fixedHeader struct{ name, value []byte }

// linkHeaders are written once, because a busy link is answered tens of thousands of times a second.
func linkHeaders(https bool) []fixedHeader {
	list := []fixedHeader{
		{[]byte(fiber.HeaderCacheControl), []byte("private, no-store")},
		{[]byte("X-Robots-Tag"), []byte("noindex")},
		{[]byte(fiber.HeaderXContentTypeOptions), []byte("nosniff")},
		{[]byte(fiber.HeaderReferrerPolicy), []byte("strict-origin-when-cross-origin")},
	}
	if https {
		list = append(list, fixedHeader{[]byte(fiber.HeaderStrictTransportSecurity), []byte(hsts)})
	}
	return list
}

// purposeOf joins what browsers say of a request that nobody has tapped for yet.
func purposeOf(c *fiber.Ctx) (purpose string) {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		if said := c.Request().Header.Peek(name); len(said) > 0 {
			purpose += string(said) + " "
		}
	}
	return purpose
}

// followLink is a tracked link. Every navigation gets the same 302, whoever asks; HEAD is answered and
// not counted; a prefetch is sent away, so that the navigation itself arrives. Wrong codes are limited by
// address; right ones are not, because a whole office may be one address.
func (s *Server) followLink(c *fiber.Ctx) error {
	s.headLink(c)
	was, looked := c.Locals(followedKey{}).(followed)
	if !looked {
		was.to, was.err = s.click.Resolve(c.UserContext(), strings.Clone(c.Params("code")))
	}
	switch errs.CodeOf(was.err) {
	case errs.NotFound:
		if err := s.limiter.allow(guessing, caller{address: requestOf(c.UserContext()).Address}, time.Now()); err != nil {
			return err
		}
		return s.closedLink(c, was.err)
	case errs.Gone:
		return s.closedLink(c, was.err)
	}
	if was.err != nil {
		return was.err
	}
	return c.Redirect(was.to.URL, http.StatusFound)
}

func (s *Server) closedLink(c *fiber.Ctx, err error) error {
	p := problemOf(err, requestOf(c.UserContext()).ID)
	said := saying{"Tautan tidak ditemukan", "Periksa kembali alamatnya, atau mintalah tautan baru kepada pengirimnya."}
	if p.Code == errs.Gone {
		said = saying{"Konten telah ditarik", p.Title}
	}
	return s.pages.render(c, p.Status, "notice", said)
}
