package report_test

import (
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/metric"
	"gaung/internal/report"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

func (w *world) estimates(q report.Query) map[string]report.Estimate {
	w.t.Helper()
	list, err := w.report.Estimates(w.t.Context(), w.leader, q)
	if err != nil {
		w.t.Fatal(err)
	}
	all := map[string]report.Estimate{}
	for _, a := range list {
		if (a.Value == nil && a.Low == nil) == (a.Missing == "") {
			w.t.Errorf("%s has a value and says why not, or neither: %+v", a.Key, a)
		}
		all[a.Key] = a
	}
	return all
}

// What people say of their followers becomes a range, of five persons and more, and stands in no report.
func TestEstimatesStandBesideTheirDefinitionOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	say := func(n int, used share.Used) {
		if err := w.share.SetNetworksUsed(t.Context(), w.people[n], used); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 4 {
		say(n, share.Used{Networks: []string{"x", "whatsapp"}, Followers: map[string]int16{"x": 2}})
		w.shareOn(w.people[n], w.live[0], "x")
		w.shareOn(w.people[n], w.live[1], "x")
	}
	if got := w.estimates(report.Query{Agency: w.Region.ID}); got["gross_potential"].Low != nil || got["audience"].Low != nil {
		t.Errorf("four persons are shown: %+v", got)
	}
	say(4, share.Used{Networks: []string{"facebook", "x"}, Followers: map[string]int16{"x": 5, "facebook": 1}})
	w.shareOn(w.people[4], w.live[0], "x")
	say(5, share.Used{Networks: []string{"x"}, Followers: map[string]int16{"x": 3}}) // shared nothing
	w.open(w.people[0], w.live[0], 4, 1, phone)
	w.exec(`INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
		SELECT at, visitor, content_id, user_id, unit_id, agent_id, channel, v::int4::"char", reason, rule FROM click CROSS JOIN unnest(ARRAY[5, 7, 6, 2]) AS v`)
	got := w.estimates(report.Query{Agency: w.Region.ID})
	for key, want := range map[string][3]float64{
		"gross_potential": {4*100 + 10_000 + 0 + 500, 4*499 + 50_000 + 99 + 1_999, 6},
		"audience":        {4*100 + 10_000, 4*499 + 50_000, 5},
		"estimated_range": {(8*100 + 10_000) * .02, 5_399, 5}, // 10 % of 8×499 and 50,000 is 5,399.2
	} {
		a := got[key]
		if a.Low == nil || *a.Low != want[0] || *a.High != want[1] || float64(*a.People) != want[2] {
			t.Errorf("%s: %v–%v of %v, want %v", key, a.Low, a.High, a.People, want)
		}
	}
	if of := got["integrity"].Value; of == nil || *of != 66.7 {
		t.Errorf("two of three clicks were taken out: %v", of)
	}
	for key := range got {
		for _, m := range w.read(w.Region.ID, "", "").Metrics {
			if m.Key == key || m.Place != metric.Report {
				t.Errorf("%s stands in a report", m.Key)
			}
		}
	}
	long := w.estimates(report.Query{Agency: w.Region.ID, From: "2026-01-01", To: "2026-11-22"})
	if long["gross_potential"].Low == nil || long["audience"].Low != nil || long["integrity"].Value != nil {
		t.Errorf("over a long span: %+v", long)
	}
	small := w.estimates(report.Query{Agency: w.small.ID})
	if small["gross_potential"].Low != nil || small["integrity"].Value != nil {
		t.Errorf("of four persons: %+v", small)
	}
}

// Followers are taken in bands, where people follow; what was not said is not kept.
func TestFollowersAreSaidInBands(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me := w.people[0]
	for name, wrong := range map[string]map[string]int16{"a band beyond": {"x": 6}, "none": {"x": 0}, "a chat": {"whatsapp": 1}} {
		if err := w.share.SetNetworksUsed(t.Context(), me, share.Used{Networks: []string{"x", "whatsapp"}, Followers: wrong}); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	for _, said := range []map[string]int16{{"x": 3}, {}} {
		if err := w.share.SetNetworksUsed(t.Context(), me, share.Used{Networks: []string{"whatsapp", "x"}, Followers: said}); err != nil {
			t.Fatal(err)
		}
		used, err := w.share.NetworksUsed(t.Context(), me)
		if err != nil || len(used.Networks) != 2 || used.Networks[1] != "x" || len(used.Followers) != len(said) || used.Followers["x"] != said["x"] {
			t.Errorf("%+v %v", used, err)
		}
	}
}

// Speed, own words and clarifications are worked out of what is written down, share by share.
func TestPaceIsThatOfTheShares(t *testing.T) {
	t.Parallel()
	w := newWorld(t) // published at testdb.Now
	w.exec(`UPDATE content_version SET kind = 'klarifikasi' WHERE content_id = $1`, w.live[2].ID)
	caption := 0
	for n, minutes := range []int{3, 7, 61, 130, 1500} {
		w.set(testdb.Now.Add(time.Duration(minutes) * time.Minute))
		request := share.Request{Channel: "whatsapp"}
		if n < 2 {
			request.Text = "Kata saya sendiri"
		} else {
			request.Caption = &caption
		}
		if _, err := w.share.Share(t.Context(), w.people[n], w.live[n%2*2].ID, request); err != nil {
			t.Fatal(err)
		}
	}
	of := func() map[string]float64 {
		all := map[string]float64{}
		for _, m := range w.read(w.Region.ID, "2026-11-01", "2026-11-30").Metrics {
			if m.Value != nil {
				all[m.Key] = *m.Value
			}
		}
		return all
	}
	if got := of(); got["speed"] != 120 || got["originality"] != 40 || got["speed_clarification"] != 7 {
		t.Errorf("speed %v, originality %v, clarification %v", got["speed"], got["originality"], got["speed_clarification"])
	}
	// The same share once more with other words is one share still, in the words of the last time.
	if _, err := w.share.Share(t.Context(), w.people[0], w.live[0].ID, share.Request{Channel: "whatsapp", Caption: &caption}); err != nil {
		t.Fatal(err)
	}
	if got := of(); got["originality"] != 20 || got["shares"] != 5 {
		t.Errorf("originality %v of %v shares", got["originality"], got["shares"])
	}
	if wrong, err := w.proven(); err != nil || wrong != 0 {
		t.Errorf("%d sums are wrong, %v", wrong, err)
	}
}

// proven compares the sums of months with the acts, row by row.
func (w *world) proven() (wrong int64, err error) {
	row, err := db.Get[struct{ Wrong int64 }](w.t.Context(), w.DB, `SELECT count(*) AS wrong FROM (
		SELECT unit_id, month, delay, shares, own, given FROM rollup_unit_share_month WHERE shares + own + given <> 0
		EXCEPT ALL
		SELECT unit_id, date_trunc('month', day)::date, share_delay(c.published_at, act.at), count(*), count(*) FILTER (WHERE caption IS NULL), count(*) FILTER (WHERE caption >= 0)
		FROM act JOIN content AS c ON c.id = content_id WHERE act.kind = 'share' GROUP BY 1, 2, 3) AS differs`)
	return row.Wrong, err
}
