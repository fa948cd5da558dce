package privacy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"

	"gaung/internal/db"
	"gaung/internal/id"
)

// list is the rows of one table about one person.
type list struct {
	Name    string            `json:"name"`
	Columns []string          `json:"-"`
	Rows    []json.RawMessage `json:"rows"`
}

// part is a class with its lists, as it stands in data.json.
type part struct {
	Key   string `json:"key"`
	What  string `json:"what"`
	Why   string `json:"why"`
	Basis string `json:"basis"`
	Until string `json:"until"`
	Lists []list `json:"lists"`
}

// gather reads every row about a person, class by class.
func (s *Service) gather(ctx context.Context, tx *db.Tx, person id.User, lang string) (parts []part, rows int, err error) {
	for _, class := range Classes() {
		w := class.words(lang)
		p := part{class.Key, w.What, w.Why, w.Basis, w.Until, []list{}}
		for _, t := range class.Tables {
			if t.Columns == "" {
				continue
			}
			found, err := rowsOf(ctx, tx, t, lang, person, "")
			if err != nil {
				return nil, 0, fmt.Errorf("%s: %w", t.Name, err)
			}
			if t.Name == "claim" && s.addresses != nil {
				if found, err = s.withAddresses(ctx, tx, found, person); err != nil {
					return nil, 0, err
				}
			}
			rows += len(found.Rows)
			p.Lists = append(p.Lists, found)
		}
		parts = append(parts, p)
	}
	return parts, rows, nil
}

// rowsOf reads a list; `part` orders and bounds it, for a screen.
func rowsOf(ctx context.Context, tx *db.Tx, t Table, lang string, person id.User, part string) (list, error) {
	table, columns := t.Name, strings.Fields(t.Columns)
	as := make([]string, len(columns))
	for i, column := range columns {
		as[i] = shown(table, column, lang) + ` AS "` + column + `"`
	}
	found, err := db.All[struct{ Row string }](ctx, tx, fmt.Sprintf(`SELECT row_to_json(x)::text AS row FROM (SELECT %s FROM %s WHERE %s = $1) AS x %s`,
		strings.Join(as, ", "), table, t.column(), part), person)
	l := list{t.file(), columns, make([]json.RawMessage, len(found))}
	for i, one := range found {
		l.Rows[i] = json.RawMessage(one.Row)
	}
	return l, err
}

// withAddresses adds to a person's claims the addresses that they gave.
func (s *Service) withAddresses(ctx context.Context, tx *db.Tx, claims list, person id.User) (list, error) {
	addresses, err := s.addresses(ctx, tx, person)
	if err != nil {
		return claims, err
	}
	claims.Columns = append(claims.Columns, "address")
	for i, raw := range claims.Rows {
		row := map[string]json.RawMessage{}
		var number int64
		if err := json.Unmarshal(raw, &row); err != nil {
			return claims, err
		}
		if err := json.Unmarshal(row["id"], &number); err != nil {
			return claims, err
		}
		if row["address"], err = json.Marshal(addresses[number]); err != nil {
			return claims, err
		}
		if claims.Rows[i], err = json.Marshal(row); err != nil {
			return claims, err
		}
	}
	return claims, nil
}

// pack writes the copy: data.json with everything, and a CSV of each list that holds something.
func pack(head map[string]any, parts []part) ([]byte, error) {
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	head["classes"] = parts
	whole, err := json.MarshalIndent(head, "", " ")
	if err != nil {
		return nil, err
	}
	if err := put(archive, "data.json", whole); err != nil {
		return nil, err
	}
	for _, p := range parts {
		for _, l := range p.Lists {
			if len(l.Rows) == 0 {
				continue
			}
			table, err := l.csv()
			if err != nil {
				return nil, err
			}
			if err := put(archive, p.Key+"/"+l.Name+".csv", table); err != nil {
				return nil, err
			}
		}
	}
	err = archive.Close() // writes the rest
	return file.Bytes(), err
}

func put(archive *zip.Writer, name string, content []byte) error {
	entry, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = entry.Write(content)
	return err
}

// csv writes a list as a table that a spreadsheet opens without running anything in it.
func (l list) csv() ([]byte, error) {
	var file bytes.Buffer
	file.WriteString("\ufeff") // Excel reads UTF-8 only with it
	w := csv.NewWriter(&file)
	if err := w.Write(l.Columns); err != nil {
		return nil, err
	}
	for _, row := range l.Rows {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(row, &fields); err != nil {
			return nil, err
		}
		cells := make([]string, len(l.Columns))
		for i, column := range l.Columns {
			cells[i] = cell(fields[column])
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return file.Bytes(), w.Error()
}

// cell writes a value plainly. A text that a spreadsheet would take for a formula gets an apostrophe; a number is
// one and stays.
func cell(raw json.RawMessage) string {
	var text string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) != nil:
		return string(raw) // a number, true, a list
	case text != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(text[0])):
		return "'" + text
	}
	return text
}
