package integrity

import (
	"math"
	"slices"

	"gaung/internal/click"
	"gaung/internal/id"
)

// rare is the chance below which nothing is taken for chance: a million people a day give one false finding.
const rare = 1e-6

// finding is a part of a person's readers that are none, and the numbers that say so.
type finding struct {
	click.Cell
	facts map[string]int
	which choice // of visitors, where the cell is made of those
}

// choice names visitors of a person that a query then lists.
type choice string

const (
	fans      choice = "fans"
	ownAgents choice = "own_agent"
	bares     choice = "bare"
	lonelies  choice = "lonely"
)

// detect judges a day. Nothing is judged by its number alone: each is held against what everybody's readers, or all
// else that an address or block brings, show on the same day. docs/decisions/0054-integrity.md says whom each may miss.
func detect(f facts) (found []finding) {
	all, crowd := usualOf(f.persons), newBrowsers(f.agents)
	for _, p := range f.persons {
		found = append(found, ofPerson(p, all, crowd)...)
	}
	readers := map[id.User]int{}
	for _, p := range f.persons {
		readers[p.Person] = p.N
	}
	for _, s := range f.addresses {
		found = append(found, ofSpot(s, click.AtAddress, crowd)...)
		found = append(found, ownPlace(s)...)
	}
	for _, s := range f.blocks {
		found = append(found, ofSpot(s, click.AtBlock, crowd)...)
		found = append(found, oneBlock(s, readers[s.Person])...)
	}
	found = append(found, ofSites(f.sites, f.addresses)...)
	found = append(found, wideOffices(f.offices, f.blocks)...)
	found = append(found, rings(f.ties)...)
	scripted := map[id.User]finding{}
	for _, one := range found {
		if one.Reason >= click.Bare {
			scripted[one.User] = one
		}
	}
	found = append(found, elsewhere(scripted, f.addresses, click.AtAddress)...)
	found = append(found, elsewhere(scripted, f.blocks, click.AtBlock)...)
	for _, one := range found { // whoever decides sees the part beside the whole
		one.facts["people"] = readers[one.User]
	}
	return found
}

// elsewhere follows a script that was found to the other places that bring hardly anybody else anyone.
func elsewhere(scripted map[id.User]finding, spots []spot, scope click.Scope) (found []finding) {
	for _, s := range spots {
		if one, known := scripted[s.Person]; known && !s.Own && 10*s.N >= 8*s.AllN {
			one.which, one.Scope, one.Value = "", scope, s.Place
			found = append(found, one)
		}
	}
	return found
}

// usual are the shares that people show in whom nothing stands out; who cheats must not raise them.
type usual struct{ people, bare, lonely, fans float64 }

func usualOf(persons []person) (u usual) {
	var bare, lonely, fans [2]int
	count := func(to *[2]int, part, whole int, plain bool) {
		if plain {
			to[0], to[1] = to[0]+part, to[1]+whole
		}
	}
	for _, p := range persons {
		u.people += float64(p.N)
		count(&bare, p.Bare, p.N, p.Bare < leastBare)
		count(&lonely, p.Lonely, p.N, p.Lonely < leastLonely)
		count(&fans, p.Fans, p.Readers, p.Contents >= 3 && p.Fans < leastFans)
	}
	rate := func(of [2]int) float64 { return float64(of[0]) / float64(max(of[1], 1)) }
	u.bare, u.lonely, u.fans = rate(bare), rate(lonely), rate(fans)
	return u
}

// The fewest of a kind that a person may be told of, and the shares below which everybody's is not believed: a small
// office has days on which nobody else shows a kind at all.
const (
	leastOwnAgent  = 8
	leastBare      = 8
	leastLonely    = 12
	leastFans      = 8
	leastRegular   = 20
	bareFloor      = 0.03
	lonelyFloor    = 0.15
	fanFloor       = 0.05
	ownAgentMargin = 0.15
)

