package report_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/share"
)

var (
	recountAgencies = flag.Int("agencies", 3, "how many agencies the year of the recount has")
	recountMonths   = flag.Int("months", 3, "how many of its twelve months are reported, the last ones")
)

// aYear lets agencies of three zones live from December 2025 to November 2026: people who share in own or given
// words, like, move, leave and are switched off, and clicks that better rules judge anew.
func (w *world) aYear(random *rand.Rand, agencies int) []org.Agency {
	t := w.t
	t.Helper()
	admin := org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: w.Region.ID}}}
	bodies, units := []org.Agency{}, []org.Agency{}
	people := []org.Actor{}
	for n := range agencies {
		zone := []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}[n%3]
		body, err := w.Org.Create(t.Context(), admin, org.Draft{ParentID: w.Region.ID, Kind: org.Body, Code: fmt.Sprintf("TAHUN-%d", n), Name: fmt.Sprintf("Badan %d", n), Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, body)
		for _, size := range []int{7, 9, 2 + n%5} { // some so small that they are withheld
			unit := w.Agency(body, org.Unit)
			units = append(units, unit)
			for range size {
				people = append(people, w.Person(unit.ID))
			}
		}
	}
	w.exec(`UPDATE placement SET from_day = '2025-06-01'`)
	w.exec(`UPDATE content SET published_at = '2025-11-20 03:00Z'`)
	for n, item := range w.live { // a clarification now and then
		w.exec(`UPDATE content_version SET kind = CASE WHEN $2::int4 % 2 = 0 THEN 'klarifikasi' ELSE kind END WHERE content_id = $1`, item.ID, n)
	}
	for n, actor := range people {
		moved := period.DayOf(2026, time.Month(1+random.IntN(10)), 1+random.IntN(28)).String()
		switch n % 5 {
		case 0: // to another unit, perhaps of another zone
			to := units[random.IntN(len(units))]
			w.exec(`UPDATE placement SET until_day = $2::date WHERE user_id = $1`, actor.User, moved)
			w.exec(`INSERT INTO placement (user_id, from_day, unit_id, agency_id) VALUES ($1, $2::date, $3, $4)`, actor.User, moved, to.ID, to.ParentID)
		case 1:
			if n%2 == 0 {
				w.exec(`UPDATE placement SET until_day = $2::date WHERE user_id = $1`, actor.User, moved)
			} else {
				w.exec(`INSERT INTO user_off (user_id, from_day, until_day) VALUES ($1, $2::date, $2::date + 20)`, actor.User, moved)
			}
		}
	}
	w.actAYear(random, people)
	if err := w.User.SnapshotDays(t.Context(), period.DayOf(2025, 10, 1), period.DayOf(2026, 11, 22)); err != nil {
		t.Fatal(err)
	}
	return bodies
}

