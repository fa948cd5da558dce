package report_test

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
	"gaung/internal/report"
)

// The recount works every figure of a report out of single rows: clicks, acts, placements. It uses no sum, no
// snapshot, no stored path, no local day that was stored, and no function of the product or of its schema.
const recountBelow = `WITH RECURSIVE below AS (
	SELECT id, id AS child, 0 AS depth FROM agency WHERE id = $1
	UNION ALL
	SELECT a.id, CASE WHEN below.depth = 0 THEN a.id ELSE below.child END, below.depth + 1 FROM agency AS a JOIN below ON a.parent_id = below.id
), place AS (SELECT id, CASE WHEN depth = 0 THEN 0 ELSE child END AS child FROM below) `

// oneAct is an act of the subtree in the days.
type oneAct struct {
	UserID  int64
	Child   int64
	Network int64
	Kind    string
	Grade   string
	Day     period.Day
	Caption *int64
	Minutes float64
}

// oneClick is a request on a link of somebody of the subtree; each zone has its own day.
type oneClick struct {
	UserID, Child, Channel, Verdict int64
	NodeDay, ChildDay, UnitDay      period.Day
	InNode, InChild, InUnit         bool
}

// counting is what a span of a node is counted from.
type counting struct {
	acts    []oneAct
	clicks  []oneClick
	staff   map[int64]int64 // by child; 0: all
	signed  int64
	clarify []float64 // minutes to the first share
}

func recountRows(ctx context.Context, t testing.TB, d *db.DB, node id.Agency, from, to period.Day) counting {
	t.Helper()
	c := counting{staff: map[int64]int64{}}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	c.acts, err = db.All[oneAct](ctx, d, recountBelow+`SELECT x.user_id, place.child, x.network, x.kind, x.grade, (x.at AT TIME ZONE body.zone)::date AS day, x.caption,
			(extract(epoch FROM x.at - c.published_at) / 60)::float8 AS minutes
		FROM act AS x JOIN place ON place.id = x.unit_id JOIN agency AS body ON body.id = x.agency_id JOIN content AS c ON c.id = x.content_id
		WHERE (x.at AT TIME ZONE body.zone)::date BETWEEN $2::date AND $3::date`, node, from.String(), to.String())
	must(err)
	// A day earlier and later: children lie in other zones.
	c.clicks, err = db.All[oneClick](ctx, d, recountBelow+`SELECT k.user_id, place.child, k.channel::int4 AS channel, k.verdict::int4 AS verdict,
			(k.at AT TIME ZONE node.zone)::date AS node_day, (k.at AT TIME ZONE child.zone)::date AS child_day, (k.at AT TIME ZONE unit.zone)::date AS unit_day
		FROM click AS k JOIN place ON place.id = k.unit_id JOIN agency AS unit ON unit.id = k.unit_id JOIN agency AS node ON node.id = $1
		LEFT JOIN agency AS child ON child.id = place.child
		WHERE k.at BETWEEN $2::date - interval '2 days' AND $3::date + interval '2 days'`, node, from.String(), to.String())
	must(err)
	within := func(day period.Day) bool { return day >= from && day <= to }
	for i, k := range c.clicks {
		c.clicks[i].InNode, c.clicks[i].InChild, c.clicks[i].InUnit = within(k.NodeDay), k.Child != 0 && within(k.ChildDay), within(k.UnitDay)
	}
	people, err := db.All[struct{ Child, People int64 }](ctx, d, recountBelow+`SELECT place.child, count(DISTINCT p.user_id) AS people
		FROM placement AS p JOIN place ON place.id = p.unit_id WHERE p.from_day <= $2::date AND (p.until_day IS NULL OR p.until_day > $2::date)
		AND NOT EXISTS (SELECT FROM user_off AS o WHERE o.user_id = p.user_id AND o.from_day <= $2::date AND (o.until_day IS NULL OR o.until_day > $2::date))
		GROUP BY 1`, node, to.String())
	must(err)
	for _, row := range people {
		c.staff[row.Child] += row.People
		if row.Child != 0 {
			c.staff[0] += row.People
		}
	}
	signed, err := db.Get[struct{ N int64 }](ctx, d, recountBelow+`SELECT count(DISTINCT p.user_id) AS n FROM placement AS p JOIN place ON place.id = p.unit_id
		JOIN app_user AS u ON u.id = p.user_id AND u.active JOIN agency AS node ON node.id = $1
		WHERE p.from_day <= $2::date AND (p.until_day IS NULL OR p.until_day > $2::date)
		AND (EXISTS (SELECT FROM act AS x JOIN agency AS b ON b.id = x.agency_id WHERE x.user_id = p.user_id AND (x.at AT TIME ZONE b.zone)::date <= $2::date)
		  OR EXISTS (SELECT FROM session AS s WHERE s.user_id = p.user_id AND (s.created_at AT TIME ZONE node.zone)::date <= $2::date))`, node, to.String())
	must(err)
	c.signed = signed.N
	first, err := db.All[struct{ Minutes float64 }](ctx, d, recountBelow+`SELECT (extract(epoch FROM min(x.at) - c.published_at) / 60)::float8 AS minutes
		FROM content AS c JOIN place ON place.id = c.agency_id JOIN agency AS a ON a.id = c.agency_id
		JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version) AND v.kind = 'klarifikasi'
		JOIN act AS x ON x.content_id = c.id AND x.kind = 'share'
		WHERE (c.published_at AT TIME ZONE a.zone)::date BETWEEN $2::date AND $3::date
		GROUP BY c.id, a.zone HAVING (min(x.at) AT TIME ZONE a.zone)::date <= $3::date`, node, from.String(), to.String())
	must(err)
	for _, row := range first {
		c.clarify = append(c.clarify, math.Round(row.Minutes))
	}
	return c
}

