package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// DataRow is one row that is kept about the actor, in words.
type DataRow struct {
	ID     int64       `json:"id" doc:"Of this list of rows: it tells two of a page apart"`
	List   string      `json:"list" doc:"Which list of the class it is of"`
	Fields []DataField `json:"fields" nullable:"false" doc:"Without those that are empty"`

	table, n int // where it is: for the cursor
}

// DataField is one value of a row.
type DataField struct {
	Name  string `json:"name"`
	Value string `json:"value" doc:"A moment or day in ISO 8601; a long text is cut"`
}

// DataRows is a page of them.
type DataRows struct {
	page.Page[DataRow]
	InCopy []string `json:"in_copy" nullable:"false" doc:"Lists of the class that no key begins with the person: only the copy reads them"`
}

const (
	mostListed = 1000 // rows of one list that a screen goes back; the copy holds all of them
	longValue  = 300  // characters
)

// Rows reads what is kept about the actor of one class: the same columns as their copy, newest first.
func (s *Service) Rows(ctx context.Context, actor org.Actor, key, lang string, ask page.Ask) (DataRows, error) {
	at := slices.IndexFunc(Classes(), func(c Class) bool { return c.Key == key })
	if at < 0 {
		return DataRows{}, errs.New(errs.NotFound, "Jenis data tidak ditemukan.")
	}
	tables := Classes()[at].Tables
	first, skip, err := rowCursor(ask)
	if err != nil {
		return DataRows{}, err
	}
	list, found := DataRows{InCopy: inCopy(tables, lang)}, []DataRow{}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		for i := first; i < len(tables) && len(found) <= ask.Size(); i++ {
			if !tables[i].listed() {
				continue
			}
			some, err := s.someRows(ctx, tx, tables[i], lang, actor.User, skip, min(ask.Size()+1-len(found), mostListed-skip))
			if err != nil {
				return err
			}
			for n := range some {
				some[n].table, some[n].n = i, skip+n+1
				some[n].ID = int64(i)*(mostListed+1) + int64(some[n].n)
			}
			found, skip = append(found, some...), 0
		}
		return nil
	})
	list.Page = page.Of(ask, found, func(r DataRow) []string { return []string{strconv.Itoa(r.table), strconv.Itoa(r.n)} })
	return list, err
}

// listed tells whether a screen reads a table row by row.
func (t Table) listed() bool { return t.counted() && t.Columns != "" }

// inCopy names the lists that only the copy holds.
func inCopy(tables []Table, lang string) []string {
	names := []string{}
	for _, t := range tables {
		if name := in(listWords[t.Name], lang); !t.listed() && t.Columns != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// rowCursor is the list and how many of its rows were shown.
func rowCursor(ask page.Ask) (table, skip int, err error) {
	key, more, err := ask.Key(2)
	if err != nil || !more {
		return 0, 0, err
	}
	table, bad := strconv.Atoi(key[0])
	skip, worse := strconv.Atoi(key[1])
	if bad != nil || worse != nil || table < 0 || skip < 0 || skip > mostListed {
		return 0, 0, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
	}
	return table, skip, nil
}

// someRows reads a part of a list and says it in words.
func (s *Service) someRows(ctx context.Context, tx *db.Tx, t Table, lang string, person id.User, skip, limit int) ([]DataRow, error) {
	found, err := rowsOf(ctx, tx, t, lang, person, fmt.Sprintf("ORDER BY %s x::text OFFSET %d LIMIT %d", newestFirst(t), skip, limit))
	if err == nil && t.Name == "claim" && s.addresses != nil {
		found, err = s.withAddresses(ctx, tx, found, person)
	}
	rows := make([]DataRow, len(found.Rows))
	for i, raw := range found.Rows {
		var fields map[string]json.RawMessage
		if err == nil {
			err = json.Unmarshal(raw, &fields)
		}
		rows[i] = DataRow{List: in(listWords[t.Name], lang), Fields: []DataField{}}
		for _, column := range found.Columns {
			if value := said(fields[column], lang); value != "" {
				rows[i].Fields = append(rows[i].Fields, DataField{in(columnWords[column], lang), value})
			}
		}
	}
	return rows, err
}

// newestFirst orders a list by the first moment or day that it has.
func newestFirst(t Table) string {
	for _, column := range strings.Fields(t.Columns) {
		if column == "day" || column == "month" || column == "at" || strings.HasSuffix(column, "_at") || strings.HasSuffix(column, "_day") {
			return `x."` + column + `" DESC NULLS LAST,`
		}
	}
	return ""
}

// said is a value for a person; empty: there is none.
func said(raw json.RawMessage, lang string) string {
	switch string(raw) {
	case "", "null":
		return ""
	case "true":
		return in([2]string{"ya", "yes"}, lang)
	case "false":
		return in([2]string{"tidak", "no"}, lang)
	}
	text := string(raw) // a number, a list
	var plain string
	if json.Unmarshal(raw, &plain) == nil {
		text = plain
	}
	if words, known := valueWords[text]; known {
		return in(words, lang)
	}
	if long := []rune(text); len(long) > longValue {
		return string(long[:longValue]) + "…"
	}
	return text
}
