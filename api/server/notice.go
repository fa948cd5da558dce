package server

import (
	"context"

	"gaung/internal/notice"
)

type listNoticesInput struct {
	ListInput
	Part notice.Part `query:"part" enum:"desk,feed" default:"desk" doc:"desk: what waits for me and what became of mine; feed: prompts and recalls"`
}

func (s *Server) listNotices(ctx context.Context, in *listNoticesInput) (*body[notice.Notices], error) {
	return answer(s.notice.List(ctx, actorOf(ctx), in.Part, in.ask()))
}

type readNoticeInput struct {
	ID int64 `path:"id" minimum:"1"`
}

func (s *Server) readNotice(ctx context.Context, in *readNoticeInput) (*body[nothing], error) {
	return answer(nothing{true}, s.notice.Read(ctx, actorOf(ctx), in.ID))
}

type readNoticesInput struct {
	Body struct {
		UpTo int64       `json:"up_to" minimum:"1" doc:"The newest notice that was shown"`
		Part notice.Part `json:"part,omitempty" enum:"desk,feed" default:"desk"`
	}
}

func (s *Server) readNotices(ctx context.Context, in *readNoticesInput) (*body[nothing], error) {
	part := in.Body.Part
	if part == "" {
		part = notice.Desk
	}
	return answer(nothing{true}, s.notice.ReadAll(ctx, actorOf(ctx), part, in.Body.UpTo))
}

func (s *Server) myPrompts(ctx context.Context, _ *struct{}) (*body[notice.Wish], error) {
	return answer(s.notice.Wish(ctx, actorOf(ctx)))
}

func (s *Server) setPrompts(ctx context.Context, in *struct{ Body notice.Wish }) (*body[notice.Wish], error) {
	return answer(s.notice.SetWish(ctx, actorOf(ctx), in.Body.On))
}

func (s *Server) contentPrompts(ctx context.Context, in *ContentInput) (*body[notice.Prompts], error) {
	return answer(s.notice.Progress(ctx, actorOf(ctx), in.ID))
}

// Withdrawals are a list without pages: it is short.
type Withdrawals struct {
	Items []notice.Withdrawal `json:"items" nullable:"false"`
}

func (s *Server) myWithdrawals(ctx context.Context, _ *struct{}) (*body[Withdrawals], error) {
	items, err := s.notice.Withdrawn(ctx, actorOf(ctx))
	return answer(Withdrawals{items}, err)
}

func (s *Server) readWithdrawal(ctx context.Context, in *ContentInput) (*body[notice.Withdrawal], error) {
	return answer(s.notice.Withdrawal(ctx, actorOf(ctx), in.ID))
}

func (s *Server) deletedMine(ctx context.Context, in *ContentInput) (*body[nothing], error) {
	return answer(nothing{true}, s.notice.Deleted(ctx, actorOf(ctx), in.ID))
}
