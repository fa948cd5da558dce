package brand

import (
	"fmt"
	"strings"
)

// bannedWords are the phrases of a kit by each form of their first word.
type bannedWords map[string][]bannedPhrase

type bannedPhrase struct {
	Banned
	words []string
}

func compileBanned(list []Banned) bannedWords {
	by := bannedWords{}
	for _, banned := range list {
		words := wordsOf(banned.Phrase)
		if len(words) == 0 {
			continue
		}
		forms := []string{words[0]}
		if len(words) == 1 {
			forms = verbForms(words[0]) // a banned "buzzer" is no better as "membuzzer"
		}
		for _, form := range forms {
			by[form] = append(by[form], bannedPhrase{banned, words})
		}
	}
	return by
}

// wordsOf cuts a phrase as a text is cut.
func wordsOf(phrase string) (words []string) {
	c := cutter{text: phrase}
	for c.at < len(c.text) {
		c.step()
	}
	for _, t := range c.tokens {
		if t.norm != "" {
			words = append(words, t.norm)
		}
	}
	return words
}

// spots finds the phrases, whatever their case, spelling and clitics.
func (b bannedWords) spots(r reading) (spots []spot) {
	if len(b) == 0 {
		return nil
	}
	for i, t := range r.tokens {
		phrases := b[t.norm]
		whole := true // a replacement fits the word as it is, not one with something hanging on it
		if len(phrases) == 0 {
			if stem, cut := bare(t.norm); cut {
				phrases, whole = b[stem], false
			}
		}
		for _, phrase := range phrases {
			if len(phrase.words) > 1 && !r.says(i+1, phrase.words[1:]) {
				continue
			}
			to := r.tokens[i+len(phrase.words)-1].to
			s := spot{rule: "banned_word", severity: phrase.Severity, from: t.from, to: to, reason: phrase.Reason}
			if phrase.Instead != "" {
				s.reason = fmt.Sprintf("%s Pakai “%s”.", strings.TrimRight(phrase.Reason, " "), phrase.Instead)
				if whole && t.norm == phrase.words[0] {
					s.fix, s.fixable = sameCase(r.text[t.from:to], phrase.Instead), true
				}
			}
			spots = append(spots, s)
			break
		}
	}
	return spots
}

// keywordFindings ask for one of each group of words, in any field.
func keywordFindings(groups []Keyword, text Text) (found []Finding) {
	if len(groups) == 0 {
		return nil
	}
	said, tagged := map[string]bool{}, map[string]bool{}
	all := append([]string{text.Title, text.Summary, text.Body}, text.Captions...)
	for _, tag := range text.Hashtags {
		tagged[strings.ToLower(strings.TrimPrefix(tag, "#"))] = true
	}
	lower := strings.ToLower(strings.Join(all, "\n"))
	plain := " " + strings.Join(wordsOf(lower), " ") + " "
	for _, group := range groups {
		for _, word := range group.Words {
			if tag, isTag := strings.CutPrefix(word, "#"); isTag {
				said[group.Name] = said[group.Name] || tagged[strings.ToLower(tag)] || strings.Contains(lower, strings.ToLower(word))
			} else {
				said[group.Name] = said[group.Name] || strings.Contains(plain, " "+strings.Join(wordsOf(word), " ")+" ")
			}
		}
		if !said[group.Name] {
			found = append(found, Finding{Rule: "missing_keyword", Severity: Warning, Field: "hashtags",
				Reason: fmt.Sprintf("Belum ada kata kunci “%s”. Pakai sedikitnya satu: %s.", group.Name, strings.Join(group.Words, ", "))})
		}
	}
	return found
}
