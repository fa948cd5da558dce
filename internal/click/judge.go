package click

import (
	"strconv"

	"gaung/internal/seal"
)

type judge struct {
	rules *classifier
	key   []byte
}

func newJudge(ring *seal.Ring) *judge {
	return &judge{newClassifier(), ring.Derive("click-visitor", 32)[0].Key}
}

func (j *judge) judge(batch, _, _ []record, _ sharers) (all []judgment) {
	for _, r := range batch {
		one := judgment{record: r, Visitor: visitorBits(seal.Hash(j.key, strconv.FormatInt(r.Address, 36), r.Agent)), Rule: RuleVersion, Verdict: Valid, Reason: newVisitor}
		purpose := ""
		if r.Saw.has(sawPurpose) {
			purpose = "prefetch"
		}
		if v, why, machine := j.rules.machine(r.Agent, purpose); machine {
			one.Verdict, one.Reason = v, why
		} else if r.Saw.has(sawOwnSession) {
			one.Verdict, one.Reason = Self, ownSession
		} else if r.Saw.has(sawOwnDevice) {
			one.Verdict, one.Reason = Self, ownDevice
		} else if r.Saw.has(sawNotNavigation) {
			one.Verdict, one.Reason = Suspect, notNavigation
		} else if r.Saw.has(sawWithdrawn) {
			one.Verdict, one.Reason = Suspect, recalled
		}
		all = append(all, one)
	}
	return all
}
