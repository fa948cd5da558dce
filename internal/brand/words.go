package brand

import "strings"

// chatSpelling writes out how people shorten and misspell on WhatsApp.
var chatSpelling = spellings(`
	yang=sing,nan,nu,yg dengan=dgn,dg untuk=utk,buat tidak=tra,indak,ora,teu,nda,kada,tdk,gak,ga,nggak,ngga,enggak,kagak,tak,ndak,g,gk,kaga jangan=ojo,jan,jang,ulah,jgn,jngn,jangn
	wajib=wjb,wjib harus=hrs,hrus,kudu,mesti,musti,kedah belum=lum,durung,balun,acan,blm,blum,belom bukan=bkn lupa=lupo,lali sudah=wis,su,so,parantos,sdh,udah,dah,udh kalau=klo,kalo,klw,klu,klau pada=pd dari=dr kepada=kpd
	semua=kabeh,samua,sadonyo,sakabeh,smua,smw seluruh=slruh setiap=stiap,tiap tiap-tiap=tiap2 dapat=dpt,dapet,dapetin karena=krn,karna tersebut=tsb,tsbt dalam=dlm besok=sesuk,bsk sekarang=skrg,skrng,skg
	juga=jg lagi=lg saja=aja,sj,wae,bae,ae nanti=ntar,nti bapak=bpk,pak ibu=bu,buk teman=tmn,temen teman-teman=temen-temen
	screenshot=ss,skrinsut,skrinsyut,screenshoot,screenshoot,skrinsot,sreenshot share=shere,sher,syer,sharing,seher komen=coment,comment,koment,comments,komment
	like=likes,laik,lke follow=folow,follo,polow,folo subscribe=subcribe,subscribed,subs komentar=komentarnya,comentar
	posting=post bagikan=bagiin sebarkan=sebarin viralkan=viralin menangkan=menangin ramaikan=ramein,rameiin tugas=tgs tolong=tulung,tlg,tlong,plis segera=ndang postingan=postingane akun=akune komentar-komentar=komen-komen balas=baleh,bales,balesin dibalas=dibaleh,dibales
	pegawai=peg,pegawe walikota=walkot grup=group,gc,grub instagram=ig facebook=fb twitter=twiter nomor=nomer,no,nmr rekening=rek orang=org
	nomor-rekening=norek,norekening`)

func spellings(table string) map[string]string {
	full := map[string]string{}
	for _, entry := range strings.Fields(table) {
		word, shorts, _ := strings.Cut(entry, "=")
		for _, short := range strings.Split(shorts, ",") {
			full[short] = word
		}
	}
	return full
}

