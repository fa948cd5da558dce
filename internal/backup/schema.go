package backup

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
)

//go:embed sql/tables.sql
var tablesSQL string

// readTables gives every table with rows of its own, those that others point at first.
func readTables(ctx context.Context, tx pgx.Tx) ([]table, error) {
	rows, err := tx.Query(ctx, tablesSQL)
	if err != nil {
		return nil, db.Error(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[table])
	if err != nil {
		return nil, db.Error(err)
	}
	return inOrder(found)
}

// inOrder sorts tables so that a row comes after those that it refers to. A table that refers to itself is
// copied by one statement, at whose end the reference is checked.
func inOrder(tables []table) (sorted []table, err error) {
	placed := map[string]bool{}
	waits := func(t table) bool {
		return slices.ContainsFunc(t.Needs, func(name string) bool { return name != t.Name && !placed[name] })
	}
	for len(tables) > 0 {
		at := slices.IndexFunc(tables, func(t table) bool { return !waits(t) })
		if at < 0 {
			return nil, fmt.Errorf("tables refer to each other in a circle: %s", tables[0].Name)
		}
		placed[tables[at].Name] = true
		sorted = append(sorted, tables[at])
		tables = slices.Delete(tables, at, at+1)
	}
	return sorted, nil
}

func readSequences(ctx context.Context, tx pgx.Tx) ([]sequence, error) {
	rows, err := tx.Query(ctx, `SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name,
		coalesce(last_value, start_value) AS last, last_value IS NOT NULL AS called
		FROM pg_sequences WHERE schemaname IN ('public', 'river') AND sequencename NOT LIKE 'goose%' ORDER BY 1`)
	if err != nil {
		return nil, db.Error(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[sequence])
	return found, db.Error(err)
}
