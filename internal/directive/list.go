package directive

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Directive is one as the console reads it, with its sums.
type Directive struct {
	ID         id.Directive `json:"id"`
	AgencyID   id.Agency    `json:"agency_id"`
	AgencyName string       `json:"agency_name"`
	AgencyZone string       `json:"agency_zone"`
	State      State        `json:"state" enum:"draft,issued,withdrawn"`
	Version    int          `json:"version"`
	Letter
	Attachment     *Attachment `json:"attachment,omitempty" gorm:"-"`
	IssuedAt       *time.Time  `json:"issued_at,omitempty"`
	WithdrawnAt    *time.Time  `json:"withdrawn_at,omitempty"`
	WithdrawReason string      `json:"withdraw_reason"`
	UpdatedAt      time.Time   `json:"updated_at"`
	TargetNames    []Named     `json:"target_names" gorm:"serializer:json" nullable:"false"`
	ContentTitles  []Titled    `json:"content_titles" gorm:"serializer:json" nullable:"false"`
	Concerned      *int64      `json:"concerned" doc:"How many people it concerns today; null where the group is too small to be told, and before it is issued"`
	Read           *int64      `json:"read" doc:"How many of them have opened it; null likewise"`
	MayWrite       bool        `json:"may_write" gorm:"-"`

	File string            `json:"-"`
	Path db.IDs[id.Agency] `json:"-"`
}

// Named is a node with its name.
type Named struct {
	ID   id.Agency `json:"id"`
	Name string    `json:"name"`
}

// Titled is a content with its title.
type Titled struct {
	ID    id.Content `json:"id"`
	Title string     `json:"title"`
	State string     `json:"state"`
}

// How many it concerns is the latest daily count of the nodes that it is for, each person once: a node below
// another one is not added again. Somebody who has read it and left since counts as read, up to that sum.
const selectSQL = `
SELECT d.id, d.agency_id, a.name AS agency_name, a.zone AS agency_zone, d.state, d.version, d.number, d.title, d.body, d.signer,
       d.signed_on, d.issued_at, d.withdrawn_at, d.withdraw_reason, d.updated_at, coalesce(d.attachment::text, '') AS file,
       a.path::text AS path, t.names AS target_names, c.titles AS content_titles,
       CASE WHEN d.state <> 'draft' AND g.people >= @smallest THEN g.people END AS concerned,
       CASE WHEN d.state <> 'draft' AND g.people >= @smallest
            THEN least((SELECT count(*) FROM directive_read AS r WHERE r.directive_id = d.id), g.people) END AS read
FROM directive AS d
JOIN agency AS a ON a.id = d.agency_id
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) ORDER BY n.name), '[]') AS names
    FROM directive_target AS t JOIN agency AS n ON n.id = t.node_id WHERE t.directive_id = d.id
) AS t
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('id', c.id, 'title', v.title, 'state', c.state) ORDER BY c.id), '[]') AS titles
    FROM directive_content AS x JOIN content AS c ON c.id = x.content_id
    JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
    WHERE x.directive_id = d.id
) AS c
CROSS JOIN LATERAL (
    SELECT coalesce(sum(e.people), 0)::int8 AS people
    FROM directive_target AS t JOIN agency AS n ON n.id = t.node_id
    CROSS JOIN LATERAL (SELECT people FROM eligible_day AS e WHERE e.node_id = t.node_id ORDER BY e.day DESC LIMIT 1) AS e
    WHERE t.directive_id = d.id AND NOT EXISTS (
        SELECT FROM directive_target AS above WHERE above.directive_id = d.id AND above.node_id <> n.id AND above.node_id = ANY(n.path))
) AS g
WHERE a.path && @roots::int4[]`

func args(actor org.Actor, more db.Args) db.Args {
	more["roots"], more["smallest"] = actor.Roots(Readers()...), org.SmallestGroup
	return more
}

// Get reads one directive of the actor's subtree.
func (s *Service) Get(ctx context.Context, actor org.Actor, directive id.Directive) (Directive, error) {
	found, err := db.Get[Directive](ctx, s.db, selectSQL+` AND d.id = @id`, args(actor, db.Args{"id": directive}))
	if errors.Is(err, db.ErrNoRow) {
		return found, notFound()
	}
	if err != nil {
		return found, err
	}
	return found, found.finish(actor)
}

// List reads the directives of the actor's subtree, newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, state State, ask page.Ask) (page.Page[Directive], error) {
	return page.Falling(ask, func(d Directive) id.Directive { return d.ID }, func(before id.Directive, limit int) ([]Directive, error) {
		rows, err := db.All[Directive](ctx, s.db, selectSQL+` AND (@state::text = '' OR d.state = @state) AND (@before::int4 = 0 OR d.id < @before)
			ORDER BY d.id DESC LIMIT @limit`, args(actor, db.Args{"state": state, "before": before, "limit": limit}))
		for i := 0; err == nil && i < len(rows); i++ {
			err = rows[i].finish(actor)
		}
		return rows, err
	})
}

// finish fills in what the statement does not: the numbers of what it links, the file, and what the actor may.
func (d *Directive) finish(actor org.Actor) error {
	d.MayWrite = actor.Holds(d.Path, Writers()...)
	d.Targets, d.Contents = []id.Agency{}, []id.Content{}
	for _, one := range d.TargetNames {
		d.Targets = append(d.Targets, one.ID)
	}
	for _, one := range d.ContentTitles {
		d.Contents = append(d.Contents, one.ID)
	}
	var err error
	d.Attachment, err = attachmentOf(d.File)
	return err
}

func attachmentOf(text string) (*Attachment, error) {
	if text == "" {
		return nil, nil
	}
	var kept blob.Document
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, err
	}
	return &Attachment{Name: kept.Name, Bytes: kept.Bytes, File: kept.File}, nil
}
