package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"gaung/internal/testdb"
)

// trial is the demo world, made once for all tests of this package: it takes half a minute.
var trial struct {
	sync.Once
	url, dir string
	drop     func() error // nil: it was not made
	err      error
}

func makeTrial() {
	if trial.dir, trial.err = os.MkdirTemp("", "gaung-demo-"); trial.err != nil {
		return
	}
	if trial.url, trial.drop, trial.err = testdb.Lasting(context.Background()); trial.err != nil {
		return
	}
	env := map[string]string{"DATABASE_URL": trial.url, "GAUNG_DATA_DIR": trial.dir}
	trial.err = run(context.Background(), []string{"demo"}, func(name string) string { return env[name] }, strings.NewReader(""), io.Discard)
}

// demoEnv is where a copy of it lies, for one test.
func demoEnv(t *testing.T) map[string]string {
	t.Helper()
	if trial.Do(makeTrial); trial.err != nil {
		t.Fatal(trial.err)
	}
	dir := t.TempDir()
	if out, err := exec.Command("cp", "-a", trial.dir+"/.", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return map[string]string{"DATABASE_URL": testdb.CopyURL(t, trial.url), "GAUNG_DATA_DIR": dir}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if trial.drop != nil {
		if err := errors.Join(trial.drop(), os.RemoveAll(trial.dir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}
