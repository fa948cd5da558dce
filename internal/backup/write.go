package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
)

// Files is where the uploaded files are kept.
type Files interface {
	Walk(ctx context.Context, visit func(name string, size int64) error) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Put(ctx context.Context, name string, body io.Reader, size int64) error
}

// Write copies everything as of one moment into out, while others go on working. Files may be nil.
func Write(ctx context.Context, d *db.DB, files Files, version string, out io.Writer) (totals Totals, err error) {
	zipped, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return Totals{}, err
	}
	w := &writer{tar: tar.NewWriter(zipped), at: d.Now(), totals: Totals{Rows: map[string]int64{}}}
	if err := w.writeTables(ctx, d, version); err != nil {
		return Totals{}, err
	}
	if files != nil {
		if err := w.writeFiles(ctx, files); err != nil {
			return Totals{}, err
		}
	}
	if err := w.json(totalsName, w.totals); err != nil {
		return Totals{}, err
	}
	return w.totals, errors.Join(w.tar.Close(), zipped.Close())
}

type writer struct {
	tar    *tar.Writer
	at     time.Time
	totals Totals
}

// writeTables reads within one transaction that sees one moment and changes nothing.
func (w *writer) writeTables(ctx context.Context, d *db.DB, version string) error {
	conn, err := d.Pool().Acquire(ctx)
	if err != nil {
		return db.Error(err)
	}
	defer conn.Release()
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return db.Error(err)
	}
	defer func() { _ = tx.Rollback(ctx) }() // it has only read
	if _, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"); err != nil {
		return db.Error(err)
	}
	info := Info{Format: format, Version: version, At: w.at}
	if info.Migrations, err = migrationsOf(ctx, tx); err != nil {
		return err
	}
	if info.Tables, err = readTables(ctx, tx); err != nil {
		return err
	}
	if info.Sequences, err = readSequences(ctx, tx); err != nil {
		return err
	}
	if err := w.json(infoName, info); err != nil {
		return err
	}
	if err := holdTables(ctx, tx, info.Tables); err != nil {
		return err
	}
	for _, t := range info.Tables {
		if err := w.table(ctx, tx, t); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	return nil
}

// holdTables keeps every table from being dropped until it is copied: partitions of days that are over go
// while a long backup runs. Reading and writing go on.
func holdTables(ctx context.Context, tx pgx.Tx, tables []table) error {
	var names []string
	for _, t := range tables {
		names = append(names, t.Name)
	}
	_, err := tx.Exec(ctx, "LOCK TABLE "+strings.Join(names, ", ")+" IN ACCESS SHARE MODE")
	return db.Error(err)
}

func migrationsOf(ctx context.Context, tx pgx.Tx) ([]int64, error) {
	rows, err := tx.Query(ctx, `SELECT version_id FROM goose_db_version WHERE version_id > 0 AND is_applied ORDER BY id`)
	if err != nil {
		return nil, db.Error(err)
	}
	versions, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	return versions, db.Error(err)
}

// table copies one table in PostgreSQL's own text form, which every version reads.
func (w *writer) table(ctx context.Context, tx pgx.Tx, t table) error {
	pieces := &pieces{tar: w.tar, name: tableDir + t.Name, at: w.at}
	tag, err := tx.Conn().PgConn().CopyTo(ctx, pieces, "COPY "+t.Name+" ("+strings.Join(t.Columns, ", ")+") TO STDOUT")
	if err != nil {
		return db.Error(err)
	}
	w.totals.Rows[t.Name] = tag.RowsAffected()
	return pieces.flush()
}

func (w *writer) writeFiles(ctx context.Context, files Files) error {
	return files.Walk(ctx, func(name string, size int64) error {
		body, err := files.Open(ctx, name)
		if errors.Is(err, fs.ErrNotExist) { // it has been removed since: no table needs it
			return nil
		}
		if err != nil {
			return err
		}
		defer body.Close()
		if err := w.tar.WriteHeader(header(fileDir+name, size, w.at)); err != nil {
			return err
		}
		if _, err := io.CopyN(w.tar, body, size); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		w.totals.Files++
		return nil
	})
}

func (w *writer) json(name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if err := w.tar.WriteHeader(header(name, int64(len(text)), w.at)); err != nil {
		return err
	}
	_, err = w.tar.Write(text)
	return err
}

func header(name string, size int64, at time.Time) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: at}
}

// pieceSize bounds the memory: a tar entry must know its length before its first byte.
const pieceSize = 4 << 20

// pieces writes a stream of unknown length as several entries of one name.
type pieces struct {
	tar  *tar.Writer
	name string
	at   time.Time
	held []byte
}

// Write holds bytes until a piece is full.
func (p *pieces) Write(b []byte) (int, error) {
	p.held = append(p.held, b...)
	if len(p.held) < pieceSize {
		return len(b), nil
	}
	return len(b), p.flush()
}

func (p *pieces) flush() error {
	if len(p.held) == 0 {
		return nil
	}
	if err := p.tar.WriteHeader(header(p.name, int64(len(p.held)), p.at)); err != nil {
		return err
	}
	_, err := p.tar.Write(p.held)
	p.held = p.held[:0]
	return err
}
