// Command serve runs a command with TEST_DATABASE_URL set to a new ephemeral server, so that the tests
// of all packages share one: go run ./internal/testdb/serve go test ./...
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"gaung/internal/testdb"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(command []string) error {
	if len(command) == 0 {
		return fmt.Errorf("usage: serve COMMAND [ARG ...]")
	}
	env := os.Environ()
	if os.Getenv("TEST_DATABASE_URL") == "" {
		server, err := testdb.Start(context.Background())
		if err != nil {
			return err
		}
		defer removeDir(server.URL)
		defer server.Stop()
		env = append(env, "TEST_DATABASE_URL="+server.URL)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, env
	return cmd.Run()
}

// removeDir clears the folder that testdb.Start made for the server: the socket's grandparent.
func removeDir(url string) {
	socket := strings.TrimPrefix(strings.Fields(url)[0], "host=")
	if dir := filepath.Dir(filepath.Dir(socket)); strings.HasPrefix(filepath.Base(dir), "gaung-test-") {
		_ = os.RemoveAll(dir) // a folder in the temporary directory; the system clears what stays
	}
}
