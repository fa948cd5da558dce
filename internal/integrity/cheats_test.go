package integrity_test

import (
	"net/netip"
	"time"
)

// The kinds of cheats, in the order of the table. paid is reported beside the others: real people, each with their own
// phone, who are paid to read, leave nothing that tells them from readers.
var kinds = []string{"own browsers", "own phone, many addresses", "office", "farm at few addresses", "farm on mobile data", "ring",
	"script, one address", "script, a /24", "script, a /64", "script, a /48", "script, data centre", "script, residential", "script, crowd's browsers", "replay", "paid"}

// cheater makes a person who cheats, with a few honest readers.
func (g *generated) cheater(p int, kind string, contents int, from netip.Addr) {
	g.kinds[p] = kind
	g.share(p, contents, from)
	g.honest(p, 2+g.dice.IntN(8))
}

// opens is a request of a cheat on the i-th content of a person.
func (g *generated) opens(p, i int, at time.Time, address netip.Addr, agent string, bare bool) {
	g.visit(event{at: at, person: p, content: g.shared[p][i], address: address, agent: agent, bare: bare, kind: g.kinds[p]})
}

// opensAll opens everything of a person.
func (g *generated) opensAll(p int, address netip.Addr, agent string) {
	for i := range g.shared[p] {
		g.opens(p, i, g.after(g.first[p][i], 50*time.Minute, 1), address, agent, false)
	}
}

func cheats(g *generated, next func() int) {
	for range 12 {
		p := next()
		laptop := g.device(g.home[p])
		g.cheater(p, "own browsers", 2+g.dice.IntN(4), laptop)
		for range 3 { // and their own, again and again
			g.opensAll(p, laptop, g.own[p])
		}
		for range 3 + g.dice.IntN(6) {
			g.opensAll(p, g.device(g.home[p]), g.agent())
		}
	}
	for range 8 {
		p := next()
		g.cheater(p, "own phone, many addresses", 2+g.dice.IntN(4), g.mobile(-1))
		carrier, away := g.dice.IntN(4), g.dice.IntN(2) == 0
		for range 10 + g.dice.IntN(20) {
			address := g.mobile(carrier)
			if away {
				address = g.device(g.elsewhere())
			}
			g.opensAll(p, address, g.own[p])
		}
	}
	for office := range 2 {
		var here []int
		for range 12 + g.dice.IntN(8) {
			p := next()
			g.office[p] = 220 + 5*office // one of the two speaks IPv6
			here = append(here, p)
			g.desk[p] = g.officeOf(p)
			g.cheater(p, "office", 1+g.dice.IntN(2), g.desk[p])
		}
		for _, p := range here {
			for _, other := range here {
				if other != p {
					g.opensAll(other, g.desk[p], g.own[p])
				}
			}
		}
	}
	farms(g, next)
	for range 3 {
		var members []int
		for range 5 + g.dice.IntN(4) {
			p := next()
			members = append(members, p)
			g.home[p] = g.device(g.home[p])
			g.cheater(p, "ring", 2+g.dice.IntN(3), g.home[p])
		}
		for _, p := range members {
			for _, other := range members {
				if other != p {
					g.opensAll(other, g.home[p], g.own[p])
				}
			}
		}
	}
	scripts(g, next)
	for range 3 {
		p := next()
		g.cheater(p, "replay", 2, g.home[p])
		address, agent := g.elsewhere(), g.agent()
		for range 100 + g.dice.IntN(200) {
			g.opens(p, 0, g.after(g.first[p][0], 30*time.Minute, 1), address, agent, false)
		}
	}
	for range 2 {
		p := next()
		g.cheater(p, "paid", 2, g.home[p])
		for range 20 + g.dice.IntN(40) {
			g.opens(p, g.dice.IntN(2), g.after(g.first[p][1], 40*time.Minute, 1), g.mobile(-1), g.agent(), false)
		}
	}
}

func farms(g *generated, next func() int) {
	for range 2 {
		addresses := []netip.Addr{g.elsewhere(), g.elsewhere()}
		var phones []string
		for range 10 + g.dice.IntN(10) {
			phones = append(phones, g.agent())
		}
		for range 6 {
			p := next()
			g.cheater(p, "farm at few addresses", 2+g.dice.IntN(3), g.home[p])
			for i, phone := range phones {
				g.opensAll(p, g.device(addresses[i%2]), phone)
			}
		}
	}
	for range 2 {
		carrier := g.dice.IntN(4)
		var phones []string
		for range 10 + g.dice.IntN(10) {
			phones = append(phones, g.agent())
		}
		for range 4 {
			p := next()
			g.cheater(p, "farm on mobile data", 3+g.dice.IntN(3), g.home[p])
			for _, phone := range phones {
				at, address := g.after(g.first[p][len(g.first[p])-1], time.Hour, 1), g.mobile(carrier)
				for i := range g.shared[p] { // one after another, while the phone keeps its address
					g.opens(p, i, at.Add(time.Duration(i*(5+g.dice.IntN(20)))*time.Second), address, phone, false)
				}
			}
		}
	}
}

// server is an address of a machine somewhere, in IPv4.
func (g *generated) server() netip.Addr {
	n := g.dice.IntN(60000)
	return v4(180, n/256, n%256, 1+g.dice.IntN(250))
}

func scripts(g *generated, next func() int) {
	run := func(kind string, requests int, address func() netip.Addr, agent func() string) {
		p := next()
		g.cheater(p, kind, 1+g.dice.IntN(3), g.home[p])
		bare, at := g.dice.IntN(2) == 0, g.first[p][len(g.first[p])-1]
		mean := time.Duration(5+g.dice.IntN(40)) * time.Second
		for i := range requests {
			at = at.Add(time.Duration(g.dice.ExpFloat64() * float64(mean)))
			if end := g.begin.Add(24*time.Hour - time.Minute); at.After(end) {
				at = end.Add(-time.Duration(g.dice.IntN(3600)) * time.Second)
			}
			g.opens(p, i%len(g.shared[p]), at, address(), agent(), bare)
		}
	}
	listed := func() string { return g.agents[g.dice.IntN(len(g.agents))] } // of a list of common browsers
	for range 2 {
		run("script, one address", 150+g.dice.IntN(250), fixed(g.elsewhere()), listed)
		if g.six > 0 {
			network, block := v6(0x24009900, g.dice.IntN(60000), 1), g.dice.IntN(60000)
			run("script, a /64", 150+g.dice.IntN(250), func() netip.Addr { return g.device(network) }, g.agent)
			run("script, a /48", 150+g.dice.IntN(250), func() netip.Addr { return g.device(v6(0x24009901, block, g.dice.IntN(1<<16))) }, g.agent)
		}
		block := g.server().As4()
		run("script, a /24", 150+g.dice.IntN(250), func() netip.Addr {
			return v4(int(block[0]), int(block[1]), int(block[2]), 1+g.dice.IntN(250))
		}, listed)
		centre := []netip.Addr{g.server(), g.server(), g.server()}
		run("script, data centre", 150+g.dice.IntN(250), func() netip.Addr {
			four := centre[g.dice.IntN(3)].As4()
			return v4(int(four[0]), int(four[1]), int(four[2]), 1+g.dice.IntN(8))
		}, listed)
		run("script, residential", 100+g.dice.IntN(200), func() netip.Addr { return g.device(g.elsewhere()) }, listed)
		run("script, crowd's browsers", 150+g.dice.IntN(250), fixed(g.elsewhere()), g.agent)
	}
}
