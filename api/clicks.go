package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"gaung/internal/click"
)

// clicksCommand is for an operator who wants to know, or to mend, what counts.
type clicksCommand struct {
	Classify   classifyCommand   `cmd:"" help:"Read user agents from standard input, one a line, and print verdict, rule and user agent, separated by tabs. Needs no database."`
	Reclassify reclassifyCommand `cmd:"" help:"Judge by the present rules the clicks that older rules judged, as far back as user agents are kept, and correct what had been counted. Safe while people go on working, and to run again."`
}

type classifyCommand struct{}

// Run judges line by line: an empty line is a request without a user agent.
func (classifyCommand) Run(p process) error {
	judge := click.Rules()
	in, out := bufio.NewReader(p.in), bufio.NewWriter(p.out)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return errors.Join(err, out.Flush())
		}
		agent := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		verdict, why := judge(string(agent))
		if _, err := fmt.Fprintf(out, "%v\t%v\t%s\n", verdict, why, agent); err != nil {
			return err
		}
		if in.Buffered() == 0 { // somebody may be typing
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

type reclassifyCommand struct{}

// Run tells of each day, and at the end what became of what.
func (reclassifyCommand) Run(p process) error {
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	var judged int64
	total := map[click.Change]int64{}
	err = w.click.Reclassify(p.ctx, func(day click.Reclassified) error {
		changed := int64(0)
		for _, c := range day.Changes {
			changed += c.Clicks
			total[click.Change{Before: c.Before, After: c.After}] += c.Clicks
		}
		judged += day.Judged
		_, err := fmt.Fprintf(p.out, "%s: %d clicks judged again, %d changed\n", day.Day, day.Judged, changed)
		return err
	})
	return errors.Join(err, tellChanges(p.out, judged, total))
}

// tellChanges prints the table, also of a run that was stopped: what it lists is done.
func tellChanges(out io.Writer, judged int64, total map[click.Change]int64) error {
	var list []click.Change
	for change, n := range total {
		change.Clicks = n
		list = append(list, change)
	}
	slices.SortFunc(list, func(a, b click.Change) int {
		return cmp.Or(cmp.Compare(b.Clicks, a.Clicks), cmp.Compare(a.Before, b.Before), cmp.Compare(a.After, b.After))
	})
	_, err := fmt.Fprintf(out, "rules version %d: %d clicks judged again\n", click.RuleVersion, judged)
	if err == nil && len(list) > 0 {
		_, err = fmt.Fprintf(out, "%-10s %-10s %10s\n", "before", "after", "clicks")
	}
	for _, c := range list {
		if err == nil {
			_, err = fmt.Fprintf(out, "%-10v %-10v %10d\n", c.Before, c.After, c.Clicks)
		}
	}
	return err
}
