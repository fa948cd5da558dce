package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
)

// Conn is what can run SQL: *DB outside and *Tx inside a transaction.
type Conn interface {
	gorm(context.Context) *gorm.DB
}

// Args are named parameters, written @name in the SQL. Positional ones ($1) work as well.
type Args = pgx.NamedArgs

// PlanAnew, as the first argument, has a statement planned for its values each time. Otherwise PostgreSQL
// makes one plan for all values after five runs, which is far off where a statement reads a day or a year.
const PlanAnew = pgx.QueryExecModeCacheDescribe

// ErrNoRow says that Get found nothing. Domains turn it into their own not-found error.
var ErrNoRow = errors.New("db: no row")

// All reads every row of a query into T, column by name.
func All[T any](ctx context.Context, c Conn, query string, args ...any) (found []T, err error) {
	g := c.gorm(ctx)
	rows, err := g.Statement.ConnPool.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, Error(err)
	}
	defer rows.Close()
	found = []T{} // an empty list is [] in JSON, never null
	if rows.Next() {
		if err := g.ScanRows(rows, &found); err != nil {
			return nil, fmt.Errorf("scan: %w", err)
		}
	}
	return found, Error(rows.Err())
}

// Get reads one row; the error is ErrNoRow when there is none.
func Get[T any](ctx context.Context, c Conn, query string, args ...any) (T, error) {
	found, err := All[T](ctx, c, query, args...)
	if err != nil || len(found) == 0 {
		var none T
		if err == nil {
			err = ErrNoRow
		}
		return none, err
	}
	return found[0], nil
}

// Exec runs a statement and tells how many rows it touched.
func Exec(ctx context.Context, c Conn, query string, args ...any) (int64, error) {
	result, err := c.gorm(ctx).Statement.ConnPool.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, Error(err)
	}
	return result.RowsAffected()
}

// ExecAll runs statements one after another, all with the same named arguments.
func ExecAll(ctx context.Context, tx *Tx, args Args, statements ...string) error {
	for _, statement := range statements {
		if _, err := Exec(ctx, tx, statement, args); err != nil {
			return err
		}
	}
	return nil
}

// batchRows keeps a multi-row insert under PostgreSQL's 65,535 parameters.
const batchRows = 1000

// Insert writes rows into a table through gorm; columns with a default that are zero are read back.
func Insert[T any](ctx context.Context, tx *Tx, table string, rows ...*T) error {
	if len(rows) == 0 {
		return nil
	}
	return Error(tx.gorm(ctx).Table(table).CreateInBatches(rows, batchRows).Error)
}
