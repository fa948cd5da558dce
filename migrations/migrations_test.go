package migrations

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

var numbered = regexp.MustCompile(`^(00\d{3}|\d{14})_[a-z0-9_]+\.sql$`)

func TestNames(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(Files, "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if !numbered.MatchString(name) {
			t.Errorf("%s: want 00001–00009 or a UTC timestamp", name)
		}
	}
}

// An upgrade of River that brings or changes a migration must not pass unseen.
func TestRiverFilesAreRiversOwn(t *testing.T) {
	t.Parallel()
	theirs := riverpgxv5.New(nil).GetMigrationFS("main")
	files, err := fs.Glob(theirs, "migration/main/*.up.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		number, rest, _ := strings.Cut(strings.TrimSuffix(path.Base(file), ".up.sql"), "_")
		if number == "001" {
			continue // River's version table: goose keeps the versions
		}
		want, err := fs.ReadFile(theirs, file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := fs.ReadFile(Files, "00"+number+"_river_"+rest+".sql")
		if err != nil {
			t.Errorf("River's migration %s is missing: %v", number, err)
			continue
		}
		if !strings.Contains(string(got), strings.ReplaceAll(string(want), "/* TEMPLATE: schema */", "river.")) {
			t.Errorf("River's migration %s differs from ours", number)
		}
	}
}
