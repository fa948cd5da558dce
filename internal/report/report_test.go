package report_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/league"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

const phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"

// world is a region in WITA with an agency in WITA and one in WIT, all services, and a clock that a
// test sets.
type world struct {
	*testkit.Kit
	t      testing.TB
	now    atomic.Pointer[time.Time]
	report *report.Service
	share  *share.Service
	click  *click.Service
	codes  *click.Codes

	east     org.Agency // in WIT, with a name that a spreadsheet would take for a formula
	eastUnit org.Agency
	small    org.Agency // a unit of four
	beside   org.Agency // a unit of five, withheld with it
	people   []org.Actor
	leader   org.Actor
	live     []content.Content
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t}
	w.set(testdb.Now)
	w.Kit = testkit.On(t, testdb.Open(t, testdb.FreshURL(t), func() time.Time { return *w.now.Load() }))
	w.report, w.codes, w.click = report.New(w.DB), click.NewCodes(w.Ring), click.New(w.DB, w.Ring, "https://gaung.example")
	w.share = share.New(w.DB, w.click, "https://gaung.example")
	w.click.OnShip(share.LiftGrades)
	w.click.OnShip(score.Post)
	admin := org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: w.Region.ID}}}
	var err error
	w.east, err = w.Org.Create(t.Context(), admin, org.Draft{ParentID: w.Region.ID, Kind: org.Body, Code: "TIMUR", Name: `=cmd|' /C calc'!A0`, Zone: "Asia/Jayapura"})
	if err == nil {
		err = w.click.Prepare(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	w.eastUnit, w.small, w.beside = w.Agency(w.east, org.Unit), w.Agency(w.Dinas, org.Unit), w.Agency(w.Dinas, org.Unit)
	for _, title := range []string{`=HYPERLINK("http://x";"y")`, `Kabar "baik", koma; dan kutip`, "+62 nomor layanan"} {
		w.live = append(w.live, w.publish(title)) // for the whole region
	}
	for unit, size := range map[id.Agency]int{w.Unit.ID: 6, w.small.ID: 4, w.beside.ID: 5, w.eastUnit.ID: 6} {
		for range size {
			w.people = append(w.people, w.Person(unit))
		}
	}
	slices.SortFunc(w.people, func(a, b org.Actor) int { return int(a.User - b.User) })
	w.leader = w.Person(w.Unit.ID, org.Grant{Role: org.Leader, Agency: w.Region.ID})
	if err := w.User.SnapshotDays(t.Context(), period.DayOf(2026, 11, 1), period.DayOf(2026, 11, 22)); err != nil {
		t.Fatal(err)
	}
	return w
}

// publish takes a content of the region live, so that every agency has it.
func (w *world) publish(title string) content.Content {
	w.t.Helper()
	ctx := w.t.Context()
	on := func(role org.Role) org.Actor {
		return w.Person(w.Unit.ID, org.Grant{Role: role, Agency: w.Region.ID})
	}
	author, approver, publisher := on(org.Author), on(org.Approver), on(org.Publisher)
	made, err := w.Content.Create(ctx, author, content.Outline{Agency: w.Region.ID}, testkit.Text(title))
	if err == nil {
		_, err = w.Content.Submit(ctx, author, made.ID)
	}
	if err == nil {
		_, err = w.Content.Approve(ctx, approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
	}
	if err == nil {
		made, err = w.Content.Publish(ctx, publisher, made.ID)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func (w *world) set(now time.Time) { w.now.Store(&now) }

func (w *world) shareOn(actor org.Actor, item content.Content, channel string) {
	w.t.Helper()
	if _, err := w.share.Share(w.t.Context(), actor, item.ID, share.Request{Channel: channel}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) open(actor org.Actor, item content.Content, channel click.Channel, visitor int, agent string) {
	w.t.Helper()
	code := w.codes.Encode(click.Link{Content: item.ID, User: actor.User, Channel: channel})
	address := netip.AddrFrom4([4]byte{203, 0, 113, byte(visitor)})
	if _, err := w.click.Visit(w.t.Context(), click.Visit{Code: code, UserAgent: agent, Address: address}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(node id.Agency, from, to string) report.Report {
	w.t.Helper()
	made, err := w.report.Engagement(w.t.Context(), w.leader, report.Query{Agency: node, From: from, To: to})
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

// happen makes some days of activity, much of it around the midnights of the two zones.
func (w *world) happen(seed uint64) {
	random := rand.New(rand.NewPCG(11, seed))
	instants := []string{"2026-11-19T15:30:00Z", "2026-11-19T16:30:00Z", "2026-11-20T03:00:00Z", "2026-11-20T15:59:59Z", "2026-11-20T16:00:00Z", "2026-11-21T14:59:59Z", "2026-11-21T15:00:00Z", "2026-11-22T01:00:00Z"}
	for _, instant := range instants {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			w.t.Fatal(err)
		}
		w.set(at)
		if err := w.click.Prepare(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		for range 12 {
			actor, item := w.people[random.IntN(len(w.people))], w.live[random.IntN(len(w.live))]
			channel := []string{"whatsapp", "copy"}[random.IntN(2)]
			on, _ := click.ChannelNamed(channel)
			w.shareOn(actor, item, channel)
			if random.IntN(3) == 0 {
				if _, err := w.share.Like(w.t.Context(), actor, item.ID, "", ""); err != nil {
					w.t.Fatal(err)
				}
			}
			for range random.IntN(4) {
				w.open(actor, item, on, random.IntN(5), []string{phone, phone, "WhatsApp/2.23.20.0 A"}[random.IntN(3)])
			}
		}
	}
	w.set(testdb.Now)
}

// recount counts the same figures out of the raw rows, without rollups, stored days or stored paths.
func (w *world) recount(node org.Agency, from, to string) map[string]float64 {
	w.t.Helper()
	const below = `WITH RECURSIVE below (id) AS (SELECT $1::int4 UNION ALL SELECT a.id FROM agency AS a JOIN below ON a.parent_id = below.id) `
	type acts struct{ Sharers, Shares, Likes, Proven, Active float64 }
	a, err := db.Get[acts](w.t.Context(), w.DB, below+`SELECT count(DISTINCT user_id) FILTER (WHERE act.kind = 'share') AS sharers,
		count(*) FILTER (WHERE act.kind = 'share') AS shares, count(*) FILTER (WHERE act.kind = 'like') AS likes,
		count(*) FILTER (WHERE act.kind = 'share' AND act.grade < 'C') AS proven, count(DISTINCT user_id) AS active
		FROM act JOIN agency AS g ON g.id = act.agency_id
		WHERE unit_id IN (SELECT id FROM below) AND (at AT TIME ZONE g.zone)::date BETWEEN $2 AND $3`, node.ID, from, to)
	if err != nil {
		w.t.Fatal(err)
	}
	type clicks struct{ Valid, Machines float64 }
	c, err := db.Get[clicks](w.t.Context(), w.DB, below+`SELECT count(*) FILTER (WHERE verdict::int4 = $5) AS valid, count(*) FILTER (WHERE verdict::int4 IN ($6, $7, $8)) AS machines
		FROM click WHERE unit_id IN (SELECT id FROM below) AND (at AT TIME ZONE $4)::date BETWEEN $2 AND $3`,
		node.ID, from, to, node.Zone, int(click.Valid), int(click.Preview), int(click.Bot), int(click.Prefetch))
	if err != nil {
		w.t.Fatal(err)
	}
	got := map[string]float64{"active_sharers": a.Sharers, "shares": a.Shares, "proven_shares": a.Proven, "monthly_active": a.Active, "likes": a.Likes, "people_reached": c.Valid, "valid_clicks": c.Valid, "machine_requests": c.Machines}
	return got
}

// What the leader reads is what the raw rows say (R40), in every node, over every span, in JSON and in
// CSV.
func TestReportEqualsARecount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.happen(1)
	for _, node := range []org.Agency{w.Region, w.Dinas, w.Unit, w.east, w.eastUnit} {
		for _, span := range [][2]string{{"2026-11-19", "2026-11-22"}, {"2026-11-20", "2026-11-20"}, {"2026-11-21", "2026-11-21"}, {"2026-11-21", "2026-11-22"}, {"2025-12-01", "2026-11-22"}, {"2027-01-01", "2027-01-02"}} {
			where := fmt.Sprintf("%s %v", node.Name, span)
			made := w.read(node.ID, span[0], span[1])
			want := w.recount(node, span[0], span[1])
			got := map[string]float64{}
			for _, m := range made.Metrics {
				if m.Value != nil {
					got[m.Key] = *m.Value
				}
			}
			for key, n := range want {
				if got[key] != n {
					t.Errorf("%s: %s is %v, the raw rows say %v", where, key, got[key], n)
				}
			}
			parts := map[string]float64{}
			for _, d := range made.Days {
				parts["days shares"] += float64(d.Shares)
				parts["days people"] += float64(d.PeopleReached)
			}
			for _, n := range made.Networks {
				parts["networks shares"] += float64(n.Shares)
				parts["networks people"] += float64(n.PeopleReached)
			}
			for _, e := range made.Evidence {
				parts["evidence shares"] += float64(e.Shares)
				parts["evidence likes"] += float64(e.Likes)
			}
			for _, c := range made.Contents {
				if node.ID == w.Region.ID { // all contents are the region's own
					parts["contents shares"] += float64(c.Shares)
					parts["contents people"] += float64(c.PeopleReached)
				}
			}
			for part, n := range parts {
				whole := map[string]string{"shares": "shares", "people": "people_reached", "likes": "likes"}[part[strings.Index(part, " ")+1:]]
				if n != want[whole] {
					t.Errorf("%s: %s add up to %v, want %v", where, part, n, want[whole])
				}
			}
			for _, u := range made.Units {
				at := slices.IndexFunc([]org.Agency{w.Dinas, w.east, w.Unit, w.eastUnit}, func(a org.Agency) bool { return a.ID == u.ID })
				if at < 0 || u.Shares == nil {
					continue
				}
				child := w.recount([]org.Agency{w.Dinas, w.east, w.Unit, w.eastUnit}[at], span[0], span[1])
				if float64(*u.Shares) != child["shares"] || float64(*u.ActiveSharers) != child["active_sharers"] || float64(*u.PeopleReached) != child["people_reached"] {
					t.Errorf("%s: child %s has %d %d %d, the raw rows say %v", where, u.Name, *u.Shares, *u.ActiveSharers, *u.PeopleReached, child)
				}
			}
			sameInCSV(t, where, made)
			sameInXLSX(t, where, made)
			sameOnPaper(t, where, made)
		}
	}
}

// A content that was published after the days of the report is no part of it.
func TestContentsOfThePeriod(t *testing.T) {
	t.Parallel()
	w := newWorld(t) // published on 22 November, 10.00 WITA
	for to, want := range map[string]int{"2026-11-20": 0, "2026-11-21": 0, "2026-11-22": 3, "2026-11-23": 3} {
		if got := len(w.read(w.Region.ID, "2026-11-10", to).Contents); got != want {
			t.Errorf("to %s: %d contents, want %d", to, got, want)
		}
	}
}

// Each figure has one definition that can be read, and says where it is counted: the statement and its tables are
// really there.
func TestRegistryIsComplete(t *testing.T) {
	t.Parallel()
	all, keys := map[string]bool{}, map[string]bool{}
	for _, m := range metric.Registry() {
		if all[m.Key] || m.Key == "" || m.Name == "" || m.NameEn == "" || m.Meaning == "" || m.MeaningEn == "" || m.Formula == "" || m.FormulaEn == "" ||
			m.Caveat == "" || m.CaveatEn == "" || m.Evidence == "" || m.Version < 1 || m.Unit == "" || m.Place == "" {
			t.Errorf("%+v", m)
		}
		if (m.Place == metric.None) != (m.Source == "") || (m.Place == metric.None) != (m.Missing != "") || (m.Missing == "") != (m.MissingEn == "") {
			t.Errorf("%s has no value and does not say why, or says so and has one", m.Key)
		}
		if m.Source != "" {
			sourced(t, m)
		}
		if all[m.Key] = true; m.Place == metric.Report {
			keys[m.Key] = true
		}
	}
	for _, m := range metric.Registry() {
		if m.Denominator != "" && !keys[m.Denominator] {
			t.Errorf("%s is divided by %s, which is no metric of the report", m.Key, m.Denominator)
		}
		if metric.Named(m.Key) != m {
			t.Errorf("%s is not found by its name", m.Key)
		}
	}
	valuedInOneReport(t, keys)
}

// sourced wants a metric's statement to be there and to read its tables.
func sourced(t *testing.T, m metric.Metric) {
	t.Helper()
	name, tables, _ := strings.Cut(m.Source, ": ")
	text, err := os.ReadFile("sql/" + name + ".sql")
	if err != nil {
		t.Error(m.Key, err)
	}
	query := strings.Replace(string(text), "{reached}", league.Reached, 1)
	for _, table := range strings.Split(tables, ", ") {
		if !regexp.MustCompile(`(FROM|JOIN|,) ` + table + `\b`).MatchString(query) {
			t.Errorf("%s: %s does not read %s", m.Key, name, table)
		}
	}
}

// valuedInOneReport wants all metrics of the report, and no others, to have a value where enough happened.
func valuedInOneReport(t *testing.T, keys map[string]bool) {
	t.Helper()
	w := newWorld(t)
	for range 45 { // so many that the head of a tenth is no small group
		w.people = append(w.people, w.Person(w.eastUnit.ID))
	}
	for _, actor := range w.people {
		w.shareOn(actor, w.live[0], "copy")
	}
	w.exec(`UPDATE content_version SET kind = 'klarifikasi' WHERE content_id = $1`, w.live[0].ID)
	w.open(w.people[0], w.live[0], click.Copy, 1, phone)
	valued := map[string]bool{}
	for _, m := range w.read(w.Region.ID, "", "").Metrics {
		valued[m.Key] = m.Value != nil
	}
	if !maps.Equal(valued, keys) {
		t.Errorf("metrics without a value: %v", valued)
	}
}
