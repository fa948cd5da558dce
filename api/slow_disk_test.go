package main

import (
	"errors"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/raft-wal/fs"
	"github.com/hashicorp/raft-wal/types"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/journal"
)

// lazyDisk is a disk of which each write that must be durable takes its time.
type lazyDisk struct {
	*fs.FS
	takes atomic.Int64 // nanoseconds
}

type lazyFile struct {
	types.WritableFile
	disk *lazyDisk
}

func (f lazyFile) Sync() error {
	time.Sleep(time.Duration(f.disk.takes.Load())) // a slow disk, not a wait for anything
	return f.WritableFile.Sync()
}

func (d *lazyDisk) Create(dir, name string, size uint64) (types.WritableFile, error) {
	file, err := d.FS.Create(dir, name, size)
	return lazyFile{file, d}, err
}

func (d *lazyDisk) OpenWriter(dir, name string) (types.WritableFile, error) {
	file, err := d.FS.OpenWriter(dir, name)
	return lazyFile{file, d}, err
}

// Replace writes a small file whole.
func (d *lazyDisk) Replace(dir, name string, bytes []byte) error {
	draft := filepath.Join(dir, name+".draft")
	if err := os.WriteFile(draft, bytes, 0o600); err != nil {
		return err
	}
	return os.Rename(draft, filepath.Join(dir, name))
}

// slowPlace is the whole program in this process on a disk that can be made slow.
type slowPlace struct {
	*wired
	disk *lazyDisk
	code string       // of a link that leads somewhere
	rest func() error // stops shipping when the rest is shipped
}

func newSlowPlace(t *testing.T) *slowPlace {
	t.Helper()
	env := demoEnv(t)
	env["GAUNG_PUBLIC_URL"] = "http://gaung.example"
	w, err := open(process{t.Context(), func(name string) string { return env[name] }, nil, io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	p := &slowPlace{wired: w, disk: &lazyDisk{FS: fs.New()}}
	w.journal, err = journal.OpenRoot(filepath.Join(w.config.DataDir, "journal"), journal.Options{Disk: p.disk, Log: w.log})
	if err != nil {
		t.Fatal(err)
	}
	w.shipper = w.click.KeepIn(w.journal, w.log)
	link, err := db.Get[click.Link](t.Context(), w.db, `SELECT content_id AS content, user_id AS "user", 1 AS channel FROM act
		WHERE kind = 'share' AND content_id IN (SELECT id FROM content WHERE state = 'live') ORDER BY id DESC LIMIT 1`)
	ring, fault := keyRing(w.config)
	if err = errors.Join(err, fault, w.click.Load(t.Context())); err != nil {
		t.Fatal(err)
	}
	p.code = click.NewCodes(ring).Encode(link)
	p.rest = sync.OnceValue(w.ship(t.Context()))
	t.Cleanup(func() {
		if err := p.rest(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// visited is what came of clicks.
type visited struct {
	answered, refused atomic.Int64
	took              []time.Duration // sorted
}

// visit sends people who come on 50 connections at once, each from another address.
func (p *slowPlace) visit(t *testing.T, from, people int) *visited {
	t.Helper()
	v := &visited{took: make([]time.Duration, people)}
	var wait sync.WaitGroup
	var next atomic.Int64
	for range 50 {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(people); i = next.Add(1) - 1 {
				n := from + int(i)
				began := time.Now()
				to, err := p.click.Visit(t.Context(), click.Visit{Code: p.code, Address: netip.AddrFrom4([4]byte{11, 0, byte(n >> 8), byte(n)}),
					UserAgent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"})
				v.took[i] = time.Since(began)
				if err == nil && to.URL != "" {
					v.answered.Add(1)
				} else {
					v.refused.Add(1)
				}
			}
		})
	}
	wait.Wait()
	slices.Sort(v.took)
	if people == 1 {
		return v
	}
	t.Logf("figure: %d of %d people sent on, half within %s, all within %s; %d clicks so far not known to be durable", v.answered.Load(), people,
		v.took[people/2].Round(time.Millisecond), v.took[people-1].Round(time.Millisecond), p.shipper.Stats().Undurable)
	return v
}

func (p *slowPlace) stored(t *testing.T) int64 {
	t.Helper()
	n, err := db.Get[int64](t.Context(), p.db, `SELECT count(*) FROM click`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A disk of 20 ms a write delays nobody by more than some writes and loses nothing; one that takes longer than
// anybody waits stops no redirect, and what was not durable in time is counted and alarmed.
func TestRedirectsGoOnOnASlowDisk(t *testing.T) {
	t.Parallel()
	p := newSlowPlace(t)
	before := p.stored(t)

	p.disk.takes.Store(int64(20 * time.Millisecond))
	slow := p.visit(t, 0, 1000)
	if lost := p.shipper.Stats().Undurable; slow.refused.Load() > 0 || lost > 0 {
		t.Errorf("20 ms a write: %d refused, %d not durable", slow.refused.Load(), lost)
	}
	p.disk.takes.Store(int64(700 * time.Millisecond))
	stuck := p.visit(t, 1000, 400)
	lost := p.shipper.Stats().Undurable
	if most := stuck.took[len(stuck.took)-1]; stuck.refused.Load() > 0 || lost == 0 || most > 650*time.Millisecond {
		t.Errorf("700 ms a write: %d refused, %d not durable, the last answered after %s", stuck.refused.Load(), lost, most)
	}
	for began := time.Now(); !p.shipper.Stats().Alarms["clicks_undurable"]; <-time.After(20 * time.Millisecond) {
		if time.Since(began) > 30*time.Second {
			t.Fatal("no alarm")
		}
	}
	p.disk.takes.Store(0)
	answered := slow.answered.Load() + stuck.answered.Load()
	for durable := false; !durable; lost = p.shipper.Stats().Undurable { // what gathered while it was slow is written before them
		<-time.After(20 * time.Millisecond)
		answered += p.visit(t, int(answered), 1).answered.Load()
		durable = p.shipper.Stats().Undurable == lost
	}
	if err := p.rest(); err != nil {
		t.Fatal(err)
	}
	stored := p.stored(t) - before
	t.Logf("figure: %d answered, %d stored, %d counted as perhaps lost", answered, stored, lost)
	if stored > answered || answered-stored > lost {
		t.Errorf("%d answered, %d stored, %d counted as perhaps lost", answered, stored, lost)
	}
}
