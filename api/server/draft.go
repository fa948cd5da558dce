package server

import (
	"context"

	"gaung/internal/content"
	"gaung/internal/draft"
)

func (s *Server) readDraft(ctx context.Context, in *ContentInput) (*body[draft.Copy], error) {
	return answer(s.draft.Get(ctx, actorOf(ctx), in.ID))
}

type saveDraftInput struct {
	ContentInput
	Body struct {
		Revision int64          `json:"revision" minimum:"0" doc:"The revision that this one goes on from; 0: none"`
		Version  int            `json:"version" minimum:"1" maximum:"2147483647" doc:"The version that the text began with"`
		Device   string         `json:"device" minLength:"1" maxLength:"40" doc:"A random mark of the tab"`
		Draft    map[string]any `json:"draft" doc:"What is typed, in the composer's own shape"`
	}
}

func (s *Server) saveDraft(ctx context.Context, in *saveDraftInput) (*body[draft.Saved], error) {
	b := in.Body
	return answer(s.draft.Save(ctx, actorOf(ctx), in.ID, b.Revision, draft.Copy{Version: b.Version, Device: b.Device, Draft: b.Draft}))
}

type dropDraftInput struct {
	ContentInput
	Revision int64 `query:"revision" minimum:"0"`
}

func (s *Server) dropDraft(ctx context.Context, in *dropDraftInput) (*body[nothing], error) {
	return answer(nothing{true}, s.draft.Drop(ctx, actorOf(ctx), in.ID, in.Revision))
}

type versionInput struct {
	ContentInput
	No int `path:"n" minimum:"1" maximum:"2147483647"`
}

func (s *Server) readVersion(ctx context.Context, in *versionInput) (*body[content.Text], error) {
	return answer(s.content.Version(ctx, actorOf(ctx), in.ID, in.No))
}
