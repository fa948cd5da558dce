package server

import (
	"context"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/share"
)

type listContentsInput struct {
	ListInput
	QueueInput
	Waiting bool `query:"waiting" doc:"Only what waits for my decision, the oldest first; of the filters only agency counts then"`
}

func (s *Server) listContents(ctx context.Context, in *listContentsInput) (*body[page.Page[content.Content]], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Waiting, f.Ask = in.Waiting, in.ask()
	return answer(s.content.List(ctx, actorOf(ctx), f))
}

// ContentInput is the content in a path.
type ContentInput struct {
	ID id.Content `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) getContent(ctx context.Context, in *ContentInput) (*body[content.Content], error) {
	return answer(s.content.Get(ctx, actorOf(ctx), in.ID))
}

// ContentBody is the text and what is decided about it.
type ContentBody struct {
	content.Text
	AgencyID id.Agency   `json:"agency_id,omitempty" doc:"Who publishes; only when it is made; empty: the own agency"`
	Targets  []id.Agency `json:"targets,omitempty" maxItems:"1000" doc:"Whose feeds it enters; empty: the publishing agency"`
	EndsAt   *time.Time  `json:"ends_at,omitempty"`
}

func (b ContentBody) outline() content.Outline {
	return content.Outline{Agency: b.AgencyID, Targets: b.Targets, EndsAt: b.EndsAt}
}

type createContentInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key gives the same item, as it is now"`
	Body ContentBody
}

func (s *Server) createContent(ctx context.Context, in *createContentInput) (*body[content.Content], error) {
	outline := in.Body.outline()
	outline.Key = in.Key
	return answer(s.content.Create(ctx, actorOf(ctx), outline, in.Body.Text))
}

type editContentInput struct {
	ContentInput
	Body struct {
		ContentBody
		Version  int   `json:"version" minimum:"1" maximum:"2147483647" doc:"The version that the edit started from"`
		Revision int64 `json:"revision,omitempty" minimum:"0" doc:"The working copy that becomes this version, and then is gone"`
	}
}

func (s *Server) editContent(ctx context.Context, in *editContentInput) (*body[content.Content], error) {
	outline := in.Body.outline()
	outline.Working = in.Body.Revision
	return answer(s.content.Edit(ctx, actorOf(ctx), in.ID, in.Body.Version, outline, in.Body.Text))
}

func (s *Server) submitContent(ctx context.Context, in *ContentInput) (*body[content.Content], error) {
	return answer(s.content.Submit(ctx, actorOf(ctx), in.ID))
}

type scheduleContentInput struct {
	ContentInput
	Body struct {
		PublishAt time.Time `json:"publish_at"`
	}
}

func (s *Server) scheduleContent(ctx context.Context, in *scheduleContentInput) (*body[content.Content], error) {
	return answer(s.content.Schedule(ctx, actorOf(ctx), in.ID, in.Body.PublishAt))
}

func (s *Server) publishContent(ctx context.Context, in *ContentInput) (*body[content.Content], error) {
	done, err := s.content.Publish(ctx, actorOf(ctx), in.ID)
	s.share.Changed()
	return answer(done, err)
}

type spreadContentInput struct {
	ContentInput
	Body struct {
		Minutes int `json:"minutes" minimum:"0" maximum:"1440" doc:"Waking minutes; 0: at once"`
	}
}

func (s *Server) spreadContent(ctx context.Context, in *spreadContentInput) (*body[content.Content], error) {
	return answer(s.content.SetSpread(ctx, actorOf(ctx), in.ID, in.Body.Minutes))
}

func (s *Server) contentCaptions(ctx context.Context, in *ContentInput) (*body[share.Captions], error) {
	return answer(s.share.CaptionsOf(ctx, actorOf(ctx), in.ID))
}

type recallContentInput struct {
	ContentInput
	Body struct {
		Reason       string     `json:"reason" doc:"Read by everybody who shared it"`
		CorrectionID id.Content `json:"correction_id,omitempty" minimum:"0" maximum:"2147483647" doc:"A live item that its links lead to from now on"`
	}
}

func (s *Server) recallContent(ctx context.Context, in *recallContentInput) (*body[content.Content], error) {
	done, err := s.content.Recall(ctx, actorOf(ctx), in.ID, in.Body.Reason, in.Body.CorrectionID)
	s.share.Changed()
	if err != nil {
		return answer(done, err)
	}
	if late := s.click.Refresh(ctx); late != nil { // its links lead elsewhere from now on, and not in a second
		s.log.WarnContext(ctx, "links follow the recall a little later", "error", late)
	}
	return answer(done, nil)
}
