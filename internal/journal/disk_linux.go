package journal

import (
	"errors"
	"os"
	"syscall"
)

func syncData(file *os.File) error { return syscall.Fdatasync(int(file.Fd())) }

// preallocate takes the room for a segment beforehand, so that a full disk is met here and not in the
// middle of it, and syncing need not write the file's length.
func preallocate(file *os.File, size int64) error {
	for {
		err := syscall.Fallocate(int(file.Fd()), 0, 0, size)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOSYS):
			return file.Truncate(size)
		}
		return err
	}
}
