package content_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

func seen(version, step int) content.Seen { return content.Seen{Version: version, Step: step} }

// Eight press at once, all before the first step; then all before the second.
func TestEightAtOnceGiveOneApprovalAStep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	item := o.at(t, "in_review_1", o.author)
	eight := make([]org.Actor, 8)
	for i := range eight {
		eight[i] = o.Staff(org.Approver)
	}
	for step := 1; step <= 2; step++ {
		var wait sync.WaitGroup
		var mu sync.Mutex
		codes := map[errs.Code]int{}
		for _, approver := range eight {
			wait.Go(func() {
				_, err := o.Content.Approve(t.Context(), approver, item, seen(1, step), "")
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					codes[errs.CodeOf(err)]++
				} else {
					codes["ok"]++
				}
			})
		}
		wait.Wait()
		// Whoever approved the first step is refused the second, by the one rule or the other.
		if codes["ok"] != 1 || codes[errs.Conflict]+codes[errs.Forbidden] != 7 || codes[errs.Forbidden] > step-1 {
			t.Errorf("step %d: %v", step, codes)
		}
	}
	got, err := o.Content.Get(t.Context(), o.author, item)
	if err != nil || got.State != content.Approved || len(got.Decisions) != 2 || got.Decisions[0].Final || !got.Decisions[1].Final ||
		got.Decisions[0].Approver == got.Decisions[1].Approver {
		t.Errorf("%+v, %v", got.Decisions, err)
	}
}

func TestOnePersonDecidesTwoStepsOnlyWhereTheChainSaysSo(t *testing.T) {
	t.Parallel()
	for _, repeats := range []bool{false, true} {
		o := newOffice(t)
		chain := content.Chain{Steps: []content.ChainStep{{Name: "Kabid"}, {Name: "Kadis"}}, Repeats: repeats}
		if _, err := o.Content.SetChain(t.Context(), o.Staff(org.Admin), o.Dinas.ID, o.version(t), chain); err != nil {
			t.Fatal(err)
		}
		item := o.at(t, "in_review_2", o.author)
		_, err := o.Content.Approve(t.Context(), o.first, item, seen(1, 2), "")
		if repeats != (err == nil) {
			t.Errorf("repeats %v: %v", repeats, err)
		}
		// Nor by the hand of a deputy, who decides in the same right.
		if !repeats {
			deputy := o.stand(t, o.Staff(), o.first, period.LocalDay(testdb.Now, period.MustZone(o.Dinas.Zone)), 0)
			if _, err := o.Content.Approve(t.Context(), deputy, item, seen(1, 2), ""); errs.CodeOf(err) != errs.Forbidden {
				t.Errorf("the deputy of who approved step 1: %v", err)
			}
		}
	}
}

// An edit after an approval: what was approved is void, and the first step decides again.
func TestAnEditVoidsTheApprovals(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, state := range []string{"in_review_2", "approved", "scheduled"} {
		item := o.at(t, state, o.author)
		got, err := o.Content.Edit(t.Context(), o.author, item, 1, content.Outline{}, testkit.Text("Judul kedua"))
		if err != nil || got.State != content.InReview || got.Step != 1 || got.ApprovedVersion != 0 {
			t.Fatalf("%s: %s step %d: %v", state, got.State, got.Step, err)
		}
		if _, err := o.Content.Approve(t.Context(), o.second, item, seen(1, 2), ""); errs.CodeOf(err) != errs.Conflict {
			t.Errorf("%s: the second step of the old version: %v", state, err)
		}
		for step, who := range []org.Actor{o.second, o.first} { // the other way round: nothing of before counts
			if got, err = o.Content.Approve(t.Context(), who, item, seen(2, step+1), ""); err != nil {
				t.Fatalf("%s: %v", state, err)
			}
		}
		if got.State != content.Approved || got.ApprovedVersion != 2 {
			t.Errorf("%s: %s", state, got.State)
		}
	}
}

