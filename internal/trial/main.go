// Command trial owns the proof that clicks are counted as promised: it starts the built binary on a real
// PostgreSQL, loads it, kills it, takes its database and its disk away, and prints one table of what came
// of it. Run it from the project's folder: go run ./internal/trial [-size short|tenth|full] [part ...].
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// size is how much of everything is done.
type size struct {
	rounds   int           // of the redirect comparison
	warm     time.Duration // before each measured window, so that shipping runs, too
	measured time.Duration // of one server in one round
	kills    int
	away     time.Duration // how long the database is away
	events   int           // that the click tables grow to
	peak     time.Duration // of the half hour after seven that is lived through
	parts    []string
	loose    bool // only bars that hold on a busy machine
}

var sizes = map[string]size{
	"short": {rounds: 1, warm: time.Second, measured: 2 * time.Second, kills: 3, away: 8 * time.Second, loose: true,
		parts: []string{"redirect", "database", "torn"}}, // kills are a test of ./api
	"tenth": {rounds: 5, warm: 4 * time.Second, measured: 4 * time.Second, kills: 10, away: 20 * time.Second, events: 1_000_000, peak: 3 * time.Minute, parts: partNames()},
	"full":  {rounds: 7, warm: 5 * time.Second, measured: 10 * time.Second, kills: 100, away: 10 * time.Minute, events: 10_000_000, peak: peakTime, parts: partNames()},
}

// part is one question.
type part struct {
	name string
	ask  func(*trial) error
}

func partList() []part {
	return []part{{"redirect", redirect}, {"kill", kills}, {"database", databaseAway}, {"replicas", replicas}, {"disk", disk},
		{"torn", torn}, {"growth", growth}, {"boards", boards}, {"peak", peak}}
}

func partNames() (names []string) {
	for _, p := range partList() {
		names = append(names, p.name)
	}
	return names
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "trial:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("trial", flag.ContinueOnError)
	scale := flags.String("size", "tenth", "short, tenth or full")
	into := flags.String("into", "", "folder in which the table is kept; empty: it is only printed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s, known := sizes[*scale]
	if !known {
		return fmt.Errorf("no size %q", *scale)
	}
	if flags.NArg() > 0 {
		s.parts = flags.Args()
	}
	for _, name := range s.parts {
		if !slices.Contains(partNames(), name) {
			return fmt.Errorf("no part %q; there are %s", name, strings.Join(partNames(), ", "))
		}
	}
	t := &trial{ctx: ctx, size: s, table: newTable(*scale), into: *into}
	defer t.close()
	if err := t.prepare(); err != nil {
		return err
	}
	kept := t.askAll()
	return errors.Join(t.table.print(os.Stdout), kept, t.table.missed(), ctx.Err())
}

// trial is one run.
type trial struct {
	ctx    context.Context
	size   size
	table  *table
	dir    string // everything that is made lies in it
	binary string // gaung
	inside string // the program of ./inside
	pg     *postgres
	keys   string   // the ring of the world
	links  []string // paths of personal links in the world
	ends   []func() // in reverse order at the end
	worlds int
	people visitors
	into   string // where what is to be kept goes; empty: nowhere
}

// prepare builds the programs, starts PostgreSQL and makes the world that every part gets a copy of.
func (t *trial) prepare() (err error) {
	if slices.Contains(t.size.parts, "redirect") {
		if _, err := exec.LookPath("wrk"); err != nil {
			return errors.New("the part redirect needs wrk: apt-get install wrk")
		}
	}
	if t.dir, err = os.MkdirTemp("", "gaung-trial-"); err != nil {
		return err
	}
	t.atEnd(func() { _ = os.RemoveAll(t.dir) })    // a folder of the temporary directory
	if err := os.Chmod(t.dir, 0o755); err != nil { // PostgreSQL's own account must pass
		return err
	}
	t.binary, t.inside = filepath.Join(t.dir, "gaung"), filepath.Join(t.dir, "inside")
	for program, from := range map[string]string{t.binary: "./api", t.inside: "./internal/trial/inside"} {
		build := exec.CommandContext(t.ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, from)
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w\n%s", from, err, out)
		}
	}
	if t.pg, err = startPostgres(t.ctx, filepath.Join(t.dir, "server")); err != nil {
		return err
	}
	t.atEnd(t.pg.end)
	t.table.postgres = t.pg.version
	return t.makeWorld()
}

// askAll keeps the table after each part: a long run may be broken off.
func (t *trial) askAll() (err error) {
	for _, p := range partList() {
		if !slices.Contains(t.size.parts, p.name) || t.ctx.Err() != nil {
			continue
		}
		began := time.Now()
		fmt.Fprintf(os.Stderr, "== %s\n", p.name)
		if err := p.ask(t); err != nil {
			t.table.bar(p.name, "the part itself", strings.ReplaceAll(err.Error(), "\n", " "), "runs to its end", false)
		}
		fmt.Fprintf(os.Stderr, "   %.0f s\n", time.Since(began).Seconds())
		err = errors.Join(err, t.table.keep(t.into))
	}
	return err
}

func (t *trial) atEnd(f func()) { t.ends = append(t.ends, f) }

func (t *trial) close() {
	for _, end := range slices.Backward(t.ends) {
		end()
	}
}

// until asks again and again until it holds.
func (t *trial) until(what string, within time.Duration, holds func() bool) error {
	for began := time.Now(); !holds(); {
		if time.Since(began) > within {
			return fmt.Errorf("not within %s: %s", within, what)
		}
		select {
		case <-t.ctx.Done():
			return t.ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// pass lets time pass under load: the load itself is what is waited for.
func (t *trial) pass(d time.Duration) {
	select {
	case <-t.ctx.Done():
	case <-time.After(d):
	}
}
