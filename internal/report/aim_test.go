package report_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/metric"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/target"
)

func (w *world) aim(by org.Actor, plan target.Wanted, value float64) error {
	plan.Value = &value
	_, err := target.New(w.DB).Set(w.t.Context(), by, plan)
	return err
}

// A target stands beside its figure in every form, is told in the story, and gives a step while it is missed; it is
// read for the shortest period that the days begin.
func TestTargetsStandInEveryForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, actor := range w.people {
		w.shareOn(actor, w.live[0], "copy")
	}
	humas := w.Person(w.Unit.ID, org.Grant{Role: org.Publisher, Agency: w.Region.ID})
	november, year := period.DayOf(2026, 11, 1), period.DayOf(2026, 1, 1)
	for _, set := range []struct {
		plan  target.Wanted
		value float64
	}{
		{target.Wanted{Agency: w.Region.ID, Metric: "active_sharers", Kind: target.Month, From: november}, 80},
		{target.Wanted{Agency: w.Region.ID, Metric: "share_rate", Kind: target.Month, From: november}, 20},
		{target.Wanted{Agency: w.Region.ID, Metric: "active_sharers", Kind: target.Year, From: year}, 900},
		{target.Wanted{Agency: w.Region.ID, Metric: "proven_shares", Kind: target.Month, From: november}, 40},
	} {
		if err := w.aim(humas, set.plan, set.value); err != nil {
			t.Fatal(err)
		}
	}
	made := w.read(w.Region.ID, "2026-11-01", "2026-11-30")
	of := map[string]report.Value{}
	for _, m := range made.Metrics {
		of[m.Key] = m
	}
	if a := of["active_sharers"].Target; a == nil || a.Value != 80 || a.Met || a.Kind != "month" || a.To.String() != "2026-11-30" {
		t.Errorf("active sharers: %+v", a)
	}
	if a := of["share_rate"].Target; a == nil || !a.Met {
		t.Errorf("share rate: %+v of %v", a, *of["share_rate"].Value)
	}
	if want := "Pembagian terbukti: 0 dari target 40."; !strings.HasSuffix(made.Story.ID, want) || !strings.HasSuffix(made.Story.EN, "Proven shares: 0 of a target of 40.") {
		t.Errorf("%+v", made.Story)
	}
	if len(made.Next) == 0 || made.Next[0].Rule != "target_missed" || !strings.Contains(made.Next[0].Because.ID, "0 dari target 40") {
		t.Errorf("%+v", made.Next)
	}
	if text := report.Compose(made, "", "").Text; !strings.Contains(text, "- Pembagi aktif: 21; target 80;") {
		t.Error(text)
	}
	if text := whole(pages(t, printed(t, made))...); !strings.Contains(text, "Target 80 · pembanding –") || !strings.Contains(text, "tidak ada data pembanding 80 A+B+C+D") {
		t.Error(text)
	}
	for _, row := range readCSV(t, made) {
		if row[0] == "metrik" && row[1] == "active_sharers" && row[9] != "80" {
			t.Errorf("%q", row)
		}
	}
	sameInXLSX(t, "targets", made)
	if a := w.read(w.Region.ID, "2026-01-01", "2026-11-22"); !slices.ContainsFunc(a.Metrics, func(v report.Value) bool { return v.Target != nil && v.Target.Value == 900 && v.Target.Kind == "year" }) ||
		!strings.Contains(a.Story.ID, "untuk periode sampai 31 Desember 2026") {
		t.Errorf("the year so far: %s", a.Story.ID)
	}
	if a := w.read(w.Region.ID, "2026-11-02", "2026-11-30"); slices.ContainsFunc(a.Metrics, func(v report.Value) bool { return v.Target != nil }) {
		t.Error("days that begin no period have a target")
	}
}

// Who may not set a target does not, none is set for what has none, and none for a group under five.
func TestWhoSetsTargetsAndForWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	humas := w.Person(w.Unit.ID, org.Grant{Role: org.Publisher, Agency: w.Dinas.ID})
	good := target.Wanted{Agency: w.Dinas.ID, Metric: "people_reached", Kind: target.Quarter, From: period.DayOf(2026, 10, 1)}
	if err := w.aim(humas, good, 500); err != nil {
		t.Fatal(err)
	}
	change := func(f func(*target.Wanted)) target.Wanted { p := good; f(&p); return p }
	for name, wrong := range map[string]target.Wanted{
		"above":              change(func(p *target.Wanted) { p.Agency = w.Region.ID }),
		"beside":             change(func(p *target.Wanted) { p.Agency = w.east.ID }),
		"a group of four":    change(func(p *target.Wanted) { p.Agency = w.small.ID }),
		"likes":              change(func(p *target.Wanted) { p.Metric = "likes" }),
		"an estimate":        change(func(p *target.Wanted) { p.Metric = "audience" }),
		"no metric":          change(func(p *target.Wanted) { p.Metric = "x" }),
		"a week":             change(func(p *target.Wanted) { p.Kind = "week" }),
		"a month in between": change(func(p *target.Wanted) { p.From = period.DayOf(2026, 11, 1) }),
		"a day in between":   change(func(p *target.Wanted) { p.Kind, p.From = target.Month, period.DayOf(2026, 11, 2) }),
	} {
		if err := w.aim(humas, wrong, 500); err == nil {
			t.Errorf("a target was set: %s", name)
		}
	}
	for _, value := range []float64{0, -1, math.NaN(), 1e10} {
		if err := w.aim(humas, good, value); err == nil {
			t.Errorf("a target of %v was set", value)
		}
	}
	if err := w.aim(humas, change(func(p *target.Wanted) { p.Metric = "adoption" }), 101); err == nil {
		t.Error("a target over 100 per cent was set")
	}
	if err := w.aim(w.leader, good, 600); err == nil {
		t.Error("a leader set a target")
	}
	service := target.New(w.DB)
	sheet, err := service.Of(t.Context(), w.leader, w.Dinas.ID)
	if err != nil || len(sheet.Targets) != 1 || sheet.Targets[0].Value != 500 || sheet.Targets[0].To.String() != "2026-12-31" || sheet.MaySet || len(sheet.Metrics) == 0 {
		t.Errorf("%+v %v", sheet, err)
	}
	for _, m := range sheet.Metrics {
		if m.Goal == metric.NoGoal || m.Place != metric.Report {
			t.Errorf("%s may have a target", m.Key)
		}
	}
	if sheet, err = service.Set(t.Context(), humas, good); err != nil || len(sheet.Targets) != 0 || !sheet.MaySet {
		t.Errorf("not taken away: %+v %v", sheet, err)
	}
	audits, err := db.Get[struct{ N int64 }](t.Context(), w.DB, `SELECT count(*) AS n FROM audit_log WHERE action = 'target.set'`)
	if err != nil || audits.N != 2 {
		t.Errorf("%d entries, %v", audits.N, err)
	}
}