// Returned and submitted again without a change, the same version goes through every step anew.
func TestAReturnedVersionCanBeApprovedAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	item := o.at(t, "approved", o.author)
	_, err := o.Content.Return(t.Context(), o.second, item, seen(1, 2), "Tunggu dulu.")
	if err == nil {
		_, err = o.Content.Submit(t.Context(), o.author, item)
	}
	for step, who := range []org.Actor{o.first, o.second} {
		if err == nil {
			_, err = o.Content.Approve(t.Context(), who, item, seen(1, step+1), "")
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// A running item keeps the chain with which it was submitted.
func TestAChangedChainDoesNotMoveRunningItems(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	running := o.at(t, "in_review_1", o.author)
	o.chain(t, content.ChainStep{Name: "Sekda", Persons: []id.User{o.second.User}})
	if _, err := o.Content.Approve(t.Context(), o.first, running, seen(1, 1), ""); err != nil {
		t.Errorf("the step as it was: %v", err)
	}
	if got, err := o.Content.Get(t.Context(), o.author, running); err != nil || got.Steps != 2 || got.Step != 2 || got.StepName != "Kepala Dinas" {
		t.Errorf("%d of %d (%s): %v", got.Step, got.Steps, got.StepName, err)
	}
	fresh := o.at(t, "in_review_1", o.author)
	if _, err := o.Content.Approve(t.Context(), o.first, fresh, seen(1, 1), ""); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("the new chain names another: %v", err)
	}
	if got, err := o.Content.Approve(t.Context(), o.second, fresh, seen(1, 1), ""); err != nil || got.State != content.Approved || got.Decisions[0].Basis != "named" {
		t.Errorf("%+v: %v", got.Decisions, err)
	}
}

// Who is named has left, or wrote the item: whoever approves at the node decides, and the history says so.
func TestWhereNobodyNamedCanDecideTheRoleDoes(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(o office){
		"the account is off":  func(o office) { must(t, o.Desk.Deactivate, o, o.second) },
		"the role is revoked": func(o office) { revoke(t, o, o.second) },
	} {
		o := newOffice(t)
		o.chain(t, content.ChainStep{Name: "Kadis", Persons: []id.User{o.second.User}})
		item := o.at(t, "in_review_1", o.author)
		if _, err := o.Content.Approve(t.Context(), o.first, item, seen(1, 1), ""); errs.CodeOf(err) != errs.Forbidden {
			t.Fatalf("%s: as long as the named person is there: %v", name, err)
		}
		leave(o)
		got, err := o.Content.Approve(t.Context(), o.first, item, seen(1, 1), "")
		if err != nil || got.Decisions[0].Basis != "fallback" {
			t.Errorf("%s: %+v: %v", name, got.Decisions, err)
		}
	}
	o := newOffice(t)
	both := o.Staff(org.Author, org.Approver)
	o.chain(t, content.ChainStep{Name: "Kadis", Persons: []id.User{both.User}})
	item := o.at(t, "in_review_1", both)
	if _, err := o.Content.Approve(t.Context(), both, item, seen(1, 1), ""); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("the author approves: %v", err)
	}
	if _, err := o.Content.Approve(t.Context(), o.first, item, seen(1, 1), ""); err != nil {
		t.Errorf("an item of who is named: %v", err)
	}
}

func must(t *testing.T, do func(ctx context.Context, actor org.Actor, person id.User) (user.Person, error), o office, who org.Actor) {
	t.Helper()
	if _, err := do(t.Context(), o.Person(o.Unit.ID, org.Grant{Role: org.Admin, Agency: o.Region.ID}), who.User); err != nil {
		t.Fatal(err)
	}
}

func revoke(t *testing.T, o office, who org.Actor) {
	t.Helper()
	if _, err := o.Desk.Revoke(t.Context(), o.Staff(org.Admin), who.User, org.Grant{Role: org.Approver, Agency: o.Dinas.ID}); err != nil {
		t.Fatal(err)
	}
}

// told are the kinds of news about an item, in the order in which they happened, with how many they go to.
func told(t *testing.T, k *testkit.Kit, item id.Content) string {
	t.Helper()
	rows, err := db.All[struct {
		What string
		N    string
	}](t.Context(), k.DB, `SELECT args->>'what' AS what, jsonb_array_length(args->'to')::text AS n FROM river.river_job
		WHERE kind = 'content_news' AND (args->>'content_id')::int8 = $1 ORDER BY id`, item)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, row := range rows {
		list = append(list, row.What+":"+row.N)
	}
	return strings.Join(list, " ")
}