func ofPerson(p person, all usual, crowd *browsers) (found []finding) {
	add := func(why click.Reason, which choice, part int) {
		found = append(found, finding{Cell: click.Cell{User: p.Person, Reason: why, Scope: click.ByVisitor}, which: which,
			facts: map[string]int{"people": p.N, "part": part}})
	}
	others := float64(p.OwnAll-p.OwnAgent) / max(all.people-float64(p.N), 1)
	if p.OwnAgent >= leastOwnAgent && atLeast(p.N, p.OwnAgent, max(others+ownAgentMargin, 1.5*others)) < rare {
		add(click.OwnAgent, ownAgents, p.OwnAgent)
	}
	if p.Bare >= leastBare && atLeast(p.N, p.Bare, max(bareFloor, 2*all.bare)) < rare {
		add(click.Bare, bares, p.Bare)
	}
	if p.Lonely >= leastLonely && float64(p.LonelyBlocks) >= 0.85*float64(p.Lonely) &&
		atLeast(p.N, p.Lonely, max(lonelyFloor, 1.5*all.lonely)) < rare {
		add(click.Scattered, lonelies, p.Lonely)
	}
	if p.Fans >= leastFans && atLeast(p.Readers, p.Fans, max(fanFloor, 2*all.fans)) < 10*rare {
		add(click.Sweep, fans, p.Fans)
	}
	if p.Lonely >= leastLonely && crowd.tooMany(p.N+p.Repeats, p.Agents) {
		add(click.Rotation, lonelies, p.Lonely)
	}
	if regular(p.N, p.Unevenness) {
		found = append(found, finding{Cell: click.Cell{User: p.Person, Reason: click.Regular, Scope: click.Everywhere}, facts: map[string]int{"people": p.N, "part": p.N}})
	}
	return found
}

// regular tells that readers came more evenly than chance brings them. Gaps between people who come independently spread
// as much as they are long (1), readers of one message more; the sample's own spread is about one by the root of n.
func regular(n int, unevenness float64) bool {
	return n >= leastRegular && unevenness < 1-3.5/math.Sqrt(float64(n))
}

// The fewest readers at one place that are looked at for a script.
const (
	leastRotation = 12
	leastRush     = 15
	rushSeconds   = 60
	leastSteady   = 45
	steady        = 1.25 // what is read wears off: the gaps of a crowd spread far more than those of a constant rate (1)
)

// ofSpot finds scripts at one address or in one block.
func ofSpot(s spot, scope click.Scope, crowd *browsers) (found []finding) {
	add := func(why click.Reason) {
		found = append(found, finding{Cell: click.Cell{User: s.Person, Reason: why, Scope: scope, Value: s.Place},
			facts: map[string]int{"part": s.N, "place": s.AllN, "browsers": s.Agents}})
	}
	most := 2*s.N >= s.AllN
	if s.N >= leastRotation && crowd.tooMany(s.N+s.Repeats, s.Agents) {
		add(click.Rotation)
	}
	if most && (regular(s.N+s.Repeats, s.Unevenness) || s.N+s.Repeats >= leastSteady && s.Unevenness < steady) {
		add(click.Regular)
	}
	if most && s.N >= leastRush && s.Rush <= rushSeconds {
		add(click.Rush)
	}
	return found
}

// ownPlace finds the sharer's own further browsers: at a place that brings hardly anybody else anyone, a few visitors
// who each open nearly everything. A family does not.
func ownPlace(s spot) []finding {
	opened, more := s.N-s.Visitors, s.Visitors*(s.Contents-1)
	if !s.Own || s.Visitors < 3 || s.Contents < 2 || 10*s.N < 7*s.AllN || atLeast(more, opened, familyOpens) >= familyChance {
		return nil
	}
	return []finding{{Cell: click.Cell{User: s.Person, Reason: click.OwnPlace, Scope: click.AtAddress, Value: s.Place},
		facts: map[string]int{"part": s.N, "place": s.AllN, "browsers": s.Visitors}}}
}

