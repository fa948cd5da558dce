package brand

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity is how much a finding weighs.
type Severity string

// The severities. An error refuses a submission; a warning asks for a second look; a hint is about style.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Hint    Severity = "hint"
)

// Text is what is looked at, as its author typed it.
type Text struct {
	Title    string   `json:"title,omitempty"`
	Summary  string   `json:"summary,omitempty"`
	Body     string   `json:"body,omitempty" doc:"Markdown"`
	Captions []string `json:"captions,omitempty" maxItems:"20"`
	Hashtags []string `json:"hashtags,omitempty" maxItems:"40"`
}

// Finding is one thing that breaks the kit or a rule of the house.
type Finding struct {
	Rule     string   `json:"rule" doc:"Stable name of the rule"`
	Severity Severity `json:"severity" enum:"error,warning,hint" doc:"error refuses a submission; warning and hint never do"`
	Field    string   `json:"field" enum:"title,summary,body,captions,hashtags,landing_url,official_posts"`
	Index    int      `json:"index" doc:"Which of several captions or hashtags, from 0"`
	From     int      `json:"from" doc:"Where it begins in that text, in UTF-16 code units, as a browser counts; equal to to: the field as a whole"`
	To       int      `json:"to" doc:"Where it ends, in UTF-16 code units, exclusive"`
	Quote    string   `json:"quote" doc:"The words as they stand there; cut when they are many"`
	Reason   string   `json:"reason" doc:"What it breaks and how to mend it, in Indonesian"`
	Fix      string   `json:"fix" doc:"What may stand in the place of the range; empty with fixable: remove it"`
	Fixable  bool     `json:"fixable" doc:"Whether replacing the range with fix mends it"`
}

const (
	mostFindings = 200 // nobody mends more at once
	mostQuote    = 120 // characters
)

// Lint looks at a text with a kit. It asks nothing and changes nothing: the same input gives the same
// findings, by field as they are typed and by position.
func Lint(kit Kit, text Text) []Finding {
	text = text.valid()
	banned := compileBanned(kit.Banned)
	findings := []Finding{}
	look := func(field string, index int, text string) {
		if len(findings) < mostFindings {
			findings = append(findings, lintField(banned, field, index, text)...)
		}
	}
	look("title", 0, text.Title)
	look("summary", 0, text.Summary)
	look("body", 0, text.Body)
	for i, caption := range text.Captions {
		look("captions", i, caption)
	}
	for i, tag := range text.Hashtags {
		look("hashtags", i, tag)
	}
	findings = append(findings[:min(len(findings), mostFindings)], lengthFindings(text)...)
	findings = append(findings, similarFindings(text)...)
	return append(findings, keywordFindings(kit.Keywords, text)...)
}

// valid puts a mark in the place of bytes that are no text; what comes as JSON has none.
func (t Text) valid() Text {
	whole := func(text *string) { *text = strings.ToValidUTF8(*text, "\uFFFD") }
	whole(&t.Title)
	whole(&t.Summary)
	whole(&t.Body)
	t.Captions, t.Hashtags = each(t.Captions, whole), each(t.Hashtags, whole)
	return t
}

// lintField looks at one field, whose positions are its own.
func lintField(banned bannedWords, field string, index int, text string) []Finding {
	if text == "" {
		return nil
	}
	read := readText(text, field == "hashtags")
	spots := read.phraseSpots()
	spots = withoutLesser(append(spots, read.cueSpots(spots)...))
	spots = append(spots, read.markSpots(field)...)
	spots = append(spots, read.numberSpots()...)
	if field != "hashtags" {
		spots = append(spots, read.plainSpots(field)...)
	}
	spots = append(spots, banned.spots(read)...)
	return read.findings(field, index, oneAtAPlace(spots))
}

// spot is a finding by bytes, before anybody counts as a browser does.
type spot struct {
	rule     string
	severity Severity
	from, to int // bytes
	reason   string
	fix      string
	fixable  bool
	sentence int  // of a phrase
	loose    bool // of cues that meet: where it stands is only about where
}

