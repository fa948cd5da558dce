// Package metric owns the registry: every figure that is shown about a group of people has one name, one
// definition and one place that it is counted from, behind screen, files and API.
package metric

import "slices"

// Unit is what a metric counts in.
type Unit string

// The units.
const (
	People  Unit = "people"
	Count   Unit = "count"
	Percent Unit = "percent"
	Per100  Unit = "per_100"
	Ratio   Unit = "ratio"
	Index   Unit = "index" // 0 to 1
	Minutes Unit = "minutes"
)

// Place is where a metric's value may stand.
type Place string

// The places.
const (
	Report Place = "report" // in reports, in all their forms
	Board  Place = "board"  // of groups beside each other
	Drawer Place = "drawer" // only beside its own definition: never a headline, a board, points or a file
	None   Place = "none"   // nowhere: nothing gives it yet, and Missing says why
)

// Metric is one entry of the registry. A change of formula is a new version.
type Metric struct {
	Key         string `json:"key"`
	Name        string `json:"name" doc:"Indonesian"`
	NameEn      string `json:"name_en"`
	Unit        Unit   `json:"unit" enum:"people,count,percent,per_100,ratio,index,minutes"`
	Meaning     string `json:"meaning" doc:"What it says, in a sentence; Indonesian"`
	MeaningEn   string `json:"meaning_en"`
	Formula     string `json:"formula" doc:"Indonesian"`
	FormulaEn   string `json:"formula_en"`
	Denominator string `json:"denominator" doc:"Key of the metric below the line; empty: none"`
	Evidence    string `json:"evidence" doc:"Grades that it counts"`
	Version     int    `json:"version"`
	Caveat      string `json:"caveat" doc:"What the figure does not say; Indonesian"`
	CaveatEn    string `json:"caveat_en"`
	Place       Place  `json:"place" enum:"report,board,drawer,none" doc:"Where it may be shown; none: nothing gives it yet"`
	Source      string `json:"source" doc:"The statement that counts it, and the tables that it reads"`
	Missing     string `json:"missing" doc:"Why there is no value; Indonesian"`
	MissingEn   string `json:"missing_en"`
	Goal        Goal   `json:"goal" enum:",more,less" doc:"Whether a target may be set for it, and which way is better"`
}

// Goal is which way a metric is wanted to go.
type Goal string

// The goals. Likes and the sums of all acts have none: a quota of them would be an order to act.
const (
	NoGoal Goal = ""
	More   Goal = "more"
	Less   Goal = "less"
)

// goals are the metrics that a target may be set for.
var goals = map[string]Goal{"people_reached": More, "proven_shares": More, "active_sharers": More, "share_rate": More, "reach_per_100": More,
	"monthly_active": More, "adoption": More, "originality": More, "speed_clarification": Less}

// Registry is every metric, those of the report in its order.
func Registry() []Metric {
	all := slices.Concat(counted(), clicked(), described(), liked(), spread(), quality(), beside(), estimated(), open())
	for i := range all {
		all[i].Goal = goals[all[i].Key]
	}
	return all
}

// In are the metrics of a place.
func In(place Place) []Metric {
	return slices.DeleteFunc(Registry(), func(m Metric) bool { return m.Place != place })
}

// Named finds an entry of the registry; the zero Metric when there is none.
func Named(key string) Metric {
	for _, m := range Registry() {
		if m.Key == key {
			return m
		}
	}
	return Metric{}
}