const (
	familyOpens  = 0.4  // how much of what else a sharer passes on their family opens
	familyChance = 1e-3 // only families are asked: far fewer than people
)

// oneBlock finds a network block of many addresses that brings one person nearly all and hardly anybody else anyone. A
// campus or a village has one or a few addresses, or in IPv6 a network for each of its buildings, with many readers each.
func oneBlock(s spot, readers int) []finding {
	if s.N < 20 || 10*s.N < 8*readers || 2*s.N < s.AllN || s.Addresses < 6 || s.N > 4*s.Addresses {
		return nil
	}
	return []finding{{Cell: click.Cell{User: s.Person, Reason: click.OneBlock, Scope: click.AtBlock, Value: s.Place},
		facts: map[string]int{"part": s.N, "people": readers, "place": s.AllN}}}
}

// How much of what is opened at an address the visitor of an average click there opens: where people read for
// themselves it is little, because there is much.
// In an office that shares few browser texts some visitors are many people, who together open everything; five different
// ones are not.
const (
	farmCoverage = 0.6
	leastWide    = 5
)

// ofSites finds farms and offices: addresses whose visitors open the same links. Behind the address of a carrier one
// visitor may be many people, but what they open is spread over many links.
func ofSites(sites []site, spots []spot) (found []finding) {
	reasons := map[int64]click.Reason{}
	for _, s := range sites {
		if s.isOffice() {
			reasons[s.Place] = click.Office
		} else if s.Links >= 4 && s.Median >= 3 && float64(s.Squares) >= farmCoverage*float64(s.N*s.Links) && (s.Persons > 1 || s.Visitors >= 6) {
			reasons[s.Place] = click.Farm
		}
	}
	for _, s := range spots {
		why, bad := reasons[s.Place]
		if bad && (why == click.Farm) != s.Own { // at home it may be the family: ownPlace tells
			found = append(found, finding{Cell: click.Cell{User: s.Person, Reason: why, Scope: click.AtAddress, Value: s.Place},
				facts: map[string]int{"part": s.N, "place": s.AllN, "browsers": s.Visitors}})
		}
	}
	return found
}

// isOffice tells of colleagues who open nearly all of each other's links.
func (s site) isOffice() bool { return s.InnerPersons >= 3 && s.InnerLinks >= 5 && s.Wide >= leastWide }

// wideOffices finds them where an office has many addresses, in one block.
func wideOffices(sites []site, spots []spot) (found []finding) {
	offices := map[int64]site{}
	for _, s := range sites {
		if s.isOffice() {
			offices[s.Place] = s
		}
	}
	for _, s := range spots {
		if slices.Contains(offices[s.Place].Inside, s.Person) {
			found = append(found, finding{Cell: click.Cell{User: s.Person, Reason: click.Office, Scope: click.AtBlock, Value: s.Place},
				facts: map[string]int{"part": s.N, "place": s.AllN, "browsers": s.Visitors}})
		}
	}
	return found
}

// leastPartners is how many sharers must have opened one's links, and one theirs, on the same day.
const leastPartners = 3

// rings finds sharers who open each other's links from their own places, each with several who do so too.
func rings(ties []tie) (found []finding) {
	in := map[id.User]map[id.User]bool{}
	for _, t := range ties {
		if in[t.Person] == nil {
			in[t.Person] = map[id.User]bool{}
		}
		in[t.Person][t.Reader] = true
	}
	for again := true; again; {
		again = false
		for one, partners := range in {
			if len(partners) >= leastPartners {
				continue
			}
			for other := range partners {
				delete(in[other], one)
			}
			delete(in, one)
			again = true
		}
	}
	for _, t := range ties {
		if partners := in[t.Person]; partners[t.Reader] {
			found = append(found, finding{Cell: click.Cell{User: t.Person, Reason: click.Ring, Scope: click.ByVisitor, Value: t.Visitor},
				facts: map[string]int{"part": t.N, "partners": len(partners)}})
		}
	}
	return found
}
