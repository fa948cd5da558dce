package content

import (
	"context"
	"errors"
	"fmt"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/trust"
)

// lookAgain looks at one item under what holds now, which may not be what held when it was approved: election modes
// may have begun, and accounts of its posts may have been closed. Done twice it is done once.
func (s *Service) lookAgain(ctx context.Context, content id.Content) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockForJob(ctx, tx, content)
		if errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		modes, err := modesOf(ctx, tx, row)
		switch {
		case err != nil:
			return err
		case row.State == Approved || row.State == Scheduled:
			stands, err := s.approvalStands(ctx, tx, row, modes)
			if err != nil || stands {
				return err
			}
			return s.recheck(ctx, tx, row)
		case len(modes) == 0:
			return nil
		case row.State == Live:
			return s.alarm(ctx, tx, row, modes)
		case row.State == InReview || row.State == OnHold:
			return guardReview(ctx, tx, row)
		}
		return nil
	})
}

// approvalStands tells whether an item may still go live as it was approved.
func (s *Service) approvalStands(ctx context.Context, tx *db.Tx, row item, modes []trust.Mode) (bool, error) {
	err := checkAccountsNow(ctx, tx, row)
	switch {
	case errs.CodeOf(err) == errs.Conflict:
		return false, nil
	case err != nil || len(modes) == 0:
		return err == nil, err
	}
	return s.cleared(ctx, tx, row, modes)
}

// recheck sends an approved item back to review, and tells its author.
func (s *Service) recheck(ctx context.Context, tx *db.Tx, row item) error {
	to, err := row.next(Recheck)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, approved_version = NULL, publish_at = NULL, updated_at = $3 WHERE id = $1`,
		row.ID, to, tx.Now); err != nil {
		return err
	}
	err = s.beginAgain(ctx, tx, row, row.Version)
	if errors.Is(err, db.ErrNoRow) { // approved before there were chains
		err = s.beginRound(ctx, tx, row)
	}
	if err != nil {
		return err
	}
	if err := s.tell(ctx, tx, row, NewsJob{What: "recheck", Key: fmt.Sprintf("recheck/%d", row.Round+1), To: []id.User{row.AuthorID}}); err != nil {
		return err
	}
	return record(ctx, tx, 0, row, Recheck, to)
}
