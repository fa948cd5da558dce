package server

import (
	"context"

	"gaung/internal/page"
	"gaung/internal/score"
)

func (s *Server) currentSeason(ctx context.Context, _ *struct{}) (*body[score.Current], error) {
	season, err := s.score.Current(ctx, actorOf(ctx))
	return answer(season, err)
}

func (s *Server) listSeasons(ctx context.Context, _ *struct{}) (*body[score.Seasons], error) {
	return answer(s.score.Seasons(ctx, actorOf(ctx)))
}

func (s *Server) listRulebooks(ctx context.Context, _ *struct{}) (*body[page.Page[score.Rulebook]], error) {
	return answer(s.score.Rulebooks(ctx, actorOf(ctx)))
}

type planSeasonInput struct{ Body score.SeasonPlan }

func (s *Server) planSeason(ctx context.Context, in *planSeasonInput) (*body[score.Season], error) {
	return answer(s.score.PlanSeason(ctx, actorOf(ctx), in.Body))
}

// SeasonInput is the season in a path.
type SeasonInput struct {
	ID int32 `path:"id" minimum:"1" maximum:"2147483647"`
}

type changeSeasonInput struct {
	SeasonInput
	Body score.SeasonPlan
}

func (s *Server) changeSeason(ctx context.Context, in *changeSeasonInput) (*body[score.Season], error) {
	return answer(s.score.ChangeSeason(ctx, actorOf(ctx), in.ID, in.Body))
}

func (s *Server) dropSeason(ctx context.Context, in *SeasonInput) (*body[nothing], error) {
	return answer(nothing{true}, s.score.DropSeason(ctx, actorOf(ctx), in.ID))
}

type boardCampaigns struct {
	Items []score.CampaignBoard `json:"items" nullable:"false"`
}

func (s *Server) boardCampaigns(ctx context.Context, _ *struct{}) (*body[boardCampaigns], error) {
	list, err := s.score.Campaigns(ctx, actorOf(ctx))
	return answer(boardCampaigns{list}, err)
}
