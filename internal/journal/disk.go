package journal

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"github.com/hashicorp/raft"
	"github.com/hashicorp/raft-wal/segment"
	"github.com/hashicorp/raft-wal/types"
)

// Disk is what the write-ahead log writes to. Tests put slow, full and failing ones under it.
type Disk interface {
	types.VFS
	// Replace writes a small file whole or not at all; it is on stable storage when Replace returns.
	Replace(dir, name string, bytes []byte) error
}

// realDisk is the machine's. It differs from the library's own in three ways: a file that could not be
// preallocated is removed again, a file that was opened again also has its folder synced (its maker may
// have died before it did), and files are nobody else's to read.
type realDisk struct{}

type syncedFile struct {
	*os.File
	dir    string
	synced atomic.Bool // the folder knows the file for good
}

func (f *syncedFile) Sync() error {
	if err := syncData(f.File); err != nil {
		return err
	}
	if f.synced.Load() {
		return nil
	}
	if err := syncFolder(f.dir); err != nil {
		return err
	}
	f.synced.Store(true)
	return nil
}

func (realDisk) ListDir(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	for _, entry := range entries {
		if !entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names, err
}

func (realDisk) Create(dir, name string, size uint64) (types.WritableFile, error) {
	path := filepath.Join(dir, name)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := preallocate(file, int64(size)); err != nil {
		return nil, errors.Join(err, file.Close(), os.Remove(path))
	}
	return &syncedFile{File: file, dir: dir}, nil
}

func (realDisk) Delete(dir, name string) error {
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		return err
	}
	return syncFolder(dir)
}

func (realDisk) OpenReader(dir, name string) (types.ReadableFile, error) {
	return os.Open(filepath.Join(dir, name))
}

func (realDisk) OpenWriter(dir, name string) (types.WritableFile, error) {
	file, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	return &syncedFile{File: file, dir: dir}, nil
}

func (realDisk) Replace(dir, name string, bytes []byte) error {
	draft := filepath.Join(dir, name+".draft")
	file, err := os.OpenFile(draft, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(bytes)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	if err := os.Rename(draft, filepath.Join(dir, name)); err != nil {
		return err
	}
	return syncFolder(dir)
}

func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// stateFile keeps the list of segments for the write-ahead log. The library's own keeper, a bolt
// database, stays locked in a process that has closed it.
type stateFile struct {
	disk Disk
	dir  string
}

const stateName = "segments.json"

func (s stateFile) Load(string) (state types.PersistentState, err error) {
	text, err := os.ReadFile(filepath.Join(s.dir, stateName))
	if errors.Is(err, fs.ErrNotExist) {
		return state, nil
	}
	if err != nil {
		return state, err
	}
	return state, json.Unmarshal(text, &state)
}

func (s stateFile) CommitState(state types.PersistentState) error {
	state.Segments = slices.Clone(state.Segments)
	for i := range state.Segments {
		state.Segments[i].Codec = frames{}.ID()
	}
	text, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return s.disk.Replace(s.dir, stateName, text)
}

func (stateFile) GetStable([]byte) ([]byte, error) { return nil, errors.ErrUnsupported }
func (stateFile) SetStable(_, _ []byte) error      { return errors.ErrUnsupported }
func (stateFile) Close() error                     { return nil }

// filer writes our codec's number into each segment. The library notes its own whatever codec it was
// given, and then refuses the folder when it is opened again.
type filer struct{ *segment.Filer }

func (f filer) Create(info types.SegmentInfo) (types.SegmentWriter, error) {
	info.Codec = frames{}.ID()
	return f.Filer.Create(info)
}

// frames is the codec that stores our frames as they are, without what raft would add.
type frames struct{}

func (frames) ID() uint64 { return frameMagic }

func (frames) Encode(entry *raft.Log, to io.Writer) error {
	_, err := to.Write(entry.Data)
	return err
}

func (frames) Decode(bytes []byte, entry *raft.Log) error {
	entry.Data = append([]byte(nil), bytes...)
	return nil
}
