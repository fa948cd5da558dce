package demo

import (
	"cmp"
	"context"
	"encoding/binary"
	"net/netip"
	"slices"
	"strings"
	"time"

	"gaung/internal/click"
	"gaung/internal/id"
	"gaung/internal/period"
	"gaung/internal/share"
)

// browsers are citizens' phones and desks.
var browsers = []string{
	"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Linux; Android 12; SM-A127F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/106.0.5249.126 Mobile Safari/537.36",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
}

// way is a network that people share on: how often, the fetcher that asks for a link before any person
// does, and how many people open such a link on average.
type way struct {
	network string
	weight  float64
	fetcher string
	opened  float64
}

var ways = []way{
	{"whatsapp", 66, "WhatsApp/2.23.20.0 A", 2.1},
	{"copy", 12, "", 1.1},
	{"facebook", 12, "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", 1.4},
	{"telegram", 5, "TelegramBot (like TwitterBot)", 1.2},
	{"x", 3, "Twitterbot/1.0", 0.8},
	{"threads", 2, "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)", 0.9},
	{"linkedin", 1, "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", 0.7},
	{"email", 2, "", 0.7},
	{"instagram", 6, "", 0},
}

// peaks are when people look at their phones, in minutes after midnight, with how much of the day falls there.
var peaks = []struct {
	from, to int
	share    float64
}{{420, 450, 30}, {720, 780, 25}, {990, 1080, 25}, {1170, 1260, 20}}

// addActivity lets people take part as the recipe says: the larger the agency, the smaller the part of
// it that does. Acts and clicks are drawn first and entered in a few batches.
func (w *world) addActivity(ctx context.Context) error {
	d := drawing{dice: newDice(3), world: w, under: w.nodesAbove()}
	for i := range w.people {
		d.person(i)
	}
	fresh := w.account[newcomer] // drawn like everybody, so that the others' world is the same with and without them
	d.acts = slices.DeleteFunc(d.acts, func(a share.Past) bool { return a.User == fresh })
	d.visits = slices.DeleteFunc(d.visits, func(v click.Past) bool { return v.User == fresh })
	slices.SortStableFunc(d.acts, func(a, b share.Past) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.User, b.User), cmp.Compare(a.Content, b.Content))
	})
	if _, err := w.Share.RecordAll(ctx, d.acts); err != nil {
		return err
	}
	w.passed = d.acts
	if err := w.Share.MarkAll(ctx, d.marks); err != nil {
		return err
	}
	return w.Click.VisitAll(ctx, d.visits)
}

// drawing is the acts and clicks that have been drawn so far.
type drawing struct {
	dice
	*world
	under  map[string][]string // the nodes above an agency, itself included
	acts   []share.Past
	marks  []share.PastMark
	visits []click.Past
}

func (w *world) nodesAbove() map[string][]string {
	parent := map[string]string{}
	for _, node := range w.tree() {
		parent[node.Code] = node.ParentCode
	}
	above := map[string][]string{}
	for code := range parent {
		for at := code; at != ""; at = parent[at] {
			above[code] = append(above[code], at)
		}
	}
	return above
}

// participation is the part of an agency that takes part, by its size.
func (w *world) participation(agency string) float64 {
	rates := w.Generators.Activity.Participation
	switch people := w.sizes()[agency]; {
	case people < 60:
		return rates.Small
	case people <= 300:
		return rates.Middle
	}
	return rates.Large
}

func (w *world) sizes() map[string]int {
	if w.size == nil {
		w.size = map[string]int{}
		for _, r := range w.regions() {
			for _, a := range r.Agencies {
				w.size[a.Code] = a.People
			}
		}
	}
	return w.size
}

