package raffle

import (
	"context"
	_ "embed"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

//go:embed sql/winners.sql
var winnersSQL string

// Winner is a number that was drawn, with who holds it. Who does not show their name on boards is not named here,
// either: they know their number, and come forward if they wish.
type Winner struct {
	Number   string  `json:"number"`
	ID       id.User `json:"id" doc:"0 where the name is hidden"`
	Name     string  `json:"name"`
	UnitName string  `json:"unit_name"`
	Hidden   bool    `json:"hidden" doc:"The person wants to stay unnamed, or has left: name and unit are empty"`
}

// Readers see who won, of those below them.
func Readers() []org.Role { return []org.Role{org.Publisher, org.Admin} }

// Winners lists who holds the numbers that count, in the order in which they were drawn: of those below the nodes for
// which the actor holds one of the roles. Others' numbers are left out.
func (s *Service) Winners(ctx context.Context, actor org.Actor, season int32) (page.Page[Winner], error) {
	if _, err := s.one(ctx, season); err != nil {
		return page.Page[Winner]{}, err
	}
	list, err := db.All[Winner](ctx, s.db, winnersSQL, db.Args{"season": season, "roots": actor.Roots(Readers()...), "now": s.db.Now()})
	return page.Page[Winner]{Items: list}, err
}