const youtube = 12 // its figures are added to no other network's

// figures are all metrics by the words of their definitions; NaN: there is none to show.
func (c counting) figures() map[string]float64 {
	shares, likes, proven := map[int64]float64{}, map[int64]bool{}, map[int64]bool{}
	acted, carried := map[int64]bool{}, map[int64]float64{}
	var provenShares, allLikes, own, worded, people, machines float64
	delays := []float64{}
	for _, a := range c.acts {
		acted[a.UserID] = true
		good := a.Grade == "A" || a.Grade == "B"
		if a.Kind == "like" {
			likes[a.UserID] = true
			proven[a.UserID] = proven[a.UserID] || good
			if a.Network != youtube {
				allLikes++
			}
			continue
		}
		shares[a.UserID]++
		delays = append(delays, roundedUp(a.Minutes))
		if good {
			provenShares++
		}
		if a.Caption == nil {
			own++
		}
		if a.Caption == nil || *a.Caption >= 0 {
			worded++
		}
	}
	for _, k := range c.clicks {
		if k.InNode && k.Verdict == 1 {
			people++
		}
		if k.InNode && k.Verdict >= 2 && k.Verdict <= 4 {
			machines++
		}
		if k.InUnit && k.Verdict == 1 {
			carried[k.UserID]++
		}
	}
	provenLikers := 0.0
	for _, is := range proven {
		if is {
			provenLikers++
		}
	}
	total := 0.0
	for _, n := range shares {
		total += n
	}
	staff := float64(c.staff[0])
	all := map[string]float64{"people_reached": people, "valid_clicks": people, "machine_requests": machines, "shares": total, "proven_shares": provenShares, "likes": allLikes,
		"active_sharers": float64(len(shares)), "monthly_active": float64(len(acted)), "eligible": staff,
		"share_rate": per100(float64(len(shares)), staff), "reach_per_100": per100(people, staff), "adoption": per100(float64(c.signed), staff),
		"like_completion": per100(float64(len(likes)), staff), "like_completion_proven": per100(provenLikers, staff),
		"clicks_per_share": tenth(people / total), "network_multiplier": tenth(people / float64(len(shares))),
		"shares_per_sharer": math.NaN(), "originality": math.NaN(), "speed": math.NaN(), "speed_clarification": lowerMedian(c.clarify),
		"concentration_top10": math.NaN(), "concentration_gini": math.NaN()}
	if len(shares) >= 5 {
		each := sorted(shares)
		all["shares_per_sharer"] = (each[(len(each)-1)/2] + each[len(each)/2]) / 2
		all["originality"], all["speed"] = per100(own, worded), lowerMedian(delays)
	}
	for who := range shares {
		carried[who] += 0
	}
	c.evenness(all, sorted(carried))
	return all
}

func (c counting) evenness(all map[string]float64, people []float64) {
	n, total, pairs := len(people), 0.0, 0.0
	for _, a := range people {
		total += a
		for _, b := range people {
			pairs += math.Abs(a - b)
		}
	}
	if n >= 5 && total > 0 { // half the mean difference of all pairs, over the mean
		all["concentration_gini"] = math.Round(100*pairs/(2*float64(n)*total)) / 100
	}
	if head := (n + 9) / 10; head >= 5 && total > 0 {
		top := 0.0
		for _, a := range people[n-head:] {
			top += a
		}
		all["concentration_top10"] = tenth(100 * top / total)
	}
}

