package journal

import (
	"errors"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/hashicorp/raft-wal/types"
)

// faulty is the real disk with bad days.
type faulty struct {
	realDisk
	slow  bool          // each sync takes 20 ms
	full  atomic.Bool   // no room: nothing new, and writes fail halfway
	bad   atomic.Bool   // syncs fail
	hangs chan struct{} // not nil: syncs wait until it is closed
}

type faultyFile struct {
	types.WritableFile
	disk *faulty
}

func (d *faulty) Create(dir, name string, size uint64) (types.WritableFile, error) {
	if d.full.Load() {
		return nil, syscall.ENOSPC
	}
	file, err := d.realDisk.Create(dir, name, size)
	return &faultyFile{file, d}, err
}

func (d *faulty) Replace(dir, name string, bytes []byte) error {
	if d.full.Load() {
		return syscall.ENOSPC
	}
	return d.realDisk.Replace(dir, name, bytes)
}

func (d *faulty) OpenWriter(dir, name string) (types.WritableFile, error) {
	file, err := d.realDisk.OpenWriter(dir, name)
	return &faultyFile{file, d}, err
}

func (f *faultyFile) WriteAt(bytes []byte, at int64) (int, error) {
	if f.disk.full.Load() {
		n, err := f.WritableFile.WriteAt(bytes[:len(bytes)/2], at)
		return n, errors.Join(syscall.ENOSPC, err)
	}
	return f.WritableFile.WriteAt(bytes, at)
}

func (f *faultyFile) Sync() error {
	if f.disk.slow {
		time.Sleep(20 * time.Millisecond) // a slow disk, not a wait for anything
	}
	if f.disk.hangs != nil {
		<-f.disk.hangs
	}
	if f.disk.bad.Load() {
		return syscall.EIO
	}
	return f.WritableFile.Sync()
}