// gravest orders the rules that may fall on the same words; only the gravest of them speaks.
var gravest = []string{"coercion", "campaign", "reply_task", "like_bait", "campaign_word", "praise"}

// oneAtAPlace leaves one of several house rules that speak about the same words, and orders the rest.
func oneAtAPlace(spots []spot) []spot {
	byPlace := func(a, b spot) int { return cmp.Or(a.from-b.from, a.to-b.to, cmp.Compare(a.rule, b.rule)) }
	rank := func(s spot) int {
		if s.loose {
			return -1
		}
		return slices.Index(gravest, s.rule)
	}
	slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Or(rank(a)-rank(b), byPlace(a, b)) })
	kept, taken := spots[:0], []spot{}
	for _, s := range spots {
		if rank(s) >= 0 {
			// What is taken is disjoint and ordered, so one neighbour on each side is all there is to ask.
			at, _ := slices.BinarySearchFunc(taken, s, func(t, s spot) int { return t.from - s.from })
			if at > 0 && taken[at-1].to > s.from || at < len(taken) && taken[at].from < s.to {
				continue
			}
			taken = slices.Insert(taken, at, s)
		}
		kept = append(kept, s)
	}
	slices.SortStableFunc(kept, byPlace)
	return kept
}

// findings counts in UTF-16 code units, in one pass over the text.
func (r reading) findings(field string, index int, spots []spot) []Finding {
	found := make([]Finding, 0, min(len(spots), mostFindings))
	units := unitCounter{text: r.text}
	for _, s := range spots[:min(len(spots), mostFindings)] {
		from := units.at(s.from)
		ahead := units
		found = append(found, Finding{Rule: s.rule, Severity: s.severity, Field: field, Index: index, From: from, To: ahead.at(s.to),
			Quote: shortened(r.text[s.from:s.to]), Reason: s.reason, Fix: s.fix, Fixable: s.fixable})
	}
	return found
}

// Told is a finding in one sentence, for a refusal.
func (f Finding) Told() string {
	where := ""
	if f.Field == "captions" {
		where = fmt.Sprintf("Keterangan %d: ", f.Index+1)
	}
	if strings.TrimSpace(f.Quote) == "" || f.Rule == "hidden_char" {
		return where + f.Reason
	}
	return fmt.Sprintf("%s“%s”. %s", where, f.Quote, f.Reason)
}

// unitCounter walks a text once and tells how many UTF-16 code units lie before a byte.
type unitCounter struct {
	text        string
	byte, units int
}

func (c *unitCounter) at(place int) int {
	for _, r := range c.text[c.byte:place] {
		c.units++
		if r > 0xFFFF {
			c.units++
		}
	}
	c.byte = place
	return c.units
}

func shortened(quote string) string {
	if runes := []rune(quote); len(runes) > mostQuote {
		return string(runes[:mostQuote-1]) + "…"
	}
	return quote
}

const (
	mostTitle    = 90 // characters; what cards of links show in two lines
	mostHashtags = 5
)

// lengthFindings look at what is too long or too many for the networks.
func lengthFindings(text Text) (found []Finding) {
	if n := len([]rune(text.Title)); n > mostTitle {
		cut := len(string([]rune(text.Title)[:mostTitle]))
		read := readText(text.Title, false)
		found = append(found, read.findings("title", 0, []spot{{rule: "long_title", severity: Warning, from: cut, to: len(text.Title),
			reason: fmt.Sprintf("Judul %d karakter. Kartu tautan di WhatsApp dan jejaring lain memotong judul sesudah sekitar %d karakter; pindahkan rincian ke ringkasan.", n, mostTitle)}})...)
	}
	if n := len(text.Hashtags); n > mostHashtags {
		extra := text.Hashtags[mostHashtags]
		read := readText(extra, true)
		found = append(found, read.findings("hashtags", mostHashtags, []spot{{rule: "many_hashtags", severity: Warning, to: len(extra),
			reason: fmt.Sprintf("Ada %d tagar. Pilih paling banyak %d yang paling tepat; tagar yang berderet terbaca sebagai spam.", n, mostHashtags)}})...)
	}
	return found
}
