package brand

// phraseRules are the rules of the house that every agency has, in the order in which they were needed.
// A match at the same place is told once, by the gravest rule (see gravest).
var phraseRules = []phraseRule{
	{
		name: "coercion", severity: Error,
		reason: "Kalimat ini mewajibkan, mengancam, atau meminta bukti. Membagikan dan menyukai bersifat sukarela dan tidak boleh memengaruhi penilaian pegawai. Tulis sebagai ajakan, misalnya “Bagikan bila bermanfaat”.",
		blocks: "tidak|bukan|boleh|bisa|silakan|sukarela|sebelum|saat|ketika|untuk|cara|pembayaran|transfer|setoran|gangguan|kerusakan|meminta",
		unless: "sukarela",
		rows: []string{
			"OBLIGE ~5 AMPL", "OBLIGE untuk AMPL", "~wajibkan|~perintahkan|~instruksikan|~haruskan|kewajiban ~6 untuk|agar|supaya ~2 AMPL", "AMPL ~4 syarat|prasyarat|dasar|komponen|indikator|pertimbangan ~3 RATING|pembayaran|pencairan|kenaikan|kehadiran|absen",
			"AMPL ~5 hukumnya|sifatnya|bersifat|adalah|itu ~1 wajib|kewajiban|keharusan",
			"NEGX ~2 AMPL ~10 THREAT", "belum ~1 AMPL ~3 segera", "EVERY|STAFF ~6 AMPL ~8 sebelum|lambat ~1 pukul|jam|apel|#", "AMPL ~8 diabsen|absen|absensi|direkap|didata", "NEGX ~1 AMPL ~1 NEGX ~1 dapat|terima|menerima|cair ~1 RATING", "STAFF ~3 kecuali|terkecuali ~2 AMPL",
			"AMPL ~6 masuk|memengaruhi|mempengaruhi|menentukan|jadi|menjadi|untuk ~2 RATING",
			"SEND ~3 PROOF ~4 AMPL", "PROOF ~5 AMPL ~6 SEND", "PROOF ~2 AMPL ~4 BOSS", "AMPL ~8 SEND|unggah|upload|lampirkan ~3 PROOF", "laporan|rekap|daftar|absensi ~1 AMPL ~4 ditunggu|dikirim|dikumpulkan|diserahkan|disetor|lambat", "SEND ~2 PROOF ~1 SHOT ~4 BOSS", "SEND ~1 SHOT ~4 BOSS",
			"EVERY ~2 STAFF ~6 agar|supaya|diminta|diarahkan|diinstruksikan ~2 AMPL", "STAFF ~3 kecuali|terkecuali ~1 agar|supaya|untuk ~2 AMPL",
			"AMPL ~6 nihil ~4 THREAT", "memastikan|pastikan|dipastikan ~2 EVERY|STAFF ~4 AMPL", "AMPL ~3 laporkan|lapor ~2 grup",
			"absen|absensi|presensi AMPL", "ditunggu|mana|setor|setorkan ~1 link|tautan|laporan|hasil ~1 AMPL", "jangan sampai tidak AMPL", "jangan sampai ada ~2 tidak|belum AMPL",
			"absen|presensi|absensi ~4 cara AMPL", "masa ~1 AMPL ~2 tidak", "jangan|dilarang ~1 pulang|istirahat|bubar sebelum AMPL", "baru|cuma|hanya # ~1 yang AMPL",
		},
	},
	{
		name: "reply_task", severity: Error,
		reason: "Gaung tidak memberi tugas berkomentar, membalas, melaporkan, atau menyerang akun. Hapus ajakan ini; bila ada kabar keliru, buat konten klarifikasi.",
		blocks: "petugas|admin|kami|pesan|layanan|pertanyaan|like|suka",
		unless: "aduankonten|pertanyaan|bertanya",
		rows: []string{
			"ATTACK ~3 ENEMY", "REPLY ~3 POST", "TASK ~6 REPLYM ~4 POST|ENEMY", "GIVE ~1 komentar|komen", "isi|isilah ~1 kolom komentar|komen", "TASK ~3 GIVEM ~1 komentar|komen",
			"report ~3 akun", "balas|lawan|serang|report|laporkan|hajar ~1 rame-rame|ramai-ramai|beramai-ramai|bareng-bareng|massal", "komentar|komen ~4 balas|serang|hajar|lawan", "laporkan ~4 akun ~6 ramai-ramai|bersama-sama|massal|rame-rame|beramai-ramai", "laporkan|report ramai-ramai|rame-rame|beramai-ramai|massal",
			"komentari ~6 POST", "TASK ~2 berkomentar|komen|komentar ~3 POST|akun|positif|baik",
		},
	},
	{
		name: "like_bait", severity: Error,
		reason: "Umpan suka atau bagikan: jejaring menurunkan jangkauan unggahan seperti ini dan melarang imbalan. Ajak tanpa jumlah, lomba, atau hadiah.",
		blocks: "kali|dibaca|jumlah|fitur|tombol|angka|rata-rata|total|statistik|sebelum|paket|memperoleh|mendapat",
		also:   "jumlah|fitur|tombol|angka|statistik|pernah",
		unless: "jawab|menjawab|dijawab|pertanyaan",
		rows: []string{
			"AMPL ~4 MANY", "MANY ~2 LIKE|SHARE", "RAW ~2 RAW", "klik|tekan|pencet|klik ~1 like|love|suka|jempol ~2 RAW|SHARE", "spam ~1 RAW", "rt|retweet|repost ~1 sekarang|yuk|dong|juga", "like|subscribe ~1 dong|dulu|yuk|guys",
			"SHARE ~4 # ~1 PLACE", "SHARE ~4 minimal ~1 # ~1 PLACE", "tag|mention|colek|tandai ~1 # ~1 FRIEND", "tag|mention|colek|tandai ~1 FRIEND", "teruskan|kirimkan|kirim|forward ke ~1 # ~1 PLACE",
			"komen|komentar ~3 untuk|biar|supaya|agar ~1 dapat|mendapatkan|mendapat|ikut|menang|dikirim|memperoleh", "ketik|ketikkan|mengetik|komen|tulis ~5 komentar|komen",
			"target|kejar|tembus|tembuskan|capai ~4 # RAW|likes|suka", "pertama ~2 RAW", "ramaikan|naikkan|trendingkan ~2 tagar|hashtag|trending", "biar|agar|supaya ~2 viral|trending|fyp", "viralkan|memviralkan|diviralkan", "AMPL ~6 biar|agar|supaya|sampai|hingga ~4 viral|trending|fyp",
			"AMPL ~6 dapat|berhadiah|berkesempatan|memenangkan|raih|menangkan ~2 PRIZE", "RAW ~3 pertama|tercepat", "ramaikan ~3 LIKE", "banjiri|penuhi|serbu ~1 like",
			"ketik|komen|tulis|ketikkan ~1 amin|aamiin|amiin", "klik|tekan|pencet|ketuk ~1 like|love|jempol|suka ~1 kalau|jika|bila", "tag|mention|colek|tandai ~3 FRIEND ~4 biar|agar|supaya|dapat|menang",
			"teruskan|kirimkan|sebarkan|bagikan|share|kirim|forward ke semua|seluruh ~1 grup|kontak|kontakmu", "sebar|sebarin|sebari ~3 # ~1 PLACE", "bantu|ayo|target|kejar|yuk ~4 # ~2 pelanggan|pengikut|follower|subscriber", "amin-kan|aminkan|aminin ~6 AMPL", "satu|1 like|share|komentar|klik satu|1",
			"ajak ~1 # FRIEND ~3 AMPL",
		},
	},
	{
		name: "campaign", severity: Error,
		reason: "Kalimat ini mendukung atau menyerang peserta pemilu. ASN wajib netral (UU 20/2023 Pasal 24), juga di luar masa pemilu. Hapus ajakan ini.",
		unless: "netral|netralitas|kpu|bawaslu",
		before: "dilarang|larangan|boleh|melarang|mengajak",
		rows: []string{
			"VOTE ~3 CAND", "coblos|mencoblos|tusuk|nyoblos ~1 nomor ~1 #", "pilih|dukung|menangkan beliau|dia", "memenangkan|menangkan|dukung ~1 pasangan", "tolak|kalahkan|tumbangkan|lawan ~1 CAND", "VOTE ~4 nomor urut ~1 #", "nomor urut # ~4 dukung|pilih|coblos|menangkan", "salah pilih ~3 nomor #", "menangkan|coblos|memenangkan ~5 RACE",
			"dukung|dukunglah|mendukung|pilih|menangkan|memenangkan ~4 jadi|menjadi|sebagai ~2 SEAT", "dukung|pilih ~5 dua|2 periode", "lanjutkan|lanjut ~3 dua|2|kedua periode", "lanjutkan|lanjut ~4 periode kedua|ke-2", "partai ~8 pilih|pilihan|dukung|menangkan|coblos", "pilih|dukung|menangkan|coblos ~2 partai|kader",
			"pilih|dukung nomor # ~3 perubahan|kemenangan|rakyat|maju", "hanya ~1 partai ~3 yang", "jangan ganti pemimpin|pemimpinnya|bupati|gubernur|walikota", "suaramu|suara|suaranya|suara-kita ~1 untuk|kepada ~1 beliau|petahana|dia", "kemenangan|pemenangan ~1 beliau|petahana|paslon", "memilih|pilih|coblos ~1 pasangan|calon|paslon ~3 didukung|pilihan|arahan ~1 pimpinan|atasan|bupati|gubernur|kita", "kalau|jika|bila|semoga|pastikan ~3 terpilih|menang ~1 lagi|kembali", "hadiri|hadirilah|ayo|mari ~3 deklarasi ~1 pemenangan|dukungan|kemenangan", "sukseskan|wujudkan|rebut|raih ~1 kemenangan ~2 putaran", "coblos|mencoblos|nyoblos ~1 biru|merah|kuning|hijau|putih|oranye|ungu", "biar|agar|supaya|untuk ~3 nomor ~1 # ~2 menang|unggul",
			"bersama ~1 OFFICIAL lanjutkan", "kumpulkan|himpun|serahkan ~2 ktp ~4 calon|dukungan|mendukung|pasangan", "ayo|mari|yuk|kompak|sepakat|pokoknya|tetap ~1 pilih nomor #", "bupati|gubernur|walikota|beliau|petahana ~1 pasti|harus|wajib menang",
			"# harga mati", "jangan ganti nakhoda|nahkoda|kapten|sopir|haluan", "pilih|memilih|milih yang ~1 belum|sudah|terbukti ~2 kerja|bekerja",
		},
	},
	{
		name: "campaign_word", severity: Warning,
		reason: "Kata ini lazim dalam kampanye politik. Bila maksudnya lain, pertegas kalimatnya; bila memang dukungan, hapus.",
		blocks: "CONTEST|antrean|pendaftaran",
		unless: "imunisasi|vaksin|vaksinasi|pendataan|osis|rt|rw|netral|netralitas|kpu|bawaslu|dilarang|larangan|boleh|antrean|pendaftaran|pendaftar|peserta|ujian|berkas|loket|formulir|kursi|pembayaran|gaji",
		rows: []string{
			"coblos|mencoblos|coblosan|nyoblos", "menangkan ~3 #|daerah|kita|kami|suara|pilkada|pemilu|beliau|dia|hati", "nomor urut", "paslon|timses|elektabilitas|cabup|cagub|caleg|capres|cawapres",
			"tim sukses|pemenangan", "petahana", "deklarasi ~1 relawan|dukungan|pasangan", "satu putaran", "bilik suara", "unggul ~3 survei", "dua|2 periode", "RACE ~8 jagoan|jagoanmu|pilihanmu|jagoannya", "jagoan|jagoanmu|pilihanmu ~4 RACE", "kampanye ~1 akbar|terbuka|hitam|pilkada|pemilu|politik", "relawan ~1 paslon|calon",
		},
	},
	{
		name: "praise", severity: Warning,
		reason: "Pujian pribadi kepada pejabat. Konten resmi menyampaikan apa yang dikerjakan untuk warga dan tidak memuat kepentingan pribadi atau golongan (Inpres 9/2015). Sebutkan hasilnya, bukan orangnya.",
		rows: []string{
			"OFFICIAL SUPER", "OFFICIAL FILL SUPER", "OFFICIAL FILL FILL SUPER", "OFFICIAL FILL FILL FILL SUPER", "OFFICIAL FILL FILL FILL FILL SUPER", "kepemimpinan SUPER ~2 OFFICIAL", "SUPER ~1 dedikasi|pengabdian|perhatian ~2 OFFICIAL", "bawah kepemimpinan ~2 OFFICIAL", "beruntung|beruntungnya|salut|bangga ~4 OFFICIAL", "sehebat|sebaik|sepeduli|sebijak beliau",
			"hebat|hebatnya|terbaik|terhebat|kehebatan|kebanggaan|biasa OFFICIAL", "SUPER FILL OFFICIAL", "SUPER FILL wali kota",
			"berkat ~3 PRAISE1|tangan|kerja ~3 OFFICIAL|beliau", "berkat ~2 OFFICIAL|beliau|wali", "terima kasih OFFICIAL", "terima kasih FILL OFFICIAL", "terima kasih FILL FILL OFFICIAL", "terima kasih FILL wali kota",
			"jasamu|jasa-jasamu|jasa-jasanya", "tangan beliau",
		},
	},
}
