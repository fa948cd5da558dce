package server

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/learn"
	"gaung/internal/page"
)

type listLearnInput struct {
	ListInput
	State learn.State `query:"state" enum:"draft,published,archived"`
}

// SeenInput is the revision that a change started from; a stale one is refused.
type SeenInput struct {
	Body struct {
		Revision int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version of the text that was seen; a stale one is refused"`
	}
}

func (s *Server) listModules(ctx context.Context, in *listLearnInput) (*body[page.Page[learn.Module]], error) {
	return answer(s.learn.List(ctx, actorOf(ctx), in.State, in.ask()))
}

func (s *Server) getModule(ctx context.Context, in *ModuleInput) (*body[learn.Module], error) {
	return answer(s.learn.Get(ctx, actorOf(ctx), in.ID))
}

type createModuleInput struct {
	Body struct {
		learn.Lesson
		AgencyID id.Agency `json:"agency_id,omitempty" doc:"Whose it is; empty: the own agency"`
	}
}

func (s *Server) createModule(ctx context.Context, in *createModuleInput) (*body[learn.Module], error) {
	return answer(s.learn.Create(ctx, actorOf(ctx), in.Body.AgencyID, in.Body.Lesson))
}

type editModuleInput struct {
	ModuleInput
	Body struct {
		learn.Lesson
		Revision int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version of the text that the edit started from"`
	}
}

func (s *Server) editModule(ctx context.Context, in *editModuleInput) (*body[learn.Module], error) {
	return answer(s.learn.Edit(ctx, actorOf(ctx), in.ID, in.Body.Revision, in.Body.Lesson))
}

func (s *Server) publishModule(ctx context.Context, in *struct {
	ModuleInput
	SeenInput
}) (*body[learn.Module], error) {
	return answer(s.learn.Publish(ctx, actorOf(ctx), in.ID, in.Body.Revision))
}

func (s *Server) archiveModule(ctx context.Context, in *struct {
	ModuleInput
	SeenInput
}) (*body[learn.Module], error) {
	return answer(s.learn.Archive(ctx, actorOf(ctx), in.ID, in.Body.Revision))
}

func (s *Server) listGuides(ctx context.Context, in *listLearnInput) (*body[page.Page[learn.Guide]], error) {
	return answer(s.learn.Guides(ctx, actorOf(ctx), in.State, in.ask()))
}

func (s *Server) getGuide(ctx context.Context, in *GuideInput) (*body[learn.Guide], error) {
	return answer(s.learn.Guide(ctx, actorOf(ctx), in.ID))
}

type createGuideInput struct {
	Body struct {
		learn.GuideText
		AgencyID id.Agency `json:"agency_id,omitempty" doc:"Whose it is; empty: the own agency"`
	}
}

func (s *Server) createGuide(ctx context.Context, in *createGuideInput) (*body[learn.Guide], error) {
	return answer(s.learn.CreateGuide(ctx, actorOf(ctx), in.Body.AgencyID, in.Body.GuideText))
}

type editGuideInput struct {
	GuideInput
	Body struct {
		learn.GuideText
		Revision int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version of the text that the edit started from"`
	}
}

func (s *Server) editGuide(ctx context.Context, in *editGuideInput) (*body[learn.Guide], error) {
	return answer(s.learn.EditGuide(ctx, actorOf(ctx), in.ID, in.Body.Revision, in.Body.GuideText))
}

func (s *Server) publishGuide(ctx context.Context, in *struct {
	GuideInput
	SeenInput
}) (*body[learn.Guide], error) {
	return answer(s.learn.PublishGuide(ctx, actorOf(ctx), in.ID, in.Body.Revision))
}

func (s *Server) archiveGuide(ctx context.Context, in *struct {
	GuideInput
	SeenInput
}) (*body[learn.Guide], error) {
	return answer(s.learn.ArchiveGuide(ctx, actorOf(ctx), in.ID, in.Body.Revision))
}

func (s *Server) attachGuide(ctx context.Context, in incoming) (learn.Guide, error) {
	number, err := guideOf(in.fiber)
	if err != nil {
		return learn.Guide{}, err
	}
	if err := s.learn.MayWriteGuide(ctx, actorOf(ctx), number); err != nil { // before a byte is read
		return learn.Guide{}, err
	}
	file, done, err := in.file()
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		err = errs.InvalidField("file", "Berkas lebih dari 10 MB. Perkecil berkasnya, lalu unggah lagi.")
	}
	if err != nil {
		return learn.Guide{}, err
	}
	defer done()
	return s.learn.Attach(ctx, actorOf(ctx), number, in.query("name"), file)
}

func (s *Server) detachGuide(ctx context.Context, in *GuideInput) (*body[learn.Guide], error) {
	return answer(s.learn.Detach(ctx, actorOf(ctx), in.ID))
}
