package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
)

// postgres is a server of the trial's own, as durable as in production, that outlives the servers that are killed.
type postgres struct {
	dir     string
	server  *db.Server
	pid     int
	version string
	frozen  []int // processes that are held
}

func startPostgres(ctx context.Context, dir string) (*postgres, error) {
	p := &postgres{dir: dir}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return p, p.start(ctx)
}

const recoveries = 6 // a server that recovers is given up after half a minute, and goes on where it was

// start starts it, or starts it again.
func (p *postgres) start(ctx context.Context) (err error) {
	var server *db.Server
	for range recoveries {
		server, err = db.StartEmbedded(ctx, db.Embedded{Dir: p.dir, BinDir: os.Getenv("PG_BIN_DIR"), CacheDir: ".cache/postgres"})
		if err == nil || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return err
	}
	p.server = server
	conn, err := pgx.Connect(ctx, p.server.URL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var data string
	if err := conn.QueryRow(ctx, `SELECT current_setting('data_directory'), current_setting('server_version')`).Scan(&data, &p.version); err != nil {
		return err
	}
	p.version, _, _ = strings.Cut(p.version, " ")
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	p.pid, err = strconv.Atoi(first)
	return err
}

func (p *postgres) end() {
	_ = p.thaw() // it may never have been held
	if p.server != nil {
		p.server.Stop()
	}
}

// create makes a database, empty or as a copy of another one that nobody is connected to.
func (p *postgres) create(ctx context.Context, name, template string) (url string, err error) {
	conn, err := pgx.Connect(ctx, p.server.URL)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template))
	return p.url(name), err
}

func (p *postgres) url(database string) string {
	return strings.Replace(p.server.URL, "dbname=gaung", "dbname="+database, 1)
}

// freeze holds every process of the server: connections stay open and nobody answers on them.
func (p *postgres) freeze() error {
	if err := p.signal(p.pid, syscall.SIGSTOP); err != nil { // first, so that it makes no more
		return err
	}
	for _, child := range children(p.pid) {
		_ = p.signal(child, syscall.SIGSTOP) // it may have ended meanwhile
	}
	return nil
}

func (p *postgres) signal(pid int, s syscall.Signal) error {
	if s == syscall.SIGSTOP {
		p.frozen = append(p.frozen, pid)
	}
	return syscall.Kill(pid, s)
}

// thaw lets them go on.
func (p *postgres) thaw() (err error) {
	for _, pid := range p.frozen {
		err = errors.Join(err, syscall.Kill(pid, syscall.SIGCONT))
	}
	p.frozen = nil
	return err
}

// checkpoint keeps the recovery after a crash short: it is not what is measured.
func (p *postgres) checkpoint(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, p.server.URL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `CHECKPOINT`)
	return err
}

// crash is pg_ctl stop -m immediate: nobody is waited for, and the next start recovers.
func (p *postgres) crash() error {
	if err := syscall.Kill(p.pid, syscall.SIGQUIT); err != nil {
		return err
	}
	p.server.Stop() // waits until it is gone
	return nil
}

// cpu is the processor time of all its processes since it was started.
func (p *postgres) cpu() (sum time.Duration) {
	for _, pid := range append(children(p.pid), p.pid) {
		if one, err := look(pid); err == nil {
			sum += one.own + one.gone
		}
	}
	return sum
}
