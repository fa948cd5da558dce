package user_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/user"
)

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
