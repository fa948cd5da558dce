package server

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gaung/internal/errs"
)

// statusOf is the one map from a refusal to an HTTP status.
var statusOf = map[errs.Code]int{
	errs.Invalid:         http.StatusUnprocessableEntity,
	errs.Unauthenticated: http.StatusUnauthorized,
	errs.OTPRequired:     http.StatusUnauthorized,
	errs.Forbidden:       http.StatusForbidden,
	errs.NotFound:        http.StatusNotFound,
	errs.Conflict:        http.StatusConflict,
	errs.Gone:            http.StatusGone,
	errs.TooMany:         http.StatusTooManyRequests,
	errs.Unavailable:     http.StatusServiceUnavailable,
	errs.Internal:        http.StatusInternalServerError,
}

// problem is the body of every error answer (RFC 9457).
type problem struct {
	Title     string       `json:"title" doc:"For the person, in Indonesian: what is wrong and what to do"`
	Status    int          `json:"status"`
	Code      errs.Code    `json:"code" enum:"invalid,unauthenticated,otp_required,forbidden,not_found,conflict,gone,too_many,unavailable,internal" doc:"Stable; for programs"`
	Field     string       `json:"field,omitempty" doc:"The input field at fault"`
	Errors    []errs.Field `json:"errors,omitempty" doc:"Every field at fault"`
	Wait      int          `json:"retry_after,omitempty" doc:"Seconds to wait before trying again, as in the header Retry-After"`
	Current   any          `json:"current,omitempty" doc:"Of a conflict: what is there instead, where that helps"`
	RequestID string       `json:"request_id" doc:"Name it when asking for help"`
}

// Error and GetStatus make a problem what huma answers errors with.
func (p *problem) Error() string { return p.Title }

// GetStatus is the HTTP status.
func (p *problem) GetStatus() int { return p.Status }

// GetHeaders are the headers that huma sends with it.
func (p *problem) GetHeaders() http.Header {
	if p.Wait == 0 {
		return nil
	}
	return http.Header{fiber.HeaderRetryAfter: {strconv.Itoa(p.Wait)}}
}

// ContentType is RFC 9457's.
func (*problem) ContentType(string) string { return "application/problem+json" }

const ourFault = "Terjadi gangguan pada sistem. Silakan coba lagi; bila berulang, sampaikan kode permintaan ini kepada administrator."

// problemOf turns any error into what a client may see. The text of an unknown error stays here.
func problemOf(err error, requestID string) *problem {
	var known *errs.Error
	if !errors.As(err, &known) {
		return &problem{Title: ourFault, Status: http.StatusInternalServerError, Code: errs.Internal, RequestID: requestID}
	}
	return &problem{Title: known.Message, Status: statusOf[known.Code], Code: known.Code, Field: known.Field, Errors: known.Fields,
		Wait: waitOf(known), Current: known.Current, RequestID: requestID}
}

// waits are what a refusal for a while asks for when its domain does not say how long.
var waits = map[errs.Code]time.Duration{errs.TooMany: time.Minute, errs.Unavailable: 5 * time.Second}

// waitOf is in whole seconds, rounded up: who comes back after it must not be too early.
func waitOf(e *errs.Error) int {
	usual, passing := waits[e.Code]
	if !passing {
		return 0
	}
	return int((cmp.Or(e.Wait, usual) + time.Second - 1) / time.Second)
}

// refuse is the answer of every huma handler that failed. It is the one place that logs errors.
func (s *Server) refuse(ctx context.Context, err error) error {
	request := requestOf(ctx)
	p := problemOf(err, request.ID)
	s.logFailure(ctx, p, err)
	return p
}

func (s *Server) logFailure(ctx context.Context, p *problem, err error) {
	if p.Status >= http.StatusInternalServerError {
		s.log.LogAttrs(ctx, slog.LevelError, "request failed", slog.String("request_id", p.RequestID), slog.String("code", string(p.Code)), slog.Any("error", err))
	}
}

