package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/learn"
	"gaung/internal/page"
)

// LangInput says in which language a text is wanted, where it is there.
type LangInput struct {
	Lang string `query:"lang" enum:"id,en" default:"id"`
}

func (s *Server) learnShelf(ctx context.Context, in *struct{ LangInput }) (*body[learn.Shelf], error) {
	return answer(s.learn.Shelf(ctx, actorOf(ctx), in.Lang))
}

// ModuleInput is the module in a path.
type ModuleInput struct {
	ID id.Module `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) readCourse(ctx context.Context, in *struct {
	ModuleInput
	LangInput
}) (*body[learn.Course], error) {
	return answer(s.learn.Read(ctx, actorOf(ctx), in.ID, in.Lang))
}

func (s *Server) beforeSharing(ctx context.Context, in *struct{ LangInput }) (*body[learn.Course], error) {
	return answer(s.learn.BeforeSharing(ctx, actorOf(ctx), in.Lang))
}

type courseStepInput struct {
	ModuleInput
	Body struct {
		Step int `json:"step" minimum:"0" maximum:"20" doc:"How many screens were read; never fewer than before"`
	}
}

func (s *Server) setCourseStep(ctx context.Context, in *courseStepInput) (*body[nothing], error) {
	return answer(nothing{true}, s.learn.SetStep(ctx, actorOf(ctx), in.ID, in.Body.Step))
}

type answersInput struct {
	ModuleInput
	Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key is graded once and told the same"`
	Body learn.Attempt
}

func (s *Server) answerQuiz(ctx context.Context, in *answersInput) (*body[learn.Graded], error) {
	in.Body.Key = in.Key
	return answer(s.learn.Answer(ctx, actorOf(ctx), in.ID, in.Body))
}

type practiceInput struct {
	ModuleInput
	Body struct {
		Text string `json:"text" maxLength:"20000" doc:"What I tried, in my own words; read by nobody else. Empty: not yet"`
	}
}

func (s *Server) practise(ctx context.Context, in *practiceInput) (*body[nothing], error) {
	return answer(nothing{true}, s.learn.Practise(ctx, actorOf(ctx), in.ID, in.Body.Text))
}

type searchGuidesInput struct {
	ListInput
	Words string `query:"q" maxLength:"400"`
	Theme string `query:"theme" enum:"reputasi,city_branding,juknis,etika"`
}

func (s *Server) searchGuides(ctx context.Context, in *searchGuidesInput) (*body[page.Page[learn.GuideHit]], error) {
	return answer(s.learn.Search(ctx, actorOf(ctx), learn.GuideQuery{Words: in.Words, Theme: in.Theme, Ask: in.ask()}))
}

// GuideInput is the guide in a path.
type GuideInput struct {
	ID id.Guide `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) readGuide(ctx context.Context, in *GuideInput) (*body[learn.Guide], error) {
	return answer(s.learn.ReadGuide(ctx, actorOf(ctx), in.ID))
}

func guideOf(c *fiber.Ctx) (id.Guide, error) {
	number, ok := id.Parse[id.Guide](c.Params("id"))
	if !ok || number > 1<<31-1 {
		return 0, errs.New(errs.NotFound, "Dokumen tidak ditemukan.")
	}
	return number, nil
}

// guideFile sends the document as a file to keep, never as a page of this site.
func (s *Server) guideFile(c *fiber.Ctx) error {
	number, err := guideOf(c)
	if err != nil {
		return err
	}
	found, err := s.learn.ReadFile(c.UserContext(), actorOf(c.UserContext()), number)
	if err != nil {
		return err
	}
	return sendFile(c, fmt.Sprintf("juknis-%d.pdf", number), found.Name, found.Body)
}

// sendFile sends a file to keep under its name; `plain` is the name for clients that know only ASCII.
func sendFile(c *fiber.Ctx, plain, name string, body []byte) error {
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, url.PathEscape(name)))
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	return c.Status(http.StatusOK).Send(body)
}
