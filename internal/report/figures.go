package report

import (
	"math"

	"gaung/internal/id"
	"gaung/internal/league"
	"gaung/internal/metric"
)

// figures are the sums that every metric is made of. A nil sum is not known or not shown.
type figures struct {
	Eligible             *int64
	ActiveSharers        *int64
	MonthlyActive        *int64
	Shares               *int64
	ProvenShares         *int64
	PeopleReached        *int64
	ValidClicks          *int64
	MachineRequests      *int64
	ShareRate            *float64 // by per_100, the database's one definition of a rate, as the others
	ReachPer100          *float64
	Adoption             *float64
	LikeCompletion       *float64
	LikeCompletionProven *float64
	SharesPerSharer      *float64
	ConcentrationTop10   *float64
	ConcentrationGini    *float64
	Second, Third        *float64            // of the lumps; nil where nobody was reached
	Sharers              map[id.Agency]int64 `gorm:"serializer:json"` // below each child
	Pace                 pace                `gorm:"-"`
	Acts                 []done              `gorm:"-"`
}

// pace is how people share, and how fast; nil where too few did.
type pace struct{ Speed, SpeedClarification, Originality *float64 }

// likes are of the networks whose figures may be added up.
func (f figures) likes() *int64 {
	if f.Acts == nil {
		return nil
	}
	var sum int64
	for _, d := range f.Acts {
		if d.summable() {
			sum += d.likes()
		}
	}
	return &sum
}

func (f figures) lumps() league.Lumps {
	if f.Second == nil || f.Third == nil {
		return league.Lumps{Second: 1, Third: 1}
	}
	return league.Lumps{Second: *f.Second, Third: *f.Third}
}

// values gives each metric of the registry its value; nil where it has none.
func (f figures) values() map[string]*float64 {
	return map[string]*float64{
		"eligible": whole(f.Eligible), "active_sharers": whole(f.ActiveSharers), "monthly_active": whole(f.MonthlyActive),
		"shares": whole(f.Shares), "proven_shares": whole(f.ProvenShares), "likes": whole(f.likes()),
		"people_reached": whole(f.PeopleReached), "valid_clicks": whole(f.ValidClicks), "machine_requests": whole(f.MachineRequests),
		"share_rate": f.ShareRate, "reach_per_100": f.ReachPer100, "adoption": f.Adoption,
		"like_completion": f.LikeCompletion, "like_completion_proven": f.LikeCompletionProven,
		"clicks_per_share": quotient(f.ValidClicks, f.Shares), "shares_per_sharer": f.SharesPerSharer,
		"concentration_top10": f.ConcentrationTop10, "concentration_gini": f.ConcentrationGini,
		"network_multiplier": quotient(f.PeopleReached, f.ActiveSharers), "originality": f.Pace.Originality,
		"speed": f.Pace.Speed, "speed_clarification": f.Pace.SpeedClarification,
	}
}

// smallBase is where a change in percent says nothing: two people more than three are two thirds more.
const smallBase = 30

// valued puts the registry's metrics beside each other for both spans. A comparison rests on the days
// before, a rate on what is below its line, and people per 100 on the people as well: of many who are
// eligible, three people are still three.
func valued(now, before figures) []Value {
	current, past := now.values(), before.values()
	list := []Value{}
	for _, m := range metric.In(metric.Report) {
		v := Value{Metric: m, Value: current[m.Key], Previous: past[m.Key]}
		base := v.Previous
		if m.Denominator != "" {
			base = past[m.Denominator]
		}
		few := base != nil && *base < smallBase
		if reached := past["people_reached"]; m.Unit == metric.Per100 && reached != nil {
			few = few || *reached < smallBase
		}
		v.SmallBase = v.Value != nil && v.Previous != nil && few
		list = append(list, v)
	}
	return list
}

func whole(n *int64) *float64 {
	if n == nil {
		return nil
	}
	value := float64(*n)
	return &value
}

// quotient is rounded to one decimal, once, here: every output shows the same digits.
func quotient(above, below *int64) *float64 {
	if above == nil || below == nil || *below == 0 {
		return nil
	}
	value := math.Round(10*float64(*above)/float64(*below)) / 10
	return &value
}
