package score

import (
	"fmt"
	"strings"

	"gaung/internal/network"
)

// RuleWords are a rulebook in both languages, sentence by sentence.
type RuleWords struct {
	ID []string `json:"id" nullable:"false"`
	EN []string `json:"en" nullable:"false"`
}

func (t *RuleWords) say(id, en string, args ...any) {
	t.ID, t.EN = append(t.ID, fmt.Sprintf(id, args...)), append(t.EN, fmt.Sprintf(en, args...))
}

// words are the rules for people.
func (r rules) words() (t RuleWords) {
	t.say("Papan perorangan diurutkan menurut orang terjangkau: orang yang membuka tautan Anda, dihitung satu kali sehari untuk tiap tautan.",
		"The board of persons ranks people reached: people who opened your links, counted once a day for each link.")
	t.say("Membagikan atau menyukai konten tidak pernah menghasilkan poin.", "Sharing or liking a content never gives points.")
	if r.Learning.Points > 0 {
		t.say("Setiap modul belajar yang lulus bernilai %d poin, satu kali untuk tiap modul. Tanggalnya menurut WIB.",
			"Each module that you pass gives %d points, once for each module. Its day is that of Jakarta (WIB).", r.Learning.Points)
	}
	if r.Clarification != nil {
		r.Clarification.tell(&t, "Orang terjangkau lewat klarifikasi", "People reached through clarifications")
		r.PeopleReached.tell(&t, "Orang terjangkau lewat konten lain", "People reached through other contents")
	} else {
		r.PeopleReached.tell(&t, "Orang terjangkau", "People reached")
	}
	r.PeopleReached.tellNetworks(&t)
	if r.Qualify.Points > 0 {
		t.say("Setiap orang dengan sedikitnya %d poin pada akhir musim lolos kualifikasi; tidak ada yang harus lebih dahulu daripada yang lain.",
			"Everybody with at least %d points at the end of the season qualifies; nobody has to be ahead of anybody else.", r.Qualify.Points)
	}
	t.say("Hitungan yang ternyata keliru ditarik kembali, dan urutan di papan ikut berubah, sampai musim ditutup %d hari sesudah hari terakhirnya.",
		"What turns out to be counted wrongly is taken back, and the board follows, until the season is closed %d days after its last day.", graceDays)
	return t
}

// tell says what people of one day are worth.
func (w worth) tell(t *RuleWords, id, en string) {
	if w.Points > 0 {
		t.say(id+" bernilai %d poin untuk tiap orang.", en+": %d points for each person.", w.Points)
	}
	if len(w.ADay) == 0 {
		return
	}
	var partsID, partsEN []string
	for i, s := range w.ADay {
		first, firstEN := "orang pertama", "first %d people"
		if i > 0 {
			first, firstEN = "orang berikutnya", "next %d people"
		}
		partsID = append(partsID, fmt.Sprintf("%d %s masing-masing %d poin", s.People, first, s.Points))
		partsEN = append(partsEN, fmt.Sprintf("the "+firstEN+" %d points each", s.People, s.Points))
	}
	t.ID = append(t.ID, fmt.Sprintf("%s dalam satu hari: %s; selebihnya tidak menambah poin. Paling banyak %d poin sehari.", id, strings.Join(partsID, ", "), w.most()))
	t.EN = append(t.EN, fmt.Sprintf("%s on one day: %s; those beyond add nothing. At most %d points a day.", en, strings.Join(partsEN, ", "), w.most()))
}

// tellNetworks says over which networks people are worth points, and over which they only count.
func (w worth) tellNetworks(t *RuleWords) {
	var with, without, withEN, withoutEN []string
	for _, n := range network.Table() {
		if !n.Links() {
			continue
		}
		if w.pays(int16(n.Number)) {
			with, withEN = append(with, n.Name), append(withEN, n.NameEn)
		} else {
			without, withoutEN = append(without, n.Name), append(withoutEN, n.NameEn)
		}
	}
	if len(with) > 0 {
		t.ID = append(t.ID, "Poin orang terjangkau hanya lewat: "+strings.Join(with, ", ")+".")
		t.EN = append(t.EN, "Points for people reached only over: "+strings.Join(withEN, ", ")+".")
	}
	if len(without) > 0 {
		t.ID = append(t.ID, "Orang terjangkau lewat "+strings.Join(without, ", ")+" ikut dihitung di papan, tetapi tidak menghasilkan poin.")
		t.EN = append(t.EN, "People reached over "+strings.Join(withoutEN, ", ")+" count on the board, but give no points.")
	}
}