func sorted(of map[int64]float64) (list []float64) {
	for _, n := range of {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

func tenth(n float64) float64 { return math.Round(10*n) / 10 }

func per100(part, whole float64) float64 { return tenth(100 * part / whole) }

// lowerMedian is the smallest value that half of all are not above.
func lowerMedian(of []float64) float64 {
	if len(of) == 0 {
		return math.NaN()
	}
	slices.Sort(of)
	return of[(len(of)-1)/2]
}

// roundedUp are minutes to five in the first hour, to an hour in the first day, to a day later.
func roundedUp(minutes float64) float64 {
	switch step := 5.0; {
	case minutes > 1440:
		return math.Ceil(minutes/1440) * 1440
	case minutes > 60:
		return math.Ceil(minutes/60) * 60
	default:
		return max(step, math.Ceil(minutes/step)*step)
	}
}

// sameAsRecount wants every figure of a report to be what single rows say.
func sameAsRecount(t *testing.T, d *db.DB, where string, r report.Report) {
	t.Helper()
	now := recountRows(t.Context(), t, d, r.Agency.ID, r.From, r.To)
	before := recountRows(t.Context(), t, d, r.Agency.ID, r.PreviousFrom, r.PreviousTo)
	said := func(what string, got *float64, want float64) {
		t.Helper()
		if (got == nil) != (math.IsNaN(want) || math.IsInf(want, 0)) || got != nil && math.Abs(*got-want) > 1e-9 {
			shown := "–"
			if got != nil {
				shown = fmt.Sprint(*got)
			}
			t.Errorf("%s, %s: the report says %s, single rows %v", where, what, shown, want)
		}
	}
	is := func(what string, got int64, want float64) {
		t.Helper()
		value := float64(got)
		said(what, &value, want)
	}
	if r.Metrics[0].Value == nil {
		if len(r.Days)+len(r.Units)+len(r.Networks)+len(r.Contents)+len(r.Evidence) > 0 {
			t.Errorf("%s: a withheld group shows something", where)
		}
		return
	}
	current, past := now.figures(), before.figures()
	compared := slices.ContainsFunc(r.Metrics, func(v report.Value) bool { return v.Previous != nil })
	for _, m := range r.Metrics {
		want, known := current[m.Key]
		if !known {
			t.Errorf("%s: nobody recounts %s", where, m.Key)
		}
		if said(m.Key, m.Value, want); compared {
			said(m.Key+" before", m.Previous, past[m.Key])
		}
	}
	for _, day := range r.Days {
		is("people on "+day.Day.String(), day.PeopleReached, now.people(func(k oneClick) bool { return k.InNode && k.NodeDay == day.Day }))
		is("shares on "+day.Day.String(), day.Shares, now.count(func(a oneAct) bool { return a.Kind == "share" && a.Day == day.Day }))
	}
	for _, e := range r.Evidence {
		is("shares of "+e.Grade, e.Shares, now.count(func(a oneAct) bool { return a.Kind == "share" && a.Grade == e.Grade }))
		is("likes of "+e.Grade, e.Likes, now.count(func(a oneAct) bool { return a.Kind == "like" && a.Grade == e.Grade && a.Network != youtube }))
	}
	sameNetworks(t, d, where, r, now, before, is)
	sameChildren(r, now, before, is)
	sameContents(t, d, r, is)
}

func (c counting) count(fits func(oneAct) bool) (n float64) {
	for _, a := range c.acts {
		if fits(a) {
			n++
		}
	}
	return n
}

func (c counting) people(fits func(oneClick) bool) (n float64) {
	for _, k := range c.clicks {
		if k.Verdict == 1 && fits(k) {
			n++
		}
	}
	return n
}

func sameNetworks(t *testing.T, d *db.DB, where string, r report.Report, now, before counting, is func(string, int64, float64)) {
	t.Helper()
	numbers := map[string]int64{"whatsapp": 1, "copy": 2, "facebook": 3, "x": 4, "telegram": 5, "threads": 6, "linkedin": 7, "email": 8, "system": 9, "instagram": 10, "tiktok": 11, "youtube": 12, "website": 13}
	seen := map[int64]bool{}
	for _, n := range r.Networks {
		number := numbers[n.Network]
		seen[number] = true
		share := func(a oneAct) bool { return a.Kind == "share" && a.Network == number }
		over := func(k oneClick) bool { return k.InNode && k.Channel == number }
		is(n.Network+" shares", n.Shares, now.count(share))
		is(n.Network+" proven", n.ProvenShares, now.count(func(a oneAct) bool { return share(a) && a.Grade < "C" }))
		is(n.Network+" likes", n.Likes, now.count(func(a oneAct) bool { return a.Kind == "like" && a.Network == number }))
		is(n.Network+" people", n.PeopleReached, now.people(over))
		for grade, of := range map[string]int64{"A": n.Grades.A, "B": n.Grades.B, "C": n.Grades.C, "D": n.Grades.D} {
			is(n.Network+" "+grade, of, now.count(func(a oneAct) bool { return share(a) && a.Grade == grade }))
		}
		if n.Previous != nil {
			is(n.Network+" shares before", n.Previous.Shares, before.count(share))
			is(n.Network+" people before", n.Previous.PeopleReached, before.people(over))
		}
	}
	for _, a := range now.acts {
		if !seen[a.Network] {
			t.Errorf("%s: network %d is missing", where, a.Network)
			return
		}
	}
}

func sameChildren(r report.Report, now, before counting, is func(string, int64, float64)) {
	for _, u := range r.Units {
		if u.Eligible == nil {
			continue
		}
		child := int64(u.ID)
		share := func(a oneAct) bool { return a.Kind == "share" && a.Child == child }
		here := func(k oneClick) bool { return k.InChild && k.Child == child }
		sharers := map[int64]bool{}
		for _, a := range now.acts {
			if share(a) {
				sharers[a.UserID] = true
			}
		}
		is(u.Name+" eligible", *u.Eligible, float64(now.staff[child]))
		is(u.Name+" sharers", *u.ActiveSharers, float64(len(sharers)))
		is(u.Name+" shares", *u.Shares, now.count(share))
		is(u.Name+" proven", *u.ProvenShares, now.count(func(a oneAct) bool { return share(a) && a.Grade < "C" }))
		is(u.Name+" people", *u.PeopleReached, now.people(here))
		if u.Rate != nil {
			is(u.Name+" rate in tenths", int64(math.Round(*u.Rate*10)), math.Round(10*per100(now.people(here), float64(now.staff[child]))))
		}
		for grade, of := range map[string]int64{"A": u.Grades.A, "B": u.Grades.B, "C": u.Grades.C, "D": u.Grades.D} {
			is(u.Name+" "+grade, of, now.count(func(a oneAct) bool { return share(a) && a.Grade == grade }))
		}
		if u.Previous != nil {
			is(u.Name+" shares before", u.Previous.Shares, before.count(share))
			is(u.Name+" people before", u.Previous.PeopleReached, before.people(here))
		}
	}
}

// sameContents recounts what the subtree published, by whomever it was shared and in the publisher's own days.
func sameContents(t *testing.T, d *db.DB, r report.Report, is func(string, int64, float64)) {
	t.Helper()
	type row struct {
		ID, Shares, People, PastShares, PastPeople int64
		Known                                      bool
	}
	found, err := db.All[row](t.Context(), d, recountBelow+`SELECT c.id, (c.published_at AT TIME ZONE a.zone)::date <= $5::date AS known,
			(SELECT count(*) FROM act AS x JOIN agency AS b ON b.id = x.agency_id WHERE x.content_id = c.id AND x.kind = 'share' AND (x.at AT TIME ZONE b.zone)::date BETWEEN $2::date AND $3::date) AS shares,
			(SELECT count(*) FROM click AS k WHERE k.content_id = c.id AND k.verdict::int4 = 1 AND (k.at AT TIME ZONE a.zone)::date BETWEEN $2::date AND $3::date) AS people,
			(SELECT count(*) FROM act AS x JOIN agency AS b ON b.id = x.agency_id WHERE x.content_id = c.id AND x.kind = 'share' AND (x.at AT TIME ZONE b.zone)::date BETWEEN $4::date AND $5::date) AS past_shares,
			(SELECT count(*) FROM click AS k WHERE k.content_id = c.id AND k.verdict::int4 = 1 AND (k.at AT TIME ZONE a.zone)::date BETWEEN $4::date AND $5::date) AS past_people
		FROM content AS c JOIN agency AS a ON a.id = c.agency_id JOIN place ON place.id = c.agency_id
		WHERE (c.published_at AT TIME ZONE a.zone)::date <= $3::date`, r.Agency.ID, r.From.String(), r.To.String(), r.PreviousFrom.String(), r.PreviousTo.String())
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(found, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(b.Shares, a.Shares), cmp.Compare(b.ID, a.ID))
	})
	is("contents", int64(len(r.Contents)), float64(min(20, len(found))))
	for i, c := range r.Contents[:min(len(r.Contents), len(found))] {
		is("content", int64(c.ID), float64(found[i].ID))
		is(c.Title+" shares", c.Shares, float64(found[i].Shares))
		is(c.Title+" people", c.PeopleReached, float64(found[i].People))
		if c.Previous != nil {
			is(c.Title+" shares before", c.Previous.Shares, float64(found[i].PastShares))
			is(c.Title+" people before", c.Previous.PeopleReached, float64(found[i].PastPeople))
		}
	}
}
