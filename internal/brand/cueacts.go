package brand

import "strings"

// beforeNeighbours stand before RT, the head of a neighbourhood; a retweet has none of them.
var beforeNeighbours = setOf("bapak ibu ketua warga pengurus tingkat lingkungan kas pengantar surat dan rw kantor para")

func numbered(word string) bool { return word != "" && isDigit(word[0]) }

// derived are the cues that come from others of the same stretch.
func (r reading) derived(s stretch, marks []cueSet) (more cueSet) {
	k := cues.known
	if s.said.any(k.pass) && s.said.any(k.media.and(k.place)) {
		more = more.and(k.amp)
	}
	if !s.said.any(k.amp) && !(s.said.any(k.pass) && s.said.any(k.media)) {
		return more
	}
	for i := s.from; i < s.to; i++ {
		if marks[i].any(k.amp.and(k.pass)) && r.leftUndone(i) {
			return more.and(k.undone)
		}
	}
	return more
}

// whose are the words that make "yang tidak membagikan" somebody who did not, and no request.
var whose = setOf("yang siapa kalau jika bila apabila bagi nan sing barang yg ada masih kok kenapa mengapa anu nu")

// leftUndone tells "belum share" and "yang tidak membagikan" from "mohon tidak membagikan".
func (r reading) leftUndone(i int) bool {
	for on := -1; on >= -3; on-- {
		switch before := r.word(i, on); {
		case before == "belum":
			return true
		case before == "tidak":
			return r.word(i, on-1) == "" || whose[r.word(i, on-1)] || whose[r.word(i, on-2)] || whose[r.word(i, on-3)]
		}
	}
	return false
}

// markActs gives the cues that the word lists of the phrases know already, and takes back what is denied.
func (r reading) markActs(marks []cueSet) {
	k, h := cues.known, house.known
	for i := range r.tokens {
		t := &r.tokens[i]
		acts := t.tags.any(h.ampl) && !t.quoted
		obliges := t.tags.any(h.oblige)
		if !acts && !obliges && !marks[i].any(cues.deniable) {
			r.markRoles(marks, i)
			continue
		}
		denied := r.denied(i)
		switch {
		case marks[i].any(k.pass) && (physical[r.word(i, 1)] || physical[r.word(i, 2)]):
			marks[i] = marks[i].but(k.pass)
		case denied && !r.leftUndone(i):
			marks[i] = marks[i].but(cues.deniable)
			continue
		}
		if acts {
			marks[i] = marks[i].and(k.amp)
		}
		if obliges && !denied {
			marks[i] = marks[i].and(k.oblige)
		}
		r.markRoles(marks, i)
	}
}

func (r reading) markRoles(marks []cueSet, i int) {
	t, k := &r.tokens[i], cues.known
	if t.tags.any(house.known.official) {
		marks[i] = marks[i].and(k.official)
	}
	if t.tags.has(house.number) {
		marks[i] = marks[i].and(k.number)
	}
}

// denied tells whether what a word says is denied or forbidden: "jangan", "dilarang", "tidak perlu".
func (r reading) denied(i int) bool {
	for at := i - 1; at >= 0 && at >= i-4 && r.tokens[at].clause == r.tokens[i].clause; at-- {
		t := &r.tokens[at]
		if r.tokens[at+1].tags.has(house.excepted) || strings.HasPrefix(r.tokens[at+1].norm, "lup") {
			continue
		}
		if t.tags.has(house.strong) || t.tags.has(house.weak) && at >= i-2 {
			return true
		}
	}
	return false
}
