package period

import (
	"testing"
	"time"
)

// Friday 20 November 2026, 15.00 in each zone: an hour is left of the week, the rest comes on Monday.
func TestWorkingTimeStandsOverTheWeekendInEachZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} {
		zone := MustZone(name)
		friday := time.Date(2026, 11, 20, 15, 0, 0, 0, zone)
		monday := func(hour, minute int) time.Time { return time.Date(2026, 11, 23, hour, minute, 0, 0, zone) }
		for _, c := range []struct {
			to   time.Time
			want time.Duration
		}{
			{friday, 0}, {friday.Add(30 * time.Minute), 30 * time.Minute}, {friday.Add(5 * time.Hour), time.Hour},
			{monday(7, 59), time.Hour}, {monday(8, 0), time.Hour}, {monday(11, 0), 4 * time.Hour}, {monday(23, 0), 9 * time.Hour},
		} {
			if got := WorkTime(friday, c.to, zone, Weekdays); got != c.want {
				t.Errorf("%s to %s: %s, want %s", name, c.to, got, c.want)
			}
		}
		for work, want := range map[time.Duration]time.Time{
			30 * time.Minute: friday.Add(30 * time.Minute), time.Hour: friday.Add(time.Hour),
			4 * time.Hour: monday(11, 0), 9 * time.Hour: monday(16, 0), 10 * time.Hour: monday(16, 0).Add(17 * time.Hour),
		} {
			if got := AfterWork(friday, work, zone, Weekdays); !got.Equal(want) {
				t.Errorf("%s after %s: %s, want %s", name, work, got, want)
			}
		}
	}
}

func TestAHolidayIsNotWorked(t *testing.T) {
	t.Parallel()
	zone := MustZone("Asia/Makassar")
	holiday := DayOf(2026, 11, 23)
	days := func(day Day) bool { return day != holiday && Weekdays(day) }
	friday := time.Date(2026, 11, 20, 15, 0, 0, 0, zone)
	if got := AfterWork(friday, 2*time.Hour, zone, days); !got.Equal(time.Date(2026, 11, 24, 9, 0, 0, 0, zone)) {
		t.Errorf("got %s", got)
	}
	if got := AfterWork(friday, time.Hour, zone, func(Day) bool { return false }); !got.After(friday) {
		t.Errorf("a calendar without working days: %s", got)
	}
}
