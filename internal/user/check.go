package user

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// How far from today a roster may begin to hold.
const (
	daysBack  = 366
	daysAhead = 60
)

// Intake is what an operator decides about a roster before it is checked.
type Intake struct {
	Mapping  Mapping
	From     period.Day // 0: today where the node is
	Complete bool       // who is not in it has left
}

// Map takes note of the columns and begins the check, as a job.
func (d *Desk) Map(ctx context.Context, actor org.Actor, roster int64, intake Intake) (Roster, error) {
	err := d.db.Tx(ctx, func(tx *db.Tx) error {
		if err := d.mapTx(ctx, tx, actor, roster, intake); err != nil {
			return err
		}
		return d.queue.EnqueueTx(ctx, tx, checkJob{roster})
	})
	if err != nil {
		return Roster{}, err
	}
	return d.Roster(ctx, actor, roster)
}

func (d *Desk) mapTx(ctx context.Context, tx *db.Tx, actor org.Actor, roster int64, intake Intake) error {
	roots := actor.Roots(DeskRoles()...)
	found, err := d.roster(ctx, tx, roots, roster, "FOR UPDATE OF r")
	if err != nil {
		return err
	}
	switch busy := tx.Now.Sub(found.BeatAt) < silentFor; {
	case found.State == "applied":
		return errs.New(errs.Conflict, "Impor ini sudah diterapkan. Unggah berkas baru.")
	case (found.State == "checking" || found.State == "applying") && busy:
		return errs.New(errs.Conflict, "Impor ini sedang diproses. Tunggu sampai selesai.")
	}
	if err := intake.Mapping.check(len(found.Header)); err != nil {
		return err
	}
	at, err := nodeOf(ctx, tx, roots, found.Agency)
	if err != nil {
		return err
	}
	today := period.LocalDay(tx.Now, period.MustZone(at.Zone))
	if intake.From == 0 {
		intake.From = today
	}
	if err := withinReach(intake.From, today); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE roster SET state = 'checking', trouble = '', progress = 0, counts = '{}', beat_at = $2,
		mapping = $3::jsonb, from_day = $4, complete = $5, roots = $6::int4[], accept_leaving = false WHERE id = $1`,
		roster, tx.Now, asJSON(intake.Mapping), intake.From, intake.Complete, roots)
	if err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: found.Agency, Action: "roster.check", Subject: rosterSubject(roster),
		Detail: map[string]any{"from": intake.From.String(), "complete": intake.Complete}})
}

func withinReach(day, today period.Day) error {
	if day < today.Add(-daysBack) || day > today.Add(daysAhead) {
		return errs.InvalidField("from", "Tanggal berlaku paling lama satu tahun yang lalu dan paling jauh %d hari ke depan.", daysAhead)
	}
	return nil
}

// own reads a roster for its job: the scope is what the roster itself keeps.
func (d *Desk) own(ctx context.Context, c db.Conn, roster int64) (rosterRow, error) {
	found, err := db.Get[rosterRow](ctx, c, `SELECT `+rosterColumns+` WHERE r.id = $1`, roster)
	if err != nil {
		return found, err
	}
	return found, found.unfold()
}

// beat shows progress to everybody, outside of the transaction that does the work.
func (d *Desk) beat(ctx context.Context, roster int64, percent int) error {
	_, err := db.Exec(ctx, d.db, `UPDATE roster SET progress = greatest(progress, $2), beat_at = $3 WHERE id = $1`, roster, min(percent, 99), d.db.Now())
	return err
}

// oneAtATime waits for other work on the same roster, or (0) for any other application.
func oneAtATime(ctx context.Context, tx *db.Tx, roster int64) error {
	for _, statement := range []string{`SET LOCAL statement_timeout = '5min'`, `SET LOCAL lock_timeout = '5min'`} {
		if _, err := db.Exec(ctx, tx, statement); err != nil {
			return err
		}
	}
	_, err := db.Exec(ctx, tx, `SELECT pg_advisory_xact_lock(910, $1::int4)`, roster)
	return err
}

// check reads the file into rows and plans what they would do. It is one transaction: a check that was
// killed has left nothing.
func (d *Desk) check(ctx context.Context, roster int64) error {
	file, done, err := d.TempFile()
	if err != nil {
		return err
	}
	defer done()
	err = d.db.Tx(ctx, func(tx *db.Tx) error {
		if err := oneAtATime(ctx, tx, roster); err != nil {
			return err
		}
		found, err := d.own(ctx, tx, roster)
		if errors.Is(err, db.ErrNoRow) || err == nil && found.State != "checking" {
			return nil // discarded, or done by another run
		}
		if err != nil {
			return err
		}
		if err := d.fetch(ctx, tx, roster, file); err != nil {
			return err
		}
		if err := d.stage(ctx, tx, found, file); err != nil {
			return err
		}
		counts, err := d.plan(ctx, tx, found)
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE roster SET state = 'checked', progress = 100, counts = $2::jsonb WHERE id = $1`, roster, asJSON(counts))
		return err
	})
	return d.fail(ctx, roster, err)
}

