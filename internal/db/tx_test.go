package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/testdb"
)

func open(t *testing.T) *db.DB {
	t.Helper()
	d := testdb.Fresh(t)
	if _, err := db.Exec(t.Context(), d, `CREATE TABLE thing (id int PRIMARY KEY, name text CONSTRAINT thing_name_key UNIQUE, at timestamptz)`); err != nil {
		t.Fatal(err)
	}
	return d
}

type thing struct {
	ID   int
	Name string
	At   time.Time
}

func count(t *testing.T, d *db.DB) int {
	t.Helper()
	found, err := db.All[thing](t.Context(), d, `SELECT * FROM thing`)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

func TestTxIsOneForGormAndPgx(t *testing.T) {
	t.Parallel()
	d := open(t)
	write := func(ctx context.Context, tx *db.Tx, number int) {
		if err := db.Insert(ctx, tx, "thing", &thing{ID: number, Name: "gorm", At: tx.Now}); err != nil {
			t.Error(err)
		}
		if _, err := tx.Pgx().Exec(ctx, `INSERT INTO thing VALUES ($1, 'pgx')`, number+1); err != nil {
			t.Error(err)
		}
	}
	refused := errors.New("refused")
	err := d.Tx(t.Context(), func(tx *db.Tx) error { write(t.Context(), tx, 1); return refused })
	if !errors.Is(err, refused) || count(t, d) != 0 {
		t.Errorf("an error left %d rows (%v)", count(t, d), err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = d.Tx(t.Context(), func(tx *db.Tx) error { write(t.Context(), tx, 3); panic("broken") })
	}()
	if count(t, d) != 0 {
		t.Error("a panic left rows")
	}
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { write(t.Context(), tx, 5); return nil }); err != nil || count(t, d) != 2 {
		t.Errorf("commit: %v, %d rows", err, count(t, d))
	}
	first, err := db.Get[thing](t.Context(), d, `SELECT * FROM thing WHERE id = @id`, db.Args{"id": 5})
	if err != nil || !first.At.Equal(testdb.Now) || first.At.Location() != time.UTC {
		t.Errorf("read back %v (%v)", first, err)
	}
}

func TestErrorsKeepTheConstraint(t *testing.T) {
	t.Parallel()
	d := open(t)
	insert := func(number int, name string) error {
		return d.Tx(t.Context(), func(tx *db.Tx) error {
			return db.Insert(t.Context(), tx, "thing", &thing{ID: number, Name: name})
		})
	}
	if err := insert(1, "a"); err != nil {
		t.Fatal(err)
	}
	err := insert(2, "a")
	if !db.Broken(err, "thing_name_key") || errs.CodeOf(err) != errs.Conflict {
		t.Errorf("got %v", err)
	}
	if _, err := db.Get[thing](t.Context(), d, `SELECT * FROM thing WHERE id = 9`); !errors.Is(err, db.ErrNoRow) {
		t.Errorf("no row: %v", err)
	}
}

func TestDeadlineEndsAStatement(t *testing.T) {
	t.Parallel()
	d := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := db.Exec(ctx, d, `SELECT pg_sleep(20)`); errs.CodeOf(err) != errs.Unavailable {
		t.Errorf("got %v", err)
	}
	if _, err := db.Exec(t.Context(), d, `SELECT 1`); err != nil {
		t.Errorf("the pool is broken afterwards: %v", err)
	}
}
