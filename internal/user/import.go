package user

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// ImportOptions are what the command line decides.
type ImportOptions struct {
	From     period.Day // 0: today where the agency is
	Complete bool
	DryRun   bool
	Leaving  bool // more than 20 percent may leave
}

// Import takes a file into an agency at once, with the columns as they are guessed, for whoever has
// the command line. With faults nothing is applied: they are in the answer, by line.
func (d *Desk) Import(ctx context.Context, code, path string, o ImportOptions) (RosterCounts, []RosterFault, error) {
	node, err := db.Get[struct{ ID id.Agency }](ctx, d.db, `SELECT id FROM agency WHERE code = $1`, code)
	if errors.Is(err, db.ErrNoRow) {
		return RosterCounts{}, nil, errs.InvalidField("agency", "Tidak ada instansi dengan kode %s.", code)
	}
	if err != nil {
		return RosterCounts{}, nil, err
	}
	system := org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: node.ID}}}
	roster, err := d.uploadPath(ctx, system, node.ID, path)
	if err != nil {
		return RosterCounts{}, nil, err
	}
	if err := d.db.Tx(ctx, func(tx *db.Tx) error {
		return d.mapTx(ctx, tx, system, roster.ID, Intake{roster.Mapping, o.From, o.Complete})
	}); err != nil {
		return RosterCounts{}, nil, err
	}
	if err := d.check(ctx, roster.ID); err != nil {
		return RosterCounts{}, nil, err
	}
	if roster, err = d.Roster(ctx, system, roster.ID); err == nil && roster.State == "failed" {
		err = errs.InvalidField("file", "%s", roster.Trouble)
	}
	if err != nil {
		return RosterCounts{}, nil, err
	}
	if roster.Counts.Faults > 0 || o.DryRun {
		faults, err := db.All[RosterFault](ctx, d.db, faultColumns, roster.ID, 0, 0, mostRows)
		return roster.Counts, faults, errors.Join(err, d.Discard(ctx, system, roster.ID))
	}
	counts, err := d.applyNow(ctx, system, roster.ID, o.Leaving)
	return counts, nil, err
}

func (d *Desk) uploadPath(ctx context.Context, actor org.Actor, node id.Agency, path string) (made Roster, err error) {
	file, err := os.Open(path)
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if info, err := file.Stat(); err != nil || info.Size() > RosterBytes {
		return made, errors.Join(err, unreadableFile("Berkas melebihi 32 MB. Bagi menjadi beberapa berkas."))
	}
	return d.Upload(ctx, actor, node, filepath.Base(path), file)
}

func (d *Desk) applyNow(ctx context.Context, actor org.Actor, roster int64, leaving bool) (RosterCounts, error) {
	err := d.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := d.applyTx(ctx, tx, actor, roster, leaving)
		return err
	})
	if err == nil {
		err = d.apply(ctx, roster)
	}
	if err != nil {
		return RosterCounts{}, err
	}
	done, err := d.Roster(ctx, actor, roster)
	if err == nil && done.State != "applied" {
		err = errs.New(errs.Conflict, "Data berubah selama impor. Jalankan sekali lagi.")
	}
	return done.Counts, err
}
