package brand

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// A browser counts in UTF-16 code units: what it cuts out between from and to must be the quote.
func TestPositionsAreWhatABrowserCuts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"👨‍👩‍👧 Halo 𝔸𝕊ℕ é é “kutip” — seluruh ASN wajib membagikan unggahan ini 🙏🏽.",
		"**Tebal** dan [tautan](https://contoh.example/like)\n\n> 🔥🔥 Like dan share sebanyak-banyaknya!!!!\n\nGuna uji bit.ly/abc\u200b.",
	} {
		found := Lint(Kit{}, Text{Body: text})
		if len(found) == 0 {
			t.Fatalf("nothing is found in %q", text)
		}
		units := utf16.Encode([]rune(text))
		for _, f := range found {
			if cut := string(utf16.Decode(units[f.From:f.To])); cut != f.Quote || cut == "" {
				t.Errorf("%s: a browser cuts %q, the finding quotes %q", f.Rule, cut, f.Quote)
			}
		}
	}
}

// Putting every fix into its range, from the last to the first, leaves nothing that can be fixed.
func TestFixesMend(t *testing.T) {
	t.Parallel()
	kit := Kit{Banned: []Banned{{Phrase: "buzzer", Instead: "relawan informasi", Reason: "Merendahkan.", Severity: Error}, {Phrase: "rakyat kecil", Instead: "warga", Reason: "Merendahkan.", Severity: Warning}}}
	const text = "Dalam rangka lomba, Buzzer 🎉 dan RAKYAT KECIL wajib share!!!! Pajak\u200b daerah dikarenakan hujan."
	const want = "Untuk lomba, Relawan informasi 🎉 dan WARGA dapat share! Pajak daerah karena hujan."
	units := utf16.Encode([]rune(text))
	found := Lint(kit, Text{Summary: text})
	slices.Reverse(found)
	for _, f := range found {
		if f.Fixable {
			units = slices.Concat(units[:f.From], utf16.Encode([]rune(f.Fix)), units[f.To:])
		}
	}
	if got := string(utf16.Decode(units)); got != want {
		t.Fatalf("mended: %q\n  want: %q", got, want)
	}
	for _, f := range Lint(kit, Text{Summary: want}) {
		t.Errorf("still found: %+v", f)
	}
}

