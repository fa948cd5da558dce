package trust

import (
	"context"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Election is a mode as the console reads it.
type Election struct {
	ID       id.Election `json:"id"`
	NodeID   id.Agency   `json:"node_id"`
	NodeName string      `json:"node_name"`
	NodeZone string      `json:"node_zone"`
	Version  int         `json:"version"`
	Plan
	Phase     Phase      `json:"phase" gorm:"-" enum:"coming,running,over"`
	BeginsAt  time.Time  `json:"begins_at"`
	EndsAt    time.Time  `json:"ends_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty" doc:"When it was ended before its time"`
	EndReason string     `json:"end_reason"`
	UpdatedAt time.Time  `json:"updated_at"`
	MayWrite  bool       `json:"may_write" gorm:"-"`

	Path db.IDs[id.Agency] `json:"-"`
}

const selectSQL = `SELECT e.id, e.node_id, a.name AS node_name, a.zone AS node_zone, e.version, e.name, e.from_day, e.to_day, e.watch,
	e.begins_at, e.ends_at, e.ended_at, e.end_reason, e.updated_at, a.path::text AS path
FROM election AS e JOIN agency AS a ON a.id = e.node_id WHERE `

// visible are the modes below what one reads, and those above it: they hold there.
const visible = `(a.path && @roots::int4[] OR EXISTS (SELECT FROM agency AS own WHERE own.id = ANY(@roots::int4[]) AND a.id = ANY(own.path)))`

func scope(actor org.Actor, args db.Args) db.Args {
	args["roots"] = actor.Roots(Readers()...)
	return args
}

// Get reads one mode.
func (s *Service) Get(ctx context.Context, actor org.Actor, election id.Election) (Election, error) {
	found, err := db.Get[Election](ctx, s.db, selectSQL+`e.id = @id AND `+visible, scope(actor, db.Args{"id": int64(election)}))
	if errors.Is(err, db.ErrNoRow) {
		return found, notFound()
	}
	return found.completed(actor, s.db.Now()), err
}

// List reads the modes that touch the actor's subtree, newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[Election], error) {
	return page.Falling(ask, func(e Election) id.Election { return e.ID }, func(before id.Election, limit int) ([]Election, error) {
		rows, err := db.All[Election](ctx, s.db, selectSQL+visible+` AND (@before::int4 = 0 OR e.id < @before) ORDER BY e.id DESC LIMIT @limit`,
			scope(actor, db.Args{"before": before, "limit": limit}))
		for i := range rows {
			rows[i] = rows[i].completed(actor, s.db.Now())
		}
		return rows, err
	})
}

func (e Election) completed(actor org.Actor, now time.Time) Election {
	switch {
	case e.EndedAt != nil || !e.EndsAt.After(now):
		e.Phase = Over
	case e.BeginsAt.After(now):
		e.Phase = Coming
	default:
		e.Phase = Running
	}
	e.MayWrite = actor.Holds(e.Path, Writers()...) && e.Phase != Over
	return e
}
