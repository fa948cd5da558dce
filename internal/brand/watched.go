package brand

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// watching is a Watch that was made ready to look.
type watching struct {
	phrases  map[string]*waysOf       // by first word
	compact  map[string][]compactName // by their first letters: names without their blanks, as tags and accounts write them
	accounts map[string]WatchedAccount
}

// watched is one way to write something of the lists.
type watched struct {
	rule     string
	severity Severity
	reason   string
	words    []string
	whose    string
	doubtful bool
	kind     NameKind
	capital  bool // only in capitals: an abbreviation that is a word in small letters, too
}

// waysOf are the ways that begin with one word: those that end there, and by their second word the others.
type waysOf struct {
	single []watched
	more   map[string][]watched
}

type compactName struct {
	letters string
	watched
}

const (
	compactKey    = 4  // bytes of a compact name by which it is found
	fewestCompact = 7  // letters that say a name without its blanks beyond doubt
	mostTags      = 50 // tags, accounts and addresses of one text that are looked through
	shortLetters  = 3  // abbreviations of no more letters count only in capitals
)

func (w Watch) compiled() watching {
	look := watching{phrases: map[string]*waysOf{}, compact: map[string][]compactName{}, accounts: map[string]WatchedAccount{}}
	for _, word := range w.Words {
		look.add(watched{rule: "election_word", severity: word.Severity,
			reason: "Kata ini masuk daftar kata mode pemilu. Hapus atau ganti dengan kata yang netral."}, word.Phrase)
	}
	for _, name := range w.Names {
		says := watched{rule: "election_name", severity: Error, kind: name.Kind, whose: name.Name,
			reason: fmt.Sprintf("Ini %s (%s). Selama mode pemilu, konten resmi dan tulisan ASN tentangnya tidak memuat nama calon, partai, atau tim pemenangan. Hapus namanya; bila menyangkut tugas jabatan, sebut jabatannya saja.", kindWords[name.Kind], name.Name)}
		for _, way := range append([]string{name.Name}, name.Aliases...) {
			look.add(says, way)
		}
		sure, doubtful := shorterWays(name)
		for _, way := range sure {
			look.add(says, way)
		}
		says.doubtful = true
		for _, way := range append(doubtful, name.Doubtful...) {
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
	for _, word := range cutText(way, false).exploded() {
		says.words = append(slices.Clip(says.words), word.norm)
	}
	if len(says.words) == 0 {
		return
	}
	says.capital = len(says.words) == 1 && len([]rune(way)) <= shortLetters && way == strings.ToUpper(way)
	look.file(says)
	if letters := lettersOf(way); len(letters) >= fewestCompact && (!says.doubtful || says.kind == Party && len(says.words) > 1) {
		look.compact[letters[:compactKey]] = append(look.compact[letters[:compactKey]], compactName{letters, says})
	}
}

// file puts a way where it is looked for. Of many single words that are alike two are enough: one to be
// found, and another whose that is.
func (look *watching) file(says watched) {
	ways := look.phrases[says.words[0]]
	if ways == nil {
		ways = &waysOf{more: map[string][]watched{}}
		look.phrases[says.words[0]] = ways
	}
	if len(says.words) > 1 {
		ways.more[says.words[1]] = append(ways.more[says.words[1]], says)
		return
	}
	alike := 0
	for _, other := range ways.single {
		if other.doubtful == says.doubtful && other.kind == says.kind && other.capital == says.capital && other.rule == says.rule {
			alike++
		}
	}
	if alike < 2 {
		ways.single = append(ways.single, says)
	}
}

// exploded are the words of a text with those apart that a hyphen joins, because a pair is often written
// "Andi-Budi"; and with those whole that were taken apart to be overlooked: "A.n.d.i", "An-di-ka".
func (r reading) exploded() (words []token) {
	words = make([]token, 0, len(r.tokens))
	for i := 0; i < len(r.tokens); i++ {
		t := r.tokens[i]
		if t.norm == "" {
			continue
		}
		if whole, next := r.spelledAt(i); next > i {
			words = append(words, whole)
			i = next - 1
			continue
		}
		if !strings.Contains(t.norm, "-") {
			t.norm = figure(t.norm)
			words = append(words, t)
			continue
		}
		parts := strings.FieldsFunc(t.norm, func(c rune) bool { return c == '-' })
		if len(parts) > 2 && !slices.ContainsFunc(parts, func(part string) bool { return len(part) > 3 }) {
			t.norm, t.spelled = strings.Join(parts, ""), true
			words = append(words, t)
			continue
		}
		for _, part := range parts {
			one := t
			one.norm = part
			words = append(words, one)
		}
	}
	return words
}

// spelledAt takes single letters together that points or hyphens join, four at least; the next word is
// where it began when there are none.
func (r reading) spelledAt(i int) (whole token, next int) {
	const fewest, most = 4, 40
	end := i
	for end < len(r.tokens) && end < i+most && len(r.tokens[end].norm) == 1 && r.tokens[end].to == r.tokens[end].from+1 &&
		(end == i || r.tokens[end].from == r.tokens[end-1].to+1 && strings.ContainsRune(".-_*", rune(r.text[r.tokens[end-1].to]))) {
		end++
	}
	if end-i < fewest {
		return token{}, i
	}
	whole = r.tokens[i]
	whole.to, whole.norm, whole.spelled = r.tokens[end-1].to, "", true
	for _, t := range r.tokens[i:end] {
		whole.norm += t.norm
	}
	return whole, end
}

// romans are those that are no words of their own.
var romans = map[string]string{"ii": "dua", "iii": "tiga", "iv": "empat", "vi": "enam", "vii": "tujuh", "viii": "delapan", "ix": "sembilan"}

// figure writes small numbers as words: "jilid 2" and "jilid II" are "jilid dua".
func figure(word string) string {
	if named, roman := romans[word]; roman {
		return named
	}
	if len(word) == 1 && word[0] >= '1' && word[0] <= '9' {
		return [...]string{"satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"}[word[0]-'1']
	}
	return word
}

// spots are where a text says something of the lists, each place once.
func (look watching) spots(r reading, inTags bool) (spots []spot) {
	words := r.exploded()
	around := look.surroundings(words)
	for i := range words {
		if len(spots) >= mostFindings {
			break // nobody mends more at once
		}
		if s, found := look.phraseAt(r, words, i, around); found {
			spots = append(spots, s)
		}
	}
	return withoutTwice(append(spots, look.tagSpots(r, inTags)...))
}

// waysAt are the ways that may stand here, by the word and the two that follow.
func (look watching) waysAt(words []token, i int) (ways []watched) {
	for _, head := range forms(words[i].norm) {
		at := look.phrases[head]
		if at == nil {
			continue
		}
		ways = append(ways, at.single...)
		for on := 1; on <= 2 && i+on < len(words) && len(at.more) > 0; on++ {
			for _, second := range forms(words[i+on].norm) {
				ways = append(ways, at.more[second]...)
			}
			if len(words[i+on].norm) > 1 {
				break // only an initial may stand between
			}
		}
	}
	return ways
}

// forms are a word as it stands, unmasked, and without what hangs on it, each once; empty ones are none.
func forms(word string) [3]string {
	all := [3]string{word}
	if plain := unmasked(word); plain != word {
		all[1] = plain
	}
	if stem := stemOf(word); stem != word {
		all[2] = stem
	}
	return all
}

// phraseAt finds the longest way that begins at a word.
func (look watching) phraseAt(r reading, words []token, i int, around surroundings) (found spot, ok bool) {
	longest := 0
	for _, way := range look.waysAt(words, i) {
		if len(way.words) <= longest {
			continue
		}
		last, said := way.saidAt(r, words, i)
		if !said || way.capital && !isCapital(r.text[words[i].from:words[i].to]) || !way.meant(r, words, i, last, around) {
			continue
		}
		longest, ok = len(way.words), true
		found = spot{rule: way.rule, severity: way.severity, from: words[i].from, to: words[last].to, reason: way.reason, sentence: words[i].sentence}
	}
	return found, ok
}

// saidAt goes through the words of a way. An initial may stand between two of them, "Andi M. Saputra", and
// a title, "Andi, S.H., Saputra" does not; a line may end between them.
func (way watched) saidAt(r reading, words []token, i int) (last int, said bool) {
	at, gap := i, 0
	for n := 1; n < len(way.words); {
		at++
		if at >= len(words) || words[at].sentence != words[i].sentence && strings.TrimSpace(r.text[words[at-1].to:max(words[at-1].to, words[at].from)]) != "" {
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
