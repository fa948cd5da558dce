package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// boards takes over what the benchmarks of boards, reports and the feed measured on databases of their own.
func boards(t *trial) error {
	for _, b := range []struct{ what, pattern, packages string }{
		{"leaderboard", "Board", "./internal/score"},
		{"report", "Report", "./internal/report"},
		{"feed", "Feed|Hello", "./internal/share ./api/server"},
	} {
		lines, err := t.benchmarks(b.pattern, b.packages)
		if err != nil {
			return fmt.Errorf("%s: %w", b.what, err)
		}
		for _, l := range lines {
			t.table.note(b.what, l[0], l[1])
		}
		if len(lines) == 0 {
			t.table.note(b.what, "benchmarks", "absent")
		}
	}
	return nil
}

// benchmarks runs those of some packages and answers each with its figures.
func (t *trial) benchmarks(pattern, packages string) (found [][2]string, err error) {
	args := append([]string{"run", "./internal/testdb/serve", "go", "test", "-run", "^$", "-timeout", "30m", "-bench", pattern}, strings.Fields(packages)...)
	cmd := exec.CommandContext(t.ctx, "go", args...)
	cmd.Env = append(os.Environ(), "GAUNG_BENCH="+t.table.size)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out[max(0, len(out)-1000):])
	}
	for line := range bytes.Lines(out) {
		if name, figures, ok := bytes.Cut(bytes.TrimSpace(line), []byte("\t")); ok && bytes.HasPrefix(name, []byte("Benchmark")) {
			found = append(found, [2]string{string(bytes.TrimSpace(name)), string(bytes.Join(bytes.Fields(figures), []byte(" ")))})
		}
	}
	return found, nil
}
