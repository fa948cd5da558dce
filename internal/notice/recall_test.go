package notice_test

import (
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/notice"
	"gaung/internal/page"
)

// shares enters shares of a content by the people, each on two networks.
func (o *office) shares(item content.Content, people []id.User) {
	o.t.Helper()
	numbers := make([]int32, len(people))
	for i, person := range people {
		numbers[i] = int32(person)
	}
	if _, err := o.DB.Pool().Exec(o.t.Context(), `INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at)
		SELECT u, $2, n, 'share', 'D', 1, 1, '2026-11-23', now(), now() FROM unnest($1::int4[]) AS u, unnest('{1,3}'::int2[]) AS n`, numbers, item.ID); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) count(query string, args ...any) int {
	o.t.Helper()
	got, err := db.Get[struct{ N int }](o.t.Context(), o.DB, query, args...)
	if err != nil {
		o.t.Fatal(err)
	}
	return got.N
}

// Everybody who shared is told once (R24), although the job runs again; nobody else is. Who answers is not
// asked again; who does not is, once, a day later and not at night.
func TestARecallIsToldToExactlyThoseWhoShared(t *testing.T) {
	t.Parallel()
	o := newOffice(t, time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)) // 21.00 WITA
	people := o.crowd(120)
	item, fix := o.live("pengumuman", 0), o.live("klarifikasi", 0)
	o.shares(item, people[:90])
	recalled := content.NewsJob{ContentID: item.ID, What: "recalled"}
	if err := o.notice.HearContent(t.Context(), recalled); err != nil || o.count(`SELECT count(*) AS n FROM recall_told`) != 0 {
		t.Fatalf("told before the recall: %v", err)
	}
	if _, err := o.Content.Recall(t.Context(), o.publish[2], item.ID, "Angka keliru.", fix.ID); err != nil {
		t.Fatal(err)
	}
	eager, err := o.User.Actor(t.Context(), people[0])
	if err != nil {
		t.Fatal(err)
	}
	mine, err := o.notice.Withdrawn(t.Context(), eager) // the screen says it before the job
	if err != nil || len(mine) != 1 || mine[0].Reason != "Angka keliru." || len(mine[0].Networks) != 2 || mine[0].Networks[0].Network != "whatsapp" ||
		mine[0].Correction == nil || mine[0].Correction.ID != fix.ID || !mine[0].Correction.Mine {
		t.Fatalf("%+v: %v", mine, err)
	}
	if err := o.notice.Deleted(t.Context(), eager, item.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := o.notice.HearContent(t.Context(), recalled); err != nil {
			t.Fatal(err)
		}
	}
	same := o.count(`SELECT count(*) AS n FROM (SELECT DISTINCT user_id FROM act WHERE content_id = $1 AND kind = 'share') AS a
		FULL JOIN (SELECT user_id FROM notice WHERE kind = 'recalled' AND content_id = $1) AS n USING (user_id) WHERE a.user_id IS NOT NULL AND n.user_id IS NOT NULL`, item.ID)
	all := o.count(`SELECT count(*) AS n FROM notice WHERE kind = 'recalled'`)
	if same != 90 || all != 90 {
		t.Errorf("%d of 90 sharers are told, by %d notices", same, all)
	}
	progress, err := o.notice.Progress(t.Context(), o.publish[2], item.ID)
	if err != nil || *progress.Recall.Told != 90 || *progress.Recall.Sharers != 90 || progress.Recall.Deleted != nil || progress.Recall.DoneAt == nil {
		t.Errorf("%+v: %v", progress.Recall, err) // one answer is not told
	}
	for _, person := range people[1:10] {
		actor, err := o.User.Actor(t.Context(), person)
		if err == nil {
			err = o.notice.Deleted(t.Context(), actor, item.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if list, err := o.notice.Withdrawn(t.Context(), eager); err != nil || len(list) != 0 {
		t.Errorf("asked again after the answer: %+v: %v", list, err)
	}
	stranger, err := o.User.Actor(t.Context(), people[100])
	if err != nil {
		t.Fatal(err)
	}
	if err := o.notice.Deleted(t.Context(), stranger, item.ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("somebody who has not shared: %v", err)
	}
	if got, err := o.notice.Withdrawal(t.Context(), stranger, item.ID); err != nil || len(got.Networks) != 0 || got.Title != item.Title {
		t.Errorf("%+v: %v", got, err)
	}
	*o.now = o.now.Add(25 * time.Hour) // 22.00 WITA, 23.00 WIT; 21.00 WIB is night as well
	for range 2 {
		if err := o.notice.Remind(t.Context()); err != nil || o.count(`SELECT count(*) AS n FROM notice WHERE kind = 'recalled_again'`) != 0 {
			t.Fatalf("reminded at night: %v", err)
		}
	}
	*o.now = o.now.Add(12 * time.Hour)
	for range 2 {
		if err := o.notice.Remind(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := o.count(`SELECT count(*) AS n FROM notice WHERE kind = 'recalled_again'`); n != 80 {
		t.Errorf("%d are reminded: %d have not answered", n, 80)
	}
	list, err := o.notice.List(t.Context(), eager, notice.Feed, page.Ask{})
	if err != nil || list.Unread != 0 && list.Items[0].Kind != "prompt" {
		t.Errorf("%+v: %v", list, err)
	}
	if progress, err = o.notice.Progress(t.Context(), o.publish[2], item.ID); err != nil || *progress.Recall.Deleted != 10 {
		t.Errorf("%+v: %v", progress.Recall, err)
	}
}
