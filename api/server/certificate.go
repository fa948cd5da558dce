package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/learn"
	"gaung/internal/page"
)

func (s *Server) myCertificates(ctx context.Context, in *struct{ ListInput }) (*body[page.Page[learn.Certificate]], error) {
	return answer(s.learn.Certificates(ctx, actorOf(ctx), in.ask()))
}

type certifyInput struct {
	Body struct {
		ModuleID id.Module `json:"module_id,omitempty" minimum:"0" maximum:"2147483647" doc:"A module that I passed"`
		Theme    string    `json:"theme,omitempty" enum:"reputasi,city_branding,juknis,etika" doc:"Instead of a module: a theme of which I passed every module"`
	}
}

func (s *Server) certify(ctx context.Context, in *certifyInput) (*body[learn.Certificate], error) {
	return answer(s.learn.Certify(ctx, actorOf(ctx), in.Body.ModuleID, in.Body.Theme))
}

type certificatePageInput struct {
	ID   id.Certificate `path:"id" minimum:"1"`
	Body struct {
		Public bool `json:"public" doc:"Whoever has the code may check it"`
	}
}

func (s *Server) setCertificatePage(ctx context.Context, in *certificatePageInput) (*body[learn.Certificate], error) {
	return answer(s.learn.SetPublic(ctx, actorOf(ctx), in.ID, in.Body.Public))
}

// certificatePaper sends the certificate as a PDF to keep.
func (s *Server) certificatePaper(c *fiber.Ctx) error {
	number, ok := id.Parse[id.Certificate](c.Params("id"))
	if !ok {
		return errs.New(errs.NotFound, "Sertifikat tidak ditemukan.")
	}
	paper, err := s.learn.Paper(c.UserContext(), actorOf(c.UserContext()), number)
	if err != nil {
		return err
	}
	return sendFile(c, "sertifikat.pdf", "sertifikat.pdf", paper)
}

// certificatePage lets whoever was shown a certificate check that it is genuine. Search engines stay away.
func (s *Server) certificatePage(c *fiber.Ctx) error {
	c.Set("X-Robots-Tag", "noindex")
	c.Set(fiber.HeaderCacheControl, "no-store")
	found, err := s.learn.Verify(c.UserContext(), strings.Clone(c.Params("code")))
	if errs.CodeOf(err) == errs.NotFound {
		return s.pages.render(c, http.StatusNotFound, "notice", saying{"Sertifikat tidak ditemukan", "Periksa kembali kodenya. Pemilik sertifikat juga dapat menutup halaman ini."})
	}
	if err != nil {
		return err
	}
	return s.pages.render(c, http.StatusOK, "certificate", found)
}
