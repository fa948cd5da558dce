package content_test

import (
	"slices"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

// An author is nobody's hand on their own item, and their own right is in nobody's hand.
func TestAnAuthorDecidesThroughNoDeputy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	today := period.LocalDay(testdb.Now, period.MustZone(o.Dinas.Zone))
	item := o.at(t, "in_review_1", o.author)
	stands := o.stand(t, o.author, o.first, today, 0)
	if _, err := o.Content.Approve(t.Context(), stands, item, seen(1, 1), ""); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("the author as deputy: %v", err)
	}
	both := o.Staff(org.Author, org.Approver)
	own := o.at(t, "in_review_1", both)
	hand := o.stand(t, o.Staff(), both, today, 0)
	if _, err := o.Content.Approve(t.Context(), hand, own, seen(1, 1), ""); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("the deputy of the author: %v", err)
	}
}

// A deputy's first day begins and the last one ends at midnight where the represented person works.
func TestADeputyActsFromTheFirstDayToTheLast(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} {
		k := testkit.New(t)
		admin := k.Person(k.Unit.ID, org.Grant{Role: org.Admin, Agency: k.Region.ID})
		body, err := k.Org.Create(t.Context(), admin, org.Draft{ParentID: k.Region.ID, Kind: org.Body, Code: k.Dinas.Code + "-Z", Name: "Dinas " + zone, Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		author := k.Person(body.ID, org.Grant{Role: org.Author, Agency: body.ID})
		head := k.Person(body.ID, org.Grant{Role: org.Approver, Agency: body.ID})
		deputy := k.Person(body.ID)
		first := period.DayOf(2026, time.November, 24)
		last := first.Add(2)
		made, err := k.Content.NameDeputy(t.Context(), head, head.User, content.Appointment{Deputy: deputy.User, Kind: "plt", From: first, To: last})
		if err != nil || made.State != "coming" {
			t.Fatal(made, err)
		}
		item, err := k.Content.Create(t.Context(), author, content.Outline{Agency: body.ID}, testkit.Text("Layanan keliling hadir"))
		if err == nil {
			_, err = k.Content.Submit(t.Context(), author, item.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		in := period.MustZone(zone)
		opens, closes := first.Start(in), last.Add(1).Start(in)
		for moment, may := range map[time.Time]bool{opens.Add(-time.Microsecond): false, opens: true, closes.Add(-time.Microsecond): true, closes: false} {
			at := k.DB.At(func() time.Time { return moment })
			actor, err := user.New(at, k.Ring, k.Org).Actor(t.Context(), deputy.User)
			if err != nil {
				t.Fatal(err)
			}
			got, err := content.New(at, k.Queue).Get(t.Context(), actor, item.ID)
			if may != slices.Contains(got.Actions, content.Approve) || may != (err == nil) {
				t.Errorf("%s at %s: %v %v", zone, moment.In(in), got.Actions, err)
			}
			// Who was the deputy when they opened the page is not any more when they press.
			if _, err := content.New(at, k.Queue).Approve(t.Context(), with(actor, org.Approver, body.ID), item.ID, seen(1, 9), ""); errs.CodeOf(err) != errs.Conflict {
				t.Errorf("%s at %s: %v", zone, moment.In(in), err)
			}
			if _, err := content.New(at, k.Queue).Approve(t.Context(), with(actor, org.Approver, body.ID), item.ID, seen(1, 1), ""); !may && errs.CodeOf(err) != errs.Forbidden {
				t.Errorf("%s at %s: approved", zone, moment.In(in))
			} else if may {
				history(t, k, author, item.ID, head, err)
				item = again(t, k, author, body.ID)
			}
		}
	}
}

func with(actor org.Actor, role org.Role, node id.Agency) org.Actor {
	actor.Grants = append(slices.Clone(actor.Grants), org.Grant{Role: role, Agency: node})
	return actor
}

func history(t *testing.T, k *testkit.Kit, author org.Actor, item id.Content, head org.Actor, err error) {
	t.Helper()
	got, readErr := k.Content.Get(t.Context(), author, item)
	me, nameErr := k.User.Me(t.Context(), head)
	if err != nil || readErr != nil || nameErr != nil || got.Decisions[0].Behalf != me.Name || got.Decisions[0].Post != "plt" {
		t.Errorf("%+v: %v %v %v", got.Decisions, err, readErr, nameErr)
	}
}

func again(t *testing.T, k *testkit.Kit, author org.Actor, node id.Agency) content.Content {
	t.Helper()
	made, err := k.Content.Create(t.Context(), author, content.Outline{Agency: node}, testkit.Text("Layanan keliling hadir lagi"))
	if err == nil {
		_, err = k.Content.Submit(t.Context(), author, made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestDeputiesAreRefused(t *testing.T) {
	t.Parallel()
	o, other := newOffice(t), newOffice(t)
	today := period.LocalDay(testdb.Now, period.MustZone(o.Dinas.Zone))
	peer := o.Staff()
	good := content.Appointment{Deputy: peer.User, Kind: "plh", From: today.Add(3), To: today.Add(5)}
	if _, err := o.Content.NameDeputy(t.Context(), o.first, o.first.User, good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		by, of org.Actor
		change func(*content.Appointment)
		code   errs.Code
	}{
		"overlapping by a day":      {o.first, o.first, func(a *content.Appointment) { a.From, a.To = today.Add(5), today.Add(6) }, errs.Invalid},
		"by an administrator, too":  {o.Staff(org.Admin), o.first, func(a *content.Appointment) { a.To = a.From }, errs.Invalid},
		"backwards":                 {o.first, o.first, func(a *content.Appointment) { a.To = a.From.Add(-1) }, errs.Invalid},
		"from yesterday":            {o.first, o.first, func(a *content.Appointment) { a.From, a.To = today.Add(-1), today }, errs.Invalid},
		"oneself":                   {o.first, o.first, func(a *content.Appointment) { a.Deputy, a.From, a.To = o.first.User, today, today }, errs.Invalid},
		"of another agency":         {o.first, o.first, func(a *content.Appointment) { a.Deputy, a.From, a.To = other.author.User, today, today }, errs.Invalid},
		"for a colleague":           {o.second, o.first, func(*content.Appointment) {}, errs.NotFound},
		"for somebody without role": {o.author, o.author, func(*content.Appointment) {}, errs.NotFound},
		"by another's admin":        {other.Staff(org.Admin), o.first, func(*content.Appointment) {}, errs.NotFound},
	} {
		a := good
		c.change(&a)
		if _, err := o.Content.NameDeputy(t.Context(), c.by, c.of.User, a); errs.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	list, err := o.Content.Deputies(t.Context(), o.first, content.Filter{}.Ask)
	if err != nil || len(list.Items) != 1 || !list.Items[0].Mine {
		t.Fatalf("%+v: %v", list, err)
	}
	if _, err := o.Content.EndDeputy(t.Context(), o.first, o.first.User, list.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Content.NameDeputy(t.Context(), o.Staff(org.Admin), o.first.User, good); err != nil {
		t.Errorf("after the first was ended: %v", err)
	}
	if list, err := other.Content.Deputies(t.Context(), other.Staff(org.Admin), content.Filter{}.Ask); err != nil || len(list.Items) != 0 {
		t.Errorf("another agency sees %+v: %v", list, err)
	}
}
