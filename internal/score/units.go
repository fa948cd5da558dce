package score

import (
	"cmp"
	"context"
	_ "embed"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

//go:embed sql/units.sql
var unitsSQL string

// Group is one agency or unit on a board.
type Group struct {
	ID            id.Agency `json:"id"`
	Name          string    `json:"name"`
	Band          string    `json:"band" enum:"1-30,31-100,101-300,301+" doc:"Groups compete inside their size band"`
	Rank          *int64    `json:"rank" doc:"Inside the band, ties share one; null where the figures are hidden"`
	Tied          bool      `json:"tied" doc:"Somebody else has the same rank"`
	Eligible      *int64    `json:"eligible"`
	PeopleReached *int64    `json:"people_reached"`
	Rate          *float64  `json:"rate" doc:"People reached per 100 eligible; null for a group under five and for what would give it away, shown as –"`
	Mine          bool      `json:"mine"`
}

// Units is a board of groups.
type Units struct {
	page.Page[Group]
	Scope
}

// Units reads the board of groups below a node: agencies of a region, units of an agency.
func (s *Service) Units(ctx context.Context, actor org.Actor, q Query) (Units, error) {
	on, scope, over, err := s.open(ctx, actor, q, org.Author, org.Approver, org.Publisher, org.Leader, org.Admin)
	if err != nil {
		return Units{}, err
	}
	level := org.Unit
	if on.Kind == org.Region || on.Kind == org.Ministry {
		level = org.Body
	}
	rows, err := s.db.Pool().Query(ctx, unitsSQL, db.Args{"node": on.ID, "level": level, "from": over.From.String(), "to": over.To.String()})
	if err != nil {
		return Units{}, db.Error(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[groupRow])
	return Units{page.Page[Group]{Items: ranked(found, actor.Path)}, scope}, db.Error(err)
}

// groupRow is a group with its sums, before some are withheld.
type groupRow struct {
	ID       id.Agency
	Name     string
	ParentID id.Agency
	People   int64
	Reached  int64
	Whole    int64 // people of what the group lies in
	Rate     *float64
}

// ranked withholds what must stay hidden and ranks the others inside their size bands: best first, the
// hidden ones at the end of their band by name.
func ranked(rows []groupRow, path []id.Agency) []Group {
	parts, whole := map[id.Agency][]org.Part{}, map[id.Agency]int64{}
	for _, row := range rows {
		parts[row.ParentID] = append(parts[row.ParentID], org.Part{Node: row.ID, Parent: row.ParentID, People: row.People})
		whole[row.ParentID] = row.Whole
	}
	hidden := map[id.Agency]bool{}
	for parent, list := range parts {
		maps.Copy(hidden, org.Withhold(whole[parent], list))
	}
	groups := []Group{}
	for _, row := range rows {
		g := Group{ID: row.ID, Name: row.Name, Band: org.Band(max(1, row.People)), Mine: slices.Contains(path, row.ID)}
		if !hidden[row.ID] {
			g.Eligible, g.PeopleReached, g.Rate = &row.People, &row.Reached, row.Rate
		}
		groups = append(groups, g)
	}
	bands := []string{"1-30", "31-100", "101-300", "301+"}
	rate := func(g Group) float64 {
		if g.Rate == nil {
			return -1
		}
		return *g.Rate
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(slices.Index(bands, a.Band), slices.Index(bands, b.Band)), cmp.Compare(rate(b), rate(a)),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	number(groups)
	return groups
}

// number gives the ranks of sorted groups.
func number(groups []Group) {
	first := 0 // of the band
	for i := range groups {
		if i > 0 && groups[i].Band != groups[i-1].Band {
			first = i
		}
		if groups[i].Rate == nil {
			continue
		}
		rank := int64(i - first + 1)
		if i > first && *groups[i].Rate == *groups[i-1].Rate {
			rank = *groups[i-1].Rank
			groups[i].Tied, groups[i-1].Tied = true, true
		}
		groups[i].Rank = &rank
	}
}
