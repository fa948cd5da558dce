// Package report owns the metric registry and the leadership report: sums that can be defended, never a
// list of persons.
package report

import (
	"context"
	"embed"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/period"
)

//go:embed sql/*.sql
var statements embed.FS

// longest is the longest span of one report, in days.
const longest = 366

// oldest is before any report; further back lie years that PostgreSQL does not know.
var oldest = period.DayOf(2000, time.January, 1)

// Readers are the roles that read reports of their subtree.
func Readers() []org.Role { return []org.Role{org.Leader, org.Publisher, org.Admin} }

// Service makes reports.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Query names a report.
type Query struct {
	Agency   id.Agency // 0: the actor's own agency
	From, To string    // local days, both inclusive; empty: the current month so far
}

// Report is what happened in a subtree over some local days, beside the days before.
type Report struct {
	Agency       Node        `json:"agency"`
	Path         []Node      `json:"path" nullable:"false" doc:"From the highest node the reader may see down to the agency"`
	From         period.Day  `json:"from"`
	To           period.Day  `json:"to"`
	PreviousFrom period.Day  `json:"previous_from"`
	PreviousTo   period.Day  `json:"previous_to"`
	GeneratedAt  time.Time   `json:"generated_at"`
	Metrics      []Value     `json:"metrics" nullable:"false"`
	Days         []DayRow    `json:"days" nullable:"false"`
	Evidence     []GradeRow  `json:"evidence" nullable:"false"`
	Networks     []Network   `json:"networks" nullable:"false"`
	Units        []Child     `json:"units" nullable:"false"`
	Contents     []Published `json:"contents" nullable:"false"`
}

// Node is an agency as a report names it.
type Node struct {
	ID        id.Agency `json:"id"`
	Name      string    `json:"name"`
	ShortName string    `json:"short_name"`
	Kind      org.Kind  `json:"kind" enum:"ministry,region,agency,unit"`
	Zone      string    `json:"zone"`
}

// Value is a metric with its value now and in the days before; null where there is none to show.
type Value struct {
	Metric
	Value    *float64 `json:"value"`
	Previous *float64 `json:"previous"`
}

// DayRow is one local day.
type DayRow struct {
	Day           period.Day `json:"day"`
	PeopleReached int64      `json:"people_reached"`
	Shares        int64      `json:"shares"`
}

// GradeRow is how many acts have a grade of evidence.
type GradeRow struct {
	Grade  string `json:"grade" enum:"A,B,C,D"`
	Shares int64  `json:"shares"`
	Likes  int64  `json:"likes"`
}

// Network is what went over one network.
type Network struct {
	Network       string `json:"network" gorm:"-"`
	Shares        int64  `json:"shares"`
	PeopleReached int64  `json:"people_reached"`
	Number        int64  `json:"-"`
}

// Child is a node directly below; its figures are null for a group under five.
type Child struct {
	ID            id.Agency `json:"id"`
	Name          string    `json:"name"`
	Kind          org.Kind  `json:"kind" enum:"ministry,region,agency,unit"`
	Eligible      *int64    `json:"eligible"`
	ActiveSharers *int64    `json:"active_sharers"`
	Shares        *int64    `json:"shares"`
	PeopleReached *int64    `json:"people_reached"`
	Rate          *float64  `json:"rate" doc:"People reached per 100 eligible"`
}

// Published is a content of the subtree.
type Published struct {
	ID            id.Content `json:"id"`
	Title         string     `json:"title"`
	AgencyName    string     `json:"agency_name"`
	Shares        int64      `json:"shares"`
	PeopleReached int64      `json:"people_reached"`
}

