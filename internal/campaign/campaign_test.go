package campaign_test

import (
	"math"
	"testing"
	"time"

	"gaung/internal/campaign"
	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

func day(date int) period.Day { return period.DayOf(2026, time.November, date) }

func plan(name string, people int64, contents ...id.Content) campaign.Plan {
	return campaign.Plan{Name: name, From: day(16), To: day(29), PeopleTarget: &people, Contents: contents}
}

type world struct {
	*testkit.Kit
	t        testing.TB
	campaign *campaign.Service
	writer   org.Actor
}

func newWorld(t testing.TB) *world {
	k := testkit.New(t)
	return &world{k, t, campaign.New(k.DB).Tell(k.Queue), k.Staff(org.Publisher)}
}

// reached writes what a day of counting would have left of a content.
func (w *world) reached(item id.Content, on period.Day, people int) {
	w.t.Helper()
	if err := w.DB.Tx(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, `INSERT INTO rollup_content_day (content_id, day, valid, people, repeats, machines) VALUES ($1, $2::date, $3, $3, 0, 0)`,
			item, on.String(), people)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
}

// Only the campaign's own contents and days count towards its goal, and its pace is the clock's: at ten o'clock
// of the seventh of fourteen days, less than half of the time has passed.
func TestPaceIsOfTheOwnContentsAndDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	inside, second, other := w.Live("Layanan satu").ID, w.Live("Layanan dua").ID, w.Live("Bukan bagian").ID
	for _, r := range []struct {
		item   id.Content
		day    int
		people int
	}{{inside, 15, 1000}, {inside, 16, 30}, {second, 20, 12}, {inside, 22, 5}, {other, 18, 500}} {
		w.reached(r.item, day(r.day), r.people)
	}
	shares := share.New(w.DB, click.New(w.DB, w.Ring, "https://gaung.example"), "https://gaung.example")
	for _, person := range []org.Actor{w.Staff(), w.Staff()} {
		if _, err := shares.Share(t.Context(), person, inside, share.Request{Channel: "whatsapp"}); err != nil {
			t.Fatal(err)
		}
	}
	wanted := plan("Cegah DBD", 100, inside, second)
	ten := int64(2)
	wanted.SharesTarget = &ten
	made, err := w.campaign.Create(t.Context(), w.writer, 0, wanted)
	if err != nil {
		t.Fatal(err)
	}
	told, err := db.Get[struct{ N int }](t.Context(), w.DB, `SELECT count(*) AS n FROM river.river_job WHERE kind = 'campaign_changed' AND (args->>'campaign')::int = $1`, int64(made.ID))
	if err != nil || told.N != 1 {
		t.Errorf("others were told %d times: %v", told.N, err)
	}
	got, err := w.campaign.Get(t.Context(), w.Staff(org.Leader), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	people, share := got.Progress[0], got.Progress[1]
	// Sunday 22 November, 10.00 WITA: 6 days and 10 hours of 14 days.
	if want := 100 * (6 + 10.0/24) / 14; people.Actual != 47 || math.Abs(people.Expected-want) > 0.01 || people.Pace != campaign.OnPace {
		t.Errorf("%+v, expected %.2f", people, want)
	}
	if want := 53 / (7 + 14.0/24); math.Abs(people.Needed-want) > 0.01 {
		t.Errorf("needs %.3f a day, want %.3f", people.Needed, want)
	}
	if share.Actual != 2 || share.Pace != campaign.Reached || share.Needed != 0 {
		t.Errorf("%+v", share)
	}
	if len(got.Days) != 7 || got.Days[0].PeopleReached != 30 || got.Days[6].PeopleReached != 5 || got.Days[6].Shares != 2 || got.State != "running" {
		t.Errorf("%s %+v", got.State, got.Days)
	}
}

// The word for a pace, from before the first day to after the last.
func TestPaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Layanan").ID
	w.reached(item, day(20), 40)
	for _, want := range []struct {
		at     time.Time
		target int64
		pace   campaign.Pace
		state  string
	}{
		{time.Date(2026, 11, 15, 15, 59, 0, 0, time.UTC), 100, campaign.Planned, "planned"}, // 23.59 WITA
		{time.Date(2026, 11, 15, 16, 0, 0, 0, time.UTC), 1000, campaign.Ahead, "running"},   // midnight: nothing is asked yet
		{testdb.Now, 60, campaign.Ahead, "running"},
		{testdb.Now, 85, campaign.OnPace, "running"},
		{testdb.Now, 110, campaign.Behind, "running"},
		{testdb.Now, 40, campaign.Reached, "running"},
		{time.Date(2026, 11, 29, 16, 0, 0, 0, time.UTC), 41, campaign.Missed, "ended"},
		{time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC), 40, campaign.Reached, "ended"},
	} {
		service := campaign.New(w.DB.At(func() time.Time { return want.at }))
		if _, err := w.campaign.Create(t.Context(), w.writer, 0, plan("X", want.target)); err != nil {
			t.Fatal(err)
		}
		all, err := service.List(t.Context(), w.writer, page.Ask{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		newest := all.Items[0]
		taken, err := service.Edit(t.Context(), w.writer, newest.ID, newest.Version, plan("X", want.target, item))
		if err != nil {
			t.Fatal(err)
		}
		if p := taken.Progress[0]; p.Pace != want.pace || taken.State != want.state {
			t.Errorf("%d of %d at %s: %s, %s; want %s, %s", p.Actual, p.Target, want.at, p.Pace, taken.State, want.pace, want.state)
		}
		if _, err := service.Edit(t.Context(), w.writer, newest.ID, taken.Version, plan("X", want.target)); err != nil { // the content is free again
			t.Fatal(err)
		}
	}
}

// A result does not change after the end: the goal of a campaign that is over stays where it was.
func TestTheGoalStaysAfterTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	over := plan("Lama", 100)
	over.From, over.To = day(1), day(21)
	made, err := w.campaign.Create(t.Context(), w.writer, 0, over)
	if err != nil {
		t.Fatal(err)
	}
	lower := over
	low := int64(10)
	lower.PeopleTarget = &low
	if _, err := w.campaign.Edit(t.Context(), w.writer, made.ID, made.Version, lower); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the goal was lowered: %v", err)
	}
	over.Name = "Lama, nama yang benar"
	if now, err := w.campaign.Edit(t.Context(), w.writer, made.ID, made.Version, over); err != nil || now.Version != 2 {
		t.Errorf("%+v %v", now, err)
	}
	if _, err := w.campaign.Edit(t.Context(), w.writer, made.ID, made.Version, over); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a stale edit: %v", err)
	}
}

// A content counts towards one goal only, and nobody takes another agency's.
func TestContentsBelongToOneCampaign(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	elsewhere := testkit.New(t)
	item, foreign := w.Live("Milik kami").ID, elsewhere.Live("Milik mereka").ID
	made, err := w.campaign.Create(t.Context(), w.writer, 0, plan("Pertama", 10, item, item))
	if err != nil || len(made.Contents) != 1 {
		t.Fatalf("%+v %v", made.Contents, err)
	}
	for name, contents := range map[string][]id.Content{"of another campaign": {item}, "of another agency": {foreign}, "unknown": {1 << 23}} {
		if _, err := w.campaign.Create(t.Context(), w.writer, 0, plan("Kedua", 10, contents...)); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, try := range map[string]struct {
		who  org.Actor
		want errs.Code
	}{"an author": {w.Staff(org.Author), errs.Forbidden}, "a stranger": {elsewhere.Staff(org.Publisher), errs.NotFound}} {
		if _, err := w.campaign.Edit(t.Context(), try.who, made.ID, made.Version, plan("Diambil", 1)); errs.CodeOf(err) != try.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.campaign.Create(t.Context(), w.writer, elsewhere.Dinas.ID, plan("Asing", 1)); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("for another agency: %v", err)
	}
}
