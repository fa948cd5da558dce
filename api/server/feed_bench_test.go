package server

import (
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"github.com/valyala/fasthttp/fasthttputil"
)

// BenchmarkFeed is what an answer of the feed costs beside a bare Fiber one, in one process and over
// connections in memory: x-hello is how many hellos one answer is worth. The figures that the bars speak
// of are wrk's; see docs/decisions/0027-feed-in-memory.md.
func BenchmarkFeed(b *testing.B) {
	s := newSite(b)
	for n := range 25 {
		s.Live(fmt.Sprint("Kabar nomor ", n))
	}
	if err := s.server.share.Load(b.Context()); err != nil {
		b.Fatal(err)
	}
	s.server.limiter = newLimiter(1000)
	hello := fiber.New(fiber.Config{DisableStartupMessage: true})
	hello.Get("/hello", func(c *fiber.Ctx) error { return c.SendString("hello") })
	token := "Bearer " + s.bearer(s.Staff())
	tag := s.do("GET", "/api/v1/feed?limit=20", nil, header("Authorization", token)).Header.Get("ETag")
	base := 0.0
	for _, c := range []struct {
		name, path, tag string
		app             *fiber.App
		status          int
	}{
		{"hello", "/hello", "", hello, 200},
		{"page", "/api/v1/feed?limit=20", "", s.server.App(), 200},
		{"304", "/api/v1/feed?limit=20", tag, s.server.App(), 304},
	} {
		b.Run(c.name, func(b *testing.B) {
			client := inMemory(b, c.app)
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
				request.SetRequestURI("http://gaung.test" + c.path)
				request.Header.Set("Authorization", token)
				request.Header.Set("If-None-Match", c.tag)
				for pb.Next() {
					if err := client.Do(request, response); err != nil || response.StatusCode() != c.status {
						b.Error(err, response.StatusCode())
						return
					}
				}
			})
			each := float64(b.Elapsed()) / float64(b.N)
			if c.app == hello {
				base = each
			}
			b.ReportMetric(each/base, "x-hello")
		})
	}
}

// inMemory serves an app to a client without a network.
func inMemory(b *testing.B, app *fiber.App) *fasthttp.Client {
	listener := fasthttputil.NewInmemoryListener()
	go func() { _ = app.Server().Serve(listener) }() // ends with the listener
	app.Handler()                                    // what app.Listener would do first
	b.Cleanup(func() { _ = listener.Close() })
	return &fasthttp.Client{Dial: func(string) (net.Conn, error) { return listener.Dial() }, MaxConnsPerHost: 512, MaxIdleConnDuration: time.Minute}
}
