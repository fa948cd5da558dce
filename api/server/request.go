package server

import (
	"bytes"
	"context"
	"log/slog"
	"net/netip"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/google/uuid"

	"gaung/internal/auth"
	"gaung/internal/id"
	"gaung/internal/org"
)

// request is what is known of a request beside its input.
type request struct {
	ID      string
	Address netip.Addr // the client's, as far as our own proxies can be believed
	Agent   string     // the browser, as it names itself
	Actor   org.Actor  // zero: nobody is signed in
	Session id.Session
	Pending auth.Pending // what the actor must do before anything else
	Turn    int64        // how far the actor's own part of the feed is
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{}
}

// actorOf is who asks; the guard has made sure of what the route wants.
func actorOf(ctx context.Context) org.Actor { return requestOf(ctx).Actor }

// deadline bounds the work of a request; work that takes longer belongs into a job.
const deadline = 10 * time.Second

// feedRoute is the feed in the names of routes.
const feedRoute = "/api/v1/feed"

const requestIDHeader = "X-Request-Id"

// begin gives the request its number, client address and deadline, and logs it when it is done. A
// path is logged as its route's template: it can hold a personal link.
func (s *Server) begin(c *fiber.Ctx) error {
	started := time.Now()
	r := &request{ID: uuid.NewString(), Address: s.clientAddress(c), Agent: strings.Clone(c.Get(fiber.HeaderUserAgent))}
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), requestKey{}, r), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	c.Set(requestIDHeader, r.ID)
	err := c.Next()
	if err != nil { // the answer must be known before it is logged and measured
		if err = s.answerError(c, err); err != nil {
			return err
		}
	}
	leaveInStep(c)
	compress(c)
	if s.draining.Load() {
		c.Context().SetConnectionClose()
	}
	took, status := time.Since(started), c.Response().StatusCode()
	route := strings.Clone(c.Route().Path)
	s.metrics.observe(strings.Clone(c.Method()), route, status, took)
	if route == feedRoute && status < fiber.StatusBadRequest { // the one that is asked for most; the metrics count it
		return nil
	}
	s.log.LogAttrs(ctx, slog.LevelInfo, "request", slog.String("request_id", r.ID), slog.String("method", c.Method()),
		slog.String("route", route), slog.Int("status", status), slog.Int64("user", int64(r.Actor.User)), slog.Duration("took", took))
	return nil
}

// clientAddress walks X-Forwarded-For from the right for as long as the hop is one of our own
// proxies. What stands further left was written by the client and proves nothing.
func (s *Server) clientAddress(c *fiber.Ctx) netip.Addr {
	peer, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok {
		return netip.Addr{}
	}
	client := peer.Unmap()
	if !s.trusted(client) {
		return network(client)
	}
	lines := c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) // a proxy may add a line of its own below one that the client forged
	for i := len(lines) - 1; i >= 0; i-- {
		for rest := lines[i]; len(rest) > 0; {
			comma := bytes.LastIndexByte(rest, ',')
			text := bytes.TrimSpace(rest[comma+1:])
			rest = rest[:max(comma, 0)]
			if len(text) == 0 {
				continue
			}
			hop, ok := parseHop(utils.UnsafeString(text))
			if !ok {
				return network(client)
			}
			if client = hop; !s.trusted(client) {
				return network(client)
			}
		}
	}
	return network(client)
}

// parseHop reads an address, with or without a port.
func parseHop(text string) (netip.Addr, bool) {
	if address, err := netip.ParseAddr(text); err == nil {
		return address.Unmap().WithZone(""), true
	}
	withPort, err := netip.ParseAddrPort(text)
	return withPort.Addr().Unmap().WithZone(""), err == nil
}

// network is what one subscriber has: an IPv4 address, or a whole /64 of IPv6.
func network(client netip.Addr) netip.Addr {
	if !client.Is6() {
		return client
	}
	return netip.PrefixFrom(client, 64).Masked().Addr()
}

func (s *Server) trusted(address netip.Addr) bool {
	for _, block := range s.config.TrustedProxies {
		if block.Contains(address) {
			return true
		}
	}
	return false
}
