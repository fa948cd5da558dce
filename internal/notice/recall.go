package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
)

// RemindJob asks those once more who have not answered for a day.
type RemindJob struct{}

// Kind names the job.
func (RemindJob) Kind() string { return "notice_remind" }

const (
	remindEvery = time.Minute
	remindAfter = 24 * time.Hour
	tellAtOnce  = 2000
	askedFor    = 30 * 24 * time.Hour // after a recall, those who shared are asked to delete
)

// tellSharers tells everybody who shared a content that it was recalled, slice by slice, and ends its
// prompts. It can be stopped and run again: each is told once.
func (s *Service) tellSharers(ctx context.Context, item id.Content) error {
	people, err := s.beginRound(ctx, item)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(people, tellAtOnce) {
		if short(ctx) {
			return nil // Remind goes on
		}
		if err := s.tellRecall(ctx, item, some); err != nil {
			return err
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE recall_round SET done_at = $2 WHERE content_id = $1 AND done_at IS NULL`, item, tx.Now)
		return err
	})
}

// beginRound finds who shared the content and was not told yet. Nobody comes after them: a share holds the content's row.
func (s *Service) beginRound(ctx context.Context, content id.Content) (people []int32, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		rows, err := db.All[struct {
			UserID int32
			Told   bool
		}](ctx, tx, `SELECT DISTINCT a.user_id, t.user_id IS NOT NULL AS told FROM act AS a JOIN content AS c ON c.id = a.content_id
			LEFT JOIN recall_told AS t ON t.user_id = a.user_id AND t.content_id = a.content_id
			WHERE a.content_id = $1 AND a.kind = 'share' AND c.state = 'recalled' ORDER BY a.user_id`, content)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !row.Told {
				people = append(people, row.UserID)
			}
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM prompt_held WHERE content_id = $1`, content); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `INSERT INTO recall_round (content_id, sharers, began_at)
			SELECT id, $2, $3 FROM content WHERE id = $1 AND state = 'recalled' ON CONFLICT DO NOTHING`, content, len(rows), tx.Now)
		return err
	})
	return people, err
}

func (s *Service) tellRecall(ctx context.Context, content id.Content, people []int32) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.tellRecallTx(ctx, tx, content, people)
	})
}

func (s *Service) tellRecallTx(ctx context.Context, tx *db.Tx, content id.Content, people []int32) error {
	if _, err := db.Exec(ctx, tx, `INSERT INTO recall_told (user_id, content_id, told_at) SELECT person, $2, $3 FROM unnest($1::int4[]) AS person
		ORDER BY person ON CONFLICT DO NOTHING`, people, content, tx.Now); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, `INSERT INTO notice (user_id, key, kind, content_id, at) SELECT person, @key, 'recalled', @content, @at FROM unnest(@people::int4[]) AS person
		ORDER BY person ON CONFLICT (user_id, key) DO NOTHING`, db.Args{"people": people, "key": fmt.Sprintf("recall/%d", content), "content": content, "at": tx.Now})
}

