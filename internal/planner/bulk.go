package planner

import (
	"context"
	"errors"
	"slices"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Order is one action for many items.
type Order struct {
	Key      string         `json:"key" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9-]+$" doc:"Chosen by the client: the same order sent again is still one"`
	Action   content.Action `json:"action" enum:"submit,schedule,unschedule,publish,end"`
	Contents []id.Content   `json:"contents" minItems:"1" maxItems:"200"`
	At       *time.Time     `json:"at,omitempty" doc:"Of a schedule: when the first one goes out"`
	Minutes  int            `json:"minutes,omitempty" minimum:"0" maximum:"1440" doc:"Of a schedule: how much later each next one goes out"`
}

// Bulk is such an order and how far it is.
type Bulk struct {
	Key      string         `json:"key"`
	Action   content.Action `json:"action"`
	State    string         `json:"state" enum:"waiting,stopped,running,done"`
	StartsAt time.Time      `json:"starts_at" doc:"Until then it can be stopped"`
	Items    []BulkItem     `json:"items" gorm:"-" nullable:"false"`
}

// BulkItem is what became of one item.
type BulkItem struct {
	ContentID id.Content `json:"content_id"`
	Title     string     `json:"title"`
	Outcome   string     `json:"outcome" enum:",done,refused" doc:"Empty: its turn has not come"`
	Reason    string     `json:"reason" doc:"Why it was refused"`
	At        *time.Time `json:"at,omitempty"`
}

// BulkJob carries an order out.
type BulkJob struct {
	UserID id.User `json:"user_id"`
	Key    string  `json:"key"`
}

// Kind names the job.
func (BulkJob) Kind() string { return "planner_bulk" }

const (
	pauseBefore = 10 * time.Second // in which it can be stopped
	keptFor     = 30 * 24 * time.Hour
	mostItems   = 200
)

// Ask takes an order. It starts after a pause: nobody has been told anything and nothing was published until
// then, so stopping it is a true way back for every action.
func (s *Service) Ask(ctx context.Context, actor org.Actor, order Order) (Bulk, error) {
	if (order.Action == content.Schedule) != (order.At != nil) {
		return Bulk{}, errs.InvalidField("at", "Isi waktu tayang untuk menjadwalkan, dan hanya untuk itu.")
	}
	items := distinct(order.Contents)
	if len(items) > mostItems {
		return Bulk{}, errs.InvalidField("contents", "Paling banyak %d konten sekaligus.", mostItems)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		starts := tx.Now.Add(pauseBefore)
		made, err := db.Exec(ctx, tx, `INSERT INTO bulk (user_id, key, action, asked_at, starts_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (user_id, key) DO NOTHING`, actor.User, order.Key, order.Action, tx.Now, starts)
		if err != nil || made == 0 { // the same order again
			return err
		}
		if err := takeItems(ctx, tx, actor, order, items); err != nil {
			return err
		}
		return s.queue.EnqueueAtTx(ctx, tx, BulkJob{actor.User, order.Key}, starts)
	})
	if err != nil {
		return Bulk{}, err
	}
	return s.Bulk(ctx, actor, order.Key)
}

// distinct keeps the order and drops what is named twice.
func distinct(items []id.Content) (kept []id.Content) {
	for _, one := range items {
		if !slices.Contains(kept, one) {
			kept = append(kept, one)
		}
	}
	return kept
}

func takeItems(ctx context.Context, tx *db.Tx, actor org.Actor, order Order, items []id.Content) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM bulk_item AS i USING bulk AS b
		WHERE b.user_id = $1 AND i.user_id = b.user_id AND i.key = b.key AND b.asked_at < $2`, actor.User, tx.Now.Add(-keptFor)); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM bulk WHERE user_id = $1 AND asked_at < $2`, actor.User, tx.Now.Add(-keptFor)); err != nil {
		return err
	}
	taken, err := db.Exec(ctx, tx, `INSERT INTO bulk_item (user_id, key, content_id, at)
		SELECT $1::int4, $2, c.id, $5::timestamptz + (o.place - 1) * $6::int4 * interval '1 minute'
		FROM unnest($3::int4[]) WITH ORDINALITY AS o (id, place)
		JOIN content AS c ON c.id = o.id JOIN agency AS a ON a.id = c.agency_id WHERE a.path && $4::int4[]`,
		actor.User, order.Key, items, actor.Roots(content.Readers()...), order.At, order.Minutes)
	if err == nil && int(taken) != len(items) {
		return errs.New(errs.NotFound, "Sebagian konten tidak ditemukan. Muat ulang daftar, lalu pilih lagi.")
	}
	return err
}

