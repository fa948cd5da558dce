package raffle

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
)

func seedNumber(n int) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(n)))
	return sum[:]
}

// Over many seeds everybody is drawn equally often, first and at all: chi-square at one in a thousand.
func TestEverybodyHasTheSameChance(t *testing.T) {
	t.Parallel()
	const entries, winners, seeds = 23, 5, 20_000
	var first, any [entries]float64
	for n := range seeds {
		drawn := pick(seedNumber(n), entries, winners)
		first[drawn[0]]++
		for _, place := range drawn {
			any[place]++
		}
	}
	chi := func(counts []float64, expected, variance float64) (sum float64) {
		for _, n := range counts {
			sum += (n - expected) * (n - expected) / variance
		}
		return sum
	}
	// Drawn without putting back, places are not independent: their variance is that of a sample of a finite list.
	p := float64(winners) / entries
	for name, sum := range map[string]float64{
		"first":  chi(first[:], seeds/float64(entries), seeds/float64(entries)),
		"at all": chi(any[:], seeds*p, seeds*p*(1-p)*entries/(entries-1)),
	} {
		if sum > 48.27 { // 22 degrees of freedom
			t.Errorf("%s: chi-square %.1f", name, sum)
		}
	}
}

// A remainder of 64 bits would make small numbers likelier: of three quarters of them the lowest third by half.
func TestNumbersHaveNoBias(t *testing.T) {
	t.Parallel()
	const n, rounds = 3 << 62, 30_000
	numbers, low := newStream(seedNumber(1)), 0
	for range rounds {
		if numbers.below(n) < 1<<62 {
			low++
		}
	}
	if low < rounds/3-500 || low > rounds/3+500 { // six standard deviations
		t.Errorf("%d of %d in the lowest third", low, rounds)
	}
}

// again is the draw by somebody who has read docs/raffle.md and nothing of this package.
func again(season int, secret, value string, list []string, winners int) []string {
	listHash := sha256.Sum256([]byte(strings.Join(list, "\n") + "\n"))
	seed := sha256.Sum256([]byte(strings.Join([]string{"gaung-undian-1", fmt.Sprint(season), secret, value, hex.EncodeToString(listHash[:]), ""}, "\n")))
	all, counter := new(big.Int).Lsh(big.NewInt(1), 64), 0
	list = slices.Clone(list)
	for k := range winners {
		left := big.NewInt(int64(len(list) - k))
		for {
			mac := hmac.New(sha256.New, seed[:])
			fmt.Fprint(mac, counter)
			counter++
			x := new(big.Int).SetBytes(mac.Sum(nil)[:8])
			if x.Cmp(new(big.Int).Sub(all, new(big.Int).Mod(all, left))) < 0 {
				chosen := k + int(new(big.Int).Mod(x, left).Int64())
				list[k], list[chosen] = list[chosen], list[k]
				break
			}
		}
	}
	return list[:winners]
}

func TestWhoeverReadsTheRulesDrawsTheSame(t *testing.T) {
	t.Parallel()
	for n := range 200 {
		root, entries := seedNumber(n), 1+n*n
		winners := min(entries, 1+n%40)
		var list []string
		l := newListing()
		for i := range entries {
			number := 100_000_000_000 + int64(i)*7_919
			l.add([]int64{number})
			list = append(list, written(number))
		}
		secret := secretOf(root, 1)
		var got []string
		for _, place := range pick(seedOf(int32(n), secret, "16652", l.hash()), entries, winners) {
			got = append(got, list[place])
		}
		if want := again(n, hexed(secret), "16652", list, winners); !slices.Equal(got, want) {
			t.Fatalf("%d entries, %d winners: %v, want %v", entries, winners, got, want)
		}
	}
}

// Fewer entrants than prizes: all are drawn, each once.
func TestAShortListIsDrawnWhole(t *testing.T) {
	t.Parallel()
	drawn := pick(seedNumber(3), 4, 10)
	slices.Sort(drawn)
	if !slices.Equal(drawn, []int{0, 1, 2, 3}) || len(pick(seedNumber(3), 0, 10)) != 0 {
		t.Error(drawn)
	}
}

// Every secret of the chain is bound by the one commitment, and leads to none of those that come after it.
func TestAllSecretsAreBoundByTheCommitment(t *testing.T) {
	t.Parallel()
	root := seedNumber(4)
	for version := int32(1); version <= mostVersions; version++ {
		link := secretOf(root, version)
		for range version {
			sum := sha256.Sum256(link)
			link = sum[:]
		}
		if !slices.Equal(link, commitmentOf(root)) {
			t.Errorf("the secret of version %d is not bound", version)
		}
	}
}

// The figure and the list both decide.
func TestEverythingThatIsPublishedDecides(t *testing.T) {
	t.Parallel()
	list := seedNumber(5)
	base := seedOf(1, seedNumber(6), "16652", list)
	for name, other := range map[string][]byte{"season": seedOf(2, seedNumber(6), "16652", list), "secret": seedOf(1, seedNumber(7), "16652", list),
		"figure": seedOf(1, seedNumber(6), "16653", list), "list": seedOf(1, seedNumber(6), "16652", seedNumber(8))} {
		if slices.Equal(base, other) {
			t.Errorf("the %s does not decide", name)
		}
	}
}
