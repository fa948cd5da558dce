package notice_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

// office is a world of its own whose clock the test moves.
type office struct {
	*testkit.Kit
	t       testing.TB
	notice  *notice.Service
	now     *time.Time
	publish []org.Actor // author, approver, publisher of the region
}

func newOffice(t testing.TB, now time.Time) *office {
	o := &office{t: t, now: &now}
	o.Kit = testkit.On(t, testdb.Open(t, testdb.FreshURL(t), func() time.Time { return *o.now }))
	o.notice = notice.New(o.DB)
	for _, role := range []org.Role{org.Author, org.Approver, org.Publisher} {
		o.publish = append(o.publish, o.Person(o.Unit.ID, org.Grant{Role: role, Agency: o.Region.ID}))
	}
	return o
}

// live takes a content of the region live now, as its jobs would hear of it.
func (o *office) live(kind string, minutes int) content.Content {
	o.t.Helper()
	ctx, text := o.t.Context(), testkit.Text("Kabar baru")
	text.Kind = kind
	made, err := o.Content.Create(ctx, o.publish[0], content.Outline{Agency: o.Region.ID}, text)
	for _, step := range []func() (content.Content, error){
		func() (content.Content, error) { return o.Content.Submit(ctx, o.publish[0], made.ID) },
		func() (content.Content, error) {
			return o.Content.Approve(ctx, o.publish[1], made.ID, content.Seen{Version: 1, Step: 1}, "")
		},
		func() (content.Content, error) { return o.Content.SetSpread(ctx, o.publish[2], made.ID, minutes) },
		func() (content.Content, error) { return o.Content.Publish(ctx, o.publish[2], made.ID) },
	} {
		if err == nil {
			made, err = step()
		}
	}
	if err == nil {
		err = o.notice.HearContent(ctx, content.NewsJob{ContentID: made.ID, What: "live"})
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return made
}

// run works the job once a minute, or less often, until a time.
func (o *office) run(until time.Time, every time.Duration) {
	o.t.Helper()
	for ; o.now.Before(until); *o.now = o.now.Add(every) {
		if err := o.notice.Prompt(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
	}
}

// prompted is who was prompted for a content, and when.
type prompted struct {
	UserID id.User
	Zone   string
	At     time.Time
}

func (o *office) prompted(item content.Content) []prompted {
	o.t.Helper()
	found, err := db.All[prompted](o.t.Context(), o.DB, `SELECT n.user_id, a.zone, n.at FROM notice AS n JOIN placement AS p ON p.user_id = n.user_id
		JOIN agency AS a ON a.id = p.agency_id WHERE n.kind = 'prompt' AND n.content_id = $1 ORDER BY n.at`, item.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return found
}

// crowd adds people in one agency of each zone.
func (o *office) crowd(people int) (all []id.User) {
	o.t.Helper()
	zones := []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
	var drafts []user.Draft
	nodes := make([]id.Agency, len(zones))
	for i, zone := range zones {
		made, err := o.Org.Create(o.t.Context(), org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: o.Region.ID}}},
			org.Draft{ParentID: o.Region.ID, Kind: org.Body, Code: fmt.Sprintf("%s-Z%d", o.Region.Code, i), Name: "Dinas " + zone, Zone: zone})
		if err != nil {
			o.t.Fatal(err)
		}
		nodes[i] = made.ID
	}
	for i := range people {
		drafts = append(drafts, user.Draft{Name: fmt.Sprint("Orang ke-", i), Email: fmt.Sprintf("orang%d@uji.example", i),
			Unit: nodes[i%len(nodes)], From: period.DayOf(2026, 1, 1)})
	}
	all, err := o.User.CreateAll(o.t.Context(), drafts)
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

// A thousand people in three zones (R18): each is told once, at their own moment, spread over the window,
// and nobody at night, although the job is stopped in the middle and worked by two at once.
func TestAThousandPeopleAreToldInWavesAndNobodyAtNight(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) // 17.00 WIB, 18.00 WITA, 19.00 WIT
	o := newOffice(t, began)
	people := o.crowd(1000)
	const spread = 240
	item := o.live("pengumuman", spread)
	o.run(began.Add(time.Hour), 2*time.Minute)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := o.notice.Prompt(stopped); err == nil {
		t.Error("a stopped job says that it is done")
	}
	*o.now = o.now.Add(20 * time.Minute) // nobody works for a while
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := notice.New(o.DB).Prompt(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if got := len(o.prompted(item)); got < 150 || got > 600 {
		t.Fatalf("after an hour and a half of four %d are told", got)
	}
	o.run(began.Add(18*time.Hour), 2*time.Minute)
	told := o.prompted(item)
	seen, slices := map[id.User]bool{}, map[string]int{}
	for _, p := range told {
		zone := period.MustZone(p.Zone)
		if hour := p.At.In(zone).Hour(); hour < 6 || hour >= 21 {
			t.Errorf("somebody in %s is told at %s", p.Zone, p.At.In(zone))
		}
		moment := notice.MomentOf(item.ID, p.UserID, began, spread*time.Minute, zone)
		if late := period.WakingTime(moment, p.At, zone); p.At.Before(moment) || late > 25*time.Minute {
			t.Errorf("somebody in %s whose turn is %s is told at %s", p.Zone, moment, p.At)
		}
		if p.At.After(began.Add(2 * time.Hour)) { // the standstill is behind
			slices[p.Zone+p.At.Truncate(10*time.Minute).String()]++
		}
		seen[p.UserID] = true
	}
	if len(seen) != len(told) || len(told) != len(people)+len(o.publish) {
		t.Fatalf("%d notices for %d people, of %d", len(told), len(seen), len(people)+len(o.publish))
	}
	mean := 1000.0 / 3 / (spread / 10)
	for slice, n := range slices {
		if float64(n) > 2*mean {
			t.Errorf("%d in the ten minutes of %s; on average %.1f", n, slice, mean)
		}
	}
	got, err := o.notice.Progress(t.Context(), o.publish[2], item.ID)
	if err != nil || !got.Done || *got.Told != len(told) || *got.Waiting != 0 || *got.Held != 0 {
		t.Errorf("%+v: %v", got, err)
	}
}

// At most three on one local day, clarifications first; the fourth comes the next morning, not at six sharp,
// and never for what is over by then.
func TestTheFourthPromptWaitsUntilTomorrow(t *testing.T) {
	t.Parallel()
	morning := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) // 09.00 WITA
	o := newOffice(t, morning)
	o.crowd(60)
	var items []content.Content
	for range 5 {
		items = append(items, o.live("pengumuman", 0))
	}
	urgent := o.live("klarifikasi", 0)
	o.run(morning.Add(10*time.Minute), time.Minute)
	if got := len(o.prompted(urgent)); got != 63 {
		t.Errorf("%d of 63 are told of the clarification", got)
	}
	first, second := items[3], items[4] // the newest wait
	progress, err := o.notice.Progress(t.Context(), o.publish[2], first.ID)
	if err != nil || len(o.prompted(items[1])) != 63 || len(o.prompted(first))+len(o.prompted(second)) != 0 || *progress.Held != 63 || progress.Done {
		t.Fatalf("today: %d, %d, %d; %+v: %v", len(o.prompted(items[1])), len(o.prompted(first)), len(o.prompted(second)), progress, err)
	}
	if _, err := o.Content.Recall(t.Context(), o.publish[2], second.ID, "Angka keliru.", 0); err != nil {
		t.Fatal(err)
	}
	o.run(morning.Add(25*time.Hour), 5*time.Minute)
	told, minutes := o.prompted(first), map[time.Time]int{}
	for _, p := range told {
		here := p.At.In(period.MustZone(p.Zone))
		if here.Day() != 24 || here.Hour() < 6 || here.Hour() > 8 {
			t.Errorf("in %s told at %s", p.Zone, here)
		}
		minutes[p.At]++
	}
	if len(told) != 63 || len(minutes) < 12 || len(o.prompted(second)) != 0 {
		t.Errorf("the next day %d of 63 in %d rounds; of what was recalled %d", len(told), len(minutes), len(o.prompted(second)))
	}
	left, err := db.Get[struct{ N int }](t.Context(), o.DB, `SELECT count(*) AS n FROM prompt_held`)
	if err != nil || left.N != 0 {
		t.Errorf("%d are still held: %v", left.N, err)
	}
	perDay, err := db.All[struct{ N int }](t.Context(), o.DB, `SELECT count(*) AS n FROM notice AS o JOIN placement AS p USING (user_id) JOIN agency AS a ON a.id = p.agency_id
		WHERE o.kind = 'prompt' GROUP BY o.user_id, (o.at AT TIME ZONE a.zone)::date HAVING count(*) > 3`)
	if err != nil || len(perDay) != 0 {
		t.Errorf("%d people had more than three on a day: %v", len(perDay), err)
	}
}

