package score

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"gaung/internal/network"
)

// rules are what a rulebook says. Only what has a field here can be a rule: shares and likes have none,
// and never will.
type rules struct {
	PeopleReached worth `json:"people_reached"`
}

// worth is how many points one person reached is worth, and over which networks. The networks are
// written down, so that a season keeps its rules when the capability table moves on.
type worth struct {
	Points   int32    `json:"points"`
	Channels []string `json:"channels"`
}

// parseRules reads a rulebook, and refuses one that says what this program does not know or what a
// network forbids.
func parseRules(text []byte) (r rules, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return rules{}, err
	}
	if r.PeopleReached.Points < 0 || r.PeopleReached.Points > 100 {
		return rules{}, fmt.Errorf("people_reached: %d points", r.PeopleReached.Points)
	}
	for _, key := range r.PeopleReached.Channels {
		if n, known := network.Named(key); !known || !n.ReachPoints || !n.Links() {
			return rules{}, fmt.Errorf("people_reached: no points over %q", key)
		}
	}
	return r, nil
}

// channels are the numbers under which the ledger knows the networks.
func (r rules) channels() (numbers []int16) {
	for _, key := range r.PeopleReached.Channels {
		n, _ := network.Named(key) // parseRules knew it
		numbers = append(numbers, int16(n.Number))
	}
	return numbers
}

// words are the rules for people.
func (r rules) words() []string {
	var with, without []string
	for _, n := range network.Table() {
		if !n.Links() {
			continue
		}
		if list := &without; r.pays(n.Key) {
			with = append(with, n.Name)
		} else {
			*list = append(*list, n.Name)
		}
	}
	text := []string{
		"Papan perorangan diurutkan menurut orang terjangkau: orang yang membuka tautan Anda, dihitung satu kali sehari untuk tiap tautan.",
		"Membagikan atau menyukai konten tidak pernah menghasilkan poin.",
	}
	if len(with) > 0 {
		text = append(text, fmt.Sprintf("Setiap orang terjangkau bernilai %d poin jika membuka tautan Anda lewat: %s.", r.PeopleReached.Points, strings.Join(with, ", ")))
	}
	if len(without) > 0 {
		text = append(text, fmt.Sprintf("Orang terjangkau lewat %s ikut dihitung di papan, tetapi tidak menghasilkan poin.", strings.Join(without, ", ")))
	}
	return append(text, "Hitungan yang ternyata keliru ditarik kembali, dan urutan di papan ikut berubah.")
}

func (r rules) pays(channel string) bool {
	for _, key := range r.PeopleReached.Channels {
		if key == channel {
			return r.PeopleReached.Points > 0
		}
	}
	return false
}
