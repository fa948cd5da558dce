package notice_test

import (
	"strings"
	"testing"
	"time"

	"gaung/internal/id"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/privacy"
)

// asks puts a request about one's own data on the books.
func (p *pusher) asks(who org.Actor, kind privacy.Ask) (number int64) {
	p.t.Helper()
	if err := p.DB.Pool().QueryRow(p.t.Context(), `INSERT INTO data_request (user_id, agency_id, kind, text, at, due_at) VALUES ($1, $2, $3, 'RAHASIA', $4, $4) RETURNING id`,
		who.User, p.Region.ID, string(kind), *p.now).Scan(&number); err != nil {
		p.t.Fatal(err)
	}
	return number
}

func (p *pusher) hears(who org.Actor, number int64, state privacy.State) {
	p.t.Helper()
	for range 2 { // a job runs at least once
		if err := p.notice.HearRequest(p.t.Context(), privacy.NewsJob{To: who.User, Request: number, State: state, At: *p.now}); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *pusher) inApp(who org.Actor, part notice.Part) notice.Notices {
	p.t.Helper()
	list, err := p.notice.List(p.t.Context(), who, part, page.Ask{})
	if err != nil {
		p.t.Fatal(err)
	}
	return list
}

// Whoever asked something about their data hears how far it is in the app, by e-mail and on their device, once
// each, and nothing of what was asked or answered leaves the app.
func TestAPersonHearsWhatBecameOfTheirDataRequest(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning())
	who, quiet := p.Staff(), p.Staff() // neither has a part at a desk
	p.device(who, "ponsel")
	p.device(quiet, "lain")
	for _, channel := range []string{"push", "mail"} {
		if _, err := p.notice.SetWay(t.Context(), quiet, notice.Switch{Kind: "data_request", Channel: channel}); err != nil {
			t.Fatal(err)
		}
	}
	number := p.asks(who, privacy.Inform)
	p.hears(quiet, p.asks(quiet, privacy.Erase), privacy.Refused)
	p.hears(who, number, privacy.Working)
	p.let(10)
	p.hears(who, number, privacy.Refused)
	p.let(10)
	list := p.inApp(who, notice.Feed)
	if len(list.Items) != 2 || list.Unread != 2 {
		t.Fatalf("in the app: %+v", list)
	}
	if one := list.Items[0]; one.Kind != "data_request" || one.Title != "information" || one.StepName != "refused" || !one.Final || one.By != "" || one.ContentID != 0 {
		t.Errorf("%+v", one)
	}
	if desk := p.inApp(who, notice.Desk); len(desk.Items) != 0 || len(p.inApp(quiet, notice.Feed).Items) != 1 {
		t.Errorf("at the desk: %+v", desk)
	}
	sent := p.service.messages()
	if len(sent) != 2 || sent[0].text.Path != "/saya/data" || sent[0].text.Title != "Permintaan data Anda sedang diproses" ||
		sent[1].text.Title != "Permintaan data Anda ditolak" || sent[1].text.Body != "Keterangan" || p.left() != 0 {
		t.Errorf("on the device: %+v, %d wait", sent, p.left())
	}
	letters := p.peer.Letters()
	if len(letters) != 2 || p.waiting() != 0 {
		t.Fatalf("%d letters, %d wait", len(letters), p.waiting())
	}
	if last := letters[1]; subject(t, last) != "Permintaan data Anda ditolak: Keterangan" || !strings.Contains(last.Body, site+"/saya/data") || strings.Contains(last.Body, "RAHASIA") {
		t.Errorf("%s\n%s", subject(t, last), last.Body)
	}
	if err := p.notice.ReadAll(t.Context(), who, notice.Feed, list.Items[0].ID); err != nil || p.inApp(who, notice.Feed).Unread != 0 {
		t.Errorf("%v: still unread", err)
	}
}

// The app asks for push messages after a second day of use: sharing and finishing a lesson both count.
func TestALessonIsAUsefulVisit(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning())
	who := p.Staff()
	useful := func() bool {
		ways, err := p.notice.Ways(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		return ways.Useful
	}
	item := p.live("pengumuman", 0)
	p.shares(item, []id.User{who.User})
	p.exec(`INSERT INTO learn_ready (user_id, at) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET at = excluded.at`, who.User, *p.now)
	if useful() {
		t.Error("a lesson and a share on the same day are one visit")
	}
	p.exec(`UPDATE learn_ready SET at = $2 WHERE user_id = $1`, who.User, p.now.Add(24*time.Hour))
	if !useful() {
		t.Error("a lesson on another day was not counted")
	}
}
