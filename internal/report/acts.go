package report

import (
	"fmt"
	"maps"
	"slices"

	"gaung/internal/id"
	"gaung/internal/network"
)

// done is how often something was done below a child of the node, or at the node itself (0), over a network.
type done struct {
	Child                      id.Agency
	Network                    int64
	A, B, C, D                 int64 // shares by evidence
	LikeA, LikeB, LikeC, LikeD int64
}

func (d done) shares() Grades { return Grades{d.A, d.B, d.C, d.D} }

// summable tells whether its network lets its figures be added to another's.
func (d done) summable() bool {
	n, known := network.Numbered(network.Number(d.Network))
	return !known || n.Summable
}

func (d done) likes() int64 { return d.LikeA + d.LikeB + d.LikeC + d.LikeD }

// sum is all of them together.
func (g Grades) sum() int64 { return g.A + g.B + g.C + g.D }

func (g Grades) plus(more Grades) Grades {
	return Grades{g.A + more.A, g.B + more.B, g.C + more.C, g.D + more.D}
}

// sharesBy adds shares up by what the key tells.
func sharesBy[K comparable](acts []done, key func(done) K) map[K]Grades {
	sums := map[K]Grades{}
	for _, d := range acts {
		sums[key(d)] = sums[key(d)].plus(d.shares())
	}
	return sums
}

func evidence(acts []done) []GradeRow {
	list := []GradeRow{{Grade: "A"}, {Grade: "B"}, {Grade: "C"}, {Grade: "D"}}
	for _, d := range acts {
		for i, n := range [][2]int64{{d.A, d.LikeA}, {d.B, d.LikeB}, {d.C, d.LikeC}, {d.D, d.LikeD}} {
			list[i].Shares += n[0]
			if d.summable() {
				list[i].Likes += n[1]
			}
		}
	}
	return list
}

// over is what went over one network.
type over struct {
	grades Grades
	people int64
	likes  int64
}

// channelRow is how many people were reached over a network.
type channelRow struct{ Network, People int64 }

// overEach gives what went over each network over which anything did. They measure different things, so
// they are never added up.
func overEach(channels []channelRow, acts []done) map[int64]over {
	all := map[int64]over{}
	for _, r := range channels {
		all[r.Network] = over{people: r.People}
	}
	for _, d := range acts {
		if d.shares().sum()+d.likes() > 0 {
			o := all[d.Network]
			all[d.Network] = over{o.grades.plus(d.shares()), o.people, o.likes + d.likes()}
		}
	}
	return all
}

// networks are those of the span beside the days before.
func networks(all gathered, pastKnown bool) []Network {
	return compared(overEach(all.now.channels, all.now.Acts), overEach(all.before.channels, all.before.Acts), pastKnown)
}

// compared puts the networks of the span beside the days before, where these are known.
func compared(now, before map[int64]over, known bool) []Network {
	list := []Network{}
	for _, number := range slices.Sorted(maps.Keys(now)) {
		n, o := networkOf(number), now[number]
		n.Shares, n.ProvenShares, n.PeopleReached, n.Likes, n.Grades = o.grades.sum(), o.grades.Proven(), o.people, o.likes, o.grades
		if known {
			n.Previous = pastOf(before[number].grades.sum(), before[number].people)
		}
		list = append(list, n)
	}
	return list
}

// networkOf names a network of a row.
func networkOf(number int64) Network {
	if n, known := network.Numbered(network.Number(number)); known {
		return Network{Network: n.Key, Name: n.Name, NameEn: n.NameEn}
	}
	key := fmt.Sprintf("network-%d", number)
	return Network{Network: key, Name: fmt.Sprintf("Jejaring %d", number), NameEn: fmt.Sprintf("Network %d", number)}
}
