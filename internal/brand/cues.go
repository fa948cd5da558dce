package brand

import (
	"slices"
	"strings"
)

// Cues are the second layer of the rules of the house. A pattern of phrases.go is one way to say something;
// who asks indirectly, politely or in the tongue of the region says it in another. A cue is one thing that a
// text speaks of (an act of sharing, a deadline, a proof, somebody's account), by any of many words, and a
// meeting is a row of cues that together say what no patterns were written for. Where they meet is not where
// they stand: they may be in any order within a sentence, or within two that follow each other.

// cueSet is a set of cues, one bit each.
type cueSet [3]uint64

func (c cueSet) any(of cueSet) bool   { return c[0]&of[0]|c[1]&of[1]|c[2]&of[2] != 0 }
func (c cueSet) and(of cueSet) cueSet { return cueSet{c[0] | of[0], c[1] | of[1], c[2] | of[2]} }
func (c cueSet) but(of cueSet) cueSet { return cueSet{c[0] &^ of[0], c[1] &^ of[1], c[2] &^ of[2]} }
func (c cueSet) none() bool           { return c == cueSet{} }

// meeting is one row of a rule: what must be there and what may not.
type meeting struct {
	rule    string // the refused rule that it belongs to
	reason  string
	weighs  Severity
	doubt   bool     // only a second look is asked for: its finding is a warning named maybe_…
	pair    bool     // may be spread over two sentences
	needs   []cueSet // of each of them one cue
	without cueSet
}

// cueRule is all that the cues know of one rule.
type cueRule struct {
	rule   string
	weighs Severity // of its rows
	reason string
	free   string   // cues that make it harmless, for every row
	rows   []string // beyond doubt. "+": over two sentences. "!X": without X
	doubts []string // only a warning
}

// cueWay is one way to say a cue: its first word is the key of cueTable.ways.
type cueWay struct {
	rest []string
	cue  cueSet
}

// cueTable is every cue and meeting, compiled once.
type cueTable struct {
	bits     map[string]cueSet
	ways     map[string][]cueWay
	meetings []meeting
	deniable cueSet // what "jangan" and "tidak" before it take back
	known    namedCues
}

// namedCues are those that no list gives alone.
type namedCues struct{ amp, pass, media, place, undone, oblige, official, number, target, theirs, social, put, this, task, times, counted, count, rival, votefor cueSet }

const (
	longestStretch = 40 // words; in a longer sentence cues that far apart have nothing to do with each other
	maybe          = "maybe_"
	cueDoubt       = " Bila maksudnya lain, pertegas kalimatnya."
)

var cues = compileCues(cueRules)

func compileCues(rules []cueRule) *cueTable {
	t := &cueTable{bits: map[string]cueSet{}, ways: map[string][]cueWay{}}
	for _, list := range []map[string]string{cueWords, politicsWords} {
		for name, words := range list {
			bit := t.bit(name)
			for _, way := range strings.Fields(words) {
				t.add(bit, strings.Split(way, "_"))
			}
		}
	}
	for _, name := range []string{"AMP", "PASS", "HIT", "HITFORM", "REPORT", "COMMENT", "ANSWER", "VIRAL", "LIFT", "LIKEY"} {
		t.deniable = t.deniable.and(t.bit(name))
	}
	t.known = namedCues{amp: t.bit("AMP"), pass: t.bit("PASS"), media: t.bit("MEDIA"), place: t.bit("PLACE"), undone: t.bit("UNDONE"), oblige: t.bit("OBLIGE"),
		official: t.bit("OFFICIAL"), number: t.bit("NUMBER"), target: t.bit("TARGET"), theirs: t.bit("THEIRS"), social: t.bit("SOCIAL"),
		put: t.bit("PUT"), task: t.bit("TASK"), times: t.bit("TIMES"), this: t.bit("THIS"), counted: t.bit("COUNTED"), count: t.bit("COUNT"), rival: t.bit("RIVAL"), votefor: t.bit("VOTEFOR")}
	for _, rule := range rules {
		for _, row := range rule.rows {
			t.meetings = append(t.meetings, t.meeting(rule, row, false))
		}
		for _, row := range rule.doubts {
			t.meetings = append(t.meetings, t.meeting(rule, row, true))
		}
	}
	return t
}

func (t *cueTable) bit(name string) cueSet {
	if bit, known := t.bits[name]; known {
		return bit
	}
	var bit cueSet
	bit[len(t.bits)/64] = 1 << (len(t.bits) % 64) // a cue too many does not start
	t.bits[name] = bit
	return bit
}

// add takes one way; its words are read as those of a text are.
func (t *cueTable) add(bit cueSet, words []string) {
	forms := []string{words[0]}
	if verb, inflects := strings.CutPrefix(words[0], "~"); inflects {
		forms = verbForms(verb)
	}
	rest := []string{}
	for _, word := range words[1:] {
		rest = append(rest, normal(word))
	}
	for _, form := range forms {
		form = normal(form)
		t.ways[form] = append(t.ways[form], cueWay{rest, bit})
	}
}

