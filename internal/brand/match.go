package brand

import (
	"fmt"
	mathbits "math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A pattern is a row of elements with how many words may stand between two of them: "OBLIGE ~5 AMPL" is
// a word of obligation with at most five words before an act of amplification. An element is a word, a
// list of words.go in capitals, "#" for a number, or several of these with "|" between. Matching costs
// a bounded number of steps for each word, whatever the text.

// pattern is one row, compiled.
type pattern struct {
	rule  int
	steps []step
}

type step struct {
	gap int // words that may stand before it
	bit int
}

// phraseRule is one rule that speaks in phrases.
type phraseRule struct {
	name     string
	severity Severity
	reason   string
	rows     []string
	blocks   string // words that may not stand in a gap, as an element
	unless   string // words that make the sentence harmless wherever they stand in it
	before   string // words that make what follows within five words harmless; empty: any negation
	also     string // further words that do so
}

// grammar is every phrase rule, compiled once.
type grammar struct {
	lexicon
	rules    []phraseRule
	patterns [][]pattern // by the bit of their first element
	starts   tags        // with which a pattern begins
	blocks   []int
	unless   []int
	before   []int
	also     []int
	strong   int // negations that reach five words
	weak     int // negations that reach two words, or five when a verb of allowing follows
	carries  int
	excepted int
	debunks  int
	number   int
	known    named
}

// named are the tags that tagWords corrects by the neighbours of a word: of each element that has the list.
type named struct{ ampl, share, oblige, proof, official, super, vote, cand, many tags }

var house = compile(phraseRules)

func compile(rules []phraseRule) *grammar {
	g := &grammar{lexicon: lexicon{words: map[string]tags{}, bits: map[string]int{}}, rules: rules}
	g.number = g.bit("#")
	g.strong = g.bit("jangan|janganlah|dilarang|larangan|melarang|tanpa|hindari|hentikan")
	g.weak = g.bit("tidak|bukan|bukanlah|belum|tiada")
	g.carries = g.bit("ada|pernah|perlu|boleh|akan|dapat|bisa|diperbolehkan|dibenarkan|diperkenankan|ingin|bermaksud|usah|diwajibkan|mewajibkan|meminta|menyuruh|memaksa|benar|memerintahkan|harus")
	g.excepted = g.bit("lupa|malas|bosan|berhenti|telat|pelit|segan|sungkan|putus|lelah|sampai|terlewat|hanya|cuma|sekadar|kecuali|terkecuali|saja|ragu|lewatkan|ketinggalan|pengecualian")
	g.debunks = g.bit("hoaks|hoax|awas|waspada|waspadai|penipuan|palsu|berantai|modus|mengatasnamakan|klarifikasi")
	var compiled []pattern
	for i, r := range rules {
		g.blocks, g.unless = append(g.blocks, g.optional(r.blocks)), append(g.unless, g.optional(r.unless))
		g.before, g.also = append(g.before, g.optional(r.before)), append(g.also, g.optional(r.also))
		for _, row := range r.rows {
			compiled = append(compiled, g.row(i, row))
		}
	}
	g.known = named{ampl: g.all("AMPL"), share: g.all("AMPL", "SHARE"), oblige: g.all("OBLIGE"), proof: g.all("PROOF", "SHOT"), official: g.all("OFFICIAL"),
		super: g.all("SUPER"), vote: g.all("VOTE"), cand: g.all("CAND"), many: g.all("MANY")}
	if len(g.bits) > 64*len(tags{}) {
		panic(fmt.Sprintf("brand: %d elements are more than the tags hold", len(g.bits)))
	}
	g.patterns = make([][]pattern, len(g.bits))
	for _, p := range compiled {
		first := p.steps[0].bit
		g.patterns[first] = append(g.patterns[first], p)
		g.starts.set(first)
	}
	return g
}

// all are the tags of the elements that have one of the lists.
func (g *grammar) all(lists ...string) (found tags) {
	for element, bit := range g.bits {
		for _, part := range strings.Split(element, "|") {
			if slices.Contains(lists, part) {
				found.set(bit)
			}
		}
	}
	return found
}

func (g *grammar) optional(element string) int {
	if element == "" {
		return -1
	}
	return g.bit(element)
}

func (g *grammar) row(rule int, row string) pattern {
	p, gap := pattern{rule: rule}, 0
	for _, word := range strings.Fields(row) {
		if n, err := strconv.Atoi(strings.TrimPrefix(word, "~")); err == nil && word[0] == '~' {
			gap = n
			continue
		}
		p.steps = append(p.steps, step{gap, g.bit(word)})
		gap = 0
	}
	return p
}

// tagWords gives each word its tags, and corrects them by its neighbours.
func (r *reading) tagWords() {
	for i := range r.tokens {
		t := &r.tokens[i]
		t.tags = house.of(t.norm)
		if t.norm != "" && (unicode.IsDigit(rune(t.norm[0])) || numerals[t.norm]) {
			t.tags.set(house.number)
		}
	}
	for i := range r.tokens {
		r.correct(i)
		r.join(i)
	}
}

var numerals = setOf("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas puluhan ratusan seratus seribu ribuan sejuta")

// word is the word so many places on, in the same sentence; empty when there is none.
func (r *reading) word(i, on int) string {
	if at := i + on; at >= 0 && at < len(r.tokens) && r.tokens[at].sentence == r.tokens[i].sentence {
		return r.tokens[at].norm
	}
	return ""
}

var (
	notObligations = setOf("pajak belajar lapor militer retribusi bayar pilih")
	accounts       = setOf("akun kanal channel instagram facebook tiktok twitter youtube medsos threads")
	applicants     = setOf("jemaah siswa mahasiswa pengantin peserta pegawai asn cpns penumpang pembeli pelamar investor penerima murid pendonor wirausaha pekerja")
	unnamed        = setOf("ke kepada sebanyak sebanyak-banyaknya sebanyaknya seluas-luasnya lewat di dan atau dalam hari sekarang tanpa agar biar sampai akan secara minimal itu ini juga ya yuk dong adalah segera setiap tiap sebelum paling hukumnya harap mohon tolong nanti besok bakal kena siap siap-siap siapa diminta maka bila jika kalau kembali karena")
	posts          = setOf("unggahan konten postingan posting video info informasi berita tautan link poster flyer pamflet infografis status reels story siaran akun pesan kabar foto materi rilis twibbon kampanye pengumuman narasi artikel caption keterangan kegiatan")
	matchless      = setOf("duanya tara taranya tandingannya tandingan bandingannya")
	passable       = setOf("unggahan konten video info informasi pesan tautan link postingan berita siaran")
	headOf         = setOf("dinas daerah badan desa biro")
	notMost        = setOf("lambat sedikit lama banyak cepat tinggi rendah dekat jauh awal akhir baru tidak besar kecil penting")
)

func (r *reading) correct(i int) {
	t, k := &r.tokens[i], house.known
	before, after := r.word(i, -1), r.word(i, 1)
	switch {
	case t.tags.none():
	case t.norm == "rt" && (beforeNeighbours[before] || t.tags.any(k.share) && numbered(after)): // Pak RT, RT 05
		t.tags = tags{}
	case t.tags.any(k.share) && (physical[after] || physical[r.word(i, 2)] || !r.passesOn(i)):
		t.tags.clear(k.share)
	case t.tags.any(k.oblige) && notObligations[after]:
		t.tags.clear(k.oblige)
	case t.tags.any(k.proof) && strings.HasPrefix(t.norm, "tangkapan") && !strings.HasPrefix(after, "layar"):
		t.tags.clear(k.proof)
	case t.tags.any(k.vote) && (before == "hak" || before == "mata"):
		t.tags.clear(k.vote)
	case t.tags.any(k.vote) && (after == "menu" || after == "jadwal"):
		t.tags.clear(k.vote)
	case t.tags.any(k.cand) && t.norm == "calon" && applicants[after]:
		t.tags.clear(k.cand)
	}
}

// passesOn tells whether "membagikan" and "menyebarkan" speak of posts: of one that is named, or of
// something unnamed. Offices hand out all kinds of things.
func (r *reading) passesOn(i int) bool {
	norm := r.tokens[i].norm
	if !strings.Contains(norm, "bagikan") && !strings.Contains(norm, "ebarkan") || strings.HasSuffix(norm, "nya") {
		return true
	}
	after := r.word(i, 1)
	if after == "" || r.tokens[i+1].clause != r.tokens[i].clause || unnamed[after] || r.tokens[i+1].tags.has(house.number) {
		return true
	}
	for on := -4; on <= 4; on++ {
		if posts[r.word(i, on)] {
			return true
		}
	}
	return false
}

// join gives a word the tags that it has only together with its neighbours.
func (r *reading) join(i int) {
	t, k, before := &r.tokens[i], house.known, r.word(i, -1)
	switch {
	case before == "wali" && strings.HasPrefix(t.norm, "kota") || before == "kepala" && headOf[t.norm]:
		t.tags.add(k.official)
	case before == "luar" && t.norm == "biasa" || (before == "tiada" || before == "ada") && matchless[t.norm]:
		t.tags.add(k.super)
	case before == "sebanyak" && t.norm == "mungkin":
		t.tags.add(k.many)
	case strings.HasSuffix(t.norm, "ikuti") && (accounts[r.word(i, 1)] || accounts[r.word(i, 2)] || accounts[r.word(i, 3)]):
		t.tags.add(k.ampl)
	case strings.HasSuffix(t.norm, "eruskan") && (passable[r.word(i, 1)] || passable[r.word(i, 2)]), // teruskan, meneruskan
		strings.HasSuffix(before, "klik") && (t.norm == "suka" || t.norm == "love" || t.norm == "jempol"):
		t.tags.add(k.ampl)
	case (strings.HasSuffix(t.norm, "posting") || strings.HasSuffix(t.norm, "unggah")) && r.word(i, 1) == "ulang":
		t.tags.add(k.share)
	case before == "paling" && !notMost[t.norm]:
		t.tags.add(k.super)
	}
}

// phraseSpots tries every pattern at every word.
func (r reading) phraseSpots() (spots []spot) {
	done := make([]int, len(house.rules)) // up to which word a rule has spoken
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.tags.none() {
			continue
		}
		for block, bits := range t.tags {
			for bits &= house.starts[block]; bits != 0; bits &= bits - 1 {
				spots = append(spots, r.phrasesAt(i, block*64+mathbits.TrailingZeros64(bits), done)...)
			}
		}
	}
	return withoutEchoes(spots)
}

