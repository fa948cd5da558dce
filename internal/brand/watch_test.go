package brand

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// a list as an administrator of a region with an election types it.
var pilkada = Watch{
	Words: []WatchedWord{{"Selaras Jilid Dua", Error}, {"perubahan untuk semua", Warning}},
	Names: []WatchedName{
		{Name: "Andika Saputra", Kind: Candidate, Aliases: []string{"Andi-Budi", "Mas Dika"}, Doubtful: []string{"Dika"}},
		{Name: "Partai Bulan Bintang", Kind: Party, Doubtful: []string{"PBB"}},
		{Name: "Partai Amanat Nasional", Kind: Party, Aliases: []string{"PAN"}},
		{Name: "PDI Perjuangan", Kind: Party, Aliases: []string{"PDIP", "PDI-P"}},
		{Name: "Relawan Sahabat Dika", Kind: Team},
	},
	Accounts: []WatchedAccount{{Handle: "andika.saputra", Whose: "calon bupati nomor 1"}, {Handle: "sahabatdika.example"}},
}

func TestAWatchFindsWhatItNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, quote, rule string }{
		{"Bupati Andika Saputra meresmikan pasar", "Andika Saputra", "election_name"},
		{"bersama H. ANDIKA M. SAPUTRA, S.E.", "ANDIKA M. SAPUTRA", "election_name"},
		{"Dukung #AndikaSaputra2027", "#AndikaSaputra2027", "election_name"},
		{"tonton #andikasaputrauntukkita", "#andikasaputrauntukkita", "election_name"},
		{"pasangan Andi – Budi hadir", "Andi – Budi", "election_name"},
		{"pasangan Andi-Budi hadir", "Andi-Budi", "election_name"},
		{"pasangan Andi Budi hadir", "Andi Budi", "election_name"},
		{"Andik4 Saputra menyapa", "Andik4 Saputra", "election_name"},
		{"Dika, siswa SMP 2, juara lomba", "", ""},
		{"relawan Dika membagikan kaus", "Dika", "election_name"},
		{"Bayar PBB sebelum jatuh tempo", "", ""},
		{"Kader PBB menggelar rapat", "PBB", "election_name"},
		{"pilih PBB", "PBB", "election_name"},
		{"Goreng di pan antilengket", "", ""},
		{"Acara PAN di alun-alun", "PAN", "election_name"},
		{"kader pdip hadir", "pdip", "election_name"},
		{"kader PDI-P hadir", "PDI-P", "election_name"},
		{"Saatnya Selaras Jilid Dua!", "Selaras Jilid Dua", "election_word"},
		{"#SelarasJilidDua", "#SelarasJilidDua", "election_word"},
		{"Sudah dua jilid laporan Selaras", "", ""},
		{"ikuti @andika.saputra ya", "@andika.saputra", "election_account"},
		{"https://www.instagram.com/andika.saputra/p/abc?x=1", "https://www.instagram.com/andika.saputra/p/abc?x=1", "election_account"},
		{"lihat https://sahabatdika.example/program", "https://sahabatdika.example/program", "election_account"},
		{"ikuti @andika.olshop", "", ""},
		{"Posyandu keliling hadir di 12 desa", "", ""},
	} {
		found := pilkada.LookIn(Text{Captions: []string{c.text}}, nil)
		switch {
		case c.rule == "" && len(found) > 0:
			t.Errorf("%q: a false alarm: %v", c.text, found)
		case c.rule != "" && (len(found) != 1 || found[0].Quote != c.quote || found[0].Rule != c.rule):
			t.Errorf("%q: %v, want %s %q", c.text, found, c.rule, c.quote)
		}
	}
	found := pilkada.LookIn(Text{Title: "Judul"}, []Address{{"official_posts", 1, "https://x.com/andika.saputra/status/1"}, {"landing_url", 0, "https://example.go.id/"}})
	if len(found) != 1 || found[0].Field != "official_posts" || found[0].Index != 1 {
		t.Errorf("addresses: %v", found)
	}
}

// watchOf500 has as many names as a list may, with first words that are alike.
func watchOf500() Watch {
	watch := Watch{Accounts: []WatchedAccount{{Handle: "larasnp"}}}
	for i := range 500 {
		name := "Nama " + strings.Repeat(string(rune('a'+i%26)), 3) + " Calon" + string(rune('a'+i/26))
		watch.Names = append(watch.Names, WatchedName{Name: name, Kind: Candidate, Aliases: []string{"Mas " + name, "Bu " + name}})
	}
	return watch
}

