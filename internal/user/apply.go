package user

import (
	"context"
	_ "embed"
	"errors"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

//go:embed sql/placed.sql
var placedSQL string

// Apply begins to make a checked roster true, as a job. Asking twice is one application.
func (d *Desk) Apply(ctx context.Context, actor org.Actor, roster int64, acceptLeaving bool) (Roster, error) {
	err := d.db.Tx(ctx, func(tx *db.Tx) error {
		begun, err := d.applyTx(ctx, tx, actor, roster, acceptLeaving)
		if err != nil || !begun {
			return err
		}
		return d.queue.EnqueueTx(ctx, tx, applyJob{roster})
	})
	if err != nil {
		return Roster{}, err
	}
	return d.Roster(ctx, actor, roster)
}

// applyTx tells whether there is anything to begin: a roster that is applied, or being applied, is not
// begun again.
func (d *Desk) applyTx(ctx context.Context, tx *db.Tx, actor org.Actor, roster int64, acceptLeaving bool) (begun bool, err error) {
	roots := actor.Roots(DeskRoles()...)
	found, err := d.roster(ctx, tx, roots, roster, "FOR UPDATE OF r")
	if err != nil {
		return false, err
	}
	switch {
	case found.State == "applied", found.State == "applying" && tx.Now.Sub(found.BeatAt) < silentFor:
		return false, nil
	case found.State != "checked" && found.State != "applying":
		return false, errs.New(errs.Conflict, "Periksa berkas lebih dahulu sebelum menerapkannya.")
	}
	if err := applicable(found.Counts, acceptLeaving); err != nil {
		return false, err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE roster SET state = 'applying', progress = 0, beat_at = $2, roots = $3::int4[], accept_leaving = $4, by_user = $5 WHERE id = $1`,
		roster, tx.Now, roots, acceptLeaving, int64(actor.User)); err != nil {
		return false, err
	}
	return true, nil
}

// applicable refuses a plan with faults, and one that would take away too many without being told so.
func applicable(c RosterCounts, acceptLeaving bool) error {
	switch {
	case c.Faults > 0:
		return errs.New(errs.Conflict, "Berkas masih memuat %d kesalahan. Perbaiki berkas, lalu unggah lagi.", c.Faults)
	case c.TooMany && !acceptLeaving:
		return errs.InvalidField("accept_leaving", "%d dari %d orang akan keluar, lebih dari 20 persen. Bila memang benar, nyatakan persetujuan secara khusus.", c.Leaves, c.Present)
	}
	return nil
}

// apply makes the roster true in one transaction. Killed at any moment it has done nothing, run again it
// does it once: the state changes in the same transaction.
func (d *Desk) apply(ctx context.Context, roster int64) error {
	err := d.db.Tx(ctx, func(tx *db.Tx) error {
		for _, lock := range []int64{roster, 0} { // no check of this one, and no other application meanwhile
			if err := oneAtATime(ctx, tx, lock); err != nil {
				return err
			}
		}
		found, err := d.own(ctx, tx, roster)
		if errors.Is(err, db.ErrNoRow) || err == nil && found.State != "applying" {
			return nil
		}
		if err != nil {
			return err
		}
		counts, err := d.plan(ctx, tx, found)
		if err != nil {
			return err
		}
		if applicable(counts, found.AcceptLeaving) != nil { // the world has changed since the check: it is shown again
			_, err := db.Exec(ctx, tx, `UPDATE roster SET state = 'checked', counts = $2::jsonb WHERE id = $1`, roster, asJSON(counts))
			return err
		}
		return d.write(ctx, tx, found, counts)
	})
	return d.fail(ctx, roster, err)
}

// write carries the plan out, step by step.
func (d *Desk) write(ctx context.Context, tx *db.Tx, roster rosterRow, counts RosterCounts) error {
	for _, step := range []struct {
		percent int
		do      func(context.Context, *db.Tx, rosterRow) error
	}{{20, d.addPeople}, {25, d.tellTouched}, {50, d.sealNIPs}, {65, d.changePeople}, {80, d.placePeople}, {90, d.endLeavers}} {
		if err := step.do(ctx, tx, roster); err != nil {
			return err
		}
		if err := d.beat(ctx, roster.ID, step.percent); err != nil {
			return err
		}
	}
	if counts.places() {
		first, err := db.Get[struct{ Day period.Day }](ctx, tx, `SELECT least(min(day), $2::date) AS day FROM roster_row WHERE roster_id = $1`, roster.ID, roster.From)
		if err != nil {
			return err
		}
		if err := d.placedTx(ctx, tx, first.Day); err != nil {
			return err
		}
	}
	if err := forget(ctx, tx, roster.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE roster SET state = 'applied', progress = 100, counts = $2::jsonb, preview = '[]', applied_at = $3 WHERE id = $1`,
		roster.ID, asJSON(counts), tx.Now)
	if err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: roster.ByUser, Agency: roster.Agency, Action: "roster.apply", Subject: rosterSubject(roster.ID), Detail: counts})
}

// addPeople makes those who were never here, under new numbers.
func (d *Desk) addPeople(ctx context.Context, tx *db.Tx, roster rosterRow) error {
	return db.ExecAll(ctx, tx, db.Args{"roster": roster.ID, "now": tx.Now},
		`UPDATE roster_row SET user_id = nextval(pg_get_serial_sequence('app_user', 'id')), fresh = true WHERE roster_id = @roster AND user_id IS NULL`,
		`INSERT INTO app_user (id, name, email, position, grade, created_at) OVERRIDING SYSTEM VALUE
		 SELECT user_id, name, email, position, grade, @now FROM roster_row WHERE roster_id = @roster AND fresh ORDER BY user_id`,
		`INSERT INTO user_identifier (hash, user_id, kind) SELECT nip_hashes[1], user_id, 'nip' FROM roster_row WHERE roster_id = @roster AND fresh ORDER BY 1`,
		`INSERT INTO user_identifier (hash, user_id, kind) SELECT email_hashes[1], user_id, 'email' FROM roster_row
		 WHERE roster_id = @roster AND fresh AND email <> '' ORDER BY 1`)
}

