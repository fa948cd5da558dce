package brand

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// run is a row of digits as people write them, with single spaces, points or hyphens between.
type run struct {
	from, to int // bytes
	digits   string
}

const (
	leastRun = 9
	mostRun  = 24
	nearby   = 6 // words before a number that say what it is
)

// runs finds the rows of digits of a text in one pass. A sum of money is none.
func (r reading) runs() (found []run) {
	text := r.text
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) || i > 0 && (isDigit(text[i-1]) || isLetter(text[i-1])) {
			continue
		}
		var digits []byte
		end := i
		for j := i; j < len(text); j++ {
			if isDigit(text[j]) {
				digits, end = append(digits, text[j]), j+1
			} else if width := gapAt(text[j:]); width == 0 || j+width >= len(text) || !isDigit(text[j+width]) {
				break
			} else {
				j += width - 1
			}
		}
		if len(digits) >= leastRun && len(digits) <= mostRun && !afterMoney(text[:i]) && (end == len(text) || !isLetter(text[end])) {
			found = append(found, run{i, end, string(digits)})
		}
		i = end
	}
	return found
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// gapAt is how wide the mark is that may stand within a number.
func gapAt(text string) int {
	r, width := utf8.DecodeRuneInString(text)
	if r == ' ' || r == '.' || r == '-' || r == '\u00a0' || r == '‑' {
		return width
	}
	return 0
}

func afterMoney(before string) bool {
	before = strings.ToLower(strings.TrimRight(before[max(0, len(before)-6):], " ."))
	return strings.HasSuffix(before, "rp") || strings.HasSuffix(before, "idr")
}

var (
	identityWords = setOf("nik ktp ktp-el e-ktp")
	nipWords      = setOf("nip nipppk pppk")
	otherNumbers  = setOf("tiket resi billing kode surat barcode registrasi bpom antrean npwp isbn va virtual faktur referensi transaksi nib seri pesanan")
	accountWords  = setOf("rekening nomor-rekening")
	bankWords     = setOf("bni bri bca mandiri bsi btn bpd dana gopay ovo shopeepay cimb danamon permata jago seabank muamalat bjb bsb bca-syariah jenius allobank mega bukopin ocbc panin maybank")
	bankNames     = setOf("bank") // and the name of one after it
	walletWords   = setOf("dana gopay ovo shopeepay linkaja")
	officialLines = setOf("layanan hotline resmi call center centre pengaduan aduan halo darurat kantor customer cs posko sekretariat helpdesk lapor siaga pusat")
)

// numberSpots finds numbers that belong to persons.
func (r reading) numberSpots() (spots []spot) {
	at := 0
	for _, n := range r.runs() {
		for at < len(r.tokens) && r.tokens[at].to <= n.from {
			at++
		}
		near := func(words map[string]bool) bool { return r.near(at, words) }
		s := spot{from: n.from, to: n.to}
		switch digits := n.digits; {
		case near(accountWords) || r.nearer(at, bankWords) || r.follows(n, bankWords) || r.nearer(at, bankNames) && !isMobile(digits):
			s.rule, s.severity = "account", Warning
			if r.nearer(at, walletWords) && isMobile(digits) {
				spots = append(spots, phoneSpot(n)) // a wallet's number is somebody's telephone
			}
			s.reason = "Nomor rekening di dalam teks. Rekening pribadi tidak boleh dimuat; untuk pembayaran resmi arahkan ke kanal pembayaran instansi."
		case (near(identityWords) || isNIK(digits) && !near(otherNumbers)) && len(digits) == 16:
			s.rule, s.severity = "personal_id", Error
			s.reason = "Angka ini berbentuk NIK. NIK adalah data pribadi (UU 27/2022) dan tidak boleh dimuat dalam konten. Hapus, atau sebutkan tanpa angka."
		case len(digits) == 18 && (near(nipWords) || isNIP(digits) && !near(otherNumbers)):
			s.rule, s.severity = "personal_id", Error
			s.reason = "Angka ini berbentuk NIP. NIP adalah data pribadi dan memuat tanggal lahir. Hapus; nama jabatan sudah cukup."
		case isMobile(digits) && !near(officialLines) && !near(otherNumbers):
			s = phoneSpot(n)
		default:
			continue
		}
		spots = append(spots, s)
	}
	return append(spots, r.dictated()...)
}

