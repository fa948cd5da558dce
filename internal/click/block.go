package click

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Blockers are the roles that may close links.
func Blockers() []org.Role { return []org.Role{org.Publisher, org.Admin} }

// mostReason is the longest reason for a block.
const mostReason = 500

// Block closes a link: whoever opens it is told so, and its clicks do not count. With every, all links of
// its person are closed. The actor cares for the content's publisher or for the person's agency.
func (s *Service) Block(ctx context.Context, actor org.Actor, code, reason string, every bool) error {
	reason = strings.TrimSpace(reason)
	if reason == "" || utf8.RuneCountInString(reason) > mostReason {
		return errs.InvalidField("reason", "Tuliskan alasan penutupan tautan, paling panjang %d huruf.", mostReason)
	}
	return s.change(ctx, actor, code, every, "link.block", func(tx *db.Tx, link Link) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO click_block (user_id, content_id, channel, reason, blocked_by, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT DO NOTHING`, link.User, link.Content, link.Channel, reason, actor.User, tx.Now)
		return err
	})
}

// Unblock opens a link again, or all of its person's.
func (s *Service) Unblock(ctx context.Context, actor org.Actor, code string, every bool) error {
	return s.change(ctx, actor, code, every, "link.unblock", func(tx *db.Tx, link Link) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM click_block WHERE user_id = $1 AND content_id = $2 AND channel = $3`, link.User, link.Content, link.Channel)
		return err
	})
}

func (s *Service) change(ctx context.Context, actor org.Actor, code string, every bool, what string, act func(*db.Tx, Link) error) error {
	link, _, err := s.find(ctx, code)
	if err != nil && errs.CodeOf(err) != errs.Gone {
		return err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := mayBlock(ctx, tx, actor, link, every); err != nil {
			return err
		}
		if every {
			link = Link{User: link.User}
		}
		if err := act(tx, link); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: what, Subject: fmt.Sprintf("app_user/%d", link.User),
			Detail: map[string]any{"content": link.Content, "channel": link.Channel.String()}})
	})
	if err != nil {
		return err
	}
	return s.directory.Refresh(ctx)
}

// mayBlock wants the person's agency, or for a single link the content's, in what the actor cares for.
func mayBlock(ctx context.Context, tx *db.Tx, actor org.Actor, link Link, every bool) error {
	row, err := db.Get[struct{ May bool }](ctx, tx, `SELECT EXISTS (
			SELECT FROM placement AS p JOIN agency AS u ON u.id = p.unit_id WHERE p.user_id = $1 AND p.until_day IS NULL AND u.path && $3::int4[]
		) OR (NOT $4 AND EXISTS (SELECT FROM content AS c JOIN agency AS a ON a.id = c.agency_id WHERE c.id = $2 AND a.path && $3::int4[])) AS may`,
		link.User, link.Content, actor.Roots(Blockers()...), every)
	if err == nil && !row.May {
		err = errUnknown()
	}
	return err
}

// readBlocked reads every closed link.
func readBlocked(ctx context.Context, d *db.DB) (map[Link]bool, error) {
	type row struct {
		UserID    id.User
		ContentID id.Content
		Channel   Channel
	}
	rows, err := db.All[row](ctx, d, `SELECT user_id, content_id, channel FROM click_block`)
	blocked := make(map[Link]bool, len(rows))
	for _, r := range rows {
		blocked[Link{Content: r.ContentID, User: r.UserID, Channel: r.Channel}] = true
	}
	return blocked, err
}
