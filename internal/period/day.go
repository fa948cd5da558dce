// Package period owns the calendar: local days in WIB, WITA and WIT, ISO weeks, months, and the
// visitor day. Nothing else in the project does arithmetic on dates.
package period

import (
	"database/sql/driver"
	"fmt"
	"time"

	_ "time/tzdata" // the binary must know Indonesia's zones on a machine without a zone table
)

// Day is a calendar day without a zone: days since 1970-01-01.
type Day int32

// DayOf reads the year, month and day of a date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// LocalDay is the calendar day that an instant belongs to in a zone.
func LocalDay(at time.Time, zone *time.Location) Day {
	return DayOf(at.In(zone).Date())
}

// VisitorDay is the day in which a visitor counts once: from 19.00 UTC to 19.00 UTC, that is from
// 02.00 WIB, 03.00 WITA, 04.00 WIT, when the country sleeps. It is named after the day it ends in.
func VisitorDay(at time.Time) Day {
	return Day(at.UTC().Add(5*time.Hour).Unix() / 86400)
}

// VisitorDayEnd is the instant at which a visitor day ends.
func VisitorDayEnd(day Day) time.Time { return day.Add(1).midnight().Add(-5 * time.Hour) }

func (d Day) midnight() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Add moves by a number of days.
func (d Day) Add(days int) Day { return d + Day(days) }

// Start is the instant at which the day begins in a zone.
func (d Day) Start(zone *time.Location) time.Time {
	year, month, day := d.midnight().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// Date gives year, month and day.
func (d Day) Date() (int, time.Month, int) { return d.midnight().Date() }

// String is the ISO date, e.g. 2026-11-22.
func (d Day) String() string { return d.midnight().Format(time.DateOnly) }

// ParseDay reads an ISO date.
func ParseDay(text string) (Day, error) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("day %q: want YYYY-MM-DD", text)
	}
	return DayOf(at.Date()), nil
}

// MonthNames are the months as Indonesians write them, from January on.
var MonthNames = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}

// Words is the day as people read it: 5 Desember 2026.
func (d Day) Words() string {
	year, month, day := d.Date()
	return fmt.Sprintf("%d %s %d", day, MonthNames[month-1], year)
}

// MarshalText and UnmarshalText make a Day an ISO date in JSON and in the OpenAPI document.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads an ISO date.
func (d *Day) UnmarshalText(text []byte) error {
	parsed, err := ParseDay(string(text))
	*d = parsed
	return err
}

// Value and Scan carry a Day to and from a date column.
func (d Day) Value() (driver.Value, error) { return d.midnight(), nil }

// Scan reads a date column.
func (d *Day) Scan(source any) error {
	at, ok := source.(time.Time)
	if !ok {
		return fmt.Errorf("day: cannot read %T", source)
	}
	*d = DayOf(at.Date())
	return nil
}
