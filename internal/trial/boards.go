package main

import (
	"bytes"
	"fmt"
	"os/exec"
)

// boards takes over what the benchmarks of boards, reports and the feed measured on databases of their own.
func boards(t *trial) error {
	events := max(t.size.events, 100_000)
	for _, b := range []struct {
		what, pattern, folder, time string
		args                        []string
	}{
		{"leaderboard", "MyRank", "./internal/score", "5s", []string{fmt.Sprintf("-people=%d", events/100*56)}}, // 5.6 million at full size
		{"report", "YearReport", "./internal/report", "5x", []string{fmt.Sprintf("-clicks=%d", events)}},
		{"feed", "Feed|Hello", "./api/server", "3s", nil},
	} {
		lines, err := t.benchmarks(b.pattern, b.folder, b.time, b.args)
		if err != nil {
			return fmt.Errorf("%s: %w", b.what, err)
		}
		for _, l := range lines {
			t.table.note(b.what, l[0], l[1])
		}
		if len(lines) == 0 {
			return fmt.Errorf("%s: no benchmark in %s is named like %s", b.what, b.folder, b.pattern)
		}
	}
	return nil
}

// benchmarks runs those of a package and answers each with its figures.
func (t *trial) benchmarks(pattern, folder, long string, more []string) (found [][2]string, err error) {
	args := []string{"run", "./internal/testdb/serve", "go", "test", "-run", "^$", "-timeout", "60m", "-bench", pattern, "-benchtime", long, folder}
	if len(more) > 0 {
		args = append(append(args, "-args"), more...)
	}
	cmd := exec.CommandContext(t.ctx, "go", args...)
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