// wordLists are the words that the patterns call by one name. A word that begins with ~ stands for the
// verb with its prefixes as well: ~bagikan is bagikan, membagikan, dibagikan.
var wordLists = map[string]string{
	"AMPL":  "~share ~repost ~retweet rt ~reshare ~regram ~forward ~sebarkan ~sebarluaskan ~bagikan ~like ~sukai ~follow ~subscribe ~viralkan",
	"SHARE": "~share ~repost ~retweet rt ~reshare ~forward ~sebarkan ~sebarluaskan ~bagikan ~viralkan",
	"LIKE":  "~like ~sukai",
	"RAW":   "like share komen follow subscribe repost retweet rt mention",

	"OBLIGE": "wajib ~wajibkan kewajiban harus ~haruskan keharusan mutlak instruksi ~instruksikan perintah ~perintahkan",
	"STAFF":  "asn pns pppk p3k pegawai karyawan staf staff guru honorer non-asn opd skpd aparatur kasubbag kabid ppnpn tendik thl",
	"EVERY":  "seluruh semua setiap segenap masing-masing seluruhnya semuanya",
	"NEGX":   "tidak belum",
	"THREAT": "sanksi ~kenai dikenakan ~hukum hukuman ~catat ~laporkan ~potong pemotongan ~tunda ~tahan ~absen teguran ~tegur ~mutasi dimutasikan dianggap catatan ~evaluasi evaluasi konsekuensi ~panggil ~berhentikan denda ~pengaruhi memengaruhi pembinaan akibatnya diumumkan disebutkan japri dijapri",
	"PROOF":  "bukti screenshot tangkapan rekap rekapan link-nya linknya tautannya buktinya rekapitulasi",
	"SHOT":   "screenshot tangkapan",
	"SEND":   "~kirim ~kirimkan ~lapor ~laporkan ~kumpulkan ~setor ~setorkan ~serahkan ~kumpul",
	"BOSS":   "kepala kabid kasubbag kasi pimpinan atasan bidang grup subbag opd bagian koordinator kasubag sekretaris bkd bkpsdm",
	"RATING": "penilaian skp kinerja tpp tukin tunjangan loyalitas",

	"MANY":   "sebanyak-banyaknya sebanyaknya sebanyak-banyak terbanyak seramai-ramainya seluas-luasnya",
	"PLACE":  "grup kontak teman temanmu orang kenalan sahabat wag",
	"FRIEND": "teman temanmu sahabat sahabatmu orang bestie sohib konco kawan kawanmu rekan teman-teman",
	"PRIZE":  "hadiah pulsa voucher giveaway doorprize undian merchandise kuota",

	"ATTACK": "habisi sikat lumpuhkan rundung hujat sindir serbu serang kepung banjiri gempur hajar bully ganyang keroyok ~report lawan counter kontra penuhi kuasai geruduk ramaikan bungkam",
	"ENEMY":  "akun kolom komentar komen haters hater netizen warganet cuitan tweet postingan unggahan buzzer pembenci tuduhan",
	"REPLY":  "balas balaslah reply tanggapi jawab komentari bantah",
	"POST":   "komentar komen cuitan tuduhan netizen warganet haters tweet postingan unggahan kritik berita akun",
	"TASK":   "mohon tolong diminta ayo mari bantu dibantu dimohon silakan yuk wajib harus agar ditugaskan menugaskan ditugasi tugaskan ~instruksikan ~perintahkan rekan-rekan",
	"REPLYM": "mengomentari membalas menanggapi melawan menyerang membanjiri menyerbu membantah mengcounter meng-counter",
	"GIVE":   "beri berikan tinggalkan tuliskan tulis kasih berilah",
	"GIVEM":  "memberi memberikan menulis menuliskan meninggalkan mengisi",

	"VOTE":    "pilih pilihlah coblos mencoblos dukung dukunglah menangkan memenangkan pilihan pilihannya",
	"CAND":    "paslon calon caleg petahana kandidat cabup cagub cawalkot capres cawapres cawabup cawagub",
	"RACE":    "pilkada pemilu pilgub pilbup pilwalkot pileg pilpres pilwali pilkades",
	"SEAT":    "gubernur bupati wali walikota presiden dprd dpr dpd",
	"CONTEST": "lomba hadiah undian pertandingan kejuaraan juara tender kuis medali doorprize final laga",

	"OFFICIAL": "bupati gubernur walikota presiden menteri sekda camat kadis pemimpin wagub wabup kades lurah wakil-bupati pimpinan kadisdik sekretaris-daerah",
	"SUPER":    "terbaik terhebat hebat visioner idaman kebanggaan dicintai jenius dambaan terpuji tercinta kesayangan panutan terkasih inspiratif merakyat cemerlang gemilang brilian dermawan",
	"PRAISE1":  "hebatnya kehebatan kebanggaan tercinta kepemimpinan kegigihan kebaikan perjuangan jasa jasa-jasa",
	"FILL":     "luar tiada tidak ada kita kami memang adalah itu ini yang sungguh sangat paling benar-benar bapak ibu sosok dan begitu yth h hj kepada si",
}

// physical are things that offices hand out: who shares rice shares no post.
var physical = setOf(`rapor sembako bantuan masker struk beras makanan brosur formulir undangan obat vitamin takjil daging paket bibit benih buku kupon kartu
	bendera air bansos blt seragam bingkisan zakat kurban dokumen sertifikat soal jadwal-piket hasil menu resep nasi susu tablet oleh-oleh dividen helm stiker`)

