// Package user owns the people: who they are, where they work and worked, which roles they hold, how
// many people each node had on each day, and the rosters that they come from.
package user

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/seal"
)

// Draft is what is known of a person who is added.
type Draft struct {
	Name     string
	Email    string      // may be empty when there is a NIP
	NIP      string      // may be empty when there is an e-mail address
	Position string      // jabatan
	Grade    string      // golongan
	Unit     id.Agency   // where the person works; a unit, or an agency without units
	From     period.Day  // first day there
	Before   []Placement // where the person worked before From, oldest first; each ends where the next begins
	Roles    []org.Grant // beside being an ASN
}

// Placement is a unit and the first day there.
type Placement struct {
	Unit id.Agency
	From period.Day
}

// Service reads and changes people.
type Service struct {
	db   *db.DB
	org  *org.Service
	hash []seal.Derived // keyed hashes of identifiers, newest key first
	nips *seal.Box
}

// New makes the service.
func New(d *db.DB, ring *seal.Ring, agencies *org.Service) *Service {
	return &Service{db: d, org: agencies, hash: ring.Derive("identifier", 32), nips: seal.NewBox(ring, "nip")}
}

// ErrUnknown says that nobody has an identifier.
var ErrUnknown = errors.New("user: nobody has this identifier")

// ByIdentifier finds who signs in with an e-mail address or a NIP, however it is spaced; the error is
// ErrUnknown. It takes no actor, because nobody is signed in yet, and tells nothing but the number.
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
	plain := strings.ToLower(strings.TrimSpace(identifier))
	if digits := normaliseNIP(identifier); !strings.Contains(identifier, "@") && digits != "" {
		plain = digits
	}
	hashes := make([][]byte, 0, len(s.hash))
	for _, key := range s.hash {
		hashes = append(hashes, seal.Hash(key.Key, plain))
	}
	return hashes
}

// nipPlace is where a sealed NIP belongs: in another row it does not open.
func nipPlace(person id.User) string { return fmt.Sprintf("user_nip/%d", person) }

func (d Draft) String() string { return fmt.Sprintf("person in unit %d", d.Unit) } // never the name, in a log
