package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	awayRate        = 2000 // clicks a second
	awayConnections = 256
)

// databaseAway holds PostgreSQL so that it answers nobody, and then ends it at once, each under steady load.
func databaseAway(t *trial) error {
	var held error
	if !t.size.loose {
		held = t.away("database held", t.pg.freeze, t.pg.thaw)
	}
	ended := t.away("database ended", t.pg.crash, func() error { return t.pg.start(t.ctx) })
	return errors.Join(held, ended)
}

func (t *trial) away(part string, take, give func() error) error {
	g, err := t.newGaung()
	if err != nil {
		return err
	}
	if err := g.start(); err != nil {
		return err
	}
	defer g.kill()
	start, err := g.stored()
	if err = errors.Join(err, t.pg.checkpoint(t.ctx)); err != nil {
		return err
	}
	load := t.pace(awayRate, awayConnections, g.address)
	defer load.end()
	t.pass(5 * time.Second) // clicks are being shipped
	memory := watchMemory(g.pid())
	before := megabytes(g.pid(), "VmRSS")
	if err := take(); err != nil {
		return errors.Join(err, give())
	}
	t.pass(t.size.away)
	during := memory()
	waiting := g.figure("gaung_journal_depth")
	if err := give(); err != nil {
		return err
	}
	back := time.Now()
	t.pass(2 * time.Second)
	c := load.end()
	if err := g.drained(t.size.away + 2*time.Minute); err != nil {
		return err
	}
	caught := time.Since(back)
	end, err := g.stored()
	if err != nil {
		return err
	}
	t.table.note(part, "load", fmt.Sprintf("%s away, %d clicks answered, the slowest in %s, %d could not be sent in time (%d connections)", t.size.away,
		c.answered.Load(), time.Duration(c.slowest.Load()).Round(time.Millisecond), c.late.Load(), awayConnections))
	t.table.bar(part, "refused redirects", fmt.Sprint(c.refused.Load()+c.broken.Load()), "0", c.refused.Load()+c.broken.Load() == 0)
	more := end.Rows - start.Rows - c.answered.Load()
	t.table.bar(part, "stored less answered", fmt.Sprint(more), "0", more == 0 && c.answered.Load() > 0)
	t.tellSums(part, end)
	t.strict(part, "memory before, at the most while away, after", fmt.Sprintf("%.0f, %.0f, %.0f MB", before, during, megabytes(g.pid(), "VmRSS")),
		fmt.Sprintf("≤ %d MB", barMegabytes), during <= barMegabytes)
	t.table.note(part, "all counted after it was back", fmt.Sprintf("%.1f s, for %.0f that waited", caught.Seconds(), waiting))
	return nil
}

// watchMemory looks at a process until the function it gives is called, which tells the most.
func watchMemory(pid int) func() float64 {
	stop := make(chan struct{})
	var most float64
	var wait sync.WaitGroup
	wait.Go(func() {
		ticks := time.NewTicker(200 * time.Millisecond)
		defer ticks.Stop()
		for {
			most = max(most, megabytes(pid, "VmRSS"))
			select {
			case <-stop:
				return
			case <-ticks.C:
			}
		}
	})
	return func() float64 { close(stop); wait.Wait(); return most }
}
