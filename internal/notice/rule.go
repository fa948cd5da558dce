package notice

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Rule is when the people of a node may be told of new contents. Every node has the rule of the nearest one
// above it that says its own.
type Rule struct {
	NodeID     id.Agency    `json:"node_id" doc:"Which node says so; 0: nobody does, it is Gaung's own"`
	NodeName   string       `json:"node_name"`
	Hours      string       `json:"hours" enum:"always,outside,inside" doc:"Prompts at any time, only outside or only inside working hours (Monday to Friday, 08.00 to 16.00)"`
	Holidays   bool         `json:"holidays" doc:"Quiet on holidays"`
	UrgentMost int          `json:"urgent_most" minimum:"0" maximum:"10" doc:"Urgent clarifications a day and publisher"`
	Season     *QuietSeason `json:"season,omitempty"`
}

// QuietSeason is a time with further quiet hours, such as Ramadan.
type QuietSeason struct {
	From      period.Day `json:"from"`
	To        period.Day `json:"to"`
	QuietFrom string     `json:"quiet_from" doc:"HH:MM, local"`
	QuietTo   string     `json:"quiet_to"`
}

// RuleDraft is what an administrator says for a node.
type RuleDraft struct {
	Hours      string       `json:"hours" enum:"always,outside,inside"`
	Holidays   bool         `json:"holidays"`
	UrgentMost int          `json:"urgent_most" minimum:"0" maximum:"10"`
	Season     *QuietSeason `json:"season,omitempty"`
}

// HeldRule is the rule that holds for a node, and whether it is its own.
type HeldRule struct {
	Rule
	Own bool `json:"own"`
}

// clock is a moment of a day, in whole minutes.
var clock = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

const longestSeason = 62 // days

type ruleRow struct {
	NodeID             id.Agency
	NodeName           string
	Hours              string
	Holidays           bool
	UrgentMost         int
	SeasonFrom         *period.Day
	SeasonTo           *period.Day
	QuietFrom, QuietTo string
}

// ruleOf finds the rule that holds on a path of the tree, from the root down.
func ruleOf(ctx context.Context, c db.Conn, path []id.Agency) (Rule, error) {
	row, err := db.Get[ruleRow](ctx, c, `SELECT r.node_id, a.name AS node_name, r.hours, r.holidays, r.urgent_most, r.season_from, r.season_to,
			coalesce(to_char(r.quiet_from, 'HH24:MI'), '') AS quiet_from, coalesce(to_char(r.quiet_to, 'HH24:MI'), '') AS quiet_to
		FROM notice_rule AS r JOIN agency AS a ON a.id = r.node_id WHERE r.node_id = ANY ($1::int4[]) ORDER BY array_position($1::int4[], r.node_id) DESC LIMIT 1`, path)
	if errors.Is(err, db.ErrNoRow) {
		return Rule{Hours: "always", Holidays: true, UrgentMost: usualUrgentAgency}, nil
	}
	rule := Rule{NodeID: row.NodeID, NodeName: row.NodeName, Hours: row.Hours, Holidays: row.Holidays, UrgentMost: row.UrgentMost}
	if row.SeasonFrom != nil && row.SeasonTo != nil {
		rule.Season = &QuietSeason{*row.SeasonFrom, *row.SeasonTo, row.QuietFrom, row.QuietTo}
	}
	return rule, err
}

func (s *Service) pathOf(ctx context.Context, c db.Conn, actor org.Actor, node id.Agency) ([]id.Agency, error) {
	found, err := db.Get[struct{ Path db.IDs[id.Agency] }](ctx, c, `SELECT path::text AS path FROM agency WHERE id = $1 AND path && $2::int4[]`, node, actor.Roots(org.Admin))
	if errors.Is(err, db.ErrNoRow) {
		return nil, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	return found.Path, err
}

// Rule reads what holds for a node of the actor's subtree.
func (s *Service) Rule(ctx context.Context, actor org.Actor, node id.Agency) (HeldRule, error) {
	path, err := s.pathOf(ctx, s.db, actor, node)
	if err != nil {
		return HeldRule{}, err
	}
	rule, err := ruleOf(ctx, s.db, path)
	return HeldRule{rule, rule.NodeID == node}, err
}

// SetRule lets a node say its own.
func (s *Service) SetRule(ctx context.Context, actor org.Actor, node id.Agency, draft RuleDraft) (HeldRule, error) {
	if err := draft.check(); err != nil {
		return HeldRule{}, err
	}
	args := db.Args{"node": node, "hours": draft.Hours, "holidays": draft.Holidays, "most": draft.UrgentMost, "from": nil, "to": nil, "quiet_from": nil, "quiet_to": nil}
	if season := draft.Season; season != nil {
		args["from"], args["to"], args["quiet_from"], args["quiet_to"] = season.From.String(), season.To.String(), season.QuietFrom, season.QuietTo
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := s.pathOf(ctx, tx, actor, node); err != nil {
			return err
		}
		args["now"] = tx.Now
		if _, err := db.Exec(ctx, tx, `INSERT INTO notice_rule (node_id, hours, holidays, urgent_most, season_from, season_to, quiet_from, quiet_to, updated_at)
			VALUES (@node, @hours, @holidays, @most, @from::date, @to::date, @quiet_from::text::time, @quiet_to::text::time, @now)
			ON CONFLICT (node_id) DO UPDATE SET hours = excluded.hours, holidays = excluded.holidays, urgent_most = excluded.urgent_most,
				season_from = excluded.season_from, season_to = excluded.season_to, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, updated_at = excluded.updated_at`, args); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: node, Action: "quiet.set", Subject: fmt.Sprintf("agency/%d", node),
			Detail: map[string]any{"hours": draft.Hours, "holidays": draft.Holidays, "urgent_most": draft.UrgentMost, "season": draft.Season != nil}})
	})
	if err != nil {
		return HeldRule{}, err
	}
	return s.Rule(ctx, actor, node)
}

// DropRule lets a node follow the nearest one above it again. Twice is once.
func (s *Service) DropRule(ctx context.Context, actor org.Actor, node id.Agency) (HeldRule, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := s.pathOf(ctx, tx, actor, node); err != nil {
			return err
		}
		if gone, err := db.Exec(ctx, tx, `DELETE FROM notice_rule WHERE node_id = $1`, node); err != nil || gone == 0 {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: node, Action: "quiet.drop", Subject: fmt.Sprintf("agency/%d", node)})
	})
	if err != nil {
		return HeldRule{}, err
	}
	return s.Rule(ctx, actor, node)
}

func (d RuleDraft) check() error {
	season := d.Season
	if season == nil {
		return nil
	}
	var f errs.Faults
	if season.To < season.From || season.To > season.From.Add(longestSeason) {
		f.Add("season.to", "Akhir masa harus sesudah awalnya, paling lama dua bulan.")
	}
	if !clock.MatchString(season.QuietFrom) {
		f.Add("season.quiet_from", "Isi jam seperti 17:30.")
	}
	if !clock.MatchString(season.QuietTo) || season.QuietTo <= season.QuietFrom {
		f.Add("season.quiet_to", "Isi jam sesudah jam mulai, pada hari yang sama, seperti 20:00.")
	}
	return f.Err()
}

func startOfDay(now time.Time, zone string) time.Time {
	in := period.MustZone(zone)
	return period.LocalDay(now, in).Start(in)
}

func startOfWeek(now time.Time, zone string) time.Time {
	in := period.MustZone(zone)
	return period.WeekOf(period.LocalDay(now, in)).From.Start(in)
}
