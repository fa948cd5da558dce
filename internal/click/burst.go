package click

import (
	"cmp"
	"slices"
	"time"
)

const (
	// burstWithin is how long a scanner takes for the links of a letter. Around a batch so much must be
	// known, that its edges judge like its middle.
	burstWithin = moment
	// burstLinks are so many different links as nobody opens by hand in that time.
	burstLinks = 3
)

// sighted is one request that by its user agent may be a person's.
type sighted struct {
	address int64
	at      time.Time
	agent   string
	link    Link
	no      int // in the batch; negative: around it
}

// bursts tells which of the batch are a scanner's, who opens every link of a letter at once: the first ones
// too. An address that many share (a mobile carrier's, an office's) must not lose anybody, and
// what tells many apart from one is that they use different browsers. So one browser is a scanner when it
// opens three links within two seconds, and three more for every other browser that shows itself at its
// address close by. See docs/decisions/0028-verdicts.md for whom that misses, and whom it may lose.
func bursts(all []sighted, batch int) []bool {
	found := make([]bool, batch)
	times := make(map[int64]int32, len(all))
	for _, s := range all {
		times[s.address]++
	}
	all = slices.DeleteFunc(all, func(s sighted) bool { return times[s.address] < burstLinks }) // most, and sorting is dear
	slices.SortFunc(all, func(a, b sighted) int {
		return cmp.Or(cmp.Compare(a.address, b.address), a.at.Compare(b.at), cmp.Compare(a.agent, b.agent), cmp.Compare(a.no, b.no))
	})
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].address == all[from].address {
			to++
		}
		if to-from >= burstLinks {
			burstsAt(all[from:to], found)
		}
		from = to
	}
	return found
}

// burstsAt marks those of one address, which come in the order of time. Each browser's requests are looked
// at through every window that begins with one of them. Other browsers are counted as far around the window
// as all of its requests know what is there.
func burstsAt(here []sighted, found []bool) {
	byAgent := map[string][]sighted{}
	for _, s := range here {
		byAgent[s.agent] = append(byAgent[s.agent], s)
	}
	for _, own := range byAgent {
		if len(own) < burstLinks {
			continue
		}
		links := span[Link]{of: own, key: func(s sighted) Link { return s.link }, n: map[Link]int{}}
		browsers := span[string]{of: here, key: func(s sighted) string { return s.agent }, n: map[string]int{}}
		marked := 0
		for _, first := range own {
			links.move(first.at, first.at.Add(burstWithin))
			window := own[links.from:links.to]
			browsers.move(window[len(window)-1].at.Add(-burstWithin), first.at.Add(burstWithin))
			if len(links.n) < burstLinks*len(browsers.n) {
				continue
			}
			for marked = max(marked, links.from); marked < links.to; marked++ {
				if own[marked].no >= 0 {
					found[own[marked].no] = true
				}
			}
		}
	}
}

// span counts the different keys of what lies between two times, both of which only ever move on.
type span[K comparable] struct {
	of       []sighted
	key      func(sighted) K
	from, to int
	n        map[K]int
}

func (s *span[K]) move(from, until time.Time) {
	for ; s.to < len(s.of) && !s.of[s.to].at.After(until); s.to++ {
		s.n[s.key(s.of[s.to])]++
	}
	for ; s.from < s.to && s.of[s.from].at.Before(from); s.from++ {
		key := s.key(s.of[s.from])
		if s.n[key]--; s.n[key] == 0 {
			delete(s.n, key)
		}
	}
}
