package directive

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Received is a directive as somebody reads whom it concerns.
type Received struct {
	ID             id.Directive `json:"id"`
	AgencyName     string       `json:"agency_name"`
	AgencyZone     string       `json:"agency_zone"`
	Number         string       `json:"number"`
	Title          string       `json:"title"`
	Body           string       `json:"body" doc:"Markdown; empty in a list"`
	Signer         string       `json:"signer"`
	SignedOn       period.Day   `json:"signed_on"`
	IssuedAt       time.Time    `json:"issued_at"`
	WithdrawnAt    *time.Time   `json:"withdrawn_at,omitempty"`
	WithdrawReason string       `json:"withdraw_reason"`
	Attachment     *Attachment  `json:"attachment,omitempty" gorm:"-"`
	Contents       []Titled     `json:"contents" gorm:"serializer:json" nullable:"false" doc:"Live contents of my own feed that carry it out"`
	ReadAt         *time.Time   `json:"read_at,omitempty" doc:"When I first opened it"`

	File string `json:"-"`
}

// concernsMe holds for a directive d that is for a node of the actor's path.
const concernsMe = `EXISTS (SELECT FROM directive_target AS t WHERE t.directive_id = d.id AND t.node_id = ANY(@path::int4[]))`

const receivedSQL = `
SELECT d.id, a.name AS agency_name, a.zone AS agency_zone, d.number, d.title, CASE WHEN @whole THEN d.body ELSE '' END AS body, d.signer,
       d.signed_on, d.issued_at, d.withdrawn_at, d.withdraw_reason, coalesce(d.attachment::text, '') AS file, r.at AS read_at, c.titles AS contents
FROM (SELECT DISTINCT directive_id FROM directive_target WHERE node_id = ANY(@path::int4[])) AS t
JOIN directive AS d ON d.id = t.directive_id AND d.state <> 'draft'
JOIN agency AS a ON a.id = d.agency_id
LEFT JOIN directive_read AS r ON r.user_id = @user AND r.directive_id = d.id
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('id', c.id, 'title', v.title, 'state', c.state) ORDER BY c.id), '[]') AS titles
    FROM directive_content AS x
    JOIN content AS c ON c.id = x.content_id AND c.state = 'live' AND (c.ends_at IS NULL OR c.ends_at > @now)
    JOIN content_version AS v ON v.content_id = c.id AND v.no = c.approved_version
    WHERE x.directive_id = d.id AND EXISTS (SELECT FROM content_target AS ct WHERE ct.content_id = c.id AND ct.node_id = ANY(@path::int4[]))
) AS c
WHERE true`

func (s *Service) received(ctx context.Context, actor org.Actor, more string, with db.Args) ([]Received, error) {
	with["path"], with["user"], with["now"] = actor.Path, actor.User, s.db.Now()
	rows, err := db.All[Received](ctx, s.db, receivedSQL+more, with)
	for i := range rows {
		if err != nil {
			return nil, err
		}
		rows[i].Attachment, err = attachmentOf(rows[i].File)
		if rows[i].WithdrawnAt != nil {
			rows[i].Body, rows[i].Attachment = "", nil
		}
	}
	return rows, err
}

// Inbox is a page of what concerns the actor, newest first.
type Inbox struct {
	page.Page[Received]
	Unread int64 `json:"unread" doc:"How many of all are new to me"`
}

// Received reads the directives that concern the actor, with whether they opened them.
func (s *Service) Received(ctx context.Context, actor org.Actor, ask page.Ask) (Inbox, error) {
	shown, err := page.Falling(ask, func(m Received) id.Directive { return m.ID }, func(before id.Directive, limit int) ([]Received, error) {
		return s.received(ctx, actor, ` AND (@before::int4 = 0 OR d.id < @before) ORDER BY d.id DESC LIMIT @limit`,
			db.Args{"before": before, "limit": limit, "whole": false})
	})
	if err != nil {
		return Inbox{}, err
	}
	unread, err := db.Get[struct{ Count int64 }](ctx, s.db, `SELECT count(DISTINCT d.id) AS count
		FROM directive_target AS t JOIN directive AS d ON d.id = t.directive_id AND d.state = 'issued'
		WHERE t.node_id = ANY($1::int4[]) AND NOT EXISTS (SELECT FROM directive_read AS r WHERE r.user_id = $2 AND r.directive_id = d.id)`, actor.Path, actor.User)
	return Inbox{shown, unread.Count}, err
}

// Open gives a directive to somebody whom it concerns, and notes that they opened it: once, and only in what
// is still in force.
func (s *Service) Open(ctx context.Context, actor org.Actor, directive id.Directive) (Received, error) {
	if err := s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO directive_read (user_id, directive_id, at)
			SELECT @user, d.id, @now FROM directive AS d WHERE d.id = @id AND d.state = 'issued' AND `+concernsMe+`
			ON CONFLICT DO NOTHING`, db.Args{"user": actor.User, "now": tx.Now, "id": directive, "path": actor.Path})
		return err
	}); err != nil {
		return Received{}, err
	}
	found, err := s.received(ctx, actor, ` AND d.id = @id`, db.Args{"id": directive, "whole": true})
	switch {
	case err != nil:
		return Received{}, err
	case len(found) == 0:
		return Received{}, notFound()
	}
	return found[0], nil
}

// OpenAll notes for the system itself (the demo world) that people have opened a directive: those of them whom
// it concerns on that day.
func (s *Service) OpenAll(ctx context.Context, directive id.Directive, people []id.User, at time.Time) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO directive_read (user_id, directive_id, at)
			SELECT p.user_id, $1::int4, $3::timestamptz
			FROM placement AS p JOIN agency AS u ON u.id = p.unit_id JOIN agency AS a ON a.id = p.agency_id
			CROSS JOIN LATERAL (SELECT ($3::timestamptz AT TIME ZONE a.zone)::date AS day) AS on_that
			WHERE p.user_id = ANY($2::int8[]) AND p.from_day <= day AND (p.until_day IS NULL OR p.until_day > day)
			  AND EXISTS (SELECT FROM directive_target AS t WHERE t.directive_id = $1 AND t.node_id = ANY(u.path))
			ON CONFLICT DO NOTHING`, directive, people, at)
		return err
	})
}
