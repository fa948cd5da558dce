package notice_test

import (
	"encoding/base64"
	"fmt"
	"log/slog"
	"mime"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/mail/mailtest"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

const site = "https://gaung.uji.example"

// mailer is an office whose notices go out by e-mail through a peer.
type mailer struct {
	*office
	peer *mailtest.Peer
	told int
}

// morning is 10.00 WITA.
func morning() time.Time { return time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC) }

func newMailer(t testing.TB, now time.Time) *mailer {
	m := &mailer{office: newOffice(t, now), peer: mailtest.New(t)}
	m.by(m.peer.Post(t, true))
	return m
}

func (m *mailer) by(by notice.Mailer) {
	m.t.Helper()
	if _, err := m.notice.MailBy(by, m.Ring, site, slog.New(slog.DiscardHandler)); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mailer) draft(title string) content.Content {
	m.t.Helper()
	made, err := m.Content.Create(m.t.Context(), m.publish[0], content.Outline{Agency: m.Region.ID}, testkit.Text(title))
	if err != nil {
		m.t.Fatal(err)
	}
	return made
}

// tell is what the domains' events do.
func (m *mailer) tell(kind string, item content.Content, people ...org.Actor) {
	m.t.Helper()
	m.told++
	news := content.NewsJob{ContentID: item.ID, What: kind, Key: fmt.Sprint("uji/", m.told), StepName: "Kepala Bidang", At: *m.now}
	for _, person := range people {
		news.To = append(news.To, person.User)
	}
	for range 2 { // a job runs at least once
		if err := m.notice.HearContent(m.t.Context(), news); err != nil {
			m.t.Fatal(err)
		}
	}
}

// pass lets time pass and works the job once a minute.
func (m *mailer) pass(minutes int) {
	m.t.Helper()
	for range minutes {
		*m.now = m.now.Add(time.Minute)
		m.send()
	}
}

func (m *mailer) send() {
	m.t.Helper()
	if err := m.notice.Mail(m.t.Context()); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mailer) waiting() int { return m.count(`SELECT count(*) AS n FROM mail_due`) }

func subject(t *testing.T, one mailtest.Received) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(one.Letter.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// What happens within five minutes is one letter, and each thing is told once, however often jobs run.
func TestEachNoticeGoesOutOnceAndWhatIsCloseTogetherInOneLetter(t *testing.T) {
	t.Parallel()
	m := newMailer(t, morning())
	first, second := m.draft("Layanan keliling hadir"), m.draft("Jadwal vaksinasi")
	m.tell("turn", first, m.publish[1])
	m.send()
	m.pass(2)
	m.tell("turn", second, m.publish[1])
	m.tell("held", first, m.publish[0])
	m.pass(20)
	got := m.peer.Letters()
	if len(got) != 2 || m.waiting() != 0 {
		t.Fatalf("%d letters, %d wait", len(got), m.waiting())
	}
	both, one := got[0], got[1]
	if subject(t, both) != "2 notifikasi untuk Anda" || !strings.Contains(both.Body, "Layanan keliling hadir") || !strings.Contains(both.Body, "Jadwal vaksinasi") {
		t.Errorf("%s", both.Body)
	}
	if subject(t, one) != "Konten Anda ditahan: Layanan keliling hadir" || !strings.Contains(one.Body, fmt.Sprintf("%s/konsol/periksa/%d", site, first.ID)) {
		t.Errorf("%s", one.Body)
	}
	if one.Letter.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(one.Letter.Header.Get("List-Unsubscribe"), "<"+site+"/berhenti/") ||
		one.Letter.Header.Get("Auto-Submitted") != "auto-generated" || strings.Contains(one.Body, "<img") {
		t.Errorf("%v", one.Letter.Header)
	}
	// What was read in the app, and what the person may not see any more, needs no letter.
	m.tell("turn", m.draft("Dibaca"), m.publish[1])
	if err := m.notice.ReadAll(t.Context(), m.publish[1], notice.Desk, 1<<40); err != nil {
		t.Fatal(err)
	}
	m.tell("turn", first, m.Person(m.Unit.ID))
	m.pass(20)
	if n := len(m.peer.Letters()); n != 2 || m.waiting() != 0 {
		t.Errorf("%d letters, %d wait", n, m.waiting())
	}
}

// From 21.00 to 06.00 where a person works nothing comes but a recall and an alarm about neutrality.
func TestNothingGoesOutAtNightInAnyZone(t *testing.T) {
	t.Parallel()
	m := newMailer(t, time.Date(2026, 11, 23, 11, 30, 0, 0, time.UTC)) // 18.30 WIB, 19.30 WITA, 20.30 WIT
	item := m.draft("Kabar")
	zones := map[string]*time.Location{}
	people := []org.Actor{}
	for i, zone := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} {
		made, err := m.Org.Create(t.Context(), org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: m.Region.ID}}},
			org.Draft{ParentID: m.Region.ID, Kind: org.Body, Code: fmt.Sprintf("%s-M%d", m.Region.Code, i), Name: "Dinas " + zone, Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		who := m.Person(made.ID, org.Grant{Role: org.Approver, Agency: m.Region.ID})
		address, err := email(m, who.User)
		if err != nil {
			t.Fatal(err)
		}
		if zones[address], err = time.LoadLocation(zone); err != nil {
			t.Fatal(err)
		}
		people = append(people, who)
	}
	seen, alarms, ordinary := 0, 0, 0
	for range 4 * 36 { // quarters of an hour
		m.tell("reminder", item, people...)
		if hour := m.now.Hour(); hour == 17 && m.now.Minute() == 30 { // after midnight in all three
			m.tell("neutrality", item, people...)
		}
		m.send()
		for _, one := range m.peer.Letters()[seen:] {
			seen++
			local := m.now.In(zones[one.To])
			if strings.HasPrefix(subject(t, one), "Mode pemilu") {
				alarms++
				continue
			}
			ordinary++
			if local.Hour() < 6 || local.Hour() >= 21 {
				t.Errorf("%q at %s", subject(t, one), local)
			}
		}
		*m.now = m.now.Add(15 * time.Minute)
	}
	if alarms != 3*2 || ordinary < 3*30 {
		t.Errorf("%d alarms, %d others", alarms, ordinary)
	}
}

