package org

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// Step is a node on the way from the root of the tree down to a unit.
type Step struct {
	ID        id.Agency `json:"id"`
	Name      string    `json:"name"`
	ShortName string    `json:"short_name"`
	Kind      Kind      `json:"kind" enum:"ministry,region,agency,unit"`
}

// Path reads the nodes from the root down to where the actor works.
func (s *Service) Path(ctx context.Context, actor Actor) ([]Step, error) {
	return db.All[Step](ctx, s.db, `SELECT id, name, short_name, kind FROM agency WHERE id = ANY($1::int4[]) ORDER BY cardinality(path)`, actor.Path)
}
