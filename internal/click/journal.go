package click

import (
	"context"
	"errors"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/journal"
)

// Appender is what makes a click durable before it is answered. An error means that the click is
// not counted and its reader not answered; one that is only not durable is no error of the reader's.
type Appender interface {
	Append(record []byte) error
}

// KeepBy makes clicks durable by something else than a journal on this machine's disk.
func (s *Service) KeepBy(a Appender) { s.journal = a }

// direct ships each record in a transaction of its own before it is answered: for tests, and for programs
// that have no folder. A click is lost, with an error, when the database is away.
type direct struct{ service *Service }

// Append counts one record.
func (d direct) Append(raw []byte) error {
	r, err := decodeRecord(raw)
	if err != nil {
		return err
	}
	return d.service.shipTx(context.Background(), func(tx *db.Tx) error {
		return d.service.ship(context.Background(), tx, stretch{records: []record{r}})
	})
}

// onDisk makes a record durable in the journal, from which the shipper takes it.
type onDisk struct {
	root   *journal.Root
	counts *counts
}

// Append never refuses a reader: what the disk did not take in time is counted.
func (d onDisk) Append(raw []byte) error {
	err := d.root.Append(raw)
	if errors.Is(err, journal.ErrUndurable) {
		d.counts.undurable.Add(1)
		return nil
	}
	return err
}

// stretch is a run of records with those of the last moments before and after it, which only help to
// judge: what a machine does shows in what it asks for at the same time.
type stretch struct{ records, before, after []record }

// moment is how far apart requests may lie to be judged together.
const moment = 2 * time.Second

// stretchOf cuts a stretch out of records in the order of time.
func stretchOf(all []record, from, to int) stretch {
	s := stretch{records: all[from:to]}
	if from == to {
		return s
	}
	first, last := all[from].At.Add(-moment), all[to-1].At.Add(moment)
	before, _ := slices.BinarySearchFunc(all[:from], first, func(r record, at time.Time) int { return r.At.Compare(at) })
	after, _ := slices.BinarySearchFunc(all[to:], last, func(r record, at time.Time) int { return r.At.Compare(at) })
	s.before, s.after = all[before:from], all[to:to+after]
	return s
}
