// Package account owns the registry of social media accounts: official ones, and those of officials, which
// are closed unless somebody opened one up to a day.
package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Kind is whose account it is.
type Kind string

// The kinds.
const (
	Official Kind = "official"
	Personal Kind = "personal" // of an official: off by default, for a time, never in election mode
)

// Readers see the registry of their subtree and of what lies above it.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Auditor, org.Admin}
}

// Writers register accounts of their subtree.
func Writers() []org.Role { return []org.Role{org.Publisher, org.Admin} }

// Openers open a personal account for a time.
func Openers() []org.Role { return []org.Role{org.Admin} }

// Plan is what is registered.
type Plan struct {
	Network string `json:"network" doc:"One of the networks of official posts" example:"instagram"`
	Handle  string `json:"handle" maxLength:"200" doc:"Without @; of a website its host"`
	Kind    Kind   `json:"kind" enum:"official,personal"`
	Owner   string `json:"owner,omitempty" maxLength:"400" doc:"Of a personal account: whose it is, by office"`
}

const (
	maxHandle = 100
	maxOwner  = 200
	maxOpen   = 90 // days
	maxReason = 1_000
)

// Service reads and changes the registry.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// row is an account that is held for a change.
type row struct {
	ID       id.Account
	AgencyID id.Agency
	Zone     string
	Version  int
	Kind     Kind
	ClosedAt *time.Time
	Path     db.IDs[id.Agency]
}

func (r row) subject() string { return fmt.Sprintf("account/%d", r.ID) }

// lock takes the account that the actor wants to change.
func lock(ctx context.Context, tx *db.Tx, actor org.Actor, account id.Account, seen int, roles []org.Role) (row, error) {
	if _, err := db.Exec(ctx, tx, `SELECT FROM account WHERE id = $1 FOR UPDATE`, account); err != nil {
		return row{}, err
	}
	found, err := db.Get[row](ctx, tx, `SELECT c.id, c.agency_id, a.zone, c.version, c.kind, c.closed_at, a.path::text AS path
		FROM account AS c JOIN agency AS a ON a.id = c.agency_id WHERE c.id = $1 AND a.path && $2::int4[]`, account, actor.Roots(Readers()...))
	switch {
	case errors.Is(err, db.ErrNoRow):
		return found, errs.New(errs.NotFound, "Akun tidak ditemukan.")
	case err != nil:
		return found, err
	case !actor.Holds(found.Path, roles...):
		return found, errs.New(errs.Forbidden, "Peran Anda tidak berwenang melakukan tindakan ini pada akun instansi tersebut.")
	case found.Version != seen:
		return found, errs.New(errs.Conflict, "Akun ini sudah diubah orang lain. Muat ulang, lalu coba lagi.")
	case found.ClosedAt != nil:
		return found, errs.New(errs.Conflict, "Akun ini sudah ditutup. Daftarkan lagi bila dipakai kembali.")
	}
	return found, nil
}

func (p Plan) tidied() Plan {
	p.Handle, p.Owner = handle(p.Handle), strings.Join(strings.Fields(p.Owner), " ")
	return p
}

// handle writes an account as it is compared: small letters, without @ and without the rest of an address.
func handle(typed string) string {
	typed = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(typed, "\x00", "")))
	for _, prefix := range []string{"https://", "http://", "www.", "@"} {
		typed = strings.TrimPrefix(typed, prefix)
	}
	return strings.TrimRight(typed, "/")
}

func (p Plan) check() error {
	var f errs.Faults
	if on, known := network.Named(p.Network); !known || !on.Official {
		f.Add("network", "Jejaring harus salah satu dari: %s.", strings.Join(network.Keys(network.Capability.IsOfficial), ", "))
	}
	switch {
	case p.Handle == "":
		f.Add("handle", "Nama akun wajib diisi, misalnya dinkes.nusaarunika.")
	case strings.ContainsAny(p.Handle, " /\t\n?#"):
		f.Add("handle", "Tulis nama akunnya saja, tanpa spasi dan tanpa alamat lengkap.")
	}
	f.Length("handle", "Nama akun", p.Handle, maxHandle)
	f.Length("owner", "Pemilik", p.Owner, maxOwner)
	if p.Kind == Personal && p.Owner == "" {
		f.Add("owner", "Sebutkan jabatan pemilik akun pribadi ini.")
	}
	return f.Err()
}

