package integrity

import "math"

// atLeast is the chance of k or more of n, each with chance p.
func atLeast(n, k int, p float64) float64 {
	switch {
	case k <= 0:
		return 1
	case k > n || p <= 0:
		return 0
	case p >= 1:
		return 1
	}
	sum := 0.0
	for i := k; i <= n; i++ {
		term := math.Exp(choose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
		sum += term
		if term < sum*1e-12 {
			break
		}
	}
	return min(sum, 1)
}

func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// browsers tells how many different browser texts a crowd of everybody's kind shows in so many requests.
type browsers struct {
	share []float64
	known map[int]float64
}

func newBrowsers(counts []int) *browsers {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	b := &browsers{known: map[int]float64{}}
	for _, n := range counts {
		b.share = append(b.share, float64(n)/float64(sum))
	}
	return b
}

func (b *browsers) expected(requests int) float64 {
	if n, known := b.known[requests]; known {
		return n
	}
	sum := 0.0
	for _, share := range b.share {
		sum += 1 - math.Pow(1-share, float64(requests))
	}
	b.known[requests] = sum
	return sum
}

// tooMany tells whether more different texts were seen than such a crowd shows: the chance is bounded as of independent
// events (Chernoff), and half as many again is asked for, because no crowd is everybody's kind exactly.
func (b *browsers) tooMany(requests, seen int) bool {
	mean := b.expected(requests)
	x := float64(seen)
	if x < 1.5*mean {
		return false
	}
	return x-mean-x*math.Log(x/mean) < math.Log(rare)
}
