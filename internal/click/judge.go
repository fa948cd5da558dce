package click

import "github.com/maypok86/otter/v2"

// judge makes judgments of records by rules alone: the same records, with the same around them, are
// judged the same, however often and in whatever batches.
type judge struct {
	rules    *classifier
	memo     *otter.Cache[string, judged]
	visitors mixer
}

// judged is what the rules find of a user agent; machine is false when it may be a person's.
type judged struct {
	verdict Verdict
	why     Reason
	machine bool
}

// mostAgents are kept in memory with what was found of them: the common ones come a thousand times a
// minute, and the markers take some microseconds.
const mostAgents = 8192

func newJudge(rules *classifier, visitors mixer) *judge {
	return &judge{rules, otter.Must(&otter.Options[string, judged]{MaximumSize: mostAgents}), visitors}
}

// agent is what the rules find of a user agent.
func (j *judge) agent(userAgent string) judged {
	if known, there := j.memo.GetIfPresent(userAgent); there {
		return known
	}
	var found judged
	found.verdict, found.why, found.machine = j.rules.agent(userAgent)
	j.memo.Set(userAgent, found)
	return found
}

// judge makes the judgments of a batch, all but Repeat, which needs the database. before and after are the
// records of the two seconds around it, for behaviour only; sharers tell where the owners of the links were.
func (j *judge) judge(batch, before, after []record, sharers sharers) []judgment {
	var candidates []sighted
	judgments := make([]judgment, len(batch))
	for no, r := range batch {
		judgments[no] = judgment{record: r, Visitor: j.visitors.visitor(r.Address, r.Agent), Reason: j.first(r), Rule: RuleVersion}
		if judgments[no].Reason == newVisitor {
			candidates = append(candidates, r.sighted(no))
		}
	}
	for _, around := range [][]record{before, after} {
		for _, r := range around {
			if j.first(r) == newVisitor {
				candidates = append(candidates, r.sighted(-1))
			}
		}
	}
	scanned := bursts(candidates, len(batch))
	for no := range judgments {
		one := &judgments[no]
		if one.Reason == newVisitor {
			one.Reason = one.second(scanned[no], sharers)
		}
		one.Verdict = one.Reason.verdict()
	}
	return judgments
}

func (r record) sighted(no int) sighted { return sighted{r.Address, r.At, r.Agent, r.Link, no} }

// first is what a request says of itself; newVisitor when that may be a person.
func (j *judge) first(r record) Reason {
	if r.Saw.has(sawPurpose) {
		return purposeHeader
	}
	if found := j.agent(r.Agent); found.machine {
		return found.why
	}
	return newVisitor
}

// second is what else is known of a request that may be a person's.
func (r judgment) second(scanned bool, sharers sharers) Reason {
	switch {
	case scanned:
		return burst
	case r.Saw.has(sawDatacentre):
		return datacentre
	case r.Saw.has(sawOwnSession):
		return ownSession
	case r.Saw.has(sawOwnDevice):
		return ownDevice
	case sharers.own(r):
		return ownAddress
	case r.Saw.has(sawNotNavigation):
		return notNavigation
	case r.Saw.has(sawWithdrawn):
		return recalled
	}
	return newVisitor
}

// Rules returns what the present rules make of a user agent alone, for an operator who wants to know:
// Valid is a person as far as that tells.
func Rules() func(userAgent string) (Verdict, Reason) {
	j := newJudge(newClassifier(), mixer{})
	return func(userAgent string) (Verdict, Reason) {
		if found := j.agent(cleanAgent(userAgent)); found.machine {
			return found.verdict, found.why
		}
		return Valid, newVisitor
	}
}
