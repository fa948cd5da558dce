// Command gaung is the whole platform: web server, jobs and operator's commands in one binary.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"gaung/migrations"
)

func main() {
	time.Local = time.UTC // calendars are only ever read through package period
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gaung:", err)
		os.Exit(1)
	}
}

// commands are what an operator can ask for.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve people and work jobs until interrupted."`
	Migrate migrateCommand `cmd:"" help:"Bring the database schema up to date, and end."`
	Demo    demoCommand    `cmd:"" help:"Fill an empty database with the demo world, and end."`
	Import  importCommand  `cmd:"" help:"Import a roster of people into an agency, and end."`
	Clicks  clicksCommand  `cmd:"" help:"Ask what the rules make of user agents, or judge stored clicks again."`
	Score   scoreCommand   `cmd:"" help:"Prove the ledger that the boards come from, or make the boards anew from it."`
	Backup  backupCommand  `cmd:"" help:"Write everything into one file while people go on working."`
	Restore restoreCommand `cmd:"" help:"Fill a new database from a backup."`
	Health  healthCommand  `cmd:"" help:"Ask the server on this machine whether it is alive; for container health checks."`
	Journal journalCommand `cmd:"" help:"The journals in which clicks wait for the database."`
	OpenAPI openAPICommand `cmd:"" name:"openapi" help:"Print the OpenAPI 3.1 document."`
	Admin   adminCommand   `cmd:"" help:"Create an administrator, and print a first password."`
	Reset   resetCommand   `cmd:"" help:"Give a person a new first password and take the authenticator app away."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// process is what every command runs with.
type process struct {
	ctx    context.Context
	getenv func(string) string
	in     io.Reader
	out    io.Writer
}

func run(ctx context.Context, args []string, getenv func(string) string, in io.Reader, out io.Writer) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("gaung"), kong.Writers(out, os.Stderr),
		kong.Description("Social amplification for civil servants: honest, voluntary, self-hosted."))
	if err != nil {
		return err
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return chosen.Run(process{ctx, getenv, in, out})
}

type serveCommand struct {
	Demo bool `help:"Fill an empty database with the demo world first, and show the demo banner."`
}

// Run serves until the process is asked to end.
func (cmd serveCommand) Run(p process) error {
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	if cmd.Demo {
		if err := w.fillDemo(p.ctx); err != nil {
			return err
		}
	}
	if p.getenv("GOGC") == "" {
		debug.SetGCPercent(thrift)
	}
	return w.serve(p.ctx, cmd.Demo)
}

// thrift makes the server's memory half as large again as what it holds, and not twice: the machine is small,
// and little of what a request makes outlives it.
const thrift = 50

type migrateCommand struct{}

// Run applies the migrations.
func (migrateCommand) Run(p process) error {
	w, err := open(p) // opening migrates
	if err != nil {
		return err
	}
	defer w.close()
	files, err := migrations.Files.ReadDir(".")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "schema is up to date: %d migrations, %d of them new\n", len(files), w.applied)
	return err
}

type demoCommand struct{}

// Run fills the demo world.
func (demoCommand) Run(p process) error {
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	return w.fillDemo(p.ctx)
}

type openAPICommand struct{}

// Run prints the document; it needs no database.
func (openAPICommand) Run(p process) error {
	s, err := documentOnly()
	if err != nil {
		return err
	}
	document, err := s.OpenAPI()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s\n", document)
	return err
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(p process) error {
	_, err := fmt.Fprintln(p.out, version())
	return err
}

// commit is set by the linker.
var commit = "dev"

func version() string { return cmp.Or(commit, "dev") }

var errProductionEmbedded = errors.New("GAUNG_ENV=production wants DATABASE_URL: the private PostgreSQL is for trial " +
	"(GAUNG_ALLOW_EMBEDDED=yes runs it all the same)")

func newLog(out io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(out, nil))
}
