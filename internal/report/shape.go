package report

import (
	"time"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Query names a report.
type Query struct {
	Agency   id.Agency // 0: the highest that the reader may see
	From, To string    // local days, both inclusive; empty: the current month so far
	Compare  Compare   // empty: DaysBefore
}

// Compare is which days a report is put beside.
type Compare string

// The comparisons.
const (
	DaysBefore Compare = "previous" // as many days, just before
	YearBefore Compare = "year"     // the same days of the year before
)

// span gives the days to compare with. The 29 February of a year that had none is its 28th.
func (c Compare) span(from, to period.Day) (period.Day, period.Day, error) {
	switch c {
	case DaysBefore:
		return from.Add(-int(to-from) - 1), from.Add(-1), nil
	case YearBefore:
		return yearBefore(from), yearBefore(to), nil
	}
	return 0, 0, errs.InvalidField("compare", "Pilih pembanding previous atau year.")
}

func yearBefore(day period.Day) period.Day {
	year, month, date := day.Date()
	if month == time.February && date == 29 {
		date = 28
	}
	return period.DayOf(year-1, month, date)
}

// Report is what happened in a subtree over some local days, beside other days.
type Report struct {
	Agency       Node        `json:"agency"`
	Path         []Node      `json:"path" nullable:"false" doc:"From the highest node the reader may see down to the agency"`
	From         period.Day  `json:"from"`
	To           period.Day  `json:"to"`
	Compare      Compare     `json:"compare" enum:"previous,year"`
	PreviousFrom period.Day  `json:"previous_from"`
	PreviousTo   period.Day  `json:"previous_to"`
	GeneratedAt  time.Time   `json:"generated_at"`
	Inputs       string      `json:"inputs" doc:"SHA-256 of all rows that the figures were made of: the same, as long as nothing that was counted has changed"`
	Closed       *Closing    `json:"closed,omitempty" doc:"Which version of a closed report this is; without it the figures are those of now"`
	Story        Words       `json:"story" doc:"What happened, in one sentence"`
	Next         []Advice    `json:"next" nullable:"false" doc:"What to do next: at most three, each by a rule"`
	Metrics      []Value     `json:"metrics" nullable:"false"`
	Days         []DayRow    `json:"days" nullable:"false"`
	Evidence     []GradeRow  `json:"evidence" nullable:"false"`
	Networks     []Network   `json:"networks" nullable:"false"`
	Units        []Child     `json:"units" nullable:"false" doc:"By name"`
	Contents     []Published `json:"contents" nullable:"false"`
}

// Node is an agency as a report names it.
type Node struct {
	ID        id.Agency `json:"id"`
	Name      string    `json:"name"`
	ShortName string    `json:"short_name"`
	Kind      org.Kind  `json:"kind" enum:"ministry,region,agency,unit"`
	Zone      string    `json:"zone"`
}

// Value is a metric with its value now and in the days it is compared with; null where there is none to
// show.
type Value struct {
	metric.Metric
	Value     *float64 `json:"value"`
	Previous  *float64 `json:"previous"`
	SmallBase bool     `json:"small_base" doc:"The comparison rests on fewer than 30: no form of a report says a change in percent, but both figures. Whoever computes one from value and previous must not show it"`
	Target    *Aim     `json:"target,omitempty" doc:"What the node wants to reach in the period that the days begin"`
}

// Aim is what a node wants a figure to be at the end of a month, a quarter or a year.
type Aim struct {
	Value float64    `json:"value"`
	Kind  string     `json:"kind" enum:"month,quarter,year"`
	To    period.Day `json:"to" doc:"The last day of that period; the report may end before it"`
	Met   bool       `json:"met"`
}

// DayRow is one local day.
type DayRow struct {
	Day           period.Day `json:"day"`
	PeopleReached int64      `json:"people_reached"`
	Shares        int64      `json:"shares"`
}

// GradeRow is how many acts have a grade of evidence.
type GradeRow struct {
	Grade  string `json:"grade" enum:"A,B,C,D"`
	Shares int64  `json:"shares"`
	Likes  int64  `json:"likes"`
}

// Grades are shares by their evidence.
type Grades struct {
	A int64 `json:"A"`
	B int64 `json:"B"`
	C int64 `json:"C"`
	D int64 `json:"D"`
}

// Proven are the shares that headlines count.
func (g Grades) Proven() int64 { return g.A + g.B }

// Past is a row in the days that the report is compared with.
type Past struct {
	Shares        int64 `json:"shares"`
	PeopleReached int64 `json:"people_reached"`
	SmallBase     bool  `json:"small_base" doc:"Fewer than 30 people: no change in percent is to be shown"`
}

func pastOf(shares, people int64) *Past { return &Past{shares, people, people < smallBase} }

// Network is what went over one network.
type Network struct {
	Network       string `json:"network"`
	Name          string `json:"name"`
	NameEn        string `json:"name_en"`
	Shares        int64  `json:"shares"`
	ProvenShares  int64  `json:"proven_shares" doc:"Evidence A and B"`
	PeopleReached int64  `json:"people_reached"`
	Likes         int64  `json:"likes" doc:"Recorded likes of official posts, of any evidence"`
	Grades        Grades `json:"grades"`
	Previous      *Past  `json:"previous"`
}

// Child is a node directly below. Its figures are null for a group under five, and for the groups that
// would give it away.
type Child struct {
	ID            id.Agency `json:"id"`
	Name          string    `json:"name"`
	ShortName     string    `json:"short_name"`
	Kind          org.Kind  `json:"kind" enum:"ministry,region,agency,unit"`
	Band          string    `json:"band" enum:",1-30,31-100,101-300,301+" doc:"Size league; empty where the figures are hidden"`
	Eligible      *int64    `json:"eligible"`
	ActiveSharers *int64    `json:"active_sharers"`
	Shares        *int64    `json:"shares"`
	ProvenShares  *int64    `json:"proven_shares" doc:"Evidence A and B"`
	PeopleReached *int64    `json:"people_reached"`
	Rate          *float64  `json:"rate" doc:"People reached per 100 eligible"`
	Rank          *int64    `json:"rank" doc:"In its size league, by score; ties share one. Null beyond the first ten: nobody is last"`
	Score         *float64  `json:"score" doc:"What ranks it, as on the board of units; null without a rank"`
	Low           *float64  `json:"low" doc:"The true rate lies between low and high with 95 %"`
	High          *float64  `json:"high"`
	Grades        *Grades   `json:"grades"`
	Previous      *Past     `json:"previous"`
}

// Published is a content of the subtree.
type Published struct {
	ID            id.Content `json:"id"`
	Title         string     `json:"title"`
	AgencyName    string     `json:"agency_name"`
	Shares        int64      `json:"shares"`
	PeopleReached int64      `json:"people_reached"`
	Previous      *Past      `json:"previous" gorm:"-" doc:"Null: not published yet"`
}
