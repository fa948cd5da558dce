package report

import (
	"context"
	"maps"
	"strings"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/league"
	"gaung/internal/org"
	"gaung/internal/period"
)

// span is some days of a node, as the statements are asked for them.
type span struct {
	node     id.Agency
	zone     string
	from, to period.Day
	cover    period.Cover
	nodes    []id.Agency // the visible path
	hidden   map[id.Agency]bool
	inputs   *inputs
}

// known tells whether there is anything to say of the node in these days.
func (s span) known() bool { return !s.hidden[s.node] }

// fill reads the figures. Everything but the names is left out for a group that is withheld.
func (s *Service) fill(ctx context.Context, r *Report) (err error) {
	r.Days, r.Evidence, r.Networks, r.Units, r.Contents = []DayRow{}, []GradeRow{}, []Network{}, []Child{}, []Published{}
	read := &inputs{}
	now, before := spanOver(*r, r.From, r.To, read), spanOver(*r, r.PreviousFrom, r.PreviousTo, read)
	for _, days := range []*span{&now, &before} {
		if days.hidden, err = s.withheld(ctx, *days); err != nil {
			return err
		}
	}
	all, err := s.gather(ctx, now, before)
	if err != nil {
		return err
	}
	r.Metrics = valued(all.now.figures, all.before.figures)
	if now.known() {
		if err = s.aim(ctx, r, now); err != nil {
			return err
		}
		r.Days, r.Evidence = all.days, evidence(all.now.Acts)
		r.Networks, r.Units, r.Contents = networks(all, before.known()), children(all, now, before), published(all.contents, before.known())
	}
	r.Inputs = read.sum()
	return nil
}

// withheld tells which nodes of the visible path, and which children of them, show no figures in these
// days. Below a node that is withheld everything is: its parts would give it away.
func (s *Service) withheld(ctx context.Context, days span) (map[id.Agency]bool, error) {
	found, err := rows[org.Part](ctx, s.db, "groups", days)
	if err != nil {
		return nil, err
	}
	people, parts := map[id.Agency]int64{}, map[id.Agency][]org.Part{}
	for _, part := range found {
		people[part.Node] = part.People
		parts[part.Parent] = append(parts[part.Parent], part)
	}
	hidden := map[id.Agency]bool{}
	for i, node := range days.nodes {
		if i == 0 && people[node] < org.SmallestGroup {
			hidden[node] = true
		}
		maps.Copy(hidden, org.Withhold(people[node], parts[node]))
		if hidden[node] {
			for _, part := range parts[node] {
				hidden[part.Node] = true
			}
		}
	}
	return hidden, nil
}

// publishedRow is a content with its sums of both spans.
type publishedRow struct {
	Published              `gorm:"embedded"`
	PastShares, PastPeople *int64
}

func (s *Service) contents(ctx context.Context, now, before span) ([]publishedRow, error) {
	args := db.Args(before.cover.Args("previous_"))
	args["previous_from"], args["previous_to"] = before.from.String(), before.to.String()
	return ask[publishedRow](ctx, s.db, "contents", now, args)
}

// published are the contents beside the days before, where these are known.
func published(found []publishedRow, pastKnown bool) []Published {
	list := []Published{}
	for _, c := range found {
		if c.PastShares != nil && c.PastPeople != nil && pastKnown {
			c.Previous = pastOf(*c.PastShares, *c.PastPeople)
		}
		list = append(list, c.Published)
	}
	return list
}

// rows runs one of the statements for some days.
func rows[T any](ctx context.Context, d *db.DB, name string, days span) ([]T, error) {
	return ask[T](ctx, d, name, days, db.Args{})
}

// args are what every statement may ask for.
func (s span) args() db.Args {
	args := db.Args{"node": s.node, "nodes": s.nodes, "zone": s.zone, "from": s.from.String(), "to": s.to.String(), "smallest": org.SmallestGroup}
	maps.Copy(args, s.cover.Args(""))
	return args
}

func ask[T any](ctx context.Context, d *db.DB, name string, days span, args db.Args) ([]T, error) {
	query, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return nil, err
	}
	maps.Copy(args, days.args())
	found, err := db.All[T](ctx, d, strings.Replace(string(query), "{reached}", league.Reached, 1), db.PlanAnew, args)
	if err != nil {
		return nil, err
	}
	return found, days.inputs.add(name, days, found)
}
