package server

import (
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gaung/internal/click"
	"gaung/internal/testdb"
)

// dropped makes clicks durable nowhere: what a link costs without its journal.
type dropped struct{}

// Append forgets the record.
func (dropped) Append([]byte) error { return nil }

// BenchmarkLinkWithoutJournal is a reader who is sent on, without the journal and without the network.
func BenchmarkLinkWithoutJournal(b *testing.B) {
	s := siteOn(b, testdb.Fresh(b))
	code := click.NewCodes(s.Ring).Encode(click.Link{Content: s.Live("Layanan").ID, User: s.Staff().User, Channel: click.Copy})
	s.server.click.KeepBy(dropped{})
	if err := s.server.click.Load(b.Context()); err != nil {
		b.Fatal(err)
	}
	s.server.limiter = newLimiter(1e6) // its code runs, and refuses nobody
	serve(b, s.server.app, "/s/"+code)
}

// BenchmarkHello is the same for the least that Fiber can answer.
func BenchmarkHello(b *testing.B) {
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error { return c.SendString("hello") })
	serve(b, app, "/")
}

func serve(b *testing.B, app *fiber.App, path string) {
	handler, c := app.Handler(), &fasthttp.RequestCtx{}
	c.Request.Header.SetMethod("GET")
	c.Request.SetRequestURI(path)
	c.Request.Header.SetUserAgent(phone)
	b.ReportAllocs()
	for b.Loop() {
		c.Response.Reset()
		handler(c)
	}
	if status := c.Response.StatusCode(); status != 302 && status != 200 {
		b.Fatal(status)
	}
}
