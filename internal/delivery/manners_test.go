package delivery_test

import (
	"context"
	"encoding/base64"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"gaung/internal/delivery"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/mail"
	"gaung/internal/mail/mailtest"
	"gaung/internal/org"
	"gaung/internal/report"
)

func refusal(code int, enhanced smtp.EnhancedCode) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: "tidak"}
}

// Whatever a mail server does, a period's report is read to its end by it once at most, and the screen says honestly
// what became of it.
func TestBadMannersOfMailServers(t *testing.T) {
	t.Parallel()
	cut := func(c *smtp.Conn, _ int) error { return c.Conn().Close() }
	for _, c := range []struct {
		name    string
		manners func(*mailtest.Peer)
		letters int // that the peer has read to the end
		asked   int // recipients named
		outcome string
	}{
		{"4xx now", func(p *mailtest.Peer) {
			p.Rcpt = func(asked int, _ string) error {
				if asked < 4 {
					return refusal(451, smtp.EnhancedCode{4, 7, 1})
				}
				return nil
			}
		}, 1, 4, "sent"},
		{"4xx for ever", func(p *mailtest.Peer) {
			p.Rcpt = func(int, string) error { return refusal(452, smtp.EnhancedCode{4, 2, 2}) }
		}, 0, 41, "failed"},
		{"5xx for ever", func(p *mailtest.Peer) {
			p.Rcpt = func(int, string) error { return refusal(550, smtp.EnhancedCode{5, 1, 1}) }
		}, 0, 1, "refused"},
		{"cut off after DATA", func(p *mailtest.Peer) { p.Data = cut }, 1, 1, "unsure"},
		{"refused after DATA, then not", func(p *mailtest.Peer) {
			p.Data = func(_ *smtp.Conn, count int) error {
				if count == 1 {
					return refusal(451, smtp.EnhancedCode{4, 3, 0})
				}
				return nil
			}
		}, 2, 2, "sent"}, // the first was refused in so many words
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			leader := d.Staff(org.Leader)
			d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
			c.manners(d.peer)
			d.set(monday())
			d.send()
			d.walk(4*24*6, 10*time.Minute) // four days
			got := d.peer.Letters()
			if len(got) != c.letters || d.peer.Asked() != c.asked || d.outcome(leader) != c.outcome {
				t.Errorf("%d letters, asked %d times, %s", len(got), d.peer.Asked(), d.outcome(leader))
			}
			for _, one := range got {
				if one.Letter.Header.Get("Message-Id") != got[0].Letter.Header.Get("Message-Id") {
					t.Error("the same letter has another number")
				}
			}
			// The next week is another letter.
			d.peer.Rcpt, d.peer.Data = nil, nil
			d.set(monday().Add(7*24*time.Hour + time.Minute))
			d.send()
			if n := len(d.peer.Letters()); n != c.letters+1 || d.outcome(leader) != "sent" {
				t.Errorf("a week later: %d letters, %s", n, d.outcome(leader))
			}
		})
	}
}

// A server that is away for hours loses nothing; where it stays away until the next period, that one comes.
func TestAMailServerThatIsAway(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	leader := d.Staff(org.Leader)
	d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	d.peer.Shut()
	d.set(monday())
	d.send()
	d.walk(20, 10*time.Minute)
	if got := d.outcome(leader); got != "waiting" {
		t.Errorf("meanwhile: %s", got)
	}
	d.peer.Open(t, d.peer.Address, "")
	d.walk(20, 10*time.Minute)
	if n := len(d.peer.Letters()); n != 1 || d.outcome(leader) != "sent" {
		t.Fatalf("%d letters, %s", n, d.outcome(leader))
	}
	d.peer.Shut()
	d.walk(15*24, time.Hour)
	d.peer.Open(t, d.peer.Address, "")
	d.walk(48, time.Hour)
	got := d.peer.Letters()
	if len(got) != 2 || !strings.HasSuffix(subject(t, got[1]), "30 November – 6 Desember 2026") {
		t.Errorf("%d letters", len(got))
	}
}

