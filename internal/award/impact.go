package award

import (
	"context"
	_ "embed"
	"errors"
	"math"
	"strconv"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/share"
)

// Range is the local days, in the zone of the person's agency, that figures are of.
type Range struct {
	Name string      `json:"name" enum:"week,month,season,all"`
	From *period.Day `json:"from" doc:"Null: from the first"`
	To   *period.Day `json:"to" doc:"Null: without an end yet"`
}

// Impact is what came of what one person passed on. Only they read it.
type Impact struct {
	Span     Range         `json:"span"`
	People   int           `json:"people" doc:"People reached: daily unique visitors of the person's links, summed (grade B)"`
	Acts     []OfGrade     `json:"acts" nullable:"false" doc:"Shares and likes of these days, by the grade they have now"`
	Networks []OverNetwork `json:"networks" nullable:"false" doc:"Side by side; where one is reached, not how good the network is"`
	Waiting  int           `json:"waiting" doc:"Shares of these days that nothing proves yet"`
	Streak   Streak        `json:"streak"`
	Marks    []Milestone   `json:"marks" nullable:"false" doc:"Round numbers of people reached, over all time, and since when"`
	Next     int           `json:"next_mark" doc:"The next one; 0: all are reached"`
	Ever     int           `json:"ever" doc:"People reached over all time"`
}

// OfGrade counts acts.
type OfGrade struct {
	Kind  share.Kind  `json:"kind" enum:"share,like"`
	Grade share.Grade `json:"grade" enum:"A,B,C,D"`
	N     int         `json:"n"`
}

// OverNetwork is how many people were reached over one network; Network is empty for those that were counted before
// networks were kept.
type OverNetwork struct {
	Network string `json:"network"`
	People  int    `json:"people"`
}

// Impact reads the person's own figures of a span: week, month, season or all.
func (s *Service) Impact(ctx context.Context, actor org.Actor, name string) (Impact, error) {
	now, zone := s.db.Now(), period.MustZone(actor.Zone)
	today := period.LocalDay(now, zone)
	span, err := s.span(ctx, name, today)
	if err != nil {
		return Impact{}, err
	}
	i := Impact{Span: span, Acts: []OfGrade{}, Networks: []OverNetwork{}}
	args := span.args(actor)
	rows, err := db.All[struct {
		Channel network.Number
		People  int
	}](ctx, s.db, `SELECT channel, sum(amount) AS people FROM ledger WHERE user_id = @me AND kind = 'people_reached'
		AND day BETWEEN @from::date AND @to::date GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 2 DESC, 1`, args)
	if err != nil {
		return Impact{}, err
	}
	for _, row := range rows {
		on, _ := network.Numbered(row.Channel) // 0: not kept
		i.People += row.People
		i.Networks = append(i.Networks, OverNetwork{on.Key, row.People})
	}
	i.Acts, err = db.All[OfGrade](ctx, s.db, `SELECT kind, grade, count(*) AS n FROM act WHERE user_id = @me AND day BETWEEN @from::date AND @to::date
		GROUP BY 1, 2 ORDER BY 1 DESC, 2`, args)
	if err != nil {
		return Impact{}, err
	}
	for _, one := range i.Acts {
		if one.Kind == share.ShareKind && one.Grade > share.Measured {
			i.Waiting += one.N
		}
	}
	days, err := s.days(ctx, actor.User)
	if err != nil {
		return Impact{}, err
	}
	i.Streak = streakOf(days, today)
	i.Marks, i.Next, i.Ever = marksOf(days)
	return i, nil
}

// span finds the days of a name.
func (s *Service) span(ctx context.Context, name string, today period.Day) (Range, error) {
	switch name {
	case "all":
		return Range{Name: name}, nil
	case "season":
		found, err := db.All[struct {
			From period.Day
			To   *period.Day
		}](ctx, s.db, `SELECT from_day AS "from", to_day AS "to" FROM season WHERE from_day <= $1::date AND (to_day IS NULL OR to_day >= $1::date)`, today.String())
		if err != nil || len(found) == 0 {
			return Range{Name: "all"}, err
		}
		return Range{name, &found[0].From, found[0].To}, nil
	case "", "month", "week":
		p, err := period.Parse(name, today)
		return Range{string(p.Kind), &p.From, &p.To}, err
	}
	return Range{}, errs.InvalidField("span", "Rentang harus salah satu dari: week, month, season, all.")
}

