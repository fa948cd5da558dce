package content

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
)

const (
	maxKey  = 100
	keyLife = 30 * 24 * time.Hour // longer than any device stays offline and tries again
)

// claimKey gives the item that a key has made before; 0: none yet. A twin that is being made is waited for.
func claimKey(ctx context.Context, tx *db.Tx, person id.User, key string) (id.Content, error) {
	if key == "" {
		return 0, nil
	}
	if len(key) > maxKey {
		return 0, errs.InvalidField("Idempotency-Key", "Kunci idempotensi berupa teks, paling panjang %d karakter.", maxKey)
	}
	row, err := db.Get[struct{ ContentID id.Content }](ctx, tx, `
		INSERT INTO content_request AS r (user_id, key, at) VALUES ($1, $2, $3)
		ON CONFLICT ON CONSTRAINT content_request_user_id_pkey DO UPDATE SET at = r.at RETURNING coalesce(content_id, 0) AS content_id`, person, key, tx.Now)
	return row.ContentID, err
}

func noteKey(ctx context.Context, tx *db.Tx, person id.User, key string, made id.Content) error {
	if key == "" {
		return nil
	}
	_, err := db.Exec(ctx, tx, `UPDATE content_request SET content_id = $3 WHERE user_id = $1 AND key = $2`, person, key, made)
	return err
}

type forgetKeysJob struct{}

// Kind names the job.
func (forgetKeysJob) Kind() string { return "content_forget_keys" }

func (s *Service) forgetKeys(ctx context.Context) error {
	_, err := db.Exec(ctx, s.db, `DELETE FROM content_request WHERE at < $1`, s.db.Now().Add(-keyLife))
	return err
}