// Two processes at the same moment send each report once.
func TestTwoProcessesSendOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 12 {
		d.subscribe(d.Staff(org.Leader), d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	}
	other := d.process(d.peer.Post(t, true))
	d.set(monday())
	var both sync.WaitGroup
	for _, process := range []*delivery.Service{d.out, other} {
		both.Go(func() {
			if err := process.Deliver(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	to := map[string]int{}
	for _, one := range d.peer.Letters() {
		to[one.To]++
	}
	for who, n := range to {
		if n != 1 {
			t.Errorf("%d letters to %s", n, who)
		}
	}
	if len(to) != 12 {
		t.Errorf("letters to %d of 12", len(to))
	}
}

// deaf is a way out whose process dies as soon as the letter is gone.
type deaf struct{ delivery.Mailer }

func (d deaf) Send(ctx context.Context, letter mail.Letter) error {
	_ = d.Mailer.Send(ctx, letter) // the peer has it
	panic("the process is killed")
}

// A process that dies after a letter has gone leaves no second one behind, and says that it does not know; one that dies
// before has its letter sent by another.
func TestACrashNeverSendsTwice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	leader := d.Staff(org.Leader)
	d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	d.set(monday())
	die := func(process *delivery.Service) {
		defer func() {
			if recover() == nil {
				t.Error("it lives")
			}
		}()
		_ = process.Deliver(t.Context()) // it does not come back
	}
	early, err := delivery.New(d.DB, d.Queue, report.New(d.DB), func(context.Context, id.User) (org.Actor, error) { panic("the process is killed") }).
		MailBy(d.peer.Post(t, true), d.Ring, site, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	die(early)
	d.send()
	if n := len(d.peer.Letters()); n != 0 {
		t.Fatalf("%d letters while another process holds it", n)
	}
	d.set(monday().Add(16 * time.Minute))
	die(d.process(deaf{d.peer.Post(t, true)}))
	if n := len(d.peer.Letters()); n != 1 || d.outcome(leader) != "unsure" {
		t.Fatalf("%d letters, %s", n, d.outcome(leader))
	}
	d.walk(6*24, time.Hour)
	if n := len(d.peer.Letters()); n != 1 || d.outcome(leader) != "unsure" {
		t.Errorf("%d letters, %s", n, d.outcome(leader))
	}
}

// What happens while a letter is made counts: another process that took a slow one's place has sent it, and what was
// stopped meanwhile does not go.
func TestASlowProcessSendsNothingBehindAnother(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(*desk, org.Actor)
		letters   int
	}{
		"another took its place": {func(d *desk, _ org.Actor) {
			d.set(monday().Add(16 * time.Minute))
			d.send()
		}, 1},
		"it was deleted": {func(d *desk, who org.Actor) {
			if _, err := d.out.Unsubscribe(t.Context(), who, d.list(who)[0].ID); err != nil {
				t.Error(err)
			}
		}, 0},
		"it comes monthly now": {func(d *desk, who org.Actor) {
			if _, err := d.out.Change(t.Context(), who, d.list(who)[0].ID, delivery.ReportWish{Pace: delivery.Monthly}); err != nil {
				t.Error(err)
			}
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			leader := d.Staff(org.Leader)
			d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
			slow, err := delivery.New(d.DB, d.Queue, report.New(d.DB), func(ctx context.Context, who id.User) (org.Actor, error) {
				c.meanwhile(d, leader)
				return d.User.Actor(ctx, who)
			}).MailBy(d.peer.Post(t, true), d.Ring, site, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			d.set(monday())
			if err := slow.Deliver(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := len(d.peer.Letters()); n != c.letters {
				t.Errorf("%d letters", n)
			}
		})
	}
}

// The rights of the moment count: without the role no figure leaves, a last letter says that it ended, and a closed
// account hears nothing at all.
func TestRightsAreAskedForAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	former, gone, stays := d.Staff(org.Leader), d.Staff(org.Publisher), d.Staff(org.Admin)
	for _, who := range []org.Actor{former, gone, stays} {
		d.subscribe(who, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly, PDF: true})
	}
	d.exec(`DELETE FROM user_role WHERE user_id = $1`, former.User)
	d.exec(`UPDATE app_user SET active = false WHERE id = $1`, gone.User)
	d.set(monday())
	d.send()
	d.walk(10*24, time.Hour)
	to := map[string][]string{}
	for _, one := range d.peer.Letters() {
		to[one.To] = append(to[one.To], subject(t, one))
		if one.To == d.address(former) && (strings.Contains(one.Body, "application/pdf") || strings.Contains(one.Body, "Pada 16")) {
			t.Errorf("figures left: %s", one.Body)
		}
	}
	if got := to[d.address(former)]; len(got) != 1 || got[0] != "Langganan laporan Dinas Uji berakhir" {
		t.Errorf("%q", got)
	}
	if got := to[d.address(gone)]; len(got) != 0 {
		t.Errorf("to a closed account: %q", got)
	}
	if got := to[d.address(stays)]; len(got) != 2 {
		t.Errorf("%q", got)
	}
	if d.outcome(former) != "role" || d.outcome(gone) != "account" || d.outcome(stays) != "sent" {
		t.Errorf("%s, %s, %s", d.outcome(former), d.outcome(gone), d.outcome(stays))
	}
}

// The link of a letter stops its subscription, twice as once, and nothing else; nobody can make one up. It can begin
// again.
func TestTheLinkOfALetterStopsIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	leader, other := d.Staff(org.Leader), d.Staff(org.Leader)
	mine := d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	d.subscribe(other, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	d.set(monday())
	d.send()
	token := ""
	for _, one := range d.peer.Letters() {
		if one.To == d.address(leader) {
			token = strings.TrimSuffix(strings.TrimPrefix(one.Letter.Header.Get("List-Unsubscribe"), "<"+site+"/berhenti/laporan/"), ">")
		}
	}
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || token == "" {
		t.Fatalf("%q %v", token, err)
	}
	sealed[len(sealed)-1] ^= 1
	for _, forged := range []string{"", "1 1", "MSAx", base64.RawURLEncoding.EncodeToString(sealed)} {
		if _, err := d.out.Stop(t.Context(), forged); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%q: %v", forged, err)
		}
	}
	if asked, err := d.out.StopAsked(t.Context(), token); err != nil || asked.Done || asked.Name != d.Dinas.Name || d.list(leader)[0].Ended != "" {
		t.Fatalf("%+v %v", asked, err)
	}
	for range 2 {
		if done, err := d.out.Stop(t.Context(), token); err != nil || !done.Done {
			t.Errorf("%+v %v", done, err)
		}
	}
	d.walk(7*24+1, time.Hour)
	if n := len(d.peer.Letters()); n != 3 || d.list(leader)[0].Ended != "link" || d.list(leader)[0].Next != nil || d.list(other)[0].Ended != "" {
		t.Errorf("%d letters, %+v", n, d.list(leader))
	}
	if again, err := d.out.Change(t.Context(), leader, mine.ID, delivery.ReportWish{Pace: delivery.Weekly}); err != nil || again.Items[0].Ended != "" || again.Items[0].Next == nil {
		t.Errorf("%+v %v", again, err)
	}
	if _, err := d.out.Unsubscribe(t.Context(), leader, mine.ID); err != nil {
		t.Fatal(err)
	}
	if done, err := d.out.StopAsked(t.Context(), token); err != nil || !done.Done {
		t.Errorf("of one that is deleted: %+v %v", done, err)
	}
}

// broken is a way out that always answers the same.
type broken struct{ with error }

func (b broken) Send(context.Context, mail.Letter) error { return b.with }
func (broken) Rest()                                     {}

// A sample comes at once, at any hour, beside the regular letters; three a day, whatever is deleted in between; and what
// became of it is told.
func TestASampleComesAtOnceAndIsBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	leader := d.Staff(org.Leader)
	one := d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Monthly, PDF: true})
	sample := func(by *delivery.Service) error {
		_, err := by.Sample(t.Context(), leader, one.ID)
		if err == nil {
			err = by.Samples(t.Context())
		}
		return err
	}
	if err := sample(d.out); err != nil {
		t.Fatal(err)
	}
	got := d.peer.Letters()
	if len(got) != 1 || subject(t, got[0]) != "Contoh: Laporan keterlibatan ASN Dinas Uji, 1–31 Oktober 2026" || d.list(leader)[0].Sample.Outcome != "sent" {
		t.Fatalf("%d letters, %+v", len(got), d.list(leader)[0].Sample)
	}
	if err := sample(d.process(broken{mail.ErrAway})); err != nil || d.list(leader)[0].Sample.Outcome != "failed" {
		t.Errorf("%+v %v", d.list(leader)[0].Sample, err)
	}
	if _, err := d.out.Unsubscribe(t.Context(), leader, one.ID); err != nil {
		t.Fatal(err)
	}
	one = d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Monthly})
	if err := sample(d.out); err != nil {
		t.Fatal(err)
	}
	if err := sample(d.out); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("a fourth: %v", err)
	}
	if d.list(leader)[0].Last != nil {
		t.Error("a sample counts as the period's report")
	}
	d.set(sunday().Add(24 * time.Hour))
	if err := sample(d.out); err != nil {
		t.Errorf("on the next day: %v", err)
	}
	if n := len(d.peer.Letters()); n != 3 {
		t.Errorf("%d letters", n)
	}
}
