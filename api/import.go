package main

import (
	"errors"
	"fmt"

	"gaung/internal/errs"
	"gaung/internal/period"
	"gaung/internal/user"
)

type importCommand struct {
	Agency   string `required:"" help:"Code of the agency whose people the file lists."`
	File     string `required:"" type:"existingfile" help:"CSV or XLSX with one person a line."`
	From     string `help:"First day on which it holds (YYYY-MM-DD). Empty: today there."`
	Complete bool   `help:"Who is not in the file has left."`
	Leaving  bool   `help:"Accept that more than 20 percent leave."`
	DryRun   bool   `help:"Check only, change nothing."`
}

var errFaultyRoster = errors.New("nothing was imported")

// Run imports a roster through the same service as the console. With faults it changes nothing and
// fails.
func (cmd importCommand) Run(p process) error {
	options := user.ImportOptions{Complete: cmd.Complete, DryRun: cmd.DryRun, Leaving: cmd.Leaving}
	if cmd.From != "" {
		day, err := period.ParseDay(cmd.From)
		if err != nil {
			return err
		}
		options.From = day
	}
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	counts, faults, err := w.desk.Import(p.ctx, cmd.Agency, cmd.File, options)
	var refusal *errs.Error
	if errors.As(err, &refusal) {
		return errors.New(refusal.Message)
	}
	if err != nil {
		return err
	}
	return cmd.tell(p, counts, faults)
}

func (cmd importCommand) tell(p process, counts user.RosterCounts, faults []user.RosterFault) error {
	for _, f := range faults {
		if _, err := fmt.Fprintf(p.out, "baris %d, %s: %s %s\n", f.Line, f.Field, f.Reason, f.Mask); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(p.out, "%d baris: %d bergabung, %d pindah, %d tetap, %d keluar, %d berubah data, %d kesalahan\n",
		counts.Rows, counts.Joins, counts.Moves, counts.Stays, counts.Leaves, counts.Changed, counts.Faults)
	if err == nil && counts.Faults > 0 {
		err = errFaultyRoster
	}
	return err
}
