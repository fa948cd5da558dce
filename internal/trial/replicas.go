package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// replicas runs two servers on one database and kills one for good: once they share the folder of the journals
// and the other adopts what it left, once they do not and an operator replays it.
func replicas(t *trial) error {
	return errors.Join(t.pair("replicas, one folder", true), t.pair("replicas, two folders", false))
}

func (t *trial) pair(part string, shared bool) error {
	first, err := t.newGaung()
	if err != nil {
		return err
	}
	data := first.data
	if !shared {
		data += "-second"
	}
	second, err := t.gaungOn(first.url, data)
	if err != nil {
		return err
	}
	if err := errors.Join(first.start(), second.start()); err != nil {
		return err
	}
	defer first.kill()
	defer second.kill()
	before, err := first.stored()
	if err != nil {
		return err
	}
	load := t.hammer(killConnections, first.address, second.address)
	t.pass(5 * time.Second)
	left, err := foldersOf(first.data)
	if err != nil {
		return err
	}
	first.kill()
	t.pass(2 * time.Second) // the other goes on
	c := load.end()
	if err := t.recover(second, left, shared, before.Rows+c.answered.Load()); err != nil {
		return err
	}
	after, err := second.stored()
	if err != nil {
		return err
	}
	more := after.Rows - before.Rows - c.answered.Load()
	t.table.note(part, "clicks", fmt.Sprintf("%d answered by both, %d without an answer", c.answered.Load(), c.broken.Load()))
	t.table.bar(part, "stored less answered", fmt.Sprint(more), fmt.Sprintf("0 to %d", c.broken.Load()), more >= 0 && more <= c.broken.Load() && c.answered.Load() > 0)
	t.tellSums(part, after)
	return nil
}

// recover waits for the adoption, or replays what the killed one left: twice, because again must change nothing.
func (t *trial) recover(second *gaung, left []string, shared bool, least int64) error {
	if shared {
		adopted := func() bool {
			s, err := second.stored()
			return err == nil && s.Rows >= least
		}
		return errors.Join(t.until("the journal of the killed one is adopted", time.Minute, adopted), second.drained(time.Minute))
	}
	for range 2 {
		for _, folder := range left {
			if _, err := second.command("journal", "replay", folder); err != nil {
				return err
			}
		}
	}
	return second.drained(time.Minute)
}

// foldersOf are the journals below a data folder.
func foldersOf(data string) (list []string, err error) {
	entries, err := os.ReadDir(filepath.Join(data, "journal"))
	for _, entry := range entries {
		if len(entry.Name()) == 16 && !strings.Contains(entry.Name(), ".") {
			list = append(list, filepath.Join(data, "journal", entry.Name()))
		}
	}
	return list, err
}