// Submitted on Friday at 15.00 local: the reminder is due on Monday at 11.00 and the escalation at 15.00,
// but it is held from 10.00 to 14.00, so everything comes four hours later.
func TestRemindersKeepWorkingHoursAndStandOnHold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	zone := period.MustZone(o.Dinas.Zone)
	clock := time.Date(2026, 11, 20, 15, 0, 0, 0, zone)
	s := content.New(o.DB.At(func() time.Time { return clock }), o.Queue)
	made, err := s.Create(t.Context(), o.author, content.Outline{}, testkit.Text("Menunggu keputusan"))
	if err == nil {
		_, err = s.Submit(t.Context(), o.author, made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	look := func(at time.Time, stage int) {
		t.Helper()
		clock = at
		for range 2 { // a job may run twice
			if err := s.Look(t.Context(), content.ClockJob{ContentID: made.ID, Round: 1, Step: 1, Stage: stage}); err != nil {
				t.Fatal(err)
			}
		}
	}
	expect := func(want string) {
		t.Helper()
		if got := told(t, o.Kit, made.ID); got != want {
			t.Errorf("at %s: told %q, want %q", clock, got, want)
		}
	}
	monday := func(hour, minute int) time.Time { return time.Date(2026, 11, 23, hour, minute, 0, 0, zone) }
	look(time.Date(2026, 11, 21, 12, 0, 0, 0, zone), 1) // Saturday
	look(monday(9, 59), 1)
	expect("turn:2")
	clock = monday(10, 0)
	if _, err := s.Hold(t.Context(), o.first, made.ID, seen(1, 1), "Menunggu data."); err != nil {
		t.Fatal(err)
	}
	look(monday(13, 0), 1)
	expect("turn:2 held:1")
	clock = monday(14, 0)
	if _, err := s.Release(t.Context(), o.first, made.ID, seen(1, 1), ""); err != nil {
		t.Fatal(err)
	}
	look(monday(14, 59), 1)
	expect("turn:2 held:1 released:1 turn:2")
	look(monday(15, 0), 1)
	expect("turn:2 held:1 released:1 turn:2 reminder:2")
	look(monday(15, 59), 2)
	expect("turn:2 held:1 released:1 turn:2 reminder:2")
	look(time.Date(2026, 11, 24, 11, 0, 0, 0, zone), 2)
	expect("turn:2 held:1 released:1 turn:2 reminder:2 escalation:2") // those of the next step
}

// Of the last step, the nearest administrators are told.
func TestTheLastStepEscalatesToTheAdministrator(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Person(o.Unit.ID, org.Grant{Role: org.Admin, Agency: o.Region.ID}) // farther than that of the office
	item := o.at(t, "in_review_2", o.author)
	late := content.New(o.DB.At(func() time.Time { return testdb.Now.Add(4 * 24 * time.Hour) }), o.Queue)
	for stage := 1; stage <= 2; stage++ {
		if err := late.Look(t.Context(), content.ClockJob{ContentID: item, Round: 1, Step: 2, Stage: stage}); err != nil {
			t.Fatal(err)
		}
	}
	if got := told(t, o.Kit, item); got != "turn:2 approved:1 turn:1 reminder:1 escalation:1" {
		t.Errorf("told %q", got)
	}
}

// Everything that waits for somebody, and nothing else, the oldest first.
func TestTheQueueShowsWhatWaitsForMe(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.chain(t, content.ChainStep{Name: "Kabid", Persons: []id.User{o.first.User}}, content.ChainStep{Name: "Kadis", Persons: []id.User{o.second.User}})
	one, two, held := o.at(t, "in_review_1", o.author), o.at(t, "in_review_2", o.author), o.at(t, "on_hold", o.author)
	three := o.at(t, "in_review_1", o.author)
	for name, c := range map[string]struct {
		who  org.Actor
		want []id.Content
	}{"the first": {o.first, []id.Content{one, three}}, "the second": {o.second, []id.Content{two}}, "the author": {o.author, nil}} {
		f := content.Filter{Waiting: true}
		f.Limit = 1
		var got []id.Content
		for {
			page, err := o.Content.List(t.Context(), c.who, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				got = append(got, item.ID)
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v (held: %d)", name, got, c.want, held)
		}
	}
}

// The review names who saw which version, and what to compare with: what was approved last, or submitted before.
func TestAReviewTellsWhoSawWhatAndWhatChanged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	item := o.at(t, "approved", o.author)
	if err := o.Content.See(t.Context(), o.first, item, 1); err != nil {
		t.Fatal(err)
	}
	for no, title := range []string{"Judul kedua", "Judul ketiga"} {
		if _, err := o.Content.Edit(t.Context(), o.author, item, no+1, content.Outline{}, testkit.Text(title)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := o.Content.Review(t.Context(), o.first, item)
	if err != nil || got.Base == nil || got.Base.Version != 1 || got.Base.Why != "approved" || got.Base.Text.Title != "Layanan keliling hadir" {
		t.Fatalf("%+v: %v", got.Base, err)
	}
	if len(got.Seen) != 1 || got.Seen[0].Version != 1 || len(got.Chain) != 2 || len(got.Chain[0].Deciders) != 2 || got.Version != 3 {
		t.Errorf("%+v", got)
	}
	fresh := o.at(t, "changes_requested", o.author)
	_, err = o.Content.Edit(t.Context(), o.author, fresh, 1, content.Outline{}, testkit.Text("Sudah diperjelas"))
	if err == nil {
		_, err = o.Content.Submit(t.Context(), o.author, fresh)
	}
	if got, readErr := o.Content.Review(t.Context(), o.first, fresh); err != nil || readErr != nil || got.Base == nil || got.Base.Version != 1 || got.Base.Why != "submitted" {
		t.Errorf("%+v: %v %v", got.Base, err, readErr)
	}
	if err := o.Content.See(t.Context(), newOffice(t).first, item, 1); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a stranger saw it: %v", err)
	}
}

// A rejected item is over; its author goes on with a copy, which has a history of its own.
func TestARejectedItemLivesOnInACopy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	item := o.at(t, "rejected", o.author)
	copied, err := o.Content.Copy(t.Context(), o.author, item)
	if err != nil || copied.State != content.Draft || copied.ID == item || copied.Title != "Layanan keliling hadir" || len(copied.Decisions) != 0 {
		t.Fatalf("%+v: %v", copied, err)
	}
	if _, err := o.Content.Submit(t.Context(), o.author, copied.ID); err != nil {
		t.Error(err)
	}
	if _, err := o.Content.Copy(t.Context(), newOffice(t).author, item); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a stranger copied it: %v", err)
	}
}
