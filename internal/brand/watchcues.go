package brand

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shorterWays are the ways to write a name that nobody has to list: its first and last word, initials with
// the last word; in doubt a single word of it, and a party without the word Partai.
func shorterWays(name WatchedName) (sure, doubtful []string) {
	words := strings.Fields(name.Name)
	if name.Kind == Party {
		if len(words) > 2 && strings.EqualFold(words[0], "partai") {
			doubtful = append(doubtful, strings.Join(words[1:], " "), strings.Join(words[1:], ""))
		}
		return nil, doubtful
	}
	if name.Kind != Candidate || len(words) < 2 {
		return nil, nil
	}
	first, last := words[0], words[len(words)-1]
	initials := ""
	for _, word := range words[:len(words)-1] {
		letter, _ := utf8.DecodeRuneInString(word)
		initials += string(letter) + " "
	}
	if letters := len(last); letters > 4 {
		sure = append(sure, initials+last, initials[:strings.Index(initials, " ")]+" "+last)
	}
	if len(words) > 2 {
		sure = append(sure, first+" "+last)
		doubtful = append(doubtful, first+" "+words[1])
	}
	for _, word := range []string{first, last} {
		if len(word) > 3 {
			doubtful = append(doubtful, word)
		}
	}
	return sure, doubtful
}

var (
	politics = setOf(`partai parpol kader caleg paslon kampanye berkampanye relawan usung diusung mengusung pengusung koalisi berkoalisi pilkada pemilu pileg pilpres pilgub pilbup
		pilwali pilwalkot coblos mencoblos nyoblos menangkan memenangkan pemenangan kandidat cagub cabup cawalkot cawagub cawabup capres cawapres simpatisan timses elektabilitas legislatif
		calon pasangan pendukung pendukungnya suara tps periode petahana dapil fraksi dpc dpd dpw dpp posko blusukan saksi menang kemenangan kalah deklarasi baliho kubu slogan lanjutkan coblosan`)
	support = setOf("dukung mendukung dukunglah pilih memilih pilihlah gabung bergabung bersama salam milih coblos pro lanjutkan")
	// office are what an official does or is thanked for; they speak of a candidate when a title or a capital names one.
	office = setOf(`terima kasih makasih bantuan hadir dihadiri kunjungan berkunjung mengunjungi swafoto foto selfie meresmikan menjabat jabatan bupati gubernur walikota wali wabup memimpin pemimpin janji berjanji
		rombongan menyapa turun warga rakyat sosok program gagasan beliau menyerahkan meninjau pidato berpidato sambutan silaturahmi sowan mampir gagal biang bohong sumbangan kaus sembako dilantik orangnya ramah`)
	titles   = setOf("bapak ibu mas mbak mba bang abang kang cak gus haji h hj dr drs ir prof uda uni bung kak kakak om tante bunda ayah abah buya kiai kyai ustaz gus lae ketua")
	applying = setOf("jemaah haji siswa mahasiswa pengantin peserta pegawai asn cpns penumpang pembeli pelamar investor penerima murid kades kepala")
	bearers  = setOf("dokter bidan siswa siswi guru perawat pelajar juara atlet pedagang petani nelayan seniman penyanyi pangeran putri sutradara dosen murid peneliti")
	notNames = setOf("untuk dan bersama janji menang siap hadir resmikan meresmikan dukung lanjutkan hebat di ke dari pasti adalah juga yang atas dengan buat bagi kita center jaya cabup bupati calon nomor memang saja lagi ini itu")
	// businesses stand before a name that a party has as well.
	businesses = setOf("toko pt cv ud sd smp sma smk mts paud tk sekolah kampus universitas hotel koperasi yayasan rs rsud klinik apotek wisma kapal km pantai desa dusun jalan gang maskapai tim klub grup band sanggar majalah penerbit percetakan bank radio perumahan pasar taman gedung festival lomba")
	inOffice   = setOf("menjabat jabatan bupati gubernur walikota biang")
)

// surroundings is what is asked of the words around a doubtful name, by sentence, counted once for a text.
type surroundings struct {
	politics, office []int
	both             []bool // two candidates are named: who names both of a pair speaks of the pair
}

func (look watching) surroundings(words []token) surroundings {
	if len(words) == 0 {
		return surroundings{}
	}
	n := words[len(words)-1].sentence + 1
	around := surroundings{make([]int, n), make([]int, n), make([]bool, n)}
	first := make([]string, n)
	for i, word := range words {
		around.politics[word.sentence] += ofPolitics(words, i)
		around.office[word.sentence] += ofOffice(word)
		for _, head := range forms(word.norm) {
			if at := look.phrases[head]; at != nil {
				for _, way := range at.single {
					around.both[word.sentence] = around.both[word.sentence] || way.kind == Candidate && first[word.sentence] != "" && first[word.sentence] != way.whose
					if way.kind == Candidate && first[word.sentence] == "" {
						first[word.sentence] = way.whose
					}
				}
			}
		}
	}
	return around
}

