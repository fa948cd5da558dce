package content

import (
	"context"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/trust"
)

// Outcomes gives where each action of an actor would lead, or the code of its refusal, by the rule that every
// change asks, on what the database says of the actor and the item.
func (s *Service) Outcomes(ctx context.Context, actor org.Actor, content id.Content, actions []Action) (map[Action]string, error) {
	outcomes := map[Action]string{}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lock(ctx, tx, actor, content, Edit)
		if code := errs.CodeOf(err); err != nil && code != errs.NotFound && code != errs.Forbidden {
			return err
		}
		for _, action := range actions {
			to, refused := row.verdict(actor, action, &Seen{Version: row.Version, Step: row.Step})
			outcomes[action] = string(to)
			if refused != nil {
				outcomes[action] = string(errs.CodeOf(refused))
			}
			if errs.CodeOf(err) == errs.NotFound {
				outcomes[action] = string(errs.NotFound)
			}
		}
		return nil
	})
	return outcomes, err
}

// Finish ends a live item as its job does, at the service's clock.
func (s *Service) Finish(ctx context.Context, content id.Content) error { return s.end(ctx, content) }

// Look is what the clock's job does.
func (s *Service) Look(ctx context.Context, job ClockJob) error { return s.look(ctx, job) }

// Explain is how the database finds the first page of a search.
func (s *Service) Explain(ctx context.Context, actor org.Actor, f Filter) (string, error) {
	asked, err := asking(f.Search)
	if err != nil {
		return "", err
	}
	narrowed, args, err := s.narrowed(ctx, actor, f)
	if err != nil {
		return "", err
	}
	args["deepest"], args["rank"], args["before"], args["limit"] = deepest, 0, 0, 26
	var plan strings.Builder
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `SET LOCAL jit = off`); err != nil {
			return err
		}
		lines, err := db.All[struct {
			Line string `gorm:"column:QUERY PLAN"`
		}](ctx, tx, `EXPLAIN (ANALYZE, BUFFERS, COSTS off) `+rankedSQL(narrowed, asked.query(args)), db.PlanAnew, args)
		for _, one := range lines {
			plan.WriteString(one.Line + "\n")
		}
		return err
	})
	return plan.String(), err
}

// Turned is what the job does when an election mode begins.
func (s *Service) Turned(ctx context.Context, job trust.TurnedJob) error { return s.turned(ctx, job) }

// GoesLive is what the job of a scheduled item does.
func (s *Service) GoesLive(ctx context.Context, content id.Content) error {
	return s.goLive(ctx, content)
}
