package privacy

import (
	"context"

	"gaung/internal/id"
)

// MakeExport runs the job that makes a copy.
func (s *Service) MakeExport(ctx context.Context, person id.User, number int64) error {
	return s.makeExport(ctx, exportJob{person, number})
}

// Forget runs the job that forgets.
func (s *Service) Forget(ctx context.Context) error { return s.forget(ctx) }

// Impersonal are the columns that the schema walk passes over.
func Impersonal() map[string]string { return impersonal() }

// Column is the column of a table that names the person.
func (t Table) Column() string { return t.column() }

// Cell is a value as a spreadsheet gets it.
func Cell(raw string) string { return cell([]byte(raw)) }

// Listed tells whether a screen reads a table.
func (t Table) Listed() bool { return t.listed() }

// RowWords are the names of lists and columns.
func RowWords() (lists, columns map[string][2]string) { return listWords, columnWords }
