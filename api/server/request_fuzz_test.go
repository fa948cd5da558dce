package server

import (
	"net/netip"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gaung/internal/config"
)

// Whatever a client writes into X-Forwarded-For, it cannot pass for anything left of our own proxy: the
// address is the one that the proxy appended.
func FuzzForwardedFor(f *testing.F) {
	s := &Server{config: config.Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")}}}
	app := fiber.New()
	f.Add("203.0.113.9")
	f.Add("0.0.0.0, 1.2.3.4, [2001:db8::1]:443")
	f.Add("\x00,,, ;")
	f.Fuzz(func(t *testing.T, forged string) {
		c := app.AcquireCtx(&fasthttp.RequestCtx{})
		defer app.ReleaseCtx(c)
		c.Request().Header.Add(fiber.HeaderXForwardedFor, forged)
		c.Request().Header.Add(fiber.HeaderXForwardedFor, "198.51.100.7")
		if got := s.clientAddress(c); got.String() != "198.51.100.7" {
			t.Fatalf("%q makes the client %s", forged, got)
		}
	})
}