// withoutEchoes leaves a doubtful word out whose sentence is a campaign beyond doubt.
func withoutEchoes(spots []spot) []spot {
	plain := map[int]bool{}
	for _, s := range spots {
		if s.rule == "campaign" {
			plain[s.sentence] = true
		}
	}
	return slices.DeleteFunc(spots, func(s spot) bool { return s.rule == "campaign_word" && plain[s.sentence] })
}

// phrasesAt tries the patterns that begin with an element at a word.
func (r reading) phrasesAt(i, bit int, done []int) (spots []spot) {
	t := &r.tokens[i]
	for _, p := range house.patterns[bit] {
		if i < done[p.rule] {
			continue
		}
		end, ok := r.match(p, 1, i)
		if !ok || r.harmless(p.rule, i, end) {
			continue
		}
		done[p.rule] = end + 1
		rule := house.rules[p.rule]
		s := spot{rule: rule.name, severity: rule.severity, from: t.from, to: r.tokens[end].to, reason: rule.reason, sentence: t.sentence}
		if rule.name == "coercion" && (t.norm == "wajib" || t.norm == "harus") {
			s.fix, s.fixable = sameCase(r.text[t.from:t.to], "dapat")+r.text[t.to:s.to], true
		}
		spots = append(spots, s)
	}
	return spots
}

