package click

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/seal"
)

// Visit is a request on a link, as the edge saw it.
type Visit struct {
	Code      string
	UserAgent string
	Purpose   string     // Sec-Purpose, Purpose, X-Purpose and X-Moz, joined
	FetchMode string     // Sec-Fetch-Mode; empty in older browsers
	FetchDest string     // Sec-Fetch-Dest; empty in older browsers
	Address   netip.Addr // used for the visitor's number, and neither stored nor logged
	SelfToken string     // the device cookie that SelfToken made; may be empty
	SignedIn  id.User    // 0: nobody
}

// Visit judges a request, records it with its reason, and tells where it leads. Every navigation is told
// the same, whoever asks. A click on a recalled content is recorded too.
func (s *Service) Visit(ctx context.Context, v Visit) (Destination, error) {
	link, to, refusal := s.find(ctx, v.Code)
	if refusal != nil && errs.CodeOf(refusal) != errs.Gone {
		return to, refusal
	}
	at, agent := s.db.Now(), cleanAgent(v.UserAgent)
	visitor, err := s.salts.visitor(ctx, at, v.Address, agent)
	if err != nil {
		return Destination{}, err
	}
	verdict, why := s.judge(link, to, v, agent)
	err = s.journal.append(ctx, judgment{record: record{Link: link, At: at, Agent: agent}, Visitor: visitor, Verdict: verdict, Reason: why, Rule: RuleVersion})
	if err != nil {
		return Destination{}, err
	}
	to.Prefetch = verdict == Prefetch
	return to, refusal
}

// judge is the verdict as far as the request alone tells it; a valid one may still turn out a repeat.
func (s *Service) judge(link Link, to Destination, v Visit, agent string) (Verdict, Reason) {
	if verdict, why, machine := s.rules.machine(agent, v.Purpose); machine {
		return verdict, why
	}
	if v.SignedIn != 0 && v.SignedIn == link.User {
		return Self, ownSession
	}
	if s.isSelf(link.User, v.SelfToken) {
		return Self, ownDevice
	}
	if !v.navigates() {
		return Suspect, notNavigation
	}
	if to.withdrawn {
		return Suspect, recalled
	}
	return Valid, newVisitor
}

// navigates is false when the browser says that a page asks for the link as a part of itself: nobody
// tapped it. A browser that says nothing is believed.
func (v Visit) navigates() bool {
	return (v.FetchMode == "" || v.FetchMode == "navigate") && (v.FetchDest == "" || v.FetchDest == "document")
}

// selfTokenSize is 128 bits: nobody guesses another's token, and doing so would only hide clicks.
const selfTokenSize = 16

// SelfToken is what a person's own devices keep in a cookie, so that their own clicks are not counted.
// It tells nothing of the person.
func (s *Service) SelfToken(user id.User) string { return selfToken(s.selfKeys[0].Key, user) }

func selfToken(key []byte, user id.User) string {
	return base64.RawURLEncoding.EncodeToString(seal.Hash(key, strconv.FormatInt(int64(user), 10))[:selfTokenSize])
}

// isSelf accepts the tokens of every key on the ring: a cookie outlives a rotation.
func (s *Service) isSelf(user id.User, token string) bool {
	if token == "" {
		return false
	}
	for _, derived := range s.selfKeys {
		if hmac.Equal([]byte(selfToken(derived.Key, user)), []byte(token)) {
			return true
		}
	}
	return false
}

// maxAgent is how much of a user agent is kept, in bytes.
const maxAgent = 512

// cleanAgent cuts a user agent and makes it text that PostgreSQL takes: a header may hold any bytes.
func cleanAgent(raw string) string {
	text := raw[:min(len(raw), maxAgent)]
	for cut := 0; len(text) < len(raw) && cut < utf8.UTFMax && !utf8.ValidString(text); cut++ {
		text = text[:len(text)-1] // the cut fell into a letter
	}
	return strings.Map(func(r rune) rune {
		if r == 0 || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
}
