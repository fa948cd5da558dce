package server

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// adapter lets huma speak through Fiber v2. It copies every string it hands out, because Fiber's own
// are overwritten as soon as the handler has returned.
type adapter struct{ app *fiber.App }

// Handle registers one operation.
func (a adapter) Handle(op *huma.Operation, handler func(huma.Context)) {
	a.app.Add(op.Method, fiberPath(op.Path), func(c *fiber.Ctx) error {
		if err := holdBody(c); err != nil {
			return err
		}
		handler(&humaContext{op: op, fiber: c, ctx: c.UserContext(), status: new(int)})
		return nil
	})
}

// ServeHTTP is part of huma's interface; the project serves through Fiber only.
func (adapter) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "served by Fiber", http.StatusNotImplemented)
}

// fiberPath turns /contents/{id} into /contents/:id.
func fiberPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// humaContext is one request. The context it gives is never fasthttp's own, which is reused.
type humaContext struct {
	op     *huma.Operation
	fiber  *fiber.Ctx
	ctx    context.Context
	status *int
}

func (h *humaContext) Operation() *huma.Operation { return h.op }
func (h *humaContext) Context() context.Context   { return h.ctx }
func (h *humaContext) Method() string             { return strings.Clone(h.fiber.Method()) }
func (h *humaContext) Host() string               { return strings.Clone(h.fiber.Hostname()) }
func (h *humaContext) RemoteAddr() string         { return h.fiber.Context().RemoteAddr().String() }
func (h *humaContext) Query(name string) string   { return strings.Clone(h.fiber.Query(name)) }
func (h *humaContext) BodyReader() io.Reader      { return bytes.NewReader(h.fiber.Request().Body()) }
func (h *humaContext) BodyWriter() io.Writer      { return h.fiber.Context() }
func (h *humaContext) Status() int                { return *h.status }

// Header gives a header; format= in the query stands for the media type that huma negotiates by.
func (h *humaContext) Header(name string) string {
	if name == fiber.HeaderAccept {
		if file := mediaTypeOf(h.fiber.Query("format")); file != "" {
			return file
		}
	}
	return strings.Clone(h.fiber.Get(name))
}

func (h *humaContext) URL() url.URL {
	u, err := url.Parse(string(h.fiber.Request().RequestURI()))
	if err != nil {
		return url.URL{}
	}
	return *u
}

func (h *humaContext) Param(name string) string {
	value := h.fiber.Params(name) // Fiber leaves parameters escaped
	if plain, err := url.PathUnescape(value); err == nil {
		value = plain
	}
	return strings.Clone(value)
}

func (h *humaContext) EachHeader(each func(name, value string)) {
	for name, value := range h.fiber.Request().Header.All() {
		each(string(name), string(value))
	}
}

func (h *humaContext) GetMultipartForm() (*multipart.Form, error) { return h.fiber.MultipartForm() }

func (h *humaContext) SetReadDeadline(at time.Time) error {
	if conn := h.fiber.Context().Conn(); conn != nil {
		return conn.SetReadDeadline(at)
	}
	return nil
}

func (h *humaContext) SetStatus(code int) {
	*h.status = code
	h.fiber.Status(code)
}

func (h *humaContext) SetHeader(name, value string)    { h.fiber.Set(name, value) }
func (h *humaContext) AppendHeader(name, value string) { h.fiber.Response().Header.Add(name, value) }
func (h *humaContext) TLS() *tls.ConnectionState       { return h.fiber.Context().TLSConnectionState() }

func (h *humaContext) Version() huma.ProtoVersion {
	return huma.ProtoVersion{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
}
