package score

import (
	"context"
	_ "embed"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// The kinds of facts in the ledger.
const (
	reachedKind = "people_reached"
	learnedKind = "learned"
)

// fact is what the ledger says of one person, day and network, summed up.
type fact struct {
	Kind      string
	Day       period.Day
	Channel   int16
	Clarifies bool // the content was a clarification
	Amount    int64
}

// Earned is what one rule gave.
type Earned struct {
	Rule   string `json:"rule" enum:"people_reached,clarification,learning"`
	Count  int64  `json:"count" doc:"People reached over networks that allow points, or modules passed"`
	Points int64  `json:"points"`
	Today  int64  `json:"today" doc:"Of these points: today's"`
	Most   int64  `json:"most" doc:"What one day can bring at most; 0: no limit"`
}

// Tally is what a person has in a season.
type Tally struct {
	PeopleReached int64    `json:"people_reached" doc:"Over all networks: what the board ranks"`
	Points        int64    `json:"points" doc:"By the rulebook: only over networks that allow it"`
	From          []Earned `json:"from" nullable:"false" doc:"What gave how much: one entry for each rule of the book"`
	Threshold     int64    `json:"threshold" doc:"Points that qualify; 0: this rulebook has no threshold"`
	Qualified     bool     `json:"qualified"`
}

// tally makes points of facts. It is the one definition:
//
//	points   = reach + clarification + learning
//	reach    = points × people, or the sum over local days of what that day's people are worth step by step
//	learning = points × modules passed, each module once
//
// People count over the networks that the book names. What was taken back is taken off the day it counted on,
// down to none. Where the book has a rule for clarifications, their readers count there and not under reach.
func (r rules) tally(facts []fact, today period.Day) Tally {
	reach, clarified := paid{worth: r.PeopleReached, days: map[period.Day]int64{}}, paid{days: map[period.Day]int64{}}
	if r.Clarification != nil {
		clarified.worth = *r.Clarification
	}
	learned := Earned{Rule: "learning"}
	t := Tally{Threshold: r.Qualify.Points}
	for _, f := range facts {
		if f.Kind == learnedKind {
			learned.Count, learned.Points = learned.Count+f.Amount, learned.Points+f.Amount*r.Learning.Points
			if f.Day == today {
				learned.Today += f.Amount * r.Learning.Points
			}
			continue
		}
		t.PeopleReached += f.Amount
		if f.Clarifies && r.Clarification != nil {
			clarified.add(f)
		} else {
			reach.add(f)
		}
	}
	t.From = []Earned{reach.earned("people_reached", today)}
	if r.Clarification != nil {
		t.From = append(t.From, clarified.earned("clarification", today))
	}
	if r.Learning.Points > 0 {
		t.From = append(t.From, learned)
	}
	for _, one := range t.From {
		t.Points += one.Points
	}
	t.Qualified = t.Threshold > 0 && t.Points >= t.Threshold
	return t
}

// paid gathers the people that one rule is about, by day.
type paid struct {
	worth
	days map[period.Day]int64
}

func (p paid) add(f fact) {
	if p.pays(f.Channel) {
		p.days[f.Day] += f.Amount
	}
}

func (p paid) earned(rule string, today period.Day) Earned {
	e := Earned{Rule: rule, Most: p.most()}
	for day, people := range p.days {
		if len(p.ADay) > 0 {
			people = max(people, 0)
			e.Points += p.of(people)
		}
		e.Count += people
		if day == today {
			e.Today = p.of(people)
		}
	}
	if len(p.ADay) == 0 {
		e.Count = max(e.Count, 0)
		e.Points = p.of(e.Count)
	}
	return e
}

//go:embed sql/facts.sql
var factsSQL string

// everything is beyond any entry's number.
const everything = int64(1) << 62

// factsOf reads the facts of persons in a season, up to an entry of the ledger.
func factsOf(ctx context.Context, tx *db.Tx, season Season, users []int32, upto int64) (map[id.User][]fact, error) {
	rows, err := tx.Pgx().Query(ctx, factsSQL, db.Args{"users": users, "from": season.From.String(), "to": season.lastDay(), "upto": upto})
	if err != nil {
		return nil, db.Error(err)
	}
	found := map[id.User][]fact{}
	var user, day int32
	var one fact
	_, err = pgx.ForEachRow(rows, []any{&user, &one.Kind, &day, &one.Channel, &one.Clarifies, &one.Amount}, func() error {
		one.Day = period.Day(day)
		found[id.User(user)] = append(found[id.User(user)], one)
		return nil
	})
	return found, db.Error(err)
}
