package user_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/user"
)

// The days that somebody worked, or will work, in another agency are that agency's figures.
func TestAMoveDoesNotRewriteAnotherAgencysDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	beside := w.Agency(w.Region, org.Body)
	operator, person := w.Staff(org.Operator), w.Person(beside.ID)
	w.move(person.User, "2026-11-20", w.Unit.ID, w.Dinas.ID) // came two days ago
	second := w.Agency(w.Dinas, org.Unit)
	days := `SELECT count(*) AS n FROM placement WHERE user_id = $1 AND unit_id = $2 AND until_day = '2026-11-20'`
	if _, err := w.Desk.Move(t.Context(), operator, person.User, second.ID, period.DayOf(2026, 10, 1)); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("an operator rewrites where somebody worked before they came: %v", err)
	}
	if n := w.count(days, int64(person.User), int64(beside.ID)); n != 1 {
		t.Error("the other agency has lost days")
	}
	if _, err := w.Desk.Move(t.Context(), operator, person.User, second.ID, period.DayOf(2026, 11, 21)); err != nil {
		t.Errorf("since they came: %v", err)
	}
	w.move(person.User, "2026-12-10", beside.ID, beside.ID) // and is going back
	if _, err := w.Desk.Move(t.Context(), operator, person.User, w.Unit.ID, period.DayOf(2026, 12, 15)); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("an operator rewrites where somebody is going: %v", err)
	}
}

// A complete list takes nobody's administrator away, nor whoever imports it.
func TestACompleteListKeepsAdministrators(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	w.Staff(org.Admin)
	w.Person(w.Unit.ID, org.Grant{Role: org.Leader, Agency: w.Region.ID})
	gone := w.Staff(org.Author)
	roster := w.checked(operator, list(salt, 3, w.Unit.Code), user.Intake{Complete: true})
	if found := w.faults(operator, roster); roster.Counts.Faults != 3 || strings.Count(found, "di luar wewenang") != 2 || strings.Count(found, "Anda sendiri") != 1 {
		t.Fatalf("%+v\n%s", roster.Counts, found)
	}
	if _, err := w.Desk.Apply(t.Context(), operator, roster.ID, true); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("%v", err)
	}
	if _, err := w.User.Actor(t.Context(), gone.User); err != nil {
		t.Error(err)
	}
}

// Who has left does not come back by a move that was planned before.
func TestWhoHasLeftStaysAwayWhateverWasPlanned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Person(w.Region.ID, org.Grant{Role: org.Operator, Agency: w.Dinas.ID}), salted(w)
	second, leaver := w.Agency(w.Dinas, org.Unit), w.Staff()
	if _, err := w.Desk.Move(t.Context(), operator, leaver.User, second.ID, period.DayOf(2026, 12, 1)); err != nil {
		t.Fatal(err)
	}
	w.applied(operator, list(salt, 3, w.Unit.Code), user.Intake{Complete: true})
	if n := w.count(`SELECT count(*) AS n FROM placement WHERE user_id = $1 AND (until_day IS NULL OR until_day > '2026-11-22')`, int64(leaver.User)); n != 0 {
		t.Errorf("works there again in December: %d", n)
	}
}

// What stands in the wrong column of a roster is not shown to everybody who may see a name, or a preview.
func TestNumbersAndBirthDatesAreNotShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	nip := nipNo(salt, 1)
	text := "NIP;Nama;Unit;Jabatan;Tanggal Lahir;Lahir 2;Lahir 3\n" + nip + ";Siti " + nip + ";" + w.Unit.Code + ";" + nip[:8] + " " + nip[8:14] + " " + nip[14:] + ";14-03-1987;14 Maret 1987;19870314\n"
	roster := w.checked(operator, text, user.Intake{})
	if found := w.faults(operator, roster); strings.Count(found, "angka panjang") != 2 || strings.Contains(found, nip) {
		t.Errorf("%s", found)
	}
	if shown := fmt.Sprint(roster.Preview); strings.Contains(shown, "1987") || strings.Contains(shown, nip[:8]) {
		t.Errorf("%s", shown)
	}
}

