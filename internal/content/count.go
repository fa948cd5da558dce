package content

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/org"
)

// Counts tells how many items of each state there are behind a filter, its state apart.
func (s *Service) Counts(ctx context.Context, actor org.Actor, f Filter) (map[State]int, error) {
	said, among, words := "", "", f.Search
	f.State, f.Search = "", ""
	narrowed, args, err := s.narrowed(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	settings := []string{`SET LOCAL jit = off`}
	if words != "" {
		asked, err := asking(words)
		if err != nil {
			return nil, err
		}
		// The planner does not see that each row's words lie apart, and would read them all rather than their index.
		settings = append(settings, `SET LOCAL enable_seqscan = off`, `SET LOCAL enable_indexscan = off`)
		said = `WITH said AS MATERIALIZED (SELECT content_id FROM content_search WHERE words @@ ` + asked.query(args) + `) `
		among = ` JOIN said ON said.content_id = c.id`
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
		}](ctx, tx, said+`SELECT c.state, count(*) AS n FROM (SELECT c.id, c.state `+narrowed+`) AS c`+among+` GROUP BY c.state`, db.PlanAnew, args)
		for _, row := range rows {
			counts[row.State] = row.N
		}
		return err
	})
	return counts, err
}
