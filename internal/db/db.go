// Package db owns the connection: one pool under gorm, pgx and River, transactions, error
// translation, migrations and the private PostgreSQL. It is the only importer of gorm.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// maxConns bounds the pool. Argon2 and the image jobs are bounded apart; 20 keeps two replicas
// within PostgreSQL's default of 100 connections.
const maxConns = 20

// minVersion is the oldest PostgreSQL that the migrations were run on.
const minVersion = 140000

// DB is the database outside a transaction.
type DB struct {
	pool  *pgxpool.Pool
	std   *sql.DB
	orm   *gorm.DB
	clock func() time.Time
}

// Open connects and checks the server's version. The clock gives transactions their time.
func Open(ctx context.Context, url string, clock func() time.Time) (*DB, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	config.MaxConns = maxConns
	for name, value := range map[string]string{
		"timezone":                            "UTC",
		"application_name":                    "gaung",
		"statement_timeout":                   "15s",
		"lock_timeout":                        "5s",
		"idle_in_transaction_session_timeout": "30s",
		"jit":                                 "off", // compiling a report's statement takes longer than running it
	} {
		config.ConnConfig.RuntimeParams[name] = value
	}
	config.AfterConnect = readTimesInUTC
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	d := &DB{pool: pool, clock: clock, std: stdlib.OpenDBFromPool(pool)}
	if err := d.prepare(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

func (d *DB) prepare(ctx context.Context) (err error) {
	var version int
	if err := d.pool.QueryRow(ctx, "SELECT current_setting('server_version_num')::int").Scan(&version); err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	if version < minVersion {
		return fmt.Errorf("PostgreSQL %d is too old: 14 or newer is needed", version/10000)
	}
	d.orm, err = gorm.Open(postgres.New(postgres.Config{Conn: d.std}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard, // errors are returned, and logged once at the edge
		NowFunc:                d.Now,
	})
	return err
}

// readTimesInUTC gives every timestamptz the zone UTC instead of the process's zone.
func readTimesInUTC(_ context.Context, c *pgx.Conn) error {
	c.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// Close gives the connections back.
func (d *DB) Close() {
	_ = d.std.Close() // it owns no connection of its own
	d.pool.Close()
}

// Now is the clock, in UTC and in PostgreSQL's precision.
func (d *DB) Now() time.Time { return d.clock().UTC().Truncate(time.Microsecond) }

// At is the same database by another clock: the demo world lives through its weeks with it.
func (d *DB) At(clock func() time.Time) *DB {
	at := *d
	at.clock = clock
	return &at
}

// Pool is the pool itself, for River and for the packages that may use pgx.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Connections are how many connections of the pool are in use, and how many there may be.
func (d *DB) Connections() (used, most int32) {
	stat := d.pool.Stat()
	return stat.AcquiredConns(), stat.MaxConns()
}

// Ping asks whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.pool.Ping(ctx) }

func (d *DB) gorm(ctx context.Context) *gorm.DB { return d.orm.WithContext(ctx) }
