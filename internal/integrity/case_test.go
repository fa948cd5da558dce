package integrity_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/share"
)

var began = time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)

// everything is what a restoring must bring back: sums, ledger by its keys, scores and ranks' histograms, acts and evidence.
func (s *simulator) everything() string {
	s.t.Helper()
	var all strings.Builder
	for _, query := range []string{
		`SELECT 'content', content_id, day::text, valid, people, repeats, machines FROM rollup_content_day WHERE valid + people + repeats + machines > 0`,
		`SELECT 'node', node_id, day::text, valid, people, repeats, machines FROM rollup_node_day WHERE valid + people + repeats + machines > 0`,
		`SELECT 'channel', node_id, day::text, channel, valid, people, repeats, machines FROM rollup_node_channel_day WHERE valid + people + repeats + machines > 0`,
		`SELECT 'hour', node_id, hour, valid, people, repeats, machines FROM rollup_node_hour WHERE valid + people + repeats + machines > 0`,
		`SELECT 'user', user_id, month::text, unit_id, valid, people, repeats, machines FROM rollup_user_month WHERE valid + people + repeats + machines > 0`,
		`SELECT 'ledger', user_id, content_id, day::text, channel, sum(amount) FROM ledger GROUP BY 2, 3, 4, 5 HAVING sum(amount) <> 0`,
		`SELECT 'score', user_id, period, agency_id, unit_id, points FROM score WHERE points > 0`,
		`SELECT 'hist', period, scope, points, n FROM hist WHERE n > 0`,
		`SELECT 'act', user_id, content_id, network, grade FROM act`,
		`SELECT 'evidence', user_id, content_id, network, kind, level, at::text FROM act_evidence`,
		`SELECT 'acts', user_id, month::text, shares, proven_shares FROM rollup_user_act_month`,
		`SELECT 'click', at::text, user_id, verdict::int4, reason::int4 FROM click`,
	} {
		row, err := db.Get[struct{ Text string }](s.t.Context(), s.DB, `SELECT coalesce(string_agg(t::text, E'\n' ORDER BY t::text), '') AS text FROM (`+query+`) AS t`)
		if err != nil {
			s.t.Fatal(err)
		}
		all.WriteString(row.Text + "\n")
	}
	return all.String()
}

// counted is how many people a person reached.
func (s *simulator) counted(person id.User) int {
	s.t.Helper()
	row, err := db.Get[struct{ N int }](s.t.Context(), s.DB, `SELECT coalesce(sum(amount), 0) AS n FROM ledger WHERE user_id = $1`, person)
	if err != nil {
		s.t.Fatal(err)
	}
	return row.N
}