// Engagement makes the report of a node in the reader's subtree.
func (s *Service) Engagement(ctx context.Context, actor org.Actor, q Query) (Report, error) {
	if q.Agency == 0 {
		q.Agency = actor.Agency
	}
	path, err := db.All[Node](ctx, s.db, `
		SELECT above.id, above.name, above.short_name, above.kind, above.zone
		FROM agency AS a JOIN agency AS above ON above.id = ANY(a.path) AND above.path && $2::int4[]
		WHERE a.id = $1 ORDER BY cardinality(above.path)`, q.Agency, actor.Roots(Readers()...))
	if err != nil {
		return Report{}, err
	}
	if len(path) == 0 {
		return Report{}, errs.New(errs.NotFound, "Instansi tidak ditemukan atau berada di luar kewenangan Anda.")
	}
	r := Report{Agency: path[len(path)-1], Path: path, GeneratedAt: s.db.Now()}
	if r.From, r.To, err = span(q, period.LocalDay(s.db.Now(), period.MustZone(r.Agency.Zone))); err != nil {
		return Report{}, err
	}
	length := int(r.To-r.From) + 1
	r.PreviousFrom, r.PreviousTo = r.From.Add(-length), r.From.Add(-1)
	err = s.fill(ctx, &r)
	return r, err
}

// span reads the dates; without them it is the current month so far.
func span(q Query, today period.Day) (from, to period.Day, err error) {
	from, to = period.MonthOf(today).From, today
	if q.From != "" {
		if from, err = period.ParseDay(q.From); err != nil {
			return 0, 0, errs.InvalidField("from", "Tulis tanggal awal sebagai TTTT-BB-HH, misalnya 2026-11-01.")
		}
		if q.To == "" {
			to = max(from, today)
		}
	}
	if q.To != "" {
		if to, err = period.ParseDay(q.To); err != nil {
			return 0, 0, errs.InvalidField("to", "Tulis tanggal akhir sebagai TTTT-BB-HH, misalnya 2026-11-30.")
		}
		if q.From == "" {
			from = period.MonthOf(to).From
		}
	}
	if from < oldest {
		return 0, 0, errs.InvalidField("from", "Laporan paling awal dimulai pada tahun 2000.")
	}
	if to < from {
		return 0, 0, errs.InvalidField("to", "Tanggal akhir tidak boleh mendahului tanggal awal.")
	}
	if int(to-from) >= longest {
		return 0, 0, errs.InvalidField("to", "Rentang laporan paling panjang %d hari.", longest)
	}
	return from, to, nil
}

// fill reads the figures. Everything but the names is left out for a group under the limit.
func (s *Service) fill(ctx context.Context, r *Report) error {
	now, err := rows[figures](ctx, s.db, "figures", r.Agency.ID, r.From, r.To)
	if err != nil {
		return err
	}
	before, err := rows[figures](ctx, s.db, "figures", r.Agency.ID, r.PreviousFrom, r.PreviousTo)
	if err != nil {
		return err
	}
	for _, metric := range Registry() {
		r.Metrics = append(r.Metrics, Value{metric, now[0].value(metric.Key), before[0].value(metric.Key)})
	}
	r.Days, r.Evidence, r.Networks, r.Units, r.Contents = []DayRow{}, []GradeRow{}, []Network{}, []Child{}, []Published{}
	if now[0].Eligible == nil {
		return nil
	}
	for _, part := range []func() error{
		func() (err error) { r.Days, err = rows[DayRow](ctx, s.db, "days", r.Agency.ID, r.From, r.To); return },
		func() (err error) {
			r.Evidence, err = rows[GradeRow](ctx, s.db, "evidence", r.Agency.ID, r.From, r.To)
			return
		},
		func() (err error) {
			r.Networks, err = rows[Network](ctx, s.db, "networks", r.Agency.ID, r.From, r.To)
			return
		},
		func() (err error) { r.Units, err = rows[Child](ctx, s.db, "units", r.Agency.ID, r.From, r.To); return },
		func() (err error) {
			r.Contents, err = rows[Published](ctx, s.db, "contents", r.Agency.ID, r.From, r.To)
			return
		},
	} {
		if err := part(); err != nil {
			return err
		}
	}
	for i := range r.Networks {
		r.Networks[i].Network = networkKey(r.Networks[i].Number)
	}
	return nil
}

// networkKey names a network of a row.
func networkKey(number int64) string {
	n, _ := network.Numbered(network.Number(number)) // rows hold only numbers of the table
	return n.Key
}

// rows runs one of the statements.
func rows[T any](ctx context.Context, d *db.DB, name string, node id.Agency, from, to period.Day) ([]T, error) {
	query, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return nil, err
	}
	return db.All[T](ctx, d, string(query), db.Args{"node": node, "from": from.String(), "to": to.String(), "smallest": org.SmallestGroup})
}
