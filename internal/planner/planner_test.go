package planner_test

import (
	"strings"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/planner"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

type desk struct {
	*testkit.Kit
	author, approver, publisher org.Actor
	plan                        *planner.Service
}

func newDesk(t *testing.T) desk {
	k := testkit.New(t)
	return desk{k, k.Staff(org.Author), k.Staff(org.Approver), k.Staff(org.Publisher), planner.New(k.DB, k.Queue, k.Content, k.User.Actor)}
}

// later is the service as its job finds it, that long after now.
func (d desk) later(after time.Duration) *planner.Service {
	at := d.DB.At(func() time.Time { return testdb.Now.Add(after) })
	return planner.New(at, d.Queue, content.New(at, d.Queue), d.User.Actor)
}

func (d desk) approved(t *testing.T, title string, targets ...id.Agency) content.Content {
	t.Helper()
	made, err := d.Content.Create(t.Context(), d.author, content.Outline{Agency: d.Dinas.ID, Targets: targets}, testkit.Text(title))
	if err == nil {
		_, err = d.Content.Submit(t.Context(), d.author, made.ID)
	}
	if err == nil {
		made, err = d.Content.Approve(t.Context(), d.approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (d desk) scheduled(t *testing.T, title string, at time.Time, targets ...id.Agency) content.Content {
	t.Helper()
	made, err := d.Content.Schedule(t.Context(), d.publisher, d.approved(t, title, targets...).ID, at)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (d desk) state(t *testing.T, item id.Content) content.State {
	t.Helper()
	found, err := d.Content.Get(t.Context(), d.author, item)
	if err != nil {
		t.Fatal(err)
	}
	return found.State
}

func TestManyAreSubmittedOnceAndEachRefusalSaysWhy(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	var items []id.Content
	for _, text := range []content.Text{testkit.Text("Lengkap satu"), testkit.Text("Lengkap dua"), {Title: "Belum lengkap"}} {
		made, err := d.Content.Create(ctx, d.author, content.Outline{}, text)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, made.ID)
	}
	order := planner.Order{Key: "kunci-0001", Action: content.Submit, Contents: items}
	for range 2 { // sent again, it is still one order
		if got, err := d.plan.Ask(ctx, d.author, order); err != nil || got.State != "waiting" || len(got.Items) != 3 {
			t.Fatal(got, err)
		}
	}
	job := planner.BulkJob{UserID: d.author.User, Key: order.Key}
	if err := d.plan.Carry(ctx, job); err != nil || d.state(t, items[0]) != content.Draft {
		t.Fatal("it began before its time", err)
	}
	for range 2 { // the queue may run a job twice
		if err := d.later(11*time.Second).Carry(ctx, job); err != nil {
			t.Fatal(err)
		}
	}
	got, err := d.plan.Bulk(ctx, d.author, order.Key)
	if err != nil || got.State != "done" {
		t.Fatal(got, err)
	}
	for _, one := range got.Items {
		if whole := one.ContentID != items[2]; whole != (one.Outcome == "done") || whole != (one.Reason == "") {
			t.Errorf("%s: %s %q", one.Title, one.Outcome, one.Reason)
		}
	}
	if !strings.Contains(got.Items[0].Reason, "Ringkasan") || !strings.Contains(got.Items[0].Reason, "Klasifikasi") {
		t.Errorf("not all that is missing is said: %q", got.Items[0].Reason)
	}
	if _, err := d.plan.Stop(ctx, d.author, order.Key); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("what is done was stopped: %v", err)
	}
	if _, err := d.plan.Bulk(ctx, d.approver, order.Key); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("another reads it: %v", err)
	}
}

func TestAStoppedOrderChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	item := d.approved(t, "Siap tayang")
	order := planner.Order{Key: "kunci-0002", Action: content.Publish, Contents: []id.Content{item.ID}}
	if _, err := d.plan.Ask(ctx, d.publisher, order); err != nil {
		t.Fatal(err)
	}
	if got, err := d.plan.Stop(ctx, d.publisher, order.Key); err != nil || got.State != "stopped" {
		t.Fatal(got, err)
	}
	if err := d.later(11*time.Second).Carry(ctx, planner.BulkJob{UserID: d.publisher.User, Key: order.Key}); err != nil {
		t.Fatal(err)
	}
	if got := d.state(t, item.ID); got != content.Approved {
		t.Errorf("it is %s", got)
	}
}

// A role that is taken away in the ten seconds counts.
func TestAnOrderIsCarriedOutWithTheRolesOfThen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	item := d.approved(t, "Siap tayang")
	order := planner.Order{Key: "kunci-0003", Action: content.Publish, Contents: []id.Content{item.ID}}
	if _, err := d.plan.Ask(ctx, d.publisher, order); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(ctx, d.DB, `DELETE FROM user_role WHERE user_id = $1`, d.publisher.User); err != nil {
		t.Fatal(err)
	}
	if err := d.later(11*time.Second).Carry(ctx, planner.BulkJob{UserID: d.publisher.User, Key: order.Key}); err != nil {
		t.Fatal(err)
	}
	if got := d.state(t, item.ID); got != content.Approved {
		t.Errorf("it is %s", got)
	}
}

func TestManyAreScheduledApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	first, second := d.approved(t, "Pertama"), d.approved(t, "Kedua")
	at := testdb.Now.Add(24 * time.Hour)
	order := planner.Order{Key: "kunci-0004", Action: content.Schedule, Contents: []id.Content{first.ID, second.ID}, At: &at, Minutes: 90}
	if _, err := d.plan.Ask(ctx, d.publisher, order); err != nil {
		t.Fatal(err)
	}
	if err := d.later(11*time.Second).Carry(ctx, planner.BulkJob{UserID: d.publisher.User, Key: order.Key}); err != nil {
		t.Fatal(err)
	}
	for item, want := range map[id.Content]time.Time{first.ID: at, second.ID: at.Add(90 * time.Minute)} {
		if got, err := d.Content.Get(ctx, d.author, item); err != nil || got.PublishAt == nil || !got.PublishAt.Equal(want) {
			t.Errorf("%v, want %s: %v", got.PublishAt, want, err)
		}
	}
}

func TestWarningsGoByTheAudience(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	at := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC) // Wednesday, 08.00 WITA
	other := d.Agency(d.Dinas, org.Unit)
	one := d.scheduled(t, "Untuk bidang", at, d.Unit.ID)
	two := d.scheduled(t, "Untuk dinas", at.Add(30*time.Minute), d.Dinas.ID)
	apart := d.scheduled(t, "Untuk bidang lain", at.Add(40*time.Minute), other.ID)
	d.scheduled(t, "Sejam kemudian", at.Add(time.Hour), d.Unit.ID)
	late := d.scheduled(t, "Malam hari", at.Add(10*time.Hour), d.Unit.ID)
	near := func(item content.Content, at time.Time) planner.Warning {
		got, err := d.plan.Weigh(ctx, d.publisher, item.ID, at)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := near(one, at); len(got.Near) != 1 || got.Near[0].ID != two.ID || got.Near[0].Title != "Untuk dinas" {
		t.Errorf("near the unit's: %+v", got.Near) // neither the other unit's, nor the one an hour later
	}
	if got := near(one, at); got.Prompts != 4 || !got.Many {
		t.Errorf("somebody in the unit gets %d", got.Prompts)
	}
	if got := near(apart, at.Add(40*time.Minute)); got.Prompts != 2 || got.Many {
		t.Errorf("somebody in the other unit gets %d", got.Prompts)
	}
	if got := near(late, at.Add(34*time.Hour)); len(got.Near) != 0 || got.Prompts != 1 {
		t.Errorf("on a free day: %+v", got)
	}
	plan, err := d.plan.Plan(ctx, d.publisher, period.DayOf(2026, 11, 1), period.DayOf(2026, 11, 30), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, slot := range plan.Slots {
		if slot.ID == one.ID && (slot.Near != 1 || slot.Prompts != 4 || !slot.Movable) {
			t.Errorf("in the grid: %+v", slot)
		}
		if slot.ID == apart.ID && slot.Prompts != 0 {
			t.Errorf("the other unit is warned of: %+v", slot)
		}
	}
	if got := near(late, time.Date(2026, 12, 25, 1, 0, 0, 0, time.UTC)); got.Holiday == "" {
		t.Error("Christmas is no holiday")
	}
}

func TestAWishStandsInTheCalendarUntilItIsPlanned(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	made, err := d.Content.Create(ctx, d.author, content.Outline{}, testkit.Text("Kelak"))
	if err != nil {
		t.Fatal(err)
	}
	at := testdb.Now.Add(72 * time.Hour)
	if err := d.plan.Wish(ctx, d.Staff(org.Author), made.ID, &at); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("another author wishes: %v", err)
	}
	if err := d.plan.Wish(ctx, d.author, made.ID, &at); err != nil {
		t.Fatal(err)
	}
	if read, err := d.Content.Get(ctx, d.author, made.ID); err != nil || read.WishedAt == nil || !read.WishedAt.Equal(at) {
		t.Errorf("who plans it does not see the wish: %v %v", read.WishedAt, err)
	}
	plan, err := d.plan.Plan(ctx, d.author, period.DayOf(2026, 11, 20), period.DayOf(2026, 11, 30), false)
	if err != nil || len(plan.Slots) != 1 || !plan.Slots[0].Wish || !plan.Slots[0].Movable || !plan.Slots[0].At.Equal(at) {
		t.Errorf("%+v %v", plan.Slots, err)
	}
}