func (w *world) actAYear(random *rand.Rand, people []org.Actor) {
	t := w.t
	t.Helper()
	begin := time.Date(2025, 11, 25, 0, 0, 0, 0, time.UTC)
	caption := 0
	var acts []share.Past
	for range 25 * len(people) {
		at := begin.Add(time.Duration(random.Int64N(int64(361 * 24 * time.Hour))))
		if random.IntN(3) == 0 { // around the midnights of the zones
			at = at.Truncate(24 * time.Hour).Add(time.Duration(15+random.IntN(3))*time.Hour + time.Duration(random.IntN(3)-1)*time.Second)
		}
		past := share.Past{User: people[random.IntN(len(people))].User, Content: w.live[random.IntN(len(w.live))].ID, At: at, Kind: share.ShareKind,
			Network: []string{"whatsapp", "telegram", "facebook", "copy", "linkedin", "email", "x"}[random.IntN(7)]}
		if random.IntN(2) == 0 {
			past.Caption = &caption
		}
		if random.IntN(5) == 0 {
			past.Kind, past.Network = share.LikeKind, []string{"instagram", "facebook", "youtube"}[random.IntN(3)]
		}
		acts = append(acts, past)
	}
	if n, err := w.share.RecordAll(t.Context(), acts); err != nil || n < int64(len(people)) {
		t.Fatalf("%d acts: %v", n, err)
	}
	w.exec(`UPDATE act SET grade = 'A' WHERE id % 17 = 0`) // nothing verifies yet
	if err := w.share.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	var visits []click.Past
	for _, act := range acts {
		on, known := click.ChannelNamed(act.Network)
		if act.Kind != share.ShareKind || !known {
			continue
		}
		for range random.IntN(4) {
			at := act.At.Add(time.Duration(random.IntN(30*24*60)) * time.Minute)
			if at.After(w.now.Load().Add(-48 * time.Hour)) {
				continue
			}
			visits = append(visits, click.Past{Link: click.Link{Content: act.Content, User: act.User, Channel: on}, At: at,
				UserAgent: []string{phone, phone, tablet, "WhatsApp/2.23.20.0 A"}[random.IntN(4)], Address: netip.AddrFrom4([4]byte{203, 0, byte(random.IntN(40)), byte(random.IntN(250))})})
		}
	}
	if err := w.click.VisitAll(t.Context(), visits); err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE click_agent SET agent = 'curl/8.5' WHERE agent = $1`, tablet)
	w.exec(`UPDATE click SET rule = 1::int4::"char"`)
	if err := w.click.Reclassify(t.Context(), func(click.Reclassified) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

// Every figure of every format equals a recount from single rows, over a year in three zones. The whole:
// go test ./internal/report -run TestAYearEqualsARecount -agencies 20 -months 12
func TestAYearEqualsARecount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.live = []content.Content{w.publish("Kabar Satu"), w.publish("Kabar Dua"), w.publish("Kabar Tiga"), w.publish("Kabar Empat"), w.publish("Kabar Lima"), w.publish("Kabar Enam")}
	bodies := w.aYear(rand.New(rand.NewPCG(20, 12)), *recountAgencies)
	shown, reports := 0, 0
	for _, body := range append(bodies, w.Region) {
		for n := range *recountMonths {
			month := period.MonthOf(period.DayOf(2026, time.Month(11-n), 1))
			for _, compare := range []report.Compare{report.DaysBefore, report.YearBefore} {
				if compare == report.YearBefore && n != 0 {
					continue // the year before is nearly empty
				}
				made, err := w.report.Engagement(t.Context(), w.leader, report.Query{Agency: body.ID, From: month.From.String(), To: month.To.String(), Compare: compare})
				if err != nil {
					t.Fatal(err)
				}
				where := fmt.Sprintf("%s %s %s", body.Name, month, compare)
				sameAsRecount(t, w.DB, where, made)
				sameInCSV(t, where, made)
				sameInXLSX(t, where, made)
				sameOnPaper(t, where, made)
				sameInMessage(t, where, made)
				if reports++; made.Metrics[0].Value != nil && *made.Metrics[0].Value > 0 {
					shown++
				}
			}
		}
	}
	if shown < 3*reports/4 {
		t.Errorf("only %d of %d reports show people", shown, reports)
	}
	t.Logf("%d reports, %d of them with readers", reports, shown)
}

// sameInMessage wants the figures of the message to be those of the JSON.
func sameInMessage(t *testing.T, where string, made report.Report) {
	t.Helper()
	said := report.Compose(made, "", "").Text
	if made.Metrics[0].Value == nil {
		if !strings.Contains(said, "tidak ditampilkan") || strings.Contains(said, "*Angka utama*") {
			t.Errorf("%s: %s", where, said)
		}
		return
	}
	want := []string{}
	for _, m := range made.Metrics {
		switch m.Key {
		case "people_reached", "proven_shares", "active_sharers", "reach_per_100":
			want = append(want, "- "+m.Name+": "+indonesian(m.Value)+";")
		case "share_rate":
			want = append(want, "- "+m.Name+": "+indonesian(m.Value)+"%;")
		case "shares":
			want = append(want, "Bukti "+indonesian(m.Value)+" pembagian tercatat")
		}
	}
	for i, c := range made.Contents[:min(3, len(made.Contents))] {
		if c.PeopleReached > 0 {
			want = append(want, c.Title+": "+of(made.Contents[i].PeopleReached)+" orang")
		}
	}
	for _, e := range made.Evidence {
		want = append(want, " "+of(e.Shares))
	}
	for _, line := range want {
		if !strings.Contains(said, line) {
			t.Errorf("%s: %q is not in\n%s", where, line, said)
		}
	}
}
