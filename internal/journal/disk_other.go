//go:build !linux

package journal

import "os"

// Elsewhere, where one develops, the plain calls must do.
func syncData(file *os.File) error { return file.Sync() }

func preallocate(file *os.File, size int64) error { return file.Truncate(size) }
