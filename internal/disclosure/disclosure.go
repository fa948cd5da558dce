// Package disclosure owns the public register: what civil servants were asked to share, when and by which office,
// with sums. It names offices and never persons; everybody may read it, so it takes no actor.
package disclosure

import (
	"context"
	"embed"
	"errors"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/maypok86/otter/v2"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/report"
)

//go:embed sql/*.sql
var statements embed.FS

func statement(name string) string {
	text, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

var entriesSQL, officesSQL, askedSQL = statement("entries"), statement("offices"), statement("asked")

// Service reads the register.
type Service struct {
	db     *db.DB
	report *report.Service
	known  *known
}

// New makes the service; the sums are those of the leadership report.
func New(d *db.DB, r *report.Service) *Service {
	return &Service{d, r, otter.Must(&otter.Options[knownKey, []Month]{MaximumSize: mostKnown})}
}

// Entry is one content that an office asked civil servants to share.
type Entry struct {
	ID            id.Content  `json:"id"`
	Slug          string      `json:"slug" doc:"Public page /k/{slug}"`
	Title         string      `json:"title"`
	Kind          string      `json:"kind"`
	Topic         string      `json:"topic"`
	OfficeID      id.Agency   `json:"office_id"`
	Office        string      `json:"office" doc:"Which office published it"`
	Zone          string      `json:"zone" doc:"The office's clock"`
	PublishedAt   time.Time   `json:"published_at"`
	EndsAt        *time.Time  `json:"ends_at" doc:"Since when, or from when on, nobody is asked any more"`
	State         string      `json:"state" enum:"live,ended,recalled"`
	RecalledAt    *time.Time  `json:"recalled_at"`
	RecallReason  string      `json:"recall_reason"`
	Hash          string      `json:"hash" doc:"SHA-256 of what was asked to be shared"`
	MandateNumber string      `json:"mandate_number" doc:"The letter that asked for it; empty: it was voluntary from the start"`
	MandateDate   *period.Day `json:"mandate_date"`
	MandateBasis  string      `json:"mandate_basis" doc:"Legal basis"`
	MandateUntil  *period.Day `json:"mandate_until" doc:"The letter's last day; since then it is voluntary"`
	Audience      []string    `json:"audience" gorm:"serializer:json" nullable:"false" doc:"Whose feeds it entered: offices, each with all below it"`
	LikedOn       []string    `json:"liked_on" gorm:"serializer:json" nullable:"false" doc:"Networks on which a like of the official post was asked for, too"`
	PeopleReached *int64      `json:"people_reached" doc:"Up to the end of yesterday; null until five different persons have shared"`
}

// Mandated tells whether a letter asked for it.
func (e Entry) Mandated() bool { return e.MandateNumber != "" }

// Query is what of the register is read.
type Query struct {
	Office   id.Agency // with all below it; 0: every office
	Month    string    // 2026-11, on the office's clock; empty: all
	Kind     string    // of content; empty: all
	Mandated bool      // only what a letter asked for
}

// The first and the last day that a register may have.
var (
	oldest = period.DayOf(2000, time.January, 1)
	newest = period.DayOf(2199, time.December, 31)
)

func (q Query) days() (from, to period.Day, err error) {
	if q.Month == "" {
		return oldest, newest, nil
	}
	first, err := period.ParseDay(q.Month + "-01")
	if err != nil || first < oldest || first > newest {
		return 0, 0, errs.InvalidField("month", "Tulis bulan sebagai TTTT-BB, misalnya 2026-11.")
	}
	of := period.MonthOf(first)
	return of.From, of.To, nil
}

// Entries lists what was asked, the newest first.
func (s *Service) Entries(ctx context.Context, q Query, ask page.Ask) (page.Page[Entry], error) {
	from, to, err := q.days()
	if err != nil {
		return page.Page[Entry]{}, err
	}
	before, below, err := cursor(ask)
	if err != nil {
		return page.Page[Entry]{}, err
	}
	rows, err := db.All[Entry](ctx, s.db, entriesSQL, db.Args{"before": before, "below": below, "from": from.String(), "to": to.String(), "office": q.Office,
		"kind": q.Kind, "mandated": q.Mandated, "now": s.db.Now(), "least": org.SmallestGroup, "limit": ask.Size() + 1})
	for i := range rows {
		if rows[i].State == "live" && rows[i].EndsAt != nil && !rows[i].EndsAt.After(s.db.Now()) {
			rows[i].State = "ended" // from its time on, not from when the job gets to it
		}
		slices.Sort(rows[i].LikedOn)
	}
	return page.Of(ask, rows, func(e Entry) []string {
		return []string{e.PublishedAt.UTC().Format(time.RFC3339Nano), strconv.FormatInt(int64(e.ID), 10)}
	}), err
}

// cursor reads where a list goes on.
func cursor(ask page.Ask) (time.Time, int64, error) {
	key, more, err := ask.Key(2)
	if err != nil || !more {
		return newest.Start(time.UTC), math.MaxInt32, err
	}
	at, wrongTime := time.Parse(time.RFC3339Nano, key[0])
	below, wrongID := strconv.ParseInt(key[1], 10, 32)
	if errors.Join(wrongTime, wrongID) != nil || at.Year() < 2000 || at.Year() > 2199 {
		return at, 0, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
	}
	return at, below, nil
}

// Office is one that asked, or that others lie in which did.
type Office struct {
	ID    id.Agency `json:"id"`
	Name  string    `json:"name"`
	Kind  org.Kind  `json:"kind" enum:"ministry,region,agency,unit"`
	Depth int       `json:"depth" doc:"1: the highest"`
}

// Offices lists them in the order of the tree.
func (s *Service) Offices(ctx context.Context) ([]Office, error) {
	return db.All[Office](ctx, s.db, officesSQL)
}
