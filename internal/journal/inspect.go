package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// Folder is what an operator may want to know of one.
type Folder struct {
	Path        string
	Instance    int64
	InUse       bool // a process has it
	Broken      bool // it was put aside because it cannot be read
	First, Last uint64
	Records     uint64    // number of the newest record since the folder was made
	Bytes       int64     // on the disk, preallocated room included
	Oldest      time.Time // when the oldest frame that is kept was begun; zero: none
	Quarantined int       // files in quarantine
}

// Report is what Verify found.
type Report struct {
	Frames, Records, Broken uint64
	First, Last             uint64
}

// Inspect looks at the folders of a root without changing anything, also while they are in use.
func Inspect(root string) ([]Folder, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var list []Folder
	for _, entry := range entries {
		name, aside := strings.CutSuffix(entry.Name(), brokenMark)
		if !folderName.MatchString(name) {
			continue
		}
		f, fault := inspect(filepath.Join(root, entry.Name()))
		if errors.Is(fault, fs.ErrNotExist) {
			continue // retired just now
		}
		if fault != nil && !errors.Is(fault, errGarbage) {
			err = errors.Join(err, fmt.Errorf("folder %s: %w", entry.Name(), fault))
		}
		f.Broken = aside || errors.Is(fault, errGarbage)
		list = append(list, f)
	}
	return list, err
}

func inspect(dir string) (f Folder, err error) {
	f.Path = dir
	j, err := view(dir)
	if err != nil {
		return f, err
	}
	f.Instance, f.First, f.Last, f.Records = j.instance, j.First(), j.Last(), j.Records()
	f.InUse = inUse(dir)
	if f.Bytes, err = bytesOn(dir); err != nil {
		return f, err
	}
	if kept, err := os.ReadDir(filepath.Join(dir, quarantineName)); err == nil {
		f.Quarantined = len(kept)
	}
	if err := j.cursor.seek(0); err != nil {
		return f, err
	}
	oldest, ok, err := j.cursor.next(f.Last)
	if ok {
		f.Oldest = oldest.begun
	}
	return f, errors.Join(err, j.cursor.close())
}

// view opens a folder to look at, without its lock.
func view(dir string) (*Journal, error) {
	instance, err := instanceOf(dir)
	if err != nil {
		return nil, err
	}
	o := Options{}.filled()
	j := &Journal{dir: dir, instance: instance, seed: seedOf(instance), disk: o.Disk, log: o.Log, counted: new(atomic.Uint64)}
	_, err = j.look()
	return j, err
}

func inUse(dir string) bool {
	lock, err := os.Open(filepath.Join(dir, lockName))
	if err != nil {
		return false
	}
	taken := syscall.Flock(int(lock.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) != nil
	return lock.Close() != nil || taken
}

func bytesOn(dir string) (sum int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		about, err := entry.Info()
		if err == nil {
			sum += about.Size()
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) { // released meanwhile
		err = nil
	}
	return sum, err
}

// Verify reads every frame that was durable when it began and checks every checksum; each, if it
// is not nil, sees what it finds. It changes nothing and works beside the process that has the folder.
func Verify(folder string, each func(Batch) error) (Report, error) {
	j, err := view(folder)
	if err != nil {
		return Report{}, err
	}
	report := Report{First: j.First(), Last: j.Last()}
	for after := j.First() - 1; ; {
		b, err := j.Read(after, 1)
		if err != nil || b.Broken > 0 { // unless it was released meanwhile
			if list, fault := segments(j.disk, j.dir); fault == nil && len(list) > 0 && list[0].base > after+1 {
				after, report.First = list[0].base-1, list[0].base
				continue
			}
		}
		if err != nil || b.Last == 0 {
			return report, errors.Join(err, j.Close())
		}
		after = b.Last
		report.Frames += b.Last - b.First + 1
		report.Records += uint64(len(b.Records))
		report.Broken += uint64(b.Broken)
		if each == nil {
			continue
		}
		if err := each(b); err != nil {
			return report, errors.Join(err, j.Close())
		}
	}
}

// OpenFolder takes one folder by itself, for reading. ErrInUse: a process has it.
func OpenFolder(path string, o Options) (*Journal, error) {
	if _, err := os.Stat(filepath.Join(path, lockName)); errors.Is(err, fs.ErrNotExist) {
		if list, err := segments(realDisk{}, path); err != nil || len(list) == 0 {
			return nil, errors.Join(errGarbage, err)
		}
	}
	j, _, err := existing(path, o.filled(), new(atomic.Uint64))
	return j, err
}
