//go:build linux || darwin

package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Embedded says how to run the private PostgreSQL.
type Embedded struct {
	Dir       string // the cluster lives in Dir/postgres; it is made when missing and never wiped
	BinDir    string // folder with initdb and postgres; empty: look in the usual places
	CacheDir  string // where `make run` put binaries from the npm registry
	Ephemeral bool   // tests: speed before durability
	Log       *slog.Logger
}

// Server is a private PostgreSQL that runs as a child of this process and dies with it.
type Server struct {
	URL  string // for Open; a Unix socket that only our user can open
	stop func()
}

// Stop asks for a fast shutdown and waits for it. A server that was found running is left running.
func (s *Server) Stop() {
	if s.stop != nil {
		s.stop()
	}
}

const (
	superuser    = "gaung"
	databaseName = "gaung"
	readyWithin  = 3 * time.Minute // it may have a crash to recover from
	pollEvery    = 15 * time.Millisecond
	socketName   = "/.s.PGSQL.5432"
	socketLimit  = 107 // bytes in a Unix socket's path
)

// StartEmbedded starts the private PostgreSQL, or joins the one that already serves this folder.
func StartEmbedded(ctx context.Context, o Embedded) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	account, err := postgresAccount()
	if err != nil {
		return nil, err
	}
	base, err := clusterDir(o.Dir, account)
	if err != nil {
		return nil, err
	}
	c := cluster{Embedded: o, account: account, base: base, data: filepath.Join(base, "data"), socket: socketDir(base)}
	if err := c.makeDirs(); err != nil {
		return nil, err
	}
	if c.bin, err = c.chooseBinaries(); err != nil {
		return nil, err
	}
	stop, err := c.run(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.ensureDatabase(ctx); err != nil {
		stop()
		return nil, err
	}
	return &Server{URL: c.url(databaseName), stop: stop}, nil
}

type cluster struct {
	Embedded
	account            account
	base, data, socket string
	bin                string
}

// socketDir is beside the data unless the path is too long for a socket.
func socketDir(base string) string {
	beside := filepath.Join(base, "socket")
	if len(beside)+len(socketName) <= socketLimit {
		return beside
	}
	return filepath.Join(os.TempDir(), "gaung-"+shortHash(base))
}

func (c *cluster) makeDirs() error {
	for _, dir := range []string{c.base, c.data, c.socket} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		if err := c.account.own(dir); err != nil {
			return err
		}
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			return errors.Join(err, os.Chmod(dir, 0o700))
		}
	}
	return nil
}

func (c *cluster) url(database string) string {
	return fmt.Sprintf("host=%s port=5432 user=%s dbname=%s", c.socket, superuser, database)
}

func (c *cluster) initialised() bool {
	_, err := os.Stat(filepath.Join(c.data, "PG_VERSION"))
	return err == nil
}

// run returns the function that stops what it started.
func (c *cluster) run(ctx context.Context) (stop func(), err error) {
	if !c.initialised() {
		if err := c.initdb(ctx); err != nil {
			return nil, err
		}
	}
	if joined, err := c.waitForOther(ctx); err != nil || joined {
		return func() {}, err
	}
	child, err := startChild(c.command(c.serverArgs()...), c.logLines)
	if err != nil {
		return nil, fmt.Errorf("start postgres: %w", err)
	}
	stop = func() { child.stop(10 * time.Second) }
	deadline := time.Now().Add(readyWithin)
	for {
		if err = c.ping(ctx); err == nil {
			return stop, nil
		}
		select {
		case <-child.done:
			return nil, fmt.Errorf("postgres ended at once: %w\n%s", child.err, child.tail())
		case <-ctx.Done():
			stop()
			return nil, ctx.Err()
		case <-time.After(pollEvery):
		}
		if time.Now().After(deadline) {
			stop()
			return nil, fmt.Errorf("postgres is not ready after %s: %w", readyWithin, err)
		}
	}
}

// initdb makes the cluster beside its place and renames it, so that a kill in between leaves no half
// cluster behind.
func (c *cluster) initdb(ctx context.Context) error {
	draft := c.data + ".new"
	if err := os.RemoveAll(draft); err != nil { // a draft never held anybody's data
		return err
	}
	cmd := c.command("initdb", "-D", draft, "-U", superuser, "-A", "trust", "-E", "UTF8",
		"--locale=C.UTF-8", "--no-sync", "--no-instructions")
	stopped := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() }) // it may have ended already
	out, err := cmd.CombinedOutput()
	stopped()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	if err := os.Remove(c.data); err != nil { // empty, or this fails and nothing is lost
		return err
	}
	return os.Rename(draft, c.data)
}

func (c *cluster) serverArgs() []string {
	args := []string{"postgres", "-D", c.data, "-k", c.socket, "-p", "5432", "-c", "listen_addresses=",
		"-c", "unix_socket_permissions=0700", "-c", "timezone=UTC", "-c", "max_connections=60"}
	if c.Ephemeral {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
			"-c", "max_connections=200")
	}
	return args
}

func (c *cluster) command(args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, args[0]), args[1:]...)
	cmd.Dir = c.base
	cmd.Env = []string{"PATH=" + c.bin + ":/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=" + c.base}
	cmd.SysProcAttr = c.account.process()
	return cmd
}

// waitForOther looks for a server that already serves this folder: it is joined when it answers, and
// waited for when it is just shutting down because its own parent died.
func (c *cluster) waitForOther(ctx context.Context) (joined bool, err error) {
	deadline := time.Now().Add(readyWithin)
	for c.otherAlive() {
		if c.ping(ctx) == nil {
			c.Log.Warn("private PostgreSQL is already running and is used", "dir", c.base)
			return true, nil
		}
		if time.Now().After(deadline) {
			return false, fmt.Errorf("another postgres holds %s and does not answer", c.data)
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(pollEvery):
		}
	}
	return false, nil
}

func (c *cluster) otherAlive() bool {
	text, err := os.ReadFile(filepath.Join(c.data, "postmaster.pid"))
	if err != nil {
		return false
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || pid <= 1 {
		return false
	}
	err = syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

func (c *cluster) ping(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

func (c *cluster) ensureDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var there bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", databaseName).Scan(&there)
	if err == nil && !there {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+databaseName)
	}
	return err
}

func (c *cluster) logLines(out io.Reader) *lastLines {
	return readLines(out, func(line string) { c.Log.Debug("postgres", "line", line) })
}
