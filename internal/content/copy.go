package content

import (
	"context"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Copy begins a draft of the actor's with the text and the pictures of an item that they see: how the author
// of a rejected item goes on, with a new history. It goes to the same audience, as far as the actor may.
func (s *Service) Copy(ctx context.Context, actor org.Actor, content id.Content) (Content, error) {
	from, err := s.Get(ctx, actor, content)
	if err != nil {
		return Content{}, err
	}
	var made id.Content
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := insert(ctx, tx, actor, Outline{Agency: from.AgencyID})
		if err != nil {
			return err
		}
		made = row.ID
		if err := saveVersion(ctx, tx, actor.User, row.ID, 1, from.Text.tidied()); err != nil {
			return err
		}
		err = setTargets(ctx, tx, actor, row, from.Targets)
		if errs.CodeOf(err) == errs.Invalid { // the audience was another's to choose
			err = setTargets(ctx, tx, actor, row, nil)
		}
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.AgencyID, Action: "content.copy", Subject: row.subject(),
			Detail: map[string]any{"from": content, "version": from.Version}})
	})
	if err != nil {
		return Content{}, err
	}
	return s.Get(ctx, actor, made)
}
