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
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
)

// Restore fills an empty database, and the folder of files, from what Write made. All rows arrive in one
// transaction: a file that is cut or damaged leaves the database empty. Files may be nil when the backup
// holds none. The schema is brought to the backup's own versions first and to the program's afterwards.
func Restore(ctx context.Context, d *db.DB, migrations fs.FS, files Files, in io.Reader) (Totals, error) {
	zipped, err := gzip.NewReader(in)
	if err != nil {
		return Totals{}, fmt.Errorf("not a backup: %w", err)
	}
	r := &reader{zipped: zipped, tar: tar.NewReader(zipped), files: files, done: Totals{Rows: map[string]int64{}}}
	if err := r.readInfo(); err != nil {
		return Totals{}, err
	}
	if err := d.MigrateTo(ctx, migrations, r.info.Migrations); err != nil {
		return Totals{}, err
	}
	if err := d.Tx(ctx, func(tx *db.Tx) error { return r.load(ctx, tx.Pgx()) }); err != nil {
		return Totals{}, err
	}
	_, err = d.Migrate(ctx, migrations)
	return r.done, err
}

type reader struct {
	zipped io.Reader
	tar    *tar.Reader
	files  Files
	info   Info
	done   Totals
	said   *Totals // what the backup says it holds

	at     *tar.Header // the entry that is being read
	ahead  *tar.Header // the one after it, when a table's rows have been read to their end
	broken error
}

func (r *reader) readInfo() error {
	entry, err := r.tar.Next()
	if err != nil || entry.Name != infoName {
		return errors.Join(errors.New("not a backup of Gaung"), err)
	}
	if err := json.NewDecoder(r.tar).Decode(&r.info); err != nil {
		return err
	}
	if r.info.Format != format {
		return fmt.Errorf("the backup has format %d; this program reads %d", r.info.Format, format)
	}
	for _, t := range r.info.Tables {
		r.done.Rows[t.Name] = 0 // an empty table has no entry
	}
	return nil
}

func (r *reader) load(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 0"); err != nil {
		return db.Error(err)
	}
	if err := r.prepare(ctx, tx); err != nil {
		return err
	}
	for r.next() {
		if err := r.entry(ctx, tx); err != nil {
			return fmt.Errorf("%s: %w", r.at.Name, err)
		}
	}
	if r.broken != nil {
		return fmt.Errorf("the backup is cut or damaged: %w", r.broken)
	}
	if err := r.compare(); err != nil {
		return err
	}
	return r.setSequences(ctx, tx)
}

// next moves to the next entry, unless a table's rows have been read to it already.
func (r *reader) next() bool {
	if r.ahead != nil {
		r.at, r.ahead = r.ahead, nil
		return true
	}
	r.at, r.broken = r.tar.Next()
	if errors.Is(r.broken, io.EOF) {
		_, r.broken = io.Copy(io.Discard, r.zipped) // the sum over everything stands behind the last entry
		return false
	}
	return r.broken == nil
}

// prepare makes the partitions that the backup has and an empty schema has not, and takes out the few rows
// that migrations write: the backup has them too.
func (r *reader) prepare(ctx context.Context, tx pgx.Tx) error {
	for _, t := range slices.Backward(r.info.Tables) {
		if t.Parent != "" {
			continue
		}
		// Some rows say of themselves that they are never taken out; here it is the whole that is put back.
		for _, statement := range []string{"ALTER TABLE %s DISABLE TRIGGER USER", "DELETE FROM %s", "ALTER TABLE %s ENABLE TRIGGER USER"} {
			if _, err := tx.Exec(ctx, fmt.Sprintf(statement, t.Name)); err != nil {
				return db.Error(err)
			}
		}
	}
	for _, t := range r.info.Tables {
		if t.Parent == "" {
			continue
		}
		if _, err := tx.Exec(ctx, "CREATE TABLE "+t.Name+" PARTITION OF "+t.Parent+" "+t.Bound); err != nil {
			return db.Error(err)
		}
	}
	return nil
}

func (r *reader) entry(ctx context.Context, tx pgx.Tx) error {
	switch {
	case r.at.Name == totalsName:
		r.said = &Totals{}
		return json.NewDecoder(r.tar).Decode(r.said)
	case strings.HasPrefix(r.at.Name, fileDir):
		return r.file(ctx, strings.TrimPrefix(r.at.Name, fileDir))
	case strings.HasPrefix(r.at.Name, tableDir):
		return r.rows(ctx, tx, strings.TrimPrefix(r.at.Name, tableDir))
	}
	return errors.New("unknown entry")
}

func (r *reader) rows(ctx context.Context, tx pgx.Tx, name string) error {
	at := slices.IndexFunc(r.info.Tables, func(t table) bool { return t.Name == name })
	if at < 0 {
		return errors.New("a table that the backup does not list")
	}
	statement := "COPY " + name + " (" + strings.Join(r.info.Tables[at].Columns, ", ") + ") FROM STDIN"
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, &oneTable{r, r.at.Name}, statement)
	if err == nil {
		err = r.broken
	}
	r.done.Rows[name] = tag.RowsAffected()
	return db.Error(err)
}

// oneTable reads the pieces of one table as one stream.
type oneTable struct {
	*reader
	name string
}

// Read gives the table's next bytes, and leaves the entry after it for later.
func (t *oneTable) Read(b []byte) (int, error) {
	for {
		n, err := t.tar.Read(b)
		if n > 0 || !errors.Is(err, io.EOF) {
			return n, err
		}
		if t.ahead, err = t.tar.Next(); err != nil {
			t.broken = err
			return 0, err // every table is followed by something: an end here is a cut
		}
		if t.ahead.Name != t.name {
			return 0, io.EOF
		}
		t.ahead = nil
	}
}

func (r *reader) file(ctx context.Context, name string) error {
	if r.files == nil {
		return errors.New("the backup holds files, and there is nowhere to put them")
	}
	r.done.Files++
	return r.files.Put(ctx, name, r.tar, r.at.Size)
}

// compare wants exactly what was counted when the backup was made.
func (r *reader) compare() error {
	if r.said == nil {
		return errors.New("the backup is cut: its last entry is missing")
	}
	for name, rows := range r.said.Rows {
		if r.done.Rows[name] != rows {
			return fmt.Errorf("%s: the backup says %d rows and holds %d", name, rows, r.done.Rows[name])
		}
	}
	if r.done.Files != r.said.Files {
		return fmt.Errorf("the backup says %d files and holds %d", r.said.Files, r.done.Files)
	}
	return nil
}

func (r *reader) setSequences(ctx context.Context, tx pgx.Tx) error {
	for _, s := range r.info.Sequences {
		if _, err := tx.Exec(ctx, "SELECT setval($1::text::regclass, $2, $3)", s.Name, s.Last, s.Called); err != nil {
			return db.Error(err)
		}
	}
	return nil
}