// person draws what one person did with every content of their feed.
func (d *drawing) person(i int) {
	p := d.people[i]
	takesPart := d.chance(d.participation(p.agency)) || strings.HasPrefix(p.local, "asn")
	zeal := 0.05 + 0.3*d.Float64()*d.Float64()
	if !takesPart {
		return
	}
	zone := period.MustZone(d.node[p.agency].Zone)
	for _, c := range d.published {
		if !slices.Contains(d.under[p.agency], c.audience) {
			continue
		}
		at, ok := d.moment(c, zone)
		if !ok {
			continue
		}
		if !d.chance(min(zeal*c.appeal*1.6, 0.9)) {
			d.mark(d.number[i], c, at)
			continue
		}
		d.shares(d.number[i], c, at)
		if d.chance(0.35) {
			d.acts = append(d.acts, share.Past{User: d.number[i], Content: c.id, Kind: share.LikeKind, Network: "instagram", At: at.Add(time.Minute)})
		}
	}
}

// mark is what some do who do not share: they put the item aside, which costs nothing, or keep it.
func (d *drawing) mark(user id.User, c published, at time.Time) {
	switch rate := d.Generators.Activity.SkipRate; {
	case d.chance(rate):
		d.marks = append(d.marks, share.PastMark{User: user, Content: c.id, Mark: share.Skip, At: at})
	case d.chance(rate / 4):
		d.marks = append(d.marks, share.PastMark{User: user, Content: c.id, Mark: share.Save, At: at})
	}
}

// moment is when somebody acts on a content: soon after it went out, at an hour when people look.
func (d *drawing) moment(c published, zone *time.Location) (time.Time, bool) {
	day := period.LocalDay(c.from, zone).Add(int(d.exponential(2.2)))
	weights := make([]float64, len(peaks))
	for i, p := range peaks {
		weights[i] = p.share
	}
	peak := peaks[d.weighted(weights)]
	minutes := peak.from + d.IntN(peak.to-peak.from)
	at := day.Start(zone).Add(time.Duration(minutes)*time.Minute + time.Duration(d.IntN(60))*time.Second).UTC()
	if at.Before(c.from) {
		at = c.from.Add(time.Duration(5+d.IntN(120)) * time.Minute)
	}
	return at, at.Before(c.to) && at.Before(d.today.Add(-10*time.Minute))
}

// shares is one share, the network's own fetcher, and the people who open the link.
func (d *drawing) shares(user id.User, c published, at time.Time) {
	weights := make([]float64, len(ways))
	for i, w := range ways {
		weights[i] = w.weight
	}
	on := ways[d.weighted(weights)]
	d.acts = append(d.acts, share.Past{User: user, Content: c.id, Kind: share.ShareKind, Network: on.network, Caption: d.caption(user, c), At: at})
	channel, linked := click.ChannelNamed(on.network)
	if !linked {
		return
	}
	link := click.Link{Content: c.id, User: user, Channel: channel}
	if on.fetcher != "" {
		d.visit(click.Past{Link: link, At: at.Add(20 * time.Second), UserAgent: on.fetcher, Address: d.address()})
	}
	if d.chance(0.12) { // people look at what they have sent
		d.visit(click.Past{Link: link, At: at.Add(2 * time.Minute), UserAgent: browsers[0], Address: d.address(), SignedIn: user})
	}
	for range int(d.exponential(on.opened * c.appeal)) {
		one := click.Past{Link: link, At: at.Add(time.Duration(d.exponential(5*60)+1) * time.Minute), UserAgent: pick(d.dice, browsers), Address: d.address()}
		d.visit(one)
		if d.chance(0.08) { // and some come back
			one.At = one.At.Add(time.Duration(1+d.IntN(30)) * time.Minute)
			d.visit(one)
		}
	}
}

// caption is one of three, a little more often the first; some write their own words.
func (d *drawing) caption(user id.User, c published) *int {
	chosen := (int(user) + int(c.id)) % 7
	switch {
	case chosen == 6:
		return nil
	case chosen == 5:
		chosen = 0
	}
	chosen %= 3
	return &chosen
}

func (d *drawing) visit(v click.Past) {
	if v.At.Before(d.today) {
		d.visits = append(d.visits, v)
	}
}

// address is one that is reserved for documentation: nobody's.
func (d *drawing) address() netip.Addr {
	at := netip.MustParseAddr("2001:db8::").As16()
	binary.BigEndian.PutUint64(at[4:], d.Uint64()) // in a /64 of its own
	return netip.AddrFrom16(at)
}
