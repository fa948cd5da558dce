package report_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Somebody moves to another agency in the middle of a campaign: the days before stay as they were in every
// figure of both agencies, what comes after counts where they work now, and a link that they gave away
// before the move goes on counting, for the new unit.
func TestAMoveLeavesTheDaysBeforeAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.click.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	mover := w.people[slices.IndexFunc(w.people, func(a org.Actor) bool { return a.Unit == w.Unit.ID })]
	body := w.Agency(w.Region, org.Body)
	there := w.Agency(body, org.Unit)
	for range 6 {
		w.Person(there.ID) // so that neither unit is too small to be shown
	}
	item := w.live[0]
	w.shareOn(mover, item, "whatsapp")
	w.open(mover, item, click.WhatsApp, 1, phone)
	at := w.now.Load().Add(48 * time.Hour)
	day := period.LocalDay(at, period.MustZone("Asia/Makassar"))
	before := period.LocalDay(*w.now.Load(), period.MustZone("Asia/Makassar")).String()
	story := func(from, to string) (text string) {
		for _, node := range []org.Agency{w.Dinas, w.Unit, body, there} {
			r := w.read(node.ID, from, to)
			r.GeneratedAt = time.Time{}
			written, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			text += string(written)
		}
		return text
	}
	if err := w.User.Snapshot(t.Context()); err != nil {
		t.Fatal(err)
	}
	reached := func(node org.Agency, day string) float64 {
		for _, m := range w.read(node.ID, day, day).Metrics {
			if m.Key == "people_reached" && m.Value != nil {
				return *m.Value
			}
		}
		return -1
	}
	told := story(before, before)
	if reached(w.Unit, before) != 1 {
		t.Fatal("nothing happened before the move")
	}

	admin := w.Person(w.Unit.ID, org.Grant{Role: org.Admin, Agency: w.Region.ID})
	if _, err := w.Desk.Move(t.Context(), admin, mover.User, there.ID, day); err != nil {
		t.Fatal(err)
	}
	w.set(at)
	if err := w.User.Snapshot(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.open(mover, item, click.WhatsApp, 2, phone)
	if again := story(before, before); again != told {
		t.Errorf("the day before the move was rewritten:\n%s\n%s", told, again)
	}
	if old, present := reached(w.Unit, day.String()), reached(there, day.String()); old != 0 || present != 1 {
		t.Errorf("after the move: old unit %v, new unit %v", old, present)
	}
}
