package user_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

// nipNo makes a different valid NIP for each number. The salt keeps tests on one database apart.
func nipNo(salt, n int) string {
	day := period.DayOf(1970, 1, 1).Add(salt*97%3000 + n/99)
	year, month, date := day.Date()
	return fmt.Sprintf("%04d%02d%02d%04d%02d%d%03d", year, month, date, 2005+salt%15, 1+salt%12, 1+n%2, 901+n%99)
}

// salted gives each test numbers of its own.
func salted(w *world) int { return int(w.Region.ID)*31 + 7 }

func (w *world) file(text string) *os.File {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "roster")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = file.Close() })
	return file
}

// checked uploads a file into the kit's agency and runs its check.
func (w *world) checked(actor org.Actor, text string, intake user.Intake) user.Roster {
	w.t.Helper()
	made, err := w.Desk.Upload(w.t.Context(), actor, w.Dinas.ID, "pegawai.csv", w.file(text))
	if err != nil {
		w.t.Fatal(err)
	}
	if intake.Mapping == (user.Mapping{}) {
		intake.Mapping = made.Mapping
	}
	if _, err := w.Desk.Map(w.t.Context(), actor, made.ID, intake); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Desk.Check(w.t.Context(), made.ID); err != nil {
		w.t.Fatal(err)
	}
	return w.roster(actor, made.ID)
}

func (w *world) roster(actor org.Actor, roster int64) user.Roster {
	w.t.Helper()
	found, err := w.Desk.Roster(w.t.Context(), actor, roster)
	if err != nil {
		w.t.Fatal(err)
	}
	return found
}

