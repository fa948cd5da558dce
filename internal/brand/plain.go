package brand

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostWords        = 25 // in a sentence
	mostAverage      = 20 // over a whole text
	leastForAverage  = 5  // sentences
	longSentenceText = "Kalimat ini %d kata. Pecah menjadi dua: pembaca di ponsel kehilangan pokoknya sesudah sekitar %d kata."
)

// heavy are bureaucratic words and what says the same in fewer. A phrase that ends in "+" may carry a
// clitic; an empty replacement means that there is no single one.
var heavy = heavyWords(
	"dalam rangka=untuk", "guna=untuk", "tersebut di atas=ini", "tersebut diatas=ini", "dengan ini diberitahukan bahwa=", "dengan ini disampaikan bahwa=",
	"dikarenakan=karena", "agar supaya=agar", "demi untuk=untuk", "diperuntukkan bagi=untuk", "diperuntukan bagi=untuk", "diperuntukkan untuk=untuk",
	"sehubungan dengan hal tersebut=karena itu", "sehubungan dengan=karena", "sehubungan akan=", "berkenaan dengan hal tersebut=tentang hal itu", "berkenaan dengan=tentang",
	"adalah merupakan=adalah", "dipandang perlu=perlu", "bilamana=bila", "hal mana=", "pada saat ini=kini", "pada saat sekarang ini=kini",
	"dalam waktu yang tidak terlalu lama=segera", "dalam waktu dekat ini=segera", "senantiasa=selalu", "oleh karenanya=karena itu", "tidak terlepas dari=",
	"atas perhatiannya=", "demikian disampaikan=", "demikian kami sampaikan=", "sebagaimana dimaksud=", "melakukan pengecekan terhadap=memeriksa", "melakukan pengecekan=memeriksa",
	"melakukan pemeriksaan terhadap=memeriksa", "melakukan pemeriksaan=memeriksa", "melakukan pembangunan=membangun", "melakukan perbaikan=memperbaiki", "melakukan pendataan=mendata",
	"melakukan pengawasan terhadap=mengawasi", "melakukan pengawasan=mengawasi", "melakukan sosialisasi=menjelaskan", "melakukan kunjungan=mengunjungi", "melakukan pembahasan=membahas",
	"melakukan penataan=menata", "melakukan monitoring=memantau", "melakukan pemantauan=memantau", "melakukan pengisian=mengisi", "melakukan pendaftaran=mendaftar", "melakukan pembayaran=membayar",
	"menindaklanjuti=menangani", "stakeholder=pihak terkait", "pemangku kepentingan=pihak terkait", "sinergitas=kerja sama", "bersinergi=bekerja sama", "mensinergikan=menyatukan",
	"outcome=hasil", "sustainable=berkelanjutan", "holistik=menyeluruh", "akselerasi=percepatan", "mengakselerasi=mempercepat", "mengimplementasikan=menjalankan",
	"meng-handle=menangani", "one stop service=layanan satu tempat", "launching=peluncuran", "di-launching=diluncurkan", "kick off=pembukaan", "kick-off=pembukaan", "stakeholders=pihak terkait", "awareness=kesadaran", "engagement=keterlibatan", "roadmap=rencana", "benchmarking=studi banding", "monitoring dan evaluasi=pemantauan", "capacity building=pelatihan",
	"bersama ini disampaikan=", "bersama ini=", "terkait dengan hal tersebut=karena itu", "terkait hal tersebut=karena itu", "dalam upaya=untuk", "mengoptimalisasi=memperbaiki", "berkesinambungan=terus-menerus", "eksisting=yang ada", "diimbau kepada=", "selanjutnya disebut=", "paradigma=cara pandang", "good governance=tata kelola yang baik", "leading sector=penanggung jawab", "problem solving=pemecahan masalah",
	"melaksanakan kegiatan=mengadakan", "memberikan bantuan kepada=membantu", "mengadakan rapat=rapat", "dalam hal ini=", "perihal=tentang", "kiranya=",
)

