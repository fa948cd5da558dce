package learn

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gaung/internal/audit"
	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// GuideText is what the writer of a guide fills in.
type GuideText struct {
	Title     string      `json:"title" maxLength:"400"`
	Theme     string      `json:"theme,omitempty" enum:"reputasi,city_branding,juknis,etika" default:"juknis"`
	Edition   string      `json:"edition,omitempty" maxLength:"100" example:"2.1" doc:"As its readers call it"`
	ValidFrom *period.Day `json:"valid_from,omitempty"`
	Body      string      `json:"body,omitempty" maxLength:"120000" doc:"Markdown"`
}

const (
	maxEdition = 40
	maxGuide   = 60_000
)

func (g GuideText) tidied() GuideText {
	tidy(&g.Title, &g.Edition, &g.Body)
	return g
}

func (g GuideText) check() error {
	var f errs.Faults
	if g.Title == "" {
		f.Add("title", "Judul perlu diisi.")
	}
	f.Length("title", "Judul", g.Title, maxTitle)
	f.Length("edition", "Edisi", g.Edition, maxEdition)
	f.Length("body", "Isi", g.Body, maxGuide)
	return f.Err()
}

// Guide is a document of guidance (juknis).
type Guide struct {
	ID         id.Guide  `json:"id"`
	AgencyID   id.Agency `json:"agency_id"`
	AgencyName string    `json:"agency_name"`
	State      State     `json:"state" enum:"draft,published,archived"`
	Revision   int       `json:"version"`
	GuideText  `gorm:"embedded"`
	File       *GuideFile `json:"file,omitempty" gorm:"-"`
	MayWrite   bool       `json:"may_write" gorm:"-"`
	UpdatedAt  time.Time  `json:"updated_at"`

	Stored string            `json:"-"`
	Path   db.IDs[id.Agency] `json:"-"`
}

func (g Guide) subject() string { return fmt.Sprintf("guide/%d", g.ID) }

const guideSQL = `
SELECT g.id, g.agency_id, a.name AS agency_name, g.state, g.revision, g.title, g.theme, g.edition, g.valid_from, g.updated_at,
       CASE WHEN @whole THEN g.body ELSE '' END AS body, coalesce(g.file::text, '') AS stored, a.path::text AS path
FROM guide AS g JOIN agency AS a ON a.id = g.agency_id `

// onDesk is a guide that the actor's desk sees; onShelf one that the actor may read.
const (
	onDesk  = `a.path && @roots::int4[]`
	onShelf = `(g.agency_id = ANY(@path::int4[]) AND g.state = 'published')`
)

func guideArgs(actor org.Actor, whole bool, more db.Args) db.Args {
	more["roots"], more["path"], more["whole"] = actor.Roots(Readers()...), actor.Path, whole
	return more
}

// finish fills in what the statement does not.
func (g *Guide) finish(actor org.Actor) error {
	g.MayWrite = actor.Holds(g.Path, Writers()...)
	if g.Stored == "" {
		return nil
	}
	var kept blob.Document
	if err := json.Unmarshal([]byte(g.Stored), &kept); err != nil {
		return err
	}
	g.File = &GuideFile{Name: kept.Name, Bytes: kept.Bytes}
	return nil
}

func guide(ctx context.Context, c db.Conn, actor org.Actor, where string, guide id.Guide) (Guide, error) {
	found, err := db.Get[Guide](ctx, c, guideSQL+`WHERE `+where+` AND g.id = @id`, guideArgs(actor, true, db.Args{"id": guide}))
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Dokumen tidak ditemukan.")
	}
	if err != nil {
		return found, err
	}
	return found, found.finish(actor)
}

// Guides lists the guides of the actor's subtree, newest first and without their text.
func (s *Service) Guides(ctx context.Context, actor org.Actor, state State, ask page.Ask) (page.Page[Guide], error) {
	return page.Falling(ask, func(g Guide) id.Guide { return g.ID }, func(before id.Guide, limit int) ([]Guide, error) {
		rows, err := db.All[Guide](ctx, s.db, guideSQL+`WHERE `+onDesk+` AND (@state::text = '' OR g.state = @state)
			AND (@before::int4 = 0 OR g.id < @before) ORDER BY g.id DESC LIMIT @limit`,
			guideArgs(actor, false, db.Args{"state": string(state), "before": before, "limit": limit}))
		for i := 0; err == nil && i < len(rows); i++ {
			err = rows[i].finish(actor)
		}
		return rows, err
	})
}

// Guide reads one guide of the actor's subtree.
func (s *Service) Guide(ctx context.Context, actor org.Actor, number id.Guide) (Guide, error) {
	return guide(ctx, s.db, actor, onDesk, number)
}

// ReadGuide reads a published guide that is for the actor.
func (s *Service) ReadGuide(ctx context.Context, actor org.Actor, number id.Guide) (Guide, error) {
	found, err := guide(ctx, s.db, actor, onShelf, number)
	found.MayWrite = false
	return found, err
}

