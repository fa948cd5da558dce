package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"gaung/internal/testdb"
)

// command runs one of the commands in this process.
func command(t *testing.T, env map[string]string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	if env["GAUNG_DATA_DIR"] == "" {
		env["GAUNG_DATA_DIR"] = t.TempDir()
	}
	err := run(t.Context(), args, func(name string) string { return env[name] }, strings.NewReader(env["stdin"]), &out)
	return out.String(), err
}

// The committed document is what the web client's types are made of.
func TestTheAPIDocumentIsFresh(t *testing.T) {
	t.Parallel()
	got, err := command(t, map[string]string{}, "openapi")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../docs/api/openapi.json")
	if err != nil || got != string(want) {
		t.Errorf("docs/api/openapi.json is stale: make openapi (%v)", err)
	}
}

func TestProductionRefusesWhatIsForTrial(t *testing.T) {
	t.Parallel()
	url, data := testdb.EmptyURL(t), t.TempDir()
	for _, c := range []struct {
		name string
		env  map[string]string
		args []string
		want string // in the error; empty: none
	}{
		{"no database", map[string]string{"GAUNG_ENV": "production"}, []string{"migrate"}, "DATABASE_URL"},
		{"faults of the environment, all at once", map[string]string{"GAUNG_ENV": "prod", "GAUNG_PUBLIC_URL": "x"}, []string{"migrate"}, "GAUNG_PUBLIC_URL"},
		{"a first migration", map[string]string{"GAUNG_ENV": "production", "DATABASE_URL": url, "GAUNG_DATA_DIR": data}, []string{"migrate"}, ""},
		{"the demo in production", map[string]string{"GAUNG_ENV": "production", "DATABASE_URL": url, "GAUNG_DATA_DIR": data}, []string{"demo"}, "demo"},
		{"the demo", map[string]string{"DATABASE_URL": url, "GAUNG_DATA_DIR": data}, []string{"demo"}, ""},
		{"the demo again", map[string]string{"DATABASE_URL": url, "GAUNG_DATA_DIR": data}, []string{"demo"}, ""},
		{"another key ring", map[string]string{"DATABASE_URL": url}, []string{"migrate"}, "key ring"},
		{"production on the demo's database", map[string]string{"GAUNG_ENV": "production", "DATABASE_URL": url, "GAUNG_DATA_DIR": data}, []string{"migrate"}, "demo"},
	} {
		_, err := command(t, c.env, c.args...)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// A fresh production server has no other way in.
func TestFirstAdministratorAndReset(t *testing.T) {
	t.Parallel()
	env := map[string]string{"GAUNG_ENV": "production", "DATABASE_URL": testdb.EmptyURL(t), "GAUNG_DATA_DIR": t.TempDir()}
	password := func(out string) string {
		_, rest, _ := strings.Cut(out, "password: ")
		first, _, _ := strings.Cut(rest, "\n")
		return first
	}
	for _, c := range []struct {
		name, stdin string
		args        []string
		want        string // in the error; empty: none
	}{
		{"no such agency", "", []string{"admin", "--email", "a@uji.example", "--name", "A", "--agency", "99"}, "--agency-name"},
		{"the first", "", []string{"admin", "--email", "a@uji.example", "--name", "A", "--agency", "99", "--agency-name", "Provinsi Uji", "--zone", "Asia/Makassar"}, ""},
		{"twice", "", []string{"admin", "--email", "a@uji.example", "--name", "A", "--agency", "99"}, "reset"},
		{"a second", "", []string{"admin", "--email", "b@uji.example", "--name", "B", "--agency", "99"}, ""},
		{"a reset", "", []string{"reset", "--email", "A@uji.example"}, ""},
		{"from standard input", "b@uji.example\n", []string{"reset", "--nip-stdin"}, ""},
		{"nobody", "", []string{"reset", "--email", "c@uji.example"}, "nobody"},
		{"nothing said", "", []string{"reset"}, "--email"},
	} {
		env["stdin"] = c.stdin
		out, err := command(t, env, c.args...)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err == nil && len(password(out)) != 19 {
			t.Errorf("%s prints no password: %s", c.name, out)
		}
	}
}
