package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// table is what a run answers.
type table struct {
	size     string
	began    time.Time
	load     string // of the machine, before
	postgres string
	rows     []row
}

type row struct{ part, figure, value, bar, verdict string }

const missedWord = "MISSED"

func newTable(size string) *table {
	return &table{size: size, began: time.Now().UTC(), load: loadAverage()}
}

// note adds a figure that nothing is asked of.
func (t *table) note(part, figure, value string) { t.add(row{part, figure, value, "", ""}) }

// bar adds a figure with what is asked of it.
func (t *table) bar(part, figure, value, bar string, held bool) {
	verdict := "held"
	if !held {
		verdict = missedWord
	}
	t.add(row{part, figure, value, bar, verdict})
}

func (t *table) add(r row) {
	t.rows = append(t.rows, r)
	fmt.Fprintf(os.Stderr, "   %s: %s  %s %s\n", r.figure, r.value, r.bar, r.verdict)
}

// missed is an error when any bar was missed.
func (t *table) missed() error {
	n := 0
	for _, r := range t.rows {
		if r.verdict == missedWord {
			n++
		}
	}
	if n > 0 {
		return fmt.Errorf("%d bars were missed", n)
	}
	return nil
}

func (t *table) print(to io.Writer) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PART\tFIGURE\tVALUE\tBAR\t")
	for _, r := range t.rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.part, r.figure, r.value, r.bar, r.verdict)
	}
	fmt.Fprintf(w, "\n%s\n", strings.Join(t.about(), "\n"))
	return w.Flush()
}

// keep writes the table beside those of other days.
func (t *table) keep(dir string) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Benchmarks of %s, %s size\n\n", t.began.Format("2006-01-02"), t.size)
	for _, line := range t.about() {
		fmt.Fprintf(&b, "- %s\n", line)
	}
	fmt.Fprintf(&b, "\n| part | figure | value | bar | |\n|---|---|---|---|---|\n")
	for _, r := range t.rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.part, r.figure, strings.ReplaceAll(r.value, "|", "/"), r.bar, r.verdict)
	}
	return os.WriteFile(filepath.Join(dir, t.began.Format("2006-01-02-1504")+"-"+t.size+".md"), b.Bytes(), 0o644)
}

// about is the machine and what ran on it.
func (t *table) about() []string {
	return []string{
		fmt.Sprintf("machine: %s, %d cores, %s of memory, %s/%s; the load generator and PostgreSQL are on it, too", processor(), runtime.NumCPU(), memory(), runtime.GOOS, runtime.GOARCH),
		fmt.Sprintf("%s, PostgreSQL %s with its durable settings, commit %s", runtime.Version(), t.postgres, commit()),
		fmt.Sprintf("begun %s, took %s; load average before %s, after %s: ratios are only worth something on a machine that did nothing else",
			t.began.Format(time.RFC3339), time.Since(t.began).Round(time.Second), t.load, loadAverage()),
	}
}

func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// field reads a value of a file of /proc that has names before colons.
func field(file, name string) string {
	f, err := os.Open(file)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	for scan := bufio.NewScanner(f); scan.Scan(); {
		if key, value, ok := strings.Cut(scan.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func processor() string { return field("/proc/cpuinfo", "model name") }

func memory() string {
	var kib int
	if _, err := fmt.Sscan(field("/proc/meminfo", "MemTotal"), &kib); err != nil {
		return "unknown"
	}
	return fmt.Sprintf("%d GiB", kib>>20)
}

func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(text))[0]
}
