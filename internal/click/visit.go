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
	"gaung/internal/period"
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

// Visit records a request and tells where it leads. Every navigation is told the same, whoever asks; what
// was made of it is decided later, from the record. A click on a recalled or blocked link is recorded too.
// A record that the disk does not take in time costs the click and not the reader: it is counted as
// undurable. The visit's texts are not kept: they may lie in a buffer that is used again.
func (s *Service) Visit(ctx context.Context, v Visit) (Destination, error) {
	link, to, refusal := s.find(ctx, v.Code)
	if refusal != nil && errs.CodeOf(refusal) != errs.Gone {
		return Destination{}, refusal
	}
	at := s.db.Now()
	salt := s.salts.of(ctx, period.VisitorDay(at))
	r := record{Link: link, At: at, Address: salt.number(v.Address), Block: salt.block(v.Address), Saw: s.sight(link, to, v), Agent: cutAgent(v.UserAgent)}
	room := s.rooms.Get().(*[recordHead + maxAgent]byte)
	err := s.journal.Append(r.encode(room[:0]))
	s.rooms.Put(room)
	if err != nil {
		return Destination{}, err
	}
	s.counts.served.Add(1)
	to.Prefetch = r.Saw.has(sawPurpose)
	return to, refusal
}

// sight is what can be seen of a request without reckoning.
func (s *Service) sight(link Link, to Destination, v Visit) (saw sight) {
	note := func(what sight, seen bool) {
		if seen {
			saw |= what
		}
	}
	note(sawPurpose, isFetchAhead(v.Purpose))
	note(sawOwnSession, v.SignedIn != 0 && v.SignedIn == link.User)
	note(sawOwnDevice, s.isSelf(link.User, v.SelfToken))
	note(sawNotNavigation, !v.navigates())
	note(sawWithdrawn, to.withdrawn)
	note(sawDatacentre, s.datacentres.has(v.Address))
	note(sawFetchHeaders, v.FetchMode != "" || v.FetchDest != "")
	return saw
}

// isFetchAhead tells a request that a browser makes before anybody has tapped.
func isFetchAhead(purpose string) bool {
	return purpose != "" && holds(strings.ToLower(purpose), []string{"prefetch", "prerender", "preview"})
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

// maxAgent is how much of a user agent is kept, in bytes: a record has 512.
const maxAgent = 480

// cutAgent cuts a user agent to what a record has room for.
func cutAgent(raw string) string { return raw[:min(len(raw), maxAgent)] }

// cleanAgent makes a user agent text that PostgreSQL takes: a header may hold any bytes, and the cut may
// have fallen into a letter.
func cleanAgent(raw string) string {
	text := cutAgent(raw)
	return strings.Map(func(r rune) rune {
		if r == 0 || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
}