// CreateGuide starts a draft of an agency; 0: the actor's own.
func (s *Service) CreateGuide(ctx context.Context, actor org.Actor, agency id.Agency, text GuideText) (Guide, error) {
	text = text.tidied()
	if err := text.check(); err != nil {
		return Guide{}, err
	}
	if agency == 0 {
		agency = actor.Agency
	}
	var made Guide
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[struct{ ID id.Guide }](ctx, tx, `
			INSERT INTO guide (agency_id, title, theme, edition, valid_from, body, created_at, updated_at)
			SELECT id, @title, @theme, @edition, @valid_from::date, @body, @now, @now FROM agency WHERE id = @agency::int8 AND path && @roots::int4[] RETURNING id`,
			text.args(db.Args{"agency": agency, "now": tx.Now, "roots": actor.Roots(Writers()...)}))
		if errors.Is(err, db.ErrNoRow) {
			return errs.New(errs.Forbidden, "Anda tidak berwenang menulis dokumen untuk instansi ini. Pilih instansi tempat Anda bertugas.")
		}
		if err != nil {
			return err
		}
		if made, err = guide(ctx, tx, actor, onDesk, row.ID); err != nil {
			return err
		}
		return recordGuide(ctx, tx, actor, made, "create")
	})
	return made, err
}

func (g GuideText) args(more db.Args) db.Args {
	var day *string
	if g.ValidFrom != nil {
		text := g.ValidFrom.String()
		day = &text
	}
	more["title"], more["theme"], more["edition"], more["valid_from"], more["body"] = g.Title, g.Theme, g.Edition, day, g.Body
	return more
}

func recordGuide(ctx context.Context, tx *db.Tx, actor org.Actor, g Guide, action string) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: g.AgencyID, Action: "guide." + action,
		Subject: g.subject(), Detail: map[string]int{"revision": g.Revision}})
}

// EditGuide replaces the text that the writer opened at a revision. Readers of a published guide see it at once.
func (s *Service) EditGuide(ctx context.Context, actor org.Actor, number id.Guide, seen int, text GuideText) (Guide, error) {
	text = text.tidied()
	if err := text.check(); err != nil {
		return Guide{}, err
	}
	return s.changeGuide(ctx, actor, number, seen, "edit", func(tx *db.Tx, g Guide) error {
		if g.State == Published && text.Body == "" && g.File == nil {
			return emptyGuide()
		}
		_, err := db.Exec(ctx, tx, `UPDATE guide SET revision = revision + 1, title = @title, theme = @theme, edition = @edition,
			valid_from = @valid_from::date, body = @body, updated_at = @now WHERE id = @id`, text.args(db.Args{"id": number, "now": tx.Now}))
		return err
	})
}

func emptyGuide() error {
	return errs.InvalidField("body", "Tulis isi dokumen atau unggah berkas PDF-nya.")
}

// PublishGuide lets everybody below its agency find it.
func (s *Service) PublishGuide(ctx context.Context, actor org.Actor, number id.Guide, seen int) (Guide, error) {
	return s.changeGuide(ctx, actor, number, seen, "publish", func(tx *db.Tx, g Guide) error {
		if g.Body == "" && g.File == nil {
			return emptyGuide()
		}
		return setGuideState(ctx, tx, number, Published)
	})
}

// ArchiveGuide takes it off the shelf.
func (s *Service) ArchiveGuide(ctx context.Context, actor org.Actor, number id.Guide, seen int) (Guide, error) {
	return s.changeGuide(ctx, actor, number, seen, "archive", func(tx *db.Tx, _ Guide) error {
		return setGuideState(ctx, tx, number, Archived)
	})
}

func setGuideState(ctx context.Context, tx *db.Tx, number id.Guide, to State) error {
	_, err := db.Exec(ctx, tx, `UPDATE guide SET state = $2, updated_at = $3 WHERE id = $1`, number, string(to), tx.Now)
	return err
}

// heldGuide takes a guide that the actor wants to change.
func heldGuide(ctx context.Context, tx *db.Tx, actor org.Actor, number id.Guide) (Guide, error) {
	if _, err := db.Exec(ctx, tx, `SELECT FROM guide WHERE id = $1 FOR UPDATE`, number); err != nil {
		return Guide{}, err
	}
	found, err := guide(ctx, tx, actor, onDesk, number)
	if err == nil && !found.MayWrite {
		err = errs.New(errs.Forbidden, "Peran Anda tidak berwenang mengubah dokumen instansi ini.")
	}
	return found, err
}

// changeGuide holds a guide that the actor saw at a revision (0: at any), and changes it.
func (s *Service) changeGuide(ctx context.Context, actor org.Actor, number id.Guide, seen int, action string, act func(*db.Tx, Guide) error) (Guide, error) {
	var changed Guide
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := heldGuide(ctx, tx, actor, number)
		if err != nil {
			return err
		}
		if seen != 0 && seen != found.Revision {
			return stale(found.Revision, seen)
		}
		if err := act(tx, found); err != nil {
			return err
		}
		if changed, err = guide(ctx, tx, actor, onDesk, number); err != nil {
			return err
		}
		return recordGuide(ctx, tx, actor, changed, action)
	})
	return changed, err
}
