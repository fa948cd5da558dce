package notice_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/push"
)

// pusher is an office whose notices go to devices through a push service.
type pusher struct {
	*mailer
	service *service
}

func newPusher(t testing.TB, now time.Time) *pusher {
	p := &pusher{mailer: newMailer(t, now), service: newService(t)}
	p.notice.PushBy(p.service.post(p.Ring), p.Ring, slog.New(slog.DiscardHandler))
	return p
}

// device lets notices of a person come to a new browser, in a session of its own.
func (p *pusher) device(who org.Actor, name string) id.Session {
	p.t.Helper()
	var session id.Session
	if err := p.DB.Pool().QueryRow(p.t.Context(), `INSERT INTO session (user_id, seed, turned_at, expires_at, created_at)
		VALUES ($1, decode(repeat('00', 32), 'hex'), $2, $3, $2) RETURNING id`, who.User, *p.now, p.now.AddDate(0, 1, 0)).Scan(&session); err != nil {
		p.t.Fatal(err)
	}
	if err := p.notice.Subscribe(p.t.Context(), who, session, p.service.browser(name, p.Ring)); err != nil {
		p.t.Fatal(err)
	}
	return session
}

// work runs every job of a minute.
func (p *pusher) work() {
	p.t.Helper()
	for _, job := range []func() error{
		func() error { return p.notice.Prompt(p.t.Context()) }, func() error { return p.notice.Push(p.t.Context()) },
		func() error { return p.notice.Mail(p.t.Context()) }, func() error { return p.notice.Digest(p.t.Context()) },
	} {
		if err := job(); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *pusher) let(minutes int) {
	p.t.Helper()
	p.every(minutes, time.Minute)
}

func (p *pusher) every(times int, step time.Duration) {
	p.t.Helper()
	for range times {
		*p.now = p.now.Add(step)
		p.work()
	}
}

func (p *pusher) left() int { return p.count(`SELECT count(*) AS n FROM push_due`) }

func (p *pusher) exec(query string, args ...any) {
	p.t.Helper()
	if _, err := p.DB.Pool().Exec(p.t.Context(), query, args...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *pusher) setRule(node id.Agency, draft notice.RuleDraft) {
	p.t.Helper()
	admin := org.Actor{User: p.publish[0].User, Grants: []org.Grant{{Role: org.Admin, Agency: p.Region.ID}}}
	if _, err := p.notice.SetRule(p.t.Context(), admin, node, draft); err != nil {
		p.t.Fatal(err)
	}
}

// A prompt reaches each device once, sealed for that browser alone, in the name of this house, one topic for a
// content, and a recall replaces it; whoever shared, read or left gets none.
func TestAPromptAndARecallReachADevice(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning())
	who, other, left := p.Staff(), p.Staff(), p.Staff()
	p.device(who, "ponsel")
	p.device(who, "tablet")
	p.device(other, "lain")
	ended := p.device(left, "keluar")
	p.exec(`UPDATE session SET revoked_at = now() WHERE id = $1`, ended)
	item := p.live("pengumuman", 0)
	if _, err := p.notice.SetWay(t.Context(), other, notice.Switch{Kind: "prompt", Channel: "push"}); err != nil {
		t.Fatal(err)
	}
	// Two replicas work at once.
	if err := p.notice.Prompt(t.Context()); err != nil {
		t.Fatal(err)
	}
	second, err := notice.New(p.DB).MailBy(nil, p.Ring, site, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	second.PushBy(p.service.post(p.Ring), p.Ring, slog.New(slog.DiscardHandler))
	var both sync.WaitGroup
	for _, one := range []*notice.Service{p.notice, second} {
		both.Go(func() {
			if err := one.Push(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	p.let(15)
	got := p.service.messages()
	if len(got) != 2 || got[0].device == got[1].device || p.left() != 0 {
		t.Fatalf("%+v, %d wait", got, p.left())
	}
	if one := got[0]; one.text.Kind != "prompt" || one.text.ID != int64(item.ID) || one.text.Body != item.Title || one.text.Path != fmt.Sprintf("/konten/%d", item.ID) ||
		one.urgency != "normal" || one.size != 1024 || one.ttl < 10*time.Hour || one.ttl > 11*time.Hour || one.text.Silent {
		t.Errorf("%+v", one)
	}
	p.shares(item, []id.User{who.User})
	*p.now = p.now.Add(14 * time.Hour) // at night: it is shown without a sound
	if _, err := p.Content.Recall(t.Context(), p.publish[2], item.ID, "Angka keliru.", 0); err != nil {
		t.Fatal(err)
	}
	if err := p.notice.HearContent(t.Context(), content.NewsJob{ContentID: item.ID, What: "recalled"}); err != nil {
		t.Fatal(err)
	}
	p.let(1)
	got = p.service.messages()
	if len(got) != 4 || got[3].text.Kind != "recalled" || got[3].topic != got[0].topic || got[3].urgency != "high" || !got[3].text.Silent {
		t.Errorf("%+v", got)
	}
}

// Bad manners of push services cost nobody a message, nobody gets one more than twice, and a browser that is
// gone is forgotten.
func TestBadMannersOfPushServices(t *testing.T) {
	t.Parallel()
	status := func(code int, header ...string) func(string, int, http.ResponseWriter) {
		return func(_ string, asked int, w http.ResponseWriter) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			if asked > 2 && code >= 429 {
				code = http.StatusCreated
			}
			w.WriteHeader(code)
		}
	}
	for _, c := range []struct {
		name                 string
		manners              func(string, int, http.ResponseWriter)
		asked, left, devices int // after two hours
	}{
		{"created", nil, 1, 0, 1},
		{"gone", status(http.StatusGone), 1, 0, 0},
		{"not found", status(http.StatusNotFound), 1, 0, 0},
		{"slow down", status(http.StatusTooManyRequests, "Retry-After", "1800"), 3, 0, 1},
		{"broken for a while", status(http.StatusInternalServerError), 3, 0, 1},
		{"too large", status(http.StatusRequestEntityTooLarge), 3, 0, 1},
		{"forbidden", status(http.StatusForbidden), 3, 0, 1},
		{"to a private address", status(http.StatusTemporaryRedirect, "Location", "https://169.254.169.254/"), 3, 0, 1},
		{"cut off after the message, always", func(string, int, http.ResponseWriter) { panic(http.ErrAbortHandler) }, 2, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newPusher(t, morning())
			p.service.manners = c.manners
			p.device(p.publish[1], "ponsel")
			p.tell("turn", p.draft("Kabar"), p.publish[1])
			p.every(40, 3*time.Minute)
			if asked, devices := p.service.asked["ponsel"], p.count(`SELECT count(*) AS n FROM push_device`); asked != c.asked || p.left() != c.left || devices != c.devices {
				t.Errorf("asked %d, %d wait, %d devices; not %d, %d, %d", asked, p.left(), devices, c.asked, c.left, c.devices)
			}
		})
	}
}

// A push service that is away for an hour loses nothing; and only hosts that the operator allows are asked.
func TestAPushServiceThatIsAwayLosesNothing(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning())
	p.device(p.publish[1], "ponsel")
	for _, endpoint := range []string{"https://10.0.0.1/x", "https://evil.example/x", "http://" + p.service.host() + "/x", "https://127.0.0.1@evil.example/x",
		"https://127.0.0.1:1/x", "https://web.push.example:8443/x", "https://web.push.example:/x", "https://web.push.example./x", "https://.push.example/x",
		"https://a..push.example/x", "https://a.push.example..:443/x", "https://push.example/x", "https://evil-push.example/x", "https://a_b.push.example/x"} {
		bad := p.service.browser("buruk", p.Ring)
		bad.Endpoint = endpoint
		if err := p.notice.Subscribe(t.Context(), p.publish[1], 1, bad); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
	for _, endpoint := range []string{"https://web.push.example/x", "https://WEB.push.example:443/x", "https://a.b-c.push.example/x"} {
		good := p.service.browser("baik", p.Ring)
		device := push.Device{Endpoint: endpoint, P256dh: good.P256dh, Auth: good.Auth}
		if !p.service.post(p.Ring).Proper(device) {
			t.Errorf("%s is refused", endpoint)
		}
	}
	p.notice.PushBy(&unreachable{p.service.post(p.Ring), p.now, p.now.Add(time.Hour)}, p.Ring, slog.New(slog.DiscardHandler))
	for i := range 6 {
		p.tell("turn", p.draft(fmt.Sprint("Kabar ", i)), p.publish[1])
		p.every(3, 3*time.Minute)
	}
	if p.left() != 6 || len(p.service.messages()) != 0 {
		t.Fatalf("%d wait, %d arrived", p.left(), len(p.service.messages()))
	}
	p.every(5, 3*time.Minute)
	if got := p.service.messages(); len(got) != 6 || p.left() != 0 {
		t.Errorf("%d arrived, %d wait", len(got), p.left())
	}
}

// Nothing but a recall comes in quiet hours, walked hour by hour over two days in three zones: a holiday of the
// region, Ramadan evenings of one office, and an office that wants prompts outside working hours only. No fourth
// prompt a day in any channel.
func TestNothingComesInQuietHoursInAnyZone(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC) // Sunday 23.00 WIB
	p := newPusher(t, began)
	holiday := period.DayOf(2026, 11, 24) // a Tuesday
	zones := map[string]*time.Location{}
	for i, zone := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} {
		made, err := p.Org.Create(t.Context(), org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: p.Region.ID}}},
			org.Draft{ParentID: p.Region.ID, Kind: org.Body, Code: fmt.Sprintf("%s-P%d", p.Region.Code, i), Name: "Dinas " + zone, Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		for n := range 4 {
			name := fmt.Sprintf("%d-%d", i, n)
			p.device(p.Person(made.ID), name)
			zones[name] = period.MustZone(zone)
		}
		switch i {
		case 0:
			p.setRule(made.ID, notice.RuleDraft{Hours: "always", Holidays: true, UrgentMost: 2,
				Season: &notice.QuietSeason{From: holiday.Add(-1), To: holiday.Add(1), QuietFrom: "17:30", QuietTo: "20:00"}})
		case 2:
			p.setRule(made.ID, notice.RuleDraft{Hours: "outside", Holidays: true, UrgentMost: 2})
		}
	}
	p.exec(`INSERT INTO holiday (agency_id, day, name, kind) VALUES ($1, $2, 'Hari jadi', 'local')`, p.Region.ID, holiday)
	seen, perDay, hours := 0, map[string]map[string]bool{}, map[string]int{}
	for half := range 2 * 72 {
		if half%12 == 0 {
			p.live("pengumuman", 60)
		}
		p.work()
		for _, one := range p.service.messages()[seen:] {
			seen++
			zone, here := zones[one.device], p.now.In(zones[one.device])
			day, clock := period.LocalDay(*p.now, zone), here.Format("15:04")
			wrong := clock < "06:00" || clock >= "21:00" || day == holiday
			switch one.device[0] {
			case '0':
				wrong = wrong || day >= holiday.Add(-1) && clock >= "17:30" && clock < "20:00"
			case '2':
				wrong = wrong || period.Weekdays(day) && clock >= "08:00" && clock < "16:00"
			}
			if wrong {
				t.Errorf("%s hears at %s", one.device, here)
			}
			key := one.device + day.String()
			if perDay[key] == nil {
				perDay[key] = map[string]bool{}
			}
			perDay[key][one.topic] = true
			hours[one.device[:1]]++
		}
		*p.now = p.now.Add(30 * time.Minute)
	}
	for key, topics := range perDay {
		if len(topics) > 3 {
			t.Errorf("%s had %d prompts", key, len(topics))
		}
	}
	if hours["0"] < 20 || hours["1"] < 20 || hours["2"] < 12 {
		t.Errorf("%v arrived", hours)
	}
}

// unreachable cannot be reached until a moment.
type unreachable struct {
	notice.Pusher
	now   *time.Time
	until time.Time
}

func (u *unreachable) Send(ctx context.Context, d push.Device, m push.Message) error {
	if u.now.Before(u.until) {
		return push.ErrAway
	}
	return u.Pusher.Send(ctx, d, m)
}

// A device that was signed out is told nothing more and counts nowhere: not for its person, not for the operator.
func TestADeviceThatWasSignedOutCountsNowhere(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning())
	who := p.publish[1]
	stays, gone, late := p.device(who, "ponsel"), p.device(who, "laptop"), p.device(who, "tablet")
	counted := func(want int) {
		t.Helper()
		ways, err := p.notice.Ways(t.Context(), who)
		if err != nil || ways.Devices != want {
			t.Errorf("%d devices, not %d: %v", ways.Devices, want, err)
		}
		if all, err := p.notice.Pushed(t.Context()); err != nil || all.Devices != int64(want) {
			t.Errorf("%d devices of all, not %d: %v", all.Devices, want, err)
		}
	}
	counted(3)
	p.exec(`UPDATE session SET revoked_at = $2 WHERE id = $1`, gone, *p.now)
	p.exec(`UPDATE session SET expires_at = $2 WHERE id = $1`, late, *p.now)
	counted(1)
	p.tell("turn", p.draft("Kabar"), who)
	if n := p.left(); n != 1 {
		t.Errorf("%d messages wait for one device", n)
	}
	if err := p.notice.Sample(t.Context(), who, p.service.browser("laptop", p.Ring).Endpoint, "id"); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a sample to the laptop: %v", err)
	}
	p.exec(`UPDATE session SET revoked_at = $2 WHERE id = $1`, stays, *p.now)
	counted(0)
}