func email(m *mailer, who id.User) (string, error) {
	var address string
	err := m.DB.Pool().QueryRow(m.t.Context(), `SELECT email FROM app_user WHERE id = $1`, who).Scan(&address)
	return address, err
}

// Who switches a kind off gets no letter of it any more, not even one that waits; by the switch, or by the
// link of a letter, which nobody can make up.
func TestAKindThatIsSwitchedOffStopsAtOnce(t *testing.T) {
	t.Parallel()
	m := newMailer(t, morning())
	item, approver := m.draft("Kabar"), m.publish[1]
	m.tell("turn", item, approver)
	if wish, err := m.notice.SetMailWish(t.Context(), approver, notice.MailKind{Kind: "turn"}); err != nil || !wish.Sends || wish.Kinds[0].On || !wish.Kinds[1].On {
		t.Fatalf("%+v: %v", wish, err)
	}
	m.pass(10)
	m.tell("turn", item, approver)
	if n := m.waiting(); n != 0 || len(m.peer.Letters()) != 0 {
		t.Fatalf("%d wait, %d letters", n, len(m.peer.Letters()))
	}
	m.tell("reminder", item, approver)
	m.pass(10)
	got := m.peer.Letters()
	if len(got) != 1 {
		t.Fatalf("%d letters", len(got))
	}
	token := strings.TrimSuffix(strings.TrimPrefix(got[0].Letter.Header.Get("List-Unsubscribe"), "<"+site+"/berhenti/"), ">")
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	sealed[len(sealed)-1] ^= 1
	for _, forged := range []string{base64.RawURLEncoding.EncodeToString(sealed), "1 reminder", "MSByZW1pbmRlcg", ""} {
		if _, err := m.notice.Stop(t.Context(), forged); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%q: %v", forged, err)
		}
	}
	if asked, err := m.notice.StopAsked(t.Context(), token); err != nil || asked.Done || len(asked.Kinds) != 1 || m.count(`SELECT count(*) AS n FROM mail_off`) != 1 {
		t.Errorf("%+v: %v", asked, err)
	}
	if done, err := m.notice.Stop(t.Context(), token); err != nil || !done.Done || len(done.Kinds) != 1 || done.Kinds[0] != "reminder" {
		t.Errorf("%+v: %v", done, err)
	}
	m.tell("reminder", item, approver)
	m.pass(10)
	if n := len(m.peer.Letters()); n != 1 {
		t.Errorf("%d letters", n)
	}
}

// Everybody who shared is mailed a recall, at night as well.
func TestARecallIsMailedToSharersAtNight(t *testing.T) {
	t.Parallel()
	m := newMailer(t, time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)) // 22.00 WIB and later
	people := m.crowd(12)
	item := m.live("pengumuman", 0)
	m.shares(item, people[:9])
	if _, err := m.Content.Recall(t.Context(), m.publish[2], item.ID, "Angka keliru.", 0); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := m.notice.HearContent(t.Context(), content.NewsJob{ContentID: item.ID, What: "recalled"}); err != nil {
			t.Fatal(err)
		}
	}
	m.pass(3)
	got := m.peer.Letters()
	if len(got) != 9 || m.waiting() != 0 {
		t.Fatalf("%d letters, %d wait", len(got), m.waiting())
	}
	if !strings.Contains(got[0].Body, fmt.Sprintf("%s/konten/%d", site, item.ID)) || subject(t, got[0]) != "Konten yang Anda bagikan ditarik: "+item.Title {
		t.Errorf("%s", got[0].Body)
	}
}

