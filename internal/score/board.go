package score

import (
	"context"
	_ "embed"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

//go:embed sql/node.sql
var nodeSQL string

//go:embed sql/board.sql
var boardSQL string

//go:embed sql/unit.sql
var unitSQL string

const (
	headLength = 50 // how many persons a board shows from the top
	neighbours = 5  // how many on each side of the person
)

// Standing is one person on a board.
type Standing struct {
	ID            id.User `json:"id" doc:"0 where the name is hidden"`
	Rank          int64   `json:"rank" doc:"Ties share a rank"`
	Name          string  `json:"name"`
	UnitName      string  `json:"unit_name"`
	Tied          bool    `json:"tied" doc:"Somebody else has the same rank"`
	Hidden        bool    `json:"hidden" doc:"The person wants to stay unnamed, or has left: name and unit are empty"`
	PeopleReached int32   `json:"people_reached"`
	Me            bool    `json:"me" db:"-"`
}

// Mine is the person's own place.
type Mine struct {
	Rank          int64      `json:"rank"`
	PeopleReached int32      `json:"people_reached"`
	Around        []Standing `json:"around" nullable:"false" doc:"The person and up to five neighbours on each side"`
}

// People is a board of persons. It has a head and the own place, and no end.
type People struct {
	page.Page[Standing]
	Scope
	TooSmall bool  `json:"too_small" doc:"A group under five has no board of its own: its persons stand on the agency's"`
	Apart    bool  `json:"apart" doc:"I stand on the board of executives, not on that of the others"`
	Mine     *Mine `json:"me,omitempty" doc:"Absent while nobody was reached"`
}

// Scope says what a board covers.
type Scope struct {
	Agency ScopeNode   `json:"agency"`
	Period ScopePeriod `json:"period"`
}

// ScopeNode is the node that a board is of.
type ScopeNode struct {
	ID   id.Agency `json:"id"`
	Name string    `json:"name"`
}

// ScopePeriod is the period that a board is of.
type ScopePeriod struct {
	Name  string      `json:"name" example:"2026-11"`
	Title string      `json:"title,omitempty" doc:"What a season or a campaign is called"`
	Phase string      `json:"phase,omitempty" enum:"planned,running,waiting,closed" doc:"Of a season; closed: nothing changes any more"`
	Kind  period.Kind `json:"kind" enum:"week,month,season,campaign"`
	From  period.Day  `json:"from"`
	To    period.Day  `json:"to" doc:"Of a season without an end: today"`
}

// Query names a board.
type Query struct {
	Agency  id.Agency // 0: the actor's own agency
	Leaders bool      // the board of executives
	Period  string    // week, month, season, 2026-W47, 2026-11, season-1, campaign-12; empty: this month
}

// node is the board's node with what its queries need.
type node struct {
	ID     id.Agency
	Name   string
	Kind   org.Kind
	Zone   string
	Whole  bool        // everybody is on its board
	Bodies []id.Agency // the agencies that its persons are kept under
	Units  []id.Agency // of a unit: itself and those below it
	Depth  int         // how many nodes lead down to it, itself among them

	executives bool // the board is of them
}

// side is the sign under which those are kept whom the board is of.
func (n node) side() int32 {
	if n.executives {
		return -1
	}
	return 1
}

// kept are numbers of agencies as the scores of those have them whom the board is of.
func (n node) kept(agencies []id.Agency) (numbers []int32) {
	for _, one := range agencies {
		numbers = append(numbers, int32(one)*n.side())
	}
	return numbers
}

// statement is what reads its board: a unit's few are ranked anew, all others are merged by agency, or
// taken as they come where everybody is meant.
func (n node) statement() string {
	switch {
	case len(n.Units) > 0:
		return unitSQL
	case n.Whole && n.side() < 0:
		return strings.ReplaceAll(boardSQL, "{of}", "AND score.unit_id < 0")
	case n.Whole:
		return strings.ReplaceAll(boardSQL, "{of}", "AND score.unit_id > 0") // whoever has left is kept under 0
	}
	return strings.ReplaceAll(boardSQL, "{of}", "AND score.agency_id = body.id")
}

// firstSeason is the first day of the season that a new house begins with.
var firstSeason = period.DayOf(2000, time.January, 1)

// oldest is before any board; further back lie years that PostgreSQL does not know.
var oldest = period.DayOf(2000, time.January, 1)

// open finds the node that the actor may see the board of, and the period.
func (s *Service) open(ctx context.Context, actor org.Actor, q Query, beyond ...org.Role) (node, Scope, span, error) {
	if q.Agency == 0 {
		q.Agency = actor.Agency
	}
	rows, err := s.db.Pool().Query(ctx, nodeSQL, db.Args{"node": q.Agency, "path": actor.Path, "roots": actor.Roots(beyond...)})
	if err != nil {
		return node{}, Scope{}, span{}, db.Error(err)
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[node])
	if errors.Is(err, pgx.ErrNoRows) {
		return node{}, Scope{}, span{}, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	if err != nil {
		return node{}, Scope{}, span{}, db.Error(err)
	}
	over, err := s.span(ctx, actor, q.Period, period.LocalDay(s.db.Now(), period.MustZone(found.Zone)))
	return found, Scope{ScopeNode{found.ID, found.Name}, over.ScopePeriod}, over, err
}

// People reads the board of persons of a node: the actor's own unit, agency or region; those who care
// for recognition (publishers, administrators) see it below their node as well. Leaders see sums only.
func (s *Service) People(ctx context.Context, actor org.Actor, q Query) (People, error) {
	on, scope, over, err := s.open(ctx, actor, q, org.Publisher, org.Admin)
	if err != nil {
		return People{}, err
	}
	on.executives = q.Leaders
	board := People{Page: page.Page[Standing]{Items: []Standing{}}, Scope: scope}
	if board.Apart, err = s.apart(ctx, actor); err != nil {
		return board, err
	}
	if board.TooSmall, err = s.small(ctx, on, over.To); err != nil || board.TooSmall {
		return board, err
	}
	read := s.standings
	if over.closed {
		read = s.final
	}
	all, err := read(ctx, actor, on, over.key)
	if err != nil {
		return People{}, err
	}
	around := []Standing{}
	for _, row := range all {
		if row.Head {
			board.Items = append(board.Items, row.Standing)
		} else {
			around = append(around, row.Standing)
		}
	}
	for _, standing := range around {
		if standing.Me {
			board.Mine = &Mine{standing.Rank, standing.PeopleReached, around}
		}
	}
	return board, nil
}

// place is a standing in the head, or around the person.
type place struct {
	Standing
	Head bool
}

func (s *Service) standings(ctx context.Context, actor org.Actor, on node, key int32) ([]place, error) {
	return s.places(ctx, actor, on.statement(), db.Args{"period": key, "scope": int32(on.ID) * on.side(), "bodies": on.kept(on.Bodies), "side": on.side(),
		"units": on.Units, "limit": headLength, "user": actor.User, "reach": neighbours, "mine": slices.Contains(actor.Path, on.ID)})
}

func (s *Service) places(ctx context.Context, actor org.Actor, statement string, args db.Args) ([]place, error) {
	rows, err := s.db.Pool().Query(ctx, statement, args)
	if err != nil {
		return nil, db.Error(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[place])
	for i := range list {
		list[i].Me = list[i].ID == actor.User
	}
	return list, db.Error(err)
}
