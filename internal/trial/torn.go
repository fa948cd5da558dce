package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// What a journal's files look like, as far as a damage has to be put at a place one knows: see the package journal.
const (
	frameMagic = 0x31464a47
	frameHead  = 40
	recordHead = 6
)

// frame is where a group of records lies.
type frame struct {
	file         string
	at           int64
	size         int64
	count        int64
	seq, first   uint64
	recordsBegin []int64 // places in the file
}

// torn damages the journals of a killed server in four ways before it starts again.
func torn(t *trial) error {
	if t.size.loose {
		return errors.Join(t.damage("torn tail, cut off", tearTail(true)), t.damage("flipped bits in records", flipRecords))
	}
	return errors.Join(
		t.damage("torn tail, zeroes", tearTail(false)), t.damage("torn tail, cut off", tearTail(true)),
		t.damage("flipped bits in records", flipRecords), t.damage("a flipped bit in a header", flipHeader))
}

// harm is what a damage may cost.
type harm struct {
	records int64 // at the most
	exactly bool  // and at the least, and they are quarantined
}

// damage loads a server for less than a click takes to be shipped, kills it, damages what waits, and counts what
// comes out of it.
func (t *trial) damage(part string, do func([]frame) (harm, error)) error {
	g, err := t.newGaung()
	if err != nil {
		return err
	}
	if err := g.start(); err != nil {
		return err
	}
	defer g.kill()
	before, err := g.stored()
	if err != nil {
		return err
	}
	load := t.hammer(killConnections, g.address)
	t.pass(1500 * time.Millisecond)
	g.kill()
	c := load.end()
	frames, total, err := framesBelow(g.data)
	if err != nil {
		return err
	}
	cost, err := do(frames)
	if err != nil {
		return err
	}
	if err := errors.Join(g.start(), g.drained(time.Minute)); err != nil {
		return err
	}
	after, err := g.stored()
	if err != nil {
		return err
	}
	t.table.note(part, "clicks", fmt.Sprintf("%d answered, %d in %d frames of the journal", c.answered.Load(), total, len(frames)))
	missing := total - (after.Rows - before.Rows)
	held := missing >= 0 && missing <= cost.records && c.answered.Load() <= total
	if cost.exactly {
		held = held && missing == cost.records
	}
	t.table.bar(part, "damaged records that are not stored", fmt.Sprint(missing), bound(cost), held)
	if cost.exactly {
		t.tellBroken(part, g, cost.records)
	}
	return t.goesOn(part, g, after)
}

func bound(cost harm) string {
	if cost.exactly {
		return fmt.Sprint(cost.records)
	}
	return fmt.Sprintf("≤ %d, all that the torn frame held", cost.records)
}

// tellBroken says whether the damage was counted and alarmed.
func (t *trial) tellBroken(part string, g *gaung, records int64) {
	err := t.until("the alarm is raised", 10*time.Second, func() bool { return g.figure("alarm journal_broken") == 1 })
	t.table.bar(part, "alarm journal_broken", fmt.Sprint(err == nil), "true", err == nil)
	counted := g.figure("gaung_journal_broken_total")
	t.table.bar(part, "set aside and counted", fmt.Sprintf("%.0f", counted), fmt.Sprint(records), int64(counted) == records)
}

// goesOn clicks once more and expects every click to be counted.
func (t *trial) goesOn(part string, g *gaung, was stored) error {
	load := t.hammer(8, g.address)
	t.pass(300 * time.Millisecond)
	c := load.end()
	if err := g.drained(time.Minute); err != nil {
		return err
	}
	now, err := g.stored()
	if err != nil {
		return err
	}
	more := now.Rows - was.Rows - c.answered.Load()
	t.table.bar(part, "stored less answered, of clicks after it", fmt.Sprint(more), "0", more == 0 && c.answered.Load() > 0)
	t.tellSums(part, now)
	return nil
}

// framesBelow finds all frames in the journals of a data folder, in order, and how many records they hold.
func framesBelow(data string) (frames []frame, total int64, err error) {
	files, err := filepath.Glob(filepath.Join(data, "journal", "*", "*.wal"))
	if err != nil {
		return nil, 0, err
	}
	slices.Sort(files)
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			return nil, 0, err
		}
		for at := 0; at+frameHead <= len(bytes); at += 8 {
			f, ok := frameAt(bytes[at:])
			if !ok {
				continue
			}
			f.file, f.at = file, int64(at)
			for i := range f.recordsBegin {
				f.recordsBegin[i] += f.at
			}
			frames = append(frames, f)
			total += f.count
			at += int(f.size) / 8 * 8
		}
	}
	if len(frames) < 4 {
		return nil, 0, fmt.Errorf("only %d frames below %s", len(frames), data)
	}
	return frames, total, nil
}

// frameAt reads one, where a whole one begins.
func frameAt(bytes []byte) (f frame, ok bool) {
	little := binary.LittleEndian
	if little.Uint32(bytes) != frameMagic {
		return f, false
	}
	f = frame{count: int64(little.Uint32(bytes[4:])), size: int64(little.Uint32(bytes[8:])), seq: little.Uint64(bytes[16:]), first: little.Uint64(bytes[24:])}
	if f.size > int64(len(bytes)) {
		return f, false
	}
	at := int64(frameHead)
	for range f.count {
		if at+recordHead > f.size {
			return f, false
		}
		f.recordsBegin = append(f.recordsBegin, at)
		at += recordHead + int64(little.Uint16(bytes[at:]))
	}
	return f, at == f.size
}

// tearTail ends the last write in the middle: what was to come is zeroes, or the file is shorter.
func tearTail(cut bool) func([]frame) (harm, error) {
	return func(frames []frame) (harm, error) {
		last := frames[len(frames)-1]
		middle := last.at + last.size/2
		if cut {
			return harm{records: last.count}, os.Truncate(last.file, middle)
		}
		return harm{records: last.count}, change(last.file, middle, func(bytes []byte) { clear(bytes[:last.at+last.size-middle]) })
	}
}

// flipRecords flips one bit in each of some records in the middle.
func flipRecords(frames []frame) (harm, error) {
	cost := harm{exactly: true}
	for _, i := range []int{1, len(frames) / 3, len(frames) / 2} {
		f := frames[i]
		if err := change(f.file, f.recordsBegin[len(f.recordsBegin)/2]+recordHead+9, func(bytes []byte) { bytes[0] ^= 4 }); err != nil {
			return cost, err
		}
		cost.records++
	}
	return cost, nil
}

// flipHeader flips one bit of a frame's header: all of it is lost, and nothing after it.
func flipHeader(frames []frame) (harm, error) {
	f := frames[len(frames)/2]
	return harm{records: f.count, exactly: true}, change(f.file, f.at+5, func(bytes []byte) { bytes[0] ^= 1 })
}

// change rewrites a part of a file.
func change(file string, at int64, how func([]byte)) error {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	how(bytes[at:])
	return os.WriteFile(file, bytes, 0o600)
}
