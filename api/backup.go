package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"gaung/internal/backup"
	"gaung/migrations"
)

type backupCommand struct {
	File string `arg:"" help:"File to write; it must not exist. It holds personal data: keep it as safe as the database."`
}

// Run writes the backup to a temporary name first, so that a file with the right name is whole.
func (cmd backupCommand) Run(p process) error {
	w, _, err := connect(p)
	if err != nil {
		return err
	}
	defer w.close()
	if _, err := os.Stat(cmd.File); err == nil {
		return fmt.Errorf("%s exists already", cmd.File)
	}
	draft, err := os.CreateTemp(filepath.Dir(cmd.File), ".backup-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // nothing to remove once it has its name
	totals, err := backup.Write(p.ctx, w.db, w.files, version(), draft)
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	if err := os.Rename(draft.Name(), cmd.File); err != nil {
		return err
	}
	return errors.Join(printTotals(p.out, "backed up", totals), w.sayKeys(p.out))
}

// sayKeys tells what the file does not hold, because without it the file is worth nothing.
func (w *wired) sayKeys(out io.Writer) error {
	where := "GAUNG_KEYS"
	if w.config.Keys == "" {
		where = filepath.Join(w.config.DataDir, "keys")
	}
	_, err := fmt.Fprintf(out, "the key ring (%s) is not in the file: keep a copy of it apart, nobody can sign in without it\n", where)
	return err
}

type restoreCommand struct {
	File string `arg:"" type:"existingfile" help:"A file that gaung backup wrote."`
}

// Run restores into a database that was never used, and tells whether the key ring fits.
func (cmd restoreCommand) Run(p process) error {
	w, ring, err := connect(p)
	if err != nil {
		return err
	}
	defer w.close()
	file, err := os.Open(cmd.File)
	if err != nil {
		return err
	}
	defer file.Close()
	totals, err := backup.Restore(p.ctx, w.db, migrations.Files, w.files, file)
	if err != nil {
		return err
	}
	if err := printTotals(p.out, "restored", totals); err != nil {
		return err
	}
	return ring.Match(p.ctx, w.db)
}

func printTotals(out io.Writer, what string, t backup.Totals) error {
	var rows int64
	for _, name := range slices.Sorted(maps.Keys(t.Rows)) {
		rows += t.Rows[name]
		if t.Rows[name] > 0 {
			if _, err := fmt.Fprintf(out, "%12d  %s\n", t.Rows[name], name); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(out, "%s: %d tables, %d rows, %d files\n", what, len(t.Rows), rows, t.Files)
	return err
}
