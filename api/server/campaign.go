package server

import (
	"context"

	"gaung/internal/campaign"
	"gaung/internal/id"
	"gaung/internal/page"
)

func (s *Server) listCampaigns(ctx context.Context, in *struct{ ListInput }) (*body[page.Page[campaign.Campaign]], error) {
	return answer(s.campaign.List(ctx, actorOf(ctx), in.ask()))
}

// CampaignInput is the campaign in a path.
type CampaignInput struct {
	ID id.Campaign `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) getCampaign(ctx context.Context, in *CampaignInput) (*body[campaign.Campaign], error) {
	return answer(s.campaign.Get(ctx, actorOf(ctx), in.ID))
}

type createCampaignInput struct {
	Body struct {
		campaign.Plan
		AgencyID id.Agency `json:"agency_id,omitempty" doc:"Whose it is; empty: the own agency"`
	}
}

func (s *Server) createCampaign(ctx context.Context, in *createCampaignInput) (*body[campaign.Campaign], error) {
	return answer(s.campaign.Create(ctx, actorOf(ctx), in.Body.AgencyID, in.Body.Plan))
}

type editCampaignInput struct {
	CampaignInput
	Body struct {
		campaign.Plan
		Version int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version that the edit started from"`
	}
}

func (s *Server) editCampaign(ctx context.Context, in *editCampaignInput) (*body[campaign.Campaign], error) {
	return answer(s.campaign.Edit(ctx, actorOf(ctx), in.ID, in.Body.Version, in.Body.Plan))
}
