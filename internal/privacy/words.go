package privacy

import (
	"fmt"
	"strings"

	"gaung/internal/click"
	"gaung/internal/network"
)

// shown is how a column stands in a copy: words for what the database keeps as a number, and only the day of what
// tells when somebody else opened a link. It holds nothing that a person wrote.
func shown(table, column, lang string) string {
	switch table + "." + column {
	case "click.at", "ledger.at", "act.graded_at":
		return dayOf(column)
	case "act_evidence.at":
		return `CASE WHEN kind IN ('valid_click', 'preview_fetched') THEN to_jsonb(` + dayOf("at") + `) ELSE to_jsonb(at) END`
	case "click.verdict":
		return inWords(column, func(n int) string { return in(verdictWords[click.Verdict(n)], lang) })
	case "click.reason":
		return inWords(column, func(n int) string { return in(reasonWords[click.Reason(n).String()], lang) })
	case "click.channel":
		return inWords(column, func(n int) string { return networkName(n, lang) })
	}
	if column == "network" || column == "channel" {
		return inWords(column, func(n int) string { return networkName(n, lang) })
	}
	return `"` + column + `"`
}

// dayOf is the visitor day of an instant, in which a reader counts once.
func dayOf(column string) string {
	return `((` + column + ` AT TIME ZONE 'UTC') + interval '5 hours')::date`
}

// mostNumber is past every number that has words.
const mostNumber = 100

// inWords has the database say the words of a number, and the number where nobody knows words for it.
func inWords(column string, words func(n int) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CASE %s::int4", column)
	for n := range mostNumber {
		if word := words(n); word != "" {
			fmt.Fprintf(&b, " WHEN %d THEN '%s'", n, strings.ReplaceAll(word, "'", "''"))
		}
	}
	fmt.Fprintf(&b, " ELSE %s::int4::text END", column)
	return b.String()
}

func in(words [2]string, lang string) string {
	if lang == "en" {
		return words[1]
	}
	return words[0]
}

func networkName(n int, lang string) string {
	on, _ := network.Numbered(network.Number(n)) // an unknown one has no name
	return in([2]string{on.Name, on.NameEn}, lang)
}

// verdictWords say in Indonesian and English what an opening was taken for.
var verdictWords = map[click.Verdict][2]string{
	click.Valid:    {"pembaca", "reader"},
	click.Preview:  {"pratinjau oleh jejaring", "preview by a network"},
	click.Bot:      {"mesin", "machine"},
	click.Prefetch: {"dimuat lebih dahulu oleh peramban", "loaded ahead by a browser"},
	click.Self:     {"dibuka sendiri", "opened by yourself"},
	click.Repeat:   {"pembaca yang sama pada hari yang sama", "the same reader on the same day"},
	click.Suspect:  {"diragukan, tidak dihitung", "doubtful, not counted"},
}

// reasonWords say why, by the names of click's reasons.
var reasonWords = map[string][2]string{
	"new_visitor":          {"pembaca baru pada hari itu", "a new reader that day"},
	"seen_today":           {"sudah membuka pada hari itu", "had opened it that day"},
	"purpose_header":       {"peramban menyebutnya pemuatan awal", "the browser said it loads ahead"},
	"listed_preview":       {"pembuat pratinjau yang dikenal", "a known maker of previews"},
	"listed_bot":           {"mesin yang dikenal", "a known machine"},
	"no_user_agent":        {"tidak menyebut peramban", "named no browser"},
	"http_library":         {"program, bukan peramban", "a program, not a browser"},
	"headless_browser":     {"peramban yang dijalankan mesin", "a browser run by a machine"},
	"bot_word":             {"menyebut diri mesin", "calls itself a machine"},
	"preview_word":         {"menyebut diri pembuat pratinjau", "calls itself a maker of previews"},
	"fetch_word":           {"menyebut diri pengambil halaman", "calls itself a fetcher of pages"},
	"contact_address":      {"memuat alamat kontak pengelola mesin", "holds the contact address of a machine's keeper"},
	"no_browser_engine":    {"bukan peramban yang lengkap", "no whole browser"},
	"tool_word":            {"menyebut diri alat pemeriksa", "calls itself a tool"},
	"compatible_signature": {"berciri mesin", "marked like a machine"},
	"own_device":           {"perangkat Anda sendiri", "your own device"},
	"own_session":          {"sesi Anda sendiri", "your own session"},
	"own_address":          {"alamat tempat Anda membagikan", "the address from which you shared"},
	"not_navigation":       {"dimuat oleh halaman lain", "loaded by another page"},
	"recalled":             {"konten sudah ditarik", "the content had been withdrawn"},
	"burst":                {"banyak tautan sekaligus dari satu tempat", "many links at once from one place"},
	"datacentre":           {"dari pusat data", "from a data centre"},
	"held":                 {"sangat banyak dari satu jaringan, menunggu pemeriksaan malam", "very many from one network, waiting for the night's check"},
	"own_place":            {"beberapa peramban di tempat Anda membagikan membuka semuanya", "a few browsers where you shared opened everything"},
	"own_agent":            {"peramban yang sama dengan milik Anda, dari banyak alamat", "a browser like yours, from many addresses"},
	"office":               {"rekan di satu alamat saling membuka semua tautan", "colleagues at one address opened all of each other's links"},
	"ring":                 {"beberapa pembagi saling membuka tautan", "several sharers opened each other's links"},
	"farm":                 {"perangkat yang sama di satu alamat membuka banyak tautan", "the same devices at one address opened many links"},
	"sweep":                {"banyak pembuka yang masing-masing membuka semua tautan Anda", "many visitors who each opened all of your links"},
	"bare":                 {"permintaan tanpa tanda yang selalu dikirim peramban", "requests without what every browser sends"},
	"rotation":             {"lebih banyak peramban berbeda daripada yang wajar di satu tempat", "more different browsers at one place than people there have"},
	"regular":              {"pembukaan dengan jarak waktu yang teratur", "openings at regular intervals"},
	"rush":                 {"pembukaan lebih cepat daripada pembaca di satu tempat", "openings faster than readers of one place"},
	"one_block":            {"hampir semua dari satu jaringan yang tidak membuka tautan orang lain", "nearly all from one network that opened nobody else's links"},
	"scattered":            {"hampir semua dari jaringan yang tidak membuka tautan orang lain", "nearly all from networks that opened nobody else's links"},
}