// Remind finishes what tellSharers could not, and asks those once more who have not answered for a day,
// while people are awake where they work.
func (s *Service) Remind(ctx context.Context) error {
	open, err := db.All[struct{ ContentID id.Content }](ctx, s.db, `SELECT content_id FROM recall_round WHERE done_at IS NULL AND began_at < $1 ORDER BY began_at`,
		s.db.Now().Add(-remindEvery))
	for _, round := range open {
		if err == nil {
			err = s.tellSharers(ctx, round.ContentID)
		}
	}
	if err != nil {
		return err
	}
	for n := int64(tellAtOnce); n == tellAtOnce && !short(ctx); {
		err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
			n, err = db.Exec(ctx, tx, `WITH due AS (
					SELECT t.user_id, t.content_id FROM recall_told AS t
					WHERE t.again_at IS NULL AND t.deleted_at IS NULL AND t.told_at <= $1
					  AND EXISTS (SELECT FROM placement AS p JOIN agency AS body ON body.id = p.agency_id WHERE p.user_id = t.user_id
						AND p.until_day IS NULL AND ($2::timestamptz AT TIME ZONE body.zone)::time BETWEEN '06:00' AND '20:59:59')
					ORDER BY t.told_at LIMIT $3 FOR UPDATE OF t SKIP LOCKED
				), again AS (
					UPDATE recall_told AS t SET again_at = $2 FROM due WHERE t.user_id = due.user_id AND t.content_id = due.content_id
				)
				INSERT INTO notice (user_id, key, kind, content_id, at)
				SELECT user_id, 'recall/' || content_id || '/again', 'recalled_again', content_id, $2 FROM due ORDER BY user_id, content_id
				ON CONFLICT (user_id, key) DO NOTHING`, tx.Now.Add(-remindAfter), tx.Now, tellAtOnce)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Withdrawal is a recalled content as those read it who had it in their feed.
type Withdrawal struct {
	ContentID  id.Content  `json:"content_id"`
	Title      string      `json:"title"`
	AgencyName string      `json:"agency_name"`
	AgencyZone string      `json:"agency_zone"`
	Reason     string      `json:"reason"`
	RecalledAt time.Time   `json:"recalled_at"`
	Networks   []SharedOn  `json:"networks" gorm:"serializer:json" nullable:"false" doc:"Where the caller has passed it on; empty: nowhere"`
	Deleted    bool        `json:"deleted" doc:"The caller says that they deleted what they passed on"`
	Correction *Correction `json:"correction,omitempty" gorm:"serializer:json"`
}

// SharedOn is a network on which somebody shared.
type SharedOn struct {
	Network string         `json:"network"`
	Open    string         `json:"open" doc:"Opens the network; empty: there is nothing to open"`
	Number  network.Number `json:"number,omitempty" hidden:"true"`
}

// Correction is the content that stands in for a recalled one.
type Correction struct {
	ID    id.Content `json:"id"`
	Slug  string     `json:"slug"`
	Title string     `json:"title"`
	Mine  bool       `json:"mine" doc:"It is in the caller's feed"`
}

const withdrawalSQL = `SELECT c.id AS content_id, v.title, a.name AS agency_name, a.zone AS agency_zone, c.recall_reason AS reason, c.recalled_at,
	(SELECT coalesce(json_agg(json_build_object('number', act.network) ORDER BY act.network), '[]') FROM act
	 WHERE act.user_id = @me AND act.content_id = c.id AND act.kind = 'share') AS networks,
	EXISTS (SELECT FROM recall_told AS t WHERE t.user_id = @me AND t.content_id = c.id AND t.deleted_at IS NOT NULL) AS deleted,
	(SELECT json_build_object('id', fix.id, 'slug', fix.slug, 'title', w.title, 'mine', EXISTS (SELECT FROM content_target AS t
		WHERE t.content_id = fix.id AND t.node_id = ANY (@path::int4[])))
	 FROM content AS fix JOIN content_version AS w ON w.content_id = fix.id AND w.no = fix.version
	 WHERE fix.id = c.correction_id AND fix.state = 'live') AS correction
	FROM content AS c JOIN agency AS a ON a.id = c.agency_id JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
	WHERE c.state = 'recalled'`

// Withdrawn lists what the actor passed on, was recalled since and they have not said to have deleted.
func (s *Service) Withdrawn(ctx context.Context, actor org.Actor) ([]Withdrawal, error) {
	return s.withdrawals(ctx, actor, ` AND c.recalled_at > @since AND c.id IN (SELECT content_id FROM act WHERE user_id = @me AND kind = 'share')
		AND NOT EXISTS (SELECT FROM recall_told AS t WHERE t.user_id = @me AND t.content_id = c.id AND t.deleted_at IS NOT NULL)
		ORDER BY c.recalled_at DESC LIMIT 50`, db.Args{"since": s.db.Now().Add(-askedFor)})
}

// Withdrawal reads one recalled content that the actor's feed held, or that they shared.
func (s *Service) Withdrawal(ctx context.Context, actor org.Actor, content id.Content) (Withdrawal, error) {
	found, err := s.withdrawals(ctx, actor, ` AND c.id = @id AND (EXISTS (SELECT FROM content_target AS t WHERE t.content_id = c.id AND t.node_id = ANY (@path::int4[]))
		OR EXISTS (SELECT FROM act WHERE act.user_id = @me AND act.content_id = c.id))`, db.Args{"id": content})
	if err == nil && len(found) == 0 {
		err = errs.New(errs.NotFound, "Penarikan ini tidak ditemukan.")
	}
	if err != nil {
		return Withdrawal{}, err
	}
	return found[0], nil
}

func (s *Service) withdrawals(ctx context.Context, actor org.Actor, which string, args db.Args) ([]Withdrawal, error) {
	args["me"], args["path"] = int64(actor.User), actor.Path
	found, err := db.All[Withdrawal](ctx, s.db, withdrawalSQL+which, args)
	for i := range found {
		for j, place := range found[i].Networks {
			on, _ := network.Numbered(place.Number) // rows hold only numbers of the table
			found[i].Networks[j] = SharedOn{Network: on.Key, Open: homeOf(on)}
		}
	}
	return found, err
}

// homeOf is where one finds one's own posts on a network: its page, or where its share screen lives.
func homeOf(on network.Capability) string {
	parts := strings.SplitN(on.Intent, "/", 4)
	if on.Open != "" || len(parts) < 4 || parts[0] != "https:" {
		return on.Open
	}
	return strings.Join(parts[:3], "/") + "/"
}

// Deleted records that the actor says they deleted what they had passed on. Twice is once.
func (s *Service) Deleted(ctx context.Context, actor org.Actor, content id.Content) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Get[struct{ ID id.Content }](ctx, tx, `SELECT id FROM content WHERE id = $2 AND state = 'recalled'
			AND EXISTS (SELECT FROM act WHERE user_id = $1 AND content_id = $2 AND kind = 'share')`, actor.User, content)
		if errors.Is(err, db.ErrNoRow) {
			return errs.New(errs.NotFound, "Anda tidak tercatat membagikan konten yang ditarik ini.")
		}
		if err != nil {
			return err
		}
		// Whoever answers before they are told has read it on the screen: they were told.
		if err := s.tellRecallTx(ctx, tx, content, []int32{int32(actor.User)}); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE recall_told SET deleted_at = coalesce(deleted_at, $3) WHERE user_id = $1 AND content_id = $2`, actor.User, content, tx.Now); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE notice SET read_at = $3 WHERE user_id = $1 AND content_id = $2 AND kind IN ('recalled', 'recalled_again')
			AND read_at IS NULL`, actor.User, content, tx.Now)
		return err
	})
}
