package report

import (
	"context"
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

// networks gives what went over each network over which anything did. They measure different things, so
// they are never added up.
func (s *Service) networks(ctx context.Context, days span, acts []done) (map[int64]over, error) {
	type reached struct{ Network, People int64 }
	found, err := rows[reached](ctx, s.db, "channels", days)
	all := map[int64]over{}
	for _, r := range found {
		all[r.Network] = over{people: r.People}
	}
	for _, d := range acts {
		if d.shares().sum()+d.likes() > 0 {
			o := all[d.Network]
			all[d.Network] = over{o.grades.plus(d.shares()), o.people, o.likes + d.likes()}
		}
	}
	return all, err
}

// allNetworks are the networks of the span beside the days before.
func (s *Service) allNetworks(ctx context.Context, now, before span, acts, past []done) ([]Network, error) {
	current, err := s.networks(ctx, now, acts)
	if err != nil || !before.known() {
		return compared(current, nil, false), err
	}
	earlier, err := s.networks(ctx, before, past)
	return compared(current, earlier, true), err
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
