package notice_test

import (
	"testing"
	"time"

	"gaung/internal/integrity"
	"gaung/internal/notice"
)

// What became of somebody's count waits for them in the app: once, for nobody else, and without a sound at any hour, as
// the check is done at night. No letter and no push message says that their readers were doubted.
func TestACountThatWasCutIsToldInTheAppAlone(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning())
	who, colleague := p.Staff(), p.Staff()
	p.device(who, "ponsel")
	p.device(colleague, "lain")
	hears := func(what, key string) {
		t.Helper()
		for range 2 { // a job runs at least once
			if err := p.notice.HearReach(t.Context(), integrity.NewsJob{What: what, Key: key, To: who.User, At: *p.now}); err != nil {
				t.Fatal(err)
			}
		}
		p.let(10)
	}
	*p.now = p.now.Add(17 * time.Hour) // 03.00 WITA
	hears("reach_taken", "reach_taken/2026-11-23/1")
	p.every(12, time.Hour) // into the afternoon: it was not kept for the morning either
	hears("reach_restored", "reach/7/1")
	list := p.inApp(who, notice.Feed)
	if len(list.Items) != 2 || list.Unread != 2 || list.Items[0].Kind != "reach_restored" || list.Items[1].Kind != "reach_taken" || list.Items[1].ContentID != 0 || list.Items[1].By != "" {
		t.Errorf("%+v", list)
	}
	if others := p.inApp(colleague, notice.Feed); len(others.Items) != 0 || len(p.inApp(who, notice.Desk).Items) != 0 {
		t.Errorf("%+v", others)
	}
	if letters, messages := p.peer.Letters(), p.service.messages(); len(letters) != 0 || len(messages) != 0 || p.waiting()+p.left() != 0 {
		t.Errorf("%d letters, %d messages, %d and %d wait", len(letters), len(messages), p.waiting(), p.left())
	}
}
