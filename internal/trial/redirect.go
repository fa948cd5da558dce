package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed wrk.lua
var wrkScript []byte

// What the comparison must reach.
const (
	barJournal   = 0.40 // of hello's requests a second, with journal and shipper
	barDrop      = 0.75 // without a journal
	barLoose     = 0.15
	barWork      = 3.0 // times hello's processor time for a request
	barMegabytes = 80
)

// window is what wrk saw.
type window struct {
	Requests, Seconds, P50, P99, Errors float64
}

func (w window) rate() float64 { return w.Requests / w.Seconds }

// rounds are the windows of one server.
type rounds struct {
	rate, p50, p99 []float64
	served, errors float64
	work           time.Duration
}

func (r *rounds) add(w window) {
	r.rate, r.p50, r.p99 = append(r.rate, w.rate()), append(r.p50, w.P50), append(r.p99, w.P99)
	r.served += w.Requests
	r.errors += w.Errors
}

// redirect compares three servers in turn: a bare one, ours as it is, and ours with an edge that keeps no clicks.
func redirect(t *trial) error {
	g, err := t.newGaung()
	if err != nil {
		return err
	}
	if err := errors.Join(t.writeScript(), g.start()); err != nil {
		return err
	}
	defer g.kill()
	hello, err := t.startInside(g, "hello")
	if err != nil {
		return err
	}
	defer hello.kill()
	drop, err := t.startInside(g, "drop")
	if err != nil {
		return err
	}
	defer drop.kill()
	var bare, ours, without rounds
	var base time.Duration // PostgreSQL's processor time before
	for i := range t.size.rounds {
		for turn := range 3 {
			switch (turn + i) % 3 {
			case 0:
				err = t.window(hello, "/", &bare)
			case 1:
				if !t.size.loose {
					err = t.window(drop, "", &without)
				}
			case 2:
				base += t.pg.cpu()
				err = t.ourWindow(g, &ours)
				base -= t.pg.cpu()
			}
			if err != nil {
				return err
			}
		}
	}
	t.tellRedirect(bare, ours, without, g, -base)
	return nil
}

func (t *trial) tellRedirect(bare, ours, without rounds, g *gaung, postgres time.Duration) {
	add := func(figure, format string, args ...any) {
		t.table.note("redirect", figure, fmt.Sprintf(format, args...))
	}
	for i, r := range []rounds{bare, ours, without} {
		if len(r.rate) == 0 {
			continue
		}
		add([]string{"bare Fiber", "Gaung", "Gaung without journal"}[i], "%.0f requests/s, p50 %.2f ms, p99 %.2f ms (medians of %d)", median(r.rate), median(r.p50), median(r.p99), len(r.rate))
	}
	each := func(r rounds) float64 { return r.work.Seconds() * 1e6 / max(r.served, 1) }
	bar := barJournal
	if t.size.loose {
		bar = barLoose
	}
	ratio := median(ours.rate) / median(bare.rate)
	t.table.bar("redirect", "journal and shipper, of bare Fiber", fmt.Sprintf("%.2f×", ratio), fmt.Sprintf("≥ %.2f×", bar), ratio >= bar)
	if ratio = median(without.rate) / median(bare.rate); !t.size.loose {
		add("processor time for a request without journal", "%.1f µs", each(without))
		t.table.bar("redirect", "without journal, of bare Fiber", fmt.Sprintf("%.2f×", ratio), fmt.Sprintf("≥ %.2f×", barDrop), ratio >= barDrop)
	}
	add("processor time for a request", "%.1f µs, bare Fiber %.1f µs; PostgreSQL %.1f µs", each(ours), each(bare), postgres.Seconds()*1e6/ours.served)
	work, most := each(ours)/each(bare), megabytes(g.pid(), "VmHWM")
	t.strict("redirect", "processor time until all is shipped, of bare Fiber", fmt.Sprintf("%.2f×", work), fmt.Sprintf("≤ %.1f×", barWork), work <= barWork)
	t.strict("redirect", "memory at the most", fmt.Sprintf("%.0f MB", most), fmt.Sprintf("≤ %d MB", barMegabytes), most <= barMegabytes)
	t.table.bar("redirect", "failed requests", fmt.Sprintf("%.0f of %.0f", ours.errors+without.errors, ours.served+without.served), "0", ours.errors+without.errors == 0)
	lost := g.figure("gaung_clicks_undurable_total")
	t.table.note("redirect", "answered without being known durable", fmt.Sprintf("%.0f", lost))
}

