package delivery

// words are those of a letter in one language; %s stands for names and dates.
type words struct {
	subject, sample, greeting, counted, at string
	lead, end                              map[Pace]string
	pdf, xlsx, both, tooLarge              string
	open, why, stop, settings, noReply     string
	endSubject                             string
}

func wordsOf(lang string) words {
	if lang == "en" {
		return inEnglish
	}
	return inIndonesian
}

var inIndonesian = words{
	subject:  "Laporan keterlibatan ASN %s, %s",
	sample:   "Contoh: ",
	greeting: "Dengan hormat,",
	lead: map[Pace]string{
		Weekly:  "Berikut laporan keterlibatan mingguan %s untuk %s (%s).",
		Monthly: "Berikut laporan keterlibatan bulanan %s untuk %s (%s).",
	},
	counted:  "Dihitung %s. Bukti yang datang terlambat masih dapat mengubah angkanya.",
	at:       "%s pukul %s %s",
	pdf:      "Terlampir laporan lengkap sebagai PDF.",
	xlsx:     "Terlampir laporan lengkap sebagai Excel.",
	both:     "Terlampir laporan lengkap sebagai PDF dan Excel.",
	tooLarge: "Laporan lengkap tidak dilampirkan karena melebihi %d MB. Silakan mengunduhnya melalui tautan di bawah.",
	open:     "Buka laporan",
	why:      "Anda menerima surel ini karena berlangganan laporan ini di Gaung.",
	stop:     "Berhenti menerima laporan ini",
	settings: "Atur langganan laporan",
	noReply:  "Surel ini dikirim otomatis. Balasan tidak dibaca.",

	endSubject: "Langganan laporan %s berakhir",
	end: map[Pace]string{
		Weekly:  "Langganan laporan mingguan %s berakhir karena Anda tidak lagi memegang peran yang dapat membacanya. Bila ini keliru, hubungi administrator instansi Anda.",
		Monthly: "Langganan laporan bulanan %s berakhir karena Anda tidak lagi memegang peran yang dapat membacanya. Bila ini keliru, hubungi administrator instansi Anda.",
	},
}

var inEnglish = words{
	subject:  "ASN engagement report of %s, %s",
	sample:   "Sample: ",
	greeting: "Dear reader,",
	lead: map[Pace]string{
		Weekly:  "This is the weekly engagement report of %s for %s (%s).",
		Monthly: "This is the monthly engagement report of %s for %s (%s).",
	},
	counted:  "Counted %s. Evidence that comes late can still change its figures.",
	at:       "on %s at %s %s",
	pdf:      "The whole report is attached as a PDF.",
	xlsx:     "The whole report is attached as an Excel workbook.",
	both:     "The whole report is attached as a PDF and an Excel workbook.",
	tooLarge: "The whole report is not attached: it is larger than %d MB. Please download it behind the link below.",
	open:     "Open the report",
	why:      "You get this e-mail because you subscribed to this report in Gaung.",
	stop:     "Stop this report",
	settings: "Manage report subscriptions",
	noReply:  "This e-mail was sent automatically. Replies are not read.",

	endSubject: "Your subscription to the report of %s has ended",
	end: map[Pace]string{
		Weekly:  "Your subscription to the weekly report of %s has ended, because you no longer hold a role that may read it. If this is wrong, ask your agency's administrator.",
		Monthly: "Your subscription to the monthly report of %s has ended, because you no longer hold a role that may read it. If this is wrong, ask your agency's administrator.",
	},
}
