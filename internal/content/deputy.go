package content

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Deputy is who acts for somebody at the steps that are theirs, and when.
type Deputy struct {
	ID         int64      `json:"id"`
	UserID     id.User    `json:"user_id" doc:"Who is represented"`
	Name       string     `json:"name"`
	Position   string     `json:"position"`
	DeputyID   id.User    `json:"deputy_id"`
	DeputyName string     `json:"deputy_name"`
	Kind       string     `json:"kind" enum:"plh,plt"`
	From       period.Day `json:"from" gorm:"column:from_day"`
	To         period.Day `json:"to" gorm:"column:to_day" doc:"The last day"`
	StartsAt   time.Time  `json:"starts_at"`
	EndsAt     time.Time  `json:"ends_at"`
	EndedAt    *time.Time `json:"ended_at,omitempty" doc:"When it was ended before its time"`
	State      string     `json:"state" enum:"coming,present,past"`
	Mine       bool       `json:"mine" doc:"The caller may end it"`
}

// Appointment is what is given to name a deputy.
type Appointment struct {
	Deputy   id.User
	Kind     string // "plh" or "plt"
	From, To period.Day
}

// longestPost is how long one appointment may last; a longer one is renewed.
const longestPost = 366 // days

// NameDeputy lets somebody act for a person from day to day: named by the person, or by an administrator of
// where they work. Of two that overlap, the second is refused.
func (s *Service) NameDeputy(ctx context.Context, actor org.Actor, person id.User, a Appointment) (Deputy, error) {
	var made struct{ ID int64 }
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		at, err := representable(ctx, tx, actor, person)
		if err != nil {
			return err
		}
		zone := period.MustZone(at.Zone)
		if err := a.check(person, period.LocalDay(tx.Now, zone)); err != nil {
			return err
		}
		if err := suitable(ctx, tx, actor, at, a.Deputy); err != nil {
			return err
		}
		made, err = db.Get[struct{ ID int64 }](ctx, tx, `INSERT INTO deputy (user_id, deputy_id, kind, from_day, to_day, starts_at, ends_at, named_by, named_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
			person, a.Deputy, a.Kind, a.From, a.To, a.From.Start(zone), a.To.Add(1).Start(zone), actor.User, tx.Now)
		if db.Broken(err, "deputy_period_excl") {
			return errs.InvalidField("from", "Pada sebagian hari itu sudah ada pengganti lain. Akhiri dahulu, atau pilih tanggal lain.")
		}
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: at.AgencyID, Action: "deputy.name", Subject: fmt.Sprintf("user/%d", person),
			Detail: map[string]any{"deputy": a.Deputy, "kind": a.Kind, "from": a.From.String(), "to": a.To.String()}})
	})
	if err != nil {
		return Deputy{}, err
	}
	return s.deputy(ctx, actor, person, made.ID)
}

// EndDeputy ends an appointment before its time. What was decided under it stays.
func (s *Service) EndDeputy(ctx context.Context, actor org.Actor, person id.User, number int64) (Deputy, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		at, err := representable(ctx, tx, actor, person)
		if err != nil {
			return err
		}
		ended, err := db.Exec(ctx, tx, `UPDATE deputy SET ended_at = $3, ended_by = $4 WHERE user_id = $1 AND id = $2 AND ended_at IS NULL AND ends_at > $3`,
			person, number, tx.Now, actor.User)
		if err != nil {
			return err
		}
		if ended == 0 {
			return errs.New(errs.NotFound, "Penunjukan ini tidak ditemukan atau sudah berakhir.")
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: at.AgencyID, Action: "deputy.end", Subject: fmt.Sprintf("user/%d", person)})
	})
	if err != nil {
		return Deputy{}, err
	}
	return s.deputy(ctx, actor, person, number)
}

// post is where somebody works who can be represented.
type post struct {
	AgencyID id.Agency
	Zone     string
	Admin    bool // the actor administers it
}

// representable finds the person whose deputy the actor may name: themselves, or somebody who approves and
// works where the actor administers.
func representable(ctx context.Context, c db.Conn, actor org.Actor, person id.User) (post, error) {
	found, err := db.Get[post](ctx, c, `
		SELECT w.agency_id, o.zone, a.path && $2::int4[] AS admin
		FROM placement AS w JOIN agency AS a ON a.id = w.unit_id JOIN agency AS o ON o.id = w.agency_id
		WHERE w.user_id = $1 AND ($1 = $3 OR a.path && $2::int4[])
		  AND EXISTS (SELECT FROM user_role AS g WHERE g.user_id = $1 AND g.role = 'approver')
		ORDER BY w.until_day IS NULL DESC, w.from_day DESC LIMIT 1`, person, actor.Roots(org.Admin), actor.User)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Penyetuju ini tidak ditemukan, atau pengganti untuknya ditunjuk oleh orang lain.")
	}
	return found, err
}

// peersSQL is who may stand in: whoever works now in the agency of the person, or where the actor administers.
const peersSQL = ` WHERE u.active AND u.id <> @person AND EXISTS (SELECT FROM placement AS p JOIN agency AS n ON n.id = p.unit_id
	WHERE p.user_id = u.id AND p.until_day IS NULL AND (p.agency_id = @agency OR n.path && @roots::int4[]))`

func (p post) args(actor org.Actor, person id.User) db.Args {
	return db.Args{"person": int64(person), "agency": int64(p.AgencyID), "roots": actor.Roots(org.Admin)}
}

func suitable(ctx context.Context, tx *db.Tx, actor org.Actor, at post, deputy id.User) error {
	args := at.args(actor, 0)
	args["deputy"] = int64(deputy)
	_, err := db.Get[Colleague](ctx, tx, namedSQL+peersSQL+` AND u.id = @deputy`, args)
	if errors.Is(err, db.ErrNoRow) {
		return errs.InvalidField("deputy_id", "Pengganti harus pegawai aktif pada instansi yang sama.")
	}
	return err
}

// FindPeers searches by a part of the name who may stand in for a person.
func (s *Service) FindPeers(ctx context.Context, actor org.Actor, person id.User, part string) ([]Colleague, error) {
	at, err := representable(ctx, s.db, actor, person)
	if err != nil {
		return nil, err
	}
	args := at.args(actor, person)
	args["part"] = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.TrimSpace(part))
	return db.All[Colleague](ctx, s.db, namedSQL+peersSQL+` AND u.name ILIKE '%' || @part || '%' ORDER BY lower(u.name), u.id LIMIT 20`, args)
}

func (a Appointment) check(person id.User, today period.Day) error {
	var f errs.Faults
	if a.Deputy == person {
		f.Add("deputy_id", "Pilih orang lain sebagai pengganti.")
	}
	if a.Kind != "plh" && a.Kind != "plt" {
		f.Add("kind", "Pilih Plh. atau Plt.")
	}
	if a.From < today {
		f.Add("from", "Hari pertama paling awal hari ini: penunjukan tidak berlaku surut.")
	}
	if a.To < a.From {
		f.Add("to", "Hari terakhir tidak boleh sebelum hari pertama.")
	} else if a.To-a.From >= longestPost {
		f.Add("to", "Satu penunjukan paling lama %d hari. Perpanjang bila perlu.", longestPost)
	}
	return f.Err()
}

const deputySQL = `
SELECT d.id, d.user_id, p.name, p.position, d.deputy_id, q.name AS deputy_name, d.kind, d.from_day, d.to_day, d.starts_at, d.ends_at, d.ended_at,
       CASE WHEN d.ended_at IS NOT NULL OR d.ends_at <= @now THEN 'past' WHEN d.starts_at > @now THEN 'coming' ELSE 'present' END AS state,
       d.ended_at IS NULL AND d.ends_at > @now AND (d.user_id = @me OR w.administered) AS mine
FROM deputy AS d JOIN app_user AS p ON p.id = d.user_id JOIN app_user AS q ON q.id = d.deputy_id
CROSS JOIN LATERAL (SELECT coalesce(bool_or(a.path && @roots::int4[]), false) AS administered FROM placement AS x JOIN agency AS a ON a.id = x.unit_id
    WHERE x.user_id = d.user_id AND x.until_day IS NULL) AS w
WHERE (d.user_id = @me OR d.deputy_id = @me OR w.administered)`

func (s *Service) deputyArgs(actor org.Actor) db.Args {
	return db.Args{"me": int64(actor.User), "roots": actor.Roots(org.Admin), "now": s.db.Now()}
}

func (s *Service) deputy(ctx context.Context, actor org.Actor, person id.User, number int64) (Deputy, error) {
	args := s.deputyArgs(actor)
	args["person"], args["number"] = int64(person), number
	return db.Get[Deputy](ctx, s.db, deputySQL+` AND d.user_id = @person AND d.id = @number`, args)
}

// Deputies lists appointments of the actor, for the actor, and of those whom the actor administers, the
// newest first.
func (s *Service) Deputies(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[Deputy], error) {
	key, more, err := ask.Key(1)
	if err != nil {
		return page.Page[Deputy]{}, err
	}
	args := s.deputyArgs(actor)
	args["before"], args["limit"] = int64(0), ask.Size()+1
	if more {
		before, ok := id.Parse[int64](key[0])
		if !ok {
			return page.Page[Deputy]{}, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
		args["before"] = before
	}
	rows, err := db.All[Deputy](ctx, s.db, deputySQL+` AND (@before::int8 = 0 OR d.id < @before) ORDER BY d.id DESC LIMIT @limit`, args)
	if err != nil {
		return page.Page[Deputy]{}, err
	}
	return page.Of(ask, rows, func(d Deputy) []string { return []string{strconv.FormatInt(d.ID, 10)} }), nil
}
