package integrity_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"net/netip"
	"slices"
	"time"
)

// The world of the simulator. What is assumed, and is no measurement:
//   - a province of some hundred people who share one to four of eight contents on a day; how many read them follows a
//     power law (Pareto, exponent 1.3, 500 at most);
//   - four in ten phones, homes, offices and villages speak IPv6 (-six): a phone has a /64 of its own that changes as it moves,
//     from a few /48 of its carrier; a home has a /64, an office or campus a /48 with a /64 a floor, and each device there
//     an address of its own;
//   - of readers 55 % come over four mobile carriers with 120 addresses in all, behind each of which are hundreds, 25 %
//     from homes, 12 % are colleagues at the office's one address, 8 % come from elsewhere in the country;
//   - a third use Chrome for Android, whose text is the same on every phone; the rest use some hundred texts, by Zipf;
//   - readers come within a lognormal time of the share (median 20 minutes); a fifth open a second content, 3 % all;
//     one in six opens a link again;
//   - cheats are done by people who have some honest readers too, and who spread their requests over minutes to hours.

// event is a share (of) or a request on a link, with what is true of it.
type event struct {
	at      time.Time
	person  int // index
	content int
	address netip.Addr
	agent   string
	bare    bool
	share   bool
	kind    string // of cheat; empty: honest
}

// generated is one day.
type generated struct {
	dice   *rand.Rand
	begin  time.Time
	people int
	agents []string
	weight []float64
	events []event
	six    float64        // how many speak IPv6
	office []int          // of each person
	home   []netip.Addr   // of each person; in IPv6 its /64
	desk   []netip.Addr   // of each person, in the office
	own    []string       // browser of each person
	shared [][]int        // contents
	first  [][]time.Time  // when each of those was shared
	kinds  map[int]string // of people who cheat
	homes  int
}

func v4(a, b, c, d int) netip.Addr {
	return netip.AddrFrom4([4]byte{byte(a), byte(b), byte(c), byte(d)})
}

func browsersOf() (agents []string, weight []float64) {
	add := func(text string, w float64) { agents, weight = append(agents, text), append(weight, w) }
	for version, w := range map[int]float64{141: .22, 140: .08, 139: .03} {
		add(fmt.Sprintf("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile Safari/537.36", version), w)
	}
	for version, w := range map[string]float64{"18_6": .05, "18_5": .03, "17_6": .02} {
		add("Mozilla/5.0 (iPhone; CPU iPhone OS "+version+" like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1", w)
	}
	add("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", .08)
	add("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", .03)
	add("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", .01)
	for i := range 400 {
		add(fmt.Sprintf("Mozilla/5.0 (Linux; Android %d; SM-A%d5F Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/%d.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/%d.0.0.48.76;]",
			12+i%4, i, 120+i%20, 500+i%30), .068/float64(i+1))
	}
	// The map's order is not the seed's.
	order := make([]int, len(agents))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if agents[a] < agents[b] {
			return -1
		}
		return 1
	})
	var sortedAgents []string
	var sortedWeight []float64
	sum := 0.0
	for _, i := range order {
		sum += weight[i]
		sortedAgents, sortedWeight = append(sortedAgents, agents[i]), append(sortedWeight, sum)
	}
	return sortedAgents, sortedWeight
}

func (g *generated) agent() string {
	at := g.dice.Float64() * g.weight[len(g.weight)-1]
	i, _ := slices.BinarySearch(g.weight, at)
	return g.agents[min(i, len(g.agents)-1)]
}

// carriers: how likely, and how many addresses, sixteen in a block.
var carriers = []struct {
	share float64
	size  int
}{{.45, 48}, {.25, 32}, {.18, 24}, {.12, 16}}

func (g *generated) mobile(carrier int) netip.Addr {
	if carrier < 0 {
		at := g.dice.Float64()
		for carrier = 0; carrier < len(carriers)-1 && at > carriers[carrier].share; carrier++ {
			at -= carriers[carrier].share
		}
	}
	if g.speaksSix() {
		return g.device(v6(0x2404c000+carrier, g.dice.IntN(carriers[carrier].size/4), g.dice.IntN(1<<16)))
	}
	n := g.dice.IntN(carriers[carrier].size)
	return v4(114, 120+carrier, n/16, n%16)
}

func (g *generated) newHome() netip.Addr {
	g.homes++
	if g.speaksSix() {
		return v6(0x2001448a, g.dice.IntN(500), g.dice.IntN(1<<16))
	}
	n := g.dice.IntN(500)
	return v4(36, 80+n/256, n%256, 1+g.dice.IntN(250))
}

