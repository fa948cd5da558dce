// Package org owns the agency tree (ministries, regions, agencies, units), the roles that can be held
// on it, and with them the scope of an actor.
package org

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Kind is the level of a node.
type Kind string

// The levels, from the top. Levels may be left out, and regions may lie in regions.
const (
	Ministry Kind = "ministry"
	Region   Kind = "region"
	Body     Kind = "agency" // a dinas, badan, secretariat: what people call their instansi
	Unit     Kind = "unit"
)

// SmallestGroup is how many people a node must have for its figures to be shown: under five, a sum tells
// of persons. Boards and reports alike keep to it.
const SmallestGroup = 5

// below lists the levels that may lie directly under a level.
var below = map[Kind][]Kind{
	"":       {Ministry, Region, Body},
	Ministry: {Region, Body},
	Region:   {Region, Body},
	Body:     {Body, Unit}, // a hospital of the province lies below its dinas
	Unit:     {Unit},
}

// Agency is one node of the tree.
type Agency struct {
	ID        id.Agency `json:"id"`
	ParentID  id.Agency `json:"parent_id" doc:"0 for the root"`
	Kind      Kind      `json:"kind" enum:"ministry,region,agency,unit"`
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	ShortName string    `json:"short_name"`
	Zone      string    `json:"zone" doc:"IANA name of WIB, WITA or WIT"`
}

// Draft is what an administrator gives of a node.
type Draft struct {
	ParentID  id.Agency
	Kind      Kind
	Code      string
	Name      string
	ShortName string // empty: the name
	Zone      string // empty: the parent's
}

// Service reads and changes the tree.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Create adds a node below one that the actor administers.
func (s *Service) Create(ctx context.Context, actor Actor, draft Draft) (created Agency, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := find(ctx, tx, actor.Roots(Admin), draft.ParentID); err != nil {
			return err
		}
		if created, err = insert(ctx, tx, draft); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: created.ID, Action: "agency.create", Subject: created.subject()})
	})
	return created, err
}

// CreateAll adds nodes for the system itself (an import, the demo world); parents come before children
// and are named by their code.
func (s *Service) CreateAll(ctx context.Context, drafts []DraftByCode) (made map[string]Agency, err error) {
	made = map[string]Agency{}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, d := range drafts {
			d.Draft.ParentID = made[d.ParentCode].ID
			if d.ParentCode != "" && d.Draft.ParentID == 0 {
				return fmt.Errorf("agency %s comes before its parent %s", d.Code, d.ParentCode)
			}
			if made[d.Code], err = insert(ctx, tx, d.Draft); err != nil {
				return fmt.Errorf("agency %s: %w", d.Code, err)
			}
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Action: "agency.create_all", Subject: "agency", Detail: map[string]int{"count": len(drafts)}})
	})
	return made, err
}

// DraftByCode is a draft whose parent is named by its code.
type DraftByCode struct {
	Draft
	ParentCode string
}

// Rename gives a node another name. Its code, level and place stay.
func (s *Service) Rename(ctx context.Context, actor Actor, node id.Agency, name, shortName string) (changed Agency, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if changed, err = find(ctx, tx, actor.Roots(Admin), node); err != nil {
			return err
		}
		changed.Name, changed.ShortName = strings.TrimSpace(name), strings.TrimSpace(shortName)
		if err := errs.InvalidFields(nameFaults(changed.Name, changed.ShortName)); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE agency SET name = $2, short_name = $3 WHERE id = $1`, node, changed.Name, changed.ShortName)
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: node, Action: "agency.rename", Subject: changed.subject()})
	})
	return changed, err
}

func (a Agency) subject() string { return fmt.Sprintf("agency/%d", a.ID) }

func insert(ctx context.Context, tx *db.Tx, draft Draft) (Agency, error) {
	parent, err := parentOf(ctx, tx, draft.ParentID)
	if err != nil {
		return Agency{}, err
	}
	row, err := draft.check(parent)
	if err != nil {
		return Agency{}, err
	}
	// The number comes first, because the path holds it.
	row, err = db.Get[Agency](ctx, tx, insertSQL, db.Args{
		"parent": parent.ID, "kind": row.Kind, "code": row.Code, "name": row.Name,
		"short": row.ShortName, "zone": row.Zone, "now": tx.Now,
	})
	if db.Broken(err, "agency_code_key") {
		return Agency{}, errs.InvalidField("code", "Kode %s sudah dipakai instansi lain.", draft.Code)
	}
	return row, err
}

const insertSQL = `
WITH new AS (SELECT nextval(pg_get_serial_sequence('agency', 'id'))::int4 AS id)
INSERT INTO agency (id, parent_id, path, kind, code, name, short_name, zone, created_at)
OVERRIDING SYSTEM VALUE
SELECT new.id, parent.id, coalesce(parent.path, '{}') || new.id, @kind, @code, @name, @short, @zone, @now
FROM new LEFT JOIN agency AS parent ON parent.id = @parent
RETURNING ` + columns

func parentOf(ctx context.Context, tx *db.Tx, parent id.Agency) (Agency, error) {
	if parent == 0 {
		return Agency{}, nil
	}
	found, err := db.Get[Agency](ctx, tx, `SELECT `+columns+` FROM agency WHERE id = $1`, parent)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.InvalidField("parent_id", "Instansi induk tidak ditemukan.")
	}
	return found, err
}

var codePattern = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$`)

// check completes a draft from its parent and names every fault.
func (d Draft) check(parent Agency) (Agency, error) {
	a := Agency{ParentID: d.ParentID, Kind: d.Kind, Code: strings.TrimSpace(d.Code),
		Name: strings.TrimSpace(d.Name), ShortName: strings.TrimSpace(d.ShortName), Zone: d.Zone}
	if a.ShortName == "" && len([]rune(a.Name)) <= maxShortName {
		a.ShortName = a.Name
	}
	if a.Zone == "" {
		a.Zone = parent.Zone
	}
	faults := nameFaults(a.Name, a.ShortName)
	if !codePattern.MatchString(a.Code) {
		faults = append(faults, errs.Field{Field: "code", Message: "Kode berisi 1–40 huruf, angka, titik, atau tanda hubung."})
	}
	if !slices.Contains(below[parent.Kind], a.Kind) {
		faults = append(faults, errs.Field{Field: "kind", Message: "Jenis ini tidak dapat berada langsung di bawah induknya."})
	}
	if _, err := period.Zone(a.Zone); err != nil {
		faults = append(faults, errs.Field{Field: "zone", Message: "Pilih zona waktu WIB, WITA, atau WIT."})
	}
	return a, errs.InvalidFields(faults)
}

const (
	maxName      = 200
	maxShortName = 60
)

func nameFaults(name, shortName string) (faults []errs.Field) {
	if n := len([]rune(name)); n == 0 || n > maxName {
		faults = append(faults, errs.Field{Field: "name", Message: fmt.Sprintf("Nama wajib diisi, paling banyak %d karakter.", maxName)})
	}
	if n := len([]rune(shortName)); n == 0 || n > maxShortName {
		faults = append(faults, errs.Field{Field: "short_name", Message: fmt.Sprintf("Nama singkat wajib diisi, paling banyak %d karakter.", maxShortName)})
	}
	return faults
}
