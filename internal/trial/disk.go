package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"time"
)

// diskSize has room for what the load writes while earlier clicks are shipped, when nothing else is on it.
const diskSize = "256m"

// disk fills the disk under the journal, and asks the test that makes it slow.
func disk(t *trial) error { return errors.Join(t.fullDisk(), t.slowDisk()) }

// fullDisk fills a small file system under load until clicks cannot be kept, waits for the alarm, makes room, and
// sees that it goes on without hands.
func (t *trial) fullDisk() error {
	const part = "full disk"
	g, err := t.newGaung()
	if err != nil {
		return err
	}
	folder := filepath.Join(g.data, "journal")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+diskSize, "tmpfs", folder).CombinedOutput(); err != nil {
		t.table.note(part, "skipped", fmt.Sprintf("no file system can be mounted here: %s", out))
		return nil
	}
	t.atEnd(func() { g.kill(); _ = exec.Command("umount", folder).Run() }) // it is empty memory
	if err := g.start(); err != nil {
		return err
	}
	defer g.kill()
	before, err := g.stored()
	if err != nil {
		return err
	}
	load := t.hammer(64, g.address)
	defer load.end()
	t.pass(time.Second)
	room := fill(filepath.Join(folder, "filler"))
	raised := t.until("the alarm is raised", 2*time.Minute, func() bool {
		all, err := g.figures()
		return err == nil && all["alarm journal_unwritable"] == 1 && all["alarm clicks_undurable"] == 1
	})
	if err := errors.Join(raised, room()); err != nil {
		return err
	}
	made := time.Now()
	well := t.until("the journal is written again", time.Minute, func() bool { return g.figure("alarm journal_unwritable") == 0 })
	again := time.Since(made)
	lost := g.figure("gaung_clicks_undurable_total")
	t.pass(3 * time.Second) // clicks after it
	c := load.end()
	later := g.figure("gaung_clicks_undurable_total")
	if err := errors.Join(well, g.drained(2*time.Minute)); err != nil {
		return err
	}
	after, err := g.stored()
	if err != nil {
		return err
	}
	missing := c.answered.Load() - (after.Rows - before.Rows)
	t.table.bar(part, "refused redirects", fmt.Sprintf("%d of %d", c.refused.Load()+c.broken.Load(), c.sent.Load()), "0", c.refused.Load()+c.broken.Load() == 0)
	t.table.bar(part, "alarms", "journal_unwritable and clicks_undurable are raised", "raised", raised == nil)
	t.table.bar(part, "answered less stored", fmt.Sprint(missing), fmt.Sprintf("≤ %.0f, which the metric owns up to", later), float64(missing) <= later && later > 0)
	t.table.bar(part, "recovery without hands", fmt.Sprintf("%.1f s after there was room; %.0f clicks not kept afterwards", again.Seconds(), later-lost), "none is lost any more", later == lost)
	t.tellSums(part, after)
	return nil
}

// fill takes all the room there is, and what becomes free, until the function it gives is called.
func fill(path string) (stop func() error) {
	ended := make(chan struct{})
	var wait sync.WaitGroup
	var fault error
	wait.Go(func() {
		file, err := os.Create(path)
		if err != nil {
			fault = err
			return
		}
		defer file.Close()
		block := make([]byte, 1<<20)
		ticks := time.NewTicker(time.Millisecond)
		defer ticks.Stop()
		for {
			if _, err := file.Write(block); err != nil && !errors.Is(err, syscall.ENOSPC) {
				fault = err
				return
			}
			select {
			case <-ended:
				return
			case <-ticks.C:
			}
		}
	})
	return func() error { close(ended); wait.Wait(); return errors.Join(fault, os.Remove(path)) }
}

// figureLine is how the test tells its figures.
var figureLine = regexp.MustCompile(`(?m)figure: (.+)$`)

// slowDisk runs the test that puts a slow disk under the server: only Go can.
func (t *trial) slowDisk() error {
	cmd := exec.CommandContext(t.ctx, "go", "run", "./internal/testdb/serve", "go", "test", "-count=1", "-v", "-run", "^TestRedirectsGoOnOnASlowDisk$", "./api")
	out, err := cmd.CombinedOutput()
	for _, found := range figureLine.FindAllSubmatch(out, -1) {
		t.table.note("slow disk", "20 ms and more a write", string(found[1]))
	}
	t.table.bar("slow disk", "redirects go on, and what is not durable is counted", "test of ./api", "passes", err == nil)
	return nil
}
