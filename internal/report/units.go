package report

import (
	"gaung/internal/id"
	"gaung/internal/league"
	"gaung/internal/org"
)

// ranked is how many children of a league have a rank in a report. It has no end: nobody is last.
const ranked = 10

// childRow is a child with its sums, before some are withheld.
type childRow struct {
	ID            id.Agency
	Name          string
	ShortName     string
	Kind          org.Kind
	Eligible      int64
	PeopleReached int64
	Rate          *float64
}

// children are the nodes directly below, beside the days before.
func children(all gathered, now, before span) []Child {
	child := func(d done) id.Agency { return d.Child }
	shares, pastShares := sharesBy(all.now.Acts, child), sharesBy(all.before.Acts, child)
	previous, list := map[id.Agency]*Past{}, []Child{}
	for _, row := range all.before.children {
		if !before.hidden[row.ID] {
			previous[row.ID] = pastOf(pastShares[row.ID].sum(), row.PeopleReached)
		}
	}
	for _, row := range all.now.children {
		list = append(list, row.child(now.hidden[row.ID], all.now.Sharers[row.ID], shares[row.ID], previous[row.ID]))
	}
	stand(list, all.now.lumps())
	return list
}

// stand puts those that are shown into their leagues.
func stand(children []Child, of league.Lumps) {
	open := []league.Group{}
	for _, c := range children {
		if c.Eligible != nil && *c.Eligible > 0 {
			open = append(open, league.Group{ID: c.ID, People: *c.Eligible, Reached: *c.PeopleReached})
		}
	}
	standings := league.Rank(open, of)
	for i := range children {
		at, there := standings[children[i].ID]
		if !there {
			continue
		}
		children[i].Low, children[i].High = &at.Low, &at.High
		if at.Rank <= ranked {
			children[i].Rank, children[i].Score = &at.Rank, &at.Score
		}
	}
}

func (c childRow) child(hidden bool, sharers int64, grades Grades, past *Past) Child {
	child := Child{ID: c.ID, Name: c.Name, ShortName: c.ShortName, Kind: c.Kind}
	if hidden {
		return child
	}
	shares, proven := grades.sum(), grades.Proven()
	child.Band, child.Eligible, child.ActiveSharers = org.Band(c.Eligible), &c.Eligible, &sharers
	child.Shares, child.ProvenShares, child.PeopleReached = &shares, &proven, &c.PeopleReached
	child.Rate, child.Grades, child.Previous = c.Rate, &grades, past
	return child
}
