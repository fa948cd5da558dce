package user

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"gaung/internal/errs"
)

// smallBook is a small real file to bend.
func smallBook(f *testing.F) []byte {
	f.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range [][]any{{"NIP", "Nama", "Unit"}, {"198703142011012901", "Ayu", "99-X-01"}, {1.98703e17, "=1+1", true}} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			f.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			f.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		f.Fatal(err)
	}
	return out.Bytes()
}

// Whatever is uploaded as a staff list is read or refused in our own words; nothing breaks, and no line
// comes out of order.
func FuzzSheet(f *testing.F) {
	for _, text := range []string{"NIP;Nama\r\n1;\"a;b\"\r\n", "sep=;\nNIP;Nama\n1;2", "sep=\"\na", "\ufeffNIP,Nama\n1,2\n", "\xff\xfeN\x00I\x00P\x00", "a\tb\n\"c", "\xd0\xcf\x11\xe0", "NIP\n1,98703E+17", "\xe9,b\n"} {
		f.Add([]byte(text))
	}
	f.Add(smallBook(f))
	f.Fuzz(func(t *testing.T, upload []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "upload")
		if err := os.WriteFile(path, upload, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		opened, _, err := openSheet(file, dir)
		if err != nil {
			inOurWords(t, err)
			return
		}
		defer func() { _ = opened.close() }() // only reading is tried
		readAll(t, opened)
	})
}

func readAll(t *testing.T, opened sheet) {
	t.Helper()
	for last, rows := 0, 0; rows < 2000; rows++ {
		row, err := opened.next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			inOurWords(t, err)
			return
		}
		if row.line <= last || row.fault == "" && len(row.cells) == 0 {
			t.Fatalf("line %d after %d: %q", row.line, last, row.cells)
		}
		last = row.line
		mapping, _ := guess(row.cells)
		_ = mapping.check(len(row.cells)) // a guess may miss columns
		for i := range row.cells {
			rosterDay(cell(row.dates, i))
			hidden(cell(row.cells, i))
		}
	}
}

func inOurWords(t *testing.T, err error) {
	t.Helper()
	var ours *errs.Error
	if !errors.As(err, &ours) || ours.Message == "" {
		t.Fatalf("not in our words: %v", err)
	}
}
