package share

import (
	"context"
	"errors"

	"gaung/internal/db"
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

// Reason is why a content is not for somebody, where they choose to say so.
type Reason string

// The reasons. Of a topic that is not wanted, the feed shows less from then on.
const (
	ReasonTopic  Reason = "topic"
	ReasonRegion Reason = "region"
	ReasonWork   Reason = "work"
	ReasonOften  Reason = "often"
	ReasonDoubt  Reason = "doubt"
	ReasonOther  Reason = "other"
)

// SetMark sets or removes a mark; twice is once.
func (s *Service) SetMark(ctx context.Context, actor org.Actor, item id.Content, mark Mark, on bool) error {
	return s.mark(ctx, actor, item, mark, on, "")
}

// NotForMe puts a content aside and says why. Who published it learns sums, never who.
func (s *Service) NotForMe(ctx context.Context, actor org.Actor, item id.Content, why Reason) error {
	return s.mark(ctx, actor, item, Skip, true, why)
}

func (s *Service) mark(ctx context.Context, actor org.Actor, item id.Content, mark Mark, on bool, why Reason) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := meantFor(ctx, tx, actor, item); err != nil {
			return err
		}
		query, args := `DELETE FROM feed_mark WHERE user_id = $1 AND mark = $2 AND content_id = $3`, []any{actor.User, mark, item}
		if on {
			query, args = `INSERT INTO feed_mark AS f (user_id, mark, content_id, at, reason) VALUES ($1, $2, $3, $4, nullif($5, ''))
				ON CONFLICT ON CONSTRAINT feed_mark_user_id_pkey DO UPDATE SET reason = excluded.reason
				WHERE excluded.reason IS NOT NULL AND excluded.reason IS DISTINCT FROM f.reason`, append(args, tx.Now, string(why))
		}
		if changed, err := db.Exec(ctx, tx, query, args...); err != nil || changed == 0 {
			return err
		}
		if why == ReasonTopic {
			if err := wishLess(ctx, tx, actor.User, item); err != nil {
				return err
			}
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