// passesOn lets people of the world share through the feature itself, in the first hours of the day.
func (s *simulator) passesOn(people ...int) {
	s.t.Helper()
	s.set(began.Add(time.Hour))
	shares := share.New(s.DB, s.clicks, "https://gaung.example")
	for _, p := range people {
		actor, err := s.User.Actor(s.t.Context(), s.users[p])
		if err == nil {
			err = s.Learn.Vouch(s.t.Context(), actor.User)
		}
		if err == nil {
			_, err = shares.Share(s.t.Context(), actor, s.contents[0].ID, share.Request{Channel: "whatsapp", Address: v4(36, 80, p, 1), Agent: "Mozilla/5.0 (X11) Gecko/1"})
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// opened is a request on the first content of a person.
func (s *simulator) opened(person int, at time.Time, address [4]int, agent string) {
	s.t.Helper()
	s.set(at)
	_, err := s.clicks.Visit(s.t.Context(), click.Visit{Code: s.codes.Encode(click.Link{Content: s.contents[0].ID, User: s.users[person], Channel: click.WhatsApp}),
		UserAgent: agent, Address: v4(address[0], address[1], address[2], address[3]), FetchMode: "navigate"})
	if err != nil {
		s.t.Fatal(err)
	}
}

// shipped brings all into the database, an hour before the check.
func (s *simulator) shipped() {
	s.t.Helper()
	s.set(began.Add(24*time.Hour + 30*time.Minute))
	s.ships()
}

func (s *simulator) ships() {
	s.t.Helper()
	s.flush()
	for n := 1; n > 0; {
		var err error
		if n, err = s.shipper.Ship(s.t.Context(), true); err != nil {
			s.t.Fatal(err)
		}
	}
}

// scripted is a day on which the first person has three readers and a script, the others some readers each.
func scripted(t *testing.T) *simulator {
	s := newSimulator(t, 8)
	s.set(began)
	if err := errors.Join(s.clicks.Prepare(t.Context()), s.clicks.Load(t.Context())); err != nil {
		t.Fatal(err)
	}
	s.passesOn(0, 1, 2)
	g := generate(7, began, 420, 0)
	at := began.Add(2 * time.Hour)
	for p := range 8 {
		for i := range 12 {
			at = at.Add(time.Duration(1+i*i) * time.Second)
			s.opened(p, at, [4]int{114, 120, p % 3, i}, g.agents[(p*7+i)%5])
		}
	}
	for i := range 40 {
		at = at.Add(time.Duration(1+i%7) * 20 * time.Second)
		s.opened(0, at, [4]int{5, 6, 7, 8}, g.agents[20+i])
	}
	s.shipped()
	return s
}

func (s *simulator) checked() error {
	s.set(began.Add(24*time.Hour + 65*time.Minute))
	return s.check.Check(s.t.Context())
}

func TestWhatIsTakenCanBeRestoredExactly(t *testing.T) {
	t.Parallel()
	s := scripted(t)
	ctx, before := t.Context(), s.everything()
	if n := s.counted(s.users[0]); n != 52 {
		t.Fatalf("live: %d", n)
	}
	if err := s.checked(); err != nil {
		t.Fatal(err)
	}
	if n := s.counted(s.users[0]); n != 12 {
		t.Errorf("after the check: %d, want the twelve readers", n)
	}
	taken := s.everything()
	if err := s.check.Check(ctx); err != nil || s.everything() != taken {
		t.Errorf("a second check: %v", err)
	}
	person, err := s.User.Actor(ctx, s.users[0])
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.check.Mine(ctx, person, page.Ask{})
	if err != nil || len(mine.Items) != 1 || mine.Items[0].Reason != "rotation" || mine.Items[0].People != 40 || mine.Items[0].State != "open" || !mine.Items[0].MayObject {
		t.Fatalf("%+v %v", mine, err)
	}
	number := mine.Items[0].ID
	if err := s.check.Object(ctx, person, number, "Itu murid saya."); err != nil {
		t.Fatal(err)
	}
	s.refused("a second objection", s.check.Object(ctx, person, number, "Sungguh."), errs.Conflict)

	above := s.Person(s.Agency(s.Dinas, org.Unit).ID, org.Grant{Role: org.Auditor, Agency: s.Region.ID})
	colleague := s.Staff(org.Auditor)
	body := s.Agency(s.Region, org.Body)
	far := s.Person(s.Agency(body, org.Unit).ID, org.Grant{Role: org.Auditor, Agency: body.ID})
	s.refused("a colleague of the unit", s.check.Restore(ctx, colleague, number, "Baik."), errs.Forbidden)
	s.refused("another agency", s.check.Restore(ctx, far, number, "Baik."), errs.NotFound)
	s.refused("without a reason", s.check.Restore(ctx, above, number, " "), errs.Invalid)
	list, err := s.check.Cases(ctx, above, "waiting", page.Ask{})
	if err != nil || len(list.Items) != 1 || list.Items[0].Facts.Part != 40 || list.Items[0].Words != "Itu murid saya." || list.Items[0].DueAt == nil || !list.Items[0].Mine {
		t.Fatalf("%+v %v", list, err)
	}
	if err := s.check.Restore(ctx, above, number, "Kelas itu memang membaca bersama."); err != nil {
		t.Fatal(err)
	}
	if after := s.everything(); after != before {
		t.Errorf("restored, but not as it was:\n%s", difference(before, after))
	}
	s.refused("decided already", s.check.Keep(ctx, above, number, "Tetap."), errs.Conflict)
	row, err := db.Get[struct{ Taken, Restored, Audits, News int }](ctx, s.DB, `SELECT (SELECT sum(amount) FROM ledger WHERE reason = 'integrity') AS taken, (SELECT sum(amount) FROM ledger WHERE reason = 'restored') AS restored,
		(SELECT count(*) FROM audit_log WHERE action IN ('integrity.take', 'integrity.restored', 'integrity.object')) AS audits,
		(SELECT count(*) FROM river.river_job WHERE kind = 'integrity_news') AS news`)
	if err != nil || row.Taken != -40 || row.Restored != 40 || row.Audits != 3 || row.News != 2 {
		t.Errorf("%+v %v", row, err)
	}
}

func (s *simulator) refused(what string, err error, want errs.Code) {
	s.t.Helper()
	if errs.CodeOf(err) != want {
		s.t.Errorf("%s: %v", what, err)
	}
}

func difference(before, after string) string {
	var lines []string
	for _, line := range strings.Split(before, "\n") {
		if !strings.Contains(after, line) {
			lines = append(lines, "- "+line)
		}
	}
	for _, line := range strings.Split(after, "\n") {
		if !strings.Contains(before, line) {
			lines = append(lines, "+ "+line)
		}
	}
	return strings.Join(lines[:min(len(lines), 30)], "\n")
}

// A check that is stopped in its midst has written down what it found; the next run takes exactly that, once.
func TestAStoppedCheckGoesOn(t *testing.T) {
	t.Parallel()
	s := scripted(t)
	stop := true
	s.clicks.OnShip(func(context.Context, *db.Tx, []click.Counted) error {
		if stop {
			return errors.New("the process ends here")
		}
		return nil
	})
	before := s.everything()
	if err := s.checked(); err == nil || s.everything() != before {
		t.Fatalf("a stopped check: %v", err)
	}
	stop = false
	if err := s.checked(); err != nil {
		t.Fatal(err)
	}
	if n := s.counted(s.users[0]); n != 12 {
		t.Errorf("%d are counted", n)
	}
	row, err := db.Get[struct {
		State               string
		Taken, Cells, Cases int
	}](t.Context(), s.DB, `SELECT state, taken, (SELECT count(*) FROM integrity_cell) AS cells, (SELECT sum(people) FROM integrity_case) AS cases
		FROM integrity_pass WHERE day = $1::date`, period.VisitorDay(began).String())
	if err != nil || row.State != "done" || row.Taken != 40 || row.Cases != 40 || row.Cells != 0 {
		t.Errorf("%+v %v", row, err)
	}
}

// Above the limit of a block readers wait for the night, and are counted then when nothing is found.
func TestACrowdFromOneBlockIsCountedInTheMorning(t *testing.T) {
	t.Parallel()
	s := newSimulator(t, 6)
	s.set(began)
	if err := errors.Join(s.clicks.Prepare(t.Context()), s.clicks.Load(t.Context())); err != nil {
		t.Fatal(err)
	}
	at := began.Add(2 * time.Hour)
	for i := range 75 {
		for p := range 3 { // everybody is read from this block: it is a carrier's
			at = at.Add(time.Duration(3+(i*i)%97) * time.Second)
			if i%10 == 0 && p == 0 {
				at = at.Add(time.Hour) // readers come in waves
			}
			s.opened(p, at, [4]int{114, 120, 1, i}, fmt.Sprintf("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile Safari/537.36", 138+i%4))
		}
	}
	s.shipped()
	if n := s.counted(s.users[0]); n != 60 {
		t.Errorf("live: %d", n)
	}
	if err := s.checked(); err != nil {
		t.Fatal(err)
	}
	if n := s.counted(s.users[0]); n != 75 {
		t.Errorf("in the morning: %d", n)
	}
	row, err := db.Get[struct{ Cases, Settled int }](t.Context(), s.DB, `SELECT (SELECT count(*) FROM integrity_case) AS cases, settled FROM integrity_pass WHERE day = $1::date`, period.VisitorDay(began).String())
	if err != nil || row.Cases != 0 || row.Settled != 45 {
		t.Errorf("%+v %v", row, err)
	}
}
