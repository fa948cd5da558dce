package notice_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/mail/mailtest"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/period"
)

// habit sets how a person wants to be told.
func (p *pusher) habit(who org.Actor, h notice.Habit) {
	p.t.Helper()
	who.Zone = "Asia/Makassar"
	if _, err := p.notice.SetHabit(p.t.Context(), who, h); err != nil {
		p.t.Fatal(err)
	}
}

// to are the letters that went to a person.
func (p *pusher) to(who org.Actor) (mine []mailtest.Received) {
	p.t.Helper()
	address, err := email(p.mailer, who.User)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, one := range p.peer.Letters() {
		if one.To == address {
			mine = append(mine, one)
		}
	}
	return mine
}

// A summary comes at the chosen hour of a working day, once, with what is new and meant for the person and what
// their links reached; not on a holiday, not without anything to tell; a week's moves to the next working day; and
// one tap on its link ends it.
func TestASummaryComesWhenItWasWished(t *testing.T) {
	t.Parallel()
	p := newPusher(t, time.Date(2026, 11, 19, 22, 0, 0, 0, time.UTC)) // Friday 20 November 06.00 WITA
	daily, weekly, quiet := p.Staff(), p.Staff(), p.Staff()
	p.device(daily, "ponsel")
	p.habit(daily, notice.Habit{Pace: notice.Daily, Hour: 9})
	p.habit(weekly, notice.Habit{Pace: notice.Weekly, Hour: 7})
	item := p.live("pengumuman", 0)
	p.exec(`INSERT INTO ledger (user_id, kind, content_id, amount, day, at) VALUES ($1, 'people_reached', $2, 12, '2026-11-20', $3)`, daily.User, item.ID, p.now.Add(time.Hour))
	shared := p.live("poster", 0)
	p.shares(shared, []id.User{daily.User})
	p.exec(`INSERT INTO thanks (content_id, text, by_id, at) VALUES ($1, 'Ribuan warga terbantu', $2, $3)`, shared.ID, p.publish[2].User, p.now.Add(time.Hour))
	zone := period.MustZone("Asia/Makassar")
	var at []string
	seen := 0
	walk := func(days int) {
		at = nil
		for range days * 24 {
			*p.now = p.now.Add(time.Hour)
			p.work()
			for _, one := range p.peer.Letters()[seen:] {
				seen++
				at = append(at, fmt.Sprintf("%s %s", p.now.In(zone).Format("2 15:04"), subject(t, one)))
			}
		}
	}
	p.exec(`INSERT INTO holiday (agency_id, day, name, kind) VALUES ($1, '2026-11-23', 'Hari jadi', 'local')`, p.Region.ID) // a Monday
	walk(3)
	if len(at) != 1 || at[0] != "20 09:00 Ringkasan harian Gaung" || len(p.service.messages()) != 0 {
		t.Fatalf("%q, %d messages", at, len(p.service.messages()))
	}
	letter := p.to(daily)[0]
	if !strings.Contains(letter.Body, "menjangkau 12 orang") || !strings.Contains(letter.Body, "Ribuan warga terbantu") || !strings.Contains(letter.Body, fmt.Sprintf("%s/konten/%d", site, item.ID)) || !strings.Contains(letter.Body, item.Title) {
		t.Errorf("%s", letter.Body)
	}
	walk(1) // Monday: a holiday
	if len(at) != 0 {
		t.Errorf("on a holiday: %q", at)
	}
	p.live("pengumuman", 0)
	walk(2)
	if len(at) != 2 || at[0] != "24 07:00 Ringkasan mingguan Gaung" || at[1] != "24 09:00 Ringkasan harian Gaung" || len(p.to(quiet)) != 0 {
		t.Errorf("%q", at)
	}
	token := strings.TrimSuffix(strings.TrimPrefix(letter.Letter.Header.Get("List-Unsubscribe"), "<"+site+"/berhenti/"), ">")
	if asked, err := p.notice.StopAsked(t.Context(), token); err != nil || asked.Done || asked.Kinds[0] != "digest" {
		t.Fatalf("%+v: %v", asked, err)
	}
	if done, err := p.notice.Stop(t.Context(), token); err != nil || !done.Done {
		t.Fatalf("%+v: %v", done, err)
	}
	p.live("pengumuman", 0)
	walk(2)
	if len(at) != 0 || len(p.service.messages()) != 0 {
		t.Errorf("after it was stopped: %q, %d messages", at, len(p.service.messages()))
	}
}

