package main

import (
	"errors"
	"fmt"
	"io"

	"gaung/internal/score"
)

// scoreCommand is for an operator who wants to prove the boards, or to mend them.
type scoreCommand struct {
	Ledger  ledgerCommand  `cmd:"" help:"Print the hash of a season's ledger in its canonical form, and with --csv the ledger itself."`
	Rebuild rebuildCommand `cmd:"" help:"Make scores and histograms anew from the ledger. Meanwhile clicks wait in their journals; boards go on answering."`
}

type ledgerCommand struct {
	Season int32 `required:"" help:"The number of the season."`
	CSV    bool  `name:"csv" help:"Print it line by line: day, kind, user, content or module, network, amount. The hash goes last, after a #."`
	Facts  bool  `help:"Make it anew from clicks and results of quizzes as well, and name what differs."`
}

// Run prints the hash last, so that the lines before it can be piped through sha256sum with one taken off.
func (cmd ledgerCommand) Run(p process) error {
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	var csv io.Writer
	if cmd.CSV {
		csv = p.out
	}
	told, err := w.score.Ledger(p.ctx, cmd.Season, cmd.Facts, csv)
	if err != nil {
		return err
	}
	return tellLedger(p.out, told)
}

var errLedger = errors.New("the ledger is not what it should be: see above")

func tellLedger(out io.Writer, told score.Ledger) error {
	_, err := fmt.Fprintf(out, "# ledger %x\n", told.Hash)
	if told.Sealed != nil {
		_, also := fmt.Fprintf(out, "# closed %x\n", told.Sealed)
		err = errors.Join(err, also)
		if string(told.Sealed) != string(told.Hash) {
			err = errors.Join(err, errLedger)
		}
	}
	if told.Facts == nil {
		return err
	}
	_, also := fmt.Fprintf(out, "# facts  %x\n", told.Facts)
	err = errors.Join(err, also)
	for _, d := range told.Differs {
		_, also := fmt.Fprintf(out, "# %s %s: person %d, content or module %d, network %d: ledger %d, facts %d\n", d.Day, d.Kind, d.User, d.Content, d.Channel, d.Amount, d.FactAmount)
		err = errors.Join(err, also)
	}
	if told.Differed > 0 {
		_, also := fmt.Fprintf(out, "# %d lines differ\n", told.Differed)
		err = errors.Join(err, also, errLedger)
	}
	return err
}

type rebuildCommand struct{}

// Run makes them anew.
func (rebuildCommand) Run(p process) error {
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	if err := w.score.Rebuild(p.ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, "scores and histograms are what the ledger tells")
	return err
}
