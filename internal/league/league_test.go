package league

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"gaung/internal/id"
	"gaung/internal/org"
)

// reach is how unevenly people are reached in a made-up world: which part of all share, and how many people
// one who shares reaches.
type reach struct {
	name    string
	sharers float64
	one     func(*rand.Rand) float64
}

var reaches = []reach{
	{"one reader each", 0.6, func(*rand.Rand) float64 { return 1 }},
	{"some more than others", 0.25, func(r *rand.Rand) float64 { return 1 + math.Floor(math.Log(1-r.Float64())/math.Log(0.8)) }},
	{"a few reach most", 0.15, func(r *rand.Rand) float64 { return math.Ceil(math.Exp(1 + r.NormFloat64())) }},
}

// world draws 2,000 groups from 5 to 8,640 people, all with the same true rate, by size band.
func (w reach) world(r *rand.Rand) (map[string][]entrant, Lumps) {
	bands := map[string][]entrant{}
	var first, second, third float64
	for i := range 2000 {
		g := entrant{id: id.Agency(i + 1), people: math.Floor(5 * math.Pow(8640.0/5, r.Float64()))}
		for range int(distuv.Poisson{Lambda: g.people * w.sharers, Src: r}.Rand()) {
			x := w.one(r)
			g.reached, first, second, third = g.reached+x, first+x, second+x*x, third+x*x*x
		}
		band := org.Band(int64(g.people))
		bands[band] = append(bands[band], g)
	}
	return bands, Lumps{second / first, third / first}
}

// top names the first of a league, unless several share the place.
func top(groups []entrant, value func(entrant) float64) (best entrant, alone bool) {
	most := math.Inf(-1)
	for _, g := range groups {
		switch v := value(g); {
		case v > most:
			best, most, alone = g, v, true
		case v == most:
			alone = false
		}
	}
	return best, alone
}

// quarter tells in which quarter of its league by size a group is.
func quarter(of entrant, groups []entrant) int {
	var smaller float64
	for _, g := range groups {
		switch {
		case g.people < of.people:
			smaller++
		case g.people == of.people:
			smaller += 0.5
		}
	}
	return min(3, int(4*smaller/float64(len(groups))))
}

// Of 2,000 units that are equally good, each size has the same chance of the first place in its league:
// over many drawings the first ones spread evenly over the quarters by size. By rates nearly all of them
// would be small, by shrunken means nearly all large; the test shows that it would see that.
func TestEqualUnitsHaveEqualChancesWhateverTheirSize(t *testing.T) {
	t.Parallel()
	const rounds = 400
	const unlikely = 16.3 // chi-square of three degrees of freedom: one in a thousand goes beyond
	for _, w := range reaches {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, 11))
			byScore, byRate, byShrunken := map[string]*[4]float64{}, [4]float64{}, [4]float64{}
			for range rounds {
				bands, of := w.world(r)
				for band, groups := range bands {
					if byScore[band] == nil {
						byScore[band] = &[4]float64{}
					}
					mean, variance := differ(groups, of)
					quantileOf := func(g entrant) float64 { return unrounded(g, mean, variance, of) }
					if variance == 0 { // all share the place; what would rank them if they did not?
						quantileOf = func(g entrant) float64 { return unrounded(g, mean, 1e-9, of) }
					}
					if best, alone := top(groups, quantileOf); alone {
						byScore[band][quarter(best, groups)]++
					}
					if best, alone := top(groups, entrant.rate); alone {
						byRate[quarter(best, groups)]++
					}
					if best, alone := top(groups, func(g entrant) float64 {
						return variance / (variance + mean*of.Second/g.people) * (g.rate() - mean)
					}); alone && variance > 0 {
						byShrunken[quarter(best, groups)]++
					}
				}
			}
			for band, found := range byScore {
				t.Logf("league %s: first places by quarter of size %v", band, *found)
				if x := chiSquare(*found); x > unlikely {
					t.Errorf("league %s: size tells who is first: %v, chi-square %.1f", band, *found, x)
				}
			}
			t.Logf("by rate %v, by shrunken mean %v", byRate, byShrunken)
			if chiSquare(byRate) < unlikely || chiSquare(byShrunken) < unlikely {
				t.Errorf("the test would not see an unfair score: by rate %v, by shrunken mean %v", byRate, byShrunken)
			}
		})
	}
}

func chiSquare(found [4]float64) (x float64) {
	all := found[0] + found[1] + found[2] + found[3]
	for _, n := range found {
		x += (n - all/4) * (n - all/4) / (all / 4)
	}
	return x
}

// The interval holds the true rate 19 times out of 20, in leagues whose groups differ and in those whose
// groups do not.
func TestTheIntervalHoldsTheTrueRate(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	for _, spread := range []float64{0, 0.1} {
		inside, all, wide, raw := 0.0, 0.0, 0.0, 0.0
		for range 100 {
			var groups []entrant
			var truth []float64
			for range 30 {
				rate := math.Max(0.02, 0.5+spread*r.NormFloat64())
				g := entrant{people: 101 + math.Floor(200*r.Float64())}
				g.reached = distuv.Poisson{Lambda: rate * g.people, Src: r}.Rand()
				groups, truth = append(groups, g), append(truth, rate)
			}
			for i, s := range score(groups, Lumps{1, 1}) {
				wide += s.High - s.Low
				raw += 2 * 196 * math.Sqrt(0.5/groups[i].people)
				if all++; s.Low <= 100*truth[i] && 100*truth[i] <= s.High {
					inside++
				}
			}
		}
		if part := inside / all; part < 0.93 || wide > raw {
			t.Errorf("rates that differ by %v: %.1f %% of the intervals hold the true one, at %.2f of the width without a league", spread, 100*part, wide/raw)
		}
	}
}

// A league is read as people expect it: more reached in a group of the same size is never less, equal is
// equal, and a league in which nobody stands out has only first places.
func TestRank(t *testing.T) {
	t.Parallel()
	of := Lumps{4, 30}
	all := Rank([]Group{{1, 200, 100}, {2, 200, 160}, {3, 200, 160}, {4, 200, 20}, {6, 150, 75}, {7, 290, 150}, {8, 20, 9}}, of)
	if all[2].Rank != 1 || !all[2].Tied || all[3].Rank != 1 || all[1].Rank <= 3 || all[4].Rank != 6 {
		t.Errorf("ranks: %+v", all)
	}
	if got := all[8]; got.Band != "1-30" || got.Rank != 1 || got.Tied || got.Low > 45 || got.High < 45 {
		t.Errorf("alone in its league: %+v", got)
	}
	for _, s := range all {
		if s.Low > s.High || s.Low < 0 {
			t.Errorf("interval: %+v", s)
		}
	}
	alike := Rank([]Group{{1, 200, 100}, {2, 250, 126}, {3, 120, 61}, {4, 150, 74}}, of)
	for _, s := range alike {
		if s.Rank != 1 || !s.Tied || s.Score != alike[1].Score {
			t.Errorf("what differs by chance only is told apart: %+v", alike)
		}
	}
	if nobody := Rank([]Group{{1, 50, 0}, {2, 60, 0}}, Lumps{1, 1}); nobody[1].Rank != 1 || nobody[1].Score != 0 || nobody[1].High != 0 {
		t.Errorf("nobody was reached: %+v", nobody)
	}
}
