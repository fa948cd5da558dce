package server

import (
	"context"

	"gaung/internal/notice"
)

func (s *Server) listNotices(ctx context.Context, in *ListInput) (*body[notice.Notices], error) {
	return answer(s.notice.List(ctx, actorOf(ctx), in.ask()))
}

type readNoticeInput struct {
	ID int64 `path:"id" minimum:"1"`
}

func (s *Server) readNotice(ctx context.Context, in *readNoticeInput) (*body[nothing], error) {
	return answer(nothing{true}, s.notice.Read(ctx, actorOf(ctx), in.ID))
}

type readNoticesInput struct {
	Body struct {
		UpTo int64 `json:"up_to" minimum:"1" doc:"The newest notice that was shown"`
	}
}

func (s *Server) readNotices(ctx context.Context, in *readNoticesInput) (*body[nothing], error) {
	return answer(nothing{true}, s.notice.ReadAll(ctx, actorOf(ctx), in.Body.UpTo))
}
