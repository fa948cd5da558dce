package delivery

import (
	"time"

	"gaung/internal/period"
)

// Pace is how often a report comes.
type Pace string

// The paces: the week that closed, and the month that closed.
const (
	Weekly  Pace = "week"
	Monthly Pace = "month"
)

// sentAt is when reports go out on a working day, after local midnight.
const sentAt = 7 * time.Hour

// longestRest bounds the look for a working day, for a calendar without any.
const longestRest = 62

// calendar is when the reports of a node go out.
type calendar struct {
	pace  Pace
	zone  *time.Location
	works period.Workdays
}

func (c calendar) around(day period.Day) period.Period {
	if c.pace == Weekly {
		return period.WeekOf(day)
	}
	return period.MonthOf(day)
}

func (c calendar) before(p period.Period) period.Period { return c.around(p.From.Add(-1)) }
func (c calendar) after(p period.Period) period.Period  { return c.around(p.To.Add(1)) }
func (c calendar) seven(day period.Day) time.Time       { return day.Start(c.zone).Add(sentAt) }

// opens is when a period's report may go: at seven on the first working day after it.
func (c calendar) opens(p period.Period) time.Time {
	day := p.To.Add(1)
	for last := day.Add(longestRest); day < last && !c.works(day); {
		day++
	}
	return c.seven(day)
}

// newest is the newest period whose report may go by now. What was missed before it is not made up for: a leader
// wants the newest report, and the others stand on the screen.
func (c calendar) newest(now time.Time) period.Period {
	p := c.before(c.around(period.LocalDay(now, c.zone)))
	for c.opens(p).After(now) {
		p = c.before(p)
	}
	return p
}

// next is the first period after what is done with that will be sent, and when.
func (c calendar) next(now time.Time, through period.Day) (period.Period, time.Time) {
	at := now
	if p := c.newest(now); p.To <= through {
		at = c.opens(c.after(p))
	}
	return c.newest(at), at
}

// wake is when to look again, given what is done with. A day at a time while a closed period waits for a working day,
// since a holiday may be added or taken away meanwhile.
func (c calendar) wake(now time.Time, through period.Day) time.Time {
	today := period.LocalDay(now, c.zone)
	running := c.around(today)
	if c.before(running).To <= through {
		return c.seven(running.To.Add(1))
	}
	if seven := c.seven(today); seven.After(now) {
		return seven
	}
	return c.seven(today.Add(1))
}
