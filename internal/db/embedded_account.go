//go:build linux || darwin

package db

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// stateDir holds the cluster and the binaries when we are root and the given folders cannot be
// reached by the account that PostgreSQL must run under (a clone below /root, say).
const stateDir = "/var/lib/gaung"

// account is the operating-system user that PostgreSQL runs under. PostgreSQL refuses to run as root.
type account struct {
	drop     bool // we are root and give our rights up
	uid, gid uint32
}

func postgresAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(found.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(found.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return account{drop: true, uid: uint32(uid), gid: uint32(gid)}, nil
		}
	}
	return account{}, errors.New("we run as root, and there is neither a user postgres nor nobody to run PostgreSQL under")
}

func (a account) own(dir string) error {
	if !a.drop {
		return nil
	}
	return os.Chown(dir, int(a.uid), int(a.gid))
}

// clusterDir is dir/postgres. Where the account cannot reach that, the cluster goes to the system's
// state folder, and a note in dir remembers the place, so that it is found again whatever the modes are.
func clusterDir(dir string, a account) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	note := filepath.Join(dir, "postgres.location")
	if text, err := os.ReadFile(note); err == nil {
		return strings.TrimSpace(string(text)), nil
	}
	if a.canReach(dir) {
		return filepath.Join(dir, "postgres"), nil
	}
	elsewhere := filepath.Join(stateDir, shortHash(dir))
	if err := os.MkdirAll(stateDir, 0o755); err != nil {
		return "", err
	}
	return elsewhere, os.WriteFile(note, []byte(elsewhere+"\n"), 0o644)
}

// reachableBinaries gives the folder itself, or a copy of the installation where the account can run it.
func (a account) reachableBinaries(bin string) (string, error) {
	if a.canReach(bin) {
		return bin, nil
	}
	installation := filepath.Dir(bin)
	info, err := os.Stat(filepath.Join(bin, "postgres"))
	if err != nil {
		return "", err
	}
	place := filepath.Join(stateDir, "postgresql-"+shortHash(fmt.Sprint(installation, info.Size(), info.ModTime())))
	if _, err := os.Stat(place); err == nil {
		return filepath.Join(place, "bin"), nil
	}
	draft := fmt.Sprintf("%s.%d", place, os.Getpid())
	if err := os.CopyFS(draft, os.DirFS(installation)); err != nil {
		return "", err
	}
	if err := os.Rename(draft, place); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	return filepath.Join(place, "bin"), nil
}

// canReach tells whether the account may pass through every folder down to path.
func (a account) canReach(path string) bool {
	if !a.drop {
		return true
	}
	for ; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		if err != nil {
			return false
		}
		owner := info.Sys().(*syscall.Stat_t)
		pass := fs.FileMode(0o001)
		switch {
		case owner.Uid == a.uid:
			pass = 0o100
		case owner.Gid == a.gid:
			pass = 0o010
		}
		if info.Mode().Perm()&pass == 0 {
			return false
		}
		if path == filepath.Dir(path) {
			return true
		}
	}
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
