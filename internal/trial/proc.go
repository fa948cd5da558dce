package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// process is what /proc tells of one.
type process struct {
	parent int
	own    time.Duration // processor time of its own
	gone   time.Duration // and of its children that have ended
}

const clockTick = time.Second / 100 // USER_HZ, which Linux promises to programs

func look(pid int) (p process, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return p, err
	}
	_, rest, _ := strings.Cut(string(text[strings.LastIndex(string(text), ")")+1:]), " ") // a name may hold anything
	fields := strings.Fields(rest)
	ticks := func(i int) time.Duration {
		n, fault := strconv.Atoi(fields[i])
		if fault != nil {
			err = fault
		}
		return time.Duration(n) * clockTick
	}
	p.own, p.gone = ticks(11)+ticks(12), ticks(13)+ticks(14)
	p.parent, _ = strconv.Atoi(fields[1])
	return p, err
}

// children are the processes that one has started.
func children(of int) (pids []int) {
	dirs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return nil
	}
	for _, dir := range dirs {
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err != nil {
			continue
		}
		if p, err := look(pid); err == nil && p.parent == of {
			pids = append(pids, pid)
		}
	}
	return pids
}

// megabytes reads VmRSS (now) or VmHWM (the most so far) of a process.
func megabytes(pid int, name string) float64 {
	var kib float64
	if _, err := fmt.Sscan(field(fmt.Sprintf("/proc/%d/status", pid), name), &kib); err != nil {
		return 0
	}
	return kib / 1024
}

func median(of []float64) float64 {
	if len(of) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(of))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
