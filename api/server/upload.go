package server

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gaung/internal/errs"
)

// Bodies come in as streams: what is refused is never read. Every route but an upload then holds its
// body in memory, up to bodyLimit; an upload writes its own to a temporary file.

// How long an upload may take, and how long it may stand still.
const (
	uploadTime  = 15 * time.Minute
	uploadStall = 20 * time.Second
	uploadWork  = 2 * time.Minute // what is done with the file within the request
	uploadsBusy = 2               // files that are looked into at the same time
)

// holdBody reads the body of an ordinary request into memory.
func holdBody(c *fiber.Ctx) error {
	stream := c.Request().BodyStream()
	if stream == nil {
		return nil
	}
	if c.Request().Header.ContentLength() > bodyLimit {
		return fiber.ErrRequestEntityTooLarge
	}
	held, err := io.ReadAll(io.LimitReader(stream, bodyLimit+1))
	switch {
	case err != nil:
		return unfinished(err)
	case len(held) > bodyLimit:
		return fiber.ErrRequestEntityTooLarge
	}
	c.Request().SetBodyRaw(held)
	return nil
}

// unfinished is the answer to a body that never came to its end.
func unfinished(err error) error {
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return fiber.ErrRequestTimeout
	}
	return errs.New(errs.Invalid, "Kiriman terputus sebelum selesai. Silakan coba lagi.").Because(err)
}

// leaveInStep makes sure that the next request on the connection begins where this one ends: what is
// left of a body is thrown away when it is short, else the connection is closed after the answer.
func leaveInStep(c *fiber.Ctx) {
	stream := c.Request().BodyStream()
	if stream == nil {
		return
	}
	if c.Request().Header.ContentLength() <= bodyLimit && !c.Response().Header.ConnectionClose() {
		if n, err := io.CopyN(io.Discard, stream, bodyLimit+1); n <= bodyLimit && errors.Is(err, io.EOF) {
			return
		}
	}
	c.Response().Header.SetConnectionClose()
}

// closeUnread ends the connection after an answer that Fiber gave by itself, to a method it does not know:
// the body was not read, and would be taken for the next request, perhaps of another person behind the
// same proxy.
func closeUnread(answer fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(c *fasthttp.RequestCtx) {
		answer(c)
		if c.Request.BodyStream() != nil && len(c.Response.Header.Peek(requestIDHeader)) == 0 {
			c.SetConnectionClose()
		}
	}
}

// incoming is an upload that has not been read yet.
type incoming struct {
	server *Server
	fiber  *fiber.Ctx
	limit  int64
}

func (in incoming) query(name string) string { return in.fiber.Query(name) }

// file reads the body into a temporary file, which stands at its beginning; done removes it.
func (in incoming) file() (file *os.File, done func(), err error) {
	if in.fiber.Request().Header.ContentLength() > int(in.limit) {
		return nil, nil, fiber.ErrRequestEntityTooLarge
	}
	file, done, err = in.server.desk.TempFile()
	if err != nil {
		return nil, nil, err
	}
	err = in.copy(file)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return file, done, nil
}

// copy gives a slow phone its time, as long as something keeps coming.
func (in incoming) copy(to io.Writer) error {
	stream, conn, total := in.fiber.Request().BodyStream(), in.fiber.Context().Conn(), int64(0)
	if stream == nil {
		return nil
	}
	for ends := time.Now().Add(uploadTime); time.Now().Before(ends); {
		if err := conn.SetReadDeadline(time.Now().Add(uploadStall)); err != nil {
			return err
		}
		n, err := io.CopyN(to, stream, 64<<10)
		total += n
		switch {
		case total > in.limit:
			return fiber.ErrRequestEntityTooLarge
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return unfinished(err)
		}
	}
	return fiber.ErrRequestTimeout
}

// upload registers a handler of a raw body with a limit of its own. The guard has let the person
// through before a byte of it is read.
func upload[O any](limit int64, handler func(context.Context, incoming) (O, error)) register {
	return func(s *Server, r route) {
		s.app.Add(r.Method, fiberPath(r.Path), func(c *fiber.Ctx) error {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), uploadTime+uploadWork)
			defer cancel()
			answer, err := handler(ctx, incoming{s, c, limit})
			if err != nil {
				return err
			}
			return c.Status(http.StatusCreated).JSON(answer)
		})
		schema := s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[O](), true, "")
		s.api.OpenAPI().AddOperation(&huma.Operation{Method: r.Method, Path: r.Path, Summary: r.Summary, OperationID: operationID(r),
			Security:    []map[string][]string{{"session": {}}, {"bearer": {}}},
			RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}},
			Responses: map[string]*huma.Response{"201": {Description: "Created", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}},
				"default": {Description: "Error", Content: map[string]*huma.MediaType{"application/problem+json": {}}}}})
	}
}

// turn waits until one of few places is free.
func (s *Server) turn(ctx context.Context) (done func(), err error) {
	select {
	case s.uploads <- struct{}{}:
		return func() { <-s.uploads }, nil
	case <-ctx.Done():
		return nil, errs.New(errs.Unavailable, "Server sedang memproses berkas lain. Silakan coba lagi sebentar lagi.")
	}
}
