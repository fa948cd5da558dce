package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// The peak of a province: of 60,000 people three in ten come between seven and half past, ten a second.
const (
	provincePeople = 60_000
	activePeople   = provincePeople * 3 / 10
	peakTime       = 30 * time.Minute
	clickRate      = 20 // a second, of citizens on the links that were passed on
	barP95         = 150 * time.Millisecond
	profiled       = 30 * time.Second
)

type morning struct {
	t     *trial
	g     *gaung
	lines *http.Transport
	walks []walk
	added int // people beside those of the demo

	mu  sync.Mutex
	all []asked
}

// peak lets a part of the province, as long as the size says, take the recorded paths at the real rate.
func peak(t *trial) error {
	g, err := t.newGaung()
	if err != nil {
		return err
	}
	m := &morning{t: t, g: g, lines: &http.Transport{MaxIdleConnsPerHost: 1024, DisableCompression: true}}
	g.more = []string{"GAUNG_RATE_FACTOR=1"} // as it runs for people
	pictures := os.DirFS(filepath.Join(t.dir, worldName, "files"))
	if err := errors.Join(os.CopyFS(filepath.Join(g.data, "files"), pictures), m.fill(), g.start("--demo")); err != nil {
		return err
	}
	defer g.kill()
	files, err := m.files()
	if err != nil {
		return err
	}
	if m.walks, err = readWalks(files); err != nil {
		return err
	}
	many := int(float64(activePeople) * t.size.peak.Seconds() / peakTime.Seconds())
	people, err := m.sleep(many)
	if err != nil {
		return err
	}
	if err := t.pg.checkpoint(t.ctx); err != nil {
		return err
	}
	return m.run(people)
}

func (m *morning) fill() error {
	beside := exec.CommandContext(m.t.ctx, m.t.inside, "fill", fmt.Sprint(provincePeople))
	beside.Env = m.g.env()
	if out, err := beside.CombinedOutput(); err != nil {
		return fmt.Errorf("fill: %w: %s", err, out)
	}
	conn, err := pgx.Connect(m.t.ctx, m.g.url)
	if err != nil {
		return err
	}
	defer conn.Close(m.t.ctx)
	return conn.QueryRow(m.t.ctx, `SELECT count(*) FROM app_user WHERE email LIKE 'pegawai%@uji.example'`).Scan(&m.added)
}

var builtFile = regexp.MustCompile(`assets/asn/[\w.-]+\.(?:js|css)`)

// files are the names that the build gave the files of the app, as its worker tells them.
func (m *morning) files() (names []string, err error) {
	answer, err := http.Get("http://" + m.g.address + "/sw.js")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	for _, name := range builtFile.FindAllString(string(text), -1) {
		names = append(names, "/"+name)
	}
	return names, err
}

// sleep signs everybody in who has a session from before. Who comes for the first time has none.
func (m *morning) sleep(many int) (people []*visit, err error) {
	people = make([]*visit, many)
	faults := make(chan error, many)
	gate := make(chan struct{}, 8)
	var all sync.WaitGroup
	fresh := m.added * 9 / 10 // from here on passwords cost what they cost
	for i := range people {
		walk := pick(m.walks, i)
		n := i
		if walk.name == "first" {
			n = fresh + i*3/100
		}
		if people[i], err = m.visitor(n); err != nil {
			return nil, err
		}
		people[i].walk = walk
		if walk.name == "first" {
			continue
		}
		gate <- struct{}{}
		all.Go(func() {
			defer func() { <-gate }()
			if err := people[i].night(m.t.ctx); err != nil {
				faults <- err
			}
		})
	}
	all.Wait()
	close(faults)
	return people, <-faults
}

// run lets them come, one after another, and tells what they saw.
func (m *morning) run(people []*visit) error {
	t := m.t
	ctx, stop := context.WithCancel(t.ctx)
	defer stop()
	clicks := t.pace(clickRate, 16, m.g.address)
	began, own, base, self := time.Now(), m.g.cpu(), t.pg.cpu(), ownCPU()
	memory := watchMemory(m.g.pid())
	news := make(chan error, 2)
	go func() { news <- m.publish(ctx, t.size.peak/6) }()
	go func() { news <- m.profile(ctx, t.size.peak/3) }()
	var all sync.WaitGroup
	for i, one := range people {
		due := began.Add(t.size.peak * time.Duration(i) / time.Duration(len(people)))
		if !until(ctx, due) {
			break
		}
		all.Go(func() { one.take(ctx, m.tell) })
	}
	all.Wait()
	took := time.Since(began)
	c := clicks.end()
	err := errors.Join(<-news, <-news)
	t.table.note("peak", "people", fmt.Sprintf("%d of a province of %d in %s, %.1f a second (%d in half an hour)", len(people), provincePeople, t.size.peak,
		float64(len(people))/t.size.peak.Seconds(), activePeople))
	t.table.note("peak", "processor", fmt.Sprintf("server %.0f %%, PostgreSQL %.0f %%, load generator %.0f %% of one core; server's memory at the most %.0f MB",
		percent(m.g.cpu()-own, took), percent(t.pg.cpu()-base, took), percent(ownCPU()-self, took), memory()))
	t.table.note("peak", "clicks of citizens meanwhile", fmt.Sprintf("%d answered, slowest %s, %d refused, %d broken", c.answered.Load(),
		time.Duration(c.slowest.Load()).Round(time.Millisecond), c.refused.Load(), c.broken.Load()))
	m.report(took)
	return err
}

