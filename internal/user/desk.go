package user

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/seal"
)

// Desk is what an operator works at: the people of a subtree, and the rosters that they come from.
type Desk struct {
	db    *db.DB
	users *Service
	queue *job.Queue
	parts *seal.Box
	dir   string // temporary files
	tell  Touched
}

// Touched is told, in the transaction that does it, whose record an import added, changed or moved, or whose placement
// it ended; by whom, 0: by whoever holds the server.
type Touched func(ctx context.Context, tx *db.Tx, by id.User, people []id.User) error

// Tell names who is told.
func (d *Desk) Tell(whom Touched) *Desk {
	d.tell = whom
	return d
}

// NewDesk makes the desk. The folder takes temporary files; it is made when it is first needed.
func NewDesk(d *db.DB, ring *seal.Ring, users *Service, queue *job.Queue, dir string) *Desk {
	return &Desk{db: d, users: users, queue: queue, parts: seal.NewBox(ring, "roster"), dir: dir}
}

// DeskRoles may work at the desk.
func DeskRoles() []org.Role { return []org.Role{org.Operator, org.Admin} }

// PlacedJob tells that somebody's placement changed, or whether they are an executive; it names nobody. wire.go subscribes to it.
type PlacedJob struct{}

// Kind names the job.
func (PlacedJob) Kind() string { return "user_placed" }

// Patience lets the recount of many days take its time.
func (PlacedJob) Patience() time.Duration { return longJob }

// RecountJob counts again who was eligible, from a day in the past until today: a change was dated back.
type RecountJob struct {
	From string `json:"from"`
}

// Kind names the job.
func (RecountJob) Kind() string { return "eligible_recount" }

// Patience lets the recount of a year take its time.
func (RecountJob) Patience() time.Duration { return longJob }

type checkJob struct {
	Roster int64 `json:"roster"`
}

// Kind and Patience make a check a job.
func (checkJob) Kind() string            { return "roster_check" }
func (checkJob) Patience() time.Duration { return longJob }

type applyJob struct {
	Roster int64 `json:"roster"`
}

// Kind and Patience make an application a job.
func (applyJob) Kind() string            { return "roster_apply" }
func (applyJob) Patience() time.Duration { return longJob }

type sweepJob struct{}

// Kind names the job.
func (sweepJob) Kind() string { return "roster_sweep" }

const (
	longJob    = 10 * time.Minute
	sweepEvery = 5 * time.Minute
	keepFor    = 24 * time.Hour  // a roster that nobody applied
	silentFor  = 2 * time.Minute // a job without a sign of life has died
)

// Work registers the desk's jobs. PlacedJob is left to wire.go.
func (d *Desk) Work(r *job.Registry) {
	job.Handle(r, func(ctx context.Context, j checkJob) error { return d.check(ctx, j.Roster) })
	job.Handle(r, func(ctx context.Context, j applyJob) error { return d.apply(ctx, j.Roster) })
	job.Handle(r, func(ctx context.Context, j RecountJob) error { return d.recount(ctx, j) })
	job.Every(r, sweepEvery, sweepJob{}, d.sweep)
}

// recount goes a month at a time, so that no statement holds up the others.
func (d *Desk) recount(ctx context.Context, j RecountJob) error {
	from, err := period.ParseDay(j.From)
	if err != nil {
		return err
	}
	today := period.LocalDay(d.db.Now(), period.MustZone("Asia/Jayapura"))
	for ; from <= today; from = from.Add(14) {
		if err := d.users.SnapshotDays(ctx, from, min(from.Add(13), today)); err != nil {
			return err
		}
	}
	return nil
}

// placedTx tells in the same transaction that placements changed from a day on.
func (d *Desk) placedTx(ctx context.Context, tx *db.Tx, from period.Day) error {
	if from < period.LocalDay(tx.Now, period.MustZone("Asia/Jakarta")).Add(-1) {
		if err := d.queue.EnqueueTx(ctx, tx, RecountJob{from.String()}); err != nil {
			return err
		}
	}
	return d.queue.EnqueueTx(ctx, tx, PlacedJob{})
}

// sweep forgets rosters that nobody applied within a day, and wakes those whose job died.
func (d *Desk) sweep(ctx context.Context) error {
	if err := d.sweepFiles(); err != nil {
		return err
	}
	return d.db.Tx(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{
			`DELETE FROM roster_part WHERE roster_id IN (SELECT id FROM roster WHERE created_at < $1 AND state <> 'applied')`,
			`DELETE FROM roster_row WHERE roster_id IN (SELECT id FROM roster WHERE created_at < $1 AND state <> 'applied')`,
			`DELETE FROM roster_fault WHERE roster_id IN (SELECT id FROM roster WHERE created_at < $1 AND state <> 'applied')`,
			`DELETE FROM roster WHERE created_at < $1 AND state <> 'applied'`,
		} {
			if _, err := db.Exec(ctx, tx, statement, tx.Now.Add(-keepFor)); err != nil {
				return err
			}
		}
		silent, err := db.All[struct {
			ID    int64
			State string
		}](ctx, tx, `UPDATE roster SET beat_at = $2 WHERE state IN ('checking', 'applying') AND beat_at < $1 RETURNING id, state`,
			tx.Now.Add(-silentFor), tx.Now)
		if err != nil {
			return err
		}
		for _, roster := range silent {
			var again job.Args = checkJob{roster.ID}
			if roster.State == "applying" {
				again = applyJob{roster.ID}
			}
			if err := d.queue.EnqueueTx(ctx, tx, again); err != nil {
				return err
			}
		}
		return nil
	})
}

// sweepFiles removes what a killed process left behind.
func (d *Desk) sweepFiles() error {
	entries, err := os.ReadDir(d.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		info, infoErr := entry.Info()
		if infoErr != nil { // it went meanwhile
			continue
		}
		if time.Since(info.ModTime()) > time.Hour {
			err = errors.Join(err, os.RemoveAll(filepath.Join(d.dir, entry.Name())))
		}
	}
	return err
}

// TempFile makes a file that only this process can read. Its name is gone at once, so that nothing
// stays behind however the process ends; done closes it.
func (d *Desk) TempFile() (file *os.File, done func(), err error) {
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return nil, nil, err
	}
	file, err = os.CreateTemp(d.dir, "upload-") // CreateTemp gives mode 0600
	if err != nil {
		return nil, nil, err
	}
	kept := os.Remove(file.Name()) // some systems remove no open file
	return file, func() {
		_ = file.Close() // nothing in it is wanted any more
		if kept != nil {
			_ = os.Remove(file.Name()) // the sweep tries again
		}
	}, nil
}

// nodeOf finds a node that the actor may import into or list.
func nodeOf(ctx context.Context, c db.Conn, roots []id.Agency, node id.Agency) (org.Agency, error) {
	found, err := db.Get[org.Agency](ctx, c, `SELECT id, kind, code, name, short_name, zone FROM agency WHERE id = $1 AND path && $2::int4[]`, node, roots)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	return found, err
}
