package period

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Kind is the length of a period.
type Kind string

// The kinds of period that a board can be kept for.
const (
	Week   Kind = "week"
	Month  Kind = "month"
	Season Kind = "season" // its days are data: see the season table

	Campaign Kind = "campaign" // the same: see the campaign table
)

// Period is an ISO week or a calendar month of local days.
type Period struct {
	Kind Kind `json:"kind" enum:"week,month"`
	From Day  `json:"from"`
	To   Day  `json:"to"` // the last day, inclusive
}

// weekKeyBase sets the keys of weeks apart from those of months.
const weekKeyBase = 1_000_000

// Key is the number under which a period's scores are stored: 202611 for November 2026, 1202647 for
// ISO week 47 of 2026.
func (p Period) Key() int32 {
	year, month, _ := p.From.Date()
	if p.Kind == Month {
		return int32(year*100 + int(month))
	}
	isoYear, week := p.From.midnight().ISOWeek()
	return int32(weekKeyBase + isoYear*100 + week)
}

// String is the form that Parse reads: 2026-11 or 2026-W47.
func (p Period) String() string {
	if p.Kind == Month {
		year, month, _ := p.From.Date()
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	year, week := p.From.midnight().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// MonthOf is the month that a day lies in.
func MonthOf(day Day) Period {
	year, month, _ := day.Date()
	from := DayOf(year, month, 1)
	return Period{Kind: Month, From: from, To: DayOf(year, month+1, 1).Add(-1)}
}

// WeekOf is the ISO week (Monday to Sunday) that a day lies in.
func WeekOf(day Day) Period {
	sinceMonday := (int(day.midnight().Weekday()) + 6) % 7
	from := day.Add(-sinceMonday)
	return Period{Kind: Week, From: from, To: from.Add(6)}
}

var written = regexp.MustCompile(`^(\d{4})-(W?)(\d{2})$`)

// Parse reads "week", "month", "2026-W47" or "2026-11"; the first two, and the empty text (month),
// mean the period that today lies in.
func Parse(text string, today Day) (Period, error) {
	switch text {
	case "", "month":
		return MonthOf(today), nil
	case "week":
		return WeekOf(today), nil
	}
	parts := written.FindStringSubmatch(text)
	if parts == nil {
		return Period{}, fmt.Errorf("period %q: want week, month, 2026-W47 or 2026-11", text)
	}
	year, _ := strconv.Atoi(parts[1])
	number, _ := strconv.Atoi(parts[3])
	if parts[2] == "" {
		if number < 1 || number > 12 {
			return Period{}, fmt.Errorf("period %q: no such month", text)
		}
		return MonthOf(DayOf(year, time.Month(number), 1)), nil
	}
	week := WeekOf(DayOf(year, time.January, 4).Add(7 * (number - 1))) // 4 January is always in week 1
	if number < 1 || week.String() != text {
		return Period{}, fmt.Errorf("period %q: no such week", text)
	}
	return week, nil
}
