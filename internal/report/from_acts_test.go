package report

import (
	"context"
	"maps"
	"os"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
)

// FromActs makes a report again as it was made before there were sums of acts: every figure from every act,
// by the statements of that time.
func (s *Service) FromActs(ctx context.Context, r Report) (Report, error) {
	err := s.fillFromActs(ctx, &r)
	return r, err
}

func (s *Service) fillFromActs(ctx context.Context, r *Report) (err error) {
	r.Days, r.Evidence, r.Networks, r.Units, r.Contents = []DayRow{}, []GradeRow{}, []Network{}, []Child{}, []Published{}
	nodes := make([]id.Agency, 0, len(r.Path))
	for _, step := range r.Path {
		nodes = append(nodes, step.ID)
	}
	now := span{node: r.Agency.ID, zone: r.Agency.Zone, from: r.From, to: r.To, nodes: nodes}
	before := span{node: r.Agency.ID, zone: r.Agency.Zone, from: r.PreviousFrom, to: r.PreviousTo, nodes: nodes}
	var sums [2]figures
	for i, days := range []*span{&now, &before} {
		if days.hidden, err = s.withheld(ctx, *days); err != nil {
			return err
		}
		if !days.known() {
			continue
		}
		found, err := fromActs[figures](ctx, s.db, "figures", *days)
		if err != nil {
			return err
		}
		sums[i] = found[0]
		if sums[i].Acts, err = fromActs[done](ctx, s.db, "likes", *days); err != nil {
			return err
		}
		ways, err := fromActs[pace](ctx, s.db, "pace", *days)
		if err != nil {
			return err
		}
		if sums[i].Pace = ways[0]; *sums[i].ActiveSharers < org.SmallestGroup {
			sums[i].Pace.Speed, sums[i].Pace.Originality = nil, nil
		}
	}
	r.Metrics = valued(sums[0], sums[1])
	if !now.known() {
		return nil
	}
	if err := s.sectionsFromActs(ctx, r, now, before); err != nil {
		return err
	}
	stand(r.Units, sums[0].lumps())
	return nil
}

func (s *Service) sectionsFromActs(ctx context.Context, r *Report, now, before span) (err error) {
	if r.Days, err = fromActs[DayRow](ctx, s.db, "days", now); err != nil {
		return err
	}
	if r.Evidence, err = fromActs[GradeRow](ctx, s.db, "evidence", now); err != nil {
		return err
	}
	if r.Networks, err = s.networksFromActs(ctx, now, before); err != nil {
		return err
	}
	if r.Units, err = s.unitsFromActs(ctx, now, before); err != nil {
		return err
	}
	r.Contents, err = s.contentsFromActs(ctx, now, before)
	return err
}

// byGrade is a row with its shares by evidence.
type byGrade struct {
	Number        int64
	Shares        int64
	A, B, C, D    int64
	PeopleReached int64
	Likes         int64
}

func (b byGrade) grades() Grades { return Grades{b.A, b.B, b.C, b.D} }

func (s *Service) networksFromActs(ctx context.Context, now, before span) ([]Network, error) {
	current, err := fromActs[byGrade](ctx, s.db, "networks", now)
	if err != nil {
		return nil, err
	}
	past, list := map[int64]*Past{}, []Network{}
	if before.known() {
		found, err := fromActs[byGrade](ctx, s.db, "networks", before)
		if err != nil {
			return nil, err
		}
		for _, row := range current {
			past[row.Number] = pastOf(0, 0)
		}
		for _, row := range found {
			past[row.Number] = pastOf(row.Shares, row.PeopleReached)
		}
	}
	for _, row := range current {
		n := networkOf(row.Number)
		n.Shares, n.ProvenShares, n.PeopleReached, n.Likes, n.Grades, n.Previous = row.Shares, row.grades().Proven(), row.PeopleReached, row.Likes, row.grades(), past[row.Number]
		list = append(list, n)
	}
	return list, nil
}

// actsChild is a child with its sums, before some are withheld.
type actsChild struct {
	ID            id.Agency
	Name          string
	ShortName     string
	Kind          org.Kind
	Eligible      int64
	ActiveSharers int64
	Sums          byGrade `gorm:"embedded"`
	Rate          *float64
}

func (s *Service) unitsFromActs(ctx context.Context, now, before span) ([]Child, error) {
	current, err := fromActs[actsChild](ctx, s.db, "units", now)
	if err != nil {
		return nil, err
	}
	past, list := map[id.Agency]*Past{}, []Child{}
	if before.known() {
		found, err := fromActs[actsChild](ctx, s.db, "units", before)
		if err != nil {
			return nil, err
		}
		for _, row := range found {
			if !before.hidden[row.ID] {
				past[row.ID] = pastOf(row.Sums.Shares, row.Sums.PeopleReached)
			}
		}
	}
	for _, row := range current {
		list = append(list, row.child(now.hidden[row.ID], past[row.ID]))
	}
	return list, nil
}

func (c actsChild) child(hidden bool, past *Past) Child {
	child := Child{ID: c.ID, Name: c.Name, ShortName: c.ShortName, Kind: c.Kind}
	if hidden {
		return child
	}
	grades := c.Sums.grades()
	proven := grades.Proven()
	child.Band, child.Eligible, child.ActiveSharers = org.Band(c.Eligible), &c.Eligible, &c.ActiveSharers
	child.Shares, child.ProvenShares, child.PeopleReached = &c.Sums.Shares, &proven, &c.Sums.PeopleReached
	child.Rate, child.Grades, child.Previous = c.Rate, &grades, past
	return child
}

func (s *Service) contentsFromActs(ctx context.Context, now, before span) ([]Published, error) {
	type row struct {
		Published              `gorm:"embedded"`
		PastShares, PastPeople *int64
	}
	found, err := askActs[row](ctx, s.db, "contents", now, db.Args{"previous_from": before.from.String(), "previous_to": before.to.String()})
	list := []Published{}
	for _, c := range found {
		if c.PastShares != nil && c.PastPeople != nil && before.known() {
			c.Previous = pastOf(*c.PastShares, *c.PastPeople)
		}
		list = append(list, c.Published)
	}
	return list, err
}

func fromActs[T any](ctx context.Context, d *db.DB, name string, days span) ([]T, error) {
	return askActs[T](ctx, d, name, days, db.Args{})
}

func askActs[T any](ctx context.Context, d *db.DB, name string, days span, args db.Args) ([]T, error) {
	query, err := os.ReadFile("testdata/acts/" + name + ".sql")
	if err != nil {
		return nil, err
	}
	maps.Copy(args, db.Args{"node": days.node, "nodes": days.nodes, "zone": days.zone,
		"from": days.from.String(), "to": days.to.String(), "smallest": org.SmallestGroup})
	return db.All[T](ctx, d, string(query), args)
}
