package server

import (
	"context"

	"gaung/internal/award"
	"gaung/internal/metric"
	"gaung/internal/page"
)

// SpanInput names the days of one's own figures.
type SpanInput struct {
	Span string `query:"span" enum:"week,month,season,all" default:"month"`
}

type impactAnswer struct {
	award.Impact
	Metric metric.Metric `json:"metric"`
}

func (s *Server) myImpact(ctx context.Context, in *SpanInput) (*body[impactAnswer], error) {
	impact, err := s.award.Impact(ctx, actorOf(ctx), in.Span)
	return answer(impactAnswer{impact, metric.Named("people_reached")}, err)
}

type echoesInput struct {
	SpanInput
	ListInput
}

func (s *Server) myEchoes(ctx context.Context, in *echoesInput) (*body[page.Page[award.Echo]], error) {
	return answer(s.award.Echoes(ctx, actorOf(ctx), in.Span, in.ask()))
}

func (s *Server) myEcho(ctx context.Context, in *ContentInput) (*body[award.MyEcho], error) {
	return answer(s.award.EchoOf(ctx, actorOf(ctx), in.ID))
}

func (s *Server) contentThanks(ctx context.Context, in *ContentInput) (*body[award.Thanks], error) {
	return answer(s.award.Thanked(ctx, actorOf(ctx), in.ID))
}

type thankInput struct {
	ContentInput
	Body struct {
		Text string `json:"text" maxLength:"2000"`
	}
}

func (s *Server) thankForContent(ctx context.Context, in *thankInput) (*body[award.Thanks], error) {
	return answer(s.award.Thank(ctx, actorOf(ctx), in.ID, in.Body.Text))
}