func (w *world) faults(actor org.Actor, roster user.Roster) string {
	w.t.Helper()
	list, err := w.Desk.Faults(w.t.Context(), actor, roster.ID, page.Ask{Limit: 200})
	if err != nil {
		w.t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range list.Items {
		fmt.Fprintf(&text, "%d %s %s\n", f.Line, f.Field, f.Reason)
	}
	return text.String()
}

// applied checks and applies a file that must have no fault.
func (w *world) applied(actor org.Actor, text string, intake user.Intake) user.RosterCounts {
	w.t.Helper()
	roster := w.checked(actor, text, intake)
	if roster.Counts.Faults > 0 || roster.State != "checked" {
		w.t.Fatalf("%+v\n%s", roster, w.faults(actor, roster))
	}
	if _, err := w.Desk.Apply(w.t.Context(), actor, roster.ID, true); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Desk.ApplyRun(w.t.Context(), roster.ID); err != nil {
		w.t.Fatal(err)
	}
	if roster = w.roster(actor, roster.ID); roster.State != "applied" {
		w.t.Fatalf("%+v", roster)
	}
	return roster.Counts
}

func (w *world) count(query string, args ...any) (n int) {
	w.t.Helper()
	found, err := db.Get[struct{ N int }](w.t.Context(), w.DB, query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return found.N
}

// list writes a roster of people 0 to n-1 in a unit.
func list(salt, n int, unit string) string {
	var text strings.Builder
	text.WriteString("No;NIP;Nama Lengkap;Unit Kerja;Jabatan;Golongan;Surel\n")
	for i := range n {
		fmt.Fprintf(&text, "%d;'%s;Orang Ke %d, S.E.;%s;Arsiparis Terampil;II/c;o%d.%d@uji.example\n", i+1, nipNo(salt, i), i, unit, salt, i)
	}
	return text.String()
}

func TestImportTwiceIsNoChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	text := list(salt, 12, w.Unit.Code)
	if c := w.applied(operator, text, user.Intake{}); c.Joins != 12 || c.Rows != 12 || c.Moves+c.Stays+c.Changed != 0 {
		t.Fatalf("first: %+v", c)
	}
	before := w.count(`SELECT count(*) AS n FROM placement`)
	if c := w.applied(operator, text, user.Intake{}); c.Stays != 12 || c.Joins+c.Moves+c.Changed+c.Leaves != 0 {
		t.Fatalf("again: %+v", c)
	}
	if after := w.count(`SELECT count(*) AS n FROM placement WHERE unit_id = $1`, int64(w.Unit.ID)); after != 13 || before < 13 {
		t.Errorf("%d placements", after)
	}
	for _, typed := range []string{nipNo(salt, 3), " " + nipNo(salt, 3)[:8] + " " + nipNo(salt, 3)[8:], fmt.Sprintf("O%d.3@UJI.example", salt)} {
		found, err := w.User.ByIdentifier(t.Context(), typed)
		if err != nil {
			t.Fatalf("%v", err)
		}
		actor, err := w.User.Actor(t.Context(), found)
		me, meErr := w.User.Me(t.Context(), actor)
		if err != nil || meErr != nil || me.Name != "Orang Ke 3, S.E." || me.NIPMask != "•••••••••••••••"+nipNo(salt, 3)[15:] || me.Position != "Arsiparis Terampil" || me.Employment != "PNS" {
			t.Errorf("%+v %v %v", me, err, meErr)
		}
	}
	if n := w.count(`SELECT count(*) AS n FROM roster_row`) + w.count(`SELECT count(*) AS n FROM roster_part`); n != 0 && w.count(`SELECT count(*) AS n FROM roster_row AS r JOIN roster AS o ON o.id = r.roster_id WHERE o.state = 'applied'`) != 0 {
		t.Error("rows stay behind")
	}
	sealed, err := db.All[struct {
		UserID id.User
		Sealed []byte
	}](t.Context(), w.DB, `SELECT n.user_id, sealed FROM user_nip AS n JOIN placement AS p ON p.user_id = n.user_id WHERE p.unit_id = $1`, int64(w.Unit.ID))
	if err != nil || len(sealed) != 12 {
		t.Fatal(len(sealed), err)
	}
	w.exec(`UPDATE user_nip SET sealed = $2 WHERE user_id = $1`, int64(sealed[0].UserID), sealed[1].Sealed)
	actor, err := w.User.Actor(t.Context(), sealed[0].UserID)
	if _, meErr := w.User.Me(t.Context(), actor); err != nil || meErr == nil {
		t.Error("a NIP of another row was opened")
	}
}

func TestEveryBrokenLineIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	beside := w.Agency(w.Region, org.Body)
	taken := w.Staff()
	me, err := w.User.Me(t.Context(), taken)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.User.CreateAll(t.Context(), []user.Draft{{Name: "Di Sana", NIP: nipNo(salt, 50), Unit: beside.ID, From: period.DayOf(2020, 1, 1)}}); err != nil {
		t.Fatal(err)
	}
	u, good := w.Unit.Code, nipNo(salt, 1)
	lines := []string{
		"Daftar Pegawai Dinas Uji;;;;",
		"NIP;Nama;Kode Unit;Surel;Berlaku Mulai",
		good + ";Benar;" + u + ";;",
		good[:17] + ";Pendek;" + u + ";;",
		"1,98703E+17;Rusak;" + u + ";;",
		"198713142011012901;Bulan;" + u + ";;",
		"198703142011132901;Kode;" + u + ";;",
		"198703142011013901;Jenis;" + u + ";;",
		"198703142011012000;Nol;" + u + ";;",
		nipNo(salt, 2) + ";Kembar;" + u + ";;",
		nipNo(salt, 2) + ";Kembar Juga;" + u + ";;",
		nipNo(salt, 3) + ";Unit;TIDAK-ADA;;",
		nipNo(salt, 4) + ";Luar;" + beside.Code + ";;",
		nipNo(salt, 50) + ";Di Sana;" + u + ";;",
		nipNo(salt, 5) + ";  ;" + u + ";;",
		nipNo(salt, 6) + ";" + strings.Repeat("a", 201) + ";" + u + ";;",
		nipNo(salt, 7) + ";Surel;" + u + ";bukan-surel;",
		nipNo(salt, 8) + ";Dipakai;" + u + ";" + me.Email + ";",
		nipNo(salt, 9) + ";Sama;" + u + ";sama@uji.example;",
		nipNo(salt, 10) + ";Sama Juga;" + u + ";SAMA@uji.example;",
		nipNo(salt, 11) + ";Tanggal;" + u + ";;kemarin",
		nipNo(salt, 12) + ";Lama;" + u + ";;2001-01-01",
		nipNo(salt, 13) + ";Kurang;" + u,
		nipNo(salt, 14) + ";Ken\x01dali;" + u + ";;",
		nipNo(salt, 15) + ";Kutip \"di tengah;" + u + ";;",
		nipNo(salt, 16) + ";\"Tidak ditutup;" + u + ";;",
	}
	roster := w.checked(operator, strings.Join(lines, "\n"), user.Intake{})
	got := w.faults(operator, roster)
	for _, want := range []string{
		"4 nip NIP harus 18 angka, di sini 17", "5 nip NIP rusak oleh Excel", "6 nip Delapan angka pertama", "7 nip Angka ke-13", "8 nip Angka ke-15",
		"9 nip NIP berakhir 000", "10 nip NIP ini ada dua kali di berkas: juga di baris 11", "11 nip NIP ini ada dua kali di berkas: juga di baris 10",
		"12 unit Kode atau nama unit tidak dikenal", "13 unit Unit ini di luar instansi impor", "14 nip Pemilik NIP ini tercatat bekerja di instansi di luar wewenang",
		"15 name Nama belum diisi", "16 name Nama terlalu panjang", "17 email Alamat surel tidak sah", "18 email Surel ini sudah dipakai orang lain",
		"19 email Surel ini ada dua kali di berkas: juga di baris 20", "20 email Surel ini ada dua kali di berkas: juga di baris 19",
		"21 from Tanggal tidak dikenal", "22 from Tanggal berlaku paling lama", "23 row Baris ini memuat 3 kolom", "24 name Nama memuat huruf",
		"25 row Tanda kutip", "26 row Tanda kutip",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing: %s", want)
		}
	}
	if n := strings.Count(got, "\n"); n != 23 || strings.HasPrefix(got, "3 ") {
		t.Errorf("%d faults:\n%s", n, got)
	}
	var table bytes.Buffer
	if err := w.Desk.WriteFaults(t.Context(), operator, roster.ID, &table); err != nil || strings.Count(table.String(), "\n") != 24 {
		t.Errorf("%v\n%s", err, table.String())
	}
	for name, text := range map[string]string{"list": got, "CSV": table.String()} {
		if strings.Contains(text, beside.Code) || strings.Contains(text, beside.Name) || strings.Contains(text, "19870314") || strings.Contains(text, me.Email) {
			t.Errorf("%s tells too much:\n%s", name, text)
		}
	}
	if _, err := w.Desk.Apply(t.Context(), operator, roster.ID, true); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a faulty file: %v", err)
	}
	if n := w.count(`SELECT count(*) AS n FROM app_user WHERE name = 'Benar'`); n != 0 {
		t.Error("half imported")
	}
}

