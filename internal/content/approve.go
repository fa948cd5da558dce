package content

import (
	"context"
	"fmt"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Submit asks for review: the item takes the agency's chain as it is now. Everything a reader will need
// must be there.
func (s *Service) Submit(ctx context.Context, actor org.Actor, content id.Content) (Content, error) {
	return s.change(ctx, actor, content, Submit, s.submitting(ctx))
}

func (s *Service) submitting(ctx context.Context) step {
	return func(tx *db.Tx, row item, to State) error {
		written, err := readVersion(ctx, tx, row)
		if err != nil {
			return err
		}
		if err := written.checkComplete(tx.Now, row.AgencyZone); err != nil {
			return err
		}
		if err := checkUploads(ctx, tx, row); err != nil {
			return err
		}
		if err := checkBrand(ctx, tx, row, written.Text); err != nil {
			return err
		}
		if err := checkAccounts(ctx, tx, row, written.Text); err != nil {
			return err
		}
		if err := setState(ctx, tx, row, to); err != nil {
			return err
		}
		return s.beginRound(ctx, tx, row)
	}
}

// Approve accepts, at the present step of the chain, the version that was seen. The last step's approval
// approves the item; each other one sets it before the next.
func (s *Service) Approve(ctx context.Context, actor org.Actor, content id.Content, seen Seen, remark string) (Content, error) {
	remark, err := checkRemark(remark)
	if err != nil {
		return Content{}, err
	}
	return s.changeSeen(ctx, actor, content, Approve, &seen, func(tx *db.Tx, row item, to State) error {
		modes, err := modesOf(ctx, tx, row)
		if err != nil {
			return err
		}
		if err := seen.checkPictures(modes); err != nil {
			return err
		}
		if err := s.decide(ctx, tx, actor, row, decided{what: "approved", reason: remark, final: to == Approved, checklist: seen.ticked()}); err != nil {
			return err
		}
		if to != Approved {
			if err := setState(ctx, tx, row, to); err != nil {
				return err
			}
			return s.passStep(ctx, tx, row)
		}
		if err := checkSecond(ctx, tx, row, modes, actor.User); err != nil {
			return err
		}
		if err := checkAccountsNow(ctx, tx, row); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, approved_version = version, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
		return err
	})
}

const maxReason = 1000

// Return sends the item back to its author with a reason.
func (s *Service) Return(ctx context.Context, actor org.Actor, content id.Content, seen Seen, reason string) (Content, error) {
	return s.refuse(ctx, actor, content, Return, seen, "returned", reason, "Tuliskan apa yang perlu diperbaiki.")
}

// Reject ends the item: it is not edited or submitted again. Its author may go on with a copy.
func (s *Service) Reject(ctx context.Context, actor org.Actor, content id.Content, seen Seen, reason string) (Content, error) {
	return s.refuse(ctx, actor, content, Reject, seen, "rejected", reason, "Tuliskan alasan penolakan; penyusun membacanya.")
}

func (s *Service) refuse(ctx context.Context, actor org.Actor, content id.Content, action Action, seen Seen, decision, reason, missing string) (Content, error) {
	reason, err := checkReason(reason, missing)
	if err != nil {
		return Content{}, err
	}
	return s.changeSeen(ctx, actor, content, action, &seen, func(tx *db.Tx, row item, to State) error {
		if err := s.decide(ctx, tx, actor, row, decided{what: decision, reason: reason}); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, approved_version = NULL, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
		return err
	})
}

// Hold stops the clock of the present step, with a reason that the author reads.
func (s *Service) Hold(ctx context.Context, actor org.Actor, content id.Content, seen Seen, reason string) (Content, error) {
	reason, err := checkReason(reason, "Tuliskan mengapa konten ini ditahan.")
	if err != nil {
		return Content{}, err
	}
	return s.changeSeen(ctx, actor, content, Hold, &seen, func(tx *db.Tx, row item, to State) error {
		if err := s.decide(ctx, tx, actor, row, decided{what: "held", reason: reason}); err != nil {
			return err
		}
		if err := s.stopClock(ctx, tx, row, actor.User, reason); err != nil {
			return err
		}
		return setState(ctx, tx, row, to)
	})
}

// Release lets a held item go on where it stood.
func (s *Service) Release(ctx context.Context, actor org.Actor, content id.Content, seen Seen, remark string) (Content, error) {
	remark, err := checkRemark(remark)
	if err != nil {
		return Content{}, err
	}
	return s.changeSeen(ctx, actor, content, Release, &seen, func(tx *db.Tx, row item, to State) error {
		if err := s.decide(ctx, tx, actor, row, decided{what: "released", reason: remark}); err != nil {
			return err
		}
		if err := setState(ctx, tx, row, to); err != nil {
			return err
		}
		return s.startClock(ctx, tx, row)
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

func checkRemark(remark string) (string, error) {
	remark = strings.TrimSpace(remark)
	if n := len([]rune(remark)); n > maxReason {
		return "", errs.InvalidField("remark", "Catatan paling banyak %d karakter; sekarang %d.", maxReason, n)
	}
	return remark, nil
}

// decided is what somebody decided, and what they ticked.
type decided struct {
	what, reason string
	final        bool // the approval that ends the chain
	checklist    []string
}

// decide records what somebody decided, in whose right, and tells the author.
func (s *Service) decide(ctx context.Context, tx *db.Tx, actor org.Actor, row item, v decided) error {
	behalf := id.User(0)
	if row.Post != "" {
		behalf = row.Person
	}
	made, err := db.Get[struct{ ID int64 }](ctx, tx, `INSERT INTO content_decision (content_id, version, round, step, step_name, decision, reason, final, approver_id, behalf_id, post, basis, at, checklist)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, 0), $11, $12, $13, coalesce($14::text[], '{}')) RETURNING id`, row.ID, row.Version, row.Round, row.Step, row.StepName,
		v.what, v.reason, v.final, actor.User, int64(behalf), row.Post, row.Basis, tx.Now, v.checklist)
	if db.Broken(err, "content_decision_round_key") {
		return errs.New(errs.Conflict, "Tahap ini sudah disetujui.")
	}
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, row, NewsJob{What: v.what, Key: fmt.Sprintf("decision/%d", made.ID), To: []id.User{row.AuthorID},
		By: actor.User, Behalf: behalf, Post: row.Post, StepName: row.StepName, Final: v.final})
}

func setState(ctx context.Context, tx *db.Tx, row item, to State) error {
	_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, updated_at = $3 WHERE id = $1`, row.ID, to, tx.Now)
	return err
}
