package share

import (
	"context"
	"errors"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Mark is what a person does with an item in their own feed alone. It is no act: nothing counts it.
type Mark string

// The marks.
const (
	Skip Mark = "skip" // put aside, free and without a reason
	Save Mark = "save" // kept for later
)

// SetMark sets or removes a mark; twice is once.
func (s *Service) SetMark(ctx context.Context, actor org.Actor, item id.Content, mark Mark, on bool) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := meantFor(ctx, tx, actor, item); err != nil {
			return err
		}
		query, args := `DELETE FROM feed_mark WHERE user_id = $1 AND mark = $2 AND content_id = $3`, []any{actor.User, mark, item}
		if on {
			query, args = `INSERT INTO feed_mark (user_id, mark, content_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, append(args, tx.Now)
		}
		if changed, err := db.Exec(ctx, tx, query, args...); err != nil || changed == 0 {
			return err
		}
		return bump(ctx, tx, actor.User)
	})
}

// meantFor is not found for what the person's feed neither holds nor held.
func meantFor(ctx context.Context, tx *db.Tx, actor org.Actor, item id.Content) error {
	_, err := db.Get[struct{ ID id.Content }](ctx, tx, `SELECT id FROM content WHERE id = $1 AND slug IS NOT NULL
		AND EXISTS (SELECT FROM content_target AS t WHERE t.content_id = content.id AND t.node_id = ANY($2::int4[]))`, item, actor.Path)
	if errors.Is(err, db.ErrNoRow) {
		return notFound()
	}
	return err
}

// Filter is a part of the feed.
type Filter string

// The parts of the feed.
const (
	All     Filter = "all" // everything but what was put aside
	Saved   Filter = "saved"
	Skipped Filter = "skipped"
	Done    Filter = "done" // shared or liked
)

// chosen is the mark of a filter in mine_chosen.sql.
func (f Filter) chosen() (mark string, err error) {
	switch f {
	case Saved:
		return string(Save), nil
	case Skipped:
		return string(Skip), nil
	case Done:
		return "done", nil
	}
	return "", errs.InvalidField("filter", "Saringan harus salah satu dari: all, saved, skipped, done.")
}
