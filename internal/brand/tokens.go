package brand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is one word as the rules see it.
type token struct {
	from, to int    // bytes in the text
	norm     string // lower case, slang written out; empty for an address
	sentence int    // which sentence it stands in
	clause   int    // which clause: what stands between commas
	spelled  bool   // it was taken apart, or masked by digits
	quoted   bool   // between quotation marks
	tags     tags   // what the word is to the patterns
}

// reading is a text cut into words.
type reading struct {
	text   string
	tokens []token
}

// readText cuts a text into words and tells what they are to the patterns.
func readText(text string, inTags bool) reading {
	r := cutText(text, inTags)
	r.tagWords()
	return r
}

// cutText cuts a text into words, in one pass. With inTags the words of #BanggaMelayani are read apart.
func cutText(text string, inTags bool) reading {
	c := cutter{text: text, inTags: inTags, tokens: make([]token, 0, len(text)/6+1)}
	for c.at < len(text) {
		c.step()
	}
	return reading{text, c.tokens}
}

// cutter is where the cutting stands.
type cutter struct {
	text             string
	inTags           bool
	at               int
	sentence, clause int
	quoted           bool
	tokens           []token
	blank            int // where the next blank is, once it was looked for
	lastAt           int // the last @ before it
}

func (c *cutter) step() {
	r, size := utf8.DecodeRuneInString(c.text[c.at:])
	switch {
	case isWord(r):
		c.word()
		return
	case r == '"' || r == '“' || r == '”' || r == '«' || r == '»':
		c.quoted = r == '“' || r == '«' || r == '"' && !c.quoted
	case r == '\n' || r == '!' || r == '?' || r == '.' && c.endsSentence():
		c.sentence, c.clause = c.sentence+1, c.clause+1
		c.quoted = c.quoted && r != '\n'
	case r == ',' || r == ';' || r == ':' || r == '(' || r == ')' || r == '–' || r == '—':
		c.clause++
	case r == '#' && !c.inTags:
		c.hashtag()
		return
	}
	c.at += size
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joins are the marks that may stand within a word.
func joins(r rune) bool { return r == '-' || r == '\'' || r == '’' || r == '²' || r == '‑' }

// word takes one word, or a whole address.
func (c *cutter) word() {
	if end := c.addressEnd(); end > 0 {
		c.add(c.at, c.at+end, "")
		c.at += end
		return
	}
	from, end := c.at, c.at
	for end < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[end:])
		if !isWord(r) && !(isInvisible(r) && end > from) {
			next, _ := utf8.DecodeRuneInString(c.text[end+size:])
			if r == '²' {
				end += size
				continue
			}
			if !joins(r) || !isWord(next) {
				break
			}
		}
		end += size
	}
	c.at = end
	if c.inTags {
		c.parts(from, end)
		return
	}
	c.add(from, end, normal(c.text[from:end]))
}

// hashtag takes the words of a tag within a text: #AyoCoblos reads as "ayo coblos".
func (c *cutter) hashtag() {
	from := c.at + 1
	end := from
	for end < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[end:])
		if !isWord(r) && r != '_' {
			break
		}
		end += size
	}
	c.at = end
	c.clause++
	c.parts(from, end)
	c.clause++
}

// parts cuts where small letters turn into capitals, and letters into digits.
func (c *cutter) parts(from, end int) {
	start, before := from, rune(0)
	for i, r := range c.text[from:end] {
		if before != 0 && (unicode.IsLower(before) && unicode.IsUpper(r) || unicode.IsLetter(before) && unicode.IsDigit(r) || before == '_') {
			c.add(start, from+i, normal(strings.Trim(c.text[start:from+i], "_")))
			start = from + i
		}
		before = r
	}
	if start < end {
		c.add(start, end, normal(strings.Trim(c.text[start:end], "_")))
	}
}

func (c *cutter) add(from, to int, norm string) {
	c.tokens = append(c.tokens, token{from: from, to: to, norm: norm, sentence: c.sentence, clause: c.clause, quoted: c.quoted})
}

