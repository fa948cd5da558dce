package score

import (
	"testing"

	"gaung/internal/period"
)

const (
	whatsApp = int16(1)
	facebook = int16(3)
)

// What facts are worth, by both rulebooks: the table is the definition.
func TestTally(t *testing.T) {
	t.Parallel()
	first := mustParse(t, `{"people_reached": {"points": 1, "channels": ["whatsapp"]}}`)
	second := mustParse(t, `{"people_reached": {"channels": ["whatsapp"], "a_day": [{"people": 10, "points": 10}, {"people": 20, "points": 5}]},
		"clarification": {"channels": ["whatsapp"], "a_day": [{"people": 2, "points": 15}]}, "learning": {"points": 100}, "qualify": {"points": 300}}`)
	day := period.DayOf(2026, 11, 22)
	reach := func(day period.Day, channel int16, people int64) fact {
		return fact{reachedKind, day, channel, false, people}
	}
	clarified := func(day period.Day, people int64) fact { return fact{reachedKind, day, whatsApp, true, people} }
	for _, c := range []struct {
		name                            string
		book                            rules
		facts                           []fact
		people, points, today, fromRule int64
		qualified                       bool
	}{
		{"nothing", second, nil, 0, 0, 0, 0, false},
		{"each is worth one, without an end", first, []fact{reach(day, whatsApp, 500), reach(day-1, whatsApp, 3)}, 503, 503, 500, 503, false},
		{"a network that is not in the book", first, []fact{reach(day, facebook, 7), reach(day, whatsApp, 2)}, 9, 2, 2, 2, false},
		{"what was taken back", first, []fact{reach(day, whatsApp, 5), reach(day-1, whatsApp, -2)}, 3, 3, 5, 3, false},
		{"more taken back than was paid", first, []fact{reach(day, facebook, 5), reach(day, whatsApp, -2)}, 3, 0, 0, 0, false},
		{"a clarification is people reached where no rule is", first, []fact{clarified(day, 4)}, 4, 4, 4, 4, false},
		{"the first of a day", second, []fact{reach(day, whatsApp, 10)}, 10, 100, 100, 100, false},
		{"then fewer points", second, []fact{reach(day, whatsApp, 11)}, 11, 105, 105, 105, false},
		{"up to the cap", second, []fact{reach(day, whatsApp, 30)}, 30, 200, 200, 200, false},
		{"and no further", second, []fact{reach(day, whatsApp, 3000)}, 3000, 200, 200, 200, false},
		{"each day anew", second, []fact{reach(day, whatsApp, 3000), reach(day-1, whatsApp, 3000)}, 6000, 400, 200, 400, true},
		{"a day taken back to none takes nothing from another", second, []fact{reach(day, whatsApp, -3), reach(day-1, whatsApp, 1)}, -2, 10, 0, 10, false},
		{"clarifications have their own", second, []fact{reach(day, whatsApp, 1), clarified(day, 5)}, 6, 40, 10, 10, false},
		{"modules", second, []fact{{learnedKind, day, 0, false, 1}, {learnedKind, day - 1, 0, false, 2}}, 0, 300, 0, 0, true},
	} {
		got := c.book.tally(c.facts, day)
		if got.PeopleReached != c.people || got.Points != c.points || got.Qualified != c.qualified || got.From[0].Points != c.fromRule || got.From[0].Today != c.today {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	all := second.tally([]fact{clarified(day, 5), {learnedKind, day, 0, false, 2}}, day).From
	if len(all) != 3 || all[0].Most != 200 || all[1] != (Earned{"clarification", 5, 30, 30, 30}) || all[2] != (Earned{"learning", 2, 200, 200, 0}) {
		t.Errorf("%+v", all)
	}
}

func mustParse(t *testing.T, text string) rules {
	t.Helper()
	book, err := parseRules([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return book
}
