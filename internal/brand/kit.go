package brand

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"gaung/internal/errs"
)

// Limits of a kit, in characters.
const (
	maxName   = 80
	maxPhrase = 80
	maxReason = 300
	maxSample = 2_000
	maxVoice  = 4_000
)

// Most items of each section.
const (
	maxLogos     = 12
	maxColors    = 24
	maxTemplates = 24
	maxKeywords  = 24
	maxWords     = 20
	maxBanned    = 300
)

var (
	hexPattern  = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
	filePattern = regexp.MustCompile(`^[0-9a-f]{64}\.png$`)
)

// tidied trims what a person typed, and leaves no list nil.
func (k Kit) tidied() Kit {
	k.Voice = strings.TrimSpace(k.Voice)
	k.Logos = each(k.Logos, func(l *Logo) { trim(&l.Name, &l.File) })
	k.Colors = each(k.Colors, func(c *Color) {
		trim(&c.Name, &c.Hex)
		c.Hex, c.OnWhite, c.OnBlack = strings.ToUpper(c.Hex), 0, 0
	})
	k.Templates = each(k.Templates, func(t *Template) {
		trim(&t.Name)
		t.Text = strings.TrimSpace(t.Text) // its lines are its own
	})
	k.Keywords = each(k.Keywords, func(w *Keyword) {
		trim(&w.Name)
		w.Words = each(w.Words, func(word *string) { trim(word) })
	})
	k.Banned = each(k.Banned, func(b *Banned) { trim(&b.Phrase, &b.Reason, &b.Instead) })
	return k
}

func trim(texts ...*string) {
	for _, text := range texts {
		*text = strings.Join(strings.Fields(*text), " ")
	}
}

// each copies a list and changes the copies.
func each[T any](list []T, change func(*T)) []T {
	changed := make([]T, len(list))
	copy(changed, list)
	for i := range changed {
		change(&changed[i])
	}
	return changed
}

// checker gathers the faults of a kit, and which names it has seen.
type checker struct {
	errs.Faults
	seen map[string]bool
}

// name wants a text that is there and not too long.
func (f *checker) name(field, what, value string, most int) {
	if value == "" {
		f.Add(field, "%s belum diisi.", what)
	}
	f.Length(field, what, value, most)
}

func (f *checker) count(field, what string, n, most int) {
	if n > most {
		f.Add(field, "%s paling banyak %d; sekarang %d.", what, most, n)
	}
}

// once refuses the second of two items with the same key: one of them could never be overridden.
func (f *checker) once(field, name string) {
	key := field + "/" + keyOf(name)
	if f.seen[key] {
		f.Add(field, "“%s” tercantum dua kali. Hapus salah satu.", name)
	}
	f.seen[key] = true
}

// check names every fault of a kit.
func (k Kit) check() error {
	f := checker{seen: map[string]bool{}}
	f.count("logos", "Logo", len(k.Logos), maxLogos)
	for _, logo := range k.Logos {
		f.name("logos", "Nama logo", logo.Name, maxName)
		f.once("logos", logo.Name)
		if !filePattern.MatchString(logo.File) {
			f.Add("logos", "Berkas logo tidak dikenal. Unggah lagi logonya.")
		}
	}
	f.count("colors", "Warna", len(k.Colors), maxColors)
	for _, color := range k.Colors {
		f.name("colors", "Nama warna", color.Name, maxName)
		f.once("colors", color.Name)
		if !hexPattern.MatchString(color.Hex) {
			f.Add("colors", "Warna “%s” harus ditulis # diikuti enam angka heksadesimal, misalnya #0A2F5C.", color.Name)
		}
	}
	f.count("templates", "Templat", len(k.Templates), maxTemplates)
	for _, template := range k.Templates {
		f.name("templates", "Nama templat", template.Name, maxName)
		f.name("templates", "Teks templat", template.Text, maxSample)
		f.once("templates", template.Name)
	}
	k.checkWords(&f)
	f.Length("voice", "Gaya bahasa", k.Voice, maxVoice)
	return f.Err()
}

func (k Kit) checkWords(f *checker) {
	f.count("keywords", "Kelompok kata kunci", len(k.Keywords), maxKeywords)
	for _, group := range k.Keywords {
		f.name("keywords", "Nama kelompok kata kunci", group.Name, maxName)
		f.once("keywords", group.Name)
		f.count("keywords", "Kata dalam satu kelompok", len(group.Words), maxWords)
		if len(group.Words) == 0 {
			f.Add("keywords", "Kelompok “%s” belum berisi kata.", group.Name)
		}
		for _, word := range group.Words {
			f.name("keywords", "Kata kunci", word, maxPhrase)
		}
	}
	f.count("banned", "Kata yang dihindari", len(k.Banned), maxBanned)
	for _, banned := range k.Banned {
		f.name("banned", "Kata yang dihindari", banned.Phrase, maxPhrase)
		f.name("banned", "Alasan", banned.Reason, maxReason)
		f.once("banned", banned.Phrase)
		f.Length("banned", "Pengganti", banned.Instead, maxPhrase)
		if banned.Severity != Error && banned.Severity != Warning {
			f.Add("banned", "Pilih apakah “%s” menolak pengajuan atau hanya memperingatkan.", banned.Phrase)
		}
		if banned.Phrase != "" && len(wordsOf(banned.Phrase)) == 0 {
			f.Add("banned", "“%s” tidak memuat kata.", banned.Phrase)
		}
	}
}

// keyOf is what two items are the same by.
func keyOf(name string) string { return strings.ToLower(name) }

// withContrast tells how well each colour is read on white and on black.
func (k Kit) withContrast() Kit {
	k.Colors = each(k.Colors, func(c *Color) {
		light := luminance(c.Hex)
		c.OnWhite, c.OnBlack = rounded(1.05/(light+0.05)), rounded((light+0.05)/0.05)
	})
	return k
}

func rounded(ratio float64) float64 { return math.Floor(ratio*100) / 100 } // never better than it is

// luminance is WCAG's relative luminance of a colour, 0 to 1.
func luminance(hex string) float64 {
	if !hexPattern.MatchString(hex) {
		return 0
	}
	weights, sum := [3]float64{0.2126, 0.7152, 0.0722}, 0.0
	for i, weight := range weights {
		value, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8) // the pattern has looked
		channel := float64(value) / 255
		if channel <= 0.04045 {
			channel /= 12.92
		} else {
			channel = math.Pow((channel+0.055)/1.055, 2.4)
		}
		sum += weight * channel
	}
	return sum
}
