package report_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

const tablet = "Mozilla/5.0 (iPad; CPU OS 16_7_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1"

func (w *world) exec(statement string, args ...any) {
	w.t.Helper()
	if _, err := db.Exec(w.t.Context(), w.DB, statement, args...); err != nil {
		w.t.Fatal(err)
	}
}

// halfAYear makes acts of several months by people of whom some moved, over several networks, verified,
// measured, indicated, taken back, and measured by what better rules then took for a machine.
func (w *world) halfAYear() {
	w.t.Helper()
	w.exec(`UPDATE content SET published_at = '2026-06-01 00:00Z'`)
	if err := w.User.SnapshotDays(w.t.Context(), period.DayOf(2026, 6, 15), period.DayOf(2026, 11, 22)); err != nil {
		w.t.Fatal(err)
	}
	for n, actor := range w.people { // a third works elsewhere for a while, from or until the middle of a month or its end
		if n%3 == 0 {
			away, back := []string{"2026-08-10", "2026-09-01"}[n/3%2], []string{"2026-10-01", "2026-10-17", "2026-11-20"}[n/6%3]
			w.exec(`UPDATE placement SET until_day = $2::date WHERE user_id = $1`, actor.User, away)
			w.exec(`INSERT INTO placement (user_id, from_day, until_day, unit_id, agency_id) VALUES ($1, $2::date, $3::date, $4, $5)`, actor.User, away, back, w.eastUnit.ID, w.east.ID)
			w.exec(`INSERT INTO placement (user_id, from_day, unit_id, agency_id) VALUES ($1, $2::date, $3, $4)`, actor.User, back, w.Unit.ID, w.Dinas.ID)
		}
		switch n { // one leaves for good in the middle of a month, one comes, one does both
		case 1:
			w.exec(`UPDATE placement SET until_day = '2026-10-12' WHERE user_id = $1`, actor.User)
		case 4:
			w.exec(`UPDATE placement SET from_day = '2026-09-10' WHERE user_id = $1`, actor.User)
		case 7:
			w.exec(`UPDATE placement SET from_day = '2026-08-20', until_day = '2026-10-25' WHERE user_id = $1`, actor.User)
		}
	}
	random := rand.New(rand.NewPCG(32, 1))
	sometime := func() time.Time {
		return time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.Int64N(int64(144 * 24 * time.Hour))))
	}
	var acts []share.Past
	for range 250 {
		past := share.Past{User: w.people[random.IntN(len(w.people)-2)].User, Content: w.live[random.IntN(len(w.live))].ID, At: sometime(), // two do nothing
			Kind: share.ShareKind, Network: []string{"whatsapp", "telegram", "facebook", "copy", "linkedin", "email", "x"}[random.IntN(7)]}
		if random.IntN(4) == 0 {
			past.Kind, past.Network = share.LikeKind, []string{"instagram", "facebook"}[random.IntN(2)]
		}
		acts = append(acts, past)
	}
	if n, err := w.share.RecordAll(w.t.Context(), acts); err != nil || n < 100 {
		w.t.Fatalf("%d acts: %v", n, err)
	}
	w.exec(`UPDATE act SET grade = 'A' WHERE id % 11 = 0`) // nothing verifies yet
	if err := w.share.Rebuild(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	var visits []click.Past
	for _, act := range acts {
		on, known := click.ChannelNamed(act.Network)
		if act.Kind != share.ShareKind || !known || random.IntN(3) == 0 {
			continue
		}
		for range random.IntN(3) {
			at := act.At.Add(time.Duration(random.IntN(40*24)) * time.Hour)
			if !at.Before(testdb.Now) {
				continue // nothing has happened tomorrow
			}
			visits = append(visits, click.Past{Link: click.Link{Content: act.Content, User: act.User, Channel: on}, At: at,
				UserAgent: []string{phone, tablet, tablet, "WhatsApp/2.23.20.0 A"}[random.IntN(4)], Address: netip.AddrFrom4([4]byte{203, 0, byte(random.IntN(9)), byte(random.IntN(250))})})
		}
	}
	if err := w.click.VisitAll(w.t.Context(), visits); err != nil {
		w.t.Fatal(err)
	}
	w.happen(9)
	w.later()
}

