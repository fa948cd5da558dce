package trust

import (
	"context"
	"slices"
	"time"

	"gaung/internal/brand"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Mode is an election mode that holds.
type Mode struct {
	ID    id.Election
	Name  string
	Watch brand.Watch `gorm:"serializer:json"`
}

// Audience is where a content belongs: who publishes it, and whose feeds it enters.
type Audience struct {
	Agency  id.Agency
	Targets []id.Agency
}

// holds are the modes at an instant.
const holds = `e.ended_at IS NULL AND e.begins_at <= @at AND e.ends_at > @at`

// HoldingTx finds the modes that hold for a content at an instant: of the regions in which its publisher lies,
// and of those whose people it is meant for. Other regions are left alone.
func HoldingTx(ctx context.Context, c db.Conn, at time.Time, of Audience) ([]Mode, error) {
	if of.Targets == nil {
		of.Targets = []id.Agency{}
	}
	return db.All[Mode](ctx, c, `SELECT e.id, e.name, e.watch FROM election AS e JOIN agency AS n ON n.id = e.node_id
		WHERE `+holds+` AND (EXISTS (SELECT FROM agency AS a WHERE a.id = @agency::int8 AND n.id = ANY(a.path))
			OR EXISTS (SELECT FROM agency AS t WHERE t.id = ANY(@targets::int8[]) AND (n.id = ANY(t.path) OR t.id = ANY(n.path))))
		ORDER BY e.id`, db.Args{"at": at, "agency": of.Agency, "targets": of.Targets})
}

// HoldingOn finds the modes of the regions that a person, or a content, lies in.
func HoldingOn(ctx context.Context, c db.Conn, at time.Time, path []id.Agency) ([]Mode, error) {
	return db.All[Mode](ctx, c, `SELECT e.id, e.name, e.watch FROM election AS e WHERE `+holds+` AND e.node_id = ANY(@path::int4[]) ORDER BY e.id`,
		db.Args{"at": at, "path": path})
}

// HeldTx finds which of the agencies lie in a region where a mode holds now.
func HeldTx(ctx context.Context, tx *db.Tx, agencies []id.Agency) (map[id.Agency]bool, error) {
	rows, err := db.All[struct{ ID id.Agency }](ctx, tx, `SELECT a.id FROM agency AS a WHERE a.id = ANY(@agencies::int8[])
		AND EXISTS (SELECT FROM election AS e WHERE `+holds+` AND e.node_id = ANY(a.path))`, db.Args{"at": tx.Now, "agencies": agencies})
	held := map[id.Agency]bool{}
	for _, row := range rows {
		held[row.ID] = true
	}
	return held, err
}

// Neutrality is what a text says that it must not say under the modes that hold; none: nothing is looked for.
// Words that are only doubtful at other times are errors then.
func Neutrality(modes []Mode, text brand.Text, addresses []brand.Address) []brand.Finding {
	found := []brand.Finding{}
	for _, mode := range modes {
		for _, finding := range mode.Watch.LookIn(text, addresses) {
			if !told(found, finding) {
				found = append(found, finding)
			}
		}
	}
	if len(modes) == 0 {
		return found
	}
	for _, finding := range brand.Lint(brand.Kit{}, text) {
		if finding.Rule != "campaign" && finding.Rule != "campaign_word" {
			continue
		}
		finding.Severity = brand.Error
		if !told(found, finding) {
			found = append(found, finding)
		}
	}
	return found
}

// told leaves out what two modes, or a list and a rule, say about the same words.
func told(found []brand.Finding, f brand.Finding) bool {
	for _, other := range found {
		if other.Field == f.Field && other.Index == f.Index && other.From <= f.From && f.To <= other.To && (other.To > other.From || other.Quote == f.Quote) {
			return true
		}
	}
	return false
}

// Before sets what a mode says before what the house says, and leaves out what both say about the same words.
func Before(neutral, house []brand.Finding) []brand.Finding {
	all := slices.Clip(neutral)
	for _, finding := range house {
		if !told(neutral, finding) {
			all = append(all, finding)
		}
	}
	return all
}

// Findings tells an author, while they type, what the modes that hold for their audience do not allow.
func (s *Service) Findings(ctx context.Context, actor org.Actor, of Audience, text brand.Text, addresses []brand.Address) ([]brand.Finding, error) {
	seen, err := db.Get[struct{ N int }](ctx, s.db, `SELECT count(*) AS n FROM agency WHERE id = $1::int8 AND path && $2::int4[]`, of.Agency, actor.Roots(Readers()...))
	if err != nil || seen.N == 0 {
		return []brand.Finding{}, err
	}
	modes, err := HoldingTx(ctx, s.db, s.db.Now(), of)
	return Neutrality(modes, text, addresses), err
}

// RefuseWords refuses what a person is about to pass on while a mode holds where they work.
func RefuseWords(modes []Mode, field, own string) error {
	for _, finding := range Neutrality(modes, brand.Text{Captions: []string{own}}, nil) {
		if finding.Severity == brand.Error {
			return errs.InvalidField(field, "Tulisan Anda memuat “%s”. %s", finding.Quote, finding.Reason)
		}
	}
	return nil
}

// Holding is what everybody whom a mode concerns is told.
type Holding struct {
	Name     string     `json:"name"`
	NodeName string     `json:"node_name"`
	From     period.Day `json:"from" gorm:"column:from_day"`
	To       period.Day `json:"to" gorm:"column:to_day"`
}

// Mine are the modes that hold where the actor works.
func (s *Service) Mine(ctx context.Context, actor org.Actor) ([]Holding, error) {
	rows, err := db.All[Holding](ctx, s.db, `SELECT e.name, a.short_name AS node_name, e.from_day, e.to_day FROM election AS e JOIN agency AS a ON a.id = e.node_id
		WHERE `+holds+` AND e.node_id = ANY(@path::int4[]) ORDER BY e.id`, db.Args{"at": s.db.Now(), "path": actor.Path})
	if rows == nil {
		rows = []Holding{}
	}
	return rows, err
}
