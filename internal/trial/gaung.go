package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// gaung is the built binary on a database and a folder.
type gaung struct {
	t                *trial
	url, data        string
	address, metrics string
	more             []string // of the environment
	cmd              *exec.Cmd
}

// newGaung gets a copy of the world with a folder of its own, not yet started.
func (t *trial) newGaung() (*gaung, error) {
	t.worlds++
	name := fmt.Sprintf("world%d", t.worlds)
	url, err := t.pg.create(t.ctx, name, worldName)
	if err != nil {
		return nil, err
	}
	return t.gaungOn(url, filepath.Join(t.dir, name))
}

// gaungOn is a server on a database that is there, with a folder that is made when it is not.
func (t *trial) gaungOn(url, data string) (g *gaung, err error) {
	g = &gaung{t: t, url: url, data: data}
	if g.address, err = freeAddress(); err != nil {
		return nil, err
	}
	if g.metrics, err = freeAddress(); err != nil {
		return nil, err
	}
	t.atEnd(g.kill)
	return g, os.MkdirAll(data, 0o755)
}

// freeAddress is a port that nobody listens on.
func freeAddress() (string, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return free.Addr().String(), free.Close()
}

// env is what it runs with. The limiter's code runs and refuses nobody; each click says whose it is.
func (g *gaung) env() []string {
	env := append(os.Environ(), "DATABASE_URL="+g.url, "GAUNG_DATA_DIR="+g.data, "GAUNG_ADDR="+g.address, "GAUNG_METRICS_ADDR="+g.metrics,
		"GAUNG_PUBLIC_URL="+publicURL, "GAUNG_TRUSTED_PROXIES=127.0.0.1", "GAUNG_RATE_FACTOR=1000")
	if g.t.keys != "" {
		env = append(env, "GAUNG_KEYS="+g.t.keys)
	}
	return append(env, g.more...)
}

// command runs it with other arguments and answers what it printed.
func (g *gaung) command(args ...string) (string, error) {
	cmd := exec.CommandContext(g.t.ctx, g.t.binary, args...)
	cmd.Env = g.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("gaung %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return string(out), err
}

// start starts it and waits until it is ready.
func (g *gaung) start(args ...string) error {
	log, err := os.OpenFile(g.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	g.cmd = exec.Command(g.t.binary, append([]string{"serve"}, args...)...)
	g.cmd.Env, g.cmd.Stdout, g.cmd.Stderr = g.env(), log, log
	if err := g.cmd.Start(); err != nil {
		return err
	}
	if err := g.t.until("the server is ready", time.Minute, func() bool { return g.says("http://"+g.address+"/readyz") == http.StatusOK }); err != nil {
		return fmt.Errorf("%w\n%s", err, g.lastLog())
	}
	return nil
}

func (g *gaung) logFile() string { return g.data + ".log" }

func (g *gaung) lastLog() string {
	text, err := os.ReadFile(g.logFile())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// says asks once and answers the status; 0: nobody answered. It follows no redirect.
func (g *gaung) says(address string) int {
	client := http.Client{Timeout: time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(address)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close() // nothing in it is wanted
	return answer.StatusCode
}

// kill is SIGKILL.
func (g *gaung) kill() {
	if g.cmd != nil {
		_ = g.cmd.Process.Kill() // it may be gone already
		_ = g.cmd.Wait()         // it was killed
		g.cmd = nil
	}
}

// stop is what a service manager does.
func (g *gaung) stop() error {
	err := errors.Join(g.cmd.Process.Signal(syscall.SIGTERM), g.cmd.Wait())
	g.cmd = nil
	return err
}

func (g *gaung) pid() int { return g.cmd.Process.Pid }

func (g *gaung) cpu() time.Duration {
	p, err := look(g.pid())
	if err != nil {
		return 0
	}
	return p.own
}

// figures reads all metrics that have no labels, and the alarms by their names.
func (g *gaung) figures() (map[string]float64, error) {
	client := http.Client{Timeout: 5 * time.Second}
	answer, err := client.Get("http://" + g.metrics + "/metrics")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	found := map[string]float64{}
	scan := bufio.NewScanner(answer.Body)
	for scan.Scan() {
		name, value, ok := strings.Cut(scan.Text(), " ")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		if alarm, is := strings.CutPrefix(name, `gaung_alarm{name="`); is {
			name = "alarm " + strings.TrimSuffix(alarm, `"}`)
		}
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			found[name] = number
		}
	}
	return found, scan.Err()
}

// figure reads one; -1: it cannot be read.
func (g *gaung) figure(name string) float64 {
	all, err := g.figures()
	if err != nil {
		return -1
	}
	if value, there := all[name]; there {
		return value
	}
	return -1
}

// drained waits until no click waits in a journal any more. A server that has just started may not have
// looked at its journals yet, so it is asked several times.
func (g *gaung) drained(within time.Duration) error {
	calm := 0
	err := g.t.until("all clicks are in the database", within, func() bool {
		if g.figure("gaung_journal_depth") == 0 {
			calm++
		} else {
			calm = 0
		}
		return calm > 2
	})
	if err != nil {
		return fmt.Errorf("%w\n%s", err, g.lastLog())
	}
	return nil
}
