package server

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/content"
)

// sendVideo streams a video, whole or the part that is asked for: a player asks for parts, and a phone that lost
// its network goes on where it was.
func sendVideo(c *fiber.Ctx, m content.Media, cache string) error {
	etag := mediaHeaders(c, m, cache)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		return c.SendStatus(http.StatusNotModified)
	}
	wanted := c.Get(fiber.HeaderRange)
	if only := c.Get(fiber.HeaderIfRange); only != "" && only != etag {
		wanted = ""
	}
	from, length, status := rangeOf(wanted, m.Size)
	if status == http.StatusRequestedRangeNotSatisfiable {
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", m.Size))
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.SendStatus(status)
	}
	if status == http.StatusPartialContent {
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, from+length-1, m.Size))
	}
	// The file is sent after the handler has returned, and its deadline with it.
	body, err := m.Part(context.WithoutCancel(c.UserContext()), from, length)
	if err != nil {
		c.Response().Header.Del(fiber.HeaderETag)
		c.Set(fiber.HeaderCacheControl, "no-store")
		return err
	}
	c.Set(fiber.HeaderContentType, "video/mp4")
	c.Status(status)
	c.Context().SetBodyStream(body, int(length))
	return nil
}

// rangeOf reads a Range of one part. What it does not understand it answers whole, as HTTP asks.
func rangeOf(header string, size int64) (from, length int64, status int) {
	whole := func() (int64, int64, int) { return 0, size, http.StatusOK }
	spec, ok := strings.CutPrefix(header, "bytes=")
	if !ok || strings.Contains(spec, ",") {
		return whole()
	}
	first, last, ok := strings.Cut(strings.TrimSpace(spec), "-")
	if !ok {
		return whole()
	}
	if first == "" { // the last so many
		n, err := strconv.ParseInt(last, 10, 64)
		switch {
		case err != nil || n < 0:
			return whole()
		case n == 0 || size == 0:
			return 0, 0, http.StatusRequestedRangeNotSatisfiable
		}
		n = min(n, size)
		return size - n, n, http.StatusPartialContent
	}
	from, err := strconv.ParseInt(first, 10, 64)
	if err != nil || from < 0 {
		return whole()
	}
	to := size - 1
	if last != "" {
		if to, err = strconv.ParseInt(last, 10, 64); err != nil || to < from {
			return whole()
		}
		to = min(to, size-1)
	}
	if from >= size {
		return 0, 0, http.StatusRequestedRangeNotSatisfiable
	}
	return from, to - from + 1, http.StatusPartialContent
}
