// Package directive owns directives (arahan pimpinan): a leader's numbered letter, whom it concerns, and how
// many of them have opened it. Who that was is shown to nobody.
package directive

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// State is where a directive stands.
type State string

// The life of a directive. What was issued is a letter: it is never changed, only withdrawn.
const (
	Draft     State = "draft"
	Issued    State = "issued"
	Withdrawn State = "withdrawn"
)

// Writers may write, issue and withdraw directives of their subtree.
func Writers() []org.Role { return []org.Role{org.Publisher, org.Leader} }

// Readers see the directives of their subtree with their sums.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Leader, org.Auditor, org.Admin}
}

// Letter is what the writer fills in.
type Letter struct {
	Number   string       `json:"number,omitempty" maxLength:"200" example:"800/117/SETDA/2026"`
	Title    string       `json:"title" maxLength:"400"`
	Body     string       `json:"body,omitempty" maxLength:"40000" doc:"Markdown"`
	Signer   string       `json:"signer,omitempty" maxLength:"400" doc:"Name and office, as under the letter"`
	SignedOn *period.Day  `json:"signed_on,omitempty" doc:"The day it was signed; null: not yet known"`
	Targets  []id.Agency  `json:"targets,omitempty" gorm:"-" maxItems:"1000" nullable:"false" doc:"Whom it concerns: everybody below these nodes"`
	Contents []id.Content `json:"contents,omitempty" gorm:"-" maxItems:"100" nullable:"false" doc:"The contents that carry it out"`
}

const (
	maxNumber   = 100
	maxTitle    = 200
	maxBody     = 20_000
	maxSigner   = 200
	maxTargets  = 1_000
	maxContents = 50
	maxReason   = 1_000
)

// Service reads and changes directives.
type Service struct {
	db    *db.DB
	files blob.Documents
}

// New makes the service. Attachments are kept in files.
func New(d *db.DB, files blob.Documents) *Service { return &Service{db: d, files: files} }

// row is a directive that is held for a change.
type row struct {
	ID         id.Directive
	AgencyID   id.Agency
	State      State
	Version    int
	Attachment *string
	Number     string
	Signer     string
	SignedOn   *period.Day
	Body       string
	Path       db.IDs[id.Agency]
}

func (r row) subject() string { return fmt.Sprintf("directive/%d", r.ID) }

// lock takes the directive that the actor wants to change. What they may not see is not found; what they see
// and may not change is forbidden.
func lock(ctx context.Context, tx *db.Tx, actor org.Actor, directive id.Directive) (row, error) {
	if _, err := db.Exec(ctx, tx, `SELECT FROM directive WHERE id = $1 FOR UPDATE`, directive); err != nil {
		return row{}, err
	}
	found, err := db.Get[row](ctx, tx, `SELECT d.id, d.agency_id, d.state, d.version, d.attachment::text AS attachment, d.number, d.signer,
			d.signed_on, d.body, a.path::text AS path
		FROM directive AS d JOIN agency AS a ON a.id = d.agency_id WHERE d.id = $1 AND a.path && $2::int4[]`, directive, actor.Roots(Readers()...))
	switch {
	case errors.Is(err, db.ErrNoRow):
		return found, notFound()
	case err != nil:
		return found, err
	case !actor.Holds(found.Path, Writers()...):
		return found, errs.New(errs.Forbidden, "Peran Anda tidak berwenang mengubah arahan instansi ini.")
	}
	return found, nil
}

func notFound() error { return errs.New(errs.NotFound, "Arahan tidak ditemukan.") }

// lockDraft is lock for what only a draft allows.
func lockDraft(ctx context.Context, tx *db.Tx, actor org.Actor, directive id.Directive) (row, error) {
	found, err := lock(ctx, tx, actor, directive)
	if err == nil && found.State != Draft {
		err = errs.New(errs.Conflict, "Arahan yang sudah diterbitkan tidak dapat diubah. Tarik arahan ini, lalu terbitkan yang baru.")
	}
	return found, err
}

func (r row) checkSeen(seen int) error {
	if seen != r.Version {
		return errs.New(errs.Conflict, "Arahan ini sudah diubah (kini versi %d, Anda membuka versi %d). Salin perubahan Anda, muat ulang, lalu simpan lagi.", r.Version, seen)
	}
	return nil
}

func record(ctx context.Context, tx *db.Tx, actor org.Actor, r row, action string) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: r.AgencyID, Action: "directive." + action,
		Subject: r.subject(), Detail: map[string]any{"version": r.Version}})
}

// tidied trims what a person typed.
func (l Letter) tidied() Letter {
	for _, field := range []*string{&l.Number, &l.Title, &l.Body, &l.Signer} {
		*field = strings.TrimSpace(strings.ReplaceAll(*field, "\x00", ""))
	}
	return l
}

// check names what no draft may have; it says nothing of what is still missing.
func (l Letter) check(today period.Day) error {
	var f errs.Faults
	if l.Title == "" {
		f.Add("title", "Perihal wajib diisi.")
	}
	f.Length("number", "Nomor", l.Number, maxNumber)
	f.Length("title", "Perihal", l.Title, maxTitle)
	f.Length("body", "Isi", l.Body, maxBody)
	f.Length("signer", "Penanda tangan", l.Signer, maxSigner)
	if l.SignedOn != nil && *l.SignedOn > today {
		f.Add("signed_on", "Tanggal penandatanganan tidak boleh di masa depan.")
	}
	if len(l.Targets) > maxTargets {
		f.Add("targets", "Paling banyak %d sasaran.", maxTargets)
	}
	if len(l.Contents) > maxContents {
		f.Add("contents", "Paling banyak %d konten terkait.", maxContents)
	}
	return f.Err()
}

// checkComplete names what a letter still lacks.
func (r row) checkComplete() error {
	var f errs.Faults
	if r.Number == "" {
		f.Add("number", "Nomor wajib diisi sebelum arahan diterbitkan.")
	}
	if r.Signer == "" {
		f.Add("signer", "Penanda tangan wajib diisi sebelum arahan diterbitkan.")
	}
	if r.SignedOn == nil {
		f.Add("signed_on", "Tanggal penandatanganan wajib diisi sebelum arahan diterbitkan.")
	}
	if r.Body == "" && r.Attachment == nil {
		f.Add("body", "Tulis isi arahan atau lampirkan suratnya.")
	}
	return f.Err()
}

// today is the local day in the actor's agency.
func today(now time.Time, actor org.Actor) period.Day {
	return period.LocalDay(now, period.MustZone(actor.Zone))
}
