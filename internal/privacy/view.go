package privacy

import (
	"context"
	"encoding/json"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// DataView is that somebody saw or changed the actor's record. It tells the role and the office, never the colleague.
type DataView struct {
	ID     int64     `json:"id" doc:"Counts from the newest"`
	At     time.Time `json:"at"`
	What   string    `json:"what" doc:"An action of the audit log, or view.list, view.search, view.roles, view.request, view.objection, view.picture, view.roster, view.raffle"`
	Times  int       `json:"times" doc:"On this day"`
	Roles  string    `json:"roles" doc:"Roles that they hold now, with commas; empty: none"`
	Office string    `json:"office"`
}

// viewsSQL is what the audit log and the register of views tell about a person, newest first, by others. An
// agency is told as the office of now: who looked may have moved since. Each side gives no more than can be shown.
// The log's numbers rise with its times. It names a closed link by app_user/, and an objection by its own number;
// who judged a picture stands with the picture.
const viewsSQL = `SELECT at, what, times, coalesce((SELECT string_agg(DISTINCT g.role, ',' ORDER BY g.role) FROM user_role AS g
		WHERE g.user_id = v.by AND g.role IN ('operator', 'dpo', 'admin', 'publisher', 'approver')), '') AS roles,
		coalesce((SELECT a.name FROM placement AS p JOIN agency AS a ON a.id = p.agency_id
			WHERE p.user_id = v.by AND p.from_day <= @today::date AND (p.until_day IS NULL OR p.until_day > @today::date)), '') AS office
	FROM ((SELECT at, action AS what, 1 AS times, actor_id AS by FROM audit_log WHERE subject = @subject AND actor_id <> @me ORDER BY id DESC LIMIT @skip::int8 + @limit)
		UNION ALL (SELECT at, action, 1, actor_id FROM audit_log WHERE subject = 'app_user/' || @me::int4 AND actor_id <> @me ORDER BY id DESC LIMIT @skip::int8 + @limit)
		UNION ALL (SELECT at, 'proof.review', 1, reviewer_id FROM screenshot_review WHERE user_id = @me AND reviewer_id <> @me ORDER BY at DESC LIMIT @skip::int8 + @limit)
		UNION ALL (SELECT l.at, l.action, 1, l.actor_id FROM objection AS o JOIN audit_log AS l ON l.subject = 'objection/' || o.id
			WHERE o.user_id = @me AND l.actor_id <> @me AND l.action IN ('objection.take', 'objection.answer') ORDER BY l.id DESC LIMIT @skip::int8 + @limit)
		UNION ALL (SELECT at, 'view.' || what, times, viewer_id FROM person_view WHERE user_id = @me ORDER BY day DESC, at DESC LIMIT @skip::int8 + @limit)) AS v
	ORDER BY at DESC, what OFFSET @skip LIMIT @limit`

// farthestView bounds how far back the screen goes; the copy holds all of it.
const farthestView = 1000

// Views lists who saw or changed the actor's record, newest first.
func (s *Service) Views(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[DataView], error) {
	skip, err := page.Before[id.Act](ask) // counts from the newest; the log only grows
	if err != nil {
		return page.Page[DataView]{}, err
	}
	if skip > farthestView {
		return page.Page[DataView]{}, errs.InvalidField("after", "Riwayat yang lebih lama ada di salinan data Anda.")
	}
	rows, err := s.views(ctx, s.db, actor.User, int(skip), ask.Size()+1)
	if err != nil {
		return page.Page[DataView]{}, err
	}
	for i := range rows {
		rows[i].ID = int64(skip) + int64(i) + 1
	}
	return page.Of(ask, rows, func(v DataView) []string { return page.ByID(v.ID) }), nil
}

func (s *Service) views(ctx context.Context, c db.Conn, person id.User, skip, limit int) ([]DataView, error) {
	return db.All[DataView](ctx, c, viewsSQL, db.Args{"me": int64(person), "subject": userSubject(person),
		"today": s.db.Now(), "skip": skip, "limit": limit})
}

// Occasion is where a person's record was seen.
type Occasion string

// The occasions.
const (
	Listed   Occasion = "list"      // one of a list of people
	Found    Occasion = "search"    // somebody looked for them
	RolesOf  Occasion = "roles"     // their roles were opened
	Answered Occasion = "request"   // their request was opened
	Objected Occasion = "objection" // a desk read their objection, and with it who they are
	Pictured Occasion = "picture"   // a reviewer opened their picture of a screen, whatever came of it
	Imported Occasion = "roster"    // an import of a roster added, changed or moved them, or ended their placement
	Drawn    Occasion = "raffle"    // they were named among those whose numbers were drawn
)

// Saw notes whom the actor was shown: once a day for each person and occasion, all of a list in one statement.
func (s *Service) Saw(ctx context.Context, actor org.Actor, what Occasion, people ...id.User) error {
	if len(people) == 0 {
		return nil
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return saw(ctx, tx, actor.User, what, people) })
}

// ImportedTx notes in the caller's transaction whose record an import touched, for user.Desk.
func ImportedTx(ctx context.Context, tx *db.Tx, by id.User, people []id.User) error {
	return saw(ctx, tx, by, Imported, people)
}

func saw(ctx context.Context, tx *db.Tx, by id.User, what Occasion, people []id.User) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO person_view AS v (user_id, day, viewer_id, what, times, at)
		SELECT p.id, ($4::timestamptz AT TIME ZONE 'UTC')::date, $2, $3, 1, $4 FROM (SELECT DISTINCT unnest($1::int4[]) AS id) AS p WHERE p.id <> $2
		ON CONFLICT ON CONSTRAINT person_view_user_id_pkey DO UPDATE SET times = v.times + 1, at = excluded.at`,
		people, by, what, tx.Now)
	return err
}

// seenList is who looked, as a list of the copy.
func (s *Service) seenList(ctx context.Context, tx *db.Tx, person id.User) (list, error) {
	rows, err := s.views(ctx, tx, person, 0, 100*farthestView)
	l := list{"seen_by", []string{"at", "what", "times", "roles", "office"}, make([]json.RawMessage, len(rows))}
	for i, v := range rows {
		row, err := json.Marshal(map[string]any{"at": v.At, "what": v.What, "times": v.Times, "roles": v.Roles, "office": v.Office})
		if err != nil {
			return l, err
		}
		l.Rows[i] = row
	}
	return l, err
}
