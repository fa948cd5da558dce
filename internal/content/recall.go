package content

import (
	"context"
	"errors"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Recall withdraws a live item at once: it leaves every feed, it can no longer be shared, and its links
// lead to the correction where there is one.
func (s *Service) Recall(ctx context.Context, actor org.Actor, content id.Content, reason string, correction id.Content) (Content, error) {
	reason, err := checkReason(reason, "Tuliskan alasan penarikan; alasan ini dibaca oleh semua yang sudah membagikan.")
	if err != nil {
		return Content{}, err
	}
	return s.change(ctx, actor, content, Recall, func(tx *db.Tx, row item, to State) error {
		if err := checkCorrection(ctx, tx, actor, row, correction); err != nil {
			return err
		}
		if err := hideFromFeeds(ctx, tx, row); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, recalled_at = $3, recall_reason = $4, correction_id = nullif($5, 0), updated_at = $3 WHERE id = $1`,
			row.ID, to, tx.Now, reason, int64(correction))
		if err != nil {
			return err
		}
		return s.announce(ctx, tx, row, to)
	})
}

// checkCorrection wants a live item that the actor may see.
func checkCorrection(ctx context.Context, tx *db.Tx, actor org.Actor, row item, correction id.Content) error {
	if correction == 0 {
		return nil
	}
	_, err := db.Get[struct{ ID id.Content }](ctx, tx, `SELECT c.id FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		WHERE c.id = $1 AND c.id <> $2 AND c.state = 'live' AND a.path && $3::int4[] FOR SHARE OF c`, correction, row.ID, actor.Roots(Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return errs.InvalidField("correction_id", "Konten koreksi harus konten lain yang sedang tayang.")
	}
	return err
}
