package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

const killConnections = 32

// kills ends the server at random moments under load and starts it again on the same folder.
func kills(t *trial) error {
	g, err := t.newGaung()
	if err != nil {
		return err
	}
	if err := g.start(); err != nil {
		return err
	}
	defer g.kill()
	var all tally
	lost, extra, most := int64(0), int64(0), int64(0)
	longest := 6000 // milliseconds: some are shipped already
	if t.size.loose {
		longest = 3500
	}
	for range t.size.kills {
		before, err := g.stored()
		if err != nil {
			return err
		}
		load := t.hammer(killConnections, g.address)
		t.pass(time.Duration(50+rand.IntN(longest)) * time.Millisecond)
		g.kill()
		c := load.end()
		if err := g.start(); err != nil {
			return err
		}
		if err := g.drained(2 * time.Minute); err != nil {
			return err
		}
		after, err := g.stored()
		if err != nil {
			return err
		}
		more := after.Rows - before.Rows - c.answered.Load()
		lost, extra, most = lost+max(0, -more), extra+max(0, more), max(most, more)
		all.answered.Add(c.answered.Load())
		all.refused.Add(c.refused.Load())
		all.broken.Add(c.broken.Load())
	}
	end, err := g.stored()
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%d kills, %d connections, ", t.size.kills, killConnections)
	t.table.note("kill", "clicks", fmt.Sprintf("%s%d answered, %d without an answer", what, all.answered.Load(), all.broken.Load()))
	t.table.bar("kill", "answered and not stored", fmt.Sprint(lost), "0", lost == 0 && all.answered.Load() > 0)
	t.table.bar("kill", "stored and not answered, in the worst round", fmt.Sprint(most), fmt.Sprintf("≤ %d", killConnections), most <= killConnections && extra <= all.broken.Load())
	t.table.bar("kill", "answered with anything but 302", fmt.Sprint(all.refused.Load()), "0", all.refused.Load() == 0)
	t.tellSums("kill", end)
	return nil
}

// tellSums says whether all sums equal the raw clicks.
func (t *trial) tellSums(part string, s stored) {
	value := fmt.Sprintf("%d rows, %d valid, %d repeats", s.Rows, s.Valid, s.Repeats)
	if !s.agrees() {
		value = fmt.Sprintf("%+v", s)
	}
	t.table.bar(part, "sums equal the raw clicks", value, "equal", s.agrees())
}
