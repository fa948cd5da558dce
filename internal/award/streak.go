package award

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Streak is how many weeks in a row somebody was reached through a person. It may rest: up to two weeks without
// a reader end nothing and cost nothing. It is not made of shares, which no network lets us reward.
type Streak struct {
	Weeks   int  `json:"weeks" doc:"Active weeks of the present run"`
	Best    int  `json:"best" doc:"Of the longest run"`
	Resting bool `json:"resting" doc:"This week nobody was reached yet; the run goes on"`
}

// mayRest is how many weeks in a row a run can go without a reader.
const mayRest = 2

// Milestone is a round number of people reached, and the day on which it was passed.
type Milestone struct {
	People int        `json:"people"`
	Day    period.Day `json:"day"`
}

var marks = [...]int{1, 10, 50, 100, 250, 500, 1000, 2500, 5000, 10_000}

// dayReached is how many people a person reached on a day.
type dayReached struct {
	Day    period.Day
	People int
}

func (s *Service) days(ctx context.Context, person id.User) ([]dayReached, error) {
	return db.All[dayReached](ctx, s.db, `SELECT day, sum(amount) AS people FROM ledger WHERE user_id = $1 AND kind = 'people_reached'
		GROUP BY day HAVING sum(amount) > 0 ORDER BY day`, person)
}

// streakOf counts the weeks of days in their order.
func streakOf(days []dayReached, today period.Day) (s Streak) {
	const week = 7
	last := period.Day(0) // Monday of the last active week
	for i, one := range days {
		monday := period.WeekOf(one.Day).From
		switch {
		case i > 0 && monday == last:
			continue
		case i > 0 && int(monday-last) <= (mayRest+1)*week:
			s.Weeks++
		default:
			s.Weeks = 1
		}
		last, s.Best = monday, max(s.Best, s.Weeks)
	}
	now := period.WeekOf(today).From
	if len(days) == 0 || int(now-last) > (mayRest+1)*week {
		s.Weeks = 0
	}
	s.Resting = s.Weeks > 0 && last < now
	return s
}

// marksOf gives the marks that were passed, the next one, and the sum.
func marksOf(days []dayReached) (passed []Milestone, next, sum int) {
	passed = []Milestone{}
	for _, one := range days {
		sum += one.People
		for len(passed) < len(marks) && sum >= marks[len(passed)] {
			passed = append(passed, Milestone{marks[len(passed)], one.Day})
		}
	}
	if len(passed) < len(marks) {
		next = marks[len(passed)]
	}
	return passed, next, sum
}
