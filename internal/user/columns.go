package user

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"gaung/internal/errs"
	"gaung/internal/period"
)

// Mapping says in which column of a roster each thing stands, counted from 1; 0: nowhere.
type Mapping struct {
	NIP      int `json:"nip" minimum:"0" maximum:"1000"`
	Name     int `json:"name" minimum:"0" maximum:"1000"`
	Unit     int `json:"unit" minimum:"0" maximum:"1000" doc:"Code, or a name that only one unit has"`
	Email    int `json:"email,omitempty" minimum:"0" maximum:"1000"`
	Position int `json:"position,omitempty" minimum:"0" maximum:"1000" doc:"Jabatan"`
	Grade    int `json:"grade,omitempty" minimum:"0" maximum:"1000" doc:"Golongan"`
	From     int `json:"from,omitempty" minimum:"0" maximum:"1000" doc:"Since when the unit holds; empty cells mean the day of the whole roster"`
}

// columns are the fields of a mapping by the names that faults give them.
func (m *Mapping) columns() map[string]*int {
	return map[string]*int{"nip": &m.NIP, "name": &m.Name, "unit": &m.Unit, "email": &m.Email, "position": &m.Position, "grade": &m.Grade, "from": &m.From}
}

// titles are the headings that rosters use, in small letters and digits only. The first that is found
// wins: a code is better than a name.
var titles = map[string][]string{
	"nip":      {"nip", "nipbaru", "nipnipppk", "nipppk", "nipataupppk", "nipataunipppk", "nomorindukpegawai", "nippegawai"},
	"name":     {"namalengkap", "nama", "namapegawai", "namadangelar", "namaasn", "namalengkapdangelar"},
	"unit":     {"kodeunit", "kodeunitkerja", "kodeunor", "unitkerja", "unit", "unor", "namaunit", "namaunitkerja", "unitorganisasi", "bidang"},
	"email":    {"email", "surel", "alamatsurel", "alamatemail", "emaildinas"},
	"position": {"jabatan", "namajabatan", "jabatanterakhir"},
	"grade":    {"golongan", "gol", "golruang", "golonganruang", "pangkatgolongan", "pangkatgol"},
	"from":     {"berlakumulai", "mulaiberlaku", "tmtunit", "tmtunitkerja", "tanggalmulai"},
}

func plainTitle(cell string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(cell))
}

// guess reads a line as the headings; found is how many of them are known.
func guess(cells []string) (m Mapping, found int) {
	for field, column := range m.columns() {
		for _, title := range titles[field] {
			for i, cell := range cells {
				if *column == 0 && plainTitle(cell) == strings.ToLower(title) {
					*column = i + 1
					found++
				}
			}
		}
	}
	return m, found
}

func (m Mapping) check(width int) error {
	var faults []errs.Field
	used := map[int]bool{}
	for _, field := range []string{"nip", "name", "unit", "email", "position", "grade", "from"} {
		column := *m.columns()[field]
		switch {
		case column == 0 && (field == "nip" || field == "name" || field == "unit"):
			faults = append(faults, errs.Field{Field: "mapping." + field, Message: "Pilih kolom untuk " + fieldNames[field] + "."})
		case column > width:
			faults = append(faults, errs.Field{Field: "mapping." + field, Message: "Kolom ini tidak ada di berkas."})
		case column > 0 && used[column]:
			faults = append(faults, errs.Field{Field: "mapping." + field, Message: "Satu kolom hanya untuk satu isian. Pilih kolom lain."})
		}
		used[column] = true
	}
	return errs.InvalidFields(faults)
}

// fieldNames are what people call the fields.
var fieldNames = map[string]string{"nip": "NIP", "name": "Nama", "unit": "Unit kerja", "email": "Surel", "position": "Jabatan",
	"grade": "Golongan", "from": "Berlaku mulai", "row": "Seluruh baris"}

// cell is a column's text; empty when the line is shorter, or the field stands nowhere.
func cell(cells []string, column int) string {
	if column < 1 || column > len(cells) {
		return ""
	}
	return cells[column-1]
}

// rosterDay reads a day as people or a workbook write it.
func rosterDay(text string) (period.Day, bool) {
	text = strings.TrimSpace(text)
	for _, form := range []string{time.DateOnly, "2006-1-2", "2/1/2006", "2-1-2006", "2.1.2006", "2006-01-02 15:04:05"} {
		if at, err := time.Parse(form, text); err == nil {
			return period.DayOf(at.Date()), true
		}
	}
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial > 30_000 && serial < 80_000 {
		return period.DayOf(1899, time.December, 30).Add(int(serial)), true // a workbook counts days from here
	}
	return 0, false
}

// dated is a cell that holds a date: 14-03-1987, 14.3.1987, 1987/3/14, 14 Maret 1987, 19870314, 3/14/87, 14-Mar-87.
var dated = regexp.MustCompile(`(?i)(^|[^0-9])([0-9]{1,4}[-/ ]([0-9]{1,2}|[a-z]{3,9})[-/ ][0-9]{2,4}|[0-9]{1,2}[.][0-9]{1,2}[.](19|20)[0-9]{2}|(19|20)[0-9]{6})($|[^0-9])`)

// hidden masks a cell of a preview that holds a long number or a date: a roster often tells birth dates.
func hidden(text string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, normaliseNIP(text))
	switch {
	case len(digits) >= 12:
		return maskOf(digits[len(digits)-nipShown:])
	case lossy.MatchString(strings.TrimSpace(text)):
		return "•E+17"
	case dated.MatchString(text): // a birth date, like as not
		return "•• (tanggal)"
	}
	if runes := []rune(cleanText(text)); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return cleanText(text)
}