func TestTheKitSpeaks(t *testing.T) {
	t.Parallel()
	kit := Kit{
		Banned: []Banned{{Phrase: "buzzer", Reason: "Merendahkan.", Severity: Error}, {Phrase: "antri", Instead: "antre", Reason: "Bentuk baku.", Severity: Warning}},
		Keywords: []Keyword{{Name: "Tagar daerah", Words: []string{"#BanggaArunika", "#Arunika"}},
			{Name: "Nama daerah", Words: []string{"Nusa Arunika"}}},
	}
	for _, c := range []struct {
		name string
		text Text
		want []string
	}{
		{"nothing is there", Text{Title: "Judul"}, []string{"missing_keyword", "missing_keyword"}},
		{"a tag and a word", Text{Summary: "Warga NUSA ARUNIKA.", Hashtags: []string{"#arunika"}}, nil},
		{"a tag in a caption", Text{Captions: []string{"Salam #BanggaArunika dari Nusa  Arunika"}}, nil},
		{"case, clitic and doubling", Text{Title: "Nusa Arunika #arunika BUZZERnya, buzzer-buzzer, membuzzer"}, []string{"banned_word", "banned_word", "banned_word"}},
		{"not within a word", Text{Title: "Nusa Arunika #Arunika antrian mengantrikan"}, nil},
		{"six tags", Text{Title: "Nusa Arunika", Hashtags: strings.Fields("#Arunika #Dua #Tiga #Empat #Lima #Enam")}, []string{"many_hashtags"}},
		{"a campaign in a tag", Text{Title: "Nusa Arunika", Hashtags: []string{"#Arunika", "#CoblosNomor2"}}, []string{"campaign"}},
		{"a long title", Text{Title: "Nusa Arunika #Arunika " + strings.Repeat("kata ", 20)}, []string{"long_title"}},
		{"nobody's family", Text{Title: "Nusa Arunika #Arunika 👨‍👩‍👧 ok"}, nil},
	} {
		var got []string
		for _, f := range Lint(kit, c.text) {
			if f.Severity != Hint {
				got = append(got, f.Rule)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// The thirty texts of the demo world were written as an office writes: each alarm on them was judged by a
// person. One is left, and it is right.
func TestOrdinaryOfficialTextsRaiseNoAlarm(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../demo/world/contents.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Title    string   `json:"title"`
		Captions []string `json:"caption_variants"`
		Hashtags []string `json:"hashtags"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		for _, f := range Lint(Kit{}, Text{Title: c.Title, Body: strings.Join(c.Captions, "\n\n"), Captions: c.Captions, Hashtags: c.Hashtags}) {
			if f.Quote != "Sehubungan dengan" {
				t.Errorf("%s %s in %s of %q: %q", f.Severity, f.Rule, f.Field, c.Title, f.Quote)
			}
		}
	}
}

// The longest body that a content may have, of one sort of text each; the bound is wide, because machines
// differ: the figures are the benchmark's.
func TestLongTextsAreQuick(t *testing.T) {
	t.Parallel()
	for name, text := range longTexts() {
		start := time.Now()
		found := Lint(largeKit(), Text{Body: text})
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: %s", name, took)
		}
		if len(found) > mostFindings {
			t.Errorf("%s: %d findings", name, len(found))
		}
	}
}

func longTexts() map[string]string {
	const most = 50_000
	fill := func(part string) string { return strings.Repeat(part, most/len([]rune(part))+1)[:most] }
	return map[string]string{
		"official":      fill("Pemerintah Provinsi Nusa Arunika membuka layanan adminduk keliling di dua belas kecamatan sepanjang bulan ini. "),
		"every rule":    fill("Seluruh ASN wajib like dan share sebanyak-banyaknya, balas komentar netizen, NIK 9901011203900001, guna uji bit.ly/abc!!!! "),
		"one sentence":  fill("like share tidak wajib komentar akun bukti kirim "),
		"almost a rule": fill("tidak like bukti share pegawai agar "),
		"cues":          fill("tolong share konten ini wajib semua pegawai bukti kirim rekap dukung calon menang akun komentar balas "),
		"short lines":   fill("share\nbelum\n"), "far cues": fill("bagi kata kata video kata belum kata "),
		"digits": fill("1-2-3 "), "one word": fill("a"), "addresses": fill("a.b.c/d@"), "emoji": strings.Repeat("👨‍👩‍👧", most/5)[:most/25*25],
	}
}

func largeKit() (kit Kit) {
	for i := range maxBanned {
		kit.Banned = append(kit.Banned, Banned{Phrase: "kata " + strings.Repeat("x", i%60+1), Reason: "Uji.", Severity: Warning})
	}
	return kit
}

func BenchmarkLint(b *testing.B) {
	kit := largeKit()
	for name, text := range longTexts() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			took := make([]time.Duration, 0, b.N)
			for b.Loop() {
				start := time.Now()
				Lint(kit, Text{Title: "Judul", Body: text})
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// Whatever is typed, the linter ends, and its ranges lie in the text.
func TestAnythingThatIsTyped(t *testing.T) {
	t.Parallel()
	pieces := strings.Fields(`wajib share tidak like komentar akun bukti kirim 0812 3456 - -- ² 2 ' #Coblos2 #_ @a a.b/c https://x.y/z “ ” " ! !!!! . , :
		👨‍👩‍👧 WAJIB BAGIKAN SEKALI LAGI nik 9901011203900001 é guna dalam rangka rp 12.000 ( ) bupati hebat wali kota`)
	pieces = append(pieces, " ", " ", "\n", "\u200b", "\u200d", "\u0301", "\xff", "\x00")
	kit := Kit{Banned: []Banned{{Phrase: "wajib share", Instead: "ya", Severity: Error}}, Keywords: []Keyword{{Name: "x", Words: []string{"#y", "z"}}}}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		for range dice.IntN(60) {
			b.WriteString(pieces[dice.IntN(len(pieces))])
			if dice.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		text := b.String()
		units := len(utf16.Encode([]rune(text)))
		for _, found := range Lint(kit, Text{Title: text, Body: text, Captions: []string{text}, Hashtags: strings.Fields(text)}) {
			if found.From < 0 || found.From > found.To || found.To > units {
				t.Fatalf("%+v in %q", found, text)
			}
		}
	}
}
