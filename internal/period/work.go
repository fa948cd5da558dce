package period

import "time"

// Workdays tells whether a local day is worked. It is the seam for holidays and collective leave: whoever
// keeps those gives a function that knows them.
type Workdays func(Day) bool

// Weekdays are Monday to Friday.
func Weekdays(day Day) bool {
	weekday := day.midnight().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// Office hours, in local time.
const (
	officeOpens  = 8 * time.Hour
	officeCloses = 16 * time.Hour
)

// longestWait bounds a walk through the days, for a calendar without working days.
const longestWait = 2 * 366

// hours are from when to when a day counts, after local midnight.
type hours struct{ opens, closes time.Duration }

var (
	office = hours{officeOpens, officeCloses}
	waking = hours{WakesAt, SleepsAt}
)

// People may be written to from 06.00 to 21.00 local time, on every day.
const (
	WakesAt  = 6 * time.Hour
	SleepsAt = 21 * time.Hour
)

func everyDay(Day) bool { return true }

// Awake tells whether people may be written to now.
func Awake(now time.Time, zone *time.Location) bool {
	opens, closes := waking.of(LocalDay(now, zone), zone)
	return !now.Before(opens) && now.Before(closes)
}

// WakingTime is how much time lies between two instants in which people may be written to.
func WakingTime(from, to time.Time, zone *time.Location) time.Duration {
	return waking.between(from, to, zone, everyDay)
}

// AfterWaking is the first instant at which so much of that time has passed.
func AfterWaking(from time.Time, length time.Duration, zone *time.Location) time.Time {
	return waking.after(from, length, zone, everyDay)
}

// WorkTime is how much working time lies between two instants: Monday to Friday, 08.00 to 16.00 in the
// zone, on days that are worked.
func WorkTime(from, to time.Time, zone *time.Location, workdays Workdays) time.Duration {
	return office.between(from, to, zone, workdays)
}

// AfterWork is the first instant at which so much working time has passed.
func AfterWork(from time.Time, work time.Duration, zone *time.Location, workdays Workdays) time.Time {
	return office.after(from, work, zone, workdays)
}

func (h hours) between(from, to time.Time, zone *time.Location, counts Workdays) (sum time.Duration) {
	for day := LocalDay(from, zone); day <= LocalDay(to, zone); day++ {
		opens, closes := h.of(day, zone)
		if opens.Before(from) {
			opens = from
		}
		if closes.After(to) {
			closes = to
		}
		if counts(day) && closes.After(opens) {
			sum += closes.Sub(opens)
		}
	}
	return sum
}

func (h hours) after(from time.Time, length time.Duration, zone *time.Location, counts Workdays) time.Time {
	first := LocalDay(from, zone)
	for day := first; day < first+longestWait; day++ {
		opens, closes := h.of(day, zone)
		if opens.Before(from) {
			opens = from
		}
		if !counts(day) || !closes.After(opens) {
			continue
		}
		if there := closes.Sub(opens); there < length {
			length -= there
			continue
		}
		return opens.Add(length)
	}
	return (first + longestWait).Start(zone)
}

func (h hours) of(day Day, zone *time.Location) (opens, closes time.Time) {
	midnight := day.Start(zone)
	return midnight.Add(h.opens), midnight.Add(h.closes)
}
