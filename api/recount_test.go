package main

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/testdb"
)

// recountSQL counts everything again from the raw rows: single clicks, single acts, single placements. It
// uses no rollup, no snapshot, no path and no function of the product.
const recountSQL = `
WITH RECURSIVE below AS (
    SELECT id FROM agency WHERE id = $1
    UNION ALL
    SELECT a.id FROM agency AS a JOIN below ON a.parent_id = below.id
), node AS (SELECT zone FROM agency WHERE id = $1
), clicks AS (
    SELECT verdict FROM click, node WHERE unit_id IN (SELECT id FROM below)
       AND (at AT TIME ZONE node.zone)::date BETWEEN $2::date AND $3::date
), acts AS (
    SELECT act.* FROM act JOIN agency AS body ON body.id = act.agency_id WHERE act.unit_id IN (SELECT id FROM below)
       AND (act.at AT TIME ZONE body.zone)::date BETWEEN $2::date AND $3::date
)
SELECT (SELECT count(*) FROM clicks WHERE verdict = 1) AS people_reached,
       (SELECT count(*) FROM clicks WHERE verdict IN (2, 3, 4)) AS machine_requests,
       (SELECT count(*) FROM acts WHERE kind = 'share') AS shares,
       (SELECT count(*) FROM acts WHERE kind = 'like') AS likes,
       (SELECT count(DISTINCT user_id) FROM acts WHERE kind = 'share') AS active_sharers,
       (SELECT count(*) FROM placement AS p JOIN app_user AS u ON u.id = p.user_id AND u.active
         WHERE p.unit_id IN (SELECT id FROM below) AND p.from_day <= $3::date AND (p.until_day IS NULL OR p.until_day > $3::date)) AS eligible`

type recount struct {
	PeopleReached, MachineRequests, Shares, Likes, ActiveSharers, Eligible float64
}

// The report of the demo province, of each of its regions and of each agency says what a plain recount
// says; and the CSV says what the report says.
func TestTheReportEqualsARecount(t *testing.T) {
	t.Parallel()
	url := testdb.FreshURL(t)
	if _, err := command(t, map[string]string{"DATABASE_URL": url}, "demo"); err != nil {
		t.Fatal(err)
	}
	d := testdb.Open(t, url, time.Now)
	nodes, err := db.All[struct {
		ID   id.Agency
		Code string
	}](t.Context(), d, `SELECT id, code FROM agency WHERE kind <> 'unit' ORDER BY id`)
	if err != nil || len(nodes) < 50 {
		t.Fatalf("%d nodes, %v", len(nodes), err)
	}
	everywhere := org.Actor{Agency: nodes[0].ID, Grants: []org.Grant{{Role: org.Leader, Agency: nodes[0].ID}}}
	service := report.New(d)
	for _, node := range nodes {
		r, err := service.Engagement(t.Context(), everywhere, report.Query{Agency: node.ID, From: lastDays(30), To: lastDays(0)})
		if err != nil {
			t.Fatalf("%s: %v", node.Code, err)
		}
		again, err := db.Get[recount](t.Context(), d, recountSQL, node.ID, r.From, r.To)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]float64{"people_reached": again.PeopleReached, "valid_clicks": again.PeopleReached, "machine_requests": again.MachineRequests,
			"shares": again.Shares, "likes": again.Likes, "active_sharers": again.ActiveSharers, "eligible": again.Eligible}
		for _, m := range r.Metrics {
			if counted, known := want[m.Key]; known && (m.Value == nil || *m.Value != counted) {
				t.Errorf("%s %s: the report says %v, the recount %v", node.Code, m.Key, show(m.Value), counted)
			}
		}
		if node.Code == "99" && (again.PeopleReached < 5000 || again.Shares < 3000) {
			t.Errorf("the world is too quiet to prove anything: %+v", again)
		}
		sameInCSV(t, node.Code, r)
	}
}

func show(value *float64) string {
	if value == nil {
		return "–"
	}
	return fmt.Sprint(*value)
}

// sameInCSV compares every metric and child of the CSV with the report.
func sameInCSV(t *testing.T, code string, r report.Report) {
	t.Helper()
	var out strings.Builder
	if err := report.WriteCSV(&out, r); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, row := range rows {
		said[row[0]+" "+row[1]] = row[3]
	}
	for _, m := range r.Metrics {
		want := ""
		if m.Value != nil {
			want = strings.TrimSuffix(fmt.Sprintf("%.1f", *m.Value), ".0")
		}
		if got := said["metrik "+m.Key]; strings.TrimSuffix(got, ".0") != want {
			t.Errorf("%s %s: CSV %q, report %q", code, m.Key, got, want)
		}
	}
}

// lastDays is the local day so many days ago, in the province's zone.
func lastDays(ago int) string {
	return period.LocalDay(time.Now(), period.MustZone("Asia/Makassar")).Add(-ago).String()
}