// Create registers an account of an agency; 0: the actor's own. The same one again is refused.
func (s *Service) Create(ctx context.Context, actor org.Actor, agency id.Agency, plan Plan) (Account, error) {
	plan = plan.tidied()
	if err := plan.check(); err != nil {
		return Account{}, err
	}
	if agency == 0 {
		agency = actor.Agency
	}
	var made row
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		// One that was closed comes back as a new one would: a personal one is closed to use again.
		rows, err := db.All[row](ctx, tx, `INSERT INTO account AS c (agency_id, network, handle, kind, owner, created_at, updated_at)
			SELECT id, @network, @handle, @kind, @owner, @now, @now FROM agency WHERE id = @agency::int8 AND path && @roots::int4[]
			ON CONFLICT ON CONSTRAINT account_handle_key DO UPDATE SET version = c.version + 1, kind = excluded.kind, owner = excluded.owner,
				open_until = NULL, open_reason = '', closed_at = NULL, updated_at = excluded.updated_at WHERE c.closed_at IS NOT NULL
			RETURNING id, agency_id`, db.Args{"network": plan.Network, "handle": plan.Handle, "kind": plan.Kind, "owner": plan.Owner,
			"now": tx.Now, "agency": agency, "roots": actor.Roots(Writers()...)})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return refusal(ctx, tx, actor, agency)
		}
		made = rows[0]
		return record(ctx, tx, actor, made, "create", map[string]any{"network": plan.Network, "kind": plan.Kind})
	})
	if err != nil {
		return Account{}, err
	}
	return s.Get(ctx, actor, made.ID)
}

// refusal tells an account that is there already from an agency of somebody else's.
func refusal(ctx context.Context, tx *db.Tx, actor org.Actor, agency id.Agency) error {
	own, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM agency WHERE id = $1::int8 AND path && $2::int4[]`, agency, actor.Roots(Writers()...))
	if err == nil && own.N == 0 {
		return errs.New(errs.Forbidden, "Anda bukan penerbit atau administrator pada instansi ini.")
	}
	if err == nil {
		err = errs.InvalidField("handle", "Akun ini sudah terdaftar pada instansi tersebut.")
	}
	return err
}

// Open lets a personal account be used up to and with a day, for a reason that stays in the log.
func (s *Service) Open(ctx context.Context, actor org.Actor, account id.Account, seen int, until period.Day, reason string) (Account, error) {
	reason = strings.TrimSpace(reason)
	return s.change(ctx, actor, account, seen, Openers(), func(tx *db.Tx, found row) error {
		today := period.LocalDay(tx.Now, period.MustZone(found.Zone))
		var f errs.Faults
		if found.Kind != Personal {
			f.Add("kind", "Akun resmi tidak perlu dibuka.")
		}
		if until < today || until > today.Add(maxOpen) {
			f.Add("until", "Tanggal terakhir antara hari ini dan %d hari lagi.", maxOpen)
		}
		if reason == "" {
			f.Add("reason", "Tuliskan dasar pembukaan akun pribadi ini, misalnya nomor surat.")
		}
		f.Length("reason", "Alasan", reason, maxReason)
		if err := f.Err(); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE account SET version = version + 1, open_until = $2::date, open_reason = $3, updated_at = $4 WHERE id = $1`,
			account, until.String(), reason, tx.Now); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "open", map[string]any{"until": until.String(), "reason": reason})
	})
}

// Close takes an account out of use. What stands on it already stays.
func (s *Service) Close(ctx context.Context, actor org.Actor, account id.Account, seen int) (Account, error) {
	return s.change(ctx, actor, account, seen, Writers(), func(tx *db.Tx, found row) error {
		if _, err := db.Exec(ctx, tx, `UPDATE account SET version = version + 1, closed_at = $2, updated_at = $2 WHERE id = $1`, account, tx.Now); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "close", nil)
	})
}

func (s *Service) change(ctx context.Context, actor org.Actor, account id.Account, seen int, roles []org.Role, act func(*db.Tx, row) error) (Account, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := lock(ctx, tx, actor, account, seen, roles)
		if err != nil {
			return err
		}
		return act(tx, found)
	})
	if err != nil {
		return Account{}, err
	}
	return s.Get(ctx, actor, account)
}

func record(ctx context.Context, tx *db.Tx, actor org.Actor, r row, action string, detail map[string]any) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: r.AgencyID, Action: "account." + action, Subject: r.subject(), Detail: detail})
}
