package user

import (
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"gaung/internal/errs"
	"gaung/internal/period"
)

// NIP is a civil servant's number, of a PNS or a PPPK. It tells the birth date and the gender, so it
// never prints itself: whatever writes it down writes the mask.
type NIP struct{ digits string }

// The length of a number, and how much of it may be shown.
const (
	nipDigits = 18
	nipShown  = 3
	youngest  = 18 // years, at the appointment and today
	oldest    = 70
	unshown   = "•••••••••••••••"
)

// Mask shows the last three digits, as •••••••••••••••901; empty for no number.
func (n NIP) Mask() string { return maskOf(n.Last3()) }

// Last3 are the digits that may be shown.
func (n NIP) Last3() string {
	if len(n.digits) < nipShown {
		return ""
	}
	return n.digits[len(n.digits)-nipShown:]
}

// Employment is PNS or PPPK, as digits 13 and 14 tell: a month, or the count of the contract.
func (n NIP) Employment() string {
	switch {
	case n.digits == "":
		return ""
	case n.digits[12:14] <= "12":
		return "PNS"
	}
	return "PPPK"
}

func (n NIP) String() string { return n.Mask() }

// GoString, LogValue and MarshalJSON show the mask as well.
func (n NIP) GoString() string { return n.Mask() }

// LogValue is what a log shows.
func (n NIP) LogValue() slog.Value { return slog.StringValue(n.Mask()) }

// MarshalJSON is what JSON shows.
func (n NIP) MarshalJSON() ([]byte, error) { return strconv.AppendQuote(nil, n.Mask()), nil }

func maskOf(last3 string) string {
	if last3 == "" {
		return ""
	}
	return unshown + last3
}

// lossy is what a spreadsheet makes of a long number: 1.98703E+17, 1,98703E+17.
var lossy = regexp.MustCompile(`^[0-9]([.,][0-9]*)?[eE]\+?0?1[0-9]$`)

const excelAdvice = "Format kolom NIP sebagai Teks di Excel, ketik atau tempel ulang NIP dari sumbernya, lalu simpan."

// ParseNIP reads a NIP or NI PPPK the way people write it. Each fault is an errs.Error that says what
// to do and never repeats the number.
func ParseNIP(text string, today period.Day) (NIP, error) {
	plain := normaliseNIP(text)
	switch {
	case plain == "":
		return NIP{}, nipFault("NIP belum diisi. Isi 18 angka NIP atau NI PPPK.")
	case lossy.MatchString(strings.TrimSpace(text)) || lossy.MatchString(strings.TrimPrefix(plain, "'")):
		return NIP{}, nipFault("NIP rusak oleh Excel (tertulis seperti 1,98E+17) dan angka akhirnya hilang. " + excelAdvice)
	case strings.IndexFunc(plain, func(r rune) bool { return r < '0' || r > '9' }) >= 0:
		return NIP{}, nipFault("NIP hanya berisi angka. Hapus huruf atau tanda lain.")
	case len(plain) != nipDigits:
		return NIP{}, nipFault("NIP harus 18 angka, di sini %d. Periksa angka yang kurang atau berlebih; bila memakai Excel, format kolomnya sebagai Teks.", len(plain))
	}
	if err := checkNIP(plain, today); err != nil {
		return NIP{}, err
	}
	return NIP{plain}, nil
}

func nipFault(message string, args ...any) error { return errs.InvalidField("nip", message, args...) }

// normaliseNIP takes out what people and spreadsheets put between the digits, and writes full-width
// digits as plain ones.
func normaliseNIP(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsSpace(r), strings.ContainsRune(".'’‘`´\ufeff\u200b\u200c\u200d\u2060\u202d\u202c\u200e\u200f", r):
			return -1
		}
		return r
	}, text)
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // only digits come here
	return n
}

func checkNIP(digits string, today period.Day) error {
	born, err := period.ParseDay(digits[:4] + "-" + digits[4:6] + "-" + digits[6:8])
	if err != nil {
		return nipFault("Delapan angka pertama NIP bukan tanggal lahir yang ada (TTTTBBHH). Cocokkan dengan SK.")
	}
	birthYear, birthMonth, birthDay := born.Date()
	year, month, day := today.Date()
	age := year - birthYear
	if month < birthMonth || month == birthMonth && day < birthDay {
		age--
	}
	appointed, kind := number(digits[8:12]), number(digits[12:14])
	switch {
	case digits[15:] == "000": // first: rounding changes the digits before as well
		return nipFault("NIP berakhir 000: biasanya Excel membulatkan angka panjang. %s", excelAdvice)
	case age < youngest || age > oldest:
		return nipFault("Menurut NIP usianya %d tahun; yang sah %d sampai %d. Periksa delapan angka pertama.", age, youngest, oldest)
	case appointed > year:
		return nipFault("Tahun pengangkatan (angka ke-9 sampai ke-12) belum tiba. Cocokkan dengan SK.")
	case appointed < birthYear+youngest:
		return nipFault("Tahun pengangkatan (angka ke-9 sampai ke-12) kurang dari %d tahun setelah lahir. Cocokkan dengan SK.", youngest)
	case kind == 0 || kind > 12 && kind < 21:
		return nipFault("Angka ke-13 dan ke-14 harus bulan 01–12 untuk PNS, atau 21 ke atas untuk PPPK. Cocokkan dengan SK.")
	case digits[14] != '1' && digits[14] != '2':
		return nipFault("Angka ke-15 harus 1 atau 2. Cocokkan dengan SK.")
	}
	return nil
}