// heavyPhrase is one of them in words.
type heavyPhrase struct {
	words []string
	plain string
}

// heavyWords sorts the phrases by their first word, the longest first.
func heavyWords(entries ...string) map[string][]heavyPhrase {
	by := map[string][]heavyPhrase{}
	for _, entry := range entries {
		phrase, plain, _ := strings.Cut(entry, "=")
		words := strings.Fields(phrase)
		list := by[words[0]]
		at := 0
		for at < len(list) && len(list[at].words) >= len(words) {
			at++
		}
		by[words[0]] = append(list[:at:at], append([]heavyPhrase{{words, plain}}, list[at:]...)...)
	}
	return by
}

// Before and after these, "guna" is a noun.
var (
	usefulBefore = setOf("tepat daya serba tata hasil nilai multi alih pasca purna barang berhasil berdaya")
	usefulAfter  = setOf("lahan bangunan usaha tanah hutan ruang air pakai lagi")
)

// plainSpots are hints for readers who are no officials.
func (r reading) plainSpots(field string) []spot {
	spots := r.heavySpots()
	total, sentences := 0, 0
	for first := 0; first < len(r.tokens); {
		end := first
		for end < len(r.tokens) && r.tokens[end].sentence == r.tokens[first].sentence {
			end++
		}
		words := r.countWords(first, end)
		total, sentences = total+words, sentences+1
		if words > mostWords {
			spots = append(spots, spot{rule: "long_sentence", severity: Hint, from: r.tokens[first].from, to: r.tokens[end-1].to,
				reason: fmt.Sprintf(longSentenceText, words, mostWords)})
		}
		first = end
	}
	if field == "body" && sentences >= leastForAverage && total > mostAverage*sentences {
		spots = append(spots, spot{rule: "long_average", severity: Hint,
			reason: fmt.Sprintf("Rata-rata kalimat %d kata. Usahakan di bawah %d agar mudah dibaca di ponsel.", total/sentences, mostAverage)})
	}
	return spots
}

// countWords counts as people do: by the blanks, and only what has a letter or a digit.
func (r reading) countWords(first, end int) (words int) {
	for i := first; i < end; i++ {
		if i == first || strings.ContainsFunc(r.text[r.tokens[i-1].to:r.tokens[i].from], unicode.IsSpace) {
			words++
		}
	}
	return words
}

func (r reading) heavySpots() (spots []spot) {
	for i := 0; i < len(r.tokens); i++ {
		for _, phrase := range heavy[r.tokens[i].norm] {
			if !r.says(i, phrase.words) || phrase.words[0] == "guna" && (usefulBefore[r.word(i, -1)] || usefulAfter[r.word(i, 1)]) {
				continue
			}
			last := i + len(phrase.words) - 1
			s := spot{rule: "plain_words", severity: Hint, from: r.tokens[i].from, to: r.tokens[last].to, reason: "Ungkapan kantor. Tulis langsung pokoknya, atau hapus bagian ini."}
			if phrase.plain != "" {
				s.reason = fmt.Sprintf("Ungkapan kantor. “%s” lebih mudah dipahami.", phrase.plain)
				s.fix, s.fixable = sameCase(r.text[s.from:s.to], phrase.plain), true
			}
			spots = append(spots, s)
			i = last
			break
		}
	}
	return spots
}

// says tells whether these words stand here, in one sentence.
func (r reading) says(i int, words []string) bool {
	for on, word := range words {
		if r.word(i, on) != word {
			return false
		}
	}
	return true
}

// sameCase writes a replacement as the words that it replaces: at the beginning of a sentence, or all in capitals.
func sameCase(was, now string) string {
	letters, capital := capitalWord(was)
	if capital && letters > 1 {
		return strings.ToUpper(now)
	}
	if first, _ := utf8.DecodeRuneInString(was); unicode.IsUpper(first) {
		head, size := utf8.DecodeRuneInString(now)
		return string(unicode.ToUpper(head)) + now[size:]
	}
	return now
}
