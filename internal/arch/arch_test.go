package arch

import (
	"go/ast"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gaung/migrations"
)

var rules = map[string]func(source) []string{
	"imports": importFaults, "table ownership": ownershipFaults, "dropped errors": droppedErrors,
	"outer handle": outerHandles, "package state": packageState, "actor": readsWithoutActor, "sizes": sizeFaults,
}

func TestTheHouse(t *testing.T) {
	t.Parallel()
	sources, err := readModule("../..")
	if err != nil || len(sources) < 30 {
		t.Fatal(len(sources), err)
	}
	for name, rule := range rules {
		for _, s := range sources {
			for _, fault := range rule(s) {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
}

// Each rule must find the violation it is there for: planted once, here.
func TestPlantedViolationsAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, name, text string }{
		{"imports", "internal/org/x.go", `package org; import "gaung/internal/content"`},
		{"imports", "internal/content/x.go", `package content; import "gaung/api/server"`},
		{"imports", "internal/org/x.go", `package org; import "gorm.io/gorm"`},
		{"imports", "internal/content/x.go", `package content; import "github.com/gofiber/fiber/v2"`},
		{"imports", "api/server/x.go", `package server; import "gaung/internal/db"`},
		{"imports", "internal/util/x.go", `package util`},
		{"table ownership", "internal/content/x.go", "package content; const q = `UPDATE agency SET name = ''`"},
		{"table ownership", "internal/share/x.go", "package share; const q = `WITH x AS (INSERT INTO click (at) VALUES ($1)) SELECT 1`"},
		{"table ownership", "internal/share/x.go", `package share; func f() error { return db.Insert(ctx, tx, "content_version", &row) }`},
		{"dropped errors", "internal/org/x.go", `package org; func f() { db.Exec(ctx, tx, "SELECT 1") }`},
		{"dropped errors", "internal/org/x.go", `package org; func f() { rows, _ := db.All[int](ctx, tx, "SELECT 1"); _ = rows }`},
		{"dropped errors", "internal/org/x.go", `package org; func f() { s.db.Tx(ctx, work) }`},
		{"dropped errors", "internal/org/x.go", "package org\nfunc f() {\n_ = os.Remove(\"x\")\n}"},
		{"outer handle", "internal/org/x.go", `package org; func f() error { return s.db.Tx(ctx, func(tx *db.Tx) error { return g(s.db) }) }`},
		{"package state", "internal/org/x.go", `package org; var cache map[string]int`},
		{"package state", "internal/org/x.go", `package org; func init() {}`},
		{"actor", "internal/org/x.go", `package org; func (s *Service) All(ctx context.Context) ([]Agency, error) { return nil, nil }`},
		{"sizes", "internal/org/x.go", "package org\nfunc f() {\n" + strings.Repeat("g()\n", longestFunction) + "}"},
		{"sizes", "internal/org/x.go", "package org\n" + strings.Repeat("\n", longestFile)},
	} {
		s, err := parse(c.name, c.text)
		if err != nil {
			t.Fatal(err)
		}
		if found := rules[c.rule](s); len(found) != 1 {
			t.Errorf("%s: %q gives %v", c.rule, c.text, found)
		}
	}
}

var createTable = regexp.MustCompile(`(?m)^CREATE TABLE ([a-z_]+) `)

func TestEveryTableHasAnOwner(t *testing.T) {
	t.Parallel()
	files, err := migrations.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for _, file := range files {
		text, err := migrations.Files.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range createTable.FindAllStringSubmatch(string(text), -1) {
			tables = append(tables, found[1])
			if tableOwner[found[1]] == "" {
				t.Errorf("%s: nobody owns table %s", file.Name(), found[1])
			}
		}
	}
	for table, owner := range tableOwner {
		if !slices.Contains(tables, table) {
			t.Errorf("%s owns %s, which does not exist", owner, table)
		}
	}
}

// The schema's rules for the day of distribution (docs/architecture.md) that a text can show.
func TestUserTablesBeginTheirKeyWithTheUser(t *testing.T) {
	t.Parallel()
	for _, table := range []string{"user_role", "placement", "credential", "session", "act", "act_request", "ledger", "score", "rollup_user_month", "rollup_user_act_month", "rollup_user_act_first", "deputy", "content_seen", "notice", "queue_view", "bulk", "bulk_item"} {
		if !regexp.MustCompile(`CONSTRAINT `+table+`_user_id_pkey PRIMARY KEY(?: \(user_id|,)`).MatchString(allMigrations(t)) &&
			!strings.Contains(allMigrations(t), "user_id        int4 CONSTRAINT "+table+"_user_id_pkey PRIMARY KEY") {
			t.Errorf("%s: the primary key does not begin with user_id", table)
		}
	}
}

func allMigrations(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	files, err := migrations.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := migrations.Files.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

func TestEveryPackageSaysWhatItOwns(t *testing.T) {
	t.Parallel()
	sources, err := readModule("../..")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	exported := map[string]int{}
	for _, s := range sources {
		if s.file.Doc != nil {
			said[s.dir] = s.file.Doc.Text()
		} else if _, ok := said[s.dir]; !ok {
			said[s.dir] = ""
		}
		for name, object := range s.file.Scope.Objects {
			if ast.IsExported(name) && object.Kind != ast.Con {
				exported[s.dir]++
			}
		}
	}
	for dir, text := range said {
		if !strings.HasPrefix(text, "Package ") && !strings.HasPrefix(text, "Command ") {
			t.Errorf("%s has no package comment", dir)
		}
		if exported[dir] > mostExported {
			t.Errorf("%s exports %d names: more than %d", dir, exported[dir], mostExported)
		}
	}
	if _, err := os.Stat("../../internal/util"); err == nil {
		t.Error("there is a package util")
	}
}
