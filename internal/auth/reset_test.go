package auth_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gaung/internal/auth"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

func (w *world) passwords(people ...org.Actor) {
	w.t.Helper()
	var numbers []id.User
	for _, actor := range people {
		numbers = append(numbers, actor.User)
	}
	if err := w.auth.SetPasswords(w.t.Context(), numbers, password); err != nil {
		w.t.Fatal(err)
	}
}

// Every role at every place tries to reset every role at every place. Who may is written out here apart
// from the rule: an operator takes people without a role, an administrator whoever holds roles only
// below them, nobody anybody outside, nobody themselves.
func TestTakeoverByReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sibling := w.Agency(w.Region, org.Body)
	nodes := map[string]id.Agency{"region": w.Region.ID, "dinas": w.Dinas.ID, "unit": w.Unit.ID, "sibling": sibling.ID}
	below := map[string][]string{"region": {"region", "dinas", "unit", "sibling"}, "dinas": {"dinas", "unit"}, "unit": {"unit"}, "sibling": {"sibling"}}
	contains := func(list []string, one string) bool {
		for _, other := range list {
			if other == one {
				return true
			}
		}
		return false
	}
	every := []org.Role{org.Author, org.Approver, org.Publisher, org.Operator, org.Leader, org.DPO, org.Auditor, org.Admin}
	type target struct {
		works, role, on string
		person          org.Actor
	}
	var targets []target
	for _, works := range []string{"unit", "sibling"} {
		targets = append(targets, target{works, "", "", w.Person(nodes[works])})
		for _, role := range every {
			for _, on := range []string{"region", "dinas", "unit", "sibling"} {
				targets = append(targets, target{works, string(role), on, w.Person(nodes[works], org.Grant{Role: role, Agency: nodes[on]})})
			}
		}
	}
	for _, role := range append([]org.Role{""}, every...) {
		for _, on := range []string{"region", "dinas", "unit", "sibling"} {
			var grants []org.Grant
			if role != "" {
				grants = []org.Grant{{Role: role, Agency: nodes[on]}}
			}
			actor := w.Person(w.Unit.ID, grants...)
			for _, to := range targets {
				want := errs.Internal // which stands for none
				switch sees := (role == org.Operator || role == org.Admin) && contains(below[on], to.works); {
				case !sees:
					want = errs.NotFound
				case to.role != "" && (role != org.Admin || !contains(below[on], to.on)):
					want = errs.Forbidden
				}
				err := w.auth.ResetTOTP(t.Context(), actor, to.person.User)
				if got := errs.CodeOf(err); (err != nil || want != errs.Internal) && got != want {
					t.Errorf("%s of %s resets %q of %s who works in %s: %v, want %s", role, on, to.role, to.on, to.works, err, want)
				}
			}
			if role == org.Operator || role == org.Admin {
				if err := w.auth.ResetTOTP(t.Context(), actor, actor.User); err == nil {
					t.Errorf("%s of %s resets themselves", role, on)
				}
			}
		}
	}
	// The password goes the same way: one of each answer.
	operator := w.Staff(org.Operator)
	for name, c := range map[string]struct {
		person org.Actor
		want   errs.Code
	}{"a colleague": {w.Staff(), ""}, "a leader": {w.Staff(org.Leader), errs.Forbidden}, "elsewhere": {w.Person(sibling.ID), errs.NotFound}} {
		_, err := w.auth.ResetPassword(t.Context(), operator, c.person.User)
		if (err == nil) != (c.want == "") || err != nil && errs.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestResetPasswordIsShownOnceAndMustChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	before := w.signIn(email)
	issued, err := w.auth.ResetPassword(t.Context(), w.Staff(org.Operator), actor.User)
	if err != nil {
		t.Fatal(err)
	}
	if len(issued.Password) != 19 || strings.ContainsAny(issued.Password, "0o1lI") {
		t.Errorf("%q", issued.Password)
	}
	if _, err := w.auth.Verify(t.Context(), before.Access); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("an old session goes on: %v", err)
	}
	enter := func() (auth.Tokens, error) {
		return w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: issued.Password, Address: w.address})
	}
	tokens, err := enter()
	if err != nil {
		t.Fatal(err)
	}
	caller, err := w.auth.Verify(t.Context(), tokens.Access)
	if err != nil || caller.Pending != auth.ChangePassword {
		t.Fatalf("%+v, %v", caller, err)
	}
	w.wait(auth.FirstLife - time.Second)
	if _, err := enter(); err != nil {
		t.Errorf("just before it ends: %v", err)
	}
	w.wait(time.Second)
	if _, err := enter(); errs.CodeOf(err) != errs.Unauthenticated || !strings.Contains(err.Error(), "masa berlaku") {
		t.Errorf("after seven days: %v", err)
	}
	if err := w.auth.ChangePassword(t.Context(), caller.Actor, caller.Session, issued.Password, "hujan reda di dermaga"); err != nil {
		t.Fatal(err)
	}
	if caller, err = w.auth.Verify(t.Context(), tokens.Access); err == nil && caller.Pending != "" {
		t.Errorf("still pending: %+v", caller)
	}
}

