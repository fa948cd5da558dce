package raffle

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"strconv"
)

// What follows is the whole of the draw, and pure: docs/raffle.md says it in words, docs/raffle.py does it again
// without a line of this program.

// mostVersions is how many secrets a commitment holds: one for the draw, and one for each correction.
const mostVersions = 16

// secretOf is the secret of a version. Each is the hash of the one after it, and the commitment is the hash of the
// first: so all of them are fixed by it, and one that is known says nothing about the next. Whoever corrects a
// figure knows no more about how the draw will end than whoever entered it first.
func secretOf(root []byte, version int32) []byte { return hashed(root, mostVersions-version) }

// commitmentOf is what is published before the season.
func commitmentOf(root []byte) []byte { return hashed(root, mostVersions) }

func hashed(value []byte, times int32) []byte {
	for range times {
		sum := sha256.Sum256(value)
		value = sum[:]
	}
	return value
}

// seedOf ties the draw to the secret, which nobody can choose any more, to the figure, which nobody could know when
// the list was fixed, and to the list.
func seedOf(season int32, secret []byte, value string, list []byte) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "gaung-undian-1\n%d\n%x\n%s\n%x\n", season, secret, value, list))
	return sum[:]
}

// stream is numbers of 64 bits out of a seed: the first eight bytes of HMAC-SHA256 of 0, 1, 2 … under it.
type stream struct {
	mac  hash.Hash
	next uint64
}

func newStream(seed []byte) *stream { return &stream{mac: hmac.New(sha256.New, seed)} }

// below gives a number under n, each with the same chance: numbers that would make a last, shorter round of n are
// passed over.
func (s *stream) below(n uint64) uint64 {
	short := (math.MaxUint64%n + 1) % n // 2^64 mod n
	for {
		s.mac.Reset()
		s.mac.Write(strconv.AppendUint(nil, s.next, 10))
		s.next++
		if x := binary.BigEndian.Uint64(s.mac.Sum(nil)); x <= math.MaxUint64-short {
			return x % n
		}
	}
}

// pick draws places of a list without putting any back, in their order (Fisher and Yates).
func pick(seed []byte, entries, winners int) []int {
	numbers, moved := newStream(seed), map[int]int{}
	at := func(place int) int {
		if now, other := moved[place]; other {
			return now
		}
		return place
	}
	drawn := make([]int, 0, min(winners, entries))
	for first := range min(winners, entries) {
		chosen := first + int(numbers.below(uint64(entries-first)))
		drawn = append(drawn, at(chosen))
		moved[chosen] = at(first)
	}
	return drawn
}

// listing hashes the entry numbers as they are published: rising, one a line.
type listing struct{ sum hash.Hash }

func newListing() listing { return listing{sha256.New()} }

func (l listing) add(numbers []int64) {
	for _, number := range numbers {
		fmt.Fprintf(l.sum, "%d\n", number) // a hash never fails to write
	}
}

func (l listing) hash() []byte { return l.sum.Sum(nil) }

// written is a number as people read it.
func written(number int64) string { return strconv.FormatInt(number, 10) }

func hexed(value []byte) string { return hex.EncodeToString(value) }
