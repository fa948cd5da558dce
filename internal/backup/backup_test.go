package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"testing"
	"time"

	"gaung/internal/backup"
	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/migrations"
)

func now() time.Time { return testdb.Now }

// filled is a database with people and a live content, and its backup.
func filled(t *testing.T) (*db.DB, []byte, backup.Totals) {
	t.Helper()
	d := testdb.Fresh(t)
	kit := testkit.On(t, d)
	kit.Staff(org.Leader)
	kit.Live("Dicadangkan: tab\tdan garis miring \\ dan\nbaris baru")
	if _, err := db.Exec(t.Context(), d, `CREATE TABLE click_20200101 PARTITION OF click FOR VALUES FROM ('2019-12-31 19:00+00') TO ('2020-01-01 19:00+00')`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), d, `INSERT INTO click VALUES ('2020-01-01 00:00+00', 7, 1, 1, 3, 0, '1', '1', '1', '1')`); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	totals, err := backup.Write(t.Context(), d, nil, "test", &file)
	if err != nil {
		t.Fatal(err)
	}
	return d, file.Bytes(), totals
}

func TestEverythingComesBack(t *testing.T) {
	t.Parallel()
	d, file, totals := filled(t)
	again := testdb.Open(t, testdb.EmptyURL(t), now)
	restored, err := backup.Restore(t.Context(), again, migrations.Files, nil, bytes.NewReader(file))
	if err != nil || !maps.Equal(restored.Rows, totals.Rows) {
		t.Fatalf("%v\n%v\n%v", err, totals, restored)
	}
	if totals.Rows["public.content"] != 1 || totals.Rows["public.app_user"] < 4 || totals.Rows["public.click_20200101"] != 1 {
		t.Errorf("too little to prove anything: %v", totals)
	}
	const text = `SELECT string_agg(v::text, '|' ORDER BY v::text) || (SELECT count(*) FROM click) AS all FROM content_version AS v`
	before, err := db.Get[struct{ All string }](t.Context(), d, text)
	if err != nil {
		t.Fatal(err)
	}
	after, err := db.Get[struct{ All string }](t.Context(), again, text)
	if err != nil || before != after {
		t.Errorf("%v\n%v\n%v", err, before, after)
	}
	testkit.On(t, again).Live("Sesudah dipulihkan") // numbers go on where they were
}

// A backup that is cut anywhere, or that has a flipped bit, restores nothing.
func TestADamagedBackupLeavesTheDatabaseEmpty(t *testing.T) {
	t.Parallel()
	_, file, _ := filled(t)
	cases := map[string][]byte{"half": file[:len(file)/2], "cut near the end": file[:len(file)-700], "without its sum": file[:len(file)-8], "empty": nil}
	for _, at := range []int{3, 4, 5, 6, 7} {
		flipped := bytes.Clone(file)
		flipped[len(flipped)*at/8] ^= 0x10
		cases[fmt.Sprintf("flipped at %d/8", at)] = flipped
	}
	for name, damaged := range cases {
		d := testdb.Open(t, testdb.EmptyURL(t), now)
		if _, err := backup.Restore(t.Context(), d, migrations.Files, nil, bytes.NewReader(damaged)); err == nil {
			t.Errorf("%s: no error", name)
		}
		people, err := db.All[struct{ ID int64 }](t.Context(), d, `SELECT id FROM app_user`)
		if err == nil && len(people) > 0 {
			t.Errorf("%s: %d people are there", name, len(people))
		}
	}
}

func TestRestoreRefusesADatabaseThatWasUsed(t *testing.T) {
	t.Parallel()
	d, file, _ := filled(t)
	if _, err := backup.Restore(t.Context(), d, migrations.Files, nil, bytes.NewReader(file)); err == nil {
		t.Error("restored over what was there")
	}
	broken := errors.New("disk full")
	if _, err := backup.Write(t.Context(), d, nil, "test", full{broken}); !errors.Is(err, broken) {
		t.Errorf("a full disk: %v", err)
	}
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

var _ io.Writer = full{}

// The pictures come back beside the rows that name them.
func TestFilesComeBack(t *testing.T) {
	t.Parallel()
	d := testdb.Fresh(t)
	files, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{strings.Repeat("a", 64) + ".jpg", strings.Repeat("b", 64) + ".jpg"}
	for _, name := range names {
		if err := files.Put(t.Context(), name, strings.NewReader(name), int64(len(name))); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if totals, err := backup.Write(t.Context(), d, vanishing{files}, "test", &file); err != nil || totals.Files != 2 {
		t.Fatal(totals.Files, err)
	}
	again, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), testdb.Open(t, testdb.EmptyURL(t), now), migrations.Files, again, &file); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := again.Open(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(body); err != nil || string(text) != name {
			t.Errorf("%q, %v", text, err)
		}
	}
}

// vanishing also lists a file that is swept before it can be read.
type vanishing struct{ *blob.Folder }

func (v vanishing) Walk(ctx context.Context, visit func(string, int64) error) error {
	if err := visit(strings.Repeat("c", 64)+".raw", 5); err != nil {
		return err
	}
	return v.Folder.Walk(ctx, visit)
}