// strict adds a bar that a busy machine is not asked to reach.
func (t *trial) strict(part, figure, value, bar string, held bool) {
	if t.size.loose {
		t.table.note(part, figure, value)
		return
	}
	t.table.bar(part, figure, value, bar, held)
}

// window measures a server that does nothing behind the answer.
func (t *trial) window(s *server, path string, into *rounds) error {
	if _, err := t.wrk(s.address, path, time.Second); err != nil {
		return err
	}
	before := s.cpu()
	w, err := t.wrk(s.address, path, t.size.measured)
	if err != nil {
		return err
	}
	into.add(w)
	into.work += s.cpu() - before
	return nil
}

// ourWindow measures while earlier clicks are shipped, and counts the work until the last of them is: warming
// up is part of the work and of the requests it is divided by.
func (t *trial) ourWindow(g *gaung, into *rounds) error {
	before := g.cpu()
	warm, err := t.wrk(g.address, "", t.size.warm)
	if err != nil {
		return err
	}
	w, err := t.wrk(g.address, "", t.size.measured)
	if err != nil {
		return err
	}
	if err := g.drained(2 * time.Minute); err != nil {
		return err
	}
	into.add(w)
	into.served += warm.Requests
	into.errors += warm.Errors
	into.work += g.cpu() - before
	return nil
}

// writeScript puts the script with the links and browsers where wrk can read them.
func (t *trial) writeScript() error {
	var agents []string
	for n := range 5000 {
		agents = append(agents, agentOf(n))
	}
	quoted := func(texts []string) string {
		var b strings.Builder
		for _, text := range texts {
			fmt.Fprintf(&b, "%q,\n", text)
		}
		return b.String()
	}
	data := func(links []string) []byte {
		return []byte("return {links={" + quoted(links) + "},agents={" + quoted(agents) + "}}\n")
	}
	return errors.Join(os.WriteFile(filepath.Join(t.dir, "wrk.lua"), wrkScript, 0o644),
		os.WriteFile(filepath.Join(t.dir, "links.lua"), data(t.links), 0o644), os.WriteFile(filepath.Join(t.dir, "root.lua"), data([]string{"/"}), 0o644))
}

// wrk asks on 64 connections for as long, each request from another visitor.
func (t *trial) wrk(address, path string, d time.Duration) (w window, err error) {
	data := "links.lua"
	if path != "" {
		data = "root.lua"
	}
	const threads = 2
	many := max(10_000, int(d.Seconds()*16_000/threads)) // then they come again, as repeats
	from := t.people.n.Add(uint32(threads*many)) - uint32(threads*many)
	out, err := exec.CommandContext(t.ctx, "wrk", "-t2", "-c64", fmt.Sprintf("-d%.0fs", d.Seconds()), "-s", filepath.Join(t.dir, "wrk.lua"),
		"http://"+address+"/", "--", filepath.Join(t.dir, data), fmt.Sprint(many), fmt.Sprint(from)).CombinedOutput()
	if err != nil {
		return w, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	begin := strings.LastIndex(string(out), "\n{")
	if begin < 0 {
		return w, fmt.Errorf("wrk printed no figures:\n%s", out)
	}
	return w, json.Unmarshal(out[begin:], &w)
}

// server is a program of ./inside that listens.
type server struct {
	address string
	cmd     *exec.Cmd
}

// startInside starts one with the keys, the database and the flags of ours.
func (t *trial) startInside(g *gaung, what string) (*server, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &server{address: address, cmd: exec.Command(t.inside, what)}
	beside := &gaung{t: t, url: g.url, data: filepath.Join(t.dir, what), address: address}
	s.cmd.Env, s.cmd.Stderr = beside.env(), os.Stderr
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	t.atEnd(s.kill)
	path := "/"
	if what != "hello" {
		path = t.links[0]
	}
	return s, t.until(what+" answers", 10*time.Second, func() bool { return beside.says("http://"+address+path) != 0 })
}

func (s *server) kill() {
	_ = s.cmd.Process.Kill() // it may be gone already
	_ = s.cmd.Wait()         // it was killed
}

func (s *server) cpu() time.Duration {
	p, err := look(s.cmd.Process.Pid)
	if err != nil {
		return 0
	}
	return p.own
}