// digitNames are how a digit is read out, to hide a number or to dictate it.
var digitNames = map[string]string{"nol": "0", "kosong": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7", "delapan": "8", "sembilan": "9"}

// dictated finds mobile numbers that are written in words: "nol delapan satu dua …", groups of digits between them.
func (r reading) dictated() (spots []spot) {
	for i := 0; i < len(r.tokens); i++ {
		if digitNames[r.tokens[i].norm] != "0" {
			continue
		}
		digits, end := "", i
		for ; end < len(r.tokens) && len(digits) <= mostRun; end++ {
			digit, named := digitNames[r.tokens[end].norm]
			if !named && !allDigits(r.tokens[end].norm) {
				break
			}
			if digit == "" {
				digit = r.tokens[end].norm
			}
			digits += digit
		}
		if len(digits) >= leastRun && isMobile(digits) && !r.near(i, officialLines) {
			spots = append(spots, phoneSpot(run{r.tokens[i].from, r.tokens[end-1].to, digits}))
		}
		i = max(i, end-1)
	}
	return spots
}

func allDigits(word string) bool {
	return word != "" && strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

func phoneSpot(n run) spot {
	return spot{rule: "phone", severity: Warning, from: n.from, to: n.to,
		reason: "Nomor ponsel di dalam teks. Bila milik perorangan, hapus; bila layanan resmi, tulis sebagai “Layanan resmi …” di depannya."}
}

// near tells whether one of the words stands shortly before a word, in its sentence.
func (r reading) near(at int, words map[string]bool) bool { return r.within(nearby, at, words) }

// nearer is near within two words.
func (r reading) nearer(at int, words map[string]bool) bool { return r.within(2, at, words) }

// follows tells whether the next word after a number is one of the words: "1440000123456 Mandiri".
func (r reading) follows(n run, words map[string]bool) bool {
	at, _ := slices.BinarySearchFunc(r.tokens, n.to, func(t token, to int) int { return cmp.Compare(t.from, to) })
	return at < len(r.tokens) && words[r.tokens[at].norm] && r.tokens[at].norm != "dana"
}

func (r reading) within(most, at int, words map[string]bool) bool {
	if at >= len(r.tokens) {
		return false
	}
	for i := at - 1; i >= 0 && i >= at-most && r.tokens[i].sentence == r.tokens[at].sentence; i-- {
		if words[r.tokens[i].norm] || words[stemOf(r.tokens[i].norm)] {
			return true
		}
	}
	return false
}

// isNIK looks for the birthday in a NIK: digits 7 to 12, a woman's day counted from 41.
func isNIK(digits string) bool {
	if len(digits) != 16 || digits[0] == '0' {
		return false
	}
	day, month := two(digits[6:]), two(digits[8:])
	return month >= 1 && month <= 12 && (day >= 1 && day <= 31 || day >= 41 && day <= 71)
}

// isNIP looks for the birthday and the month of appointment in a NIP, or the year and kind in a NI PPPK.
func isNIP(digits string) bool {
	if len(digits) != 18 {
		return false
	}
	century, month, day := two(digits), two(digits[4:]), two(digits[6:])
	return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
		(two(digits[8:]) == 19 || two(digits[8:]) == 20)
}

func two(digits string) int { return int(digits[0]-'0')*10 + int(digits[1]-'0') }

// isMobile knows the numbers of mobile phones, with and without the country.
func isMobile(digits string) bool {
	digits = strings.TrimPrefix(strings.TrimPrefix(digits, "62"), "0")
	return len(digits) >= 9 && len(digits) <= 12 && digits[0] == '8' && digits[1] != '0'
}
