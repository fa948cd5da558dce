package score

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
)

// small tells whether the last count of a node up to a day is under the limit. A node that was never
// counted has nobody. Of executives those are counted who work below it now: their board is one of a region
// or above, where no unit's few can be told apart.
func (s *Service) small(ctx context.Context, on node, day period.Day) (bool, error) {
	if on.executives {
		if on.Kind != org.Region && on.Kind != org.Ministry {
			return false, errs.InvalidField("of", "Papan pimpinan hanya ada untuk wilayah atau seluruh instansi. Pilih lingkup yang lebih luas.")
		}
		found, err := db.Get[struct{ People int64 }](ctx, s.db, `SELECT count(DISTINCT e.user_id) AS people FROM executive AS e
			JOIN placement AS p ON p.user_id = e.user_id AND p.from_day <= $2::date AND (p.until_day IS NULL OR p.until_day > $2::date)
			JOIN agency AS unit ON unit.id = p.unit_id AND $1::int4 = ANY (unit.path)`, int64(on.ID), s.today().String())
		return found.People < org.SmallestGroup, err
	}
	found, err := db.All[struct{ People int64 }](ctx, s.db, `SELECT people FROM eligible_day
		WHERE node_id = $1 AND day <= $2::date ORDER BY day DESC LIMIT 1`, on.ID, day)
	return len(found) > 0 && found[0].People < org.SmallestGroup, err
}

// apart tells whether the actor stands on the board of executives.
func (s *Service) apart(ctx context.Context, actor org.Actor) (bool, error) {
	found, err := db.All[struct{ UserID int64 }](ctx, s.db, `SELECT user_id FROM executive WHERE user_id = $1 LIMIT 1`, actor.User)
	return len(found) > 0, err
}
