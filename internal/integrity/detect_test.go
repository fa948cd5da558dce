package integrity

import (
	"math"
	"slices"
	"testing"

	"gaung/internal/click"
	"gaung/internal/id"
)

// crowd is a day of a hundred people in whom nothing stands out, and one more.
func crowd(one person) facts {
	f := facts{agents: []int{600, 300, 200, 100, 50, 50, 20, 20, 10, 10, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1}}
	for i := range 100 {
		f.persons = append(f.persons, person{Person: id.User(1000 + i), N: 20, Contents: 3, Readers: 17, Fans: i % 2, Lonely: 2, LonelyBlocks: 2, Agents: 6, Unevenness: 3})
	}
	f.persons = append(f.persons, one)
	return f
}

func reasonsOf(f facts) (all []string) {
	for _, one := range detect(f) {
		if one.User < 1000 {
			all = append(all, one.Reason.String())
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestWhatAPersonsDaySays(t *testing.T) {
	t.Parallel()
	quiet := person{Person: 1, N: 60, Contents: 3, Readers: 50, Agents: 9, Unevenness: 3}
	for name, c := range map[string]struct {
		change func(*person)
		want   string
	}{
		"nothing stands out":                      {func(*person) {}, ""},
		"an own text that half of all have":       {func(p *person) { p.OwnAgent, p.OwnAll = 35, 1000 }, ""},
		"an own text that nobody else has":        {func(p *person) { p.OwnAgent, p.OwnAll = 35, 40 }, "own_agent"},
		"some old browsers":                       {func(p *person) { p.Bare = 7 }, ""},
		"nearly all without what browsers send":   {func(p *person) { p.Bare = 50 }, "bare"},
		"friends in another town":                 {func(p *person) { p.Lonely, p.LonelyBlocks = 18, 18 }, ""},
		"a campus that reads nobody else":         {func(p *person) { p.Lonely, p.LonelyBlocks = 55, 1 }, ""},
		"networks from which nobody else is read": {func(p *person) { p.Lonely, p.LonelyBlocks = 55, 54 }, "scattered"},
		"a loyal family":                          {func(p *person) { p.Fans = 7 }, ""},
		"half of the readers open everything":     {func(p *person) { p.Fans = 25 }, "sweep"},
		"readers of one message":                  {func(p *person) { p.Unevenness = 1.4 }, ""},
		"a clock":                                 {func(p *person) { p.Unevenness = 0.3 }, "regular"},
	} {
		p := quiet
		c.change(&p)
		if got := reasonsOf(crowd(p)); !slices.Equal(got, one(c.want)) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func one(reason string) []string {
	if reason == "" {
		return nil
	}
	return []string{reason}
}

func TestWhatAPlaceSays(t *testing.T) {
	t.Parallel()
	campus := spot{Person: 1, Place: 7, N: 14, Repeats: 60, Visitors: 9, Agents: 9, Contents: 2, Addresses: 1, AllN: 14, Persons: 1, Unevenness: 3, Rush: 400}
	for name, c := range map[string]struct {
		change func(*spot)
		want   string
	}{
		"a crowd with the browsers of a crowd":   {func(*spot) {}, ""},
		"a new browser with each request":        {func(s *spot) { s.N, s.Repeats, s.Agents = 40, 0, 40 }, "rotation"},
		"fifteen within a minute":                {func(s *spot) { s.N, s.Rush = 16, 40 }, "rush"},
		"the same, of many more for others":      {func(s *spot) { s.N, s.Rush, s.AllN = 16, 40, 300 }, ""},
		"at a constant rate":                     {func(s *spot) { s.Unevenness = 1 }, "regular"},
		"at a constant rate, among many others":  {func(s *spot) { s.Unevenness, s.AllN = 1, 400 }, ""},
		"a family that reads some":               {func(s *spot) { s.Own, s.N, s.Visitors, s.Repeats, s.Contents = true, 6, 4, 2, 3 }, ""},
		"own browsers that open everything":      {func(s *spot) { s.Own, s.N, s.AllN, s.Visitors, s.Repeats, s.Contents = true, 16, 16, 4, 2, 4 }, "own_place"},
		"colleagues who read others as much too": {func(s *spot) { s.Own, s.N, s.Visitors, s.Repeats, s.Contents, s.AllN = true, 16, 4, 2, 4, 60 }, ""},
	} {
		s := campus
		c.change(&s)
		f := crowd(person{Person: 1, N: 60, Contents: 4, Readers: 50, Agents: 9, Unevenness: 3})
		f.addresses, f.agents = []spot{s}, append(f.agents, slices.Repeat([]int{1}, 200)...)
		if got := reasonsOf(f); !slices.Equal(got, one(c.want)) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func TestOneBlockIsNoCampus(t *testing.T) {
	t.Parallel()
	f := crowd(person{Person: 1, N: 50, Contents: 1, Readers: 50, Agents: 9, Unevenness: 3})
	for addresses, want := range map[int]string{1: "", 5: "", 9: "", 40: "one_block"} {
		f.blocks = []spot{{Person: 1, Place: 7, N: 48, Repeats: 100, Visitors: 48, Agents: 9, Contents: 1, Addresses: addresses, AllN: 50, Persons: 2, Unevenness: 3, Rush: 400}}
		if got := reasonsOf(f); !slices.Equal(got, one(want)) {
			t.Errorf("%d addresses: %v", addresses, got)
		}
	}
}

func TestOfficesAndFarms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		site site
		own  bool
		want string
	}{
		"colleagues who read some":               {site{N: 60, Visitors: 20, Links: 25, Persons: 12, Squares: 240, Median: 2, InnerLinks: 15, InnerPersons: 10, Wide: 3}, true, ""},
		"colleagues who open everything":         {site{N: 260, Visitors: 20, Links: 15, Persons: 10, Squares: 3400, Median: 13, InnerLinks: 15, InnerPersons: 10, Wide: 18}, true, "office"},
		"a guest of theirs whom they open, too":  {site{N: 260, Visitors: 20, Links: 15, Persons: 10, Squares: 3400, Median: 13, InnerLinks: 15, InnerPersons: 10, Wide: 18}, false, ""},
		"a carrier's address, thousands":         {site{N: 400, Visitors: 90, Links: 350, Persons: 200, Squares: 20000, Median: 1}, false, ""},
		"phones that open the same links":        {site{N: 90, Visitors: 10, Links: 10, Persons: 5, Squares: 820, Median: 9}, false, "farm"},
		"a household that opens one person's":    {site{N: 12, Visitors: 4, Links: 4, Persons: 1, Squares: 40, Median: 3}, false, ""},
		"phones that open one person's, at home": {site{N: 90, Visitors: 10, Links: 10, Persons: 5, Squares: 820, Median: 9}, true, ""},
	} {
		c.site.Place = 7
		f := crowd(person{Person: 1, N: 60, Contents: 4, Readers: 50, Agents: 9, Unevenness: 3})
		f.sites = []site{c.site}
		f.addresses = []spot{{Person: 1, Place: 7, N: 6, Visitors: 6, Agents: 6, Contents: 2, AllN: 200, Unevenness: 3, Rush: 900, Own: c.own}}
		if got := reasonsOf(f); !slices.Equal(got, one(c.want)) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

// An office in IPv6 has an address for each floor: its block is looked at, and only for those who share there.
func TestAnOfficeOfManyAddresses(t *testing.T) {
	t.Parallel()
	for wide, want := range map[int]string{4: "", 9: "office"} {
		f := crowd(person{Person: 1, N: 60, Contents: 4, Readers: 50, Agents: 9, Unevenness: 3})
		f.offices = []site{{Place: 7, N: 260, Visitors: 20, Links: 15, Persons: 10, InnerLinks: 15, InnerPersons: 10, Wide: wide, Inside: []id.User{1, 3}}}
		for person := range id.User(3) {
			f.blocks = append(f.blocks, spot{Person: person, Place: 7, N: 20, Visitors: 20, Agents: 20, Contents: 2, Addresses: 4, AllN: 260, Unevenness: 3, Rush: 900})
		}
		if got := reasonsOf(f); !slices.Equal(got, one(want)) {
			t.Errorf("%d open most of it: %v", wide, got)
		}
		for _, found := range detect(f) {
			if found.User != 1 || found.Scope != click.AtBlock || found.Value != 7 {
				t.Errorf("%+v", found)
			}
		}
	}
}

// Friends open each other's links; a ring does so all round. Who falls out takes those with them who then have too few.
func TestARingIsMoreThanFriends(t *testing.T) {
	t.Parallel()
	mutual := func(pairs ...[2]id.User) (ties []tie) {
		for _, p := range pairs {
			ties = append(ties, tie{p[0], p[1], int64(p[0]), 1}, tie{p[1], p[0], int64(p[1]), 1})
		}
		return ties
	}
	ring := mutual([2]id.User{1, 2}, [2]id.User{1, 3}, [2]id.User{1, 4}, [2]id.User{2, 3}, [2]id.User{2, 4}, [2]id.User{3, 4})
	if got := rings(ring); len(got) != 12 {
		t.Errorf("four who all open each other's: %d", len(got))
	}
	if got := rings(append(ring, mutual([2]id.User{4, 9})...)); len(got) != 12 {
		t.Errorf("and a friend of one: %d", len(got))
	}
	chain := mutual([2]id.User{1, 2}, [2]id.User{2, 3}, [2]id.User{3, 4}, [2]id.User{4, 5}, [2]id.User{5, 1}, [2]id.User{1, 3})
	if got := rings(chain); len(got) != 0 {
		t.Errorf("friends of friends: %d", len(got))
	}
}

func TestChances(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, k int
		p    float64
		want float64
	}{{10, 0, .3, 1}, {10, 11, .3, 0}, {2, 2, .5, .25}, {2, 1, .5, .75}, {20, 15, .5, 0.020694732666}, {1000, 1000, .99, math.Pow(.99, 1000)}} {
		if got := atLeast(c.n, c.k, c.p); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%d of %d at %v: %v, want %v", c.k, c.n, c.p, got, c.want)
		}
	}
	b := newBrowsers([]int{50, 50})
	if got := b.expected(1); math.Abs(got-1) > 1e-9 {
		t.Error(got)
	}
	if got := b.expected(2); math.Abs(got-1.5) > 1e-9 {
		t.Error(got)
	}
}

// A person's own phone everywhere, and all of the reasons, have a verdict that counts for nothing.
func TestEveryReasonCountsForNothing(t *testing.T) {
	t.Parallel()
	for _, why := range click.CheckReasons() {
		if why.String() == "" {
			t.Errorf("%d has no name", why)
		}
	}
}
