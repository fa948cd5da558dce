package click_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

const (
	laptop   = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
	desktop  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) WhatsApp/2.2405.4 Chrome/118.0.5993.159 Electron/27.1.3 Safari/537.36"
	tablet   = "Mozilla/5.0 (iPad; CPU OS 16_7_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1"
	telegram = "TelegramBot (like TwitterBot)"
	program  = "curl/8.5"
)

// wrongRules lose people, let machines through, and take one for the other.
func wrongRules(agent string) click.Reason {
	switch agent {
	case laptop, "":
		return 33 // a bot
	case desktop:
		return 20 // a preview, even the network's own
	case telegram:
		return 33 // a bot, while it is a preview
	}
	return 1
}

// past is a world with acts of some days and the requests on their links.
type past struct {
	*world
	clicks []click.Given
}

func newPast(t *testing.T) *past {
	w := &past{world: newWorld(t, testdb.Fresh(t).Pool().Config().ConnString())}
	w.subscribe(w.service)
	shares := share.New(w.DB, w.service, publicURL)
	now := w.clock.Now()
	w.clock.set(now.Add(-5 * 24 * time.Hour))
	items := []content.Content{w.Live("Kabar pertama"), w.Live("Kabar kedua"), w.Live("Kabar ketiga")}
	unit := w.Agency(w.Dinas, org.Unit)
	people := []org.Actor{w.sharer, w.Staff(), w.Staff(), w.Person(unit.ID), w.Person(unit.ID)}
	random := rand.New(rand.NewPCG(7, 7))
	for back := 4; back >= 0; back-- {
		for _, actor := range people {
			w.clock.set(now.Add(-time.Duration(back)*24*time.Hour - time.Hour))
			item, on := items[random.IntN(len(items))], []string{"whatsapp", "telegram", "copy"}[random.IntN(3)]
			if _, err := shares.Share(t.Context(), actor, item.ID, share.Request{Channel: on}); err != nil {
				t.Fatal(err)
			}
			begun := w.clock.Now()
			w.clock.set(begun.Add(time.Minute))
			if on != "copy" && random.IntN(3) == 0 {
				if _, err := shares.Indicate(t.Context(), actor, item.ID, on, share.IntentReturned); err != nil {
					t.Fatal(err)
				}
			}
			channel, _ := click.ChannelNamed(on)
			w.request(random, click.Link{Content: item.ID, User: actor.User, Channel: channel}, begun)
		}
	}
	w.clock.set(now)
	slices.SortFunc(w.clicks, func(a, b click.Given) int { return a.At.Compare(b.At) })
	return w
}

// request asks for a link some times, at times that never meet.
func (w *past) request(random *rand.Rand, link click.Link, begun time.Time) {
	for range random.IntN(160) {
		after := time.Duration(random.IntN(3500)) * time.Second
		if random.IntN(2) == 0 {
			after = time.Duration(random.IntN(500)) * time.Second
		}
		g := click.Given{Link: link, At: begun.Add(after + time.Duration(len(w.clicks))*time.Microsecond), Address: int64(random.IntN(3)),
			Agent: []string{phone, laptop, desktop, tablet, whatsApp, telegram, program, ""}[random.IntN(8)]}
		if random.IntN(5) == 0 && wrongRules(g.Agent) == 1 { // what the edge saw of a machine is not kept
			g.Reason = []click.Reason{10, 41, 50, 60, 61}[random.IntN(5)]
		}
		w.clicks = append(w.clicks, g)
	}
}

func (w *past) subscribe(s *click.Service) {
	s.OnShip(share.LiftGrades)
	s.OnShip(score.Post)
}

func (w *past) ship(rule int16, rules func(string) click.Reason, clicks []click.Given) {
	w.t.Helper()
	for batch := range slices.Chunk(clicks, 97) {
		if err := w.service.ShipGiven(w.t.Context(), rule, rules, batch); err != nil {
			w.t.Fatal(err)
		}
	}
}

