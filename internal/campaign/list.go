package campaign

import (
	"context"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Campaign is one as the console reads it.
type Campaign struct {
	ID         id.Campaign `json:"id"`
	AgencyID   id.Agency   `json:"agency_id"`
	AgencyName string      `json:"agency_name"`
	AgencyZone string      `json:"agency_zone"`
	Version    int         `json:"version"`
	Plan
	State         string            `json:"state" gorm:"-" enum:"planned,running,ended" doc:"By the days, in the agency's zone"`
	ContentTitles []CampaignContent `json:"content_titles" gorm:"serializer:json" nullable:"false"`
	Progress      []Progress        `json:"progress" gorm:"-" nullable:"false"`
	Days          []CampaignDay     `json:"days" gorm:"-" nullable:"false" doc:"Up to today; empty in a list"`
	UpdatedAt     time.Time         `json:"updated_at"`
	MayWrite      bool              `json:"may_write" gorm:"-"`

	People int64             `json:"-"`
	Shares int64             `json:"-"`
	Path   db.IDs[id.Agency] `json:"-"`
}

// CampaignContent is a content of a campaign.
type CampaignContent struct {
	ID    id.Content `json:"id"`
	Title string     `json:"title"`
	State string     `json:"state"`
}

// A person who was reached by two of the contents counts twice, and one who came on two days: it is the sum of
// daily uniques, as in every report.
const selectSQL = `
SELECT c.id, c.agency_id, a.name AS agency_name, a.zone AS agency_zone, c.version, c.name, c.goal, c.from_day, c.to_day,
       c.people_target, c.shares_target, c.updated_at, a.path::text AS path, t.titles AS content_titles,
       (SELECT coalesce(sum(r.people), 0)::int8 FROM campaign_content AS x JOIN rollup_content_day AS r USING (content_id)
        WHERE x.campaign_id = c.id AND r.day BETWEEN c.from_day AND c.to_day) AS people,
       (SELECT count(*) FROM campaign_content AS x JOIN act USING (content_id)
        WHERE x.campaign_id = c.id AND act.kind = 'share' AND act.day BETWEEN c.from_day AND c.to_day) AS shares
FROM campaign AS c
JOIN agency AS a ON a.id = c.agency_id
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('id', o.id, 'title', v.title, 'state', o.state) ORDER BY o.id), '[]') AS titles
    FROM campaign_content AS x JOIN content AS o ON o.id = x.content_id
    JOIN content_version AS v ON v.content_id = o.id AND v.no = o.version
    WHERE x.campaign_id = c.id
) AS t
WHERE a.path && @roots::int4[]`

// Get reads one campaign of the actor's subtree, with its days.
func (s *Service) Get(ctx context.Context, actor org.Actor, campaign id.Campaign) (Campaign, error) {
	found, err := db.Get[Campaign](ctx, s.db, selectSQL+` AND c.id = @id`, db.Args{"roots": actor.Roots(Readers()...), "id": campaign})
	if errors.Is(err, db.ErrNoRow) {
		return found, notFound()
	}
	if err != nil {
		return found, err
	}
	found.finish(actor, s.db.Now())
	found.Days, err = s.days(ctx, campaign, found.From, min(found.To, period.LocalDay(s.db.Now(), period.MustZone(found.AgencyZone))))
	return found, err
}

// List reads the campaigns of the actor's subtree, newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[Campaign], error) {
	return page.Falling(ask, func(c Campaign) id.Campaign { return c.ID }, func(before id.Campaign, limit int) ([]Campaign, error) {
		rows, err := db.All[Campaign](ctx, s.db, selectSQL+` AND (@before::int4 = 0 OR c.id < @before) ORDER BY c.id DESC LIMIT @limit`,
			db.Args{"roots": actor.Roots(Readers()...), "before": before, "limit": limit})
		for i := range rows {
			rows[i].finish(actor, s.db.Now())
		}
		return rows, err
	})
}

// finish fills in what follows from the rest at a moment.
func (c *Campaign) finish(actor org.Actor, now time.Time) {
	zone := period.MustZone(c.AgencyZone)
	today := period.LocalDay(now, zone)
	switch {
	case today < c.From:
		c.State = "planned"
	case today > c.To:
		c.State = "ended"
	default:
		c.State = "running"
	}
	c.Progress, c.Days, c.Contents = []Progress{}, []CampaignDay{}, []id.Content{}
	if c.PeopleTarget != nil {
		c.Progress = append(c.Progress, progress("people_reached", *c.PeopleTarget, c.People, c.From, c.To, zone, now))
	}
	if c.SharesTarget != nil {
		c.Progress = append(c.Progress, progress("shares", *c.SharesTarget, c.Shares, c.From, c.To, zone, now))
	}
	for _, one := range c.ContentTitles {
		c.Contents = append(c.Contents, one.ID)
	}
	c.MayWrite = actor.Holds(c.Path, Writers()...)
}