func TestFirstPasswordsWalkThoseWhoNeverHadOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var plain []org.Actor
	for range 5 {
		plain = append(plain, w.Person(w.Unit.ID))
	}
	has, _ := w.member()
	leader, elsewhere := w.Staff(org.Leader), w.Person(w.Agency(w.Region, org.Body).ID)
	operator := w.Staff(org.Operator)
	walk := func() map[id.User]auth.FirstPassword {
		all, ask := map[id.User]auth.FirstPassword{}, page.Ask{Limit: 2}
		for {
			got, err := w.auth.FirstPasswords(t.Context(), operator, w.Dinas.ID, ask)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range got.Items {
				all[line.ID] = line
			}
			if ask.After = got.Next; ask.After == "" {
				return all
			}
		}
	}
	given := walk()
	for _, person := range plain {
		if line := given[person.User]; line.Password == "" || line.Name == "" || line.Unit == "" {
			t.Errorf("left out: %+v", line)
		}
		var told bool // the person reads it under who looked
		if err := w.DB.Pool().QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM audit_log WHERE subject = $1 AND action = 'auth.first_password' AND actor_id = $2)`,
			fmt.Sprintf("user/%d", person.User), operator.User).Scan(&told); err != nil || !told {
			t.Errorf("%d is not told who made it: %v", person.User, err)
		}
	}
	for name, person := range map[string]org.Actor{"who has one": has, "a leader": leader, "elsewhere": elsewhere, "the operator": operator} {
		if _, ok := given[person.User]; ok {
			t.Errorf("%s got one", name)
		}
	}
	if again := walk(); len(given) != 5 || len(again) != 0 {
		t.Errorf("%d, then %d", len(given), len(again))
	}
	w.wait(auth.FirstLife)
	if late := walk(); len(late) != 5 {
		t.Errorf("those that ran out unused: %d", len(late))
	}
	if _, err := w.auth.FirstPasswords(t.Context(), operator, w.Region.ID, page.Ask{}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("above the operator: %v", err)
	}
}

func TestSessionsAreSeenAndEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	stranger, _ := w.member()
	const agent = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
	enter := func() auth.Caller {
		tokens, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, Address: w.address, Agent: agent})
		if err != nil {
			t.Fatal(err)
		}
		caller, err := w.auth.Verify(t.Context(), tokens.Access)
		if err != nil {
			t.Fatal(err)
		}
		return caller
	}
	here, there, third := enter(), enter(), enter()
	seen, err := w.auth.Sessions(t.Context(), here.Actor, here.Session)
	if err != nil || len(seen) != 3 || !seen[0].Current || seen[0].ID != here.Session || seen[1].Browser != "Chrome" || seen[1].System != "Android" {
		t.Fatalf("%+v, %v", seen, err)
	}
	if err := w.auth.EndSession(t.Context(), stranger, there.Session); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("somebody else ended it: %v", err)
	}
	if err := w.auth.EndSession(t.Context(), here.Actor, there.Session); err != nil {
		t.Fatal(err)
	}
	if n, err := w.auth.EndOthers(t.Context(), here.Actor, here.Session); err != nil || n != 1 {
		t.Errorf("%d others, %v", n, err)
	}
	if seen, err = w.auth.Sessions(t.Context(), here.Actor, here.Session); err != nil || len(seen) != 1 {
		t.Errorf("%+v, %v; third is %d", seen, err, third.Session)
	}
}

func TestIdleAndAbsoluteEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	author := w.Staff(org.Author)
	w.passwords(author)
	me, err := w.User.Me(t.Context(), author)
	if err != nil {
		t.Fatal(err)
	}
	plain, desk := w.signIn(email), w.signIn(me.Email)
	w.wait(12*time.Hour + time.Second)
	if _, err := w.auth.Refresh(t.Context(), desk.Refresh); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("an author after half a day: %v", err)
	}
	for day := 1; day <= 90; day += 20 {
		w.wait(20 * 24 * time.Hour)
		next, err := w.auth.Refresh(t.Context(), plain.Refresh)
		if (err == nil) != (day+20 <= 90) {
			t.Errorf("day %d: %v", day+20, err)
		}
		plain = next
	}
}

// Who only stands in for somebody decides as they do: a device that they leave alone is closed as early, from the
// first day of it to the last.
func TestADeputysSessionIsAsShortAsADecidersWhileItLasts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	deputy, email := w.member()
	head, today := w.Staff(org.Approver), period.LocalDay(w.DB.Now(), period.MustZone(w.Dinas.Zone))
	if _, err := w.Content.NameDeputy(t.Context(), head, head.User, content.Appointment{Deputy: deputy.User, Kind: "plh", From: today.Add(1), To: today.Add(5)}); err != nil {
		t.Fatal(err)
	}
	const halfDay = 12*time.Hour + time.Second
	used, left := w.signIn(email), w.signIn(email)
	idle := func(unused time.Duration, open bool) {
		t.Helper()
		w.wait(unused)
		next, err := w.auth.Refresh(t.Context(), used.Refresh)
		if (err == nil) != open || !open && errs.CodeOf(err) != errs.Unauthenticated {
			t.Errorf("open %v: %v", open, err)
		}
		used = next
	}
	idle(halfDay, true)     // the evening before
	idle(3*time.Hour, true) // the first day has begun
	idle(halfDay, false)
	if _, err := w.auth.Refresh(t.Context(), left.Refresh); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("a device that was left alone before: %v", err)
	}
	used = w.signIn(email)
	if _, err := w.Content.EndDeputy(t.Context(), head, head.User, w.deputyOf(head)); err != nil {
		t.Fatal(err)
	}
	idle(time.Hour, true)
	idle(halfDay, true)
}

func (w *world) deputyOf(person org.Actor) int64 {
	w.t.Helper()
	found, err := db.Get[struct{ ID int64 }](w.t.Context(), w.DB, `SELECT id FROM deputy WHERE user_id = $1`, person.User)
	if err != nil {
		w.t.Fatal(err)
	}
	return found.ID
}

func TestStolenRefreshTokenEndsTheSessionAndTwoTabsDoNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	first := w.signIn(email)
	tabOne, err := w.auth.Refresh(t.Context(), first.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	tabTwo, err := w.auth.Refresh(t.Context(), first.Refresh)
	if err != nil || tabTwo.Refresh != tabOne.Refresh {
		t.Fatalf("the second tab: %v", err)
	}
	w.wait(11 * time.Second)
	if _, err := w.auth.Refresh(t.Context(), first.Refresh); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("a copy: %v", err)
	}
	if _, err := w.auth.Refresh(t.Context(), tabOne.Refresh); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("the session goes on: %v", err)
	}
	if _, err := w.auth.Verify(t.Context(), tabOne.Access); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("the access token goes on: %v", err)
	}
	if n := w.audited(actor, "auth.refresh_reused"); n != 1 {
		t.Errorf("%d audit rows", n)
	}
}

func TestSessionsOfAClosedAccountDoNotComeBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	one, two := w.signIn(email), w.signIn(email)
	set := func(active bool) {
		if _, err := db.Exec(t.Context(), w.DB, `UPDATE app_user SET active = $2 WHERE id = $1`, actor.User, active); err != nil {
			t.Fatal(err)
		}
	}
	set(false)
	if _, err := w.auth.Verify(t.Context(), one.Access); errs.CodeOf(err) != errs.Unauthenticated {
		t.Error(err)
	}
	set(true)
	for _, access := range []string{one.Access, two.Access} {
		if _, err := w.auth.Verify(t.Context(), access); errs.CodeOf(err) != errs.Unauthenticated {
			t.Errorf("it came back: %v", err)
		}
	}
}

// A stranger behind the same address, and many all over the world, lock nobody out of a device that
// is theirs.
func TestStrangersLockNobodyOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	known := w.signIn(email).Device
	as := func(password, address, device string) error {
		_, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, Address: address, Device: device})
		return err
	}
	for range 50 {
		if as("tebakan", w.address, "") == nil {
			t.Fatal("opened")
		}
	}
	if err := as(password, w.address, known); err != nil {
		t.Errorf("the owner on a known device: %v", err)
	}
	if err := as(password, w.address, "AAAA."+known+"x"); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("a forged device: %v", err)
	}
	if err := as(password, "203.0.113.77", ""); err != nil {
		t.Errorf("the owner on a new device elsewhere: %v", err)
	}
	for n := range 30 {
		if as("tebakan", fmt.Sprintf("192.0.2.%d", n), "") == nil {
			t.Fatal("opened")
		}
	}
	if err := as(password, "203.0.113.78", ""); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("a new device during an attack: %v", err)
	}
	if err := as(password, "203.0.113.79", known); err != nil {
		t.Errorf("the known device during an attack: %v", err)
	}
	w.wait(time.Minute + time.Second)
	if err := as(password, "203.0.113.80", ""); err != nil {
		t.Errorf("a new device a minute after it: %v", err)
	}
	for range 5 {
		if err := as("salah ketik", w.address, known); errs.CodeOf(err) != errs.Unauthenticated {
			t.Fatal(err)
		}
	}
	if err := as(password, w.address, known); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("a stolen device guesses on: %v", err)
	}
}

// One device cookie serves everybody who shares an office computer, and nobody's is worth anything to
// another.
func TestSharedDevice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, one := w.member()
	_, two := w.member()
	as := func(email, password, device string) (auth.Tokens, error) {
		return w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, Address: w.address, Device: device})
	}
	first, err := as(one, password, "")
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, err := as(two, "tebakan", first.Device); err == nil {
			t.Fatal("opened")
		}
	}
	if _, err := as(two, password, first.Device); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("one's device is not the other's: %v", err)
	}
	w.wait(16 * time.Minute)
	both, err := as(two, password, first.Device)
	if err != nil {
		t.Fatal(err)
	}
	for range 6 {
		_, _ = as(one, "tebakan", "") // the answer is what the next line is about
	}
	if _, err := as(one, password, both.Device); err != nil {
		t.Errorf("the first one's device was forgotten: %v", err)
	}
}
