package user

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Audience is how many people a choice of nodes reaches.
type Audience struct {
	People *int64 `json:"people" doc:"Eligible people by the latest daily count, each once; null: too few to be told"`
	Zones  int    `json:"zones" doc:"How many time zones they live in"`
}

// Audience counts who is below some nodes of the actor's subtree. A node below another one is not added again.
func (s *Service) Audience(ctx context.Context, actor org.Actor, nodes []id.Agency) (Audience, error) {
	roots := actor.Roots(org.Author, org.Approver, org.Publisher, org.Leader, org.Auditor, org.Admin)
	row, err := db.Get[struct {
		Seen   int
		People int64
		Zones  int
	}](ctx, s.db, `WITH chosen AS (SELECT id, path FROM agency WHERE id = ANY($1::int8[]) AND path && $2::int4[])
		SELECT (SELECT count(*) FROM chosen) AS seen,
		       (SELECT coalesce(sum(e.people), 0)::int8 FROM chosen AS c
		        CROSS JOIN LATERAL (SELECT people FROM eligible_day AS d WHERE d.node_id = c.id ORDER BY d.day DESC LIMIT 1) AS e
		        WHERE NOT EXISTS (SELECT FROM chosen AS above WHERE above.id <> c.id AND above.id = ANY(c.path))) AS people,
		       (SELECT count(DISTINCT a.zone) FROM agency AS a WHERE EXISTS (SELECT FROM chosen AS c WHERE c.id = ANY(a.path))) AS zones`, nodes, roots)
	if err != nil {
		return Audience{}, err
	}
	if row.Seen == 0 {
		return Audience{}, errs.InvalidField("targets", "Sasaran tidak ditemukan di wilayah kewenangan Anda.")
	}
	size := Audience{Zones: row.Zones}
	if row.People >= org.SmallestGroup || row.People == 0 {
		size.People = &row.People
	}
	return size, nil
}
