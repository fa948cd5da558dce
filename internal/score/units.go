package score

import (
	"cmp"
	"context"
	_ "embed"
	"maps"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/league"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

//go:embed sql/units.sql
var unitsSQL string

// Group is one agency or unit on a board.
type Group struct {
	ID            id.Agency `json:"id"`
	Name          string    `json:"name"`
	Band          string    `json:"band" enum:"1-30,31-100,101-300,301+" doc:"Groups compete inside their size band"`
	Rank          *int64    `json:"rank" doc:"Inside the band, by score, ties share one; null where the figures are hidden"`
	Tied          bool      `json:"tied" doc:"Another group has the same rank"`
	Eligible      *int64    `json:"eligible"`
	PeopleReached *int64    `json:"people_reached"`
	Rate          *float64  `json:"rate" doc:"People reached per 100 eligible; null for a group under five and for what would give it away, shown as –"`
	Score         *float64  `json:"score" doc:"What ranks the group: its rate, pulled towards the league's mean as far as chance may explain it"`
	Low           *float64  `json:"low" doc:"The true rate lies between low and high with 95 %"`
	High          *float64  `json:"high"`
	Mine          bool      `json:"mine"`
}

// Units is a board of groups.
type Units struct {
	page.Page[Group]
	Scope
}

// shown is how many groups of a league a board names from the top. It has no end: nobody is last.
const shown = 10

// Units reads the board of groups below a node: agencies of a region, units of an agency. Of each league
// there is the head, and the actor's own group.
func (s *Service) Units(ctx context.Context, actor org.Actor, q Query) (Units, error) {
	on, scope, over, err := s.open(ctx, actor, q, org.Author, org.Approver, org.Publisher, org.Leader, org.Admin)
	if err != nil {
		return Units{}, err
	}
	if over.Kind == period.Campaign {
		return Units{}, errs.InvalidField("period", "Papan unit untuk kampanye tidak ada: pilih papan perorangan, atau minggu, bulan, atau musim.")
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
	if err != nil {
		return Units{}, db.Error(err)
	}
	lumps, err := league.LumpsOf(ctx, s.db, on.ID, over.From, over.To)
	return Units{page.Page[Group]{Items: head(ranked(found, lumps, actor.Path))}, scope}, err
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

// withheld tells which groups show no figures.
func withheld(rows []groupRow) map[id.Agency]bool {
	parts, whole := map[id.Agency][]org.Part{}, map[id.Agency]int64{}
	for _, row := range rows {
		parts[row.ParentID] = append(parts[row.ParentID], org.Part{Node: row.ID, Parent: row.ParentID, People: row.People})
		whole[row.ParentID] = row.Whole
	}
	hidden := map[id.Agency]bool{}
	for parent, list := range parts {
		maps.Copy(hidden, org.Withhold(whole[parent], list))
	}
	return hidden
}

// ranked ranks the groups that may be shown inside their leagues, best first; what is withheld comes
// after them by name.
func ranked(rows []groupRow, lumps league.Lumps, path []id.Agency) []Group {
	hidden, open, groups := withheld(rows), []league.Group{}, []Group{}
	for _, row := range rows {
		if !hidden[row.ID] && row.People > 0 {
			open = append(open, league.Group{ID: row.ID, People: row.People, Reached: row.Reached})
		}
	}
	standings := league.Rank(open, lumps)
	for _, row := range rows {
		g := Group{ID: row.ID, Name: row.Name, Band: org.Band(max(1, row.People)), Mine: slices.Contains(path, row.ID)}
		if at, ranked := standings[row.ID]; ranked {
			g.Eligible, g.PeopleReached, g.Rate = &row.People, &row.Reached, row.Rate
			g.Rank, g.Tied, g.Score, g.Low, g.High = &at.Rank, at.Tied, &at.Score, &at.Low, &at.High
		}
		groups = append(groups, g)
	}
	bands := []string{"1-30", "31-100", "101-300", "301+"}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(slices.Index(bands, a.Band), slices.Index(bands, b.Band)), cmp.Compare(a.place(), b.place()),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return groups
}

// place is the rank for sorting.
func (g Group) place() int64 {
	if g.Rank == nil {
		return math.MaxInt64
	}
	return *g.Rank
}

// head keeps the first of each league, and the actor's own.
func head(groups []Group) []Group {
	taken := map[string]int{}
	return slices.DeleteFunc(groups, func(g Group) bool {
		taken[g.Band]++
		return !g.Mine && (g.Rank == nil || taken[g.Band] > shown)
	})
}
