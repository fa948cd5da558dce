package click

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/period"
)

// Change is how many clicks went from one verdict to another.
type Change struct {
	Before, After Verdict
	Clicks        int64
}

// Reclassified is what was done to the clicks of one visitor day.
type Reclassified struct {
	Day     period.Day
	Judged  int64 // by the present rules now; those they already had judged are not among them
	Changes []Change
}

// pagesAtOnce is how much of a partition one transaction takes: about 15,000 clicks.
const pagesAtOnce = 128

// Reclassify judges by the present rules what older ones judged, as far back as user agents are kept, and
// corrects what had been counted. It may be stopped, started again, run twice at once, and run while clicks
// arrive: a click that bears the present rules' number is done, and one process is at a day at a time. done is
// told after each day, the oldest first.
func (s *Service) Reclassify(ctx context.Context, done func(Reclassified) error) error {
	return s.reclassify(ctx, pagesAtOnce, done)
}

func (s *Service) reclassify(ctx context.Context, atOnce int64, done func(Reclassified) error) error {
	days, err := s.daysToReclassify(ctx)
	if err != nil {
		return err
	}
	for _, day := range days {
		one, err := s.reclassifyDay(ctx, day, atOnce)
		if err == nil {
			err = done(one)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", day, err)
		}
	}
	return nil
}

func (s *Service) daysToReclassify(ctx context.Context) (days []period.Day, err error) {
	today := period.VisitorDay(s.db.Now())
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		present, err := partitionsOf(ctx, tx, "click")
		for _, day := range present {
			if day >= today.Add(-agentDays) && day <= today {
				days = append(days, day)
			}
		}
		slices.Sort(days)
		return err
	})
	return days, err
}

// reclassifyDay goes through a partition page by page: a row that is written anew goes to its end, bearing
// the present rules' number, and so does every click that arrives.
func (s *Service) reclassifyDay(ctx context.Context, day period.Day, atOnce int64) (Reclassified, error) {
	r := &reclassifier{service: s, judge: s.judge, day: day, table: partitionName("click", day), why: "reclassified"}
	pages, err := db.Get[struct{ N int64 }](ctx, s.db, `SELECT pg_relation_size(quote_ident($1)::regclass) / current_setting('block_size')::int8 AS n`, r.table)
	if err != nil {
		return Reclassified{}, err
	}
	all := map[Change]int64{}
	done := Reclassified{Day: day}
	for page := int64(0); page < pages.N; page += atOnce {
		var part tally
		err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
			part, err = r.pages(ctx, tx, page, page+atOnce)
			return err
		})
		if err != nil {
			return done, err
		}
		done.Judged += part.judged
		for change, n := range part.changes {
			all[change] += n
		}
	}
	for change, n := range all {
		change.Clicks = n
		done.Changes = append(done.Changes, change)
	}
	slices.SortFunc(done.Changes, func(a, b Change) int { return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(a.After, b.After)) })
	return done, nil
}

// tally counts what one transaction did.
type tally struct {
	judged  int64
	changes map[Change]int64 // keyed by the verdicts alone
}

// write enters the counts into the audit log, in the transaction that they are of.
func (t tally) write(ctx context.Context, tx *db.Tx, day period.Day) error {
	if t.judged == 0 {
		return nil
	}
	changes := map[string]int64{}
	for change, n := range t.changes {
		changes[change.Before.String()+" > "+change.After.String()] = n
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Action: "click.reclassify", Subject: "click/" + day.String(),
		Detail: map[string]any{"rule": RuleVersion, "judged": t.judged, "changes": changes}})
}

// minus are the sums by which the second differs from the first.
func (all rollups) minus(before rollups) rollups {
	for _, pair := range [][2]rollup{{all.contentDay, before.contentDay}, {all.nodeDay, before.nodeDay}, {all.nodeMonth, before.nodeMonth},
		{all.nodeChannelDay, before.nodeChannelDay}, {all.nodeHour, before.nodeHour}, {all.userMonth, before.userMonth}} {
		for key, was := range pair[1].rows {
			pair[0].add(key, sums{-was.valid, -was.people, -was.repeats, -was.machines})
		}
		maps.DeleteFunc(pair[0].rows, func(_ rollupKey, s sums) bool { return s == sums{} })
	}
	return all
}
