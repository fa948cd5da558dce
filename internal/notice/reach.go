package notice

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/integrity"
)

// HearReach tells a person once what became of their count, in the app alone.
func (s *Service) HearReach(ctx context.Context, news integrity.NewsJob) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO notice (user_id, key, kind, at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, key) DO NOTHING`,
			news.To, news.Key, news.What, news.At)
		return err
	})
}
