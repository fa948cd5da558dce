package journal

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync/atomic"
	"syscall"
)

// A folder is named after its instance, so the name alone tells whose frames are in it. Names that begin
// with a point are folders in the making or on their way out.
var folderName = regexp.MustCompile(`^[0-9a-f]{16}$`)

const (
	lockName   = "lock"
	brokenMark = "-broken"
	goneMark   = ".gone-"
	newMark    = ".new-"
)

// lockFolder takes a folder for this process. It fails with ErrInUse when somebody else has it, and when
// it has gone meanwhile.
func lockFolder(dir string, how int) (*os.File, error) {
	path := filepath.Join(dir, lockName)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), how|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = ErrInUse
		}
		return nil, errors.Join(err, file.Close())
	}
	ours, err := file.Stat()
	if err == nil {
		if there, gone := os.Stat(path); gone != nil || !os.SameFile(ours, there) {
			err = ErrInUse
		}
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// newFolder makes an empty folder that is ours from its first moment.
func newFolder(root string, o Options, counted *atomic.Uint64) (*Journal, error) {
	instance, err := newInstance()
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("%016x", instance)
	draft, final := filepath.Join(root, newMark+name), filepath.Join(root, name)
	if err := os.Mkdir(draft, 0o700); err != nil {
		return nil, err
	}
	lock, err := lockFolder(draft, syscall.LOCK_EX)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(draft))
	}
	j := &Journal{dir: draft, instance: instance, seed: seedOf(instance), disk: o.Disk, log: o.Log, lock: lock, counted: counted}
	j.first.Store(1)
	if err := os.Rename(draft, final); err != nil {
		return nil, errors.Join(err, lock.Close(), os.RemoveAll(draft))
	}
	j.dir = final
	j.cursor = cursor{disk: o.Disk, dir: final, seed: j.seed}
	if err := errors.Join(syncFolder(root), j.startWriting(o.SegmentSize, ends{first: 1})); err != nil {
		return nil, errors.Join(err, j.stopWriting(), j.remove(), lock.Close())
	}
	return j, nil
}

func newInstance() (int64, error) {
	var number [8]byte
	if _, err := rand.Read(number[:]); err != nil {
		return 0, err
	}
	return int64(binary.BigEndian.Uint64(number[:])>>1) | 1, nil
}

// existing takes over a folder for reading; e tells whether it could be written, too.
func existing(dir string, o Options, counted *atomic.Uint64) (*Journal, ends, error) {
	instance, err := instanceOf(dir)
	if err != nil {
		return nil, ends{}, err
	}
	lock, err := lockFolder(dir, syscall.LOCK_EX)
	if err != nil {
		return nil, ends{}, err
	}
	j := &Journal{dir: dir, instance: instance, seed: seedOf(instance), disk: o.Disk, log: o.Log, lock: lock, counted: counted}
	e, err := j.look()
	if err == nil && e.foreign && e.last < e.first {
		err = errGarbage
	}
	if err != nil {
		return nil, e, errors.Join(err, lock.Close())
	}
	if kept, err := os.ReadDir(filepath.Join(dir, quarantineName)); err == nil {
		j.kept = len(kept)
	}
	return j, e, nil
}

// instanceOf reads the instance from a folder's name; a name that was put aside will do.
func instanceOf(dir string) (int64, error) {
	name := filepath.Base(dir)
	instance, err := strconv.ParseInt(name[:min(len(name), 16)], 16, 64)
	if err != nil || instance <= 0 {
		return 0, fmt.Errorf("%w: the name is not an instance", errGarbage)
	}
	if about, err := os.Stat(dir); err != nil || !about.IsDir() {
		return 0, errors.Join(errGarbage, err)
	}
	return instance, nil
}

var errGarbage = errors.New("journal: the folder holds something else")

// takeOver opens a folder of a root, or puts it aside when it is garbage. nil, nil: not for us.
func takeOver(root, name string, o Options, counted *atomic.Uint64) (*Journal, ends, error) {
	dir := filepath.Join(root, name)
	j, e, err := existing(dir, o, counted)
	switch {
	case errors.Is(err, ErrInUse), errors.Is(err, fs.ErrNotExist): // or retired just now
		return nil, e, nil
	case errors.Is(err, errGarbage):
		aside := dir + brokenMark
		o.Log.Error("journal: a folder that cannot be read is put aside", "folder", aside, "error", err)
		return nil, e, os.Rename(dir, aside)
	}
	return j, e, err
}

// foldersOf lists the folders of a root that may be journals.
func foldersOf(root string) (names []string, err error) {
	entries, err := os.ReadDir(root)
	for _, entry := range entries {
		if folderName.MatchString(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	return names, err
}

// sweep removes what is left of folders that were on their way out when their process died.
func sweep(root string, log *slog.Logger) {
	left, err := filepath.Glob(filepath.Join(root, goneMark+"*"))
	for _, dir := range left {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	if err != nil {
		log.Warn("journal: a shipped folder is still there", "error", err)
	}
}

// remove deletes the folder while we hold its lock, in a way that no half of it can be taken for a whole.
// What is in quarantine stays in the root.
func (j *Journal) remove() error {
	root, name := filepath.Split(j.dir)
	if _, err := os.Stat(filepath.Join(j.dir, quarantineName)); err == nil {
		if err := os.Rename(filepath.Join(j.dir, quarantineName), j.dir+"-"+quarantineName); err != nil {
			return err
		}
	}
	gone := filepath.Join(root, goneMark+name)
	if err := os.Rename(j.dir, gone); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(gone), syncFolder(root))
}
