// Package server owns the HTTP edge: routes with their role guards, binding, answers, and the status of
// every error. It holds no rule of the domains, and is the only importer of Fiber and huma.
package server

import (
	"context"
	"io/fs"
	"log/slog"
	"maps"
	"reflect"
	"strings"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/prometheus/client_golang/prometheus"

	"gaung/internal/account"
	"gaung/internal/auth"
	"gaung/internal/award"
	"gaung/internal/brand"
	"gaung/internal/campaign"
	"gaung/internal/click"
	"gaung/internal/config"
	"gaung/internal/content"
	"gaung/internal/delivery"
	"gaung/internal/directive"
	"gaung/internal/disclosure"
	"gaung/internal/draft"
	"gaung/internal/integrity"
	"gaung/internal/learn"
	"gaung/internal/media"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/planner"
	"gaung/internal/privacy"
	"gaung/internal/proof"
	"gaung/internal/raffle"
	"gaung/internal/report"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/target"
	"gaung/internal/trust"
	"gaung/internal/user"
)

// Deps is everything the edge needs; wire.go fills it.
type Deps struct {
	Config  config.Config
	Version string
	Demo    bool // shows the demo banner
	Log     *slog.Logger
	Web     fs.FS // the built web client
	Ready   func(context.Context) error
	Gauges  prometheus.Collector // what the process measures beside its requests; may be nil

	Org        *org.Service
	User       *user.Service
	Desk       *user.Desk
	Auth       *auth.Service
	Account    *account.Service
	Brand      *brand.Service
	Trust      *trust.Service
	Content    *content.Service
	Media      *media.Service
	Campaign   *campaign.Service
	Planner    *planner.Service
	Directive  *directive.Service
	Draft      *draft.Service
	Learn      *learn.Service
	Click      *click.Service
	Share      *share.Service
	Proof      *proof.Service
	Score      *score.Service
	Raffle     *raffle.Service
	Disclosure *disclosure.Service
	Report     *report.Service
	Delivery   *delivery.Service
	Award      *award.Service
	Privacy    *privacy.Service
	Notice     *notice.Service
	Target     *target.Service
	Integrity  *integrity.Service
}

// Server answers HTTP.
type Server struct {
	app     *fiber.App
	api     huma.API
	config  config.Config
	version string
	demo    bool
	log     *slog.Logger
	metrics *metrics
	limiter *limiter
	web     *web
	pages   *pages
	uploads chan struct{} // places for files that are looked into
	ready   func(context.Context) error

	https       bool // people reach us over TLS
	linkHeaders []fixedHeader
	draining    atomic.Bool

	org        *org.Service
	user       *user.Service
	desk       *user.Desk
	auth       *auth.Service
	account    *account.Service
	brand      *brand.Service
	trust      *trust.Service
	content    *content.Service
	media      *media.Service
	campaign   *campaign.Service
	planner    *planner.Service
	directive  *directive.Service
	draft      *draft.Service
	learn      *learn.Service
	click      *click.Service
	share      *share.Service
	proof      *proof.Service
	score      *score.Service
	raffle     *raffle.Service
	disclosure *disclosure.Service
	report     *report.Service
	delivery   *delivery.Service
	award      *award.Service
	privacy    *privacy.Service
	notice     *notice.Service
	target     *target.Service
	streams    *streams
	integrity  *integrity.Service
}

// Limits of a request: everything that comes in is bounded.
const (
	bodyLimit   = 1 << 20
	headerLimit = 16 << 10 // Fiber's 4 KiB refuses a browser with many cookies
	readTimeout = 15 * time.Second
	idleTimeout = 60 * time.Second
)