func ofPolitics(words []token, i int) int {
	norm := words[i].norm
	if (norm == "calon" || norm == "pasangan") && i+1 < len(words) && applying[words[i+1].norm] {
		return 0
	}
	if politics[norm] || politics[stemOf(norm)] {
		return 1
	}
	return 0
}

func ofOffice(word token) int {
	if office[word.norm] || office[stemOf(word.norm)] {
		return 1
	}
	return 0
}

// meant tells whether a way that stands here speaks of whom the list means.
func (way watched) meant(r reading, words []token, from, last int, around surroundings) bool {
	if way.rule == "election_word" {
		return len(way.words) == 1 || !r.mixedCase(words, from, last)
	}
	short := len(way.words) == 1 || len(way.words) == 2 && titles[way.words[0]]
	if way.kind == Candidate && short && r.anotherName(words, last) {
		return false
	}
	if !way.doubtful {
		return true
	}
	if way.kind == Party && len(way.words) > 1 && !(from > 0 && businesses[words[from-1].norm]) && !r.mixedCase(words, from, last) && r.isName(words[from]) {
		return true // "Cahaya Nusa berbagi takjil": a party without the word Partai
	}
	disguised := words[from].spelled || unmasked(words[from].norm) != words[from].norm
	if disguised && way.kind == Candidate || around.both[words[from].sentence] && way.kind == Candidate {
		return true
	}
	titled := from > 0 && titles[words[from-1].norm]
	if way.kind == Candidate && !titled && !r.isName(words[from]) && !(from > 0 && support[words[from-1].norm]) {
		return false // an ordinary word in small letters
	}
	if way.kind == Candidate && from > 0 && bearers[words[from-1].norm] {
		return false
	}
	return around.speak(words, from, last, titled, way.kind == Candidate)
}

// speak tells whether the sentence of a doubtful name speaks of politics. For a candidate with a title it is
// enough that one beside it does, or that it speaks of office.
func (around surroundings) speak(words []token, from, last int, titled, candidate bool) bool {
	if from > 0 && support[words[from-1].norm] || titled && from > 1 && support[words[from-2].norm] {
		return true
	}
	at := words[from].sentence
	politic, official := around.politics[at], around.office[at]
	for i := from; i <= last; i++ { // the name itself proves nothing
		if words[i].sentence == at {
			politic, official = politic-ofPolitics(words, i), official-ofOffice(words[i])
		}
	}
	if politic > 0 || candidate && titled && official > 0 {
		return true
	}
	if candidate && titled && (at > 0 && around.politics[at-1] > 0 || at+1 < len(around.politics) && around.politics[at+1] > 0) {
		return true
	}
	if !candidate || official == 0 {
		return false
	}
	return from > 0 && inOffice[words[from-1].norm] || around.says(words, from, inOffice) // Bupati Andika, ketika Andika menjabat
}

// says looks for words within ten words.
func (around surroundings) says(words []token, from int, list map[string]bool) bool {
	const most = 10
	for i := max(0, from-most); i < min(len(words), from+most+4); i++ {
		if words[i].sentence == words[from].sentence && i != from && list[words[i].norm] && words[i].norm != "bupati" && words[i].norm != "gubernur" {
			return true
		}
	}
	return false
}

// anotherName tells whether a family name follows that is not of the list: "Pak Darma Setiawan".
func (r reading) anotherName(words []token, last int) bool {
	if last+1 >= len(words) || words[last+1].sentence != words[last].sentence || isCapital(r.text[words[last].from:words[last].to]) {
		return false
	}
	next := words[last+1]
	if next.from == words[last].from {
		return false // what a hyphen hangs on it
	}
	return strings.TrimSpace(r.text[words[last].to:max(next.from, words[last].to)]) == "" && r.isName(next) &&
		!notNames[next.norm] && !politics[next.norm] && !isCapital(r.text[next.from:next.to])
}

// isName tells a word with a capital.
func (r reading) isName(word token) bool {
	first, _ := utf8.DecodeRuneInString(r.text[word.from:word.to])
	return unicode.IsUpper(first)
}

// mixedCase tells whether a slogan stands partly in small letters after capitals within a sentence: there
// it is the name of a place and a verb, "Bukit Selaras bangkit".
func (r reading) mixedCase(words []token, from, last int) bool {
	capital, small := false, false
	for i := from; i <= last; i++ {
		isStart := i == 0 || words[i-1].sentence != words[i].sentence
		letter, _ := utf8.DecodeRuneInString(r.text[words[i].from:words[i].to])
		capital = capital || unicode.IsUpper(letter) && !isStart && !isCapital(r.text[words[i].from:words[i].to])
		small = small || unicode.IsLower(letter)
	}
	return capital && small
}
