package user

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Person is what an operator sees of somebody: never what they shared, liked or reached.
type Person struct {
	ID       id.User     `json:"id"`
	Name     string      `json:"name"`
	NIPMask  string      `json:"nip_mask" gorm:"column:nip_mask" doc:"Only the last three digits; empty: none is known"`
	UnitID   id.Agency   `json:"unit_id"`
	UnitName string      `json:"unit_name"`
	Position string      `json:"position"`
	Grade    string      `json:"grade"`
	Active   bool        `json:"active" doc:"The account is switched on"`
	From     period.Day  `json:"from" gorm:"column:from_day" doc:"The first day in this unit; it may lie ahead"`
	Next     string      `json:"next_unit" doc:"Where they are going to work; empty: no change is planned"`
	NextFrom *period.Day `json:"next_from,omitempty"`
	SortKey  string      `json:"-"`
}

// PersonFilter narrows the list of people.
type PersonFilter struct {
	Agency id.Agency // only this node and below; 0: all that the actor may see
	Search string    // part of a name, or a whole NIP or e-mail address
	page.Ask
}

// scopeSQL is everybody whose placement of today (or, for who has none yet, the next one) lies in the
// actor's subtree.
const scopeSQL = `FROM placement AS w JOIN agency AS a ON a.id = w.unit_id JOIN app_user AS u ON u.id = w.user_id
	WHERE a.path && @roots::int4[] AND (w.until_day IS NULL OR w.until_day > @today)
	AND (w.from_day <= @today OR NOT EXISTS (SELECT FROM placement AS e
		WHERE e.user_id = w.user_id AND e.from_day < w.from_day AND (e.until_day IS NULL OR e.until_day > @today)))`

const personColumns = `u.id, u.name, coalesce((SELECT @unshown || n.last3 FROM user_nip AS n WHERE n.user_id = u.id), '') AS nip_mask, a.id AS unit_id, a.name AS unit_name,
	u.position, u.grade, u.active, w.from_day, lower(u.name) AS sort_key,
	coalesce((SELECT b.name FROM placement AS x JOIN agency AS b ON b.id = x.unit_id WHERE x.user_id = u.id AND x.from_day > greatest(w.from_day, @today) ORDER BY x.from_day LIMIT 1), '') AS next,
	(SELECT min(x.from_day) FROM placement AS x WHERE x.user_id = u.id AND x.from_day > greatest(w.from_day, @today)) AS next_from `

func (d *Desk) scope(actor org.Actor, of ...org.Role) db.Args {
	return db.Args{"roots": actor.Roots(of...), "today": d.today(actor), "unshown": unshown}
}

// today is the local day of who asks.
func (d *Desk) today(actor org.Actor) period.Day {
	return period.LocalDay(d.db.Now(), period.MustZone(actor.Zone))
}

