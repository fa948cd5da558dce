package user

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/period"
)

// newcomer is a draft that was checked.
type newcomer struct {
	Draft
	id     id.User
	nip    NIP
	emails [][]byte // hashes, newest key first; none without an address
	nips   [][]byte
}

// CreateAll adds people for the system itself (an import, the demo world) and gives their numbers in
// the order of the drafts. Twenty thousand take a few seconds: everything is written in sets.
func (s *Service) CreateAll(ctx context.Context, drafts []Draft) (made []id.User, err error) {
	people, err := s.checkAll(drafts)
	if err != nil {
		return nil, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := refuseTaken(ctx, tx, people); err != nil {
			return err
		}
		if made, err = takeNumbers(ctx, tx, people); err != nil {
			return err
		}
		if err := s.copyPeople(ctx, tx, people); err != nil {
			return err
		}
		if err := copyPlacements(ctx, tx, people); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Action: "user.create_all", Subject: "user", Detail: map[string]int{"count": len(made)}})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// checkAll cleans and checks the drafts, each by itself and against each other.
func (s *Service) checkAll(drafts []Draft) ([]newcomer, error) {
	today := period.LocalDay(s.db.Now(), period.MustZone("Asia/Jayapura"))
	people := make([]newcomer, len(drafts))
	seen := map[string]bool{}
	for i, draft := range drafts {
		p := newcomer{Draft: draft}
		p.Name, p.Email = cleanText(draft.Name), cleanEmail(draft.Email)
		p.Position, p.Grade = cleanText(draft.Position), cleanText(draft.Grade)
		faults := personFaults(p.Name, p.Email, p.Position, p.Grade)
		if p.Email == "" && draft.NIP == "" {
			faults = append(faults, errs.Field{Field: "email", Message: "Isi alamat surel atau NIP: salah satunya dipakai untuk masuk."})
		}
		if err := errs.InvalidFields(faults); err != nil {
			return nil, err
		}
		if p.Email != "" {
			p.emails = s.hashes(p.Email)
		}
		if draft.NIP != "" {
			nip, err := ParseNIP(draft.NIP, today)
			if err != nil {
				return nil, err
			}
			p.nip, p.nips = nip, s.hashes(nip.digits)
		}
		for _, one := range []struct {
			hashes [][]byte
			taken  error
		}{{p.emails, errEmailTaken()}, {p.nips, errNIPTaken()}} {
			if len(one.hashes) > 0 && seen[string(one.hashes[0])] {
				return nil, one.taken
			} else if len(one.hashes) > 0 {
				seen[string(one.hashes[0])] = true
			}
		}
		people[i] = p
	}
	return people, nil
}

func errEmailTaken() error { return errs.InvalidField("email", "Alamat surel ini sudah dipakai.") }
func errNIPTaken() error   { return errs.InvalidField("nip", "NIP ini sudah dipakai.") }

// refuseTaken looks for the identifiers under every key of the ring: under an older key the constraint
// does not see them.
func refuseTaken(ctx context.Context, tx *db.Tx, people []newcomer) error {
	var hashes [][]byte
	for _, p := range people {
		hashes = append(append(hashes, p.emails...), p.nips...)
	}
	taken, err := db.All[struct{ Kind string }](ctx, tx, `SELECT kind FROM user_identifier WHERE hash = ANY($1) LIMIT 1`, hashes)
	switch {
	case err != nil || len(taken) == 0:
		return err
	case taken[0].Kind == "nip":
		return errNIPTaken()
	}
	return errEmailTaken()
}

// takeNumbers takes the people's numbers out of the sequence.
func takeNumbers(ctx context.Context, tx *db.Tx, people []newcomer) ([]id.User, error) {
	numbers, err := db.All[struct{ ID id.User }](ctx, tx,
		`SELECT nextval(pg_get_serial_sequence('app_user', 'id')) AS id FROM generate_series(1, $1::int)`, len(people))
	if err != nil {
		return nil, err
	}
	made := make([]id.User, len(people))
	for i := range people {
		people[i].id, made[i] = numbers[i].ID, numbers[i].ID
	}
	return made, nil
}

// copyPeople writes who they are, and what they sign in with.
func (s *Service) copyPeople(ctx context.Context, tx *db.Tx, people []newcomer) error {
	var rows, identifiers, nips, roles [][]any
	for _, p := range people {
		rows = append(rows, []any{p.id, p.Name, p.Email, p.Position, p.Grade, tx.Now})
		if len(p.emails) > 0 {
			identifiers = append(identifiers, []any{p.emails[0], p.id, "email"})
		}
		if len(p.nips) > 0 {
			identifiers = append(identifiers, []any{p.nips[0], p.id, "nip"})
			nips = append(nips, []any{p.id, s.nips.Seal([]byte(p.nip.digits), nipPlace(p.id)), p.nip.Last3()})
		}
		for _, grant := range p.Roles {
			roles = append(roles, []any{p.id, grant.Agency, string(grant.Role), tx.Now})
		}
	}
	for _, one := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"app_user", []string{"id", "name", "email", "position", "grade", "created_at"}, rows},
		{"user_identifier", []string{"hash", "user_id", "kind"}, identifiers},
		{"user_nip", []string{"user_id", "sealed", "last3"}, nips},
		{"user_role", []string{"user_id", "agency_id", "role", "granted_at"}, roles},
	} {
		if err := copyRows(ctx, tx, one.table, one.columns, one.rows); err != nil {
			return err
		}
	}
	return nil
}

func copyRows(ctx context.Context, tx *db.Tx, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.Pgx().CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
	err = db.Error(err)
	if db.Broken(err, "user_identifier_hash_pkey") { // somebody was faster
		return errEmailTaken()
	}
	return err
}

// copyPlacements writes where they work and worked.
func copyPlacements(ctx context.Context, tx *db.Tx, people []newcomer) error {
	agencies, err := agenciesOfUnits(ctx, tx)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, p := range people {
		spans := append(append([]Placement{}, p.Before...), Placement{p.Unit, p.From})
		for i, span := range spans {
			agency, known := agencies[span.Unit]
			if !known {
				return errs.InvalidField("unit_id", "Unit kerja tidak ditemukan.")
			}
			var until *period.Day
			if i+1 < len(spans) {
				until = &spans[i+1].From
				if *until <= span.From {
					return fmt.Errorf("user: placement %d of a draft does not begin before the next", i)
				}
			}
			rows = append(rows, []any{p.id, span.From, until, span.Unit, agency})
		}
	}
	return copyRows(ctx, tx, "placement", []string{"user_id", "from_day", "until_day", "unit_id", "agency_id"}, rows)
}

// agenciesOfUnits gives each node the nearest agency at or above it, or the node itself.
func agenciesOfUnits(ctx context.Context, c db.Conn) (map[id.Agency]id.Agency, error) {
	nodes, err := db.All[struct{ ID, AgencyID id.Agency }](ctx, c, `SELECT unit.id, coalesce((SELECT above.id FROM agency AS above
		WHERE above.id = ANY(unit.path) AND above.kind = 'agency' ORDER BY cardinality(above.path) DESC LIMIT 1), unit.id) AS agency_id
		FROM agency AS unit`)
	of := make(map[id.Agency]id.Agency, len(nodes))
	for _, node := range nodes {
		of[node.ID] = node.AgencyID
	}
	return of, err
}
