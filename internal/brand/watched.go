package brand

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// watching is a Watch that was made ready to look.
type watching struct {
	phrases  map[string][]watched // by first word
	compact  []compactName        // names without their blanks, as tags and accounts write them
	accounts map[string]WatchedAccount
}

// watched is one way to write something of the lists.
type watched struct {
	rule     string
	severity Severity
	reason   string
	words    []string
	doubtful bool
	capital  bool // only in capitals: an abbreviation that is a word in small letters, too
}

type compactName struct {
	letters string
	watched
}

const (
	fewestCompact = 7  // letters that say a name without its blanks beyond doubt
	mostTags      = 50 // tags, accounts and addresses of one text that are looked through
	shortLetters  = 3  // abbreviations of no more letters count only in capitals
)

func (w Watch) compiled() watching {
	look := watching{phrases: map[string][]watched{}, accounts: map[string]WatchedAccount{}}
	for _, word := range w.Words {
		look.add(watched{rule: "election_word", severity: word.Severity,
			reason: "Kata ini masuk daftar kata mode pemilu. Hapus atau ganti dengan kata yang netral."}, word.Phrase)
	}
	for _, name := range w.Names {
		says := watched{rule: "election_name", severity: Error,
			reason: fmt.Sprintf("Ini %s (%s). Selama mode pemilu, konten resmi dan tulisan ASN tentangnya tidak memuat nama calon, partai, atau tim pemenangan. Hapus namanya; bila menyangkut tugas jabatan, sebut jabatannya saja.", kindWords[name.Kind], name.Name)}
		for _, way := range append([]string{name.Name}, name.Aliases...) {
			look.add(says, way)
		}
		says.doubtful = true
		for _, way := range name.Doubtful {
			look.add(says, way)
		}
	}
	for _, account := range w.Accounts {
		look.accounts[handle(account.Handle)] = account
	}
	return look
}

// add takes one way to write something.
func (look *watching) add(says watched, way string) {
	for _, word := range readText(way, false).exploded() {
		says.words = append(slices.Clip(says.words), word.norm)
	}
	if len(says.words) == 0 {
		return
	}
	says.capital = len(says.words) == 1 && len([]rune(way)) <= shortLetters && way == strings.ToUpper(way)
	look.phrases[says.words[0]] = append(look.phrases[says.words[0]], says)
	if letters := lettersOf(way); len(letters) >= fewestCompact && !says.doubtful {
		look.compact = append(look.compact, compactName{letters, says})
	}
}

// exploded are the words of a text with those apart that a hyphen joins: a pair is often written "Andi-Budi".
func (r reading) exploded() (words []token) {
	for _, t := range r.tokens {
		if t.norm == "" {
			continue
		}
		if !strings.Contains(t.norm, "-") {
			words = append(words, t)
			continue
		}
		for _, part := range strings.Split(t.norm, "-") {
			if part != "" {
				one := t
				one.norm = part
				words = append(words, one)
			}
		}
	}
	return words
}

// spots are where a text says something of the lists, each place once.
func (look watching) spots(r reading, inTags bool) (spots []spot) {
	words := r.exploded()
	for i := range words {
		if s, found := look.phraseAt(r, words, i); found {
			spots = append(spots, s)
		}
	}
	return withoutTwice(append(spots, look.tagSpots(r, inTags)...))
}

// phraseAt finds the longest way that begins at a word.
func (look watching) phraseAt(r reading, words []token, i int) (found spot, ok bool) {
	heads := [...]string{words[i].norm, unmasked(words[i].norm), stemOf(words[i].norm)}
	longest := 0
	for n, head := range heads {
		if n > 0 && slices.Contains(heads[:n], head) {
			continue
		}
		for _, way := range look.phrases[head] {
			last, said := way.saidAt(words, i)
			if !said || len(way.words) <= longest || way.capital && !isCapital(r.text[words[i].from:words[i].to]) || way.doubtful && !political(words, i, last) {
				continue
			}
			longest, ok = len(way.words), true
			found = spot{rule: way.rule, severity: way.severity, from: words[i].from, to: words[last].to, reason: way.reason, sentence: words[i].sentence}
		}
	}
	return found, ok
}

// saidAt goes through the words of a way. An initial may stand between two of them: "Andi M. Saputra".
func (way watched) saidAt(words []token, i int) (last int, said bool) {
	at, gap := i, 0
	for n := 1; n < len(way.words); {
		at++
		if at >= len(words) || words[at].sentence != words[i].sentence {
			return 0, false
		}
		switch got := words[at].norm; {
		case way.words[n] == got || way.words[n] == unmasked(got) || n == len(way.words)-1 && way.words[n] == stemOf(got):
			n, gap = n+1, 0
		case gap == 0 && len([]rune(got)) == 1:
			gap = 1
		default:
			return 0, false
		}
	}
	return at, true
}

