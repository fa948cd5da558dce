package privacy_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/privacy"
)

// rowsOf walks a class page by page.
func (w *world) rowsOf(who org.Actor, class string) (found []privacy.DataRow) {
	w.t.Helper()
	for ask := (page.Ask{Limit: 2}); ; {
		got, err := w.privacy.Rows(w.t.Context(), who, class, "id", ask)
		ok(w.t, err)
		found = append(found, got.Items...)
		if got.Next == "" {
			return found
		}
		if len(got.Items) != 2 {
			w.t.Fatalf("a page of %d", len(got.Items))
		}
		ask.After = got.Next
	}
}

// Behind each count stand its rows: all of them, one's own, page by page without losing or repeating one.
func TestTheRowsBehindTheCountsAreOnesOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two := w.Staff(), w.Staff()
	w.fill(one, "MILIK-SATU")
	w.fill(two, "MILIK-DUA")
	for n := range 5 {
		ok(t, w.write(t.Context(), `INSERT INTO topic_wish (user_id, topic, wish, at) VALUES ($1, $2, 1, now())`, one.User, fmt.Sprint("topik", n)))
	}
	ok(t, w.write(t.Context(), `UPDATE data_request SET text = $2 WHERE user_id = $1`, one.User, strings.Repeat("panjang ", 50)))
	kept, err := w.privacy.Kept(t.Context(), one, "id")
	ok(t, err)
	whole := ""
	for _, class := range kept {
		rows := w.rowsOf(one, class.Key)
		if len(rows) != class.Rows {
			t.Errorf("%s: %d of %d rows", class.Key, len(rows), class.Rows)
		}
		text, err := json.Marshal(rows)
		ok(t, err)
		whole += string(text)
	}
	for _, want := range []string{"MILIK-SATU", `"Topik pilihan"`, `"name":"topik"`, "survei singkat", `"value":"ya"`, "…"} {
		if !strings.Contains(whole, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if strings.Contains(whole, "MILIK-DUA") || strings.Contains(whole, strings.Repeat("panjang ", 50)) {
		t.Error("it tells of somebody else, or a long text whole")
	}
	if _, err := w.privacy.Rows(t.Context(), one, "diary", "id", page.Ask{}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a class that is none: %v", err)
	}
	for _, after := range []string{"LTEfLTE", "MR9hYmM", "MR85OTk5"} { // -1 -1, 1 abc, 1 9999
		if _, err := w.privacy.Rows(t.Context(), one, "choices", "id", page.Ask{After: after}); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("a forged place: %v", err)
		}
	}
	if got, err := w.privacy.Rows(t.Context(), one, "reach", "en", page.Ask{}); err != nil || len(got.InCopy) != 1 || got.InCopy[0] != "Single openings of links" {
		t.Errorf("%+v: %v", got, err)
	}
}

// Every list and every column that a person may meet has words.
func TestEveryColumnHasWords(t *testing.T) {
	t.Parallel()
	lists, columns := privacy.RowWords()
	for _, class := range privacy.Classes() {
		for _, table := range class.Tables {
			if words := lists[table.Name]; table.Columns != "" && (words[0] == "" || words[1] == "") {
				t.Errorf("the list %s has no words", table.Name)
			}
			for _, column := range strings.Fields(table.Columns) {
				if words := columns[column]; table.Listed() && (words[0] == "" || words[1] == "") {
					t.Errorf("%s.%s has no words", table.Name, column)
				}
			}
		}
	}
}
