package score

import (
	"context"
	_ "embed"
	"strings"

	"gaung/internal/db"
	"gaung/internal/org"
)

//go:embed sql/final_board.sql
var finalBoardSQL string

// final reads the board of persons of a closed season.
func (s *Service) final(ctx context.Context, actor org.Actor, on node, key int32) ([]place, error) {
	bodies, of := on.Bodies, "AND f.agency_id = body.id"
	switch {
	case len(on.Units) > 0:
		bodies, of = on.Units, "AND f.unit_id = body.id"
	case on.Whole && on.executives:
		of = "AND f.unit_id < 0"
	case on.Whole:
		of = "AND f.unit_id > 0" // whoever had left is under 0
	}
	return s.places(ctx, actor, strings.ReplaceAll(finalBoardSQL, "{of}", of), db.Args{"season": key - seasonKeyBase, "node": on.ID, "depth": on.Depth,
		"side": on.side(), "bodies": on.kept(bodies), "limit": headLength, "user": actor.User, "reach": neighbours})
}
