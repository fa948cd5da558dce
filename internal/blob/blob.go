// Package blob owns the stored files: in a folder, or in a bucket that speaks S3. A file is named after
// its content and never changes, so writing one twice does no harm.
package blob

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"time"
)

// ErrNone says that there is no file of that name.
var ErrNone = fmt.Errorf("blob: %w", fs.ErrNotExist)

var namePattern = regexp.MustCompile(`^[0-9a-f]{64}\.[a-z0-9]{3,6}$`)

func check(name string) error {
	if !namePattern.MatchString(name) {
		return fmt.Errorf("blob: %q is not a name", name)
	}
	return nil
}

// entry is one stored file.
type entry struct {
	name string
	size int64
	at   time.Time
}

// exactly fails at the end of a body that is not as long as it was said to be.
type exactly struct {
	body io.Reader
	left int64
}

var errLength = errors.New("blob: the file is not as long as it was said to be")

func (e *exactly) Read(p []byte) (int, error) {
	n, err := e.body.Read(p)
	e.left -= int64(n)
	if e.left < 0 || (errors.Is(err, io.EOF) && e.left > 0) {
		return n, errLength
	}
	return n, err
}