func (t *cueTable) meeting(rule cueRule, row string, doubt bool) meeting {
	m := meeting{rule: rule.rule, weighs: rule.weighs, reason: rule.reason, doubt: doubt}
	for _, free := range strings.Fields(rule.free) {
		m.without = m.without.and(t.bit(free))
	}
	for _, word := range strings.Fields(row) {
		switch {
		case word == "+":
			m.pair = true
		case word[0] == '!':
			m.without = m.without.and(t.bit(word[1:]))
		default:
			var one cueSet
			for _, name := range strings.Split(word, "|") {
				one = one.and(t.bit(name))
			}
			m.needs = append(m.needs, one)
		}
	}
	return m
}

// meets tells whether a meeting takes place among cues.
func (m *meeting) meets(said cueSet) bool {
	for _, one := range m.needs {
		if !said.any(one) {
			return false
		}
	}
	return !said.any(m.without)
}

// stretch is a sentence, or what is taken as one.
type stretch struct {
	from, to int // words, to exclusive
	said     cueSet
	sentence int
}

// cueSpots finds the meetings that the phrases have not told already, once each sentence and rule.
func (r reading) cueSpots(told []spot) (spots []spot) {
	marks := r.cueMarks()
	stretches := r.stretches(marks)
	known := map[spotKey]bool{}
	for _, s := range told {
		known[spotKey{s.rule, s.sentence}] = true
	}
	for i, s := range stretches {
		if s.said.none() {
			continue
		}
		both := stretch{s.from, s.to, s.said, s.sentence}
		if i+1 < len(stretches) {
			both.to, both.said = stretches[i+1].to, s.said.and(stretches[i+1].said)
		}
		for at := range cues.meetings {
			m := &cues.meetings[at]
			if len(spots) >= mostFindings {
				return spots // nobody mends more at once
			}
			over := s
			if m.pair {
				over = both
			}
			if !m.meets(over.said) {
				continue
			}
			key := spotKey{m.rule, s.sentence}
			if known[key] || m.pair && known[spotKey{m.rule, stretches[min(i+1, len(stretches)-1)].sentence}] {
				continue
			}
			known[key] = true
			spots = append(spots, r.spotOf(m, over, marks))
		}
	}
	return spots
}

type spotKey struct {
	rule     string
	sentence int
}

// spotOf is where the cues of a meeting stand, from the first to the last.
func (r reading) spotOf(m *meeting, over stretch, marks []cueSet) spot {
	s := spot{rule: m.rule, severity: m.weighs, reason: m.reason, sentence: over.sentence, loose: true}
	if m.doubt {
		s.rule, s.severity, s.reason = maybe+m.rule, Warning, m.reason+cueDoubt
	}
	first, last := over.to, over.from
	for _, one := range m.needs {
		for i := over.from; i < over.to; i++ {
			if marks[i].any(one) {
				first, last = min(first, i), max(last, i)
				break
			}
		}
	}
	s.from, s.to = r.tokens[first].from, r.tokens[last].to
	return s
}

// withoutLesser leaves out what a graver rule has said of the same sentence already: who is told that a
// demand for proof is refused need not hear that the same sentence is a bait as well.
func withoutLesser(spots []spot) []spot {
	graver, loose, campaign := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, s := range spots {
		if s.severity == Error && (s.rule == "coercion" || s.rule == "reply_task" || s.rule == "campaign") {
			graver[s.sentence], loose[s.sentence] = true, loose[s.sentence] || s.loose
			campaign[s.sentence] = campaign[s.sentence] || s.rule == "campaign"
		}
	}
	return slices.DeleteFunc(spots, func(s spot) bool {
		return s.loose && s.severity != Error && graver[s.sentence] || s.rule == "like_bait" && loose[s.sentence] ||
			s.rule == "campaign_word" && campaign[s.sentence]
	})
}

// stretches cuts the words where sentences end, and long sentences where they are too long.
func (r reading) stretches(marks []cueSet) (all []stretch) {
	for i := range r.tokens {
		n := len(all)
		if n == 0 || all[n-1].sentence != r.tokens[i].sentence || i-all[n-1].from >= longestStretch {
			all = append(all, stretch{from: i, sentence: r.tokens[i].sentence})
			n++
		}
		s := &all[n-1]
		s.to, s.said = i+1, s.said.and(marks[i])
	}
	for i := range all {
		all[i].said = all[i].said.and(r.derived(all[i], marks))
	}
	return all
}

// cueMarks are the cues of each word.
func (r reading) cueMarks() []cueSet {
	marks := make([]cueSet, len(r.tokens))
	for i := range r.tokens {
		if r.tokens[i].norm == "" {
			continue
		}
		r.markWays(marks, i, r.tokens[i].norm)
		if stem, cut := bare(r.tokens[i].norm); cut {
			r.markWays(marks, i, stem)
			if strings.HasSuffix(r.tokens[i].norm, "nya") && marks[i].any(cues.known.target.and(cues.known.social)) {
				marks[i] = marks[i].and(cues.known.theirs) // akunnya, postingannya: somebody's
			}
		}
		if at := r.tokens[i].from; at > 0 && r.text[at-1] == '@' {
			marks[i] = marks[i].and(cues.known.target)
		}
	}
	r.markActs(marks)
	return marks
}

func (r reading) markWays(marks []cueSet, i int, word string) {
	for _, way := range cues.ways[word] {
		said := true
		for on, next := range way.rest {
			said = said && r.word(i, on+1) == next
		}
		if said {
			marks[i] = marks[i].and(way.cue)
		}
	}
}
