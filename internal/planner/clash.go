package planner

import (
	"context"
	"errors"
	"slices"
	"sort"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Warnings hinder nothing: they say what a person would get if all went out as planned.
const (
	nearby      = time.Hour // closer than this is a clash
	manyPrompts = 3         // a day, for one person; more is warned of
)

// Warning is what a time would mean for an item's audience.
type Warning struct {
	Near    []Neighbour `json:"near" nullable:"false" doc:"Others that reach a part of its audience within an hour"`
	Prompts int         `json:"prompts" doc:"How many somebody in its audience would get that day, this one included"`
	Many    bool        `json:"many" doc:"More than three"`
	Holiday string      `json:"holiday" doc:"The holiday that day is; empty: none"`
}

// Neighbour is another item nearby. One that the caller may not see has no number and no title: only that
// something goes out then.
type Neighbour struct {
	ID         id.Content `json:"id" doc:"0: it is another agency's"`
	Title      string     `json:"title"`
	AgencyName string     `json:"agency_name"`
	At         time.Time  `json:"at"`
}

// prompt is one item that goes out, with its audience.
type prompt struct {
	id     id.Content
	at     time.Time
	day    period.Day
	zone   string
	agency string
	seen   bool // by the actor
	nodes  []node
}

type node struct {
	id   id.Agency
	path []id.Agency
}

// meet tells whether somebody is in both audiences: a target of one lies in the subtree of a target of the other.
func meet(a, b []node) bool {
	return slices.ContainsFunc(a, func(x node) bool {
		return slices.ContainsFunc(b, func(y node) bool { return slices.Contains(x.path, y.id) || slices.Contains(y.path, x.id) })
	})
}

// neighbours finds, for each of some prompts in the order of their times, those nearby with a common audience.
func neighbours(prompts []prompt) map[id.Content][]int {
	near := map[id.Content][]int{}
	for i := range prompts {
		for j := i + 1; j < len(prompts) && prompts[j].at.Sub(prompts[i].at) < nearby; j++ {
			if meet(prompts[i].nodes, prompts[j].nodes) {
				near[prompts[i].id] = append(near[prompts[i].id], j)
				near[prompts[j].id] = append(near[prompts[j].id], i)
			}
		}
	}
	return near
}

// crowds tells how many prompts somebody in an item's audience gets on its day at most. Who works at a target
// gets what goes to it and to the nodes above it.
func crowds(prompts []prompt) map[id.Content]int {
	type place struct {
		day  period.Day
		node id.Agency
	}
	at := map[place][]id.Content{}
	paths := map[place][]id.Agency{}
	for _, one := range prompts {
		for _, target := range one.nodes {
			here := place{one.day, target.id}
			at[here] = append(at[here], one.id)
			paths[here] = target.path
		}
	}
	most := map[id.Content]int{}
	for here, path := range paths {
		reached := map[id.Content]bool{}
		for _, above := range path {
			for _, item := range at[place{here.day, above}] {
				reached[item] = true
			}
		}
		for item := range reached {
			most[item] = max(most[item], len(reached))
		}
	}
	return most
}

// prompts reads what goes out between two instants to an audience that touches one of the nodes.
func (s *Service) prompts(ctx context.Context, actor org.Actor, targets []node, from, to time.Time) ([]prompt, error) {
	nodes, above := []id.Agency{}, []id.Agency{}
	for _, target := range targets {
		nodes, above = append(nodes, target.id), append(above, target.path...)
	}
	slices.Sort(above)
	rows, err := db.All[struct {
		ID         id.Content
		At         time.Time
		Zone       string
		AgencyName string
		Seen       bool
		NodeID     id.Agency
		Path       db.IDs[id.Agency]
	}](ctx, s.db, promptsSQL, db.PlanAnew, db.Args{"roots": actor.Roots(content.Readers()...), "nodes": nodes, "above": slices.Compact(above),
		"from": from, "to": to, "most": mostPrompts})
	found := []prompt{}
	for _, row := range rows {
		if last := len(found) - 1; last < 0 || found[last].id != row.ID {
			found = append(found, prompt{id: row.ID, at: row.At, zone: row.Zone, agency: row.AgencyName, seen: row.Seen})
		}
		last := &found[len(found)-1]
		last.nodes = append(last.nodes, node{row.NodeID, row.Path})
	}
	return found, err
}

// targetsOf are the audiences of some items, each node once.
func (s *Service) targetsOf(ctx context.Context, items []id.Content) ([]node, error) {
	rows, err := db.All[struct {
		NodeID id.Agency
		Path   db.IDs[id.Agency]
	}](ctx, s.db, `SELECT DISTINCT n.id AS node_id, n.path::text AS path FROM content_target AS t JOIN agency AS n ON n.id = t.node_id
		WHERE t.content_id = ANY($1::int4[])`, items)
	found := make([]node, len(rows))
	for i, row := range rows {
		found[i] = node{row.NodeID, row.Path}
	}
	return found, err
}

// warnOf writes onto each slot what its audience gets around it. Wishes are not counted: nothing is planned yet.
func (s *Service) warnOf(ctx context.Context, actor org.Actor, slots []Slot, from, to time.Time, byAgency bool) error {
	items := []id.Content{}
	for _, one := range slots {
		if one.At != nil && !one.Wish {
			items = append(items, one.ID)
		}
	}
	targets, err := s.targetsOf(ctx, items)
	if err != nil {
		return err
	}
	found, err := s.prompts(ctx, actor, targets, from, to)
	if err != nil {
		return err
	}
	for i := range found {
		found[i].day = dayOf(found[i], actor, byAgency)
	}
	near, most := neighbours(found), crowds(found)
	for i := range slots {
		one := &slots[i]
		if one.At == nil || one.Wish {
			continue
		}
		one.Near = len(near[one.ID])
		if n := most[one.ID]; n > manyPrompts {
			one.Prompts = n
		}
	}
	return nil
}

func dayOf(one prompt, actor org.Actor, byAgency bool) period.Day {
	zone := actor.Zone
	if byAgency {
		zone = one.zone
	}
	return period.LocalDay(one.at, period.MustZone(zone))
}

// Weigh tells what a time would mean for an item, before it is planned. The day is that of its agency.
func (s *Service) Weigh(ctx context.Context, actor org.Actor, item id.Content, at time.Time) (Warning, error) {
	one, err := db.Get[Slot](ctx, s.db, `SELECT c.id, a.zone, a.path::text AS path FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		WHERE c.id = $1 AND a.path && $2::int4[]`, item, actor.Roots(content.Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return Warning{}, notFound()
	}
	if err != nil {
		return Warning{}, err
	}
	targets, err := s.targetsOf(ctx, []id.Content{item})
	if err != nil {
		return Warning{}, err
	}
	zone := period.MustZone(one.Zone)
	day := period.LocalDay(at, zone)
	others, err := s.prompts(ctx, actor, targets, day.Start(zone).Add(-nearby), day.Add(1).Start(zone).Add(nearby))
	if err != nil {
		return Warning{}, err
	}
	all := append(slices.DeleteFunc(others, func(other prompt) bool { return other.id == item }), prompt{id: item, at: at, zone: one.Zone, nodes: targets})
	sort.SliceStable(all, func(i, j int) bool { return all[i].at.Before(all[j].at) })
	for i := range all {
		all[i].day = period.LocalDay(all[i].at, zone)
	}
	warning := Warning{Near: []Neighbour{}, Prompts: crowds(all)[item]}
	warning.Many = warning.Prompts > manyPrompts
	for _, i := range neighbours(all)[item] {
		warning.Near = append(warning.Near, neighbour(all[i]))
	}
	if err := s.name(ctx, warning.Near); err != nil {
		return Warning{}, err
	}
	warning.Holiday, err = s.holidayOn(ctx, one.Path, day)
	return warning, err
}

// neighbour is what the actor may know of another item.
func neighbour(of prompt) Neighbour {
	if !of.seen {
		return Neighbour{At: of.at}
	}
	return Neighbour{ID: of.id, AgencyName: of.agency, At: of.at}
}

// name reads the titles of those that have a number.
func (s *Service) name(ctx context.Context, near []Neighbour) error {
	items := make([]id.Content, len(near))
	for i, one := range near {
		items[i] = one.ID
	}
	rows, err := db.All[Neighbour](ctx, s.db, `SELECT c.id, v.title FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
		WHERE c.id = ANY($1::int4[])`, items)
	for _, row := range rows {
		for i := range near {
			if near[i].ID == row.ID {
				near[i].Title = row.Title
			}
		}
	}
	return err
}

func (s *Service) holidayOn(ctx context.Context, path []id.Agency, day period.Day) (string, error) {
	found, err := db.Get[Holiday](ctx, s.db, `SELECT name FROM holiday WHERE day = $1 AND (agency_id IS NULL OR agency_id = ANY($2::int4[])) ORDER BY agency_id NULLS FIRST LIMIT 1`, day, path)
	if errors.Is(err, db.ErrNoRow) {
		return "", nil
	}
	return found.Name, err
}
