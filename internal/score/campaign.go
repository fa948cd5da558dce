package score

import (
	"context"
	_ "embed"
	"errors"
	"regexp"
	"strings"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

//go:embed sql/campaign.sql
var campaignSQL string

// campaignDays are the days in which a campaign's contents count on its board.
type campaignDays struct {
	ID      id.Campaign
	Content id.Content
	From    period.Day
	To      period.Day
}

func campaignKey(campaign id.Campaign) int32 { return campaignKeyBase + int32(campaign) }

// campaignsOf finds the campaigns of what was counted. A content is in one at most.
func campaignsOf(ctx context.Context, tx *db.Tx, counted []click.Counted) (map[id.Content]campaignDays, error) {
	contents := map[id.Content]bool{}
	var list []int32
	for _, c := range counted {
		if !contents[c.Content] {
			contents[c.Content], list = true, append(list, int32(c.Content))
		}
	}
	found, err := db.All[campaignDays](ctx, tx, `SELECT c.id, x.content_id AS content, c.from_day AS "from", c.to_day AS "to"
		FROM campaign_content AS x JOIN campaign AS c ON c.id = x.campaign_id WHERE x.content_id = ANY ($1::int4[])`, list)
	of := map[id.Content]campaignDays{}
	for _, one := range found {
		of[one.Content] = one
	}
	return of, err
}

func (c campaignDays) holds(day period.Day) bool { return c.ID != 0 && c.From <= day && day <= c.To }

// Campaign makes the board of a campaign anew from the ledger: its contents or days were changed. Meanwhile
// clicks wait.
func (s *Service) Campaign(ctx context.Context, campaign id.Campaign) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := standStill(ctx, tx); err != nil {
			return err
		}
		args := db.Args{"campaign": int32(campaign), "period": campaignKey(campaign), "periods": []int32{campaignKey(campaign)},
			"today": period.LocalDay(tx.Now, period.MustZone("Asia/Jakarta")).String()}
		for _, statement := range []string{
			`SET LOCAL statement_timeout = '10min'`,
			`DELETE FROM hist WHERE period = @period`,
			`DELETE FROM hist_hi WHERE period = @period`,
			campaignSQL,
			`INSERT INTO hist (period, scope, points, n) ` + countedSQL,
			`INSERT INTO hist_hi (period, scope, hi, n) SELECT period, scope, points >> 8, sum(n) FROM hist WHERE period = @period GROUP BY 1, 2, 3`,
		} {
			var with []any
			if strings.Contains(statement, "@") {
				with = append(with, args)
			}
			if _, err := tx.Pgx().Exec(ctx, statement, with...); err != nil {
				return db.Error(err)
			}
		}
		return nil
	})
}

var campaignWritten = regexp.MustCompile(`^campaign-(\d{1,9})$`)

// Campaigners see the campaigns of their subtree; everybody sees those of the nodes that they work under.
func campaigners() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Leader, org.Auditor, org.Admin}
}

const openCampaignsSQL = `SELECT c.id, c.name, c.from_day AS "from", c.to_day AS "to" FROM campaign AS c JOIN agency AS a ON a.id = c.agency_id
	WHERE (c.agency_id = ANY (@path::int4[]) OR a.path && @roots::int4[])`

// CampaignBoard is a campaign that has a board.
type CampaignBoard struct {
	ID   id.Campaign `json:"id"`
	Name string      `json:"name"`
	From period.Day  `json:"from"`
	To   period.Day  `json:"to"`
}

// keptOpen is how long after its end a campaign is offered; its board stays.
const keptOpen = 90

// Campaigns are those whose boards the actor may choose: begun, and not long over, newest first.
func (s *Service) Campaigns(ctx context.Context, actor org.Actor) ([]CampaignBoard, error) {
	today := period.LocalDay(s.db.Now(), zoneOf(actor))
	return db.All[CampaignBoard](ctx, s.db, openCampaignsSQL+` AND c.from_day <= @today::date AND c.to_day >= @since::date ORDER BY c.from_day DESC, c.id DESC LIMIT 20`,
		db.Args{"path": actor.Path, "roots": actor.Roots(campaigners()...), "today": today.String(), "since": today.Add(-keptOpen).String()})
}

func (s *Service) campaignSpan(ctx context.Context, actor org.Actor, written string) (span, error) {
	number, _ := id.Parse[id.Campaign](campaignWritten.FindStringSubmatch(written)[1]) // digits; 0 is nobody's
	one, err := db.Get[CampaignBoard](ctx, s.db, openCampaignsSQL+` AND c.id = @id`,
		db.Args{"path": actor.Path, "roots": actor.Roots(campaigners()...), "id": int64(number)})
	if errors.Is(err, db.ErrNoRow) {
		return span{}, errs.New(errs.NotFound, "Kampanye tidak ditemukan. Pilih minggu atau bulan.")
	}
	return span{campaignKey(one.ID), false, ScopePeriod{Name: written, Title: one.Name, Kind: period.Campaign, From: one.From, To: one.To}}, err
}