func (g *generated) elsewhere() netip.Addr {
	if g.speaksSix() {
		return v6(0x24009800, g.dice.IntN(60000), g.dice.IntN(1<<16))
	}
	n := g.dice.IntN(60000)
	return v4(180, n/256, n%256, 1+g.dice.IntN(250))
}

// officeOf is the one address of an office, or a device on one of its floors.
func (g *generated) officeOf(p int) netip.Addr {
	if float64(g.office[p]%10) < 10*g.six {
		return g.device(v6(0x20010df0, g.office[p], g.dice.IntN(4)))
	}
	return v4(103, 10, g.office[p], 5)
}

func (g *generated) speaksSix() bool { return g.six > 0 && g.dice.Float64() < g.six }

// v6 is the /64 of a network.
func v6(provider, block, network int) netip.Addr {
	return netip.AddrFrom16([16]byte{byte(provider >> 24), byte(provider >> 16), byte(provider >> 8), byte(provider), byte(block >> 8), byte(block), byte(network >> 8), byte(network)})
}

// device is an address of its own in an IPv6 network; behind an IPv4 address there is no telling.
func (g *generated) device(network netip.Addr) netip.Addr {
	if network.Is4() {
		return network
	}
	at := network.As16()
	binary.BigEndian.PutUint64(at[8:], g.dice.Uint64())
	return netip.AddrFrom16(at)
}

func (g *generated) after(from time.Time, median time.Duration, spread float64) time.Time {
	at := from.Add(time.Duration(float64(median) * math.Exp(spread*g.dice.NormFloat64())))
	if end := g.begin.Add(24*time.Hour - time.Second); at.After(end) {
		at = from.Add(time.Duration(g.dice.Float64() * float64(end.Sub(from))))
	}
	return at
}

func (g *generated) visit(e event) { g.events = append(g.events, e) }

// reader is somebody who reads what a person shared: on the way at one address and another, elsewhere at one.
type reader struct {
	address func() netip.Addr
	agent   string
}

func fixed(a netip.Addr) func() netip.Addr { return func() netip.Addr { return a } }

func (g *generated) reader(p int) reader {
	r := reader{agent: g.agent()}
	switch at := g.dice.Float64(); {
	case at < .55:
		carrier := -1
		r.address = func() netip.Addr { return g.mobile(carrier) }
	case at < .80:
		r.address = fixed(g.device(g.newHome()))
	case at < .92:
		r.address = fixed(g.officeOf(p))
	default:
		r.address = fixed(g.device(g.elsewhere()))
	}
	return r
}

// reads lets a reader open what a person shared: one content, sometimes more, sometimes again.
func (g *generated) reads(p int, r reader, more, all float64, median time.Duration) {
	contents := g.shared[p]
	first := g.dice.IntN(len(contents))
	address := r.address()
	everything := g.dice.Float64() < all
	for i := range contents {
		if i != first && !everything && g.dice.Float64() >= more {
			continue
		}
		if g.dice.Float64() < .5 {
			address = r.address()
		}
		e := event{at: g.after(g.first[p][i], median, 1.3), person: p, content: contents[i], address: address, agent: r.agent, bare: g.dice.Float64() < .01}
		g.visit(e)
		if g.dice.Float64() < .16 {
			e.at = g.after(e.at, 10*time.Minute, 1)
			g.visit(e)
		}
	}
}

// share lets a person pass on some contents from where they are.
func (g *generated) share(p, contents int, from netip.Addr) {
	order := g.dice.Perm(8)[:contents]
	begin := g.begin.Add(4*time.Hour + time.Duration(g.dice.IntN(12*3600))*time.Second)
	g.shared[p], g.first[p] = nil, nil
	for i, c := range order {
		at := begin.Add(time.Duration(i) * time.Duration(1+g.dice.IntN(40)) * time.Minute)
		g.shared[p], g.first[p] = append(g.shared[p], c), append(g.first[p], at)
		g.visit(event{at: at, person: p, content: c, address: from, agent: g.own[p], share: true})
	}
}

func (g *generated) honest(p, readers int) {
	for range readers {
		g.reads(p, g.reader(p), .2/float64(max(1, len(g.shared[p])-1)), .03, 20*time.Minute)
	}
}

// number is a power law.
func (g *generated) number() int {
	return min(500, int(4*math.Pow(1-g.dice.Float64(), -1/1.3))-1)
}

