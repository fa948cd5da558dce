package learn

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Module is a module as its desk sees it.
type Module struct {
	ID         id.Module `json:"id"`
	AgencyID   id.Agency `json:"agency_id"`
	AgencyName string    `json:"agency_name"`
	State      State     `json:"state" enum:"draft,published,archived"`
	Revision   int       `json:"version" doc:"Of the text that is worked on"`
	Version    int       `json:"published_version" doc:"The newest that was published; 0: none"`
	Changed    bool      `json:"changed" doc:"The text is newer than the published version"`
	Lesson     Lesson    `json:"lesson" gorm:"serializer:json"`
	Passed     *int64    `json:"passed" doc:"How many people have passed it; null: fewer than five, or none"`
	MayWrite   bool      `json:"may_write" gorm:"-"`
	UpdatedAt  time.Time `json:"updated_at"`

	Path db.IDs[id.Agency] `json:"-"`
}

func (m Module) subject() string { return fmt.Sprintf("module/%d", m.ID) }

const moduleSQL = `
SELECT m.id, m.agency_id, a.name AS agency_name, m.state, m.revision, m.version, m.revision <> m.published AS changed, m.lesson, m.updated_at,
       a.path::text AS path, CASE WHEN r.passed >= @smallest::int8 THEN r.passed END AS passed
FROM module AS m JOIN agency AS a ON a.id = m.agency_id
CROSS JOIN LATERAL (SELECT count(DISTINCT user_id) AS passed FROM learn_result WHERE module_id = m.id AND passed_at IS NOT NULL) AS r
WHERE a.path && @roots::int4[]`

func deskArgs(actor org.Actor, more db.Args) db.Args {
	more["roots"], more["smallest"] = actor.Roots(Readers()...), org.SmallestGroup
	return more
}

// List reads the modules of the actor's subtree, newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, state State, ask page.Ask) (page.Page[Module], error) {
	return page.Falling(ask, func(m Module) id.Module { return m.ID }, func(before id.Module, limit int) ([]Module, error) {
		rows, err := db.All[Module](ctx, s.db, moduleSQL+` AND (@state::text = '' OR m.state = @state) AND (@before::int4 = 0 OR m.id < @before)
			ORDER BY m.id DESC LIMIT @limit`, deskArgs(actor, db.Args{"state": string(state), "before": before, "limit": limit}))
		for i := range rows {
			rows[i].MayWrite = actor.Holds(rows[i].Path, Writers()...)
		}
		return rows, err
	})
}

// Get reads one module of the actor's subtree.
func (s *Service) Get(ctx context.Context, actor org.Actor, module id.Module) (Module, error) {
	return getModule(ctx, s.db, actor, module)
}

func getModule(ctx context.Context, c db.Conn, actor org.Actor, module id.Module) (Module, error) {
	found, err := db.Get[Module](ctx, c, moduleSQL+` AND m.id = @id`, deskArgs(actor, db.Args{"id": module}))
	if errors.Is(err, db.ErrNoRow) {
		return found, noModule()
	}
	found.MayWrite = actor.Holds(found.Path, Writers()...)
	return found, err
}

// Create starts a draft of an agency; 0: the actor's own.
func (s *Service) Create(ctx context.Context, actor org.Actor, agency id.Agency, lesson Lesson) (Module, error) {
	lesson = lesson.tidied()
	text, err := lesson.encode()
	if err != nil {
		return Module{}, err
	}
	if agency == 0 {
		agency = actor.Agency
	}
	var made Module
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[struct{ ID id.Module }](ctx, tx, `
			INSERT INTO module (agency_id, lesson, created_at, updated_at)
			SELECT id, @lesson::jsonb, @now, @now FROM agency WHERE id = @agency::int8 AND path && @roots::int4[] RETURNING id`,
			db.Args{"agency": agency, "lesson": text, "now": tx.Now, "roots": actor.Roots(Writers()...)})
		if errors.Is(err, db.ErrNoRow) {
			return errs.New(errs.Forbidden, "Anda tidak berwenang menulis modul untuk instansi ini. Pilih instansi tempat Anda bertugas.")
		}
		if err != nil {
			return err
		}
		if made, err = getModule(ctx, tx, actor, row.ID); err != nil {
			return err
		}
		return recordModule(ctx, tx, actor, made, "create")
	})
	return made, err
}

