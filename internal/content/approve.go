package content

import (
	"context"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Submit asks for review. Everything a reader will need must be there.
func (s *Service) Submit(ctx context.Context, actor org.Actor, content id.Content) (Content, error) {
	return s.change(ctx, actor, content, Submit, func(tx *db.Tx, row item, to State) error {
		written, err := readVersion(ctx, tx, row)
		if err != nil {
			return err
		}
		if err := written.checkComplete(); err != nil {
			return err
		}
		if err := checkUploads(ctx, tx, row); err != nil {
			return err
		}
		if err := checkBrand(ctx, tx, row, written.Text); err != nil {
			return err
		}
		return setState(ctx, tx, row, to)
	})
}

// Approve accepts the version that the approver saw; 0 means the newest. Nobody approves what they
// wrote themselves.
func (s *Service) Approve(ctx context.Context, actor org.Actor, content id.Content, seen int) (Content, error) {
	return s.change(ctx, actor, content, Approve, func(tx *db.Tx, row item, to State) error {
		if err := row.checkSeen(seen); err != nil {
			return err
		}
		if err := decide(ctx, tx, actor, row, "approved", ""); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, approved_version = version, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
		return err
	})
}

const maxReason = 1000

// Return sends the item back to its author with a reason.
func (s *Service) Return(ctx context.Context, actor org.Actor, content id.Content, seen int, reason string) (Content, error) {
	reason, err := checkReason(reason, "Tuliskan apa yang perlu diperbaiki.")
	if err != nil {
		return Content{}, err
	}
	return s.change(ctx, actor, content, Return, func(tx *db.Tx, row item, to State) error {
		if err := row.checkSeen(seen); err != nil {
			return err
		}
		if err := decide(ctx, tx, actor, row, "returned", reason); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, approved_version = NULL, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
		return err
	})
}

func checkReason(reason, missing string) (string, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return "", errs.InvalidField("reason", "%s", missing)
	}
	if n := len([]rune(reason)); n > maxReason {
		return "", errs.InvalidField("reason", "Alasan paling banyak %d karakter; sekarang %d.", maxReason, n)
	}
	return reason, nil
}

// checkSeen refuses a decision on a version that is no longer the newest.
func (i item) checkSeen(seen int) error {
	if seen != 0 && seen != i.Version {
		return errs.New(errs.Conflict, "Konten sudah berubah sejak Anda membukanya (kini versi %d). Muat ulang dan periksa lagi.", i.Version)
	}
	return nil
}

func decide(ctx context.Context, tx *db.Tx, actor org.Actor, row item, decision, reason string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO content_decision (content_id, version, step, decision, reason, approver_id, at)
		VALUES ($1, $2, 1, $3, $4, $5, $6)`, row.ID, row.Version, decision, reason, actor.User, tx.Now)
	if db.Broken(err, "content_decision_step_key") {
		return errs.New(errs.Conflict, "Versi ini sudah disetujui.")
	}
	return err
}

func setState(ctx context.Context, tx *db.Tx, row item, to State) error {
	_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
	return err
}
