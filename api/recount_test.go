package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/metric"
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
    SELECT verdict::int4 AS verdict FROM click, node WHERE unit_id IN (SELECT id FROM below)
       AND (at AT TIME ZONE node.zone)::date BETWEEN $2::date AND $3::date
), acts AS (
    SELECT act.* FROM act JOIN agency AS body ON body.id = act.agency_id WHERE act.unit_id IN (SELECT id FROM below)
       AND (act.at AT TIME ZONE body.zone)::date BETWEEN $2::date AND $3::date
)
, sharer AS (
    SELECT user_id, count(*) AS shares FROM acts WHERE kind = 'share' GROUP BY user_id
), carried AS ( -- people reached by each sharer: single clicks, by the local day of the person's agency
    SELECT c.user_id, count(*) AS people
    FROM click AS c JOIN agency AS unit ON unit.id = c.unit_id
    WHERE c.verdict::int4 = 1 AND c.unit_id IN (SELECT id FROM below) AND (c.at AT TIME ZONE unit.zone)::date BETWEEN $2::date AND $3::date
    GROUP BY c.user_id
), spread AS (
    SELECT coalesce(carried.people, 0) AS people FROM sharer FULL JOIN carried USING (user_id)
), everybody AS (
    SELECT DISTINCT p.user_id FROM placement AS p JOIN app_user AS u ON u.id = p.user_id AND u.active
    WHERE p.unit_id IN (SELECT id FROM below) AND p.from_day <= $3::date AND (p.until_day IS NULL OR p.until_day > $3::date)
)
SELECT (SELECT count(*) FROM clicks WHERE verdict = 1) AS people_reached,
       (SELECT count(*) FROM acts WHERE kind = 'share' AND grade IN ('A', 'B')) AS proven_shares,
       (SELECT count(DISTINCT user_id) FROM acts) AS monthly_active,
       (SELECT count(DISTINCT user_id) FROM acts WHERE kind = 'like') AS likers,
       (SELECT count(DISTINCT user_id) FROM acts WHERE kind = 'like' AND grade IN ('A', 'B')) AS proven_likers,
       (SELECT count(*) FROM everybody WHERE EXISTS (SELECT FROM act WHERE act.user_id = everybody.user_id AND act.day <= $3::date)
            OR EXISTS (SELECT FROM session, node WHERE session.user_id = everybody.user_id AND (session.created_at AT TIME ZONE node.zone)::date <= $3::date)) AS signed,
       (SELECT array_to_string(array_agg(shares ORDER BY shares), ' ') FROM sharer) AS shares_each,
       (SELECT array_to_string(array_agg(people ORDER BY people), ' ') FROM spread) AS people_each,
       (SELECT count(*) FROM clicks WHERE verdict IN (2, 3, 4)) AS machine_requests,
       (SELECT count(*) FROM acts WHERE kind = 'share') AS shares,
       (SELECT count(*) FROM acts WHERE kind = 'like' AND network <> 12) AS likes, -- YouTube stands alone
       (SELECT count(*) FROM acts WHERE kind = 'share' AND caption IS NULL) AS own,
       (SELECT count(*) FROM acts WHERE kind = 'share' AND (caption IS NULL OR caption >= 0)) AS worded,
       (SELECT array_to_string(array_agg(round(extract(epoch FROM acts.at - c.published_at) / 60, 6)), ' ') FROM acts JOIN content AS c ON c.id = acts.content_id WHERE acts.kind = 'share') AS minutes_each,
       (SELECT array_to_string(array_agg(round(first.minutes)), ' ') FROM (
            SELECT extract(epoch FROM min(x.at) - c.published_at) / 60 AS minutes FROM content AS c JOIN agency AS a ON a.id = c.agency_id
            JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version) AND v.kind = 'klarifikasi'
            JOIN act AS x ON x.content_id = c.id AND x.kind = 'share'
            WHERE c.agency_id IN (SELECT id FROM below) AND (c.published_at AT TIME ZONE a.zone)::date BETWEEN $2::date AND $3::date
            GROUP BY c.id, a.zone HAVING (min(x.at) AT TIME ZONE a.zone)::date <= $3::date) AS first) AS clarified_each,
       (SELECT count(DISTINCT user_id) FROM acts WHERE kind = 'share') AS active_sharers,
       (SELECT count(*) FROM placement AS p JOIN app_user AS u ON u.id = p.user_id AND u.active
         WHERE p.unit_id IN (SELECT id FROM below) AND p.from_day <= $3::date AND (p.until_day IS NULL OR p.until_day > $3::date)) AS eligible`

type recount struct {
	PeopleReached, MachineRequests, Shares, Likes, ActiveSharers, Eligible float64
	ProvenShares, MonthlyActive, Likers, ProvenLikers, Signed              float64
	Own, Worded                                                            float64
	MinutesEach, ClarifiedEach                                             string
	SharesEach, PeopleEach                                                 string // in ascending order
}

// metrics works every metric out of the sums, by the words of its definition; NaN where it is not shown.
func (r recount) metrics() map[string]float64 {
	tenth := func(n float64) float64 { return math.Round(10*n) / 10 }
	hundred := func(part float64) float64 { return tenth(100 * part / r.Eligible) }
	shares, people := numbers(r.SharesEach), numbers(r.PeopleEach)
	want := map[string]float64{"people_reached": r.PeopleReached, "valid_clicks": r.PeopleReached, "machine_requests": r.MachineRequests,
		"shares": r.Shares, "proven_shares": r.ProvenShares, "likes": r.Likes, "active_sharers": r.ActiveSharers, "monthly_active": r.MonthlyActive,
		"eligible": r.Eligible, "share_rate": hundred(r.ActiveSharers), "reach_per_100": hundred(r.PeopleReached), "adoption": hundred(r.Signed),
		"like_completion": hundred(r.Likers), "like_completion_proven": hundred(r.ProvenLikers), "clicks_per_share": tenth(r.PeopleReached / r.Shares),
		"network_multiplier": tenth(r.PeopleReached / r.ActiveSharers), "originality": math.NaN(), "speed": math.NaN(), "speed_clarification": median(numbers(r.ClarifiedEach)),
		"shares_per_sharer": math.NaN(), "concentration_top10": math.NaN(), "concentration_gini": math.NaN()}
	if n := len(shares); n >= 5 {
		want["shares_per_sharer"] = (shares[(n-1)/2] + shares[n/2]) / 2
		want["originality"] = tenth(100 * r.Own / r.Worded)
		want["speed"] = median(roundedUp(numbers(r.MinutesEach)))
	}
	total, pairs, n := 0.0, 0.0, len(people)
	for _, a := range people {
		total += a
		for _, b := range people {
			pairs += math.Abs(a - b)
		}
	}
	if n >= 5 && total > 0 { // half the mean difference of all pairs, over the mean
		want["concentration_gini"] = math.Round(100*pairs/(2*float64(n)*total)) / 100
	}
	if head := (n + 9) / 10; head >= 5 && total > 0 {
		top := 0.0
		for _, a := range people[n-head:] {
			top += a
		}
		want["concentration_top10"] = tenth(100 * top / total)
	}
	return want
}

// median is the smallest value that half of all are not above; NaN of none.
func median(of []float64) float64 {
	if len(of) == 0 {
		return math.NaN()
	}
	slices.Sort(of)
	return of[(len(of)-1)/2]
}

// roundedUp are minutes to five in the first hour, to an hour in the first day, to a day later.
func roundedUp(all []float64) (list []float64) {
	for _, minutes := range all {
		step := 5.0
		if minutes > 1440 {
			step = 1440
		} else if minutes > 60 {
			step = 60
		}
		list = append(list, max(step, math.Ceil(minutes/step)*step))
	}
	return list
}

func numbers(text string) (list []float64) {
	for _, field := range strings.Fields(text) {
		n, _ := strconv.ParseFloat(field, 64) // PostgreSQL wrote it
		list = append(list, n)
	}
	return list
}

// The report of the demo province, of each of its regions and of each agency says what a plain recount
// says; and the CSV says what the report says.
func TestTheReportEqualsARecount(t *testing.T) {
	t.Parallel()
	url := demoEnv(t)["DATABASE_URL"]
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
	today := period.LocalDay(time.Now(), period.MustZone("Asia/Makassar"))
	month := period.MonthOf(today)
	last := period.MonthOf(month.From.Add(-1))
	spans := [][2]period.Day{{month.From, today}, {last.From, last.To}, {today.Add(-55), today}}
	hidden := 0
	for _, node := range nodes {
		for _, span := range spans {
			where := fmt.Sprintf("%s %s/%s", node.Code, span[0], span[1])
			r, err := service.Engagement(t.Context(), everywhere, report.Query{Agency: node.ID, From: span[0].String(), To: span[1].String()})
			if err != nil {
				t.Fatalf("%s: %v", where, err)
			}
			again, err := db.Get[recount](t.Context(), d, recountSQL, node.ID, r.From, r.To)
			if err != nil {
				t.Fatal(err)
			}
			want := again.metrics()
			small := len(r.Days) == 0
			if small {
				hidden++
			}
			for _, m := range r.Metrics {
				counted, known := want[m.Key]
				nothing := small || math.IsNaN(counted) || math.IsInf(counted, 0)
				if !known || nothing != (m.Value == nil) || !nothing && math.Abs(*m.Value-counted) > 1e-9 {
					t.Errorf("%s %s: the report says %v, the recount %v", where, m.Key, show(m.Value), counted)
				}
			}
			if node.Code == "99" && span == spans[2] && (again.PeopleReached < 5000 || again.Shares < 3000) {
				t.Errorf("the world is too quiet to prove anything: %+v", again)
			}
			sameInCSV(t, where, r)
			sameInWhatsApp(t, where, r)
		}
	}
	if hidden > 3*len(nodes)/4 {
		t.Errorf("%d reports of %d show nothing", hidden, 3*len(nodes))
	}
}

// sameInWhatsApp looks for the five headline figures of the report in its message, written by hand.
func sameInWhatsApp(t *testing.T, where string, r report.Report) {
	t.Helper()
	message := report.Compose(r, "", "https://gaung.example")
	dots := func(value float64, digits int) string {
		text := strconv.FormatFloat(value, 'f', digits, 64)
		text = strings.TrimSuffix(strings.Replace(text, ".", ",", 1), ",0")
		whole, rest, _ := strings.Cut(text, ",")
		out := ""
		for i, c := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				out += "."
			}
			out += string(c)
		}
		if rest != "" {
			out += "," + rest
		}
		return out
	}
	for _, m := range r.Metrics {
		if m.Value == nil || !slices.Contains([]string{"people_reached", "proven_shares", "active_sharers", "share_rate", "reach_per_100"}, m.Key) {
			continue
		}
		line := "- " + m.Name + ": " + dots(*m.Value, map[metric.Unit]int{metric.Percent: 1, metric.Per100: 1}[m.Unit])
		if m.Unit == metric.Percent {
			line += "%"
		}
		if !strings.Contains(message.Text, line+";") {
			t.Errorf("%s: %q is not in\n%s", where, line, message.Text)
		}
	}
	if message.Characters >= report.MaxWhatsApp {
		t.Errorf("%s: %d characters", where, message.Characters)
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
		want := "–"
		if m.Value != nil {
			want = strconv.FormatFloat(*m.Value, 'f', -1, 64)
		}
		if got := said["metrik "+m.Key]; got != want {
			t.Errorf("%s %s: CSV %q, report %q", code, m.Key, got, want)
		}
	}
}