// everything is all that was counted, in words.
func (w *past) everything() (text string) {
	w.t.Helper()
	for _, query := range []string{
		`SELECT concat_ws(' ', 'click', at, content_id, user_id, visitor, unit_id, verdict::int4, reason::int4, rule::int4) AS line FROM click`,
		`SELECT concat_ws(' ', 'content', content_id, day, valid, people, repeats, machines) AS line FROM rollup_content_day WHERE valid + people + repeats + machines <> 0`,
		`SELECT concat_ws(' ', 'node', node_id, day, valid, people, repeats, machines) AS line FROM rollup_node_day WHERE valid + people + repeats + machines <> 0`,
		`SELECT concat_ws(' ', 'month', node_id, month, valid, people, repeats, machines) AS line FROM rollup_node_month WHERE valid + people + repeats + machines <> 0`,
		`SELECT concat_ws(' ', 'channel', node_id, day, channel, valid, people, repeats, machines) AS line FROM rollup_node_channel_day WHERE valid + people + repeats + machines <> 0`,
		`SELECT concat_ws(' ', 'hour', node_id, month, hour, valid, people, repeats, machines) AS line FROM rollup_node_hour WHERE valid + people + repeats + machines <> 0`,
		`SELECT concat_ws(' ', 'user', user_id, month, unit_id, valid, people, repeats, machines) AS line FROM rollup_user_month WHERE valid + people + repeats + machines <> 0`,
		`SELECT concat_ws(' ', 'score', user_id, period, agency_id, unit_id, points) AS line FROM score WHERE points <> 0`,
		`SELECT concat_ws(' ', 'hist', period, scope, points, n) AS line FROM hist WHERE n <> 0`,
		`SELECT concat_ws(' ', 'hist_hi', period, scope, hi, n) AS line FROM hist_hi WHERE n <> 0`,
		`SELECT concat_ws(' ', 'ledger', user_id, content_id, day, sum(amount)) AS line FROM ledger GROUP BY user_id, content_id, day HAVING sum(amount) <> 0`,
		`SELECT concat_ws(' ', 'acts of', unit_id, month, network, share_a, share_b, share_c, share_d) AS line FROM rollup_unit_act_month`,
		`SELECT concat_ws(' ', 'acts by', user_id, month, unit_id, shares, proven_shares) AS line FROM rollup_user_act_month`,
		`SELECT concat_ws(' ', 'act', user_id, content_id, network, grade) AS line FROM act`,
		`SELECT concat_ws(' ', 'evidence', user_id, content_id, network, kind, level) AS line FROM act_evidence`,
	} {
		rows, err := db.All[struct{ Line string }](w.t.Context(), w.DB, query+` ORDER BY 1`)
		if err != nil || len(rows) == 0 {
			w.t.Fatalf("%s: %d rows, %v", query, len(rows), err)
		}
		for _, row := range rows {
			text += row.Line + "\n"
		}
	}
	return text
}

