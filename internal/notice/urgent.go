package notice

import (
	"context"
	"errors"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// How often a person gets the urgent way: once a day (the SQL says so), and so often a week.
const (
	mostUrgentWeek    = 3
	usualUrgentAgency = 2 // a day and publisher, unless a node says otherwise
)

// Urgency is what is left of the urgent way for a clarification, before it is published.
type Urgency struct {
	Clarification bool `json:"clarification" doc:"Only a clarification may go the urgent way"`
	Used          int  `json:"used" doc:"By its publisher today"`
	Most          int  `json:"most" doc:"A day and publisher"`
	PerDay        int  `json:"per_day" doc:"Of a person"`
	PerWeek       int  `json:"per_week"`
	People        *int `json:"people" doc:"Of the audience; one to four are not told: null"`
	Spent         *int `json:"spent" doc:"Who has had the most of the day or the week: to them it goes as an ordinary prompt"`
}

type budget struct {
	Used, Most int
	Zone       string
}

// publisherBudget counts the urgent clarifications of a content's publisher on the present day, without this one.
func publisherBudget(ctx context.Context, c db.Conn, item id.Content, now time.Time) (budget, error) {
	return db.Get[budget](ctx, c, `SELECT a.zone, coalesce((SELECT r.urgent_most FROM notice_rule AS r WHERE r.node_id = ANY (a.path)
				ORDER BY array_position(a.path, r.node_id) DESC LIMIT 1), $3) AS most,
			(SELECT count(DISTINCT w.content_id) FROM content AS o JOIN prompt_wave AS w ON w.content_id = o.id AND w.urgent
			 WHERE o.agency_id = c.agency_id AND o.id <> c.id AND o.published_at >= date_trunc('day', $2::timestamptz AT TIME ZONE a.zone) AT TIME ZONE a.zone) AS used
		FROM content AS c JOIN agency AS a ON a.id = c.agency_id WHERE c.id = $1`, item, now, usualUrgentAgency)
}

// Urgency reads both budgets for a content of the actor's subtree.
func (s *Service) Urgency(ctx context.Context, actor org.Actor, item id.Content) (Urgency, error) {
	of, err := db.Get[struct{ Clarification bool }](ctx, s.db, `SELECT v.kind = 'klarifikasi' AS clarification FROM content AS c
		JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version JOIN agency AS a ON a.id = c.agency_id
		WHERE c.id = $1 AND a.path && $2::int4[]`, item, actor.Roots(content.Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return Urgency{}, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	if err != nil || !of.Clarification {
		return Urgency{PerDay: 1, PerWeek: mostUrgentWeek, Most: usualUrgentAgency}, err
	}
	now := s.db.Now()
	left, err := publisherBudget(ctx, s.db, item, now)
	if err != nil {
		return Urgency{}, err
	}
	// Who has had urgent ones this week is found by the waves of the week: there are few, and their people are.
	reach, err := db.Get[struct{ People, Spent int }](ctx, s.db, `WITH audience AS MATERIALIZED (
			SELECT DISTINCT p.user_id FROM placement AS p JOIN agency AS unit ON unit.id = p.unit_id JOIN app_user AS u ON u.id = p.user_id AND u.active
			WHERE unit.path && ARRAY(SELECT node_id FROM content_target WHERE content_id = @item) AND p.until_day IS NULL)
		SELECT count(*) AS people, count(*) FILTER (WHERE EXISTS (SELECT FROM prompt_wave AS w WHERE w.urgent AND w.began_at > @week)
			AND (SELECT count(*) >= @most_week OR count(*) FILTER (WHERE n.at >= @midnight) >= 1 FROM notice AS n
				WHERE n.user_id = a.user_id AND n.urgent AND n.at + interval '0' >= @monday)) AS spent
		FROM audience AS a`, db.PlanAnew, db.Args{"item": item, "week": now.AddDate(0, 0, -9), "most_week": mostUrgentWeek,
		"midnight": startOfDay(now, left.Zone), "monday": startOfWeek(now, left.Zone)})
	return Urgency{true, left.Used, left.Most, 1, mostUrgentWeek, hidden(reach.People), hidden(reach.Spent)}, err
}
