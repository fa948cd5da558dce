// Package network owns the capability table of social networks: what each one takes, proves, forbids and
// counts, as data with the day on which it was last compared with the network's own documents.
package network

import (
	"slices"
	"strings"
)

// Number is a network's number. It is stored with acts, is part of every link code (4 bits) and never
// changes.
type Number int16

// Mode is how a person gets a text to a network.
type Mode string

// The modes.
const (
	IntentText Mode = "intent_text" // an address takes the text and the link
	IntentLink Mode = "intent_link" // an address takes the link alone
	Save       Mode = "save"        // save the file, copy the caption, open the app
	Copy       Mode = "copy"        // copy the text
	System     Mode = "system"      // the share sheet of the phone
	NoShare    Mode = "none"
)

// Like is how a person likes an official post.
type Like string

// The ways to like.
const (
	LikeIntent Like = "intent" // an address asks "like this?"
	LikeOpen   Like = "open"   // the post itself
	NoLike     Like = "none"
)

// Caption is what may be filled in for the person.
type Caption string

// What may be filled in.
const (
	Prefilled Caption = "prefilled"
	Beside    Caption = "beside" // the link alone; the suggestion stands beside it, to be copied by hand
	NoCaption Caption = "none"
)

// Count is how a network counts the length of a text.
type Count string

// The ways to count.
const (
	Characters Count = "characters"  // code points
	XWeighted  Count = "x_weighted"  // X: a link is 23, emoji and CJK are 2
	EmojiBytes Count = "emoji_bytes" // Threads: code points, but emoji by their bytes in UTF-8
	Address    Count = "address"     // characters of the encoded address
)

// Proof is who has to let us look before the network tells that somebody did something.
type Proof string

// The proofs.
const (
	NoProof    Proof = "none"     // nobody can learn it
	ByUser     Proof = "user"     // the person's own consent
	ByOfficial Proof = "official" // the official account's access
)

// Capability is one line of the table.
type Capability struct {
	Key            string   `json:"key"`
	Number         Number   `json:"-"`
	Name           string   `json:"name"`
	NameEn         string   `json:"name_en"`
	Share          Mode     `json:"share" enum:"intent_text,intent_link,save,copy,system,none"`
	Intent         string   `json:"-"` // template with {text}, {url} and {subject}
	Open           string   `json:"open" doc:"Opens the app or its page, where files have to be posted by hand; empty: nothing to open"`
	Like           Like     `json:"like" enum:"intent,open,none"`
	Caption        Caption  `json:"caption" enum:"prefilled,beside,none" doc:"What may be filled in for the person"`
	TrackedLink    bool     `json:"tracked_link" doc:"Whether a personal link can be followed there"`
	Limit          int      `json:"limit" doc:"Longest text; 0: no limit that matters"`
	Count          Count    `json:"count" enum:"characters,x_weighted,emoji_bytes,address" doc:"How the limit counts"`
	VerifyShare    Proof    `json:"verify_share" enum:"none,user,official"`
	VerifyLike     Proof    `json:"verify_like" enum:"none,user,official"`
	Scopes         []string `json:"-"` // what verification would ask for; never a right to write
	Metrics        []string `json:"metrics" nullable:"false"`
	NeedsReview    bool     `json:"needs_review" doc:"The network reviews an app before it may verify or measure"`
	GovRestriction bool     `json:"gov_restriction" doc:"The network has terms of its own for governments"`
	ReachPoints    bool     `json:"reach_points" doc:"Whether people reached over it may count for points"`
	Summable       bool     `json:"summable" doc:"Whether its own figures may be added to another network's"`
	Hosts          []string `json:"-"` // of official posts; none: any
	Walled         bool     `json:"-"` // its pages draw no preview for whoever is not signed in there
	Official       bool     `json:"official" doc:"Whether official posts can be on it"`
	Fetchers       []string `json:"-"` // words in the user agents that draw its previews; none: any
	VerifiedOn     string   `json:"verified_on"`
	Assumed        []string `json:"-"` // fields that are common knowledge and not read in the network's documents
}

// Named finds a network by its key.
func Named(key string) (Capability, bool) {
	return find(func(n Capability) bool { return n.Key == key })
}

// Numbered finds a network by its number.
func Numbered(number Number) (Capability, bool) {
	return find(func(n Capability) bool { return n.Number == number })
}

func find(match func(Capability) bool) (Capability, bool) {
	if at := slices.IndexFunc(table, match); at >= 0 {
		return table[at], true
	}
	return Capability{}, false
}

// Table is every network, in the order in which a person is shown them.
func Table() []Capability {
	list := slices.Clone(table)
	for i := range list {
		list[i].Metrics = append([]string{}, list[i].Metrics...) // [] in JSON, never null
	}
	return list
}

// Keys are the keys of the networks that fit.
func Keys(fits func(Capability) bool) (keys []string) {
	for _, n := range table {
		if fits(n) {
			keys = append(keys, n.Key)
		}
	}
	return keys
}

// Shareable tells whether a person can be helped to share there.
func (n Capability) Shareable() bool { return n.Share != NoShare }

// Links tells whether a personal link of this network exists.
func (n Capability) Links() bool { return n.Shareable() && n.TrackedLink }

// IsOfficial tells whether official posts can be on it.
func (n Capability) IsOfficial() bool { return n.Official }

// Owns tells whether a host belongs to the network.
func (n Capability) Owns(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return len(n.Hosts) == 0 || slices.ContainsFunc(n.Hosts, func(own string) bool {
		return host == own || strings.HasSuffix(host, "."+own)
	})
}

// DrawsPreview tells whether an address on a host shows a card when its link is passed on.
func DrawsPreview(host string) bool {
	return !slices.ContainsFunc(table, func(n Capability) bool { return n.Walled && n.Owns(host) })
}

// Fetches tells whether a user agent is what draws the network's link previews.
func (n Capability) Fetches(agent string) bool {
	agent = strings.ToLower(agent)
	return len(n.Fetchers) == 0 || slices.ContainsFunc(n.Fetchers, func(word string) bool { return strings.Contains(agent, word) })
}

// Indicates tells whether a client can honestly report such an indication of a share there.
func (n Capability) Indicates(kind string) bool {
	switch kind {
	case "aborted":
		return n.Shareable()
	case "intent_returned":
		return n.Share == IntentText || n.Share == IntentLink || n.Share == Save
	case "sheet_resolved":
		return n.Share == System
	}
	return false
}