// A file of a few bytes, or many files, cannot fill memory or disk.
func TestHostileRostersAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	upload := func(file *os.File) (user.Roster, error) {
		return w.Desk.Upload(t.Context(), operator, w.Dinas.ID, "x", file)
	}
	if _, err := upload(w.file("NIP;Nama;Unit" + strings.Repeat(";", 100_000) + "\n1;2;3\n")); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("100,000 columns: %v", err)
	}
	wide, err := upload(w.file("NIP;Nama;Unit\n1;2;3" + strings.Repeat(";x", 100_000) + "\n"))
	if err != nil || len(wide.Preview[0]) > 3 {
		t.Errorf("a line of 100,000 cells: %v", err)
	}
	for i := 1; i < 10; i++ {
		if _, err := upload(w.file(list(salt, 1, w.Unit.Code))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := upload(w.file(list(salt, 1, w.Unit.Code))); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("an eleventh file that waits: %v", err)
	}
}

// A NUL, which a workbook can hold and PostgreSQL cannot, is a fault of its line.
func TestANULInAWorkbookIsAFaultOfItsLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	book := excelize.NewFile()
	for i, row := range [][]any{{"NIP", "Nama", "Unit", "Jabatan", "Surel"}, {nipNo(salt, 0), "Siti", w.Unit.Code + "_x0000_", "a_x0000_", "a_x0000_@uji.example"},
		{nipNo(salt, 1) + "_x0000_", "Budi_x0000_", w.Unit.Code, "", ""}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := t.TempDir() + "/x.xlsx"
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	// The library escapes what it writes; a hostile file does not.
	if err := unescape(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	made, err := w.Desk.Upload(t.Context(), operator, w.Dinas.ID, "x.xlsx", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.Desk.Map(t.Context(), operator, made.ID, user.Intake{Mapping: made.Mapping}); err == nil {
		err = w.Desk.Check(t.Context(), made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	if found := w.faults(operator, w.roster(operator, made.ID)); !strings.Contains(found, "2 unit") || !strings.Contains(found, "3 name") {
		t.Errorf("%s", found)
	}

}

// unescape rewrites a workbook so that _x005F_x0000_ is _x0000_.
func unescape(path string) error {
	from, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer from.Close()
	var made bytes.Buffer
	to := zip.NewWriter(&made)
	for _, part := range from.File {
		text, err := fs.ReadFile(from, part.Name)
		if err != nil {
			return err
		}
		w, err := to.Create(part.Name)
		if err != nil {
			return err
		}
		if _, err := w.Write(bytes.ReplaceAll(text, []byte("_x005F_"), []byte("_"))); err != nil {
			return err
		}
	}
	return errors.Join(to.Close(), os.WriteFile(path, made.Bytes(), 0o600))
}

// A workbook of half a megabyte that unpacks into one text of many megabytes, which every cell repeats, or
// into rows of 16,384 columns, is refused before it fills the memory.
func TestWorkbooksThatGrowAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator := w.Staff(org.Operator)
	plain := func(cells string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + cells + `</sheetData></worksheet>`
	}
	rows := strings.Repeat(`<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>`, 20)
	for name, c := range map[string]struct{ sheet, texts string }{
		"one long text":         {plain(rows), `<sst><si><t>` + strings.Repeat("a", 1<<20) + `</t></si></sst>`},
		"a long text in a cell": {plain(`<row><c t="inlineStr"><is><t>` + strings.Repeat("a", 9<<20) + `</t></is></c></row>`), `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`},
		"the last column":       {plain(strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 20)), `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`},
		"a table of many texts": {plain(rows), `<sst>` + strings.Repeat(`<si><t>a</t></si>`, 2_200_000) + `</sst>`},
	} {
		parts := map[string]string{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
			"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
			"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   c.sheet, "xl/sharedStrings.xml": c.texts}
		var made bytes.Buffer
		to := zip.NewWriter(&made)
		for part, text := range parts {
			into, err := to.Create(part)
			if err == nil {
				_, err = into.Write([]byte(text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
		_, err := w.Desk.Upload(t.Context(), operator, w.Dinas.ID, "x", w.file(made.String()))
		if errs.CodeOf(err) != errs.Invalid || !strings.Contains(err.Error(), "terlalu panjang") && !strings.Contains(err.Error(), "kolom") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
