package share

import (
	"context"
	"errors"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Aside is how many said for one reason that a content is not for them. A reason of fewer than five is not listed;
// rest is those together.
type Aside struct {
	Reason Reason `json:"reason" enum:"topic,region,work,often,doubt,other,rest"`
	People int    `json:"people" minimum:"5"`
}

const (
	reasons        = 6 // that may be chosen
	rest    Reason = "rest"
)

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
	rows, err := db.All[Aside](ctx, s.db, `SELECT reason, count(*) AS people FROM feed_mark WHERE content_id = $1 AND reason IS NOT NULL GROUP BY 1 ORDER BY people DESC, 1`, item)
	return enough(rows), err
}

// enough leaves out the reasons of fewer than five and puts the rest into one line, unless that line would tell how many
// each of them has: all of them four.
func enough(rows []Aside) []Aside {
	found, left := []Aside{}, 0
	for _, row := range rows {
		if row.People >= fewestShares {
			found = append(found, row)
		} else {
			left += row.People
		}
	}
	if left >= fewestShares && left < (fewestShares-1)*(reasons-len(found)) {
		found = append(found, Aside{rest, left})
	}
	return found
}
