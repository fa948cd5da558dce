package brand

import "strings"

// beforeNeighbours stand before RT, the head of a neighbourhood; a retweet has none of them.
var beforeNeighbours = setOf("bapak ibu ketua warga pengurus tingkat lingkungan kas pengantar surat dan rw kantor para")

func numbered(word string) bool { return word != "" && isDigit(word[0]) }

// derived are the cues that come from others of the same stretch.
func (r reading) derived(s stretch, marks []cueSet) (more cueSet) {
	k := cues.known
	if s.said.any(k.pass) && s.said.any(k.media.and(k.place)) || s.said.any(k.put) && s.said.any(k.this) {
		more = more.and(k.amp)
	}
	if asking[r.tokens[s.from].norm] {
		more = more.and(k.task)
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

// asking are verbs that, at the beginning of a sentence, ask for what they say.
var asking = setOf("komen komenin komentari balas balasin jawab jawablah tanggapi tanggapilah counter bantah bantahlah beri berilah berikan kasih tinggalkan bela lawan rating datangi quote mention")

// whose are the words that make "yang tidak membagikan" somebody who did not, and no request.
var whose = setOf("yang siapa kalau jika bila apabila bagi nan sing barang yg ada masih kok kenapa mengapa anu nu")

// leftUndone tells "belum share" and "yang tidak membagikan" from "mohon tidak membagikan".
func (r reading) leftUndone(i int) bool {
	for on := -1; on >= -3; on-- {
		switch before := r.word(i, on); {
		case before == "belum" || before == "keberatan" || before == "menolak" || before == "enggan" || before == "ogah":
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
		if acts && !r.tells(i) {
			marks[i] = marks[i].and(k.amp)
		}
		if obliges && !denied {
			marks[i] = marks[i].and(k.oblige)
		}
		r.markRoles(marks, i)
	}
}

// Before an act of sharing these tell of it, or advise on it, and ask for nothing; after "dibagikan" and
// before "membagikan" stands who does it, and offices do it every day.
var (
	telling = setOf("sebelum saat ketika bijak sembarang sembarangan kami telah akan asal hendak cara tombol fitur rencana larangan bahaya risiko gemar hobi sekadar untuk_dapat")
	sharers = setOf("dinas petugas admin pemkot pemkab pemprov pemda bpbd bmkg kementerian polisi kpu bawaslu puskesmas relawan kominfo diskominfo bkpsdm bkn pdam pln panitia tim siswa warga pelaku penyuluh bupati gubernur walikota")
)

// tells is whether an act of sharing is told or advised on, not asked for.
func (r reading) tells(i int) bool {
	if telling[r.word(i, -1)] || telling[r.word(i, -2)] && r.tokens[i-2].clause == r.tokens[i].clause {
		return true
	}
	norm := r.tokens[i].norm
	if strings.HasPrefix(norm, "di") && (sharers[r.word(i, 1)] || r.word(i, 1) == "oleh" && sharers[r.word(i, 2)]) {
		return true
	}
	return strings.HasPrefix(norm, "me") && (sharers[r.word(i, -1)] || sharers[r.word(i, -2)])
}

func (r reading) markRoles(marks []cueSet, i int) {
	t, k := &r.tokens[i], cues.known
	if t.tags.any(house.known.official) {
		marks[i] = marks[i].and(k.official)
	}
	if t.tags.has(house.number) {
		marks[i] = marks[i].and(k.number)
	}
	if t.tags.any(house.known.cand) {
		marks[i] = marks[i].and(k.rival)
	}
	if chooses[t.norm] && titles[r.word(i, 1)] && r.word(i, 2) != "" && !officials[r.word(i, 2)] && r.isName(r.tokens[i+2]) {
		marks[i] = marks[i].and(k.votefor)
	}
	if viewed[t.norm] && (r.manyTimes(i+1) || r.manyTimes(i+2)) {
		marks[i] = marks[i].and(k.times)
	}
	if marks[i].any(k.counted) && (r.isNumber(i-1) || r.isNumber(i-2)) {
		marks[i] = marks[i].and(k.count)
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

// chooses before a person with a title, "pilih Bu Ratna", asks for a vote; teachers and officials are no names.
var (
	chooses   = setOf("pilih pilihlah coblos menangkan milih dukung dukunglah memenangkan")
	officials = setOf("guru ibu bapak bupati gubernur wali camat lurah kepala asuh angkat kota hamil menyusui dan pkk")
)

// viewed before a number and "kali" is a count: "ditonton sejuta kali".
var viewed = setOf("ditonton dilihat disukai diputar dibagikan disaksikan")

func (r reading) manyTimes(i int) bool {
	return (r.isNumber(i) || r.word(i, 0) == "sejuta" || r.word(i, 0) == "seribu") && (r.word(i, 1) == "kali" || r.word(i, 2) == "kali")
}

func (r reading) isNumber(i int) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].tags.has(house.number)
}
