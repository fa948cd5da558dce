package server

import (
	"context"

	"gaung/internal/share"
)

type topicsAnswer struct {
	Topics []share.Topic `json:"topics" nullable:"false"`
}

func (s *Server) myTopics(ctx context.Context, _ *struct{}) (*body[topicsAnswer], error) {
	topics, err := s.share.TopicsOf(ctx, actorOf(ctx))
	return answer(topicsAnswer{topics}, err)
}

type topicsInput struct {
	Body struct {
		Topics []struct {
			Name string `json:"name" minLength:"1" maxLength:"80"`
			Wish int    `json:"wish" minimum:"-1" maximum:"1" doc:"1: more of it, -1: less, 0: as it comes"`
		} `json:"topics" nullable:"false" maxItems:"100" doc:"All that are not named come as they come"`
	}
}

func (s *Server) setTopics(ctx context.Context, in *topicsInput) (*body[topicsAnswer], error) {
	wishes := make([]share.Topic, len(in.Body.Topics))
	for i, one := range in.Body.Topics {
		wishes[i] = share.Topic{Name: one.Name, Wish: one.Wish}
	}
	if err := s.share.SetTopics(ctx, actorOf(ctx), wishes); err != nil {
		return nil, err
	}
	return s.myTopics(ctx, nil)
}

type notForMeInput struct {
	ContentInput
	Body struct {
		Reason share.Reason `json:"reason" enum:"topic,region,work,often,doubt,other"`
	}
}

func (s *Server) notForMe(ctx context.Context, in *notForMeInput) (*body[nothing], error) {
	return answer(nothing{true}, s.share.NotForMe(ctx, actorOf(ctx), in.ID, in.Body.Reason))
}

type asideAnswer struct {
	Reasons []share.Aside `json:"reasons" nullable:"false"`
}

func (s *Server) contentAside(ctx context.Context, in *ContentInput) (*body[asideAnswer], error) {
	reasons, err := s.share.AsideOf(ctx, actorOf(ctx), in.ID)
	return answer(asideAnswer{reasons}, err)
}
