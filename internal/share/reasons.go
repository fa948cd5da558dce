package share

import (
	"context"
	"errors"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Aside is how many said for one reason that a content is not for them; null: one to four.
type Aside struct {
	Reason Reason `json:"reason" enum:"topic,region,work,often,doubt,other"`
	People *int   `json:"people"`
}

// AsideOf reads why a content of the actor's subtree was put aside, in sums. Skipping without a reason is
// nobody's business and not counted.
func (s *Service) AsideOf(ctx context.Context, actor org.Actor, item id.Content) ([]Aside, error) {
	_, err := db.Get[struct{ ID id.Content }](ctx, s.db, `SELECT c.id FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		WHERE c.id = $1 AND a.path && $2::int4[]`, item, actor.Roots(content.Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return nil, notFound()
	}
	if err != nil {
		return nil, err
	}
	rows, err := db.All[struct {
		Reason Reason
		N      int
	}](ctx, s.db, `SELECT reason, count(*) AS n FROM feed_mark WHERE content_id = $1 AND reason IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1`, item)
	found := make([]Aside, len(rows))
	for i, row := range rows {
		found[i] = Aside{row.Reason, told(row.N)}
	}
	return found, err
}