// People lists those whom the actor administers, by name.
func (d *Desk) People(ctx context.Context, actor org.Actor, f PersonFilter) (page.Page[Person], error) {
	none := page.Page[Person]{}
	args := d.scope(actor, DeskRoles()...)
	if f.Agency != 0 {
		if _, err := nodeOf(ctx, d.db, actor.Roots(DeskRoles()...), f.Agency); err != nil {
			return none, err
		}
		args["roots"] = []id.Agency{f.Agency}
	}
	key, more, err := f.Key(2)
	if err != nil {
		return none, err
	}
	args["name"], args["id"], args["limit"] = "", int64(0), f.Size()+1
	if more {
		number, ok := id.Parse[id.User](key[1])
		if !ok {
			return none, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
		args["name"], args["id"] = key[0], int64(number)
	}
	rows, err := db.All[Person](ctx, d.db, `SELECT `+personColumns+scopeSQL+d.search(f.Search, args)+`
		AND (lower(u.name), u.id) > (@name, @id) ORDER BY lower(u.name), u.id LIMIT @limit`, args)
	if err != nil {
		return none, err
	}
	return page.Of(f.Ask, rows, func(p Person) []string { return []string{p.SortKey, strconv.FormatInt(int64(p.ID), 10)} }), nil
}

// search looks a whole NIP or address up by its hash, and anything else in the names.
func (d *Desk) search(text string, args db.Args) string {
	text = cleanText(text)
	digits := normaliseNIP(text)
	switch {
	case text == "":
		return ""
	case strings.Contains(text, "@"), len(digits) == nipDigits && strings.Trim(digits, "0123456789") == "":
		args["hashes"] = d.users.hashes(text)
		return ` AND u.id IN (SELECT user_id FROM user_identifier WHERE hash = ANY(@hashes))`
	}
	args["part"] = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
	return ` AND u.name ILIKE '%' || @part || '%'`
}

// person reads one whom the actor administers through one of the roles.
func (d *Desk) person(ctx context.Context, c db.Conn, actor org.Actor, person id.User, of ...org.Role) (Person, error) {
	args := d.scope(actor, of...)
	args["person"] = int64(person)
	found, err := db.Get[Person](ctx, c, `SELECT `+personColumns+scopeSQL+` AND u.id = @person`, args)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Orang ini tidak ditemukan.")
	}
	return found, err
}

// change locks a person, does something to them, and records it.
func (d *Desk) change(ctx context.Context, actor org.Actor, person id.User, action string, detail any, do func(*db.Tx, Person) error) (changed Person, err error) {
	err = d.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `SELECT FROM app_user WHERE id = $1 FOR UPDATE`, int64(person)); err != nil {
			return err
		}
		before, err := d.person(ctx, tx, actor, person, DeskRoles()...)
		if err != nil {
			return err
		}
		if err := do(tx, before); err != nil {
			return err
		}
		changed, err = d.person(ctx, tx, actor, person, DeskRoles()...)
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: before.UnitID, Action: action, Subject: userSubject(person), Detail: detail})
	})
	return changed, err
}

func userSubject(person id.User) string { return fmt.Sprintf("user/%d", person) }

// Move lets a person work in another unit of the actor's subtree, from a day on. What was done before
// stays with the old unit.
func (d *Desk) Move(ctx context.Context, actor org.Actor, person id.User, unit id.Agency, from period.Day) (Person, error) {
	now := d.today(actor)
	if from == 0 {
		from = now
	}
	if err := withinReach(from, now); err != nil {
		return Person{}, err
	}
	detail := map[string]any{"unit": unit, "from": from.String()}
	return d.change(ctx, actor, person, "user.move", detail, func(tx *db.Tx, _ Person) error {
		to, err := nodeOf(ctx, tx, actor.Roots(DeskRoles()...), unit)
		if err == nil && to.Kind != org.Unit && to.Kind != org.Body {
			err = errs.InvalidField("unit_id", "Pilih unit kerja atau instansi, bukan wilayah.")
		}
		if err != nil {
			return err
		}
		if err := d.placedBelow(ctx, tx, actor, person, from); err != nil {
			return err
		}
		return d.moveTx(ctx, tx, person, unit, from)
	})
}

