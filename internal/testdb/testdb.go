// Package testdb gives tests a real PostgreSQL: one server for all packages where TEST_DATABASE_URL
// names it, else one of the package's own, and clones of one migrated template on it.
package testdb

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/migrations"
)

// Now is the fixed time of tests: Sunday 22 November 2026, 10.00 WITA.
var Now = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

// server is the one thing that outlives a test: the process's connection to its test server.
var server = sync.OnceValues(startServer)

// shared is the package's own clone of the template, used by every test that needs no other.
var shared = sync.OnceValues(func() (string, error) { return clone(context.Background()) })

// New opens the package's database with the fixed clock. The test makes its own root agency and looks
// only at that subtree, so that tests can run in parallel.
func New(t testing.TB) *db.DB {
	t.Helper()
	url, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return Open(t, url, func() time.Time { return Now })
}

// Fresh opens a clone of the test's own: for national sums, jobs, locks and migrations.
func Fresh(t testing.TB) *db.DB {
	t.Helper()
	return Open(t, FreshURL(t), func() time.Time { return Now })
}

// FreshURL is the address of a clone of the test's own, dropped at its end.
func FreshURL(t testing.TB) string {
	t.Helper()
	url, err := clone(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { drop(t, url) })
	return url
}

// Lasting is the address of a new database that outlives a test, and what drops it.
func Lasting(ctx context.Context) (url string, end func() error, err error) {
	url, err = clone(ctx)
	return url, func() error { return dropped(url) }, err
}

// CopyURL is the address of a copy of a database to which nobody is connected.
func CopyURL(t testing.TB, of string) string {
	t.Helper()
	config, err := pgx.ParseConfig(of)
	if err != nil {
		t.Fatal(err)
	}
	url, err := copied(t.Context(), func(context.Context, *pgx.Conn, string) (string, error) { return config.Database, nil })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { drop(t, url) })
	return url
}

// Open opens a database that is closed at the end of the test.
func Open(t testing.TB, url string, clock func() time.Time) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// EmptyURL is the address of a new database without any table.
func EmptyURL(t testing.TB) string {
	t.Helper()
	base, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := randomName()
	if err := exec(t.Context(), base, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	url := withDatabase(base, name)
	t.Cleanup(func() { drop(t, url) })
	return url
}

func startServer() (string, error) {
	if url := os.Getenv("TEST_DATABASE_URL"); url != "" {
		return url, nil
	}
	started, err := Start(context.Background())
	if err != nil {
		return "", err
	}
	return started.URL, nil // it ends with this process
}

// Start runs an ephemeral server for tests; it dies with this process.
func Start(ctx context.Context) (*db.Server, error) {
	dir, err := os.MkdirTemp("", "gaung-test-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL's own account must pass
		return nil, err
	}
	return db.StartEmbedded(ctx, db.Embedded{Dir: dir, BinDir: os.Getenv("PG_BIN_DIR"), CacheDir: cacheDir(), Ephemeral: true})
}

// cacheDir is the project's cache, found from whichever package's folder the test runs in.
func cacheDir() string {
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, statErr := os.Stat(filepath.Join(dir, "go.mod")); statErr == nil {
			return filepath.Join(dir, ".cache", "postgres")
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// templateName changes with the migrations, so that a server can be kept between runs.
func templateName() (string, error) {
	sum := newHash()
	err := fs.WalkDir(migrations.Files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := migrations.Files.ReadFile(path)
		sum.Write(text)
		return err
	})
	return fmt.Sprintf("gaung_template_%x", sum.Sum(nil)[:6]), err
}

// clone makes a database out of the template, and the template first when it is not there.
func clone(ctx context.Context) (string, error) {
	return copied(ctx, func(ctx context.Context, conn *pgx.Conn, base string) (string, error) {
		template, err := templateName()
		if err == nil {
			err = ensureTemplate(ctx, conn, base, template)
		}
		return template, err
	})
}

// copied makes a database out of one that is found, or made first, while nobody else makes or copies one.
func copied(ctx context.Context, find func(ctx context.Context, conn *pgx.Conn, base string) (string, error)) (string, error) {
	base, err := server()
	if err != nil {
		return "", err
	}
	conn, err := pgx.Connect(ctx, base)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	// Packages are tested by processes of their own: the lock lets one of them make the template, and
	// keeps two from copying it at once, which PostgreSQL refuses.
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(7426)"); err != nil {
		return "", err
	}
	template, err := find(ctx, conn, base)
	if err != nil {
		return "", fmt.Errorf("test template: %w", err)
	}
	name := randomName()
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		return "", err
	}
	return withDatabase(base, name), nil
}

func ensureTemplate(ctx context.Context, conn *pgx.Conn, base, template string) error {
	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", template).Scan(&there); err != nil || there {
		return err
	}
	draft := randomName()
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+draft); err != nil {
		return err
	}
	d, err := db.Open(ctx, withDatabase(base, draft), time.Now)
	if err != nil {
		return err
	}
	_, err = d.Migrate(ctx, migrations.Files)
	d.Close()
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+draft+" RENAME TO "+template)
	return err
}

func drop(t testing.TB, url string) {
	if err := dropped(url); err != nil {
		t.Error(err)
	}
}

func dropped(url string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	base, err := server()
	if err != nil {
		return err
	}
	return exec(context.Background(), base, "DROP DATABASE "+config.Database+" WITH (FORCE)")
}

func exec(ctx context.Context, url, statement string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

func randomName() string { return "gaung_test_" + strings.ToLower(rand.Text()[:12]) }