// encode checks a lesson and writes it as its column holds it.
func (l Lesson) encode() (string, error) {
	if err := l.check(); err != nil {
		return "", err
	}
	text, err := json.Marshal(l)
	return string(text), err
}

func recordModule(ctx context.Context, tx *db.Tx, actor org.Actor, m Module, action string) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: m.AgencyID, Action: "module." + action,
		Subject: m.subject(), Detail: map[string]int{"revision": m.Revision, "version": m.Version}})
}

// Edit replaces the text that the writer opened at a revision. What is published stays until it is published again.
func (s *Service) Edit(ctx context.Context, actor org.Actor, module id.Module, seen int, lesson Lesson) (Module, error) {
	lesson = lesson.tidied()
	text, err := lesson.encode()
	if err != nil {
		return Module{}, err
	}
	return s.changeModule(ctx, actor, module, seen, "edit", func(tx *db.Tx, _ Module) error {
		_, err := db.Exec(ctx, tx, `UPDATE module SET revision = revision + 1, lesson = $2::jsonb, updated_at = $3 WHERE id = $1`, module, text, tx.Now)
		return err
	})
}

// Publish makes the text that was seen a version that people learn from. Who passed an older one keeps it.
func (s *Service) Publish(ctx context.Context, actor org.Actor, module id.Module, seen int) (Module, error) {
	return s.changeModule(ctx, actor, module, seen, "publish", func(tx *db.Tx, m Module) error {
		if err := m.Lesson.checkComplete(); err != nil {
			return err
		}
		if m.State == Published && !m.Changed {
			return nil
		}
		if m.Changed {
			if _, err := db.Exec(ctx, tx, `INSERT INTO module_version (module_id, no, lesson, published_at)
				SELECT id, version + 1, lesson, $2 FROM module WHERE id = $1`, module, tx.Now); err != nil {
				return err
			}
		}
		_, err := db.Exec(ctx, tx, `UPDATE module SET state = 'published', version = version + CASE WHEN revision <> published THEN 1 ELSE 0 END,
			published = revision, updated_at = $2 WHERE id = $1`, module, tx.Now)
		return err
	})
}

// Archive takes a module off the shelf. Who passed it keeps it, and it can be published again.
func (s *Service) Archive(ctx context.Context, actor org.Actor, module id.Module, seen int) (Module, error) {
	return s.changeModule(ctx, actor, module, seen, "archive", func(tx *db.Tx, _ Module) error {
		_, err := db.Exec(ctx, tx, `UPDATE module SET state = 'archived', updated_at = $2 WHERE id = $1`, module, tx.Now)
		return err
	})
}

// changeModule holds a module that the actor saw at a revision, and changes it.
func (s *Service) changeModule(ctx context.Context, actor org.Actor, module id.Module, seen int, action string, act func(*db.Tx, Module) error) (Module, error) {
	var changed Module
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `SELECT FROM module WHERE id = $1 FOR UPDATE`, module); err != nil {
			return err
		}
		found, err := getModule(ctx, tx, actor, module)
		if err != nil {
			return err
		}
		if !found.MayWrite {
			return errs.New(errs.Forbidden, "Peran Anda tidak berwenang mengubah modul instansi ini.")
		}
		if seen != found.Revision {
			return stale(found.Revision, seen)
		}
		if err := act(tx, found); err != nil {
			return err
		}
		if changed, err = getModule(ctx, tx, actor, module); err != nil {
			return err
		}
		return recordModule(ctx, tx, actor, changed, action)
	})
	return changed, err
}

func stale(now, seen int) error {
	return errs.New(errs.Conflict, "Naskah ini sudah diubah (kini revisi %d, Anda membuka revisi %d). Salin perubahan Anda, muat ulang, lalu simpan lagi.", now, seen)
}
