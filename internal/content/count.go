package content

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/org"
)

// Counts tells how many items of each state there are behind a filter, its state apart.
func (s *Service) Counts(ctx context.Context, actor org.Actor, f Filter) (map[State]int, error) {
	f.State = ""
	narrowed, args, err := s.narrowed(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	settings := []string{`SET LOCAL jit = off`}
	if f.Search != "" {
		asked, err := asking(f.Search)
		if err != nil {
			return nil, err
		}
		narrowed += ` AND f.words @@ ` + asked.query(args)
		// The planner does not see that each row's words lie apart, and would walk all rows rather than the index of words.
		settings = append(settings, `SET LOCAL enable_seqscan = off`, `SET LOCAL enable_indexscan = off`)
	}
	counts := map[State]int{}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, setting := range settings {
			if _, err := db.Exec(ctx, tx, setting); err != nil {
				return err
			}
		}
		rows, err := db.All[struct {
			State State
			N     int
		}](ctx, tx, `SELECT c.state, count(*) AS n `+narrowed+` GROUP BY c.state`, db.PlanAnew, args)
		for _, row := range rows {
			counts[row.State] = row.N
		}
		return err
	})
	return counts, err
}
