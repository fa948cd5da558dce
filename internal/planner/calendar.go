package planner

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"gaung/internal/audit"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

var (
	//go:embed sql/slots.sql
	slotsSQL string
	//go:embed sql/prompts.sql
	promptsSQL string
)

// Plan is what stands in the calendar between two days.
type Plan struct {
	Slots    []Slot    `json:"slots" nullable:"false" doc:"By when they go out"`
	Agencies []Place   `json:"agencies" nullable:"false" doc:"Whose they are"`
	Holidays []Holiday `json:"holidays" nullable:"false"`
	Partial  bool      `json:"partial" doc:"There are more than one answer holds: narrow the days"`
}

// Slot is one item, with only what a grid shows of it.
type Slot struct {
	ID       id.Content        `json:"id"`
	Title    string            `json:"title"`
	State    content.State     `json:"state" enum:"draft,in_review,on_hold,changes_requested,rejected,approved,scheduled,live,ended,recalled"`
	Pillar   string            `json:"pillar,omitempty"`
	AgencyID id.Agency         `json:"agency_id"`
	At       *time.Time        `json:"at,omitempty" doc:"When it goes or went out, or is wished to; empty: it only ends in these days"`
	EndsAt   *time.Time        `json:"ends_at,omitempty"`
	Wish     bool              `json:"wish,omitempty" doc:"at is only wished for"`
	Movable  bool              `json:"movable,omitempty" doc:"The caller may give it another time"`
	Near     int               `json:"near,omitempty" doc:"How many others reach a part of its audience within an hour"`
	Prompts  int               `json:"prompts,omitempty" doc:"How many its audience gets that day, where that is more than three"`
	AuthorID id.User           `json:"-"`
	Zone     string            `json:"-"`
	Path     db.IDs[id.Agency] `json:"-"`
}

// Place is an agency whose items are in the plan.
type Place struct {
	ID   id.Agency `json:"id"`
	Name string    `json:"name"`
	Zone string    `json:"zone"`
}

// Bounds of one answer.
const (
	longestPlan = 63 // days
	mostSlots   = 5_000
	mostPrompts = 50_000
)

// Plan reads the calendar of the actor's subtree, from a day to a day of any of the country's zones. Warnings go by
// the actor's own days, or by those of each item's agency.
func (s *Service) Plan(ctx context.Context, actor org.Actor, from, to period.Day, byAgency bool) (Plan, error) {
	if to < from || to-from >= longestPlan {
		return Plan{}, errs.InvalidField("to", "Pilih rentang paling lama %d hari.", longestPlan)
	}
	first, last := from.Start(period.MustZone(east)), to.Add(1).Start(period.MustZone(west))
	args := db.Args{"roots": actor.Roots(content.Readers()...), "from": first, "to": last, "most": mostSlots + 1}
	slots, err := db.All[Slot](ctx, s.db, `SELECT c.id, v.title, v.pillar, c.state, c.agency_id, c.author_id, c.ends_at, one.at, one.wish, a.zone, a.path::text AS path
		FROM (SELECT id, max(at) AS at, bool_or(wish) AS wish FROM (`+slotsSQL+`) AS slot GROUP BY id) AS one
		JOIN content AS c ON c.id = one.id JOIN agency AS a ON a.id = c.agency_id
		JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
		WHERE a.path && @roots::int4[] ORDER BY one.at, c.id LIMIT @most`, db.PlanAnew, args)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{Partial: len(slots) > mostSlots, Slots: slots[:min(len(slots), mostSlots)]}
	for i := range plan.Slots {
		one := &plan.Slots[i]
		one.Movable = movable(*one, actor)
	}
	if err := s.warnOf(ctx, actor, plan.Slots, first, last, byAgency); err != nil {
		return Plan{}, err
	}
	if plan.Agencies, err = s.places(ctx, plan.Slots); err != nil {
		return Plan{}, err
	}
	plan.Holidays, err = s.Holidays(ctx, actor, from, to)
	return plan, err
}

// The first and the last of the country's zones to see a day.
const (
	east = "Asia/Jayapura"
	west = "Asia/Jakarta"
)

// movable tells whether the actor may give an item another time: a planned one as its publisher, a wish as its
// author too. What went out stays where it is.
func movable(one Slot, actor org.Actor) bool {
	publisher := actor.Holds(one.Path, org.Publisher)
	if one.Wish {
		return publisher || one.AuthorID == actor.User
	}
	return one.State == content.Scheduled && publisher
}

func (s *Service) places(ctx context.Context, slots []Slot) ([]Place, error) {
	var nodes []id.Agency
	known := map[id.Agency]bool{}
	for _, one := range slots {
		if !known[one.AgencyID] {
			known[one.AgencyID] = true
			nodes = append(nodes, one.AgencyID)
		}
	}
	return db.All[Place](ctx, s.db, `SELECT id, name, zone FROM agency WHERE id = ANY($1::int4[]) ORDER BY name`, nodes)
}

// Wish says when a text that is not scheduled yet should go out; nil takes the wish back.
func (s *Service) Wish(ctx context.Context, actor org.Actor, item id.Content, at *time.Time) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		one, err := db.Get[Slot](ctx, tx, `SELECT c.id, c.state, c.agency_id, c.author_id, a.path::text AS path, true AS wish
			FROM content AS c JOIN agency AS a ON a.id = c.agency_id WHERE c.id = $1 AND a.path && $2::int4[] FOR UPDATE OF c`, item, actor.Roots(content.Readers()...))
		switch {
		case errors.Is(err, db.ErrNoRow):
			return notFound()
		case err != nil:
			return err
		case !movable(one, actor):
			return errs.New(errs.Forbidden, "Hanya penyusun konten ini atau penerbit instansinya yang dapat mengusulkan waktu tayang.")
		case at != nil && !at.After(tx.Now):
			return errs.InvalidField("at", "Waktu yang diusulkan harus di masa depan.")
		}
		if at == nil {
			_, err = db.Exec(ctx, tx, `DELETE FROM content_wish WHERE content_id = $1`, item)
		} else {
			_, err = db.Exec(ctx, tx, `INSERT INTO content_wish (content_id, at) VALUES ($1, $2) ON CONFLICT (content_id) DO UPDATE SET at = excluded.at`, item, *at)
		}
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: one.AgencyID, Action: "content.wish", Subject: fmt.Sprintf("content/%d", item)})
	})
}