func generate(seed uint64, begin time.Time, people int, six float64) *generated {
	g := &generated{dice: rand.New(rand.NewPCG(seed, 54)), begin: begin, people: people, six: six, kinds: map[int]string{}}
	g.agents, g.weight = browsersOf()
	g.shared, g.first = make([][]int, people), make([][]time.Time, people)
	for p := range people {
		g.office = append(g.office, p/30)
		g.home, g.own = append(g.home, g.newHome()), append(g.own, g.agent())
		g.desk = append(g.desk, g.officeOf(p))
	}
	order := g.dice.Perm(people)
	next := func() int { p := order[0]; order = order[1:]; return p }
	cheats(g, next)
	crowds(g, next)
	for _, p := range order {
		from := []func() netip.Addr{fixed(g.desk[p]), fixed(g.desk[p]), fixed(g.device(g.home[p])), func() netip.Addr { return g.mobile(-1) }}[g.dice.IntN(4)]
		g.share(p, 1+g.dice.IntN(4), from())
		g.honest(p, g.number())
	}
	slices.SortStableFunc(g.events, func(a, b event) int { return a.at.Compare(b.at) })
	last := time.Time{}
	for i := range g.events { // the time is what a click is known by in the end
		at := g.events[i].at.Truncate(time.Microsecond)
		if !at.After(last) {
			at = last.Add(time.Microsecond)
		}
		g.events[i].at, last = at, at
	}
	return g
}

// crowds are honest people whose readers have much in common.
func crowds(g *generated, next func() int) {
	campus := func() netip.Addr { return v4(152, 118, 1, 9) } // a lecturer whose students read on the campus network
	for range 2 {
		p := next()
		g.share(p, 2, campus())
		for range 250 {
			r := g.reader(p)
			if g.dice.Float64() < .8 {
				r.address = fixed(campus())
			}
			g.reads(p, r, .2, .03, 25*time.Minute)
		}
		if g.six == 0 {
			break
		}
		campus = func() netip.Addr { return g.device(v6(0x20010df1, 7, g.dice.IntN(9))) } // and one with a /48, a /64 a building
	}
	for range 5 { // a village behind one hotspot, where the sharer lives
		p := next()
		g.share(p, 1+g.dice.IntN(3), g.home[p])
		for range 12 + g.dice.IntN(18) {
			r := g.reader(p)
			r.address = fixed(g.device(g.home[p]))
			g.reads(p, r, .15, .05, time.Hour)
		}
	}
	for range 20 { // a valley with one carrier
		p, carrier := next(), g.dice.IntN(4)
		g.share(p, 1+g.dice.IntN(3), g.mobile(carrier))
		for range 8 + g.dice.IntN(30) {
			r := g.reader(p)
			r.address = func() netip.Addr { return g.mobile(carrier) }
			g.reads(p, r, .2, .03, 40*time.Minute)
		}
	}
	for range 5 { // friends who moved away
		p := next()
		g.share(p, 1+g.dice.IntN(3), g.home[p])
		for range 10 + g.dice.IntN(20) {
			r := g.reader(p)
			if g.dice.Float64() < .4 {
				r.address = fixed(g.device(g.elsewhere()))
			}
			g.reads(p, r, .2, .03, time.Hour)
		}
	}
	for range 10 { // a large group reads at once
		p := next()
		g.share(p, 1, g.mobile(-1))
		for range 50 + g.dice.IntN(70) {
			g.reads(p, g.reader(p), 0, 0, 70*time.Second)
		}
	}
	for range 30 { // a family at home that reads most of it
		p := next()
		g.share(p, 2+g.dice.IntN(3), g.home[p])
		for range 2 + g.dice.IntN(3) {
			g.reads(p, reader{fixed(g.device(g.home[p])), g.agent()}, .5, .1, time.Hour)
		}
		g.honest(p, g.number())
	}
	for range 10 { // one phone of a household is handed around
		p := next()
		g.share(p, 2, g.home[p])
		phone := reader{fixed(g.device(g.newHome())), g.agent()}
		for range 5 {
			g.reads(p, phone, .5, 0, time.Hour)
		}
		g.honest(p, g.number())
	}
	for office := range 4 { // colleagues who do read each other's links, on office computers and phones
		texts := []string{g.agent(), g.agent(), g.agents[0]}
		var here []int
		for range 10 {
			p := next()
			g.office[p] = 200 + 3*office // two of the four speak IPv6
			here = append(here, p)
			g.desk[p] = g.officeOf(p)
			g.share(p, 1+g.dice.IntN(2), g.desk[p])
			g.honest(p, g.number())
		}
		for _, p := range here {
			for _, other := range here { // who share, too, at their own desks
				if g.six > 0 && other != p && g.dice.Float64() < .25 {
					g.reads(other, reader{fixed(g.desk[p]), g.own[p]}, .2, 0, time.Hour)
				}
			}
		}
		for range 40 {
			for range 1 + g.dice.IntN(3) {
				agent := g.agent()
				if g.dice.Float64() < .6 {
					agent = texts[g.dice.IntN(len(texts))]
				}
				p := here[g.dice.IntN(len(here))]
				g.reads(p, reader{fixed(g.officeOf(p)), agent}, .1, 0, time.Hour)
			}
		}
	}
}
