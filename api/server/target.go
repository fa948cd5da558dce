package server

import (
	"context"

	"gaung/internal/id"
	"gaung/internal/target"
)

func (s *Server) targets(ctx context.Context, in *struct {
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"Empty: the highest that you may see"`
}) (*body[target.Goals], error) {
	return answer(s.target.Of(ctx, actorOf(ctx), in.Agency))
}

func (s *Server) setTarget(ctx context.Context, in *struct{ Body target.Wanted }) (*body[target.Goals], error) {
	return answer(s.target.Set(ctx, actorOf(ctx), in.Body))
}
