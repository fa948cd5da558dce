package server

import (
	"context"

	"gaung/internal/notice"
)

func (s *Server) myWays(ctx context.Context, _ *struct{}) (*body[notice.Ways], error) {
	return answer(s.notice.Ways(ctx, actorOf(ctx)))
}

func (s *Server) setHabit(ctx context.Context, in *struct{ Body notice.Habit }) (*body[notice.Ways], error) {
	return answer(s.notice.SetHabit(ctx, actorOf(ctx), in.Body))
}

func (s *Server) setWay(ctx context.Context, in *struct{ Body notice.Switch }) (*body[notice.Ways], error) {
	return answer(s.notice.SetWay(ctx, actorOf(ctx), in.Body))
}

func (s *Server) subscribePush(ctx context.Context, in *struct{ Body notice.Subscription }) (*body[nothing], error) {
	return answer(nothing{true}, s.notice.Subscribe(ctx, actorOf(ctx), requestOf(ctx).Session, in.Body))
}

type endpointInput struct {
	Body struct {
		Endpoint string `json:"endpoint" maxLength:"1000"`
	}
}

func (s *Server) unsubscribePush(ctx context.Context, in *endpointInput) (*body[nothing], error) {
	return answer(nothing{true}, s.notice.Unsubscribe(ctx, actorOf(ctx), in.Body.Endpoint))
}

func (s *Server) samplePush(ctx context.Context, in *endpointInput) (*body[nothing], error) {
	me, err := s.user.Me(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return answer(nothing{true}, s.notice.Sample(ctx, actorOf(ctx), in.Body.Endpoint, me.Lang))
}

func (s *Server) readRule(ctx context.Context, in *AgencyInput) (*body[notice.HeldRule], error) {
	return answer(s.notice.Rule(ctx, actorOf(ctx), in.ID))
}

type setRuleInput struct {
	AgencyInput
	Body notice.RuleDraft
}

func (s *Server) setRule(ctx context.Context, in *setRuleInput) (*body[notice.HeldRule], error) {
	return answer(s.notice.SetRule(ctx, actorOf(ctx), in.ID, in.Body))
}

func (s *Server) dropRule(ctx context.Context, in *AgencyInput) (*body[notice.HeldRule], error) {
	return answer(s.notice.DropRule(ctx, actorOf(ctx), in.ID))
}

func (s *Server) contentUrgency(ctx context.Context, in *ContentInput) (*body[notice.Urgency], error) {
	return answer(s.notice.Urgency(ctx, actorOf(ctx), in.ID))
}
