package report

import (
	"encoding/csv"
	"slices"
	"strings"
)

// Moved is a figure that differs between two versions of a report.
type Moved struct {
	Part   string `json:"part" doc:"As in the CSV: metrik, hari, bukti, jejaring, unit, konten"`
	Key    string `json:"key"`
	Name   string `json:"name"`
	Past   bool   `json:"past" doc:"The figure of the days compared with"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// mostMoved is how many are kept: more say only that everything is other.
const mostMoved = 500

// movedBetween compares two reports line by line of their CSV: that has every figure of a report, with the digits
// that are shown.
func movedBetween(was, is Report) []Moved {
	before, list := map[string][]string{}, []Moved{}
	for _, line := range figureLines(was) {
		before[strings.Join(line[:3], "\x00")] = line
	}
	note := func(line []string, column int, old, now string) {
		if old != now {
			list = append(list, Moved{line[0], line[1], line[2], column == pastColumn, old, now})
		}
	}
	for _, line := range figureLines(is) {
		key := strings.Join(line[:3], "\x00")
		old, there := before[key]
		delete(before, key)
		for _, column := range []int{valueColumn, pastColumn} {
			if there {
				note(line, column, old[column], line[column])
			} else {
				note(line, column, "", line[column])
			}
		}
	}
	gone := [][]string{}
	for _, line := range before {
		gone = append(gone, line)
	}
	slices.SortFunc(gone, slices.Compare)
	for _, line := range gone {
		note(line, valueColumn, line[valueColumn], "")
	}
	return list[:min(len(list), mostMoved)]
}

// The columns of a CSV line that hold figures.
const (
	valueColumn = 3
	pastColumn  = 4
)

// figureLines are the lines of a report's CSV without those that say which report it is.
func figureLines(r Report) [][]string {
	var text strings.Builder
	_ = WriteCSV(&text, r) // into memory
	lines, _ := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.String(), byteOrderMark))).ReadAll()
	return slices.DeleteFunc(lines, func(line []string) bool { return line[0] == "laporan" || line[0] == "bagian" })
}
