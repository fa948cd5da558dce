package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/directive"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/page"
)

type listDirectivesInput struct {
	ListInput
	State directive.State `query:"state" enum:"draft,issued,withdrawn"`
}

func (s *Server) listDirectives(ctx context.Context, in *listDirectivesInput) (*body[page.Page[directive.Directive]], error) {
	return answer(s.directive.List(ctx, actorOf(ctx), in.State, in.ask()))
}

// DirectiveInput is the directive in a path.
type DirectiveInput struct {
	ID id.Directive `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) getDirective(ctx context.Context, in *DirectiveInput) (*body[directive.Directive], error) {
	return answer(s.directive.Get(ctx, actorOf(ctx), in.ID))
}

type createDirectiveInput struct {
	Body struct {
		directive.Letter
		AgencyID id.Agency `json:"agency_id,omitempty" doc:"Who issues it; empty: the own agency"`
	}
}

func (s *Server) createDirective(ctx context.Context, in *createDirectiveInput) (*body[directive.Directive], error) {
	return answer(s.directive.Create(ctx, actorOf(ctx), in.Body.AgencyID, in.Body.Letter))
}

type editDirectiveInput struct {
	DirectiveInput
	Body struct {
		directive.Letter
		Version int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version that the edit started from"`
	}
}

func (s *Server) editDirective(ctx context.Context, in *editDirectiveInput) (*body[directive.Directive], error) {
	return answer(s.directive.Edit(ctx, actorOf(ctx), in.ID, in.Body.Version, in.Body.Letter))
}

type issueDirectiveInput struct {
	DirectiveInput
	Body struct {
		Version int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version that was seen; a stale one is refused"`
	}
}

func (s *Server) issueDirective(ctx context.Context, in *issueDirectiveInput) (*body[directive.Directive], error) {
	return answer(s.directive.Issue(ctx, actorOf(ctx), in.ID, in.Body.Version))
}

type withdrawDirectiveInput struct {
	DirectiveInput
	Body struct {
		Reason string `json:"reason" doc:"Read by everybody whom it concerned"`
	}
}

func (s *Server) withdrawDirective(ctx context.Context, in *withdrawDirectiveInput) (*body[directive.Directive], error) {
	return answer(s.directive.Withdraw(ctx, actorOf(ctx), in.ID, in.Body.Reason))
}

func (s *Server) attachDirective(ctx context.Context, in incoming) (directive.Directive, error) {
	letter, err := directiveOf(in.fiber)
	if err != nil {
		return directive.Directive{}, err
	}
	if err := s.directive.MayWrite(ctx, actorOf(ctx), letter); err != nil { // before a byte is read
		return directive.Directive{}, err
	}
	file, done, err := in.file()
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		err = errs.InvalidField("attachment", "Lampiran lebih dari 10 MB. Perkecil berkasnya, lalu unggah lagi.")
	}
	if err != nil {
		return directive.Directive{}, err
	}
	defer done()
	return s.directive.Attach(ctx, actorOf(ctx), letter, in.query("name"), file)
}

func (s *Server) detachDirective(ctx context.Context, in *DirectiveInput) (*body[directive.Directive], error) {
	return answer(s.directive.Detach(ctx, actorOf(ctx), in.ID))
}

func directiveOf(c *fiber.Ctx) (id.Directive, error) {
	letter, ok := id.Parse[id.Directive](c.Params("id"))
	if !ok || letter > 1<<31-1 {
		return 0, errs.New(errs.NotFound, "Arahan tidak ditemukan.")
	}
	return letter, nil
}

// directiveAttachment sends the letter as a file to keep, never as a page of this site.
func (s *Server) directiveAttachment(c *fiber.Ctx) error {
	letter, err := directiveOf(c)
	if err != nil {
		return err
	}
	found, err := s.directive.ReadAttachment(c.UserContext(), actorOf(c.UserContext()), letter)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="arahan-%d%s"; filename*=UTF-8''%s`, letter, found.Ending(), url.PathEscape(found.Name)))
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	return c.Status(http.StatusOK).Send(found.Body)
}

func (s *Server) myDirectives(ctx context.Context, in *struct{ ListInput }) (*body[directive.Inbox], error) {
	return answer(s.directive.Received(ctx, actorOf(ctx), in.ask()))
}

func (s *Server) openDirective(ctx context.Context, in *DirectiveInput) (*body[directive.Received], error) {
	return answer(s.directive.Open(ctx, actorOf(ctx), in.ID))
}