// fail keeps what is wrong with the file for the person; any other error goes to the job, which tries
// again.
func (d *Desk) fail(ctx context.Context, roster int64, err error) error {
	var refusal *errs.Error
	if !errors.As(err, &refusal) || refusal.Code != errs.Invalid {
		return err
	}
	_, err = db.Exec(ctx, d.db, `UPDATE roster SET state = 'failed', trouble = $2 WHERE id = $1`, roster, refusal.Message)
	return err
}

// batchRows is how many rows are copied at once.
const batchRows = 5000

// stage copies the lines of the file into rows and faults.
func (d *Desk) stage(ctx context.Context, tx *db.Tx, roster rosterRow, file *os.File) (err error) {
	for _, statement := range []string{`DELETE FROM roster_row WHERE roster_id = $1`, `DELETE FROM roster_fault WHERE roster_id = $1`} {
		if _, err := db.Exec(ctx, tx, statement, roster.ID); err != nil {
			return err
		}
	}
	parser, err := d.parser(ctx, tx, roster)
	if err != nil {
		return err
	}
	rows, _, err := openSheet(file, d.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.close()) }()
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return parser.flush(ctx, tx)
		}
		if err != nil {
			return err
		}
		if row.line <= roster.HeaderLine {
			continue
		}
		if parser.count++; parser.count > mostRows {
			return unreadableFile("Berkas memuat lebih dari 100.000 baris. Bagi menjadi beberapa berkas, misalnya satu per instansi.")
		}
		if err := parser.add(ctx, tx, row); err != nil {
			return err
		}
		if len(parser.rows) < batchRows {
			continue
		}
		if err := errors.Join(parser.flush(ctx, tx), d.beat(ctx, roster.ID, max(1, rows.done()*8/10))); err != nil {
			return err
		}
	}
}

// units are the places of a node's subtree, by code and by name.
type units struct {
	byCode map[string]id.Agency
	byName map[string][]id.Agency
	agency map[id.Agency]id.Agency
	others map[string]bool // codes outside the subtree, as far as they were asked for
}

func unitsOf(ctx context.Context, tx *db.Tx, node id.Agency) (u units, err error) {
	u = units{map[string]id.Agency{}, map[string][]id.Agency{}, nil, map[string]bool{}}
	nodes, err := db.All[struct {
		ID                    id.Agency
		Code, Name, ShortName string
	}](ctx, tx, `SELECT id, code, name, short_name FROM agency WHERE path @> ARRAY[$1]::int4[] AND kind IN ('agency', 'unit')`, int64(node))
	if err != nil {
		return u, err
	}
	for _, n := range nodes {
		u.byCode[strings.ToLower(n.Code)] = n.ID
		for _, name := range []string{n.Name, n.ShortName} {
			name = strings.ToLower(cleanText(name))
			if known := u.byName[name]; len(known) == 0 || known[len(known)-1] != n.ID {
				u.byName[name] = append(known, n.ID)
			}
		}
	}
	u.agency, err = agenciesOfUnits(ctx, tx)
	return u, err
}

// find gives the unit that a text names, or the reason why none is found.
func (u units) find(ctx context.Context, tx *db.Tx, text string) (unit id.Agency, reason string, err error) {
	text = strings.ToLower(cleanText(text))
	if text == "" {
		return 0, "Unit kerja belum diisi. Isi kode unit.", nil
	}
	if unreadable(text) {
		return 0, "Unit kerja memuat huruf yang tidak terbaca. Ketik ulang kodenya.", nil
	}
	if unit, known := u.byCode[text]; known {
		return unit, "", nil
	}
	switch named := u.byName[text]; len(named) {
	case 1:
		return named[0], "", nil
	case 0:
	default:
		return 0, "Nama unit ini dipakai lebih dari satu unit. Isi kode unitnya.", nil
	}
	outside, asked := u.others[text]
	if !asked {
		found, err := db.Get[struct{ There bool }](ctx, tx, `SELECT EXISTS (SELECT FROM agency WHERE lower(code) = $1) AS there`, text)
		if err != nil {
			return 0, "", err
		}
		outside, u.others[text] = found.There, found.There
	}
	if outside {
		return 0, "Unit ini di luar instansi impor. Impor ke instansinya, atau perbaiki kodenya.", nil
	}
	return 0, "Kode atau nama unit tidak dikenal. Cocokkan dengan daftar unit di Gaung.", nil
}