func longWatchTexts() map[string]string {
	return map[string]string{
		"official": strings.Repeat("Nama baik pelayanan #posyandu dijaga bersama oleh seluruh pegawai. ", 700),
		"named":    strings.Repeat("calon Bapak Nama ", 3000), "names": strings.Repeat("Nama aaa Calona ", 3000), "doubtful": strings.Repeat("Nama Rahman ", 4000),
		"spelled": strings.Repeat("n.a.m.a-n-a-m-a ", 3000), "tags": strings.Repeat("#namanamaaaa ", 4000), "one tag": "#" + strings.Repeat("nama", 12000),
		"accounts": strings.Repeat("ig larasnp ", 4500), "hosts": strings.Repeat("a.b.c.d/e@f.g ", 3500), "letters": strings.Repeat("a.", 25000),
	}
}

// The bound is wide, because machines differ: the figures are the benchmark's.
func TestAWatchOfLongTextsIsQuick(t *testing.T) {
	t.Parallel()
	for name, text := range longWatchTexts() {
		start := time.Now()
		watchOf500().LookIn(Text{Body: text}, nil)
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: %s", name, took)
		}
	}
}

func BenchmarkWatchOfALongText(b *testing.B) {
	watch := watchOf500()
	for name, text := range longWatchTexts() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				watch.LookIn(Text{Body: text}, nil)
			}
		})
	}
}

// bukitSelaras is a list as the sentences of election_tuning.txt have it in mind.
var bukitSelaras = Watch{
	Words: []WatchedWord{{"Selaras Jilid Dua", Error}, {"Bukit Selaras Bangkit", Error}},
	Names: []WatchedName{
		{Name: "Andika Saputra Wirakarsa", Kind: Candidate, Aliases: []string{"Andika Wirakarsa", "Mas Dika", "Andika-Laras"}, Doubtful: []string{"Andika", "Dika"}},
		{Name: "Laras Ningtyas Pawitra", Kind: Candidate, Aliases: []string{"Laras Pawitra"}, Doubtful: []string{"Laras"}},
		{Name: "Darmawan Kusumanegara", Kind: Candidate, Aliases: []string{"Pak Darma"}, Doubtful: []string{"Darma"}},
		{Name: "Partai Cahaya Nusa", Kind: Party, Doubtful: []string{"PCN"}},
		{Name: "Partai Bina Bahari", Kind: Party, Doubtful: []string{"PBB"}},
		{Name: "Partai Garuda Timur", Kind: Party, Doubtful: []string{"Garuda"}},
		{Name: "Relawan Selaras Bersatu", Kind: Team},
	},
	Accounts: []WatchedAccount{{Handle: "andika.untuk.selaras"}, {Handle: "larasnp"}, {Handle: "selarasbersatu.example"}},
}

// What somebody wrote who had seen neither the lists' code nor its tests.
func TestAWatchHoldsOnSentencesOfAnElection(t *testing.T) {
	t.Parallel()
	byRule := map[string]tally{}
	for _, s := range readSentences(t, "election_tuning.txt") {
		found := map[string]bool{}
		text := Text{Captions: []string{s.text}}
		for _, f := range append(bukitSelaras.LookIn(text, nil), Lint(Kit{}, text)...) {
			found[f.Rule] = true
		}
		for label, rule := range map[string]string{"name": "election_name", "word": "election_word", "account": "election_account", "campaign": "campaign"} {
			c := byRule[label]
			switch labelled := slices.Contains(s.rules, label); {
			case labelled && found[rule]:
				c.right++
			case labelled:
				c.missed++
				t.Logf("line %d: %s is missed: %s", s.line, label, s.text)
			case found[rule] && !(label == "campaign" && len(s.rules) > 0): // a name is often in a campaign
				c.wrong++
				t.Logf("line %d: a false alarm of %s: %s", s.line, label, s.text)
			}
			byRule[label] = c
		}
	}
	for label, c := range byRule {
		t.Logf("%s: %s", label, c)
		if label != "campaign" && (c.precision() < 0.95 || c.recall() < 0.9) || c.precision() < 0.95 || c.recall() < 0.6 {
			t.Errorf("%s: %s", label, c)
		}
	}
}