func TestApprovalClocksStandOnHolidays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	admin := d.Staff(org.Admin)
	if _, err := d.plan.AddHoliday(ctx, admin, planner.Holiday{Day: period.DayOf(2026, 11, 23), Name: "Hari jadi", Kind: "local", AgencyID: d.Dinas.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.plan.AddHoliday(ctx, admin, planner.Holiday{Day: period.DayOf(2026, 11, 24), Name: "Bukan wilayah", Kind: "local", AgencyID: d.Region.ID}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a holiday above one's own subtree: %v", err)
	}
	err := d.DB.Tx(ctx, func(tx *db.Tx) error {
		here, err := planner.Workdays(ctx, tx, []id.Agency{d.Region.ID, d.Dinas.ID})
		if err != nil {
			return err
		}
		above, err := planner.Workdays(ctx, tx, []id.Agency{d.Region.ID})
		if monday := period.DayOf(2026, 11, 23); here(monday) || !above(monday) || here(period.DayOf(2026, 12, 25)) || !here(period.DayOf(2026, 11, 25)) {
			t.Error("the wrong days are worked")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	clocked := content.New(d.DB, d.Queue).WorkOn(planner.Workdays)
	chain := content.Chain{Steps: []content.ChainStep{{Name: "Kabid"}}, RemindHours: 4, EscalateHours: 8}
	if _, err := clocked.SetChain(ctx, admin, d.Dinas.ID, 0, chain); err != nil {
		t.Fatal(err)
	}
	made, err := clocked.Create(ctx, d.author, content.Outline{}, testkit.Text("Menunggu"))
	if err == nil {
		_, err = clocked.Submit(ctx, d.author, made.ID) // Sunday
	}
	if err != nil {
		t.Fatal(err)
	}
	rung, err := db.Get[struct{ At time.Time }](ctx, d.DB, `SELECT scheduled_at AS at FROM river.river_job WHERE kind = 'content_review_clock' AND (args->>'content_id')::int = $1`, made.ID)
	if want := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC); err != nil || !rung.At.Equal(want) { // Tuesday 12.00 WITA: Monday is off
		t.Errorf("the clock rings %s, want %s: %v", rung.At.UTC(), want, err)
	}
}

func TestSavedViewsAreOnesOwn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	if _, err := d.plan.SaveView(ctx, d.author, "Siap", "state=draft"); err != nil {
		t.Fatal(err)
	}
	got, err := d.plan.SaveView(ctx, d.author, "Siap", "state=live&q=vaksin")
	if err != nil || len(got) != 1 || got[0].Filters != "state=live&q=vaksin" {
		t.Fatal(got, err)
	}
	if theirs, err := d.plan.Views(ctx, d.approver); err != nil || len(theirs) != 0 {
		t.Error(theirs, err)
	}
	if _, err := d.plan.DropView(ctx, d.approver, got[0].N); errs.CodeOf(err) != errs.NotFound {
		t.Error(err)
	}
}