// Bulk reads one of the actor's own orders.
func (s *Service) Bulk(ctx context.Context, actor org.Actor, key string) (Bulk, error) {
	found, err := db.Get[Bulk](ctx, s.db, `SELECT key, action, starts_at, CASE WHEN stopped_at IS NOT NULL THEN 'stopped' WHEN done_at IS NOT NULL THEN 'done'
			WHEN started_at IS NOT NULL THEN 'running' ELSE 'waiting' END AS state FROM bulk WHERE user_id = $1 AND key = $2`, actor.User, key)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Tindakan ini tidak ditemukan.")
	}
	if err != nil {
		return found, err
	}
	found.Items, err = db.All[BulkItem](ctx, s.db, `SELECT i.content_id, i.outcome, i.reason, i.at, CASE WHEN a.path && $3::int4[] THEN v.title ELSE '' END AS title
		FROM bulk_item AS i JOIN content AS c ON c.id = i.content_id JOIN agency AS a ON a.id = c.agency_id
		JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
		WHERE i.user_id = $1 AND i.key = $2 ORDER BY i.outcome <> 'refused', i.content_id DESC`, actor.User, key, actor.Roots(content.Readers()...))
	return found, err
}

// Stop takes an order back that has not begun.
func (s *Service) Stop(ctx context.Context, actor org.Actor, key string) (Bulk, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE bulk SET stopped_at = $3 WHERE user_id = $1 AND key = $2 AND started_at IS NULL AND stopped_at IS NULL`, actor.User, key, tx.Now)
		return err
	})
	if err != nil {
		return Bulk{}, err
	}
	found, err := s.Bulk(ctx, actor, key)
	if err == nil && found.State != "stopped" {
		return found, errs.New(errs.Conflict, "Tindakan ini sudah berjalan dan tidak dapat dibatalkan lagi. Lihat hasilnya per konten.")
	}
	return found, err
}

// work is the job's side. The row decides, not the job; an item that is done says so in the transaction that did
// it, so that a job that runs twice does nothing twice.
func (s *Service) work(ctx context.Context, job BulkJob) error {
	order, err := s.begin(ctx, job)
	if err != nil || order == nil {
		return err
	}
	ctx = db.WithActor(ctx, job.UserID)
	actor, absent := s.actor(ctx, job.UserID) // what the person may do now, not when they asked
	if absent != nil && errs.CodeOf(absent) == errs.Internal {
		return absent
	}
	for _, one := range order.Items {
		refused := absent
		if refused == nil {
			refused = s.moveOne(ctx, actor, job, order.Action, one)
		}
		if err := s.refuse(ctx, job, one.ContentID, refused); err != nil {
			return err
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE bulk SET done_at = $3 WHERE user_id = $1 AND key = $2`, job.UserID, job.Key, tx.Now)
		return err
	})
}

// begin marks the order as begun and gives what is left to do; nil when there is nothing.
func (s *Service) begin(ctx context.Context, job BulkJob) (order *Bulk, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[struct {
			Action   content.Action
			StartsAt time.Time
			Over     bool
		}](ctx, tx, `SELECT action, starts_at, stopped_at IS NOT NULL OR done_at IS NOT NULL AS over FROM bulk WHERE user_id = $1 AND key = $2 FOR UPDATE`, job.UserID, job.Key)
		if errors.Is(err, db.ErrNoRow) || err == nil && row.Over {
			return nil
		}
		if err != nil {
			return err
		}
		if row.StartsAt.After(tx.Now) { // our clock is behind the queue's
			return s.queue.EnqueueAtTx(ctx, tx, job, row.StartsAt)
		}
		if _, err := db.Exec(ctx, tx, `UPDATE bulk SET started_at = coalesce(started_at, $3) WHERE user_id = $1 AND key = $2`, job.UserID, job.Key, tx.Now); err != nil {
			return err
		}
		order = &Bulk{Action: row.Action}
		order.Items, err = db.All[BulkItem](ctx, tx, `SELECT content_id, at FROM bulk_item WHERE user_id = $1 AND key = $2 AND outcome = '' ORDER BY content_id`, job.UserID, job.Key)
		return err
	})
	return order, err
}

func (s *Service) moveOne(ctx context.Context, actor org.Actor, job BulkJob, action content.Action, one BulkItem) error {
	at := time.Time{}
	if one.At != nil {
		at = *one.At
	}
	return s.content.Move(ctx, actor, one.ContentID, action, at, func(tx *db.Tx) error {
		marked, err := db.Exec(ctx, tx, `UPDATE bulk_item SET outcome = 'done' WHERE user_id = $1 AND key = $2 AND content_id = $3 AND outcome = ''`, job.UserID, job.Key, one.ContentID)
		if err == nil && marked == 0 {
			return errs.New(errs.Conflict, "Konten ini sudah dikerjakan.")
		}
		return err
	})
}

// refuse notes why an item was not moved. What is our own fault is tried again by the queue.
func (s *Service) refuse(ctx context.Context, job BulkJob, item id.Content, refused error) error {
	var known *errs.Error
	if refused == nil || !errors.As(refused, &known) || known.Code == errs.Internal || known.Code == errs.Unavailable {
		return refused
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE bulk_item SET outcome = 'refused', reason = $4 WHERE user_id = $1 AND key = $2 AND content_id = $3 AND outcome = ''`, job.UserID, job.Key, item, reasonOf(known))
		return err
	})
}

// reasonOf is all that is wrong, in one line.
func reasonOf(refused *errs.Error) string {
	reason := refused.Message
	for _, field := range refused.Fields[min(1, len(refused.Fields)):] {
		reason += " " + field.Message
	}
	return reason
}