// Bad manners of mail servers cost nobody a letter, and nobody gets one more than twice.
func TestBadMannersOfMailServers(t *testing.T) {
	t.Parallel()
	refusal := func(code int, enhanced ...int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{enhanced[0], enhanced[1], enhanced[2]}, Message: "tidak"}
	}
	for _, c := range []struct {
		name    string
		manners func(*mailer)
		letters int // that the peer has read to the end
		waiting int
	}{
		{"greylisting", func(m *mailer) {
			m.peer.Rcpt = func(asked int, _ string) error {
				if asked < 3 {
					return refusal(451, 4, 7, 1)
				}
				return nil
			}
		}, 1, 0},
		{"no such address", func(m *mailer) {
			m.peer.Rcpt = func(int, string) error { return refusal(550, 5, 1, 1) }
		}, 0, 0},
		{"who sends is not liked", func(m *mailer) {
			m.peer.Rcpt = func(int, string) error { return refusal(550, 5, 7, 1) }
		}, 0, 1},
		{"cut off after the letter, once", func(m *mailer) {
			m.peer.Data = func(c *smtp.Conn, count int) error {
				if count == 1 {
					return c.Conn().Close()
				}
				return nil
			}
		}, 2, 0},
		{"cut off after the letter, always", func(m *mailer) {
			m.peer.Data = func(c *smtp.Conn, _ int) error { return c.Conn().Close() }
		}, 2, 0},
		{"no STARTTLS", func(m *mailer) { m.by(m.peer.Post(m.t, false)) }, 0, 1},
		{"slow answers", func(m *mailer) {
			release := make(chan struct{})
			m.by(m.peer.Post(m.t, true).Impatient(300 * time.Millisecond))
			m.peer.Data = func(_ *smtp.Conn, count int) error {
				if count == 1 {
					<-release // the answer comes after nobody waits for it any more
				}
				return nil
			}
			m.t.Cleanup(func() { close(release) })
		}, 2, 0},
		{"a long banner", func(m *mailer) {
			m.peer.Open(m.t, "127.0.0.1:0", strings.Repeat("220-surat.example selamat datang di server kami\r\n", 60))
			m.by(m.peer.Post(m.t, true))
		}, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := newMailer(t, morning())
			c.manners(m)
			item := m.draft("Kabar")
			m.tell("turn", item, m.publish[1])
			m.pass(45)
			got := m.peer.Letters()
			if len(got) != c.letters || m.waiting() != c.waiting {
				t.Errorf("%d letters and %d wait, not %d and %d", len(got), m.waiting(), c.letters, c.waiting)
			}
			for _, one := range got {
				if one.Letter.Header.Get("Message-Id") != got[0].Letter.Header.Get("Message-Id") {
					t.Error("the second is another letter to a mail program")
				}
			}
			if c.name != "no such address" {
				return
			}
			asked := m.peer.Asked()
			m.tell("turn", item, m.publish[1])
			m.pass(10)
			if wish, err := m.notice.MailWish(t.Context(), m.publish[1]); err != nil || !wish.Refused || m.peer.Asked() != asked {
				t.Errorf("asked again: %d, %+v: %v", m.peer.Asked()-asked, wish, err)
			}
			*m.now = m.now.Add(7 * 24 * time.Hour)
			m.tell("turn", item, m.publish[1])
			if m.pass(10); m.peer.Asked() != asked+1 {
				t.Errorf("a week later: %d", m.peer.Asked()-asked)
			}
		})
	}
}

// An outage of an hour loses nothing.
func TestAMailServerThatIsAwayLosesNothing(t *testing.T) {
	t.Parallel()
	m := newMailer(t, morning())
	m.peer.Shut()
	for i := range 6 {
		m.tell("turn", m.draft(fmt.Sprint("Kabar ", i)), m.publish[1])
		m.pass(10)
	}
	if n := m.waiting(); n != 6 {
		t.Fatalf("%d wait", n)
	}
	m.peer.Open(t, m.peer.Address, "")
	m.pass(15)
	got := m.peer.Letters()
	all := ""
	for _, one := range got {
		all += one.Body
	}
	for i := range 6 {
		if n := strings.Count(all, fmt.Sprint("\r\nKabar ", i, "\r\n")); n != 1 {
			t.Errorf("Kabar %d: %d times in plain text", i, n)
		}
	}
	if m.waiting() != 0 {
		t.Errorf("%d wait", m.waiting())
	}
}
