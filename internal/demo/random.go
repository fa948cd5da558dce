package demo

import (
	"math"
	"math/rand/v2"
)

// seed makes every world the same: whoever fills a database on the same day gets the same people, the
// same contents and the same figures.
const seed = 99

// dice is the world's one source of chance.
type dice struct{ *rand.Rand }

func newDice(stream uint64) dice { return dice{rand.New(rand.NewPCG(seed, stream))} }

// chance is true with probability p.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// pick draws one of a list.
func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// weighted draws an index with probability in proportion to its weight.
func (d dice) weighted(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	at := d.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// exponential draws a waiting time with this mean.
func (d dice) exponential(mean float64) float64 { return -mean * math.Log(1-d.Float64()) }