// endsSentence tells a full stop from the point of an abbreviation or a number.
func (c *cutter) endsSentence() bool {
	next, _ := utf8.DecodeRuneInString(c.text[c.at+1:])
	if c.at+1 < len(c.text) && (isWord(next) || next == '.') {
		return false
	}
	if len(c.tokens) == 0 || c.tokens[len(c.tokens)-1].to != c.at {
		return true
	}
	last := c.tokens[len(c.tokens)-1]
	word := strings.ToLower(c.text[last.from:last.to])
	return utf8.RuneCountInString(word) > 1 && !abbreviations[word]
}

var abbreviations = setOf(`no nip nik rek jl bpk ibu dr drs dra ir hj kab kec kel prov tgl pkl yth sdr sdri telp tel hp an dll dsb dst hlm st prof kep gg tn ny s.d`)

const (
	longestAddress = 2048 // bytes
	longestHost    = 253
)

// addressEnd is how long the address is that begins here; 0: none does. What lies between two blanks is
// looked through once, however many words it has.
func (c *cutter) addressEnd() int {
	if c.at >= c.blank {
		c.blank = len(c.text)
		if end := strings.IndexFunc(c.text[c.at:], endsAddress); end >= 0 {
			c.blank = c.at + end
		}
		c.lastAt = c.at + strings.LastIndexByte(c.text[c.at:c.blank], '@')
	}
	if c.blank-c.at > longestAddress {
		return 0
	}
	word := strings.TrimRight(c.text[c.at:c.blank], ".,;:!?*_'’")
	start := strings.ToLower(word[:min(len(word), 8)])
	if strings.HasPrefix(start, "http://") || start == "https://" || strings.HasPrefix(start, "www.") || c.lastAt > c.at {
		return len(word)
	}
	host, _, hasPath := strings.Cut(word[:min(len(word), longestHost)], "/")
	if !strings.Contains(host, ".") || !hasPath && !bareHost(host) || !isHost(host) {
		return 0
	}
	return len(word)
}

func endsAddress(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`<>"()[]“”`, r) || isInvisible(r)
}

// isHost looks only at the shape: letters in the last part, nothing strange before.
func isHost(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if len(last) < 2 {
		return false
	}
	for _, r := range last {
		if r < 'A' || r > 'z' || r > 'Z' && r < 'a' {
			return false
		}
	}
	for _, r := range host {
		if r > 0x7F || !isWord(r) && r != '-' && r != '.' {
			return false
		}
	}
	return true
}

// bareHost accepts an address without a path only with an ending that no Indonesian sentence begins with.
func bareHost(host string) bool {
	switch strings.ToLower(host[strings.LastIndexByte(host, '.')+1:]) {
	case "id", "com", "org", "net", "example", "info", "go", "io", "ee", "ly":
		return true
	}
	return false
}

// normal writes a word as the patterns know it: small letters, no stretched vowels, chat spelling written out.
func normal(word string) string {
	word = norm.NFKC.String(word) // 𝗹𝗶𝗸𝗲, ｌｉｋｅ and like are one word
	lower := strings.Map(func(r rune) rune {
		switch {
		case isInvisible(r) || r == '\'' || r == '’':
			return -1
		case r == '‑':
			return '-'
		case r == 'é' || r == 'è' || r == 'É' || r == 'È': // Sundanese and Javanese write them, chats do not
			return 'e'
		}
		return unicode.ToLower(r)
	}, word)
	lower = strings.TrimSuffix(lower, "²")
	if full, known := chatSpelling[lower]; known {
		return full
	}
	if doubled := strings.Index(lower, "2"); doubled > 1 && !unicode.IsDigit(rune(lower[0])) { // rekan2, sebanyak2nya
		lower = lower[:doubled] + lower[doubled+1:]
	}
	lower = unstretched(strings.ReplaceAll(lower, "²", ""))
	if full, known := chatSpelling[lower]; known {
		return full
	}
	return lower
}

// unstretched writes "wajiiiib" as "wajib": no Indonesian word has a letter three times in a row.
func unstretched(word string) string {
	var before rune
	run, stretched := 0, false
	for _, r := range word {
		if r == before {
			run++
			stretched = stretched || run >= 2 && unicode.IsLetter(r)
		} else {
			before, run = r, 0
		}
	}
	if !stretched {
		return word
	}
	var out strings.Builder
	before = 0
	for _, r := range word {
		if r != before || !unicode.IsLetter(r) {
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
