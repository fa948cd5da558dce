package score

import (
	"bytes"
	"encoding/json"
	"fmt"

	"gaung/internal/network"
)

// rules are what a rulebook says. Only what has a field here can be a rule: shares and likes have none,
// and never will.
type rules struct {
	PeopleReached worth  `json:"people_reached"`
	Clarification *worth `json:"clarification"` // nil: those readers are people reached like any other
	Learning      each   `json:"learning"`
	Qualify       each   `json:"qualify"`
}

// worth is how many points people reached are worth, and over which networks. The networks are written
// down, so that a season keeps its rules when the capability table moves on.
type worth struct {
	Points   int32    `json:"points"` // for each, without end; 0 where steps are given
	Channels []string `json:"channels"`
	ADay     []step   `json:"a_day"` // what the first of a day are worth, the next, and so on; those beyond nothing
}

// step is so many people of a day with so many points for each.
type step struct {
	People int64 `json:"people"`
	Points int64 `json:"points"`
}

// each is points for one module passed, or how many qualify.
type each struct {
	Points int64 `json:"points"`
}

const (
	mostEach  = 1_000   // points for one person or module
	mostSteps = 5       // and so many steps: rules must fit into a sentence
	mostADay  = 100_000 // people of a step
)

// parseRules reads a rulebook, and refuses one that says what this program does not know or what a
// network forbids.
func parseRules(text []byte) (r rules, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return rules{}, err
	}
	if err := r.PeopleReached.check(); err != nil {
		return rules{}, fmt.Errorf("people_reached: %w", err)
	}
	if r.Clarification != nil {
		if err := r.Clarification.check(); err != nil {
			return rules{}, fmt.Errorf("clarification: %w", err)
		}
	}
	if r.Learning.Points < 0 || r.Learning.Points > mostEach || r.Qualify.Points < 0 {
		return rules{}, fmt.Errorf("learning: %d points, qualify: %d points", r.Learning.Points, r.Qualify.Points)
	}
	return r, nil
}

func (w worth) check() error {
	if w.Points < 0 || w.Points > 100 || len(w.ADay) > mostSteps || w.Points > 0 && len(w.ADay) > 0 {
		return fmt.Errorf("%d points and %d steps", w.Points, len(w.ADay))
	}
	before := int64(mostEach)
	for _, s := range w.ADay {
		if s.People < 1 || s.People > mostADay || s.Points < 1 || s.Points > before {
			return fmt.Errorf("%d people of a day with %d points", s.People, s.Points)
		}
		before = s.Points // returns diminish
	}
	for _, key := range w.Channels {
		if n, known := network.Named(key); !known || !n.ReachPoints || !n.Links() {
			return fmt.Errorf("no points over %q", key)
		}
	}
	return nil
}

// pays tells whether people over a network are worth points; the number is the ledger's.
func (w worth) pays(channel int16) bool {
	for _, key := range w.Channels {
		if n, known := network.Named(key); known && int16(n.Number) == channel {
			return w.Points > 0 || len(w.ADay) > 0
		}
	}
	return false
}

// most is what one day can bring; 0: there is no end.
func (w worth) most() (points int64) {
	for _, s := range w.ADay {
		points += s.People * s.Points
	}
	return points
}

// of gives the points of the people of one day, or of all days where there are no steps. Fewer than none
// were never paid, so nothing is taken for them.
func (w worth) of(people int64) (points int64) {
	people = max(people, 0)
	if len(w.ADay) == 0 {
		return people * int64(w.Points)
	}
	for _, s := range w.ADay {
		taken := min(people, s.People)
		points, people = points+taken*s.Points, people-taken
	}
	return points
}
