package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"

	"gaung/internal/id"
)

// Tx is one transaction, seen by gorm and by pgx alike. It is not safe for use by several goroutines.
type Tx struct {
	Now time.Time // read once, so that all rows of a change carry one time
	orm *gorm.DB
	pgx pgx.Tx
}

// NativeTx is the driver's own transaction type, which River wants by name.
type NativeTx = pgx.Tx

// Pgx is the transaction for River and for the packages that may use pgx.
func (tx *Tx) Pgx() pgx.Tx { return tx.pgx }

func (tx *Tx) gorm(ctx context.Context) *gorm.DB { return tx.orm.WithContext(ctx) }

type actorKey struct{}

// WithActor tells on whose behalf transactions under this context are made.
func WithActor(ctx context.Context, user id.User) context.Context {
	return context.WithValue(ctx, actorKey{}, user)
}

type inTxKey struct{}

var errNested = errors.New("db: a transaction inside a transaction")

// Tx runs work in one transaction: it commits when work returns nil, and rolls back on an error or a
// panic. Inside, only tx may be used: d would take a second connection and can dead-lock the pool.
func (d *DB) Tx(ctx context.Context, work func(tx *Tx) error) (err error) {
	if ctx.Value(inTxKey{}) != nil {
		return errNested
	}
	conn, err := d.std.Conn(ctx)
	if err != nil {
		return Error(err)
	}
	defer conn.Close()
	var raw *pgx.Conn // taken out of Raw, because a query inside Raw would dead-lock
	if err := conn.Raw(func(driver any) error { raw = driver.(*stdlib.Conn).Conn(); return nil }); err != nil {
		return err
	}
	ptx, err := raw.Begin(ctx)
	if err != nil {
		return Error(err)
	}
	defer func() {
		if cause := recover(); cause != nil {
			_ = rollback(ptx) // the panic is what the caller must see
			panic(cause)
		}
		if err == nil {
			return
		}
		if failed := rollback(ptx); failed != nil {
			err = errors.Join(err, failed)
		}
	}()
	if err := nameActor(ctx, ptx); err != nil {
		return err
	}
	tx := &Tx{Now: d.Now(), pgx: ptx, orm: d.onConnection(ctx, conn)}
	if err := work(tx); err != nil {
		return err
	}
	if err := ptx.Commit(ctx); err != nil {
		return fmt.Errorf("commit: %w", Error(err))
	}
	return nil
}

// nameActor puts the actor into the session until the end of the transaction, so that row-level
// security can be added without touching a domain.
func nameActor(ctx context.Context, ptx pgx.Tx) error {
	user, known := ctx.Value(actorKey{}).(id.User)
	if !known {
		return nil
	}
	_, err := ptx.Exec(ctx, "SELECT set_config('gaung.actor', $1, true)", strconv.FormatInt(int64(user), 10))
	return Error(err)
}

// onConnection gives gorm the connection that carries the pgx transaction.
func (d *DB) onConnection(ctx context.Context, conn *sql.Conn) *gorm.DB {
	g := d.orm.Session(&gorm.Session{NewDB: true, Context: ctx}) // a context makes it copy the statement
	g.Statement.ConnPool = &txPool{conn}
	return g.Session(&gorm.Session{}) // a session can be used for many statements
}

// rollback has a deadline of its own: the caller's context is often what failed.
func rollback(ptx pgx.Tx) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := ptx.Rollback(ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
		return err
	}
	return nil
}

// txPool is what gorm sees of a transaction. It has Commit and Rollback, so that gorm makes nested
// transactions savepoints, and lacks BeginTx, so that gorm cannot begin a second one. It must be
// used by pointer: gorm asks whether it is nil.
type txPool struct{ *sql.Conn }

var errManaged = errors.New("db: the transaction ends where DB.Tx ends")

func (*txPool) Commit() error   { return errManaged }
func (*txPool) Rollback() error { return errManaged }

// BeginTx shadows the connection's own method with another shape, which hides it from gorm.
func (*txPool) BeginTx() {}