// answerError is Fiber's error handler, for everything that does not pass through huma.
func (s *Server) answerError(c *fiber.Ctx, err error) error {
	if requestOf(c.UserContext()).ID == "" {
		return s.answerUnreadable(c, err)
	}
	var framework *fiber.Error
	if errors.As(err, &framework) {
		err = frameworkError(framework)
	}
	p := problemOf(err, requestOf(c.UserContext()).ID)
	s.logFailure(c.UserContext(), p, err)
	if framework != nil && framework.Code < http.StatusInternalServerError {
		p.Status = framework.Code
	}
	for name, values := range p.GetHeaders() {
		c.Set(name, values[0])
	}
	return c.Status(p.Status).JSON(p, "application/problem+json")
}

// answerUnreadable is for a request that is not HTTP, or that never came to its end. Its error holds what
// was sent, with cookies and passwords, so it is neither logged nor told.
func (s *Server) answerUnreadable(c *fiber.Ctx, err error) error {
	status := http.StatusBadRequest
	var network net.Error
	var large *fasthttp.ErrSmallBuffer
	switch {
	case errors.As(err, &large):
		status = http.StatusRequestHeaderFieldsTooLarge
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, fiber.ErrRequestTimeout):
		status = http.StatusRequestTimeout
	}
	s.log.Warn("unreadable request", "status", status)
	p := problem{Title: "Permintaan tidak dapat dibaca.", Status: status, Code: errs.Invalid}
	return c.Status(status).JSON(p, "application/problem+json")
}

func frameworkError(err *fiber.Error) error {
	switch err.Code {
	case http.StatusNotFound:
		return errs.New(errs.NotFound, "Halaman atau data tidak ditemukan.")
	case http.StatusMethodNotAllowed:
		return errs.New(errs.NotFound, "Alamat ini tidak menerima tindakan tersebut.")
	case http.StatusUnsupportedMediaType:
		return errs.New(errs.Invalid, "Kiriman yang dimampatkan tidak diterima.")
	case http.StatusRequestEntityTooLarge:
		return errs.New(errs.Invalid, "Kiriman terlalu besar.")
	case http.StatusServiceUnavailable, http.StatusRequestTimeout:
		return errs.New(errs.Unavailable, "Server sedang sibuk. Silakan coba lagi sebentar lagi.")
	}
	return err
}

// translate rewrites huma's own errors (a body that does not fit the schema) into our problem.
func (s *Server) translate(ctx huma.Context, _ string, body any) (any, error) {
	theirs, ok := body.(*huma.ErrorModel)
	if !ok {
		return body, nil
	}
	var fields []errs.Field
	for _, detail := range theirs.Errors {
		fields = append(fields, errs.Field{Field: fieldOf(detail), Message: messageOf(detail)})
	}
	err := errs.InvalidFields(fields)
	if err == nil {
		err = errs.New(errs.Invalid, "Kiriman tidak dapat dibaca: harus berupa JSON yang sah.")
	}
	p := problemOf(err, requestOf(ctx.Context()).ID)
	if theirs.Status == http.StatusInternalServerError {
		p = problemOf(errors.New(theirs.Detail), p.RequestID)
	}
	p.Status = max(theirs.Status, http.StatusBadRequest)
	return p, nil
}

var missing = regexp.MustCompile(`^expected required property (\S+) to be present$`)

func fieldOf(detail *huma.ErrorDetail) string {
	field := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(detail.Location, "body"), "query"), "path")
	field = strings.TrimPrefix(field, ".")
	if found := missing.FindStringSubmatch(detail.Message); found != nil {
		field = strings.TrimPrefix(field+"."+found[1], ".")
	}
	return field
}

func messageOf(detail *huma.ErrorDetail) string {
	switch {
	case missing.MatchString(detail.Message), strings.Contains(detail.Message, "required"):
		return "Isian ini wajib ada."
	case strings.Contains(detail.Message, "expected length <=") || strings.Contains(detail.Message, "expected string length <="):
		return "Isian ini terlalu panjang."
	case strings.Contains(detail.Message, "one of"):
		return "Isian ini bukan salah satu pilihan yang tersedia."
	case strings.Contains(detail.Message, "expected number"), strings.Contains(detail.Message, "expected integer"), strings.Contains(detail.Message, "invalid integer"):
		return "Isian ini harus berupa angka yang sah."
	case strings.Contains(detail.Message, "time"), strings.Contains(detail.Message, "date"):
		return "Tuliskan waktu lengkap dengan zona, misalnya 2026-11-22T08:00:00+08:00."
	}
	return "Isian ini tidak sesuai bentuk yang diminta."
}
