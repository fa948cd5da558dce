package server

import (
	"context"

	"gaung/internal/integrity"
	"gaung/internal/page"
)

type countCasesInput struct {
	ListInput
	State integrity.Filter `query:"state" enum:"waiting,open,objected,kept,restored,all" default:"waiting"`
}

func (s *Server) countCases(ctx context.Context, in *countCasesInput) (*body[page.Page[integrity.DeskCountCase]], error) {
	return answer(s.integrity.Cases(ctx, actorOf(ctx), in.State, in.ask()))
}

// CountCaseInput names a case.
type CountCaseInput struct {
	ID int64 `path:"id" minimum:"1"`
}

func (s *Server) countCase(ctx context.Context, in *CountCaseInput) (*body[integrity.DeskCountCase], error) {
	return answer(s.integrity.Get(ctx, actorOf(ctx), in.ID))
}

type decideCountInput struct {
	CountCaseInput
	Body struct {
		Answer string `json:"answer" maxLength:"1000" doc:"For the person"`
	}
}

func (s *Server) keepCount(ctx context.Context, in *decideCountInput) (*body[nothing], error) {
	return answer(nothing{true}, s.integrity.Keep(ctx, actorOf(ctx), in.ID, in.Body.Answer))
}

func (s *Server) restoreCount(ctx context.Context, in *decideCountInput) (*body[nothing], error) {
	return answer(nothing{true}, s.integrity.Restore(ctx, actorOf(ctx), in.ID, in.Body.Answer))
}

func (s *Server) myCounts(ctx context.Context, in *ListInput) (*body[page.Page[integrity.CountCase]], error) {
	return answer(s.integrity.Mine(ctx, actorOf(ctx), in.ask()))
}

type objectCountInput struct {
	CountCaseInput
	Body struct {
		Words string `json:"words" maxLength:"1000"`
	}
}

func (s *Server) objectCount(ctx context.Context, in *objectCountInput) (*body[nothing], error) {
	return answer(nothing{true}, s.integrity.Object(ctx, actorOf(ctx), in.ID, in.Body.Words))
}
