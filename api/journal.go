package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"text/tabwriter"
	"time"

	"gaung/internal/config"
	"gaung/internal/journal"
)

// journalCommand is what an operator can do with the journals of clicks.
type journalCommand struct {
	Status journalStatusCommand `cmd:"" help:"Show the journals on this machine and how many clicks wait in them."`
	Verify journalVerifyCommand `cmd:"" help:"Read a journal and check every record; changes nothing."`
	Replay journalReplayCommand `cmd:"" help:"Bring the clicks of a journal whose process is gone into the database; again changes nothing."`
}

func journalRoot(p process) (string, error) {
	c, err := config.Load(p.getenv)
	return filepath.Join(c.DataDir, "journal"), err
}

type journalStatusCommand struct {
	Database bool `help:"Ask the database how many records of each wait; it must be reachable."`
}

// Run lists the journals.
func (cmd journalStatusCommand) Run(p process) error {
	root, err := journalRoot(p)
	if err != nil {
		return err
	}
	shipped := map[int64]uint64{}
	if cmd.Database {
		w, err := open(p)
		if err != nil {
			return err
		}
		defer w.close()
		if shipped, err = w.click.Shipped(p.ctx); err != nil {
			return err
		}
	}
	folders, err := journal.Inspect(root)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FOLDER\tSTATE\tFRAMES\tRECORDS\tWAITING\tBYTES\tOLDEST\tQUARANTINED")
	for _, f := range folders {
		waiting := "?"
		if cmd.Database {
			waiting = strconv.FormatUint(f.Records-min(f.Records, shipped[f.Instance]), 10)
		}
		fmt.Fprintf(table, "%s\t%s\t%d-%d\t%d\t%s\t%d\t%s\t%d\n", f.Path, stateOf(f), f.First, f.Last, f.Records, waiting, f.Bytes, oldestOf(f), f.Quarantined)
	}
	return table.Flush()
}

func stateOf(f journal.Folder) string {
	switch {
	case f.Broken:
		return "broken"
	case f.InUse:
		return "in use"
	}
	return "idle"
}

func oldestOf(f journal.Folder) string {
	if f.Oldest.IsZero() {
		return "-"
	}
	return f.Oldest.UTC().Format(time.RFC3339)
}

type journalVerifyCommand struct {
	Folder []string `arg:"" optional:"" help:"Folders of journals; without any: all in the data folder."`
}

var errDamaged = errors.New("records are damaged: they are left out of every shipment, and kept in the folder quarantine")

// Run reads every record.
func (cmd journalVerifyCommand) Run(p process) error {
	folders := cmd.Folder
	if len(folders) == 0 {
		root, err := journalRoot(p)
		if err != nil {
			return err
		}
		all, err := journal.Inspect(root)
		if err != nil {
			return err
		}
		for _, f := range all {
			folders = append(folders, f.Path)
		}
	}
	var damaged error
	for _, folder := range folders {
		report, err := journal.Verify(folder, func(journal.Batch) error { return nil })
		if err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
		fmt.Fprintf(p.out, "%s: frames %d-%d, %d records, %d damaged\n", folder, report.First, report.Last, report.Records, report.Broken)
		if report.Broken > 0 {
			damaged = errDamaged
		}
	}
	return damaged
}

type journalReplayCommand struct {
	Folder string `arg:"" help:"Folder of a journal whose process is gone."`
}

// Run ships the journal.
func (cmd journalReplayCommand) Run(p process) error {
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	j, err := journal.OpenFolder(cmd.Folder, journal.Options{Log: w.log})
	if err != nil {
		return err
	}
	defer j.Close()
	total, err := w.click.Replay(p.ctx, j, w.log, func(n int) { fmt.Fprintf(p.out, "%d records\n", n) })
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s: %d records brought into the database\n", cmd.Folder, total)
	return err
}