// verbForms are a verb with its prefixes, as grammar and as people write them: share, menshare, dishare,
// di-share, ngeshare.
func verbForms(verb string) []string {
	forms := []string{verb, "di" + verb, "di-" + verb, "me-" + verb, "nge" + verb, "nge-" + verb, "ter" + verb, "ku" + verb}
	rest := verb[1:]
	switch verb[0] {
	case 'l', 'm', 'n', 'r', 'w', 'y':
		forms = append(forms, "me"+verb, "nge"+verb)
	case 'b', 'f', 'v':
		forms = append(forms, "mem"+verb)
	case 'p':
		forms = append(forms, "mem"+rest, "mem"+verb)
	case 't':
		forms = append(forms, "men"+rest, "men"+verb)
	case 'd', 'c', 'j', 'z':
		forms = append(forms, "men"+verb)
	case 's':
		forms = append(forms, "meny"+rest, "men"+verb, "meng"+verb, "me"+verb)
	case 'k':
		forms = append(forms, "meng"+rest, "meng"+verb)
	default:
		forms = append(forms, "meng"+verb)
	}
	return forms
}

// tags are the lists and pattern words that a word belongs to, one bit each.
type tags [4]uint64

func (t *tags) set(bit int)      { t[bit/64] |= 1 << (bit % 64) }
func (t *tags) has(bit int) bool { return t[bit/64]&(1<<(bit%64)) != 0 }
func (t *tags) none() bool       { return *t == tags{} }

func (t *tags) add(of tags) {
	for i := range t {
		t[i] |= of[i]
	}
}

func (t *tags) clear(of tags) {
	for i := range t {
		t[i] &^= of[i]
	}
}

func (t *tags) any(of tags) bool {
	for i := range t {
		if t[i]&of[i] != 0 {
			return true
		}
	}
	return false
}

// lexicon knows the tags of each word that any pattern asks for.
type lexicon struct {
	words map[string]tags
	bits  map[string]int // by the name of the element, as it stands in the pattern
}

// bit gives an element of a pattern its tag: "wajib|harus", "AMPL", "SEND|laporkan", "#" for a number.
func (l *lexicon) bit(element string) int {
	if bit, known := l.bits[element]; known {
		return bit
	}
	bit := len(l.bits)
	l.bits[element] = bit
	for _, part := range strings.Split(element, "|") {
		words := []string{part}
		if list, isList := wordLists[part]; isList {
			words = strings.Fields(list)
		}
		for _, word := range words {
			forms := []string{word}
			if verb, inflects := strings.CutPrefix(word, "~"); inflects {
				forms = verbForms(verb)
			}
			for _, form := range forms {
				tagged := l.words[form]
				tagged.set(bit)
				l.words[form] = tagged
			}
		}
	}
	return bit
}

// of looks a word up as it stands, and without what hangs on it.
func (l *lexicon) of(word string) tags {
	found, known := l.words[word]
	if known {
		return found
	}
	if stem, cut := bare(word); cut {
		if found, known = l.words[stem]; known {
			return found
		}
		if second, again := bare(stem); again {
			return l.words[second]
		}
	}
	return found
}

// clitics may follow any word: bagikanlah, membagikannya.
var clitics = []string{"nya", "lah", "kah", "pun", "mu", "ku", "-nya"}

// bare is the word without what hangs on it; ok is false when nothing does.
func bare(word string) (string, bool) {
	for _, clitic := range clitics {
		if stem, cut := strings.CutSuffix(word, clitic); cut && len(stem) > 2 {
			return strings.TrimSuffix(stem, "-"), true
		}
	}
	if first, second, doubled := strings.Cut(word, "-"); doubled && strings.HasPrefix(second, first) { // buzzer-buzzer
		return first, true
	}
	return word, false
}
