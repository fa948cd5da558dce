package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"

	"github.com/jackc/pgx/v5"
)

const (
	fullBatch  = 8000 // records of a transaction
	grownFrom  = 10_000
	barGrowth  = 1.5
	barRaw     = 64 // bytes a click
	barUnique  = 96 // bytes a visitor of the day
	edgeShare  = 20 // the first and the last twentieth of the transactions are compared
	leastEdges = 5
)

// growth ships clicks until the tables are large and compares what one costs at the end with the beginning.
func growth(t *trial) error {
	g, err := t.newGaung()
	if err != nil {
		return err
	}
	events := max(t.size.events, 100_000)
	beside := exec.CommandContext(t.ctx, t.inside, "grow", fmt.Sprint(events))
	beside.Env, beside.Stderr = g.env(), os.Stderr
	before, err := g.sizes()
	if err != nil {
		return err
	}
	out, err := beside.Output()
	if err != nil {
		return fmt.Errorf("grow: %w\n%s", err, out[max(0, len(out)-500):])
	}
	var cost []float64 // microseconds a click, by transaction, once the tables are not empty any more
	for line := range bytes.Lines(out) {
		var total, shipped int
		var took float64
		if _, err := fmt.Sscan(string(line), &total, &shipped, &took); err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
		if total >= grownFrom && shipped > fullBatch/2 {
			cost = append(cost, took/float64(shipped))
		}
	}
	edge := max(leastEdges, len(cost)/edgeShare)
	if len(cost) < 2*edge {
		return errors.New("too few transactions to compare")
	}
	first, last := median(cost[:edge]), median(cost[len(cost)-edge:])
	t.table.note("growth", fmt.Sprintf("a transaction of %d clicks, at the beginning and at %d", fullBatch, events), fmt.Sprintf("%.0f ms, %.0f ms; the slowest %.0f ms",
		first*fullBatch/1000, last*fullBatch/1000, slices.Max(cost)*fullBatch/1000))
	t.table.bar("growth", "a click, at the beginning and at the end", fmt.Sprintf("%.1f µs, %.1f µs: %.2f×", first, last, last/first), fmt.Sprintf("≤ %.1f×", barGrowth), last <= barGrowth*first)
	return t.tellSizes(g, before)
}

// tableSize is the rows and bytes of a partitioned table, its indexes included.
type tableSize struct{ rows, bytes float64 }

func (t *trial) tellSizes(g *gaung, before map[string]tableSize) error {
	after, err := g.sizes()
	if err != nil {
		return err
	}
	for table, bar := range map[string]float64{"click": barRaw, "click_seen": barUnique} {
		rows := after[table].rows - before[table].rows
		each := (after[table].bytes - before[table].bytes) / rows
		t.table.bar("growth", "bytes a row of "+table, fmt.Sprintf("%.1f, of %.0f rows", each, rows), fmt.Sprintf("≤ %.0f", bar), each <= bar)
	}
	clicks, origins := after["click"].rows-before["click"].rows, after["click_origin"]
	t.table.note("growth", "from where people came, for two days", fmt.Sprintf("%.2f rows, %.1f bytes a click", (origins.rows-before["click_origin"].rows)/clicks, (origins.bytes-before["click_origin"].bytes)/clicks))
	s, err := g.stored()
	if err != nil {
		return err
	}
	t.tellSums("growth", s)
	return nil
}

func (g *gaung) sizes() (map[string]tableSize, error) {
	conn, err := pgx.Connect(g.t.ctx, g.url)
	if err != nil {
		return nil, err
	}
	defer conn.Close(g.t.ctx)
	found := map[string]tableSize{}
	for _, table := range []string{"click", "click_seen", "click_origin"} {
		var s tableSize
		if err := conn.QueryRow(g.t.ctx, `SELECT (SELECT count(*) FROM `+table+`)::float8, (SELECT coalesce(sum(pg_total_relation_size(relid)), 0) FROM pg_partition_tree($1) WHERE isleaf)::float8`,
			table).Scan(&s.rows, &s.bytes); err != nil {
			return nil, err
		}
		found[table] = s
	}
	return found, nil
}