func utf16le(text string) string {
	made := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		made = append(made, byte(unit), byte(unit>>8))
	}
	return string(made)
}

func TestFilesOfManyKinds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	names := readExamples(t).Names
	body := func(sep string) string {
		text := strings.Join([]string{"NI PPPK", "Nama", "Unit"}, sep) + "\r\n"
		for i, name := range names {
			text += strings.Join([]string{nipNo(salt, i), `"` + name + `"`, w.Unit.Name}, sep) + "\r\n"
		}
		return text
	}
	for name, text := range map[string]string{
		"comma": body(","), "semicolon": body(";"), "tab": body("\t"), "sep line": "sep=;\r\n" + body(";"),
		"UTF-8 with a mark": "\ufeff" + body(";"), "UTF-16": utf16le(body(";")),
		"XLSX": w.workbook(salt, names, false),
	} {
		roster := w.checked(operator, text, user.Intake{})
		if roster.Counts.Joins != len(names) || roster.Counts.Faults != 0 {
			t.Errorf("%s: %+v %s", name, roster, w.faults(operator, roster))
		}
		if shown := fmt.Sprint(roster.Preview); strings.Contains(shown, nipNo(salt, 0)[:8]) || !strings.Contains(shown, "•••") {
			t.Errorf("%s: preview %s", name, shown)
		}
	}
	old := w.checked(operator, "NIP;Nama;Unit\n"+nipNo(salt, 0)+";Andr\xe9;"+w.Unit.Code+"\n", user.Intake{})
	w.apply(operator, old.ID)
	w.applied(operator, body(";"), user.Intake{})
	for _, want := range names {
		if w.count(`SELECT count(*) AS n FROM app_user AS u JOIN placement AS p ON p.user_id = u.id WHERE p.unit_id = $1 AND u.name = $2`, int64(w.Unit.ID), want) != 1 {
			t.Errorf("%s did not survive", want)
		}
	}
	lost := w.checked(operator, w.workbook(salt, names, true), user.Intake{})
	if got := w.faults(operator, lost); strings.Count(got, "rusak oleh Excel") != len(names) {
		t.Errorf("numbers in a workbook: %s", got)
	}
	for name, text := range map[string]string{"empty": "", "old Excel": "\xd0\xcf\x11\xe0xxxx", "a torn ZIP": "PK\x03\x04 nothing", "a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00", "only headings": "NIP;Nama;Unit\n"} {
		if _, err := w.Desk.Upload(t.Context(), operator, w.Dinas.ID, "x", w.file(text)); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func (w *world) apply(actor org.Actor, roster int64) {
	w.t.Helper()
	if _, err := w.Desk.Apply(w.t.Context(), actor, roster, true); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Desk.ApplyRun(w.t.Context(), roster); err != nil {
		w.t.Fatal(err)
	}
}

// workbook makes a real one; with numbers the NIP column is what Excel makes of unformatted input.
func (w *world) workbook(salt int, names []string, numbers bool) string {
	w.t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	rows := [][]any{{"DAFTAR PEGAWAI"}, {}, {"NIP", "Nama", "Unit Kerja", "Berlaku Mulai"}}
	for i, name := range names {
		var nip any = nipNo(salt, i)
		if numbers {
			nip = 1.98703142011012901e17
		}
		rows = append(rows, []any{nip, name, w.Unit.Code, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
	}
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			w.t.Fatal(err)
		}
	}
	var made bytes.Buffer
	if err := book.Write(&made); err != nil {
		w.t.Fatal(err)
	}
	return made.String()
}

// Joins, moves and leaves hold from their day; every day before stays as it was.
func TestMovesAndLeavesAreDated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, colleague, salt := w.Person(w.Region.ID, org.Grant{Role: org.Operator, Agency: w.Dinas.ID}), w.Staff(), salted(w)
	there := w.Agency(w.Dinas, org.Unit)
	w.applied(operator, list(salt, 10, w.Unit.Code), user.Intake{From: period.DayOf(2026, 11, 1)})
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{11} {11} {11}][{0} {0} {0}]" {
		t.Fatalf("before: %s", got)
	}
	// Five move on the 10th; the other five are not in the complete list and leave. Of eleven with the colleague.
	moved := list(salt, 5, there.Code)
	intake := user.Intake{From: period.DayOf(2026, 11, 10), Complete: true}
	roster := w.checked(operator, moved, intake)
	if c := roster.Counts; c.Moves != 5 || c.Leaves != 6 || c.Present != 11 || !c.TooMany {
		t.Fatalf("%+v", c)
	}
	if _, err := w.Desk.Apply(t.Context(), operator, roster.ID, false); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("more than 20 percent leave without a word: %v", err)
	}
	w.apply(operator, roster.ID)
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{11} {0} {0}][{0} {5} {5}]" {
		t.Errorf("after: %s", got)
	}
	admin := w.Person(w.Region.ID, org.Grant{Role: org.Admin, Agency: w.Region.ID})
	w.Staff()
	if c := w.applied(admin, moved, intake); c.Stays != 5 || c.Moves+c.Joins+c.Changed != 0 || c.Leaves != 1 { // somebody came meanwhile
		t.Errorf("again: %+v", c)
	}
	// Back on the 11th, and planned ahead: until the day comes everything stays.
	if c := w.applied(admin, list(salt, 5, w.Unit.Code), user.Intake{From: period.DayOf(2026, 11, 11)}); c.Moves != 5 {
		t.Errorf("back: %+v", c)
	}
	if got := w.eligible(w.Unit.ID) + w.eligible(there.ID); got != "[{12} {0} {5}][{0} {5} {0}]" {
		t.Errorf("back: %s", got)
	}
	ahead := user.Intake{From: period.DayOf(2026, 12, 20)}
	for _, want := range []string{"5 0", "0 5"} {
		if c := w.applied(admin, moved, ahead); fmt.Sprint(c.Moves, c.Stays) != want {
			t.Errorf("ahead: %+v, want %s", c, want)
		}
	}
	who, err := w.User.ByIdentifier(t.Context(), nipNo(salt, 0))
	if err != nil {
		t.Fatal(err)
	}
	if actor, err := w.User.Actor(t.Context(), who); err != nil || actor.Unit != w.Unit.ID {
		t.Errorf("who moves in December works there already: %+v %v", actor, err)
	}
	if _, err := w.User.Actor(t.Context(), colleague.User); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("who has left still acts: %v", err)
	}
}

