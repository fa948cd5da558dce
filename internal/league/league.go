// Package league owns how groups are compared fairly: inside a size band, by a score in which no size has
// a better chance than another. Boards and reports ask it, so that both say the same.
package league

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"gaung/internal/id"
	"gaung/internal/org"
)

// Group is an agency or a unit of one person or more, with how many people it has and how many they reached.
type Group struct {
	ID              id.Agency
	People, Reached int64
}

// Standing is where a group stands in its league. Score, Low and High are people reached per 100 of the
// group, to one decimal.
type Standing struct {
	Band      string
	Rank      int64   // ties share one
	Tied      bool    // another group has the same rank
	Score     float64 // what ranks it
	Low, High float64 // between these its true rate lies, 19 times out of 20
}

// Rank scores the groups inside their size bands.
func Rank(groups []Group, of Lumps) map[id.Agency]Standing {
	bands := map[string][]entrant{}
	for _, g := range groups {
		band := org.Band(g.People)
		bands[band] = append(bands[band], entrant{g.ID, float64(g.People), float64(g.Reached)})
	}
	all := map[id.Agency]Standing{}
	for band, entrants := range bands {
		order := score(entrants, of)
		slices.SortFunc(order, func(a, b scored) int { return cmp.Compare(b.Score, a.Score) })
		for i := range order {
			s := &order[i]
			s.Band, s.Rank = band, int64(i+1)
			if i > 0 && order[i-1].Score == s.Score {
				s.Rank, s.Tied, order[i-1].Tied = order[i-1].Rank, true, true
			}
		}
		for _, s := range order {
			all[s.id] = s.Standing
		}
	}
	return all
}

// entrant is a group as its league sees it.
type entrant struct {
	id              id.Agency
	people, reached float64
}

func (e entrant) rate() float64 { return e.reached / e.people }

type scored struct {
	id id.Agency
	Standing
}

// score gives the groups of one size band their scores. Chance moves the rate of a small group further
// than that of a large one, so neither the rate (small ones lead, and trail) nor the usual shrunken mean
// (large ones lead) is fair. The score keeps each group's distance from the league's mean as its quantile
// among groups of its own size, and gives it the width that true differences have in this league:
//
//	score = m + τ·z,  z = Φ⁻¹(F(rate)),  F with the variance τ² + m·Second/n
//
// Of a normal rate that is shrinkage by the square root of the usual factor (Spjøtvoll and Thomsen 1987),
// which leaves all groups the same variance, so that no size has a better chance of the first place. F is
// a gamma distribution with the skewness that a group of the size has. τ² is what the rates differ beyond
// chance (DerSimonian and Laird 1986); where they do not, all share the mean, and the first rank. The
// interval is that of Morris (1983) for a group's true rate, with what is not known of m and τ in it.
func score(groups []entrant, of Lumps) []scored {
	mean, variance := differ(groups, of)
	found := make([]scored, len(groups))
	for i, g := range groups {
		chance := mean * of.Second / g.people
		low, high := interval(g.rate(), mean, variance, chance, len(groups))
		value := math.Max(0, unrounded(g, mean, variance, of))
		found[i] = scored{g.id, Standing{Score: per100(value), Low: per100(low), High: per100(high)}}
	}
	return found
}

func unrounded(g entrant, mean, variance float64, of Lumps) float64 {
	if variance == 0 {
		return mean
	}
	wide := variance + mean*of.Second/g.people
	skew := mean * of.Third / (g.people * g.people) / math.Pow(wide, 1.5)
	return mean + math.Sqrt(variance)*quantile((g.rate()-mean)/math.Sqrt(wide), skew)
}

// differ estimates the mean rate of a league, and the variance of the true rates.
func differ(groups []entrant, of Lumps) (mean, variance float64) {
	var people, reached, squares, q float64
	for _, g := range groups {
		people, reached, squares = people+g.people, reached+g.reached, squares+g.people*g.people
	}
	if reached == 0 {
		return 0, 0
	}
	mean = reached / people
	chance := mean * of.Second // of a group of one
	for _, g := range groups {
		q += g.people / chance * (g.rate() - mean) * (g.rate() - mean)
	}
	if weight := (people - squares/people) / chance; weight > 0 {
		variance = math.Max(0, (q-float64(len(groups)-1))/weight)
	}
	return mean, variance
}

// interval is where a true rate lies with 95 %: shrunk towards the mean, and wider for what the league
// does not tell of its own mean and variance. In a league of three or fewer nothing is shrunk.
func interval(rate, mean, variance, chance float64, groups int) (low, high float64) {
	shrink, unsure := 0.0, chance
	if k := float64(groups); groups > 3 && chance > 0 {
		shrink = (k - 3) / (k - 1) * chance / (chance + variance)
		unsure = chance*(1-(k-1)/k*shrink) + 2/(k-3)*shrink*shrink*(rate-mean)*(rate-mean)
	}
	center, half := rate-shrink*(rate-mean), 1.96*math.Sqrt(unsure)
	return math.Max(0, center-half), center + half
}

// normalUnder is a skewness that changes nothing that is shown.
const normalUnder = 1e-3

// quantile is the standard normal quantile of a standardised value of a gamma distribution of this skewness.
func quantile(value, skew float64) float64 {
	if skew < normalUnder {
		return value
	}
	shape := 4 / (skew * skew)
	at := math.Max(shape+value*math.Sqrt(shape), math.SmallestNonzeroFloat64) // it has no negative values
	least := math.SmallestNonzeroFloat64
	if below := mathext.GammaIncReg(shape, at); below < 0.5 {
		return distuv.UnitNormal.Quantile(math.Max(below, least))
	}
	return -distuv.UnitNormal.Quantile(math.Max(mathext.GammaIncRegComp(shape, at), least))
}

// per100 is to one decimal: what is shown equal ranks equal.
func per100(perPerson float64) float64 { return math.Round(1000*perPerson) / 10 }
