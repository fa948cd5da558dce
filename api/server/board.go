package server

import (
	"context"

	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/score"
)

// BoardInput names a board.
type BoardInput struct {
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"Empty: the own agency"`
	Period string    `query:"period" maxLength:"20" doc:"week, month, season, 2026-W47, 2026-11, season-1 or campaign-12; empty: this month"`
}

type peopleInput struct {
	BoardInput
	Of string `query:"of" enum:"staff,executives" default:"staff" doc:"executives: the board of leaders, of a region or above; they are on no other"`
}

func (b BoardInput) query() score.Query { return score.Query{Agency: b.Agency, Period: b.Period} }

type peopleBoard struct {
	score.People
	Metric metric.Metric `json:"metric"`
}

func (s *Server) peopleBoard(ctx context.Context, in *peopleInput) (*body[peopleBoard], error) {
	q := in.query()
	q.Leaders = in.Of == "executives"
	board, err := s.score.People(ctx, actorOf(ctx), q)
	return answer(peopleBoard{board, metric.Named("people_reached")}, err)
}

type unitBoard struct {
	score.Units
	Metric metric.Metric `json:"metric"`
	Rate   metric.Metric `json:"rate_metric"`
}

func (s *Server) unitBoard(ctx context.Context, in *BoardInput) (*body[unitBoard], error) {
	board, err := s.score.Units(ctx, actorOf(ctx), in.query())
	return answer(unitBoard{board, metric.Named("league_score"), metric.Named("reach_per_100")}, err)
}