// match goes through the rest of a pattern from the word before it, and gives its last word.
func (r reading) match(p pattern, at, last int) (int, bool) {
	if at == len(p.steps) {
		return last, true
	}
	want, block := p.steps[at], house.blocks[p.rule]
	for i := last + 1; i <= last+1+want.gap && i < len(r.tokens) && r.tokens[i].sentence == r.tokens[last].sentence; i++ {
		t := &r.tokens[i]
		if t.tags.has(want.bit) {
			if end, ok := r.match(p, at+1, i); ok {
				return end, true
			}
		}
		if block >= 0 && t.tags.has(block) {
			return 0, false
		}
	}
	return 0, false
}

// harmless tells whether the words around a match turn it into its opposite.
func (r reading) harmless(rule, from, to int) bool {
	if r.negated(rule, from) {
		return true
	}
	sentence, unless := r.tokens[from].sentence, house.unless[rule]
	told := false // it tells of what somebody else wrote
	for i := from - 1; i >= 0 && i >= from-40 && r.tokens[i].sentence == sentence; i-- {
		told = told || r.tokens[i].tags.has(house.debunks)
		if unless >= 0 && r.tokens[i].tags.has(unless) {
			return true
		}
	}
	for i := from; i < len(r.tokens) && i <= to+40 && r.tokens[i].sentence == sentence; i++ {
		if unless >= 0 && r.tokens[i].tags.has(unless) {
			return true
		}
		if i > to && r.tokens[i].norm == "tidak" && r.word(i, 1) == "benar" {
			told = true
		}
	}
	return told
}

// negated looks at the words before a match in its clause: "tidak ada kewajiban", "jangan", "bukan".
func (r reading) negated(rule, from int) bool {
	for i := from - 1; i >= 0 && i >= from-5 && r.tokens[i].clause == r.tokens[from].clause; i-- {
		t := &r.tokens[i]
		if own := house.before[rule]; own >= 0 {
			if t.tags.has(own) {
				return true
			}
			continue
		}
		if r.tokens[i+1].tags.has(house.excepted) {
			continue // jangan lupa, tanpa kecuali, tidak hanya
		}
		if also := house.also[rule]; also >= 0 && t.tags.has(also) {
			return true
		}
		if t.tags.has(house.strong) || t.tags.has(house.weak) && (i >= from-2 || r.tokens[i+1].tags.has(house.carries)) {
			return true
		}
	}
	return false
}
