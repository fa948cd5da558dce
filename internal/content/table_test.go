package content_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

//go:embed testdata/moves.txt
var movesText string

// expected is a line of the table that a reader can check.
type expected struct{ states, actions, roles, relations []string }

func (e expected) fits(state, action, role, relation string) bool {
	in := func(list []string, one string) bool { return list[0] == "*" || slices.Contains(list, one) }
	return in(e.states, state) && in(e.actions, action) && in(e.roles, role) && in(e.relations, relation)
}

type table struct {
	lines    []expected
	outcomes []string
	used     []bool
}

func readTable(t *testing.T) *table {
	t.Helper()
	read := &table{}
	for line := range strings.Lines(movesText) {
		cells := strings.Split(line, "|")
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		if len(cells) != 5 {
			t.Fatalf("a line of the table has %d cells: %s", len(cells), line)
		}
		read.lines = append(read.lines, expected{strings.Fields(cells[0]), strings.Fields(cells[1]), strings.Fields(cells[2]), strings.Fields(cells[3])})
		read.outcomes = append(read.outcomes, strings.TrimSpace(cells[4]))
	}
	read.used = make([]bool, len(read.lines))
	return read
}

func (r *table) outcome(state, action, role, relation string) string {
	for i, line := range r.lines {
		if line.fits(state, action, role, relation) {
			r.used[i] = true
			return r.outcomes[i]
		}
	}
	return ""
}

var (
	allRoles     = []org.Role{org.ASN, org.Author, org.Approver, org.Publisher, org.Operator, org.Leader, org.DPO, org.Auditor, org.Admin}
	allRelations = []string{"own", "other", "deputy", "expired", "outside"}
	allActions   = []content.Action{content.Edit, content.Submit, content.Approve, content.Return, content.Reject, content.Hold,
		content.Release, content.Schedule, content.Unschedule, content.Publish, content.End, content.Recall, content.Spread}
	allStates = []string{"draft", "in_review_1", "in_review_2", "on_hold", "changes_requested", "rejected", "approved", "scheduled", "live", "ended", "recalled"}
)

// The whole product of states, actions, roles and relations, against the table in testdata: what the
// database says of each actor and item goes through the rule that every change asks.
func TestEveryMoveOfEveryRole(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	want, checked := readTable(t), 0
	theirs := map[string]id.Content{}
	for _, state := range allStates {
		theirs[state] = c.at(t, state, c.author)
	}
	for _, role := range allRoles {
		for _, relation := range allRelations {
			actor := c.actor(t, role, relation)
			for _, state := range allStates {
				item := theirs[state]
				if relation == "own" {
					actor, item = c.own(t, state, role)
				}
				got, err := c.Content.Outcomes(t.Context(), actor, item, allActions)
				if err != nil {
					t.Fatal(err)
				}
				for _, action := range allActions {
					checked++
					if w := want.outcome(state, string(action), string(role), relation); got[action] != w {
						t.Errorf("%s %s by %s (%s): got %s, want %s", state, action, role, relation, got[action], w)
					}
				}
			}
		}
	}
	if all := len(allStates) * len(allActions) * len(allRoles) * len(allRelations); checked != all {
		t.Errorf("%d of %d combinations", checked, all)
	}
	for i, used := range want.used {
		if !used {
			t.Errorf("line %d of the table holds for nothing: %v", i+1, want.lines[i])
		}
	}
}

// office is an agency with a chain of two steps, each for whoever approves there.
type office struct {
	*testkit.Kit
	author, first, second, publisher org.Actor
}

func newOffice(t *testing.T) office {
	t.Helper()
	k := testkit.New(t)
	o := office{k, k.Staff(org.Author), k.Staff(org.Approver), k.Staff(org.Approver), k.Staff(org.Publisher)}
	o.chain(t, content.ChainStep{Name: "Kepala Bidang"}, content.ChainStep{Name: "Kepala Dinas"})
	return o
}

func (o office) chain(t *testing.T, steps ...content.ChainStep) {
	t.Helper()
	if _, err := o.Content.SetChain(t.Context(), o.Staff(org.Admin), o.Dinas.ID, o.version(t), content.Chain{Steps: steps}); err != nil {
		t.Fatal(err)
	}
}