// placedBelow refuses a day on which, or after which, the person works outside the actor's subtree: their
// days there are another agency's figures.
func (d *Desk) placedBelow(ctx context.Context, tx *db.Tx, actor org.Actor, person id.User, from period.Day) error {
	outside, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM placement AS w JOIN agency AS a ON a.id = w.unit_id
		WHERE w.user_id = $1 AND (w.until_day IS NULL OR w.until_day > $2) AND NOT a.path && $3::int4[]`,
		int64(person), from, actor.Roots(DeskRoles()...))
	if err == nil && outside.N > 0 {
		err = errs.InvalidField("from", "Pada atau setelah tanggal itu orang ini tercatat di instansi di luar wewenang Anda. Pilih tanggal setelah ia bergabung, atau minta administrator instansi induk memindahkannya.")
	}
	return err
}

// moveTx splices a placement in; it holds until the next one that is known already.
func (d *Desk) moveTx(ctx context.Context, tx *db.Tx, person id.User, unit id.Agency, from period.Day) error {
	type span struct {
		UnitID  id.Agency
		FromDay period.Day
	}
	args := db.Args{"person": int64(person), "unit": int64(unit), "day": from}
	there, err := db.Get[span](ctx, tx, `SELECT unit_id, from_day FROM placement
		WHERE user_id = @person AND from_day <= @day AND (until_day IS NULL OR until_day > @day)`, args)
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return err
	}
	if err == nil && there.UnitID == unit {
		return nil
	}
	agencies, err := agenciesOfUnits(ctx, tx)
	if err != nil {
		return err
	}
	args["agency"] = int64(agencies[unit])
	if err := db.ExecAll(ctx, tx, args,
		`UPDATE placement SET until_day = @day WHERE user_id = @person AND from_day < @day AND (until_day IS NULL OR until_day > @day)`,
		`INSERT INTO placement (user_id, from_day, until_day, unit_id, agency_id)
		 SELECT @person, @day, (SELECT min(from_day) FROM placement WHERE user_id = @person AND from_day > @day), @unit, @agency
		 ON CONFLICT (user_id, from_day) DO UPDATE SET unit_id = excluded.unit_id, agency_id = excluded.agency_id`); err != nil {
		return err
	}
	return d.placedTx(ctx, tx, from)
}

// Deactivate switches an account off from today on. Past days count the person as before.
func (d *Desk) Deactivate(ctx context.Context, actor org.Actor, person id.User) (Person, error) {
	if person == actor.User {
		return Person{}, errs.New(errs.Forbidden, "Akun sendiri tidak dapat dinonaktifkan. Mintalah administrator lain.")
	}
	return d.change(ctx, actor, person, "user.deactivate", nil, func(tx *db.Tx, before Person) error {
		if err := d.mayJudge(ctx, tx, actor, person); err != nil || !before.Active {
			return err
		}
		return db.ExecAll(ctx, tx, db.Args{"person": int64(person), "today": d.today(actor)},
			`UPDATE app_user SET active = false WHERE id = @person`,
			`INSERT INTO user_off (user_id, from_day) VALUES (@person, @today) ON CONFLICT (user_id, from_day) DO UPDATE SET until_day = NULL`)
	})
}

// Activate switches an account on again, from today on.
func (d *Desk) Activate(ctx context.Context, actor org.Actor, person id.User) (Person, error) {
	return d.change(ctx, actor, person, "user.activate", nil, func(tx *db.Tx, before Person) error {
		if err := d.mayJudge(ctx, tx, actor, person); err != nil || before.Active {
			return err
		}
		return db.ExecAll(ctx, tx, db.Args{"person": int64(person), "today": d.today(actor)},
			`UPDATE app_user SET active = true WHERE id = @person`,
			`DELETE FROM user_off WHERE user_id = @person AND from_day >= @today`,
			`UPDATE user_off SET until_day = @today WHERE user_id = @person AND until_day IS NULL`)
	})
}

// mayJudge keeps an operator from switching off who administers them, and anybody from switching off
// who holds a role above the own subtree.
func (d *Desk) mayJudge(ctx context.Context, tx *db.Tx, actor org.Actor, person id.User) error {
	above, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM user_role AS g JOIN agency AS a ON a.id = g.agency_id
		WHERE g.user_id = $1 AND (NOT a.path && $2::int4[] OR g.role = 'admin' AND NOT a.path && $3::int4[])`,
		int64(person), actor.Roots(DeskRoles()...), actor.Roots(org.Admin))
	if err == nil && above.N > 0 {
		return errs.New(errs.Forbidden, "Orang ini memegang peran di atas wewenang Anda. Mintalah administrator instansi induk.")
	}
	return err
}
