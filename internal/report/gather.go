package report

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"gaung/internal/org"
)

// beside is how many statements of one report are worked at once: with more than there are processors the dearest, which
// takes as long as all others together, would only wait for its own. The database is taken to be of the same kind.
func beside() int { return min(max(2, runtime.GOMAXPROCS(0)), 4) }

// gathered is all that was read for a report. What is withheld was not read.
type gathered struct {
	now, before sums
	days        []DayRow
	contents    []publishedRow
}

// sums are what is read for each of the two spans.
type sums struct {
	figures
	channels []channelRow
	children []childRow
}

// gather reads the statements beside each other, the dearest first.
func (s *Service) gather(ctx context.Context, now, before span) (all gathered, err error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(beside())
	spans := []struct {
		span
		into *sums
	}{{now, &all.now}, {before, &all.before}}
	for _, of := range spans {
		group.Go(func() error { return one(ctx, s, "figures", of.span, &of.into.figures) })
	}
	paces := [2]pace{} // apart until all have ended: figures is written whole
	acts := [2][]done{}
	for i, of := range spans {
		group.Go(func() error { return one(ctx, s, "pace", of.span, &paces[i]) })
		group.Go(func() error { return many(ctx, s, "acts", of.span, &acts[i]) })
		group.Go(func() error { return many(ctx, s, "channels", of.span, &of.into.channels) })
		if now.known() {
			group.Go(func() error { return many(ctx, s, "units", of.span, &of.into.children) })
		}
	}
	if now.known() {
		group.Go(func() error { return many(ctx, s, "days", now, &all.days) })
		group.Go(func() (err error) { all.contents, err = s.contents(ctx, now, before); return err })
	}
	err = group.Wait()
	for i, of := range spans {
		of.into.Acts, of.into.Pace = acts[i], paces[i]
		if of.into.ActiveSharers == nil || *of.into.ActiveSharers < org.SmallestGroup {
			of.into.Pace.Speed, of.into.Pace.Originality = nil, nil // a few would be told apart
		}
	}
	return all, err
}

// one reads the only row of a statement, unless the days are withheld.
func one[T any](ctx context.Context, s *Service, statement string, days span, into *T) error {
	if !days.known() {
		return nil
	}
	found, err := rows[T](ctx, s.db, statement, days)
	if err == nil {
		*into = found[0]
	}
	return err
}

// many reads the rows of a statement, unless the days are withheld.
func many[T any](ctx context.Context, s *Service, statement string, days span, into *[]T) (err error) {
	if days.known() {
		*into, err = rows[T](ctx, s.db, statement, days)
	}
	return err
}
