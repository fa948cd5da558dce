package share

import (
	"gaung/internal/caption"
	"gaung/internal/id"
)

// Fit is what a caption is for.
type Fit struct {
	Register string   `json:"register,omitempty" doc:"How it sounds: formal, santai or singkat; empty: not said"`
	Networks []string `json:"networks,omitempty" doc:"Empty: every network"`
}

// fits takes the variants apart as readers get them: what they say, and what each is for. Most contents say
// nothing of the latter, and then nobody has to load it.
func fits(written []caption.Variant) (texts []string, what []Fit) {
	texts = make([]string, len(written))
	for i, v := range written {
		texts[i] = v.Text
		if what == nil && (v.Register != "" || len(v.Networks) > 0) {
			what = make([]Fit, len(written))
		}
		if what != nil {
			what[i] = Fit{v.Register, v.Networks}
		}
	}
	return texts, what
}

// turns is how many turns rotation has: the least common multiple of 1 to 10, so that any number of captions
// that a content may have divides them evenly.
const turns = 2520

// turnOf is where rotation stands for a person at a content, steady for each. Both numbers are mixed well
// (the end of MurmurHash3), so that people get different ones however their numbers lie.
func turnOf(person id.User, item id.Content) int {
	mixed := uint64(person)<<32 | uint64(item)
	mixed = (mixed ^ mixed>>33) * 0xff51afd7ed558ccd
	mixed = (mixed ^ mixed>>33) * 0xc4ceb9fe1a85ec53
	return int((mixed ^ mixed>>33) % turns)
}

// pick is the caption whose turn it is; 0 of none.
func pick(captions []int, turn int) int {
	if len(captions) == 0 {
		return 0
	}
	return captions[turn%len(captions)]
}
