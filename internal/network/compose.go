package network

import (
	"net/url"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parts are what a shared text is made of.
type Parts struct {
	Caption         string
	Hashtags        []string
	Disclosure      string // who is speaking; empty: not said
	ShortDisclosure string // the same with the agency's short name
	Link            string // the personal link
	Subject         string // of a mail
}

// Cut is a part that had to give way.
type Cut string

// The parts, in the order in which they go.
const (
	CutHashtags   Cut = "hashtags"
	CutDisclosure Cut = "disclosure" // shortened, never left out
	CutCaption    Cut = "caption"    // shortened at a word
)

// Composed is a text as one network takes it.
type Composed struct {
	Words  string // without the link
	Text   string // with the link, where a link works
	Link   string // empty where no link works
	Intent string // opens the network's own share screen; empty where there is none
	Length int    // as the network counts
	Cut    []Cut  // what had to give way
}

// Compose makes the text for a network. When it is too long, the hashtags go first, then the disclosure
// gets short, then the caption is cut at a word.
func Compose(n Capability, p Parts) Composed {
	if !n.TrackedLink {
		p.Link = ""
	}
	cut := []Cut{}
	fits := func() bool { return n.Limit == 0 || n.length(p) <= n.Limit }
	if !fits() && len(p.Hashtags) > 0 {
		p.Hashtags, cut = nil, append(cut, CutHashtags)
	}
	if !fits() && p.Disclosure != "" && p.ShortDisclosure != "" && p.ShortDisclosure != p.Disclosure {
		p.Disclosure, cut = p.ShortDisclosure, append(cut, CutDisclosure)
	}
	if !fits() {
		p.Caption, cut = n.shortened(p), append(cut, CutCaption)
	}
	return Composed{Words: p.words(), Text: p.text(), Link: p.Link, Intent: n.intent(p), Length: n.length(p), Cut: cut}
}

// words are the parts without the link.
func (p Parts) words() string {
	return join("\n\n", p.Caption, join("\n", strings.Join(p.Hashtags, " "), p.Disclosure))
}

func (p Parts) text() string {
	return join("\n\n", p.Caption, join("\n", strings.Join(p.Hashtags, " "), p.Disclosure, p.Link))
}

func join(between string, parts ...string) string {
	kept := parts[:0:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, between)
}

// length is what the network counts.
func (n Capability) length(p Parts) int {
	text := p.text()
	if n.Share == IntentLink {
		text = p.words() // the link is a card of its own
	}
	switch n.Count {
	case XWeighted:
		if p.Link == "" {
			return weighX(text)
		}
		return weighX(strings.TrimSuffix(text, p.Link)) + linkWeight
	case EmojiBytes:
		return weighBytes(text)
	case Address:
		return len(n.intent(p))
	}
	return utf8.RuneCountInString(text)
}

// shortened is the longest beginning of the caption that fits, cut at a word; a single word that is too
// long is cut inside.
func (n Capability) shortened(p Parts) string {
	caption := p.Caption
	for _, ends := range [][]int{wordEnds(caption), clusterEnds(caption)} {
		best := sort.Search(len(ends), func(i int) bool {
			p.Caption = strings.TrimRightFunc(caption[:ends[i]], cutOff) + "…"
			return n.length(p) > n.Limit
		})
		if best > 0 {
			return strings.TrimRightFunc(caption[:ends[best-1]], cutOff) + "…"
		}
	}
	return ""
}

func cutOff(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r) }

var word = regexp.MustCompile(`[^ \t\n\f\r]+`)

// wordEnds are the ends of all words but the last.
func wordEnds(text string) (ends []int) {
	for _, found := range word.FindAllStringIndex(text, -1) {
		ends = append(ends, found[1])
	}
	return ends[:max(len(ends)-1, 0)]
}

func clusterEnds(text string) (ends []int) {
	at := 0
	for _, one := range clusters(text) {
		at += len(string(one))
		ends = append(ends, at)
	}
	return ends
}

// intent fills the network's template.
func (n Capability) intent(p Parts) string {
	if n.Intent == "" {
		return ""
	}
	text := p.words()
	if !strings.Contains(n.Intent, "{url}") {
		text = p.text()
	}
	if n.Count == Address {
		text = strings.NewReplacer("\r\n", "\r\n", "\n", "\r\n").Replace(text) // lines of a mail
	}
	return strings.NewReplacer("{text}", escape(text), "{url}", escape(p.Link), "{subject}", escape(p.Subject)).Replace(n.Intent)
}

// escape is percent-encoded UTF-8 with %20: several apps show a "+" as it is.
func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

var status = regexp.MustCompile(`/status/([0-9]{1,25})(?:$|[/?#])`)

// LikeURL is where a person likes an official post; empty where that network has no likes.
func (n Capability) LikeURL(post string) string {
	switch n.Like {
	case LikeOpen:
		return post
	case LikeIntent:
		if found := status.FindStringSubmatch(post); found != nil {
			return "https://x.com/intent/like?tweet_id=" + found[1]
		}
		return post
	}
	return ""
}
