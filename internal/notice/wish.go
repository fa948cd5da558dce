package notice

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/org"
)

// Wish is whether a person wants to be prompted. It is theirs alone: nobody else can read it.
type Wish struct {
	On bool `json:"on"`
}

// Wish reads the actor's own.
func (s *Service) Wish(ctx context.Context, actor org.Actor) (Wish, error) {
	off, err := db.Get[struct{ N int }](ctx, s.db, `SELECT count(*) AS n FROM prompt_off WHERE user_id = $1`, actor.User)
	return Wish{off.N == 0}, err
}

// SetWish switches the actor's prompts on or off. What is held for them goes at once.
func (s *Service) SetWish(ctx context.Context, actor org.Actor, on bool) (Wish, error) {
	return Wish{on}, s.db.Tx(ctx, func(tx *db.Tx) error {
		if on {
			_, err := db.Exec(ctx, tx, `DELETE FROM prompt_off WHERE user_id = $1`, actor.User)
			return err
		}
		if _, err := db.Exec(ctx, tx, `INSERT INTO prompt_off (user_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, actor.User, tx.Now); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `DELETE FROM prompt_held WHERE user_id = $1`, actor.User)
		return err
	})
}
