package account

import (
	"context"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Account is one as the console reads it.
type Account struct {
	ID         id.Account `json:"id"`
	AgencyID   id.Agency  `json:"agency_id"`
	AgencyName string     `json:"agency_name"`
	Version    int        `json:"version"`
	Plan
	State      string      `json:"state" gorm:"-" enum:"active,off,open,expired,closed" doc:"off and expired: a personal account that may not be used; open: one that may, up to open_until"`
	OpenUntil  *period.Day `json:"open_until,omitempty"`
	OpenReason string      `json:"open_reason"`
	ClosedAt   *time.Time  `json:"closed_at,omitempty"`
	UpdatedAt  time.Time   `json:"updated_at"`
	MayWrite   bool        `json:"may_write" gorm:"-"`
	MayOpen    bool        `json:"may_open" gorm:"-"`

	Zone string            `json:"-"`
	Path db.IDs[id.Agency] `json:"-"`
}

// usableSQL names the accounts that an agency may use: those of the few nodes of its path, by their index.
const (
	selectSQL = columnsSQL + ` FROM account AS c` + placeSQL
	usableSQL = `WITH usable AS MATERIALIZED (SELECT * FROM account WHERE closed_at IS NULL
	AND agency_id = ANY(ARRAY(SELECT unnest(path) FROM agency WHERE id = @agency::int8))) ` + columnsSQL + ` FROM usable AS c` + placeSQL
	columnsSQL = `SELECT c.id, c.agency_id, a.short_name AS agency_name, c.version, c.network, c.handle, c.kind, c.owner, c.open_until, c.open_reason,
	c.closed_at, c.updated_at, a.zone, a.path::text AS path`
	placeSQL = ` JOIN agency AS a ON a.id = c.agency_id WHERE `
)

// visible are the accounts below what one reads, and those above it: an office may use its region's account.
const visible = `(a.path && @roots::int4[] OR EXISTS (SELECT FROM agency AS own WHERE own.id = ANY(@roots::int4[]) AND a.id = ANY(own.path)))`

// Get reads one account.
func (s *Service) Get(ctx context.Context, actor org.Actor, account id.Account) (Account, error) {
	found, err := db.Get[Account](ctx, s.db, selectSQL+`c.id = @id AND a.path && @roots::int4[]`, db.Args{"id": int64(account), "roots": actor.Roots(Readers()...)})
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Akun tidak ditemukan.")
	}
	return found.completed(actor, s.db.Now()), err
}

// Filter narrows the list.
type Filter struct {
	Agency id.Agency // those that this agency may use; 0: all
	page.Ask
}

// List reads the registry, newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, f Filter) (page.Page[Account], error) {
	chosen := selectSQL
	if f.Agency != 0 {
		chosen = usableSQL
	}
	return page.Falling(f.Ask, func(a Account) id.Account { return a.ID }, func(before id.Account, limit int) ([]Account, error) {
		rows, err := db.All[Account](ctx, s.db, chosen+visible+` AND (@before::int4 = 0 OR c.id < @before) ORDER BY c.id DESC LIMIT @limit`,
			db.Args{"roots": actor.Roots(Readers()...), "before": before, "agency": f.Agency, "limit": limit})
		for i := range rows {
			rows[i] = rows[i].completed(actor, s.db.Now())
		}
		return rows, err
	})
}

func (a Account) completed(actor org.Actor, now time.Time) Account {
	today := period.LocalDay(now, period.MustZone(a.Zone))
	switch {
	case a.ClosedAt != nil:
		a.State = "closed"
	case a.Kind == Official:
		a.State = "active"
	case a.OpenUntil == nil:
		a.State = "off"
	case *a.OpenUntil < today:
		a.State = "expired"
	default:
		a.State = "open"
	}
	a.MayWrite = a.State != "closed" && actor.Holds(a.Path, Writers()...)
	a.MayOpen = a.MayWrite && a.Kind == Personal && actor.Holds(a.Path, Openers()...)
	return a
}