// later takes back, indicates, and judges by better rules.
func (w *world) later() {
	w.t.Helper()
	for n, actor := range w.people {
		for m, item := range w.live {
			on := []string{"whatsapp", "copy", "telegram"}[(n+m)%3]
			if (n+m)%2 == 0 {
				_ = w.share.TakeBack(w.t.Context(), actor, item.ID, on) // most have evidence, and stay
			} else {
				_, _ = w.share.Indicate(w.t.Context(), actor, item.ID, on, share.SheetResolved) // many were never recorded
			}
		}
	}
	w.exec(`UPDATE click_agent SET agent = 'curl/8.5' WHERE agent = $1`, tablet)
	w.exec(`UPDATE click SET rule = 1::int4::"char"`)
	before := w.grades()
	w.set(testdb.Now.Add(time.Minute)) // after everything else
	defer w.set(testdb.Now)
	if err := w.click.Reclassify(w.t.Context(), func(click.Reclassified) error { return nil }); err != nil {
		w.t.Fatal(err)
	}
	if after := w.grades(); after["B"] >= before["B"] || after["A"] == 0 || after["B"] == 0 || after["C"] == 0 || after["D"] == 0 {
		w.t.Fatalf("before %v, after %v: the world shows too little", before, after)
	}
	stale, err := db.Get[struct{ N int64 }](w.t.Context(), w.DB, `SELECT count(*) AS n FROM act JOIN feed_turn AS f ON f.user_id = act.user_id AND f.turn < extract(epoch FROM graded_at) * 1000000`)
	if err != nil || stale.N > 0 {
		w.t.Errorf("the feeds of %d acts do not know their grade: %v", stale.N, err)
	}
	for n, actor := range w.people[len(w.people)-2:] {
		w.exec(`INSERT INTO session (user_id, seed, turned_at, expires_at, created_at) VALUES ($1, decode(repeat('00', 32), 'hex'), now(), now(), $2)`,
			actor.User, time.Date(2026, 8, 10+n, 16, 30, 0, 0, time.UTC))
	}
}

func (w *world) grades() map[string]int64 {
	w.t.Helper()
	found, err := db.All[struct {
		Grade string
		N     int64
	}](w.t.Context(), w.DB, `SELECT grade, count(*) AS n FROM act GROUP BY grade`)
	if err != nil {
		w.t.Fatal(err)
	}
	all := map[string]int64{}
	for _, row := range found {
		all[row.Grade] = row.N
	}
	return all
}

// What a report reads of the sums is what it would read of every act, to the last digit, in every node,
// however the days lie, whoever moved, and whatever became of grades.
func TestSumsSayWhatTheActsSay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.halfAYear()
	w.compare([][2]string{
		{"2026-07-01", "2026-10-31"}, {"2026-07-15", "2026-11-22"}, {"2025-12-01", "2026-11-22"}, {"2026-01-01", "2026-11-30"}, {"2026-08-09", "2026-10-16"},
		{"2026-08-01", "2026-08-31"}, {"2026-08-02", "2026-08-31"}, {"2026-08-01", "2026-08-30"}, {"2026-09-05", "2026-09-25"}, {"2026-09-05", "2026-09-12"},
		{"2026-07-30", "2026-09-02"}, {"2026-07-03", "2026-09-28"}, {"2026-10-17", "2026-11-16"}, {"2026-11-01", "2026-11-22"},
		{"2026-11-20", "2026-11-20"}, {"2026-11-21", "2026-11-21"}, {"2026-11-30", "2026-12-01"}, {"2026-06-20", "2026-06-20"}, {"2026-02-01", "2026-02-01"}, {"2024-02-29", "2024-02-29"},
	})
}

func (w *world) compare(spans [][2]string) {
	w.t.Helper()
	nodes := map[id.Agency]string{}
	for _, a := range []org.Agency{w.Region, w.Dinas, w.Unit, w.east, w.eastUnit} {
		nodes[a.ID] = a.Name
	}
	filled := 0
	for node, name := range nodes {
		for _, days := range spans {
			for _, compare := range []report.Compare{report.DaysBefore, report.YearBefore} {
				made, err := w.report.Engagement(w.t.Context(), w.leader, report.Query{Agency: node, From: days[0], To: days[1], Compare: compare})
				if err != nil {
					w.t.Fatal(err)
				}
				want, err := w.report.FromActs(w.t.Context(), made)
				if err != nil {
					w.t.Fatal(err)
				}
				if len(made.Networks) > 0 {
					filled++
				}
				w.same(fmt.Sprintf("%s %v %s", name, days, compare), made, want)
			}
		}
	}
	if filled < len(spans) {
		w.t.Errorf("only %d of the reports tell anything", filled)
	}
}

// same wants two reports to say the same, section by section.
func (w *world) same(where string, made, want report.Report) {
	w.t.Helper()
	parts := func(r report.Report) map[string]any {
		return map[string]any{"metrics": r.Metrics, "days": r.Days, "evidence": r.Evidence, "networks": r.Networks, "units": r.Units, "contents": r.Contents}
	}
	due := parts(want)
	for part, have := range parts(made) {
		a, err := json.Marshal(have)
		if err != nil {
			w.t.Fatal(err)
		}
		b, err := json.Marshal(due[part])
		if err != nil {
			w.t.Fatal(err)
		}
		if string(a) != string(b) {
			w.t.Errorf("%s, %s:\n%s\nthe acts say\n%s", where, part, a, b)
		}
	}
}