// anew is everything as it would be, had the present rules judged from the start.
func (w *past) anew() string {
	w.t.Helper()
	for _, statement := range []string{
		`TRUNCATE click, click_seen, rollup_content_day, rollup_node_day, rollup_node_month, rollup_node_channel_day, rollup_node_hour, rollup_user_month, score, hist, hist_hi, ledger`,
		`DELETE FROM act_evidence WHERE kind IN ('valid_click', 'preview_fetched')`,
		`UPDATE act SET grade = CASE WHEN EXISTS (SELECT FROM act_evidence AS e WHERE (e.user_id, e.content_id, e.network) = (act.user_id, act.content_id, act.network) AND e.level > 0) THEN 'C' ELSE 'D' END`,
	} {
		if _, err := db.Exec(w.t.Context(), w.DB, statement); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := share.New(w.DB, w.service, publicURL).Rebuild(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	slices.SortFunc(w.clicks, func(a, b click.Given) int { return a.At.Compare(b.At) })
	w.ship(click.RuleVersion, nil, w.clicks)
	return w.everything()
}

func (w *past) same(got, want string) {
	w.t.Helper()
	if got == want {
		return
	}
	have, due := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, line := range have {
		if !slices.Contains(due, line) {
			w.t.Errorf("there is    %s", line)
		}
	}
	for _, line := range due {
		if !slices.Contains(have, line) {
			w.t.Errorf("there is no %s", line)
		}
	}
}

func (w *past) reclassify(s *click.Service) (judged int64) {
	w.t.Helper()
	err := s.ReclassifyByPage(w.t.Context(), func(day click.Reclassified) error { judged += day.Judged; return nil })
	if err != nil {
		w.t.Error(err)
	}
	return judged
}

// What wrong rules had counted is, after they were mended, as if they had always been right: also when the
// run was stopped in the middle, and when it runs once more.
func TestReclassifyingIsAsIfTheRulesHadAlwaysBeenRight(t *testing.T) {
	t.Parallel()
	w := newPast(t)
	w.ship(1, wrongRules, w.clicks)
	wrong := w.everything()
	stop, days := errors.New("stopped"), 0
	err := w.service.ReclassifyByPage(t.Context(), func(click.Reclassified) error {
		if days++; days > 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if n := w.reclassify(w.service); n == 0 || n == int64(len(w.clicks)) {
		t.Errorf("%d of %d judged after the stop", n, len(w.clicks))
	}
	got := w.everything()
	if n := w.reclassify(w.service); n != 0 || w.everything() != got {
		t.Errorf("%d judged once more", n)
	}
	audited, err := db.Get[struct{ N int64 }](t.Context(), w.DB, `SELECT sum((detail ->> 'judged')::int8) AS n FROM audit_log WHERE action = 'click.reclassify'`)
	if err != nil || audited.N != int64(len(w.clicks)) {
		t.Errorf("the audit log knows %d of %d: %v", audited.N, len(w.clicks), err)
	}
	reversed, err := db.Get[struct{ Whole, All int64 }](t.Context(), w.DB, `SELECT count(r.reverses) AS whole, count(*) AS all FROM ledger AS r LEFT JOIN ledger AS l
		ON l.user_id = r.user_id AND l.id = r.reverses AND l.amount = -r.amount AND l.content_id = r.content_id AND l.day = r.day
		WHERE r.amount < 0 AND (r.reverses IS NULL OR l.id IS NOT NULL)`)
	if err != nil || reversed.Whole == 0 {
		t.Errorf("nothing was taken back whole: %+v %v", reversed, err)
	}
	if pages, err := db.Get[struct{ N int64 }](t.Context(), w.DB, `SELECT max(pg_relation_size(inhrelid)) / 8192 AS n FROM pg_inherits WHERE inhparent = 'click'::regclass`); err != nil || pages.N < 4 {
		t.Errorf("only %d pages: one step did everything (%v)", pages.N, err)
	}
	want := w.anew()
	if wrong == want {
		t.Fatal("the wrong rules were not wrong")
	}
	w.same(got, want)
}

// Two processes at once, while people go on clicking on the same links.
func TestReclassifyingWhileClicksArrive(t *testing.T) {
	t.Parallel()
	w := newPast(t)
	w.ship(1, wrongRules, w.clicks)
	var more []click.Given
	for n, g := range w.clicks[len(w.clicks)/2:] {
		if g.Address == 0 {
			continue
		}
		g.At = w.clock.Now().Add(time.Duration(n) * time.Millisecond)
		more = append(more, g)
	}
	var all sync.WaitGroup
	judged := make([]int64, 2)
	for n := range judged {
		s := w.newService()
		w.subscribe(s)
		all.Go(func() { judged[n] = w.reclassify(s) })
	}
	all.Go(func() { w.ship(click.RuleVersion, nil, more) })
	all.Wait()
	if judged[0]+judged[1] != int64(len(w.clicks)) {
		t.Errorf("%v judged of %d", judged, len(w.clicks))
	}
	var later []click.Given // who was found to be a person is known to have been there
	for n, g := range w.clicks {
		if g.At.After(w.clock.Now().Add(-2 * time.Hour)) {
			g.At = w.clock.Now().Add(time.Duration(len(w.clicks)+n) * time.Millisecond)
			later = append(later, g)
		}
	}
	w.ship(click.RuleVersion, nil, later)
	got := w.everything()
	w.clicks = slices.Concat(w.clicks, more, later)
	w.same(got, w.anew())
}

// Who passed a link on is known at their place for the day, by a hash, and nobody else is.
func TestTheSharersPlaceIsNoted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	shares := share.New(w.DB, w.service, publicURL)
	for _, address := range []string{"203.0.113.7", ""} {
		r := share.Request{Channel: "whatsapp", Agent: phone}
		if address != "" {
			r.Address = w.from(7).Address
		}
		if _, err := shares.Share(t.Context(), w.sharer, w.live.ID, r); err != nil {
			t.Fatal(err)
		}
	}
	now := w.clock.Now()
	for _, c := range []struct {
		user    id.User
		after   time.Duration
		address string
		agent   string
		own     bool
	}{
		{w.sharer.User, time.Hour, "203.0.113.7", phone, true},
		{w.sharer.User, time.Hour, "::ffff:203.0.113.7", phone, true},
		{w.sharer.User, 30 * time.Second, "203.0.113.7", laptop, true},
		{w.sharer.User, 2 * time.Minute, "203.0.113.7", laptop, false},
		{w.sharer.User, time.Second, "203.0.113.8", phone, false},
		{w.Staff().User, time.Second, "203.0.113.7", phone, false},
	} {
		own, err := w.service.OwnPlaces(t.Context(), c.user, now.Add(c.after), c.address, c.agent)
		if err != nil || own != c.own {
			t.Errorf("%+v: %v %v", c, own, err)
		}
	}
	rows, err := db.All[struct{ N int64 }](t.Context(), w.DB, `SELECT count(*) AS n FROM click_sharer WHERE user_id = $1`, w.sharer.User)
	if err != nil || rows[0].N != 1 {
		t.Errorf("%v %v", rows, err)
	}
}