// An application that is cut off at any moment has done nothing; run again it does everything, once,
// also when two run at the same time.
func TestKilledApplicationIsRunAgain(t *testing.T) {
	t.Parallel()
	url := testdb.FreshURL(t)
	w := &world{testkit.On(t, testdb.Open(t, url, func() time.Time { return testdb.Now })), t}
	operator, salt := w.Staff(org.Operator), salted(w)
	roster := w.checked(operator, list(salt, 400, w.Unit.Code), user.Intake{})
	if _, err := w.Desk.Apply(t.Context(), operator, roster.ID, true); err != nil {
		t.Fatal(err)
	}
	people := w.count(`SELECT count(*) AS n FROM app_user`)
	// The backend dies while it writes: a trigger ends its own connection at each step in turn.
	w.exec(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`)
	for _, table := range []string{"app_user", "user_identifier", "user_nip", "placement", "audit_log"} {
		w.exec(`CREATE TRIGGER die AFTER INSERT ON ` + table + ` FOR EACH STATEMENT EXECUTE FUNCTION die()`)
		if err := w.Desk.ApplyRun(t.Context(), roster.ID); err == nil {
			t.Fatalf("%s: nothing died", table)
		}
		w.exec(`DROP TRIGGER die ON ` + table)
		if now := w.roster(operator, roster.ID); now.State != "applying" || w.count(`SELECT count(*) AS n FROM app_user`) != people {
			t.Fatalf("after %s: %+v", table, now)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Desk.ApplyRun(cancelled, roster.ID); err == nil {
		t.Error("a cancelled run succeeded")
	}
	if seen := w.roster(operator, roster.ID).Progress; seen < 50 {
		t.Errorf("progress is not seen from outside: %d", seen)
	}
	failed := make(chan error, 2)
	for range 2 {
		go func() { failed <- w.Desk.ApplyRun(t.Context(), roster.ID) }()
	}
	for range 2 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if now := w.roster(operator, roster.ID); now.State != "applied" || w.count(`SELECT count(*) AS n FROM app_user`) != people+400 ||
		w.count(`SELECT count(*) AS n FROM audit_log WHERE action = 'roster.apply'`) != 1 ||
		w.count(`SELECT count(*) AS n FROM river.river_job WHERE kind = 'user_placed'`) != 1 {
		t.Errorf("%+v", now)
	}
}

func TestAnotherAgencyIsOutOfReach(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	beside := w.Agency(w.Region, org.Body)
	stranger := w.Person(beside.ID, org.Grant{Role: org.Operator, Agency: beside.ID})
	roster := w.checked(operator, list(salt, 2, w.Unit.Code), user.Intake{})
	_, upload := w.Desk.Upload(t.Context(), stranger, w.Dinas.ID, "x", w.file(list(salt, 2, w.Unit.Code)))
	_, read := w.Desk.Roster(t.Context(), stranger, roster.ID)
	_, mapped := w.Desk.Map(t.Context(), stranger, roster.ID, user.Intake{Mapping: roster.Mapping})
	_, faults := w.Desk.Faults(t.Context(), stranger, roster.ID, page.Ask{})
	_, apply := w.Desk.Apply(t.Context(), stranger, roster.ID, true)
	_, move := w.Desk.Move(t.Context(), stranger, operator.User, beside.ID, 0)
	_, out := w.Desk.Move(t.Context(), operator, operator.User, beside.ID, 0)
	_, off := w.Desk.Deactivate(t.Context(), stranger, operator.User)
	for name, err := range map[string]error{"upload": upload, "read": read, "map": mapped, "faults": faults, "apply": apply, "move": move, "move out": out,
		"switch off": off, "discard": w.Desk.Discard(t.Context(), stranger, roster.ID), "faults CSV": w.Desk.WriteFaults(t.Context(), stranger, roster.ID, &bytes.Buffer{})} {
		if errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	people, err := w.Desk.People(t.Context(), stranger, user.PersonFilter{})
	text, jsonErr := json.Marshal(people)
	if err != nil || jsonErr != nil || len(people.Items) != 1 {
		t.Errorf("%s %v", text, err)
	}
	lists, err := w.Desk.Rosters(t.Context(), stranger, 0, page.Ask{})
	if err != nil || len(lists.Items) != 0 {
		t.Errorf("%+v %v", lists, err)
	}
}
