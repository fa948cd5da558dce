package disclosure

import (
	"context"
	"errors"

	"github.com/maypok86/otter/v2"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
)

// Month is what was asked for in one month below a node, and what came of it. The figures are those of the
// leadership report, by the same query; null where it shows none.
type Month struct {
	Month          string   `json:"month" example:"2026-11"`
	Complete       bool     `json:"complete" doc:"False: the month runs, and the figures go up to the end of yesterday"`
	Asked          int64    `json:"asked" doc:"Contents that civil servants were asked to share"`
	Mandated       int64    `json:"mandated" doc:"Of them, those that a letter asked for"`
	Clarifications int64    `json:"clarifications"`
	Recalled       int64    `json:"recalled" doc:"Of them, those withdrawn since"`
	Eligible       *float64 `json:"eligible"`
	ActiveSharers  *float64 `json:"active_sharers"`
	ShareRate      *float64 `json:"share_rate"`
	Shares         *float64 `json:"shares"`
	ProvenShares   *float64 `json:"proven_shares"`
	PeopleReached  *float64 `json:"people_reached"`
}

// Sums are the last twelve months of a node, the newest first, back to when it began.
type Sums struct {
	Node    Office          `json:"node"`
	Months  []Month         `json:"months" nullable:"false"`
	Metrics []metric.Metric `json:"metrics" nullable:"false" doc:"What the figures mean"`
}

// reached is how many months there are sums of.
const reached = 12

// known are sums that were read once: those of days that are over stay the same all day.
type known = otter.Cache[knownKey, []Month]

// knownKey is a node as it was known on a day of its own clock.
type knownKey struct {
	node  id.Agency
	today period.Day
}

// mostKnown is enough for every office of the nation on two days.
const mostKnown = 8192

// Sums reads the sums of a node: of the highest when none is named. A node is counted once a day, however many ask.
func (s *Service) Sums(ctx context.Context, node id.Agency) (Sums, error) {
	found, err := db.Get[struct {
		Office
		Zone string
	}](ctx, s.db, `SELECT id, name, kind, cardinality(path) AS depth, zone FROM agency
		WHERE kind <> 'unit' AND CASE WHEN $1 = 0 THEN parent_id IS NULL ELSE id = $1 END ORDER BY id LIMIT 1`, node)
	if errors.Is(err, db.ErrNoRow) {
		return Sums{}, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	if err != nil {
		return Sums{}, err
	}
	sums := Sums{Node: found.Office, Metrics: []metric.Metric{}}
	for _, key := range shownMetrics {
		sums.Metrics = append(sums.Metrics, metric.Named(key))
	}
	of := knownKey{found.ID, period.LocalDay(s.db.Now(), period.MustZone(found.Zone))}
	sums.Months, err = s.known.Get(ctx, of, otter.LoaderFunc[knownKey, []Month](s.count))
	return sums, err
}

// count reads a node's months up to the end of yesterday.
func (s *Service) count(ctx context.Context, of knownKey) ([]Month, error) {
	yesterday := of.today.Add(-1)
	last := period.MonthOf(yesterday)
	first := last
	for range reached - 1 {
		first = period.MonthOf(first.From.Add(-1))
	}
	rows, err := db.All[Month](ctx, s.db, askedSQL, db.Args{"node": of.node, "from": first.From.String(), "to": yesterday.String()})
	if err != nil {
		return nil, err
	}
	asked, months := map[string]Month{}, []Month{}
	for _, row := range rows {
		asked[row.Month] = row
	}
	for span := last; span.From >= first.From; span = period.MonthOf(span.From.Add(-1)) {
		month := asked[span.String()]
		month.Month, month.Complete = span.String(), span.To <= yesterday
		if err := s.fill(ctx, &month, of.node, span.From, min(span.To, yesterday)); err != nil {
			return nil, err
		}
		months = append(months, month)
	}
	for n := len(months); n > 1 && months[n-1].Asked == 0 && months[n-1].Eligible == nil; n-- {
		months = months[:n-1] // before anything began
	}
	return months, nil
}

// shownMetrics are the report's figures that the register shows.
var shownMetrics = []string{"eligible", "active_sharers", "share_rate", "shares", "proven_shares", "people_reached"}

// fill reads the leadership report's figures.
func (s *Service) fill(ctx context.Context, m *Month, node id.Agency, from, to period.Day) error {
	leader := org.Actor{Agency: node, Grants: []org.Grant{{Role: org.Leader, Agency: node}}}
	made, err := s.report.Engagement(ctx, leader, report.Query{Agency: node, From: from.String(), To: to.String()})
	values := map[string]*float64{}
	for _, value := range made.Metrics {
		values[value.Key] = value.Value
	}
	m.Eligible, m.ActiveSharers, m.ShareRate = values["eligible"], values["active_sharers"], values["share_rate"]
	m.Shares, m.ProvenShares, m.PeopleReached = values["shares"], values["proven_shares"], values["people_reached"]
	return err
}
