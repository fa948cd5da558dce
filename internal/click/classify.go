package click

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// crawlersJSON is the curated list of what fetches a link without being a person. match is RE2, case
// does not matter; preview marks those that draw a card in a chat or a social network.
//
//go:embed crawlers.json
var crawlersJSON []byte

type crawler struct {
	Name    string `json:"name"`
	Match   string `json:"match"`
	Preview bool   `json:"preview"`
	Example string `json:"ua_example"`
}

// classifier tells machines from people by what a request says of itself. One alternation of the whole
// list takes Go's regexp half a millisecond for a person, who matches nothing; so a pattern is tried
// only when a word that it cannot match without is there.
type classifier struct{ listed []listed }

type listed struct {
	words   []string // lower case; at least one is in every text that matches
	pattern *regexp.Regexp
	preview bool
}

func newClassifier() *classifier {
	var list []crawler
	if err := json.Unmarshal(crawlersJSON, &list); err != nil {
		panic(err) // the file is part of the program
	}
	c := &classifier{}
	seen := map[string]bool{}
	for _, entry := range list {
		if seen[entry.Match] { // several examples of one pattern
			continue
		}
		seen[entry.Match] = true
		parsed, err := syntax.Parse(entry.Match, syntax.Perl|syntax.FoldCase)
		if err != nil {
			panic(err)
		}
		c.listed = append(c.listed, listed{wordsOf(parsed), regexp.MustCompile(`(?i)` + entry.Match), entry.Preview})
	}
	return c
}

// wordsOf gives words of which every match of the pattern holds at least one; none when it cannot tell.
func wordsOf(re *syntax.Regexp) (words []string) {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(re.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return wordsOf(re.Sub[0])
	case syntax.OpConcat: // any part will do: the one whose shortest word is longest
		for _, part := range re.Sub {
			if found := wordsOf(part); shortest(found) > shortest(words) {
				words = found
			}
		}
	case syntax.OpAlternate: // every branch must have some
		for _, branch := range re.Sub {
			found := wordsOf(branch)
			if len(found) == 0 {
				return nil
			}
			words = append(words, found...)
		}
	}
	return words
}

func shortest(words []string) int {
	if len(words) == 0 {
		return 0
	}
	return len(slices.MinFunc(words, func(a, b string) int { return len(a) - len(b) }))
}

func (l listed) matches(userAgent, lower string) bool {
	return (len(l.words) == 0 || holds(lower, l.words)) && l.pattern.MatchString(userAgent)
}

func holds(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

// agent judges a user agent alone. The order matters: the list knows more than the markers do, and the
// markers are held back where they would lose a person.
func (c *classifier) agent(userAgent string) (Verdict, Reason, bool) {
	lower := strings.ToLower(strings.TrimSpace(userAgent))
	if lower == "" {
		return Bot, noAgent, true
	}
	verdict := Valid
	for _, l := range c.listed { // one text may match several (iMessage names Facebook and Twitter): a card drawer wins
		if (verdict == Valid || l.preview) && l.matches(userAgent, lower) {
			if verdict = Bot; l.preview {
				return Preview, listedPreview, true
			}
		}
	}
	if verdict == Bot {
		return Bot, listedBot, true
	}
	return marked(lower)
}
