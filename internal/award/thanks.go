package award

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Thanks is what an office says to everybody through whom a content reached somebody.
type Thanks struct {
	Text   string     `json:"text" doc:"Empty: nothing was said yet"`
	At     *time.Time `json:"at"`
	People *int       `json:"people" doc:"Through how many people it reached somebody; null: one to four"`
}

const (
	longestThanks = 280
	fewest        = 5 // people; a smaller number is not told
)

// Thanked reads what was said about a content of the actor's subtree.
func (s *Service) Thanked(ctx context.Context, actor org.Actor, item id.Content) (Thanks, error) {
	found, err := db.Get[struct {
		Text   string
		At     *time.Time
		People int
	}](ctx, s.db, `SELECT coalesce(t.text, '') AS text, t.at, (SELECT count(DISTINCT act.user_id) FROM act
			WHERE act.content_id = c.id AND act.kind = 'share' AND act.grade <= 'B') AS people
		FROM content AS c JOIN agency AS a ON a.id = c.agency_id LEFT JOIN thanks AS t ON t.content_id = c.id
		WHERE c.id = $1 AND c.slug IS NOT NULL AND a.path && $2::int4[]`, item, actor.Roots(org.Publisher))
	if errors.Is(err, db.ErrNoRow) {
		return Thanks{}, notFound()
	}
	said := Thanks{Text: found.Text, At: found.At}
	if n := found.People; n == 0 || n >= fewest {
		said.People = &n
	}
	return said, err
}

// Thank says thanks for a content of the actor's subtree, once. The same words again are the same thanks.
func (s *Service) Thank(ctx context.Context, actor org.Actor, item id.Content, text string) (Thanks, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n == 0 || n > longestThanks {
		return Thanks{}, errs.InvalidField("text", "Tulis ucapan terima kasih, paling panjang %d karakter.", longestThanks)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Get[struct{ ID id.Content }](ctx, tx, `SELECT c.id FROM content AS c JOIN agency AS a ON a.id = c.agency_id
			WHERE c.id = $1 AND c.state IN ('live', 'ended') AND a.path && $2::int4[] FOR SHARE OF c`, item, actor.Roots(org.Publisher))
		if errors.Is(err, db.ErrNoRow) {
			return notFound()
		}
		if err != nil {
			return err
		}
		said, err := db.Get[struct {
			Text  string
			Fresh bool
		}](ctx, tx, `INSERT INTO thanks AS t (content_id, text, by_id, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT ON CONSTRAINT thanks_content_id_pkey DO UPDATE SET at = t.at RETURNING text, xmax = 0 AS fresh`, item, text, actor.User, tx.Now)
		if err != nil {
			return err
		}
		if said.Text != text {
			return errs.New(errs.Conflict, "Ucapan terima kasih untuk konten ini sudah disampaikan.")
		}
		if !said.Fresh {
			return nil
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "content.thank", Subject: fmt.Sprintf("content/%d", item)})
	})
	if err != nil {
		return Thanks{}, err
	}
	return s.Thanked(ctx, actor, item)
}