// tellTouched names whom the plan touches, while it is known who leaves. Who only stands in the file is not touched.
func (d *Desk) tellTouched(ctx context.Context, tx *db.Tx, roster rosterRow) error {
	if d.tell == nil {
		return nil
	}
	rows, err := db.All[struct{ UserID id.User }](ctx, tx, `SELECT user_id FROM roster_row WHERE roster_id = @roster AND (fresh OR changed OR act <> 'stay')
		UNION SELECT gone.user_id FROM (`+leavingSQL+`) AS gone WHERE @complete::bool`,
		db.Args{"roster": roster.ID, "node": int64(roster.Agency), "day": roster.From, "complete": roster.Complete})
	if err != nil || len(rows) == 0 {
		return err
	}
	people := make([]id.User, len(rows))
	for i, row := range rows {
		people[i] = row.UserID
	}
	return d.tell(ctx, tx, roster.ByUser, people)
}

// sealNIPs seals the numbers of the new people anew, each for its own row.
func (d *Desk) sealNIPs(ctx context.Context, tx *db.Tx, roster rosterRow) error {
	type staged struct {
		Line      int
		UserID    id.User
		NIPSealed []byte `gorm:"column:nip_sealed"`
		Last3     string `gorm:"column:last3"`
	}
	for after := 0; ; {
		rows, err := db.All[staged](ctx, tx, `SELECT line, user_id, nip_sealed, last3 FROM roster_row
			WHERE roster_id = $1 AND fresh AND line > $2 ORDER BY line LIMIT $3`, roster.ID, after, batchRows)
		if err != nil || len(rows) == 0 {
			return err
		}
		var sealed [][]any
		for _, row := range rows {
			digits, err := d.users.nips.Open(row.NIPSealed, stagedPlace(roster.ID, row.Line))
			if err != nil {
				return err
			}
			sealed = append(sealed, []any{row.UserID, d.users.nips.Seal(digits, nipPlace(row.UserID)), row.Last3})
			after = row.Line
		}
		if err := copyRows(ctx, tx, "user_nip", []string{"user_id", "sealed", "last3"}, sealed); err != nil {
			return err
		}
	}
}

// changePeople takes over what the roster knows better. An empty cell changes nothing.
func (d *Desk) changePeople(ctx context.Context, tx *db.Tx, roster rosterRow) error {
	const others = `FROM roster_row AS r WHERE r.roster_id = @roster AND r.changed AND NOT r.fresh AND u.id = r.user_id`
	return db.ExecAll(ctx, tx, db.Args{"roster": roster.ID},
		`DELETE FROM user_identifier AS i USING roster_row AS r, app_user AS u WHERE r.roster_id = @roster AND r.changed AND NOT r.fresh
		 AND u.id = r.user_id AND r.email NOT IN ('', u.email) AND i.user_id = r.user_id AND i.kind = 'email'`,
		`INSERT INTO user_identifier (hash, user_id, kind) SELECT r.email_hashes[1], r.user_id, 'email' FROM roster_row AS r JOIN app_user AS u ON u.id = r.user_id
		 WHERE r.roster_id = @roster AND r.changed AND NOT r.fresh AND r.email NOT IN ('', u.email) ORDER BY 1`,
		`UPDATE app_user AS u SET name = r.name, email = coalesce(nullif(r.email, ''), u.email),
		 position = coalesce(nullif(r.position, ''), u.position), grade = coalesce(nullif(r.grade, ''), u.grade) `+others)
}

// placePeople ends the old placements on the day before, and begins the new ones.
func (d *Desk) placePeople(ctx context.Context, tx *db.Tx, roster rosterRow) error {
	return db.ExecAll(ctx, tx, db.Args{"roster": roster.ID},
		`UPDATE placement AS w SET until_day = r.day FROM roster_row AS r WHERE r.roster_id = @roster AND r.act = 'move' AND w.user_id = r.user_id
		 AND w.from_day < r.day AND (w.until_day IS NULL OR w.until_day > r.day)`,
		placedSQL)
}

// endLeavers ends the placements of those who are not in a complete list. The account stays: a leaver
// who is in no unit can no longer act, and what they did stays where it was.
func (d *Desk) endLeavers(ctx context.Context, tx *db.Tx, roster rosterRow) error {
	if !roster.Complete {
		return nil
	}
	return db.ExecAll(ctx, tx, db.Args{"roster": roster.ID, "node": int64(roster.Agency), "day": roster.From},
		// What was planned for them within the node falls away as well; first, while it is known who they are.
		`WITH gone AS (`+leavingSQL+`) DELETE FROM placement AS w USING gone, agency AS a
		 WHERE w.user_id = gone.user_id AND w.from_day > @day AND a.id = w.unit_id AND a.path @> ARRAY[@node]::int4[]`,
		`WITH gone AS (`+leavingSQL+`), ended AS (DELETE FROM placement AS w USING gone WHERE w.user_id = gone.user_id AND w.from_day = gone.from_day AND w.from_day = @day)
		 UPDATE placement AS w SET until_day = @day FROM gone WHERE w.user_id = gone.user_id AND w.from_day = gone.from_day AND w.from_day < @day`)
}
