package period

import (
	"math/rand/v2"
	"testing"
)

// However a span lies, its months and edges count each of its days once, and none outside.
func TestACoverCountsEachDayOnce(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 2))
	start := DayOf(2023, 12, 1)
	for range 3000 {
		from := start.Add(random.IntN(500))
		to := from.Add(random.IntN([]int{3, 40, 366}[random.IntN(3)]))
		c, counted, read := CoverOf(from, to), map[Day]int32{}, 0
		for day := c.from; day < c.until; day++ {
			counted[day]++
		}
		for _, e := range c.edges {
			if MonthOf(e.from) != MonthOf(e.to) || e.to < e.from {
				t.Fatalf("%s–%s: edge %s–%s", from, to, e.from, e.to)
			}
			read += int(e.to-e.from) + 1
			for day := e.from; day <= e.to; day++ {
				counted[day] += e.sign
			}
		}
		for day := from.Add(-40); day <= to.Add(40); day++ {
			if want := day >= from && day <= to; (counted[day] == 1) != want || counted[day] < 0 || counted[day] > 1 {
				t.Fatalf("%s–%s: %s is counted %d times (%+v)", from, to, day, counted[day], c)
			}
		}
		if read > 31 || c.from != MonthOf(c.from).From || c.until != MonthOf(c.until).From {
			t.Fatalf("%s–%s: %d days are read, %+v", from, to, read, c)
		}
	}
}
