package delivery_test

import (
	"fmt"
	"testing"
	"time"

	"gaung/internal/delivery"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
)

// code is why something was refused; empty: it was not.
func code(err error) errs.Code {
	if err == nil {
		return ""
	}
	return errs.CodeOf(err)
}

// Who reads a node's reports may have them sent, and nobody else; what somebody has is theirs alone.
func TestWhoMaySubscribe(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	weekly := delivery.ReportWish{Pace: delivery.Weekly}
	leader, author := d.Staff(org.Leader), d.Staff(org.Author, org.Auditor)
	for name, c := range map[string]struct {
		who  org.Actor
		node org.Agency
		want errs.Code
	}{
		"the own agency":           {leader, d.Dinas, ""},
		"a unit below":             {leader, d.Unit, ""},
		"the region above":         {leader, d.Region, errs.NotFound},
		"a neighbour":              {leader, d.Agency(d.Region, org.Body), errs.NotFound},
		"without a reader's role":  {author, d.Dinas, errs.NotFound},
		"a node that is not there": {leader, org.Agency{ID: 1 << 30}, errs.NotFound},
	} {
		if _, err := d.out.Subscribe(t.Context(), c.who, c.node.ID, weekly); code(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.out.Subscribe(t.Context(), leader, d.Dinas.ID, weekly); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("twice: %v", err)
	}
	theirs := d.list(leader)[0].ID
	other := d.Staff(org.Leader)
	_, change := d.out.Change(t.Context(), other, theirs, weekly)
	_, remove := d.out.Unsubscribe(t.Context(), other, theirs)
	_, sample := d.out.Sample(t.Context(), other, theirs)
	for name, err := range map[string]error{"change": change, "delete": remove, "sample": sample} {
		if errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s another's: %v", name, err)
		}
	}
	if n := len(d.list(other)); n != 0 {
		t.Errorf("%d of somebody else", n)
	}
}

// Nobody subscribes to what cannot come: without a mail server, or an address; and ten are enough.
func TestWhatCannotComeIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	leader := d.Staff(org.Leader)
	if _, err := d.process(nil).Subscribe(t.Context(), leader, d.Dinas.ID, delivery.ReportWish{Pace: delivery.Weekly}); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("without a mail server: %v", err)
	}
	for i := range 11 {
		_, err := d.out.Subscribe(t.Context(), leader, d.Agency(d.Dinas, org.Unit).ID, delivery.ReportWish{Pace: delivery.Monthly})
		if want := map[bool]errs.Code{true: errs.Conflict}[i == 10]; code(err) != want {
			t.Errorf("the %d. of them: %v", i+1, err)
		}
	}
	silent := d.Staff(org.Leader)
	d.exec(`UPDATE app_user SET email = '' WHERE id = $1`, silent.User)
	if _, err := d.out.Subscribe(t.Context(), silent, d.Dinas.ID, delivery.ReportWish{Pace: delivery.Weekly}); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("without an address: %v", err)
	}
}

// The screen says which report comes next and when; another pace begins with its own next period, and nothing that was
// sent comes again for being subscribed anew.
func TestWhatComesNextIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	zone := period.MustZone("Asia/Makassar")
	leader := d.Staff(org.Leader)
	next := func() string {
		t.Helper()
		one := d.list(leader)[0].Next
		if one == nil {
			return "nothing"
		}
		return fmt.Sprintf("%s/%s at %s", one.From, one.To, one.At.In(zone).Format("2006-01-02 15:04"))
	}
	one := d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	if got := next(); got != "2026-11-16/2026-11-22 at 2026-11-23 07:00" {
		t.Error(got)
	}
	d.exec(`INSERT INTO holiday (agency_id, day, name, kind) VALUES ($1, '2026-11-23', 'Hari jadi', 'local')`, d.Dinas.ID)
	if got := next(); got != "2026-11-16/2026-11-22 at 2026-11-24 07:00" {
		t.Error(got)
	}
	d.set(monday().Add(24 * time.Hour))
	d.send()
	if n := len(d.peer.Letters()); n != 1 {
		t.Fatalf("%d letters", n)
	}
	if got := next(); got != "2026-11-23/2026-11-29 at 2026-11-30 07:00" {
		t.Error(got)
	}
	if _, err := d.out.Unsubscribe(t.Context(), leader, one.ID); err != nil {
		t.Fatal(err)
	}
	one = d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	d.walk(10, time.Hour)
	if n := len(d.peer.Letters()); n != 1 {
		t.Errorf("sent again: %d letters", n)
	}
	if _, err := d.out.Change(t.Context(), leader, one.ID, delivery.ReportWish{Pace: delivery.Monthly, XLSX: true}); err != nil {
		t.Fatal(err)
	}
	if got := next(); got != "2026-11-01/2026-11-30 at 2026-12-01 07:00" {
		t.Error(got)
	}
	d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	if _, err := d.out.Change(t.Context(), leader, one.ID, delivery.ReportWish{Pace: delivery.Weekly}); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the pace of another: %v", err)
	}
}
