package config

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/configuration.md")

// The documentation of the environment is generated from the same table that reads it.
func TestDocumentation(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	page.WriteString("# Configuration\n\nGenerated from `internal/config`: `go test ./internal/config -update`. Everything is read from the environment, once, at the start; every fault is reported at once.\n\n| variable | default | meaning |\n|---|---|---|\n")
	for _, v := range Variables() {
		fmt.Fprintf(&page, "| `%s` | %s | %s |\n", v.Name, code(v.Default), v.Meaning)
	}
	page.WriteString("\n`TEST_DATABASE_URL` names a PostgreSQL server for the tests; without it they start one of their own.\n")
	const path = "../../docs/configuration.md"
	if *update {
		if err := os.WriteFile(path, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != page.String() {
		t.Errorf("docs/configuration.md is stale: go test ./internal/config -update (%v)", err)
	}
}

func code(text string) string {
	if text == "" {
		return "–"
	}
	return "`" + text + "`"
}
