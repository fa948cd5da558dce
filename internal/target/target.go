// Package target owns what a node wants to reach in a month, a quarter or a year. A target is a node's, never a
// person's: nobody has a quota.
package target

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Kind is how long a target's period is.
type Kind string

// The kinds.
const (
	Month   Kind = "month"
	Quarter Kind = "quarter"
	Year    Kind = "year"
)

// months is how many months a kind has; 0: it is none.
func (k Kind) months() int { return map[Kind]int{Month: 1, Quarter: 3, Year: 12}[k] }

// Readers see the targets of their subtree and of the nodes above it that they may read reports of.
func Readers() []org.Role { return []org.Role{org.Leader, org.Publisher, org.Admin} }

// Setters set the targets of their subtree.
func Setters() []org.Role { return []org.Role{org.Publisher, org.Admin} }

// Wanted is a target as it is set.
type Wanted struct {
	Agency id.Agency  `json:"agency" minimum:"0" maximum:"2147483647" doc:"0: the own agency"`
	Metric string     `json:"metric" maxLength:"100"`
	Kind   Kind       `json:"kind" enum:"month,quarter,year"`
	From   period.Day `json:"from" doc:"The first day of the period"`
	Value  *float64   `json:"value" doc:"Null takes the target away"`
}

// Target is a target that is set.
type Target struct {
	Metric string     `json:"metric"`
	Kind   Kind       `json:"kind" enum:"month,quarter,year"`
	From   period.Day `json:"from" gorm:"column:from_day"`
	To     period.Day `json:"to" gorm:"column:to_day"`
	Value  float64    `json:"value"`
	SetAt  time.Time  `json:"set_at"`
}

// Goals are the targets of a node, and whether the reader may set them.
type Goals struct {
	Agency  id.Agency       `json:"agency"`
	Name    string          `json:"name"`
	MaySet  bool            `json:"may_set"`
	Metrics []metric.Metric `json:"metrics" nullable:"false" doc:"Those that a target may be set for"`
	Targets []Target        `json:"targets" nullable:"false" doc:"The newest period first"`
}

// Service reads and sets targets.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// node is an agency with how many people it has.
type node struct {
	ID     id.Agency
	Name   string
	Path   db.IDs[id.Agency]
	People int64
}

func find(ctx context.Context, c db.Conn, actor org.Actor, agency id.Agency, roles []org.Role) (node, error) {
	found, err := db.Get[node](ctx, c, `SELECT a.id, a.name, a.path::text AS path,
			coalesce((SELECT e.people FROM eligible_day AS e WHERE e.node_id = a.id ORDER BY e.day DESC LIMIT 1), 0) AS people
		FROM agency AS a WHERE a.path && $2::int4[]
		  AND a.id = CASE $1::int4 WHEN 0 THEN (SELECT id FROM agency WHERE id = ANY($2::int4[]) ORDER BY cardinality(path), id LIMIT 1) ELSE $1::int4 END`, agency, actor.Roots(roles...))
	if errors.Is(err, db.ErrNoRow) {
		err = errs.New(errs.NotFound, "Instansi tidak ditemukan atau berada di luar kewenangan Anda.")
	}
	return found, err
}

// Of reads the targets of a node in the reader's subtree.
func (s *Service) Of(ctx context.Context, actor org.Actor, agency id.Agency) (Goals, error) {
	found, err := find(ctx, s.db, actor, agency, Readers())
	if err != nil {
		return Goals{}, err
	}
	list, err := db.All[Target](ctx, s.db, `SELECT metric, kind, from_day, to_day, value, set_at FROM target
		WHERE node_id = $1 ORDER BY from_day DESC, to_day DESC, metric LIMIT 500`, found.ID)
	return Goals{found.ID, found.Name, actor.Holds(found.Path, Setters()...) && found.People >= org.SmallestGroup, Possible(), list}, err
}

// Possible are the metrics that a target may be set for.
func Possible() []metric.Metric {
	list := []metric.Metric{}
	for _, m := range metric.In(metric.Report) {
		if m.Goal != metric.NoGoal {
			list = append(list, m)
		}
	}
	return list
}

// Set sets a target, replaces it, or takes it away.
func (s *Service) Set(ctx context.Context, actor org.Actor, plan Wanted) (Goals, error) {
	to, err := plan.check()
	if err != nil {
		return Goals{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := find(ctx, tx, actor, plan.Agency, Setters())
		if err != nil {
			return err
		}
		if found.People < org.SmallestGroup {
			return errs.New(errs.Conflict, "Target tidak dapat dipasang untuk kelompok di bawah %d orang: angkanya akan menunjuk perorangan.", org.SmallestGroup)
		}
		if plan.Value == nil {
			_, err = db.Exec(ctx, tx, `DELETE FROM target WHERE node_id = $1 AND metric = $2 AND kind = $3 AND from_day = $4::date`,
				found.ID, plan.Metric, plan.Kind, plan.From.String())
		} else {
			_, err = db.Exec(ctx, tx, `INSERT INTO target (node_id, metric, kind, from_day, to_day, value, set_at) VALUES ($1, $2, $3, $4::date, $5::date, $6, $7)
				ON CONFLICT ON CONSTRAINT target_node_id_pkey DO UPDATE SET value = excluded.value, set_at = excluded.set_at`,
				found.ID, plan.Metric, plan.Kind, plan.From.String(), to.String(), *plan.Value, tx.Now)
		}
		if err != nil {
			return err
		}
		plan.Agency = found.ID
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: found.ID, Action: "target.set", Subject: fmt.Sprintf("agency/%d", found.ID), Detail: plan})
	})
	if err != nil {
		return Goals{}, err
	}
	return s.Of(ctx, actor, plan.Agency)
}

// most is above any target that is meant.
const most = 1e9

// check gives the last day of the period.
func (p Wanted) check() (to period.Day, err error) {
	var f errs.Faults
	m := metric.Named(p.Metric)
	if m.Place != metric.Report || m.Goal == metric.NoGoal {
		f.Add("metric", "Pilih angka dari daftar: angka ini tidak dapat diberi target.")
	}
	year, month, day := p.From.Date()
	length := p.Kind.months()
	switch {
	case length == 0:
		f.Add("kind", "Pilih bulan, triwulan, atau tahun.")
	case day != 1 || (int(month)-1)%length != 0 || year < 2000 || year > 2100:
		f.Add("from", "Pilih hari pertama dari bulan, triwulan, atau tahun itu.")
	default:
		to = period.DayOf(year, month+time.Month(length), 1).Add(-1)
	}
	if v := p.Value; v != nil {
		switch {
		case math.IsNaN(*v) || *v <= 0 || *v > most:
			f.Add("value", "Tulis angka di atas 0.")
		case m.Unit == metric.Percent && *v > 100:
			f.Add("value", "Persentase paling besar 100.")
		}
	}
	return to, f.Err()
}
