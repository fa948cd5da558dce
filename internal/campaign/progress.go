package campaign

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Pace compares what was reached with what the passed time would ask for.
type Pace string

// The paces. Before the first day there is none.
const (
	Planned Pace = "planned"
	Ahead   Pace = "ahead"
	OnPace  Pace = "on_pace"
	Behind  Pace = "behind"
	Reached Pace = "reached"
	Missed  Pace = "missed"
)

// Progress is how far one target is.
type Progress struct {
	Metric   string  `json:"metric" enum:"people_reached,shares"`
	Target   int64   `json:"target"`
	Actual   int64   `json:"actual"`
	Expected float64 `json:"expected" doc:"What an even pace would have by now: the target × passed time ÷ whole time"`
	Pace     Pace    `json:"pace" enum:"planned,ahead,on_pace,behind,reached,missed" doc:"ahead and behind: a tenth more or less than expected"`
	Needed   float64 `json:"needed" doc:"A day from now on to reach the target; 0 when reached or over"`
}

// tolerance is how far an even pace may be missed without a word.
const tolerance = 0.1

// progress reckons one target at a moment; the days are local days of the zone.
func progress(metric string, target, actual int64, from, to period.Day, zone *time.Location, now time.Time) Progress {
	begins, ends := from.Start(zone), to.Add(1).Start(zone)
	passed := min(max(now.Sub(begins).Seconds()/ends.Sub(begins).Seconds(), 0), 1)
	p := Progress{Metric: metric, Target: target, Actual: actual, Expected: float64(target) * passed}
	switch {
	case actual >= target:
		p.Pace = Reached
	case now.Before(begins):
		p.Pace = Planned
	case !now.Before(ends):
		p.Pace = Missed
	case float64(actual) >= (1+tolerance)*p.Expected:
		p.Pace = Ahead
	case float64(actual) >= (1-tolerance)*p.Expected:
		p.Pace = OnPace
	default:
		p.Pace = Behind
	}
	if left := ends.Sub(now).Hours() / 24; left > 0 && actual < target {
		p.Needed = float64(target-actual) / min(left, ends.Sub(begins).Hours()/24)
	}
	return p
}

// CampaignDay is what the contents did on a local day of their publishers.
type CampaignDay struct {
	Day           period.Day `json:"day"`
	PeopleReached int64      `json:"people_reached"`
	Shares        int64      `json:"shares"`
}

// days gives every day of the period up to today.
func (s *Service) days(ctx context.Context, campaign id.Campaign, from, to period.Day) ([]CampaignDay, error) {
	return db.All[CampaignDay](ctx, s.db, `
		SELECT d::date AS day, coalesce(r.people, 0)::int8 AS people_reached, coalesce(a.shares, 0)::int8 AS shares
		FROM generate_series($2::date, $3::date, interval '1 day') AS d
		LEFT JOIN (SELECT day, sum(people) AS people FROM campaign_content AS c JOIN rollup_content_day AS r USING (content_id)
		           WHERE c.campaign_id = $1 AND r.day BETWEEN $2::date AND $3::date GROUP BY day) AS r ON r.day = d::date
		LEFT JOIN (SELECT day, count(*) AS shares FROM campaign_content AS c JOIN act USING (content_id)
		           WHERE c.campaign_id = $1 AND act.kind = 'share' AND act.day BETWEEN $2::date AND $3::date GROUP BY day) AS a ON a.day = d::date
		ORDER BY d`, campaign, from.String(), to.String())
}
