// Package backup owns the copy of everything: one file with every table as of one moment and every stored
// file, and the way back into an empty database.
package backup

import (
	"time"
)

// Info says what a backup holds. It is the first entry of the file.
type Info struct {
	Format     int        `json:"format"`
	Version    string     `json:"version"` // of the program that made it
	At         time.Time  `json:"at"`
	Migrations []int64    `json:"migrations"` // versions that the schema had
	Tables     []table    `json:"tables"`     // in the order in which they are restored
	Sequences  []sequence `json:"sequences"`
}

// Totals are the rows of each table and the stored files, counted while they were copied. They are the
// last entry of the file: without it, the file was cut.
type Totals struct {
	Rows  map[string]int64 `json:"rows"`
	Files int              `json:"files"`
}

// format is the layout of the file; another one is refused.
const format = 1

const (
	infoName   = "info.json"
	totalsName = "totals.json"
	tableDir   = "tables/"
	fileDir    = "files/"
)

// table is one table that holds rows: an ordinary one, or a partition of one.
type table struct {
	Name    string   `json:"name"` // schema.name
	Columns []string `json:"columns"`
	Parent  string   `json:"parent,omitempty"` // of a partition
	Bound   string   `json:"bound,omitempty"`  // FOR VALUES …
	Needs   []string `json:"-"`                // tables that its foreign keys point at
}

type sequence struct {
	Name   string `json:"name"`
	Last   int64  `json:"last"`
	Called bool   `json:"called"`
}
