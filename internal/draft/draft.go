// Package draft owns working copies: what an author types on top of a version, saved while they type, one for
// each person and item. A save says which revision it goes on from; on any other it is refused and gets the
// other text, so that two devices of one person lose nothing.
package draft

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
)

// Copy is a person's working copy of an item.
type Copy struct {
	Revision int64          `json:"revision" doc:"0: there is none"`
	Version  int            `json:"version" doc:"The version that it began with"`
	Newest   int            `json:"newest_version" doc:"The item's newest version"`
	Device   string         `json:"device" doc:"The mark of the tab that saved it"`
	Draft    map[string]any `json:"draft" gorm:"serializer:json" doc:"As the composer wrote it"`
	At       *time.Time     `json:"at,omitempty"`
}

// Life is how long a working copy is kept that nobody touches.
const Life = 180 * 24 * time.Hour

// mostBytes is more than a text of the greatest length in every field.
const mostBytes = 400_000

// Service keeps working copies.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Get reads the actor's own working copy.
func (s *Service) Get(ctx context.Context, actor org.Actor, content id.Content) (Copy, error) {
	return read(ctx, s.db, actor, content)
}

func read(ctx context.Context, q db.Conn, actor org.Actor, content id.Content) (Copy, error) {
	found, err := db.Get[Copy](ctx, q, `
		SELECT coalesce(w.revision, 0) AS revision, coalesce(w.version, c.version) AS version, c.version AS newest,
		       coalesce(w.device, '') AS device, w.draft, w.at
		FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		LEFT JOIN working_copy AS w ON w.user_id = $2 AND w.content_id = c.id
		WHERE c.id = $1 AND a.path && $3::int4[]`, content, actor.User, actor.Roots(org.Author))
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	return found, err
}

// Saved says where a save has led.
type Saved struct {
	Revision int64     `json:"revision"`
	At       time.Time `json:"at"`
}

// Save puts a text on top of the revision that it goes on from (0: of none) and of a version that is still the
// newest. On anything else it is a conflict whose Current is the copy that is there.
func (s *Service) Save(ctx context.Context, actor org.Actor, content id.Content, on int64, c Copy) (done Saved, err error) {
	text, err := json.Marshal(c.Draft)
	if err != nil || len(text) > mostBytes {
		return Saved{}, errs.InvalidField("draft", "Naskah terlalu besar untuk disimpan otomatis. Kurangi isinya.")
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		// The item is held before it is read: a version that is being saved is waited for.
		if _, err := db.Exec(ctx, tx, `SELECT FROM content WHERE id = $1 FOR SHARE`, content); err != nil {
			return err
		}
		there, err := read(ctx, tx, actor, content)
		if err != nil {
			return err
		}
		if c.Version != there.Newest {
			return stale(there, "Versi baru naskah ini sudah disimpan.")
		}
		rows, err := db.All[Saved](ctx, tx, `
			INSERT INTO working_copy AS w (user_id, content_id, revision, version, device, draft, at)
			SELECT $1::int4, $2::int4, $3::int8, $4::int4, $5::text, $6::jsonb, $7::timestamptz WHERE $8::int8 = 0
			OR EXISTS (SELECT FROM working_copy WHERE user_id = $1 AND content_id = $2 AND revision = $8)
			ON CONFLICT ON CONSTRAINT working_copy_user_id_pkey DO UPDATE SET revision = greatest(w.revision + 1, excluded.revision),
			    version = excluded.version, device = excluded.device, draft = excluded.draft, at = excluded.at WHERE w.revision = $8
			RETURNING revision, at`, actor.User, content, tx.Now.UnixMicro(), c.Version, c.Device, string(text), tx.Now, on)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			if there, err = read(ctx, tx, actor, content); err != nil { // a twin may have come first
				return err
			}
			return stale(there, "Naskah ini sudah berubah di perangkat lain.")
		}
		done = rows[0]
		return nil
	})
	return done, err
}

func stale(there Copy, message string) error {
	refused := errs.New(errs.Conflict, "%s Perubahan Anda tetap ada di perangkat ini; bandingkan lalu pilih.", message)
	refused.Current = there
	return refused
}

// Drop throws the actor's own working copy away, if it is still the revision that they have before them.
func (s *Service) Drop(ctx context.Context, actor org.Actor, content id.Content, revision int64) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		there, err := read(ctx, tx, actor, content)
		if err != nil {
			return err
		}
		if there.Revision != revision {
			return stale(there, "Naskah ini sudah berubah di perangkat lain.")
		}
		return DropTx(ctx, tx, actor.User, content, revision)
	})
}

// DropTx removes a working copy that has become a version.
func DropTx(ctx context.Context, tx *db.Tx, person id.User, content id.Content, revision int64) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM working_copy WHERE user_id = $1 AND content_id = $2 AND revision = $3`, person, content, revision)
	return err
}

// forgetJob is the kind of the job that removes forgotten working copies.
type forgetJob struct{}

// Kind names the job.
func (forgetJob) Kind() string { return "draft_forget" }

// Work registers the job.
func (s *Service) Work(r *job.Registry) { job.Every(r, 24*time.Hour, forgetJob{}, s.Forget) }

// Forget removes the working copies that nobody has touched for the length of a Life. The row decides: one that is
// saved while this runs is waited for, looked at again, and stays.
func (s *Service) Forget(ctx context.Context) error {
	_, err := db.Exec(ctx, s.db, `DELETE FROM working_copy WHERE at < $1`, s.db.Now().Add(-Life))
	return err
}
