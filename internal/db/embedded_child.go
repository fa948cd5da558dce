//go:build linux || darwin

package db

import (
	"bufio"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// child is a server process that is bound to one OS thread of ours.
type child struct {
	cmd  *exec.Cmd
	log  *lastLines
	done chan struct{}
	err  error // why it ended; set before done is closed
}

// startChild starts the command and waits for it in the same locked thread: the kernel sends the
// parent-death signal when the *thread* that forked ends.
func startChild(cmd *exec.Cmd, read func(io.Reader) *lastLines) (*child, error) {
	c := &child{cmd: cmd, done: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		out, err := cmd.StderrPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			started <- err
			return
		}
		c.log = read(out)
		started <- nil
		c.log.wait()
		c.err = cmd.Wait()
		close(c.done)
	}()
	return c, <-started
}

// stop asks for a fast shutdown (SIGINT: SIGTERM would wait for clients), and for an immediate one
// when that takes too long.
func (c *child) stop(patience time.Duration) {
	_ = c.cmd.Process.Signal(syscall.SIGINT) // it may have ended already
	select {
	case <-c.done:
	case <-time.After(patience):
		_ = c.cmd.Process.Signal(syscall.SIGQUIT) // as above
		<-c.done
	}
}

func (c *child) tail() string { return c.log.text() }

// lastLines keeps the end of a log, to be shown when the process fails.
type lastLines struct {
	mu    sync.Mutex
	lines []string
	ended chan struct{}
}

func readLines(from io.Reader, each func(string)) *lastLines {
	l := &lastLines{ended: make(chan struct{})}
	go func() {
		defer close(l.ended)
		scan := bufio.NewScanner(from)
		for scan.Scan() {
			each(scan.Text())
			l.mu.Lock()
			l.lines = append(l.lines, scan.Text())
			if len(l.lines) > 20 {
				l.lines = l.lines[1:]
			}
			l.mu.Unlock()
		}
		_, _ = io.Copy(io.Discard, from) // a line that is too long must not block the server
	}()
	return l
}

func (l *lastLines) wait() { <-l.ended }

func (l *lastLines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}
