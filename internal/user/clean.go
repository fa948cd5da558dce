package user

import (
	"net/mail"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"gaung/internal/errs"
)

// The longest texts of a person, in characters.
const (
	maxName     = 200
	maxEmail    = 254
	maxPosition = 120
	maxGrade    = 20
)

// cleanText composes letters (NFC), makes one space of any run of blanks, and takes out the invisible
// characters that spreadsheets and chats leave behind.
func cleanText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '\u00ad', r == '\ufeff', r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069':
			return -1
		}
		return r
	}, norm.NFC.String(text))
	return strings.Join(strings.Fields(text), " ")
}

// unreadable tells of control characters and of letters that were lost in a wrong encoding.
func unreadable(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar })
}

// long is a number that could be a NIP: it must not stand where everybody may read it.
var long = regexp.MustCompile(`[0-9]([ .'-]?[0-9]){11}`)

func textFaults(faults []errs.Field, field, what, text string, most int) []errs.Field {
	switch {
	case unreadable(text):
		faults = append(faults, errs.Field{Field: field, Message: what + " memuat huruf yang tidak terbaca. Simpan berkas sebagai UTF-8, atau ketik ulang."})
	case long.MatchString(text):
		faults = append(faults, errs.Field{Field: field, Message: what + " memuat angka panjang, mungkin NIP. Periksa kolomnya, atau hapus angkanya."})
	case len([]rune(text)) > most:
		faults = append(faults, errs.Field{Field: field, Message: what + " terlalu panjang. Persingkat."})
	}
	return faults
}

// personFaults checks what is told of a person; the texts are clean already.
func personFaults(name, email, position, grade string) (faults []errs.Field) {
	if name == "" {
		faults = append(faults, errs.Field{Field: "name", Message: "Nama belum diisi."})
	}
	faults = textFaults(faults, "name", "Nama", name, maxName)
	faults = textFaults(faults, "position", "Jabatan", position, maxPosition)
	faults = textFaults(faults, "grade", "Golongan", grade, maxGrade)
	if email != "" && !validEmail(email) {
		faults = append(faults, errs.Field{Field: "email", Message: "Alamat surel tidak sah. Contoh: nama@instansi.go.id."})
	}
	return faults
}

func cleanEmail(text string) string { return strings.ToLower(cleanText(text)) }

func validEmail(email string) bool {
	address, err := mail.ParseAddress(email)
	return err == nil && address.Address == email && len(email) <= maxEmail && !strings.ContainsFunc(email, unicode.IsSpace) && strings.Contains(email, "@")
}
