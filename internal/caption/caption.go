// Package caption owns the variants of a caption: what one is, how it is read and hashed, for which networks
// it is meant, and how many a content needs.
package caption

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"gaung/internal/errs"
	"gaung/internal/network"
)

// Variant is one wording of the caption: how it sounds, and for which networks it is meant.
type Variant struct {
	Text     string   `json:"text"`
	Register string   `json:"register,omitempty" doc:"How it sounds: formal, santai or singkat; empty: not said"`
	Networks []string `json:"networks,omitempty" doc:"Keys of the networks that it is meant for; empty: all"`
}

const (
	longest = 2_000
	fewest  = 3
	most    = 10
)

// registers are the ways in which a variant can sound.
var registers = []string{"formal", "santai", "singkat"}

// Plain are variants for every network, whose sound is not said.
func Plain(texts ...string) []Variant {
	variants := make([]Variant, len(texts))
	for i, text := range texts {
		variants[i].Text = text
	}
	return variants
}

// Texts are the wordings alone.
func Texts(variants []Variant) []string {
	texts := make([]string, len(variants))
	for i, v := range variants {
		texts[i] = v.Text
	}
	return texts
}

// UnmarshalJSON also reads the text alone, which is what a variant was before it had networks: versions
// of that time are never rewritten.
func (v *Variant) UnmarshalJSON(text []byte) error {
	*v = Variant{}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte(`"`)) {
		return json.Unmarshal(text, &v.Text)
	}
	type fields Variant
	return json.Unmarshal(text, (*fields)(v))
}

func (v Variant) plain() bool { return v.Register == "" && len(v.Networks) == 0 }

// Canonical writes variants as hashes are made of them. One that says nothing but its text is that text, as
// all were once: the hash of an old version is what it always was.
func Canonical(variants []Variant) ([]byte, error) {
	short := make([]any, len(variants))
	for i, v := range variants {
		if short[i] = v; v.plain() {
			short[i] = v.Text
		}
	}
	return json.Marshal(short)
}

// Tidy trims what a person typed and leaves out what is empty.
func Tidy(typed []Variant) []Variant {
	kept := []Variant{}
	for _, v := range typed {
		if v.Text = strings.TrimSpace(v.Text); v.Text != "" {
			kept = append(kept, v)
		}
	}
	return kept
}

// Check names what no draft may have.
func Check(f *errs.Faults, variants []Variant) {
	if len(variants) > most {
		f.Add("captions", "Paling banyak %d variasi keterangan.", most)
	}
	for i, v := range variants {
		f.Length("captions", "Setiap variasi keterangan", v.Text, longest)
		if v.Register != "" && !slices.Contains(registers, v.Register) {
			f.Add("captions", "Ragam bahasa keterangan %d harus salah satu dari: %s.", i+1, strings.Join(registers, ", "))
		}
		if !fits(v.Networks) {
			f.Add("captions", "Jejaring keterangan %d harus berbeda-beda dan salah satu dari: %s.", i+1, strings.Join(network.Keys(network.Capability.Shareable), ", "))
		}
	}
}

func fits(keys []string) bool {
	for i, key := range keys {
		if on, known := network.Named(key); !known || !on.Shareable() || slices.Contains(keys[:i], key) {
			return false
		}
	}
	return true
}

// CheckEnough wants different wordings wherever the content can be shared: a few that are repeated
// everywhere would read as an order.
func CheckEnough(f *errs.Faults, variants []Variant) {
	if n := different(variants); n < fewest {
		f.Add("captions", "Sediakan sedikitnya %d variasi keterangan yang berbeda; sekarang %d.", fewest, n)
		return
	}
	var short []string
	for _, on := range network.Table() {
		if on.Shareable() && different(at(variants, Suiting(variants, on.Key))) < fewest {
			short = append(short, on.Name)
		}
	}
	if len(short) > 0 {
		f.Add("captions", "Setiap jejaring memerlukan sedikitnya %d variasi yang berbeda. Tambahkan variasi untuk semua jejaring; yang masih kurang: %s.",
			fewest, strings.Join(short, ", "))
	}
}

func at(variants []Variant, places []int) (chosen []Variant) {
	for _, i := range places {
		chosen = append(chosen, variants[i])
	}
	return chosen
}

func different(variants []Variant) int {
	texts := map[string]bool{}
	for _, v := range variants {
		texts[v.Text] = true
	}
	return len(texts)
}

// Suiting are the places of the variants for a network: its own first, then those for all.
func Suiting(variants []Variant, on string) (own []int) {
	var all []int
	for i, v := range variants {
		if len(v.Networks) == 0 {
			all = append(all, i)
		} else if slices.Contains(v.Networks, on) {
			own = append(own, i)
		}
	}
	return append(own, all...)
}

// Anywhere are the places of the variants that suit every network; where there is none, of all.
func Anywhere(variants []Variant) []int {
	if all := Suiting(variants, ""); len(all) > 0 {
		return all
	}
	every := make([]int, len(variants))
	for i := range variants {
		every[i] = i
	}
	return every
}
