package click

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"gaung/internal/id"
	"gaung/internal/period"
)

const (
	aPhone  = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
	aFetch  = "WhatsApp/2.23.20.0 A"
	aLaptop = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newTestJudge() *judge { return newJudge(newClassifier(), mixerOf([]byte("a key for tests!"))) }

func on(user id.User) Link { return Link{Content: 1, User: user, Channel: WhatsApp} }

// Each line adds a ground that goes before those of the lines above.
func TestTheFirstGroundDecides(t *testing.T) {
	t.Parallel()
	j := newTestJudge()
	r := record{Link: on(7), At: noon, Address: 5, Agent: aPhone}
	here := sharers{}
	var before []record
	for _, step := range []struct {
		add    func()
		reason Reason
	}{
		{func() {}, newVisitor},
		{func() { r.Saw |= sawWithdrawn }, recalled},
		{func() { r.Saw |= sawNotNavigation }, notNavigation},
		{func() {
			here[sharerPlace{7, period.VisitorDay(noon), 5}] = []sharerThere{{visitor: j.visitors.visitor(5, aPhone), at: noon.Add(time.Hour)}}
		}, ownAddress},
		{func() { r.Saw |= sawOwnDevice }, ownDevice},
		{func() { r.Saw |= sawOwnSession }, ownSession},
		{func() { r.Saw |= sawDatacentre }, datacentre},
		{func() {
			before = []record{{Link: on(8), At: noon.Add(-time.Second), Address: 5, Agent: aPhone}, {Link: on(9), At: noon.Add(-time.Second), Address: 5, Agent: aPhone}}
		}, burst},
		{func() { r.Agent += " (Lelebot)" }, botWord},
		{func() { r.Agent += " facebookexternalhit/1.1" }, listedPreview},
		{func() { r.Saw |= sawPurpose }, purposeHeader},
	} {
		step.add()
		got := j.judge([]record{r}, before, nil, here)[0]
		if got.Reason != step.reason || got.Verdict != step.reason.verdict() || got.Rule != RuleVersion || got.Visitor == 0 {
			t.Errorf("%v %v, want %v", got.Verdict, got.Reason, step.reason)
		}
	}
}

func TestEveryReasonHasItsVerdict(t *testing.T) {
	t.Parallel()
	for reason, name := range reasonNames {
		machine := reason >= listedPreview && reason <= compatible
		if verdict := reason.verdict(); verdict.String() == "unknown" || machine != (verdict == Preview || verdict == Bot) || machine != reason.ofAgent() {
			t.Errorf("%s is %v", name, verdict)
		}
	}
}

func TestTheSharersOwnPlace(t *testing.T) {
	t.Parallel()
	j := newTestJudge()
	here := sharers{{7, period.VisitorDay(noon), 5}: {{j.visitors.visitor(5, aPhone), noon}}}
	for name, c := range map[string]struct {
		r   record
		own bool
	}{
		"the same phone, hours later":          {record{Link: on(7), At: noon.Add(5 * time.Hour), Address: 5, Agent: aPhone}, true},
		"the same phone, before the share":     {record{Link: on(7), At: noon.Add(-time.Hour), Address: 5, Agent: aPhone}, true},
		"another browser there, at once":       {record{Link: on(7), At: noon.Add(time.Minute), Address: 5, Agent: aLaptop}, true},
		"another browser there, later":         {record{Link: on(7), At: noon.Add(time.Minute + 1), Address: 5, Agent: aLaptop}, false},
		"another browser there, before":        {record{Link: on(7), At: noon.Add(-1), Address: 5, Agent: aLaptop}, false},
		"the same phone elsewhere":             {record{Link: on(7), At: noon.Add(time.Second), Address: 6, Agent: aPhone}, false},
		"a colleague's link":                   {record{Link: on(8), At: noon.Add(time.Second), Address: 5, Agent: aPhone}, false},
		"the next day, with a hash of its own": {record{Link: on(7), At: noon.Add(24 * time.Hour), Address: 5, Agent: aPhone}, false},
	} {
		if got := j.judge([]record{c.r}, nil, nil, here)[0]; (got.Reason == ownAddress) != c.own {
			t.Errorf("%s: %v", name, got.Reason)
		}
	}
}

// scan is a browser's requests on n links, each so long after the other.
func scan(address int64, agent string, n int, apart time.Duration) (list []record) {
	for i := range n {
		list = append(list, record{Link: on(id.User(100 + i)), At: noon.Add(time.Duration(i) * apart), Address: address, Agent: agent})
	}
	return list
}

func TestAScannerCountsForNothingAndACrowdIsNotOne(t *testing.T) {
	t.Parallel()
	crowd := func(browsers, each int) (list []record) {
		for b := range browsers {
			for i := range each {
				list = append(list, record{Link: on(id.User(b*each + i)), At: noon.Add(time.Duration(b*each+i) * 10 * time.Millisecond), Address: 5,
					Agent: fmt.Sprintf("Mozilla/5.0 (Linux; Android 13; SM-%d Build/T; wv) AppleWebKit/537.36 Chrome/1 Safari/1", b)})
			}
		}
		return list
	}
	fetches := scan(5, aFetch, 3, 0)
	same := scan(5, aPhone, 9, 0)
	for i := range same {
		same[i].User = 1
	}
	for name, c := range map[string]struct {
		batch []record
		valid int
	}{
		"three links at once":                        {scan(5, aPhone, 3, 0), 0},
		"three links in just two seconds":            {scan(5, aPhone, 3, time.Second), 0},
		"three links in a little more":               {scan(5, aPhone, 3, time.Second+1), 3},
		"a long letter, a link each half second":     {scan(5, aPhone, 40, 500*time.Millisecond), 0},
		"two links":                                  {scan(5, aPhone, 2, 0), 2},
		"one link, nine times":                       {same, 9},
		"previews at the same address":               {slices.Concat(fetches, scan(5, aPhone, 2, 0)), 2},
		"a scanner beside previews":                  {slices.Concat(fetches, scan(5, aPhone, 3, 0)), 0},
		"a scanner elsewhere loses nobody here":      {slices.Concat(crowd(2, 1), scan(6, aPhone, 5, 0)), 2},
		"an office: sixty people with twenty phones": {crowd(20, 3), 60},
		"an office: nine people with three phones":   {crowd(3, 3), 9},
		"a scanner and one person":                   {slices.Concat(crowd(1, 1), scan(5, aPhone, 6, 0)), 1},
	} {
		valid := 0
		for _, got := range newTestJudge().judge(c.batch, nil, nil, nil) {
			if got.Verdict == Valid {
				valid++
			}
		}
		if valid != c.valid {
			t.Errorf("%s: %d valid, want %d", name, valid, c.valid)
		}
	}
}

// Records of some seconds from few addresses are judged the same in whatever order and in whatever batches
// they come, again and again, and with nothing kept in memory.
func TestBatchesDoNotChangeJudgments(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	agents := []string{aPhone, aLaptop, aFetch, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/21F79"}
	bursts, bare := 0, newClassifier()
	for range 60 {
		var all []record
		for range 150 {
			all = append(all, record{Link: on(id.User(random.IntN(5))), At: noon.Add(time.Duration(random.IntN(12000)) * time.Millisecond),
				Address: int64(random.IntN(8)), Agent: agents[min(random.IntN(9), 8)%4*random.IntN(2)]})
		}
		slices.SortStableFunc(all, func(a, b record) int { return a.At.Compare(b.At) })
		kept := newJudge(bare, mixerOf([]byte("a key for tests!")))
		whole := kept.judge(all, nil, nil, nil)
		for _, j := range whole {
			if j.Reason == burst {
				bursts++
			}
			if found := kept.agent(j.Agent); found != bareJudged(bare, j.Agent) {
				t.Fatalf("%q is remembered as %v", j.Agent, found)
			}
		}
		from := random.IntN(len(all))
		to := from + random.IntN(len(all)-from)
		if got := kept.judge(all[from:to], all[:from], all[to:], nil); !reflect.DeepEqual(got, whole[from:to]) && to > from {
			t.Fatal("a part is judged differently")
		}
		near := func(list []record, ends ...time.Time) (found []record) {
			for _, r := range list {
				if len(all[from:to]) > 0 && !r.At.Before(ends[0]) && !r.At.After(ends[1]) {
					found = append(found, r)
				}
			}
			return found
		}
		if to > from {
			before, after := near(all[:from], all[from].At.Add(-2*time.Second), noon.Add(time.Hour)), near(all[to:], noon, all[to-1].At.Add(2*time.Second))
			if got := kept.judge(all[from:to], before, after, nil); !reflect.DeepEqual(got, whole[from:to]) {
				t.Fatal("two seconds around are not enough")
			}
		}
		order := random.Perm(len(all))
		mixed := make([]record, len(all))
		for i, at := range order {
			mixed[i] = all[at]
		}
		for i, got := range kept.judge(mixed, nil, nil, nil) {
			if got != whole[order[i]] {
				t.Fatalf("in another order %v is %v", whole[order[i]], got.Reason)
			}
		}
	}
	if bursts < 100 {
		t.Errorf("only %d bursts were seen", bursts)
	}
}

func bareJudged(rules *classifier, agent string) judged {
	verdict, why, machine := rules.agent(agent)
	return judged{verdict, why, machine}
}

func BenchmarkJudgeBatch(b *testing.B) {
	people := humans(b)
	batch := make([]record, 8000)
	for i := range batch {
		batch[i] = record{Link: on(id.User(i)), At: noon.Add(time.Duration(i) * time.Millisecond), Address: int64(i % 3000), Agent: people[i%len(people)].UA}
	}
	j := newTestJudge()
	for b.Loop() {
		j.judge(batch, nil, nil, nil)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(batch)), "ns/record")
}

func BenchmarkJudgeOneAddress(b *testing.B) { // a flood from one place must not be worse than many places
	batch := scan(5, aPhone, 8000, 100*time.Microsecond)
	j := newTestJudge()
	for b.Loop() {
		j.judge(batch, nil, nil, nil)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(batch)), "ns/record")
}

func BenchmarkClassifyRemembered(b *testing.B) {
	j, people := newTestJudge(), humans(b)
	for i := 0; b.Loop(); i++ {
		j.agent(people[i%len(people)].UA)
	}
}