// Nobody is prompted who switched it off, who shared it already or put it aside; and what was recalled leaves
// the list.
func TestNobodyIsPromptedWhoDoesNotNeedIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
	off, shared, skipped, told := o.Staff(), o.Staff(), o.Staff(), o.Staff()
	if _, err := o.notice.SetWish(t.Context(), off, false); err != nil {
		t.Fatal(err)
	}
	item := o.live("pengumuman", 0)
	for _, query := range []string{
		fmt.Sprintf(`INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at) VALUES (%d, %d, 1, 'share', 'D', 1, 1, '2026-11-23', now(), now())`, shared.User, item.ID),
		fmt.Sprintf(`INSERT INTO feed_mark (user_id, mark, content_id, at) VALUES (%d, 'skip', %d, now())`, skipped.User, item.ID),
	} {
		if _, err := o.DB.Pool().Exec(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	o.run(o.now.Add(3*time.Minute), time.Minute)
	for _, actor := range []org.Actor{off, shared, skipped} {
		if list, err := o.notice.List(t.Context(), actor, notice.Feed, page.Ask{}); err != nil || len(list.Items) != 0 {
			t.Errorf("%+v: %v", list, err)
		}
	}
	list, err := o.notice.List(t.Context(), told, notice.Feed, page.Ask{})
	if err != nil || list.Unread != 1 || list.Items[0].Kind != "prompt" || list.Items[0].Title != item.Title {
		t.Fatalf("%+v: %v", list, err)
	}
	if _, err := o.Content.Recall(t.Context(), o.publish[2], item.ID, "Angka keliru.", 0); err != nil {
		t.Fatal(err)
	}
	if list, err := o.notice.List(t.Context(), told, notice.Feed, page.Ask{}); err != nil || list.Unread != 0 || len(list.Items) != 0 {
		t.Errorf("after the recall: %+v: %v", list, err)
	}
}
