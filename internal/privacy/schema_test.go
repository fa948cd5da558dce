package privacy_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/privacy"
	"gaung/internal/testdb"
)

// personal are the names of columns that tell who somebody is.
var personal = regexp.MustCompile(`^((.*_)?(user|actor|viewer|author|approver|deputy|behalf|reviewer|holder|owner|person|persons|by)(_id)?|user_ids|by_user|.*_by|email|signer|holder|owner|nip)$`)

// strays are the faults of a schema: personal data that no class and no reason covers, and columns of a class's own
// table that nobody decided on.
func strays(columns map[string][]string) (faults []string) {
	decided := map[string]map[string]bool{} // by table: every column that a class names
	persons := map[string]bool{}            // table.column that names a person
	for _, class := range privacy.Classes() {
		for _, t := range class.Tables {
			have, there := columns[t.Name]
			if !there {
				faults = append(faults, t.Name+": the table is gone")
				continue
			}
			if decided[t.Name] == nil {
				decided[t.Name] = map[string]bool{}
			}
			persons[t.Name+"."+t.Column()] = true
			named := strings.Fields(t.Columns + " " + t.Withheld)
			if t.Withheld == "*" {
				named = append(strings.Fields(t.Columns), have...)
			}
			for _, column := range named {
				if !slices.Contains(have, column) {
					if column != "*" {
						faults = append(faults, t.Name+"."+column+": the column is gone")
					}
				}
				decided[t.Name][column] = true
			}
		}
	}
	reasons := privacy.Impersonal()
	for table, have := range columns {
		for _, column := range have {
			name := table + "." + column
			own := persons[table+".user_id"] || persons[table+".id"]
			switch {
			case reasons[name] != "" || persons[name]:
			case own && !decided[table][column]:
				faults = append(faults, name+": nobody decided whether a person gets a copy of it")
			case own: // an own table whose columns are all decided on
			case personal.MatchString(column):
				faults = append(faults, name+": personal data in no class")
			}
		}
	}
	return faults
}

func schema(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	// A partition has the columns of its table.
	rows, err := db.All[struct{ Name, Columns string }](t.Context(), d, `SELECT c.relname AS name, string_agg(a.attname, ' ' ORDER BY a.attnum) AS columns
		FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition GROUP BY c.relname`)
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for _, row := range rows {
		columns[row.Name] = strings.Fields(row.Columns)
	}
	return columns
}

// Nobody adds personal data unseen: whatever the schema holds about people is in a class that people are told of.
func TestEveryPersonalColumnIsInAClass(t *testing.T) {
	t.Parallel()
	real := schema(t, testdb.New(t))
	for _, fault := range strays(real) {
		t.Error(fault)
	}
	for name, reason := range privacy.Impersonal() {
		table, column, _ := strings.Cut(name, ".")
		if reason == "" || !slices.Contains(real[table], column) {
			t.Errorf("%s: no reason, or no such column", name)
		}
	}
	real["diary"] = []string{"user_id", "day", "mood"}
	real["visit"] = []string{"id", "seen_by"}
	real["act"] = append(real["act"], "place")
	if got := strays(real); len(got) != 3 {
		t.Errorf("three planted faults, found: %q", got)
	}
}

// docs/privacy.md tells the same classes as the program.
func TestTheDocumentTellsTheClasses(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	want := "| class | what | why | basis | until when | tables |\n|---|---|---|---|---|---|\n"
	for _, c := range privacy.Classes() {
		names := []string{}
		for _, table := range c.Tables {
			if !slices.Contains(names, table.Name) {
				names = append(names, table.Name)
			}
		}
		want += fmt.Sprintf("| %s | %s | %s | %s | %s | `%s` |\n", c.Key, c.EN.What, c.EN.Why, c.EN.Basis, c.EN.Until, strings.Join(names, "` `"))
	}
	if !strings.Contains(string(text), want) {
		t.Errorf("docs/privacy.md does not hold this table:\n%s", want)
	}
}
