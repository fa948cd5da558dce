package notice

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/proof"
)

// HearProof tells a person what became of their proof or objection, once, in the app alone.
func (s *Service) HearProof(ctx context.Context, news proof.NewsJob) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO notice (user_id, key, kind, content_id, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id, key) DO NOTHING`,
			news.To, news.Key, news.What, news.ContentID, news.At)
		return err
	})
}
