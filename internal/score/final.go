package score

import (
	"context"
	_ "embed"
	"strings"

	"gaung/internal/db"
	"gaung/internal/id"
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
	case on.Whole:
		bodies, of = []id.Agency{0}, "AND f.unit_id > 0" // whoever had left is under 0
	}
	return s.places(ctx, actor, strings.ReplaceAll(finalBoardSQL, "{of}", of), db.Args{"season": key - seasonKeyBase, "node": on.ID, "depth": on.Depth,
		"bodies": bodies, "limit": headLength, "user": actor.User, "reach": neighbours})
}
