package notice

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"gaung/internal/seal"
)

// A letter says the same in both languages, and has words for each kind that goes out.
func TestLettersHaveAllWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	words := map[string][]string{}
	for _, lang := range []string{"id", "en"} {
		raw, err := wordFiles.ReadFile("words/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var read map[string]any
		if err := json.Unmarshal(raw, &read); err != nil {
			t.Fatal(err)
		}
		words[lang] = slices.Sorted(maps.Keys(read))
	}
	if !slices.Equal(words["id"], words["en"]) {
		t.Errorf("%v\n%v", words["id"], words["en"])
	}
	ring, err := seal.ParseRing("1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWriter(ring, "https://gaung.uji.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range mailKinds() {
		for lang, subject := range map[string]string{"id": "2 notifikasi untuk Anda", "en": "2 notices for you"} {
			if kind == requestKind || kind == raffleKind {
				continue // their words depend on the step
			}
			one := told{Kind: kind, Title: "Judul <b>\r\nBcc: x@uji.example", StepName: "Kabid", Email: "a@uji.example", Lang: lang}
			letter, err := w.letter(1, []told{one, one}, "https://gaung.uji.example/berhenti/x")
			if err != nil || letter.Subject != subject {
				t.Errorf("%s in %s: %q, %v", kind, lang, letter.Subject, err)
			}
		}
	}
	for subject, one := range map[string]told{"Selamat, nomor undian Anda terpilih: Musim hujan": {Lang: "id", StepName: "won"}, "Undian dikoreksi: nomor Anda tidak lagi terpilih: Musim hujan": {Lang: "id", StepName: "corrected"},
		"Congratulations, your raffle number was drawn: Musim hujan": {Lang: "en", StepName: "won"}, "The raffle was corrected: your number is no longer drawn: Musim hujan": {Lang: "en", StepName: "corrected"}} {
		one.Kind, one.Title, one.Email = raffleKind, "Musim hujan", "a@uji.example"
		if letter, err := w.letter(1, []told{one}, "https://gaung.uji.example/berhenti/x"); err != nil || letter.Subject != subject || !strings.Contains(letter.Text, "https://gaung.uji.example/peringkat/aturan") {
			t.Errorf("%q: %q, %v", subject, letter.Subject, err)
		}
	}
	for _, state := range []string{"working", "done", "refused"} {
		for _, ask := range []string{"correction", "copy", "information", "erase", "withdraw"} {
			for _, lang := range []string{"id", "en"} {
				one := told{Kind: requestKind, Title: ask, StepName: state, Final: state != "working", Email: "a@uji.example", Lang: lang}
				if _, err := w.letter(1, []told{one}, "https://gaung.uji.example/berhenti/x"); err != nil {
					t.Errorf("%s, %s in %s: %v", ask, state, lang, err)
				}
			}
		}
	}
}
