// Package score owns the ledger, the scores and the leaderboards. What ranks persons is people reached:
// the readers' act, never a payment for sharing.
package score

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/period"
)

//go:embed sql/post.sql
var postSQL string

// Service reads the boards.
type Service struct {
	db    *db.DB
	live  *live
	queue *job.Queue // tells that seasons have closed; nil: nobody listens
	needs []func(context.Context, *db.Tx, int32) error
}

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d, live: newLive(d)} }

// Tell has others hear of seasons that have closed, by ClosedJob.
func (s *Service) Tell(queue *job.Queue) *Service {
	s.queue = queue
	return s
}

// Consent lets whoever hangs something on a planned season refuse a change that would leave it without sense. It is
// asked in the transaction of the change, with the season as it would become.
func (s *Service) Consent(may func(ctx context.Context, tx *db.Tx, season int32) error) {
	s.needs = append(s.needs, may)
}

// Post is called in the transaction that counts clicks, or takes them back: it enters people reached into
// the ledger, the scores and the histograms.
func Post(ctx context.Context, tx *db.Tx, counted []click.Counted) error {
	// A preview is nobody who reads.
	counted = slices.DeleteFunc(slices.Clone(counted), func(c click.Counted) bool { return c.Verdict != click.Valid })
	if len(counted) == 0 {
		return nil
	}
	if err := posting(ctx, tx); err != nil {
		return err
	}
	if err := enter(ctx, tx, counted); err != nil {
		return err
	}
	seasons, err := openSeasons(ctx, tx)
	if err != nil {
		return err
	}
	campaigns, err := campaignsOf(ctx, tx, counted)
	if err != nil {
		return err
	}
	sums := map[scoreKey]int32{}
	where := map[id.User]click.Counted{}
	for _, c := range counted {
		where[c.User] = c
		for _, p := range []period.Period{period.MonthOf(c.Day), period.WeekOf(c.Day)} {
			sums[scoreKey{c.User, p.Key()}] += c.Delta
		}
		for _, season := range seasons {
			if season.holds(c.Day) {
				sums[scoreKey{c.User, season.key()}] += c.Delta
			}
		}
		if of := campaigns[c.Content]; of.holds(c.Day) {
			sums[scoreKey{c.User, campaignKey(of.ID)}] += c.Delta
		}
	}
	var users, periods, agencies, units, amounts []int32
	taken := map[string]int32{}
	for key, amount := range sums {
		if amount == 0 {
			continue
		}
		if amount < 0 {
			taken[fmt.Sprintf("%d/%d", key.user, key.period)] = amount
		}
		users, periods, amounts = append(users, int32(key.user)), append(periods, key.period), append(amounts, amount)
		agencies, units = append(agencies, int32(where[key.user].Agency)), append(units, int32(where[key.user].Unit))
	}
	_, err = tx.Pgx().Exec(ctx, postSQL, db.Args{"users": users, "periods": periods, "agencies": agencies, "units": units,
		"amounts": amounts, "taken": taken})
	return db.Error(err)
}

type scoreKey struct {
	user   id.User
	period int32
}

//go:embed sql/enter.sql
var enterSQL string

// enter appends one row for each person, content, network, day and unit of the batch; a negative one takes back.
func enter(ctx context.Context, tx *db.Tx, counted []click.Counted) error {
	type entry struct {
		user    id.User
		content id.Content
		day     period.Day
		channel click.Channel
		why     string
		unit    id.Agency
	}
	amounts := map[entry]int32{}
	for _, c := range counted {
		amounts[entry{c.User, c.Content, c.Day, c.Channel, c.Why, c.Unit}] += c.Delta
	}
	maps.DeleteFunc(amounts, func(_ entry, amount int32) bool { return amount == 0 })
	order := slices.SortedFunc(maps.Keys(amounts), func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.user, b.user), cmp.Compare(a.content, b.content), cmp.Compare(a.day, b.day), cmp.Compare(a.channel, b.channel), cmp.Compare(a.why, b.why), cmp.Compare(a.unit, b.unit))
	})
	var users, contents, sums, units []int32
	var days []string
	var channels []int16
	var reasons []string
	for _, e := range order {
		users, contents = append(users, int32(e.user)), append(contents, int32(e.content))
		sums, days, channels = append(sums, amounts[e]), append(days, e.day.String()), append(channels, int16(e.channel))
		reasons, units = append(reasons, e.why), append(units, int32(e.unit))
	}
	_, err := tx.Pgx().Exec(ctx, enterSQL, users, contents, sums, days, tx.Now, channels, reasons, units)
	return db.Error(err)
}