// New makes the server with all its routes.
func New(d Deps) (*Server, error) {
	site, err := newWeb(d.Web)
	if err != nil {
		return nil, err
	}
	s := &Server{config: d.Config, version: d.Version, demo: d.Demo, log: d.Log, metrics: newMetrics(d.Gauges), limiter: newLimiter(d.Config.RateFactor), web: site, ready: d.Ready, https: strings.HasPrefix(d.Config.PublicURL, "https:"),
		uploads: make(chan struct{}, uploadsBusy), streams: newStreams(), org: d.Org, user: d.User, desk: d.Desk, auth: d.Auth, account: d.Account, brand: d.Brand, trust: d.Trust, content: d.Content, media: d.Media, campaign: d.Campaign, planner: d.Planner, directive: d.Directive, draft: d.Draft, learn: d.Learn, click: d.Click, share: d.Share, proof: d.Proof, integrity: d.Integrity, score: d.Score, raffle: d.Raffle, report: d.Report, delivery: d.Delivery, target: d.Target, disclosure: d.Disclosure, award: d.Award, privacy: d.Privacy, notice: d.Notice}
	s.linkHeaders = linkHeaders(s.https)
	if s.pages, err = newPages(d.Config.PublicURL); err != nil {
		return nil, err
	}
	s.app = fiber.New(fiber.Config{
		AppName: "Gaung", DisableStartupMessage: true,
		Immutable:     true, // Fiber would overwrite strings that are kept after the handler
		CaseSensitive: true, StrictRouting: true,
		StreamRequestBody: true, DisablePreParseMultipartForm: true, // see upload.go
		BodyLimit: bodyLimit, ReadBufferSize: headerLimit, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		ErrorHandler: s.answerError,
	})
	s.app.Add(fiber.MethodGet, linkRoute, recover.New(), s.quickLink) // not HEAD, which counts nothing
	s.app.Add(fiber.MethodGet, "/api/v1/withdrawals", recover.New(), s.polledWithdrawn)
	s.app.Use(s.begin, recover.New(), s.secureHeaders)
	s.api = huma.NewAPI(s.openAPIConfig(), adapter{s.app})
	for _, r := range s.routes() {
		s.app.Add(r.Method, fiberPath(r.Path), s.guard(r))
		r.register(s, r)
	}
	s.describeProblems()
	s.app.Use(s.serveWeb)
	s.app.Server().Handler = closeUnread(s.app.Server().Handler)
	return s, nil
}

// describeProblems puts our own error body into the document, in the place of huma's.
func (s *Server) describeProblems() {
	document := s.api.OpenAPI()
	schema := document.Components.Schemas.Schema(reflect.TypeFor[problem](), true, "Problem")
	for _, item := range document.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			for _, response := range op.Responses {
				if response.Content["application/problem+json"] != nil {
					response.Content = map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}
				}
			}
		}
	}
	delete(document.Components.Schemas.Map(), "ErrorModel")
	delete(document.Components.Schemas.Map(), "ErrorDetail")
}

func (s *Server) openAPIConfig() huma.Config {
	c := huma.DefaultConfig("Gaung", s.version)
	c.Info.Description = "Platform amplifikasi konten resmi untuk ASN. Pesan galat berbahasa Indonesia."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", "" // we serve the document; the docs page would load from a CDN
	c.CreateHooks = nil                                   // no $schema field in answers
	c.Formats = maps.Clone(c.Formats)
	reportFormats(c.Formats)
	c.Transformers = append(c.Transformers, s.translate)
	c.AllowAdditionalPropertiesByDefault = true // a newer client may send more than we know
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: accessCookie},
		"bearer":  {Type: "http", Scheme: "bearer", BearerFormat: "JWT"},
	}
	return c
}

// OpenAPI is the document that the web client's types are generated from.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }

// Listen serves until Shutdown.
func (s *Server) Listen(address string) error { return s.app.Listen(address) }

// Drain makes the server say that it is not ready, and makes every answer close its connection, while it
// still serves: a proxy sends the next request elsewhere.
func (s *Server) Drain() {
	if !s.draining.Swap(true) {
		close(s.streams.ended)
	}
}

// Shutdown lets running requests end.
func (s *Server) Shutdown(patience time.Duration) error { return s.app.ShutdownWithTimeout(patience) }

// App is the Fiber app, for tests that need no network.
func (s *Server) App() *fiber.App { return s.app }
