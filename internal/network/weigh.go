package network

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// linkWeight is what X counts for a link, however long it is.
const linkWeight = 23

// linkPattern finds what X makes a link of: with or without a scheme, never ending in a punctuation mark.
var linkPattern = regexp.MustCompile(`(?i)(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::[0-9]+)?(?:/[^\s]*[^\s.,;:!?'"()\[\]{}…])?/?`)

// knownEndings are the ends of names that surely make a link. Behind any other the text counts for the
// link or for itself, whichever is more: X must never find a text longer than we said.
var knownEndings = []string{"id", "com", "org", "net", "info", "edu", "gov", "me", "tv", "co", "io"}

// weighX counts as X does (twitter-text, configuration 3). A combining accent counts for itself, where X
// first joins it with its letter: we may say one too many, never one too few.
func weighX(text string) (weight int) {
	at := 0
	for _, found := range linkPattern.FindAllStringIndex(text, -1) {
		link := text[found[0]:found[1]]
		if !startsLink(text[:found[0]], link) {
			continue
		}
		weight += weighPlain(text[at:found[0]])
		own := weighPlain(link)
		if at = found[1]; surely(link) {
			own = 0
		}
		weight += max(own, linkWeight)
	}
	return weight + weighPlain(text[at:])
}

// startsLink is false inside a word, a mention or an address of mail.
func startsLink(before, link string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if before == "" {
		return true
	}
	if last < utf8.RuneSelf && (isAlnum(last) || strings.ContainsRune("@$#", last)) {
		return false
	}
	return strings.Contains(link, "://") || !strings.ContainsRune("-_./", last)
}

func isAlnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// surely tells whether X takes the text for a link beyond doubt.
func surely(link string) bool {
	host := strings.ToLower(link)
	if _, rest, found := strings.Cut(host, "://"); found {
		host = rest
	}
	host, _, _ = strings.Cut(host, "/")
	host, _, _ = strings.Cut(host, ":")
	return slices.Contains(knownEndings, host[strings.LastIndexByte(host, '.')+1:])
}

func weighPlain(text string) (weight int) {
	for _, one := range clusters(text) {
		if len(one) > 1 {
			weight += 2 // an emoji of several code points is one
		} else if light(one[0]) {
			weight++
		} else {
			weight += 2
		}
	}
	return weight
}

// weighBytes counts code points, and emoji by their bytes in UTF-8.
func weighBytes(text string) (weight int) {
	for _, one := range clusters(text) {
		if len(one) > 1 || isPicture(one[0]) && one[0] >= 0x100 || isFlagLetter(one[0]) {
			weight += len(string(one))
		} else {
			weight++
		}
	}
	return weight
}

// light are the code points that X counts once.
func light(r rune) bool {
	return r <= 0x10FF || r >= 0x2000 && r <= 0x200D || r >= 0x2010 && r <= 0x201F || r >= 0x2032 && r <= 0x2037
}

const (
	joiner   = 0x200D
	asEmoji  = 0xFE0F
	keycap   = 0x20E3
	tagFirst = 0xE0020
	tagLast  = 0xE007F
)

// clusters cuts a text into code points, and keeps emoji of several code points together: families,
// flags, skin colours, keycaps.
func clusters(text string) (list [][]rune) {
	runes := []rune(text)
	for len(runes) > 0 {
		n := clusterLength(runes)
		list = append(list, runes[:n])
		runes = runes[n:]
	}
	return list
}

func clusterLength(runes []rune) int {
	at := func(i int) rune {
		if i < len(runes) {
			return runes[i]
		}
		return 0
	}
	first := runes[0]
	if strings.ContainsRune("0123456789#*", first) {
		if at(1) == keycap {
			return 2
		}
		if at(1) == asEmoji && at(2) == keycap {
			return 3
		}
		return 1
	}
	if isFlagLetter(first) {
		if isFlagLetter(at(1)) {
			return 2
		}
		return 1
	}
	if !isPicture(first) || first < 0x100 && at(1) != asEmoji {
		return 1
	}
	n := 1
	for {
		for at(n) == asEmoji || at(n) >= 0x1F3FB && at(n) <= 0x1F3FF || at(n) >= tagFirst && at(n) <= tagLast {
			n++
		}
		if at(n) != joiner || !isPicture(at(n+1)) {
			return n
		}
		n += 2
	}
}

func isFlagLetter(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// isPicture are the blocks in which emoji begin.
func isPicture(r rune) bool {
	for _, block := range [...][2]rune{
		{0xA9, 0xA9}, {0xAE, 0xAE}, {0x203C, 0x203C}, {0x2049, 0x2049}, {0x2122, 0x2122}, {0x2139, 0x2139}, {0x2194, 0x21AA},
		{0x231A, 0x23FF}, {0x24C2, 0x24C2}, {0x25AA, 0x25FE}, {0x2600, 0x27BF}, {0x2934, 0x2935}, {0x2B05, 0x2B55}, {0x3030, 0x3030},
		{0x303D, 0x303D}, {0x3297, 0x3297}, {0x3299, 0x3299}, {0x1F000, 0x1FAFF},
	} {
		if r >= block[0] && r <= block[1] {
			return true
		}
	}
	return false
}
