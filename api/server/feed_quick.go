package server

import (
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"gaung/internal/page"
	"gaung/internal/share"
)

// quick puts a handler before the typed one, which documents the route and answers what the first leaves
// to it. The guard stands before both. The first answers with an ETag.
func quick(first fiber.Handler, then register) register {
	return func(s *Server, r route) {
		s.app.Add(r.Method, fiberPath(r.Path), first)
		then(s, r)
		op := s.api.OpenAPI().Paths[r.Path].Get
		op.Parameters = append(op.Parameters, &huma.Param{Name: fiber.HeaderIfNoneMatch, In: "header",
			Description: "The ETag of the answer that the client has", Schema: &huma.Schema{Type: huma.TypeString}})
		op.Responses["304"] = &huma.Response{Description: "Nothing changed since the answer with that ETag"}
		op.Responses["200"].Headers = map[string]*huma.Param{fiber.HeaderETag: {
			Description: "Of this answer, for If-None-Match; the answer may have none", Schema: &huma.Schema{Type: huma.TypeString}}}
	}
}

// quickFeed answers a page of the whole feed out of memory. What it cannot tell, it leaves to the typed
// handler: odd input, parts of the feed, very old pages.
func (s *Server) quickFeed(c *fiber.Ctx) error {
	ask, plain := plainAsk(c)
	if !plain {
		return c.Next()
	}
	r := requestOf(c.UserContext())
	q, ok, err := s.share.Quick(c.UserContext(), r.Actor, r.Turn, ask, func(tag string) bool {
		return holds(c.Get(fiber.HeaderIfNoneMatch), s.etag(tag))
	})
	if err != nil {
		return err
	}
	if !ok {
		return c.Next()
	}
	// A browser may keep it, but asks each time; the tag holds the person, for two on one browser.
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderVary, "Cookie, Authorization")
	c.Set(fiber.HeaderETag, s.etag(q.Tag))
	if q.Unchanged {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	c.Set(fiber.HeaderContentType, "application/json")
	return q.Send(c.Response().BodyWriter())
}

// etag is weak, because one answer has several packed forms. Another release may write another JSON.
func (s *Server) etag(tag string) string { return `W/"` + tag + "." + s.version + `"` }

// holds tells whether the client has the answer with a tag.
func holds(ifNoneMatch, tag string) bool {
	for one := range strings.SplitSeq(ifNoneMatch, ",") {
		if one = strings.TrimSpace(one); one == tag || "W/"+one == tag {
			return true
		}
	}
	return false
}

// plainAsk reads the usual questions for the whole feed.
func plainAsk(c *fiber.Ctx) (ask page.Ask, plain bool) {
	plain = true
	for name, value := range c.Context().QueryArgs().All() {
		switch string(name) {
		case "after":
			plain = plain && ask.After == "" && len(value) > 0 && len(value) <= 400
			ask.After = string(value)
		case "limit":
			n, err := strconv.ParseUint(string(value), 10, 8)
			plain = plain && ask.Limit == 0 && err == nil && n > 0 && n <= 200
			ask.Limit = int(n)
		case "filter":
			plain = plain && string(value) == string(share.All)
		default:
			plain = false
		}
	}
	return ask, plain
}
