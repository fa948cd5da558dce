package server

import (
	"context"

	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/trust"
)

func (s *Server) listElections(ctx context.Context, in *struct{ ListInput }) (*body[page.Page[trust.Election]], error) {
	return answer(s.trust.List(ctx, actorOf(ctx), in.ask()))
}

// ElectionInput is the election mode in a path.
type ElectionInput struct {
	ID id.Election `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) getElection(ctx context.Context, in *ElectionInput) (*body[trust.Election], error) {
	return answer(s.trust.Get(ctx, actorOf(ctx), in.ID))
}

type createElectionInput struct {
	Body struct {
		trust.Plan
		NodeID id.Agency `json:"node_id" minimum:"1" maximum:"2147483647" doc:"The region; it holds for its subtree"`
	}
}

func (s *Server) createElection(ctx context.Context, in *createElectionInput) (*body[trust.Election], error) {
	return answer(s.trust.Create(ctx, actorOf(ctx), in.Body.NodeID, in.Body.Plan))
}

type editElectionInput struct {
	ElectionInput
	Body struct {
		trust.Plan
		Version int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version that the edit started from"`
	}
}

func (s *Server) editElection(ctx context.Context, in *editElectionInput) (*body[trust.Election], error) {
	return answer(s.trust.Edit(ctx, actorOf(ctx), in.ID, in.Body.Version, in.Body.Plan))
}

type endElectionInput struct {
	ElectionInput
	Body struct {
		Version int    `json:"version" minimum:"1" maximum:"2147483647"`
		Reason  string `json:"reason" doc:"Kept in the log"`
	}
}

func (s *Server) endElection(ctx context.Context, in *endElectionInput) (*body[trust.Election], error) {
	return answer(s.trust.End(ctx, actorOf(ctx), in.ID, in.Body.Version, in.Body.Reason))
}