func (m *morning) tell(got asked) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = append(m.all, got)
}

func percent(of, whole time.Duration) float64 { return 100 * of.Seconds() / whole.Seconds() }

func ownCPU() time.Duration {
	p, err := look(os.Getpid())
	if err != nil {
		return 0
	}
	return p.own
}

// publish brings out something new while people come: everybody's feed changes, and prompts go out.
func (m *morning) publish(ctx context.Context, after time.Duration) error {
	if !until(ctx, time.Now().Add(after)) {
		return ctx.Err()
	}
	humas, err := m.g.signIn("humas@nusaarunika.example")
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, m.g.url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var content int
	if err := conn.QueryRow(ctx, `SELECT min(id) FROM content WHERE state = 'approved'`).Scan(&content); err != nil {
		return err
	}
	return m.g.post(fmt.Sprintf("/api/v1/contents/%d/publish", content), humas, struct{}{}, &struct{}{})
}

// profile keeps where the server's time goes while people come.
func (m *morning) profile(ctx context.Context, after time.Duration) error {
	if !until(ctx, time.Now().Add(after)) {
		return ctx.Err()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", m.g.metrics, int(profiled.Seconds())), nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	into := m.t.into
	if into == "" {
		into = m.t.dir
	}
	file := filepath.Join(into, m.t.table.began.Format("2006-01-02-1504")+"-peak.pprof")
	if err := os.WriteFile(file, raw, 0o644); err != nil {
		return err
	}
	for _, order := range []string{"-flat", "-cum"} {
		top, err := exec.CommandContext(ctx, "go", "tool", "pprof", "-top", order, "-nodecount=25", file).Output()
		if err != nil {
			return err
		}
		if err := os.WriteFile(strings.TrimSuffix(file, ".pprof")+order+".txt", top, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s\n", top)
	}
	return nil
}

// report tells the bars and what each kind of request took.
func (m *morning) report(took time.Duration) {
	t := m.t
	byStep := map[string][]time.Duration{}
	var onward, files, late []time.Duration
	faults := map[string]int{}
	for _, one := range m.all {
		late = append(late, one.late)
		if one.fault != "" {
			faults[one.step+": "+one.fault]++
			continue
		}
		if !one.onward {
			files = append(files, one.took)
			continue
		}
		onward = append(onward, one.took)
		byStep[one.step] = append(byStep[one.step], one.took)
	}
	t.table.note("peak", "requests", fmt.Sprintf("%d by the program, %d files; %.0f a second", len(onward), len(files), float64(len(m.all))/took.Seconds()))
	t.table.note("peak", "sent after they were due (generator)", figuresOf(late))
	p95 := quantile(onward, 0.95)
	t.table.bar("peak", "answers of the program", figuresOf(onward), fmt.Sprintf("p95 ≤ %s", barP95), len(onward) > 0 && p95 <= barP95)
	t.table.note("peak", "files", figuresOf(files))
	for _, name := range slices.Sorted(maps.Keys(byStep)) {
		t.table.note("peak", name, figuresOf(byStep[name]))
	}
	for _, fault := range slices.Sorted(maps.Keys(faults)) {
		t.table.note("peak", "fault", fmt.Sprintf("%d × %s", faults[fault], strings.ReplaceAll(fault, "\n", " ")))
	}
	t.table.bar("peak", "faults", fmt.Sprint(len(m.all)-len(onward)-len(files)), "0", len(m.all) == len(onward)+len(files) && len(m.all) > 0)
}

func figuresOf(of []time.Duration) string {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }
	return fmt.Sprintf("%d: p50 %s, p95 %s, p99 %s, worst %s ms", len(of), ms(quantile(of, 0.5)), ms(quantile(of, 0.95)), ms(quantile(of, 0.99)), ms(quantile(of, 1)))
}

// quantile is the smallest value that this part of all does not exceed.
func quantile(of []time.Duration, q float64) time.Duration {
	if len(of) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(of))
	return sorted[max(0, min(len(sorted)-1, int(q*float64(len(sorted))+0.999999)-1))]
}
