package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// Folder keeps files below a folder, spread over 256 of them. Nothing outside can be reached. It is safe
// for use by several goroutines, as S3 is.
type Folder struct{ root *os.Root }

// OpenFolder makes the folder if it is not there.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{root}, nil
}

func place(name string) string { return path.Join(name[:2], name) }

// draft begins the name of a file that is still being written.
const draft = ".draft-"

// Put stores a whole file of size bytes, or nothing; writing it again makes it young again. It writes
// under another name first, so that a file with its name is whole even after a power cut.
func (f *Folder) Put(_ context.Context, name string, body io.Reader, size int64) (err error) {
	if err := check(name); err != nil {
		return err
	}
	if err := f.root.Mkdir(name[:2], 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	temporary := path.Join(name[:2], draft+rand.Text())
	if err := f.write(temporary, &exactly{body, size}); err != nil {
		return errors.Join(err, f.root.Remove(temporary))
	}
	if err := f.root.Rename(temporary, place(name)); err != nil {
		return errors.Join(err, f.root.Remove(temporary))
	}
	return f.sync(name[:2])
}

func (f *Folder) write(name string, body io.Reader) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, body)
	return errors.Join(err, file.Sync(), file.Close())
}

// sync makes the new name itself durable.
func (f *Folder) sync(dir string) error {
	folder, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Open gives a file; the error is ErrNone when there is none.
func (f *Folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	file, err := f.root.Open(place(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	return file, err
}

// OpenPart gives length bytes of a file from an offset on.
func (f *Folder) OpenPart(ctx context.Context, name string, from, length int64) (io.ReadCloser, error) {
	file, err := f.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	whole := file.(*os.File)
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(whole, from, length), whole}, nil
}

// Delete removes a file, also one that is not there.
func (f *Folder) Delete(_ context.Context, name string) error {
	if err := check(name); err != nil {
		return err
	}
	if err := f.root.Remove(place(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Walk visits every file.
func (f *Folder) Walk(ctx context.Context, visit func(name string, size int64) error) error {
	return f.each(ctx, func(e entry) error { return visit(e.name, e.size) })
}

// Old visits the files that were written before a time, and clears away what a power cut left half
// written.
func (f *Folder) Old(ctx context.Context, before time.Time, visit func(name string) error) error {
	return f.entries(ctx, func(file string, e entry) error {
		switch {
		case !e.at.Before(before):
			return nil
		case strings.HasPrefix(e.name, draft):
			return f.root.Remove(file)
		case check(e.name) != nil:
			return nil
		}
		return visit(e.name)
	})
}

func (f *Folder) each(ctx context.Context, visit func(entry) error) error {
	return f.entries(ctx, func(_ string, e entry) error {
		if check(e.name) != nil {
			return nil
		}
		return visit(e)
	})
}

func (f *Folder) entries(ctx context.Context, visit func(file string, e entry) error) error {
	return fs.WalkDir(f.root.FS(), ".", func(file string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // it was removed in between
			return nil
		}
		if err = errors.Join(err, ctx.Err()); err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return visit(file, entry{d.Name(), info.Size(), info.ModTime()})
	})
}