// A mail server that is away, or cuts off, costs nobody their summary, and nobody gets it more than twice.
func TestASummaryOutlivesAnOutage(t *testing.T) {
	t.Parallel()
	p := newPusher(t, time.Date(2026, 11, 22, 22, 0, 0, 0, time.UTC)) // Monday 06.00 WITA
	who := p.Staff()
	p.habit(who, notice.Habit{Pace: notice.Daily, Hour: 7})
	p.live("pengumuman", 0)
	p.peer.Shut()
	p.every(24, 5*time.Minute)
	if len(p.to(who)) != 0 {
		t.Fatal("a letter came through a server that is away")
	}
	p.peer.Open(t, p.peer.Address, "")
	p.every(6, 5*time.Minute)
	if n := len(p.to(who)); n != 1 {
		t.Errorf("%d summaries", n)
	}
}

// A clarification goes the urgent way: on a holiday and whatever the office's working hours, but at night only to
// who asked for it. A person gets one a day and three a week of them, a publisher has two a day; the others are
// ordinary prompts, and the publisher is told before.
func TestTheUrgentWayHasItsBudgets(t *testing.T) {
	t.Parallel()
	p := newPusher(t, time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)) // Monday 22.00 WITA
	p.exec(`INSERT INTO holiday (agency_id, day, name, kind) VALUES ($1, '2026-11-24', 'Hari jadi', 'local')`, p.Region.ID)
	owl, lark := p.Staff(), p.Staff()
	p.device(owl, "malam")
	p.device(lark, "pagi")
	p.habit(owl, notice.Habit{Pace: notice.Direct, Hour: 7, Night: true})
	first := p.live("klarifikasi", 0)
	p.let(5)
	if got := p.service.messages(); len(got) != 1 || got[0].device != "malam" || got[0].urgency != "high" || got[0].text.Title != "Klarifikasi penting" {
		t.Fatalf("at night: %+v", got)
	}
	*p.now = time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC) // the holiday, 07.00
	p.let(40)
	if got := p.service.messages(); len(got) != 2 || got[1].device != "pagi" || got[1].text.ID != int64(first.ID) {
		t.Fatalf("on the holiday: %+v", got)
	}
	urgency := func(item content.Content) notice.Urgency {
		t.Helper()
		got, err := p.notice.Urgency(t.Context(), p.publish[2], item.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := urgency(first); !got.Clarification || got.Used != 0 || got.Most != 2 || *got.People != 5 || got.Spent != nil {
		t.Errorf("%+v", got)
	}
	second := p.live("klarifikasi", 0) // the same day for the lark; the owl's was yesterday
	p.let(2)
	third := p.live("klarifikasi", 0)
	fourth := p.live("klarifikasi", 0)
	p.let(10)
	got := p.service.messages()
	if len(got) != 3 || got[2].device != "malam" || got[2].text.ID != int64(second.ID) {
		t.Errorf("%+v", got)
	}
	urgent := func(item content.Content) int {
		return p.count(`SELECT count(*) AS n FROM prompt_wave WHERE content_id = $1 AND urgent`, item.ID)
	}
	if got := urgency(fourth); urgent(second) != 1 || urgent(third) != 1 || urgent(fourth) != 0 || got.Used != 2 {
		t.Errorf("%d %d %d urgent, %+v", urgent(second), urgent(third), urgent(fourth), got)
	}
	*p.now = time.Date(2026, 11, 24, 21, 55, 0, 0, time.UTC) // Wednesday, a working day
	p.let(60)
	perPerson := map[string]int{}
	for _, one := range p.service.messages()[3:] {
		perPerson[one.device]++
	}
	// Today the urgent budget of each is one; what was beyond it comes as an ordinary prompt.
	if perPerson["malam"] == 0 || perPerson["malam"] > 3 || perPerson["pagi"] != 3 {
		t.Errorf("%v", perPerson)
	}
	for _, who := range []id.User{owl.User, lark.User} {
		if n := p.count(`SELECT coalesce(max(n), 0) AS n FROM (SELECT count(*) AS n FROM notice WHERE user_id = $1 AND urgent GROUP BY (at AT TIME ZONE 'Asia/Makassar')::date) AS d`, who); n != 1 {
			t.Errorf("%d urgent ones on a day", n)
		}
	}
}
