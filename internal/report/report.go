// Package report owns the metric registry and the leadership report: sums that can be defended, never a
// list of persons.
package report

import (
	"context"
	"embed"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
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

// Engagement makes the report of a node in the reader's subtree.
func (s *Service) Engagement(ctx context.Context, actor org.Actor, q Query) (Report, error) {
	r, err := s.asked(ctx, actor, q)
	if err == nil {
		err = s.fill(ctx, &r)
	}
	if err != nil {
		return Report{}, err
	}
	if r.Story = story(r); metricsOf(r)["shares"].Value != nil {
		if far, there := towardFirst(r); there {
			r.Story = Words{r.Story.ID + far.ID, r.Story.EN + far.EN}
		}
	}
	r.Next = steps(r)
	return r, nil
}

// asked is the report that a question means, without its figures: its node must be in the reader's subtree.
func (s *Service) asked(ctx context.Context, actor org.Actor, q Query) (Report, error) {
	if q.Compare == "" {
		q.Compare = DaysBefore
	}
	path, err := db.All[Node](ctx, s.db, `
		SELECT above.id, above.name, above.short_name, above.kind, above.zone
		FROM agency AS a JOIN agency AS above ON above.id = ANY(a.path) AND above.path && $2::int4[]
		WHERE a.id = CASE $1::int4 WHEN 0 THEN (SELECT id FROM agency WHERE id = ANY($2::int4[]) ORDER BY cardinality(path), id LIMIT 1) ELSE $1::int4 END
		ORDER BY cardinality(above.path)`, q.Agency, actor.Roots(Readers()...))
	if err != nil {
		return Report{}, err
	}
	if len(path) == 0 {
		return Report{}, errs.New(errs.NotFound, "Instansi tidak ditemukan atau berada di luar kewenangan Anda.")
	}
	r := Report{Agency: path[len(path)-1], Path: path, Compare: q.Compare, GeneratedAt: s.db.Now()}
	if r.From, r.To, err = spanOf(q, period.LocalDay(s.db.Now(), period.MustZone(r.Agency.Zone))); err != nil {
		return Report{}, err
	}
	r.PreviousFrom, r.PreviousTo, err = q.Compare.span(r.From, r.To)
	return r, err
}

// spanOf reads the dates; without them it is the current month so far.
func spanOf(q Query, today period.Day) (from, to period.Day, err error) {
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
