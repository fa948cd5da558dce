package click

import (
	"fmt"
	"strings"

	"gaung/internal/id"
	"gaung/internal/seal"
)

// Link is what a link code says: whose link, to which content, passed on by which channel.
type Link struct {
	Content id.Content
	User    id.User
	Channel Channel
}

const (
	alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	radix    = uint32(len(alphabet))
	// CodeLength is how many characters a code has.
	CodeLength = 12

	contentBits = 24
	userBits    = 28
	channelBits = 4
	// halfBits are used of the 35.7 bits of a half; the rest must be zero and is the check: a random text
	// decodes with chance 2^56 / 62^12 = 2^-15.4, and then still has to name what exists.
	halfBits = 28
)

// Codes turns links into codes and back without storing anything: a code is the link under a keyed
// permutation. No number of a person can be read off it, and two codes of one person show no relation.
type Codes struct {
	keys   []*ff1    // newest first
	digits [256]int8 // the values of the characters; -1: none of the alphabet
}

// NewCodes makes the codes of a key ring: new codes are made with the newest key, and old codes keep
// working as long as their key is on the ring.
func NewCodes(ring *seal.Ring) *Codes {
	codes := &Codes{}
	for c := range codes.digits {
		codes.digits[c] = int8(strings.IndexByte(alphabet, byte(c)))
	}
	for _, derived := range ring.Derive("link-code", 32) {
		key, err := newFF1(derived.Key, radix, CodeLength)
		if err != nil {
			panic(err) // the key size is fixed above
		}
		codes.keys = append(codes.keys, key)
	}
	return codes
}

// Encode makes the code of a link. The schema keeps the numbers within their bits; a number beyond them
// would credit somebody else, so it must never pass in silence.
func (c *Codes) Encode(link Link) string {
	content, user, channel := uint64(link.Content), uint64(link.User), uint64(link.Channel)
	if content>>contentBits != 0 || user>>userBits != 0 || channel>>channelBits != 0 {
		panic(fmt.Sprintf("link code: %+v does not fit", link))
	}
	left, right := c.keys[0].encrypt(content<<channelBits|channel, user)
	var code [CodeLength]byte
	for at := CodeLength/2 - 1; at >= 0; at-- {
		code[at], left = alphabet[left%uint64(radix)], left/uint64(radix)
		code[CodeLength/2+at], right = alphabet[right%uint64(radix)], right/uint64(radix)
	}
	return string(code[:])
}

// maxKeys is for how many keys a decoded code has room without asking for memory.
const maxKeys = 4

// decode appends every link that a code may mean: one for each key, newest first, under which the check
// bits hold. That is usually one, and by chance (1 in 45,000) one too many; what exists decides.
func (c *Codes) decode(code string, links []Link) []Link {
	if len(code) != CodeLength {
		return links
	}
	var left, right uint64
	for at := range CodeLength / 2 {
		l, r := c.digits[code[at]], c.digits[code[CodeLength/2+at]]
		if l < 0 || r < 0 {
			return links
		}
		left, right = left*uint64(radix)+uint64(l), right*uint64(radix)+uint64(r)
	}
	for _, key := range c.keys {
		item, user := key.decrypt(left, right)
		if item>>halfBits == 0 && user>>halfBits == 0 {
			links = append(links, Link{
				Content: id.Content(item >> channelBits), User: id.User(user), Channel: Channel(item & (1<<channelBits - 1)),
			})
		}
	}
	return links
}
