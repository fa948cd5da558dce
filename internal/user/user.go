// Package user owns the people: who they are, where they work and worked, which roles they hold, and
// how many people each node had on each day.
package user

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/seal"
)

// Draft is what is known of a person who is added.
type Draft struct {
	Name  string
	Email string
	Unit  id.Agency   // where the person works; a unit, or an agency without units
	From  period.Day  // first day there
	Roles []org.Grant // beside being an ASN
}

// Service reads and changes people.
type Service struct {
	db   *db.DB
	org  *org.Service
	hash []seal.Derived // keyed hashes of identifiers, newest key first
}

// New makes the service.
func New(d *db.DB, ring *seal.Ring, agencies *org.Service) *Service {
	return &Service{db: d, org: agencies, hash: ring.Derive("identifier", 32)}
}

// CreateAll adds people for the system itself (an import, the demo world) and gives their numbers in
// the order of the drafts.
func (s *Service) CreateAll(ctx context.Context, drafts []Draft) (made []id.User, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		made = made[:0]
		for _, draft := range drafts {
			number, err := s.insert(ctx, tx, draft)
			if err != nil {
				return err
			}
			made = append(made, number)
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Action: "user.create_all", Subject: "user", Detail: map[string]int{"count": len(made)}})
	})
	return made, err
}

func (s *Service) insert(ctx context.Context, tx *db.Tx, draft Draft) (id.User, error) {
	draft.Name, draft.Email = strings.TrimSpace(draft.Name), strings.ToLower(strings.TrimSpace(draft.Email))
	if err := draft.check(); err != nil {
		return 0, err
	}
	taken, err := db.All[struct{ UserID id.User }](ctx, tx, `SELECT user_id FROM user_identifier WHERE hash = ANY($1)`, s.hashes(draft.Email))
	if err != nil {
		return 0, err
	}
	if len(taken) > 0 { // perhaps under an older key of the ring, where the constraint does not see it
		return 0, errs.InvalidField("email", "Alamat surel ini sudah dipakai.")
	}
	added, err := db.Get[struct{ ID id.User }](ctx, tx,
		`INSERT INTO app_user (name, email, created_at) VALUES ($1, $2, $3) RETURNING id`, draft.Name, draft.Email, tx.Now)
	if err != nil {
		return 0, err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO user_identifier (hash, user_id, kind) VALUES ($1, $2, 'email')`,
		seal.Hash(s.hash[0].Key, draft.Email), added.ID)
	if db.Broken(err, "user_identifier_hash_pkey") {
		return 0, errs.InvalidField("email", "Alamat surel ini sudah dipakai.")
	}
	if err != nil {
		return 0, err
	}
	if err := place(ctx, tx, added.ID, draft.Unit, draft.From); err != nil {
		return 0, err
	}
	for _, grant := range draft.Roles {
		if _, err := db.Exec(ctx, tx, `INSERT INTO user_role (user_id, agency_id, role) VALUES ($1, $2, $3)`,
			added.ID, grant.Agency, grant.Role); err != nil {
			return 0, err
		}
	}
	return added.ID, nil
}

func (d Draft) check() error {
	var faults []errs.Field
	if n := len([]rune(d.Name)); n == 0 || n > 200 {
		faults = append(faults, errs.Field{Field: "name", Message: "Nama wajib diisi, paling banyak 200 karakter."})
	}
	if address, err := mail.ParseAddress(d.Email); err != nil || address.Address != d.Email || len(d.Email) > 254 {
		faults = append(faults, errs.Field{Field: "email", Message: "Alamat surel tidak sah."})
	}
	return errs.InvalidFields(faults)
}

// place begins a placement. The agency is the nearest one at or above the unit.
func place(ctx context.Context, tx *db.Tx, person id.User, unit id.Agency, from period.Day) error {
	placed, err := db.Exec(ctx, tx, `INSERT INTO placement (user_id, from_day, unit_id, agency_id)
		SELECT $1, $3, unit.id, coalesce((SELECT above.id FROM agency AS above
			WHERE above.id = ANY(unit.path) AND above.kind = 'agency' ORDER BY cardinality(above.path) DESC LIMIT 1), unit.id)
		FROM agency AS unit WHERE unit.id = $2`, person, unit, from)
	if err == nil && placed == 0 {
		return errs.InvalidField("unit_id", "Unit kerja tidak ditemukan.")
	}
	return err
}

// ErrUnknown says that nobody has an identifier.
var ErrUnknown = errors.New("user: nobody has this identifier")

// ByIdentifier finds who signs in with an identifier; the error is ErrUnknown. It takes no actor,
// because nobody is signed in yet, and tells nothing but the number.
func (s *Service) ByIdentifier(ctx context.Context, identifier string) (id.User, error) {
	found, err := db.Get[struct{ UserID id.User }](ctx, s.db, `SELECT user_id FROM user_identifier
		JOIN app_user ON app_user.id = user_id WHERE hash = ANY($1) AND active`, s.hashes(identifier))
	if errors.Is(err, db.ErrNoRow) {
		return 0, ErrUnknown
	}
	return found.UserID, err
}

// hashes are an identifier's under every key of the ring, newest first.
func (s *Service) hashes(identifier string) [][]byte {
	hashes := [][]byte{}
	for _, key := range s.hash {
		hashes = append(hashes, seal.Hash(key.Key, strings.ToLower(strings.TrimSpace(identifier))))
	}
	return hashes
}

func (d Draft) String() string { return fmt.Sprintf("person in unit %d", d.Unit) } // never the name, in a log