// args are those of every statement about a span.
func (s Range) args(actor org.Actor) db.Args {
	args := db.Args{"me": int64(actor.User), "from": "0001-01-01", "to": "9999-12-31"}
	if s.From != nil {
		args["from"] = s.From.String()
	}
	if s.To != nil {
		args["to"] = s.To.String()
	}
	return args
}

//go:embed sql/contents.sql
var contentsSQL string

// Echo is what one content did through one person.
type Echo struct {
	ID        id.Content    `json:"id"`
	Title     string        `json:"title"`
	People    int           `json:"people"`
	Grade     share.Grade   `json:"grade" enum:"A,B,C,D" doc:"The best of its shares"`
	Networks  []string      `json:"networks" nullable:"false" gorm:"-" doc:"Where it was shared"`
	Numbers   db.IDs[int64] `json:"-"`
	Thanks    string        `json:"thanks" doc:"What the office says to everybody through whom it reached somebody; empty: nothing"`
	ThankedBy string        `json:"thanked_by" doc:"The office"`
	Live      bool          `json:"live" doc:"It can still be shared"`
}

// Echoes lists what each content did through the person in a span: the one that reached most first, then those
// that reached nobody yet, the newest first.
func (s *Service) Echoes(ctx context.Context, actor org.Actor, name string, ask page.Ask) (page.Page[Echo], error) {
	span, err := s.span(ctx, name, period.LocalDay(s.db.Now(), period.MustZone(actor.Zone)))
	if err != nil {
		return page.Page[Echo]{}, err
	}
	args := span.args(actor)
	args["people"], args["before"], args["first"], args["limit"], args["now"] = 0, 0, true, ask.Size()+1, s.db.Now()
	key, more, err := ask.Key(2)
	if err != nil {
		return page.Page[Echo]{}, err
	}
	if more {
		people, ok := id.Parse[int64](key[0])
		if key[0] == "0" {
			people, ok = 0, true
		}
		before, known := id.Parse[id.Content](key[1])
		if !ok || !known || people > math.MaxInt32 || before > math.MaxInt32 {
			return page.Page[Echo]{}, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
		args["people"], args["before"], args["first"] = people, before, false
	}
	echoes, err := db.All[Echo](ctx, s.db, contentsSQL, args)
	for i := range echoes {
		echoes[i].name()
	}
	return page.Of(ask, echoes, func(e Echo) []string { return []string{strconv.Itoa(e.People), strconv.FormatInt(int64(e.ID), 10)} }), err
}

// EchoOf reads what one content of the person's feed, past or present, did through them over all time.
func (s *Service) EchoOf(ctx context.Context, actor org.Actor, item id.Content) (MyEcho, error) {
	mine := MyEcho{Networks: []OverNetwork{}}
	rows, err := db.All[struct {
		Channel network.Number
		People  int
	}](ctx, s.db, `SELECT channel, sum(amount) AS people FROM ledger WHERE user_id = $1 AND kind = 'people_reached' AND content_id = $2
		GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 2 DESC, 1`, actor.User, item)
	for _, row := range rows {
		on, _ := network.Numbered(row.Channel) // 0: not kept
		mine.People += row.People
		mine.Networks = append(mine.Networks, OverNetwork{on.Key, row.People})
	}
	if err == nil && len(rows) == 0 {
		_, err = db.Get[struct{ ID id.Content }](ctx, s.db, `SELECT id FROM content WHERE id = $1 AND slug IS NOT NULL AND (
			EXISTS (SELECT FROM content_target AS t WHERE t.content_id = content.id AND t.node_id = ANY ($2::int4[]))
			OR EXISTS (SELECT FROM act WHERE act.user_id = $3 AND act.content_id = content.id))`, item, actor.Path, actor.User)
		if errors.Is(err, db.ErrNoRow) {
			err = notFound()
		}
	}
	return mine, err
}

// MyEcho is what one content did through one person.
type MyEcho struct {
	People   int           `json:"people"`
	Networks []OverNetwork `json:"networks" nullable:"false"`
}

// name puts the networks' keys in the place of their numbers.
func (e *Echo) name() {
	e.Networks = []string{}
	for _, number := range e.Numbers {
		if on, known := network.Numbered(network.Number(number)); known {
			e.Networks = append(e.Networks, on.Key)
		}
	}
	e.Numbers = nil
}
