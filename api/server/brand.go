package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/brand"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/trust"
)

func (s *Server) getBrand(ctx context.Context, in *AgencyInput) (*body[brand.Effective], error) {
	return answer(s.brand.Get(ctx, actorOf(ctx), in.ID))
}

type putBrandInput struct {
	AgencyInput
	Body struct {
		Version int       `json:"version" minimum:"0" maximum:"2147483647" doc:"The version that the edit started from; 0: none yet"`
		Kit     brand.Kit `json:"kit"`
	}
}

func (s *Server) putBrand(ctx context.Context, in *putBrandInput) (*body[brand.Effective], error) {
	return answer(s.brand.Put(ctx, actorOf(ctx), in.ID, in.Body.Version, in.Body.Kit))
}

type lintInput struct {
	Body struct {
		AgencyID id.Agency   `json:"agency_id" minimum:"1" maximum:"2147483647" doc:"Who publishes: its kit is what counts"`
		Targets  []id.Agency `json:"targets,omitempty" maxItems:"1000" doc:"Whom it is for: an election mode of their region counts, too"`
		Landing  string      `json:"landing_url,omitempty" maxLength:"2000"`
		Posts    []string    `json:"official_posts,omitempty" maxItems:"20" doc:"Addresses of the official posts"`
		brand.Text
	}
}

// findings is what the linter answers.
type findings struct {
	Findings []brand.Finding `json:"findings" nullable:"false" doc:"By field and position; at most 200 of texts"`
}

func (s *Server) lint(ctx context.Context, in *lintInput) (*body[findings], error) {
	found, err := s.brand.Lint(ctx, actorOf(ctx), in.Body.AgencyID, in.Body.Text)
	if err != nil {
		return nil, err
	}
	addresses := []brand.Address{{Field: "landing_url", URL: in.Body.Landing}}
	for i, post := range in.Body.Posts {
		addresses = append(addresses, brand.Address{Field: "official_posts", Index: i, URL: post})
	}
	neutral, err := s.trust.Findings(ctx, actorOf(ctx), trust.Audience{Agency: in.Body.AgencyID, Targets: in.Body.Targets}, in.Body.Text, addresses)
	return answer(findings{trust.Before(neutral, found)}, err)
}

func (s *Server) uploadLogo(ctx context.Context, in incoming) (brand.LogoUpload, error) {
	agency, err := agencyIn(in.fiber)
	if err != nil {
		return brand.LogoUpload{}, err
	}
	if err := s.brand.MayEdit(ctx, actorOf(ctx), agency); err != nil { // before a byte is read
		return brand.LogoUpload{}, err
	}
	file, done, err := in.file()
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		err = errs.InvalidField("image", "Berkas logo lebih dari 2 MB. Perkecil gambarnya, lalu unggah lagi.")
	}
	if err != nil {
		return brand.LogoUpload{}, err
	}
	defer done()
	leave, err := s.turn(ctx)
	if err != nil {
		return brand.LogoUpload{}, err
	}
	defer leave()
	return s.brand.TakeLogo(ctx, actorOf(ctx), agency, file)
}

func agencyIn(c *fiber.Ctx) (id.Agency, error) {
	agency, ok := id.Parse[id.Agency](strings.Clone(c.Params("id")))
	if !ok || agency > 1<<31-1 {
		return 0, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	return agency, nil
}

// brandLogo answers a logo. It can never be a page.
func (s *Server) brandLogo(c *fiber.Ctx) error {
	agency, err := agencyIn(c)
	if err != nil {
		return err
	}
	name := strings.Clone(c.Params("logo"))
	text, err := s.brand.LogoFile(c.UserContext(), actorOf(c.UserContext()), agency, name)
	if err != nil {
		return err
	}
	etag := `"` + strings.TrimSuffix(name, ".png") + `"`
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, cacheOwn)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		return c.SendStatus(http.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(text)
}
