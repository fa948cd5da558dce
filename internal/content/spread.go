package content

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// mostSpread is the longest time over which prompts may go out, in waking minutes.
const mostSpread = 24 * 60

// SetSpread says over how many waking minutes the prompts of an item go out once it is live; 0: at once.
// It can be said until then.
func (s *Service) SetSpread(ctx context.Context, actor org.Actor, content id.Content, minutes int) (Content, error) {
	if minutes < 0 || minutes > mostSpread {
		return Content{}, errs.InvalidField("minutes", "Rentang ajakan antara 0 dan 24 jam.")
	}
	return s.change(ctx, actor, content, Spread, func(tx *db.Tx, row item, _ State) error {
		_, err := db.Exec(ctx, tx, `UPDATE content SET spread_minutes = $2, updated_at = $3 WHERE id = $1`, row.ID, minutes, tx.Now)
		return err
	})
}
