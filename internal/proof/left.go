package proof

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
)

// outsider is whether anybody may decide who is of the desk of a node or of one above it: not the person, nobody of
// their unit. The expressions name the node, the person and their unit; besides says more of u, who would decide.
func outsider(node, person, unit, besides string) string {
	return `EXISTS (SELECT FROM agency AS at JOIN user_role AS g ON g.agency_id = ANY (at.path) AND g.role = ANY (@desk::text[])
		JOIN app_user AS u ON u.id = g.user_id AND u.active JOIN placement AS p ON p.user_id = u.id AND p.until_day IS NULL
		WHERE at.id = ` + node + ` AND u.id <> ` + person + ` AND p.unit_id <> ` + unit + ` AND ` + besides + `)`
}

// shotLeft and pleaLeft are who may still look at a picture s of a content c, and answer an objection o.
var (
	shotLeft = outsider("c.agency_id", "s.user_id", "s.unit_id",
		`NOT EXISTS (SELECT FROM screenshot_review AS r WHERE r.user_id = s.user_id AND r.screenshot_id = s.id AND r.reviewer_id = u.id)`)
	pleaLeft = outsider("o.desk_id", "o.user_id", "o.unit_id", `o.first_by IS DISTINCT FROM u.id`)
)

// someoneLeft tells whether anybody may still look at a picture.
func someoneLeft(ctx context.Context, tx *db.Tx, r reviewed) (bool, error) {
	row, err := db.Get[struct{ Somebody bool }](ctx, tx, `SELECT `+shotLeft+` AS somebody FROM screenshot AS s JOIN content AS c ON c.id = s.content_id
		WHERE s.user_id = @person AND s.id = @shot`, db.Args{"desk": Desk(), "person": int64(r.UserID), "shot": r.ID})
	return row.Somebody, err
}

// stuckSQL is what waits though nobody is left who may decide; whose says more of a row and of the node of its desk.
func stuckSQL(whose func(row, node string) string) string {
	return `SELECT true AS picture, s.id FROM screenshot AS s JOIN content AS c ON c.id = s.content_id
		WHERE s.state IN ('waiting', 'second', 'third') AND EXISTS ` + itsAct + ` AND ` + whose("s", "c.agency_id") + ` AND NOT ` + shotLeft + `
		UNION ALL SELECT false, o.id FROM objection AS o
		WHERE o.state IN ('received', 'examined') AND ` + whose("o", "o.desk_id") + ` AND NOT ` + pleaLeft
}

var (
	myStuck    = stuckSQL(func(row, _ string) string { return row + ".user_id = @person" })
	stuckBelow = stuckSQL(func(_, node string) string {
		return `EXISTS (SELECT FROM agency AS below WHERE below.id = ` + node + ` AND below.path && @roots::int4[])`
	})
	allStuck = stuckSQL(func(string, string) string { return "true" })
)

// thing is a picture or an objection.
type thing struct {
	Picture bool
	ID      int64
}

// stuckOf are the person's things that wait for nobody.
func (s *Service) stuckOf(ctx context.Context, person id.User) (map[thing]bool, error) {
	rows, err := db.All[thing](ctx, s.db, myStuck, db.Args{"desk": Desk(), "person": int64(person)})
	all := make(map[thing]bool, len(rows))
	for _, row := range rows {
		all[row] = true
	}
	return all, err
}

// Unattended is what waits though nobody outside the persons' own units is left, up to the root, who may decide.
type Unattended struct {
	Waiting int `json:"waiting" doc:"Screenshots and objections"`
}

// Stuck counts that for desks of the actor's subtree: whoever gives roles there can mend it.
func (s *Service) Stuck(ctx context.Context, actor org.Actor, of ...org.Role) (Unattended, error) {
	return db.Get[Unattended](ctx, s.db, `SELECT count(*) AS waiting FROM (`+stuckBelow+`) AS stuck`,
		db.Args{"desk": Desk(), "roots": actor.Roots(of...)})
}

// AllStuck counts it everywhere, for the alarm.
func (s *Service) AllStuck(ctx context.Context) (int, error) {
	row, err := db.Get[Unattended](ctx, s.db, `SELECT count(*) AS waiting FROM (`+allStuck+`) AS stuck`, db.Args{"desk": Desk()})
	return row.Waiting, err
}
