package delivery

import (
	"math/rand/v2"
	"testing"
	"time"

	"gaung/internal/period"
)

func day(t *testing.T, text string) period.Day {
	t.Helper()
	found, err := period.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Each period goes at seven on the first working day after it; of two that would go on the same morning, the newer.
func TestWhenAPeriodGoes(t *testing.T) {
	t.Parallel()
	zone := period.MustZone("Asia/Jayapura")
	off := map[period.Day]bool{}
	for _, holiday := range []string{"2026-11-23", "2027-03-08", "2027-03-09", "2027-03-10", "2027-03-11", "2027-03-12"} {
		off[day(t, holiday)] = true
	}
	works := func(d period.Day) bool { return period.Weekdays(d) && !off[d] }
	for _, c := range []struct {
		pace       Pace
		in, opens  string
		newestThen string // its last day, at that moment
	}{
		{Weekly, "2026-11-12", "2026-11-16", "2026-11-15"},
		{Weekly, "2026-11-22", "2026-11-24", "2026-11-22"}, // Monday is a holiday
		{Weekly, "2027-03-01", "2027-03-15", "2027-03-14"}, // a whole week is: the newer one goes
		{Monthly, "2026-10-31", "2026-11-02", "2026-10-31"},
		{Monthly, "2026-11-01", "2026-12-01", "2026-11-30"},
		{Monthly, "2026-12-15", "2027-01-01", "2026-12-31"},
	} {
		at := calendar{c.pace, zone, works}
		p := at.around(day(t, c.in))
		if got, want := at.opens(p), at.seven(day(t, c.opens)); !got.Equal(want) {
			t.Errorf("%s of %s opens at %s, not %s", c.pace, c.in, got.In(zone), want.In(zone))
		}
		if got := at.newest(at.opens(p)).To; got != day(t, c.newestThen) {
			t.Errorf("%s of %s: then the newest ends on %s", c.pace, c.in, got)
		}
		if got := at.newest(at.opens(p).Add(-time.Second)); got.To >= p.To {
			t.Errorf("%s of %s: it goes a second early", c.pace, c.in)
		}
	}
}

// Whatever the holidays, and however late somebody wakes: looking again when wake says so finds each period the moment
// it opens, once, but for those that a newer one has overtaken.
func TestWakingMissesNothing(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 8))
	for range 300 {
		off := map[period.Day]bool{}
		first := day(t, "2026-01-01").Add(random.IntN(700))
		for range 60 {
			off[first.Add(random.IntN(200))] = true
		}
		c := calendar{[]Pace{Weekly, Monthly}[random.IntN(2)], period.MustZone([]string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}[random.IntN(3)]),
			func(d period.Day) bool { return period.Weekdays(d) && !off[d] }}
		now := first.Start(c.zone).Add(time.Duration(random.IntN(86400)) * time.Second)
		through := c.newest(now).To
		want, wantAt := c.next(now, through)
		for end := now.Add(150 * 24 * time.Hour); now.Before(end); {
			next := c.wake(now, through)
			if !next.After(now) {
				t.Fatalf("wake stands still at %s", now)
			}
			now = next
			p := c.newest(now)
			if p.To <= through {
				continue
			}
			if p != want || !now.Equal(wantAt) {
				t.Fatalf("%s: %s went at %s, not %s at %s", c.pace, p, now.In(c.zone), want, wantAt.In(c.zone))
			}
			through = p.To
			want, wantAt = c.next(now, through)
		}
	}
}