// version is that of the agency's chain.
func (o office) version(t *testing.T) int64 {
	t.Helper()
	now, err := o.Content.Chain(t.Context(), o.first, o.Dinas.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now.Version
}

// actor is somebody with a role (or none) who stands to the items of the office's author in a relation.
func (o office) actor(t *testing.T, role org.Role, relation string) org.Actor {
	t.Helper()
	unit, node := o.Unit.ID, o.Dinas.ID
	if relation == "outside" {
		node = o.Agency(o.Region, org.Body).ID
		unit = node
	}
	grants := []org.Grant{}
	if role != org.ASN {
		grants = append(grants, org.Grant{Role: role, Agency: node})
	}
	who := o.Person(unit, grants...)
	today := period.LocalDay(testdb.Now, period.MustZone(o.Dinas.Zone))
	switch relation {
	case "deputy":
		return o.stand(t, who, o.Staff(org.Approver), today, 0)
	case "expired":
		return o.stand(t, who, o.Staff(org.Approver), today.Add(-1), -48*time.Hour)
	}
	return who
}

// stand names somebody the deputy of an approver for one day, at a moment before or after now.
func (o office) stand(t *testing.T, who, represented org.Actor, day period.Day, moment time.Duration) org.Actor {
	t.Helper()
	then := content.New(o.DB.At(func() time.Time { return testdb.Now.Add(moment) }), o.Queue)
	if _, err := then.NameDeputy(t.Context(), represented, represented.User, content.Appointment{Deputy: who.User, Kind: "plh", From: day, To: day}); err != nil {
		t.Fatal(err)
	}
	who, err := o.User.Actor(t.Context(), who.User)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

// own is an item of somebody who comes with one role only: that of an author may be gone since.
func (o office) own(t *testing.T, state string, role org.Role) (org.Actor, id.Content) {
	t.Helper()
	roles := []org.Role{org.Author}
	if role != org.Author && role != org.ASN {
		roles = append(roles, role)
	}
	actor := o.Staff(roles...)
	item := o.at(t, state, actor)
	actor.Grants = slices.DeleteFunc(actor.Grants, func(g org.Grant) bool { return g.Role != role })
	return actor, item
}

// at brings a new item of an author into a state.
func (o office) at(t *testing.T, state string, author org.Actor) id.Content {
	t.Helper()
	ctx := t.Context()
	ends := testdb.Now.Add(30 * 24 * time.Hour)
	made, err := o.Content.Create(ctx, author, content.Outline{EndsAt: &ends}, testkit.Text("Layanan keliling hadir"))
	do := func(act func() (content.Content, error)) {
		if err == nil {
			_, err = act()
		}
	}
	submit := func() { do(func() (content.Content, error) { return o.Content.Submit(ctx, author, made.ID) }) }
	step := func(no int, who org.Actor) {
		do(func() (content.Content, error) {
			return o.Content.Approve(ctx, who, made.ID, content.Seen{Version: 1, Step: no}, "")
		})
	}
	approve := func() { submit(); step(1, o.first); step(2, o.second) }
	publish := func() {
		approve()
		do(func() (content.Content, error) { return o.Content.Publish(ctx, o.publisher, made.ID) })
	}
	now := content.Seen{Version: 1, Step: 1}
	switch state {
	case "in_review_1":
		submit()
	case "in_review_2":
		submit()
		step(1, o.first)
	case "on_hold":
		submit()
		do(func() (content.Content, error) { return o.Content.Hold(ctx, o.first, made.ID, now, "Menunggu data.") })
	case "changes_requested":
		submit()
		do(func() (content.Content, error) { return o.Content.Return(ctx, o.first, made.ID, now, "Perjelas.") })
	case "rejected":
		submit()
		do(func() (content.Content, error) { return o.Content.Reject(ctx, o.first, made.ID, now, "Sudah basi.") })
	case "approved":
		approve()
	case "scheduled":
		approve()
		do(func() (content.Content, error) { return o.Content.Schedule(ctx, o.publisher, made.ID, tomorrow) })
	case "live":
		publish()
	case "ended":
		publish()
		if err == nil {
			err = content.New(o.DB.At(func() time.Time { return ends }), o.Queue).Finish(ctx, made.ID)
		}
	case "recalled":
		publish()
		do(func() (content.Content, error) { return o.Content.Recall(ctx, o.publisher, made.ID, "Keliru.", 0) })
	}
	if err != nil {
		t.Fatalf("%s: %v", state, err)
	}
	return made.ID
}