// stemOf takes off what hangs on a word: andilah, partainya.
func stemOf(word string) string {
	if stem, cut := bare(word); cut {
		return stem
	}
	return word
}

var masks = strings.NewReplacer("4", "a", "@", "a", "1", "i", "3", "e", "0", "o", "5", "s", "7", "t")

// unmasked reads "4nd1" as "andi"; a number alone stays one.
func unmasked(word string) string {
	if strings.ContainsAny(word, "0134579") && strings.IndexFunc(word, unicode.IsLetter) >= 0 {
		return masks.Replace(word)
	}
	return word
}

func isCapital(word string) bool { return word == strings.ToUpper(word) }

var (
	politics = setOf(`partai parpol kader caleg paslon kampanye berkampanye relawan usung diusung mengusung pengusung koalisi pilkada pemilu pileg pilpres pilgub pilbup
		pilwali pilwalkot coblos mencoblos nyoblos menangkan memenangkan pemenangan kandidat cagub cabup cawalkot cawagub cawabup capres cawapres simpatisan timses elektabilitas legislatif`)
	support = setOf("dukung mendukung dukunglah pilih memilih pilihlah gabung bergabung")
)

// political tells whether the sentence of a doubtful name speaks of politics.
func political(words []token, from, to int) bool {
	for i, word := range words {
		if word.sentence == words[from].sentence && (i < from || i > to) &&
			(politics[word.norm] || politics[stemOf(word.norm)] || support[word.norm] && i == from-1) {
			return true
		}
	}
	return false
}

// marked are tags, accounts and addresses within a text.
var marked = regexp.MustCompile(`[#@][\p{L}\p{N}_.]+|(?:https?://|www\.)[^\s<>"()]+`)

// tagSpots look for names without their blanks, and for accounts.
func (look watching) tagSpots(r reading, inTags bool) (spots []spot) {
	places := marked.FindAllStringIndex(r.text, mostTags)
	if inTags && len(places) == 0 {
		places = [][]int{{0, len(r.text)}}
	}
	for _, at := range places {
		said := strings.TrimRight(r.text[at[0]:at[1]], ".")
		s := spot{severity: Error, from: at[0], to: at[0] + len(said)}
		if account, found := look.accountIn(said); found {
			s.rule, s.reason = "election_account", accountReason(account)
			spots = append(spots, s)
			continue
		}
		letters := lettersOf(said)
		for _, name := range look.compact {
			if strings.Contains(letters, name.letters) || strings.Contains(masks.Replace(letters), name.letters) {
				s.rule, s.severity, s.reason = name.rule, name.severity, name.reason
				spots = append(spots, s)
				break
			}
		}
	}
	return spots
}

// accountIn finds a watched account in "@name" or in an address, where it is a part of the path or the host.
func (look watching) accountIn(said string) (WatchedAccount, bool) {
	if len(look.accounts) == 0 {
		return WatchedAccount{}, false
	}
	rest := strings.ToLower(said)
	for _, prefix := range []string{"https://", "http://", "www."} {
		rest = strings.TrimPrefix(rest, prefix)
	}
	rest, _, _ = strings.Cut(rest, "?")
	for _, part := range strings.Split(rest, "/") {
		if account, found := look.accounts[handle(part)]; found && !strings.HasPrefix(said, "#") {
			return account, true
		}
	}
	return WatchedAccount{}, false
}

func accountReason(account WatchedAccount) string {
	whose := "peserta atau tim kampanye"
	if account.Whose != "" {
		whose = account.Whose
	}
	return fmt.Sprintf("Akun ini milik %s. Mengikuti, menyukai, atau membagikan akun peserta pemilu melanggar netralitas ASN (SKB 2/2022). Hapus tautannya.", whose)
}

// handle writes an account as it is compared.
func handle(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, prefix := range []string{"https://", "http://", "www.", "@"} {
		name = strings.TrimPrefix(name, prefix)
	}
	return strings.TrimRight(name, "/.")
}

// lettersOf leaves only what a tag keeps.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// withoutTwice leaves out what lies within another finding.
func withoutTwice(spots []spot) []spot {
	kept := []spot{}
	for i, s := range spots {
		within := false
		for j, o := range spots {
			inside := o.from <= s.from && s.to <= o.to
			within = within || inside && (o.to-o.from > s.to-s.from || j < i)
		}
		if !within {
			kept = append(kept, s)
		}
	}
	return oneAtAPlace(kept)
}
