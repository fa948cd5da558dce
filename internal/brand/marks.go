package brand

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostMarks   = 3 // exclamation marks in a row, or in a short field
	leastShout  = 4 // words in capitals in a row
	longCapital = 5 // letters; shorter ones may be abbreviations
)

// markSpots looks at single characters: shouting, what nobody sees, links that hide where they lead.
func (r reading) markSpots(field string) []spot {
	spots := append(r.invisible(), r.exclamations(field)...)
	spots = append(spots, r.capitals()...)
	return append(spots, r.shortLinks()...)
}

// isInvisible tells the characters that nobody sees and that change what is read or found.
func isInvisible(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x061C, r == 0x180E, r == 0x200B, r == 0x200C, r == 0x200E, r == 0x200F, r == 0xFEFF,
		r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x2069,
		r < 0x20 && r != '\n' && r != '\t' && r != '\r', r == 0x7F:
		return true
	}
	return false
}

// invisible finds them in runs, and a joiner that joins no emoji.
func (r reading) invisible() (spots []spot) {
	const joiner = '\u200d'
	before := rune(0)
	for i, c := range r.text {
		hidden := isInvisible(c)
		if c == joiner {
			next, _ := utf8.DecodeRuneInString(r.text[i+len(string(joiner)):])
			hidden = !isPictorial(before) || !isPictorial(next)
		}
		before = c
		if !hidden {
			continue
		}
		if n := len(spots); n > 0 && spots[n-1].to == i {
			spots[n-1].to = i + utf8.RuneLen(c)
			continue
		}
		spots = append(spots, spot{rule: "hidden_char", severity: Error, from: i, to: i + utf8.RuneLen(c), fixable: true,
			reason: "Ada karakter tak terlihat di sini. Karakter seperti ini dapat membalik urutan baca, menyamarkan tautan, dan menggagalkan pencarian; biasanya ikut tersalin. Hapus."})
	}
	return spots
}

func isPictorial(r rune) bool {
	return r >= 0x2190 && r <= 0x2BFF || r == 0xFE0F || r >= 0x1F000 && r <= 0x1FAFF
}

// exclamations finds more than three in a row anywhere, and more than three in a short field.
func (r reading) exclamations(field string) (spots []spot) {
	const reason = "Terlalu banyak tanda seru. Satu cukup; nada berteriak mengurangi kepercayaan."
	total, last := 0, 0
	for i := 0; i < len(r.text); i++ {
		if r.text[i] != '!' {
			continue
		}
		from := i
		for i+1 < len(r.text) && r.text[i+1] == '!' {
			i++
		}
		total, last = total+i+1-from, from
		if i+1-from > mostMarks {
			spots = append(spots, spot{rule: "shouting", severity: Warning, from: from, to: i + 1, reason: reason, fix: "!", fixable: true})
		}
	}
	if total > mostMarks && len(spots) == 0 && field != "body" {
		spots = append(spots, spot{rule: "shouting", severity: Warning, from: last, to: last + 1, reason: reason, fix: ".", fixable: true})
	}
	return spots
}

// capitals finds rows of words in capitals that are no abbreviations.
func (r reading) capitals() (spots []spot) {
	first, long := 0, 0
	end := func(at int) {
		if at-first >= leastShout && long >= leastShout-1 {
			spots = append(spots, spot{rule: "shouting", severity: Warning, from: r.tokens[first].from, to: r.tokens[at-1].to,
				reason: "Huruf kapital semua terbaca seperti berteriak dan sulit dibaca pembaca layar. Pakai huruf besar hanya di awal kalimat dan nama."})
		}
	}
	for i, t := range r.tokens {
		letters, capital := capitalWord(r.text[t.from:t.to])
		if !capital || t.norm == "" || i > 0 && (t.sentence != r.tokens[i-1].sentence || strings.ContainsRune(r.text[r.tokens[i-1].to:t.from], ':')) {
			end(i)
			first, long = i, 0
		}
		if !capital || t.norm == "" {
			first = i + 1
			continue
		}
		if letters >= longCapital {
			long++
		}
	}
	end(len(r.tokens))
	return spots
}

func capitalWord(word string) (letters int, capital bool) {
	for _, r := range word {
		if unicode.IsLower(r) {
			return 0, false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters, letters > 0
}

// shorteners hide where a link leads.
var shorteners = setOf(`bit.ly s.id tinyurl.com t.ly cutt.ly linktr.ee rebrand.ly shorturl.at shorturl.asia ow.ly goo.gl is.gd v.gd t.co rb.gy lnk.bio msha.ke kutt.it adf.ly
	gg.gg heylink.me beacons.ai lynk.id linkin.bio taplink.cc bl.ink buff.ly tiny.cc soo.gd urlz.fr dub.sh shorten.ee intip.in ringkas.in`)

func (r reading) shortLinks() (spots []spot) {
	for _, t := range r.tokens {
		if t.norm != "" {
			continue
		}
		address := r.text[t.from:t.to]
		if _, rest, found := strings.Cut(address, "://"); found {
			address = rest
		}
		host, _, _ := strings.Cut(address, "/")
		if shorteners[strings.TrimPrefix(strings.ToLower(host), "www.")] {
			spots = append(spots, spot{rule: "short_link", severity: Warning, from: t.from, to: t.to,
				reason: "Penyingkat tautan menyembunyikan tujuan dan sering ditiru penipu. Tulis alamat resmi yang utuh; Gaung sendiri yang membuat tautan ringkas."})
		}
	}
	return spots
}
