package db_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/testdb"
	"gaung/migrations"
)

// dir is a short folder that PostgreSQL's own account can reach.
func dir(t *testing.T) string {
	t.Helper()
	path, err := os.MkdirTemp("", "gaung-test-")
	if err == nil {
		err = os.Chmod(path, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(path) })
	return path
}

func start(t *testing.T, o db.Embedded) *db.Server {
	t.Helper()
	o.Ephemeral = true
	o.CacheDir = filepath.Join("..", "..", ".cache", "postgres")
	server, err := db.StartEmbedded(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func run(t *testing.T, url, statement string) error {
	t.Helper()
	d, err := db.Open(t.Context(), url, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_, err = db.Exec(t.Context(), d, statement)
	return err
}

func TestEmbeddedKeepsItsDataOverRestarts(t *testing.T) {
	t.Parallel()
	place := dir(t)
	server := start(t, db.Embedded{Dir: place})
	if err := run(t, server.URL, `CREATE TABLE kept ()`); err != nil {
		t.Fatal(err)
	}
	joined := start(t, db.Embedded{Dir: place})
	if err := run(t, joined.URL, `SELECT FROM kept`); err != nil {
		t.Errorf("a second start does not join the first: %v", err)
	}
	joined.Stop() // not its own: must go on
	if err := run(t, server.URL, `SELECT FROM kept`); err != nil {
		t.Errorf("the joined server was stopped: %v", err)
	}
	server.Stop()
	again := start(t, db.Embedded{Dir: place})
	defer again.Stop()
	if err := run(t, again.URL, `SELECT FROM kept`); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

// A cluster of another major version is refused with words, and stays as it is.
func TestEmbeddedNeverWipes(t *testing.T) {
	t.Parallel()
	place := dir(t)
	start(t, db.Embedded{Dir: place}).Stop()
	version := filepath.Join(place, "postgres", "data", "PG_VERSION")
	before, err := os.ReadFile(version)
	if err == nil {
		err = os.WriteFile(version, []byte("9\n"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.StartEmbedded(t.Context(), db.Embedded{Dir: place, CacheDir: filepath.Join("..", "..", ".cache", "postgres")})
	if err == nil || !strings.Contains(err.Error(), "PostgreSQL 9") || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(version, before, 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, db.Embedded{Dir: place}).Stop()
}

// The server must not outlive a process that was killed. The child is this test binary.
func TestEmbeddedDiesWithItsParent(t *testing.T) {
	if place := os.Getenv("GAUNG_TEST_PARENT"); place != "" {
		start(t, db.Embedded{Dir: place})
		_, _ = os.Stdout.WriteString("started\n")
		select {}
	}
	t.Parallel()
	place := dir(t)
	parent := exec.Command(os.Args[0], "-test.run=^TestEmbeddedDiesWithItsParent$")
	parent.Env = append(os.Environ(), "GAUNG_TEST_PARENT="+place)
	out, err := parent.StdoutPipe()
	if err == nil {
		err = parent.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 8)); err != nil {
		t.Fatal("the child did not start a server: ", err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // it was killed
	pid := filepath.Join(place, "postgres", "data", "postmaster.pid")
	for deadline := time.Now().Add(15 * time.Second); ; {
		if _, err := os.Stat(pid); os.IsNotExist(err) {
			break // postgres removes it as its last act
		}
		if time.Now().After(deadline) {
			t.Fatal("postgres outlived its parent")
		}
		<-time.After(20 * time.Millisecond)
	}
	start(t, db.Embedded{Dir: place}).Stop()
}

func TestMigrateTogetherOnce(t *testing.T) {
	t.Parallel()
	url := testdb.EmptyURL(t)
	applied := make(chan int, 3)
	for range 3 {
		d := testdb.Open(t, url, time.Now)
		go func() {
			n, err := d.Migrate(t.Context(), migrations.Files)
			if err != nil {
				t.Error(err)
			}
			applied <- n
		}()
	}
	total := <-applied + <-applied + <-applied
	files, err := migrations.Files.ReadDir(".")
	if err != nil || total != len(files) {
		t.Errorf("%d files were applied %d times (%v)", len(files), total, err)
	}
}
