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

// WorkTime is how much working time lies between two instants: Monday to Friday, 08.00 to 16.00 in the
// zone, on days that are worked.
func WorkTime(from, to time.Time, zone *time.Location, workdays Workdays) (worked time.Duration) {
	for day := LocalDay(from, zone); day <= LocalDay(to, zone); day++ {
		opens, closes := officeOf(day, zone)
		if opens.Before(from) {
			opens = from
		}
		if closes.After(to) {
			closes = to
		}
		if workdays(day) && closes.After(opens) {
			worked += closes.Sub(opens)
		}
	}
	return worked
}

// AfterWork is the first instant at which so much working time has passed.
func AfterWork(from time.Time, work time.Duration, zone *time.Location, workdays Workdays) time.Time {
	first := LocalDay(from, zone)
	for day := first; day < first+longestWait; day++ {
		opens, closes := officeOf(day, zone)
		if opens.Before(from) {
			opens = from
		}
		if !workdays(day) || !closes.After(opens) {
			continue
		}
		if there := closes.Sub(opens); there < work {
			work -= there
			continue
		}
		return opens.Add(work)
	}
	return (first + longestWait).Start(zone)
}

func officeOf(day Day, zone *time.Location) (opens, closes time.Time) {
	midnight := day.Start(zone)
	return midnight.Add(officeOpens), midnight.Add(officeCloses)
}
