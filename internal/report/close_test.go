package report_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/testdb"
)

// closable is a world whose November is over, with a publisher who closes.
func closable(t *testing.T) (*world, org.Actor, report.Query) {
	t.Helper()
	w := newWorld(t)
	w.happen(3)
	w.set(time.Date(2026, 12, 2, 3, 0, 0, 0, time.UTC))
	if err := w.click.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.User.SnapshotDays(t.Context(), period.DayOf(2026, 11, 23), period.DayOf(2026, 12, 2)); err != nil {
		t.Fatal(err)
	}
	return w, w.Person(w.Unit.ID, org.Grant{Role: org.Publisher, Agency: w.Region.ID}), report.Query{Agency: w.Region.ID, From: "2026-11-01", To: "2026-11-30"}
}

func text(t *testing.T, value any) string {
	t.Helper()
	made, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(made)
}

// A closed report is kept to the letter. Counted anew it is equal, as long as nothing changed; then it becomes another
// version that says which figures moved, and the first stays.
func TestAClosedReportStaysAsItWas(t *testing.T) {
	t.Parallel()
	w, humas, q := closable(t)
	live := w.read(w.Region.ID, q.From, q.To)
	first, err := w.report.Close(t.Context(), humas, q)
	if err != nil || first.Version != 1 || first.Inputs == "" || len(first.Hash) != 64 {
		t.Fatalf("%+v %v", first, err)
	}
	if _, err := w.report.Close(t.Context(), humas, q); err == nil {
		t.Error("closed twice")
	}
	kept, err := w.report.ClosedReport(t.Context(), w.leader, first.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.same("closed and live", kept, live)
	if again, err := w.report.CountAgain(t.Context(), humas, first.ID); err != nil || !again.Equal || len(again.Moved) > 0 || again.Closing.Version != 1 {
		t.Errorf("nothing changed: %+v %v", again, err)
	}
	w.set(testdb.Now) // an act of November comes late
	w.shareOn(w.people[0], w.live[0], "telegram")
	w.open(w.people[0], w.live[0], click.Channel(5), 200, phone)
	w.set(time.Date(2026, 12, 9, 3, 0, 0, 0, time.UTC))
	second, err := w.report.CountAgain(t.Context(), humas, first.ID)
	if err != nil || second.Equal || second.Closing.Version != 2 || second.Closing.Inputs == first.Inputs {
		t.Fatalf("%+v %v", second, err)
	}
	of := map[string]report.Value{}
	for _, m := range live.Metrics {
		of[m.Key] = m
	}
	shares := slices.IndexFunc(second.Moved, func(m report.Moved) bool { return m.Part == "metrik" && m.Key == "shares" && !m.Past })
	if shares < 0 || second.Moved[shares].Before != text(t, of["shares"].Value) || second.Moved[shares].After == second.Moved[shares].Before {
		t.Errorf("%+v", second.Moved)
	}
	if slices.ContainsFunc(second.Moved, func(m report.Moved) bool { return m.Key == "eligible" || m.Before == m.After }) {
		t.Errorf("what did not move: %+v", second.Moved)
	}
	stays, err := w.report.ClosedReport(t.Context(), w.leader, first.ID)
	if err != nil || text(t, stays) != text(t, kept) {
		t.Errorf("the first version changed, %v", err)
	}
	list, err := w.report.Closed(t.Context(), w.leader, w.Region.ID)
	if err != nil || len(list) != 2 || list[0].Version != 2 || list[0].Why != "correction" || list[1].Hash != first.Hash {
		t.Errorf("%+v %v", list, err)
	}
	corrected, err := w.report.ClosedReport(t.Context(), w.leader, second.Closing.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.named(corrected)
	w.told(kept, corrected)
}

// told wants the message of each version to say the figures that it was closed with, and none of now.
func (w *world) told(versions ...report.Report) {
	t := w.t.(*testing.T)
	t.Helper()
	w.shareOn(w.people[1], w.live[0], "telegram") // counted since
	var texts []string
	for _, r := range versions {
		message, err := w.report.ClosedWhatsApp(t.Context(), w.leader, r.Closed.ID, "https://gaung.uji.example")
		if err != nil {
			t.Fatal(err)
		}
		if want := report.Compose(r, "", "https://gaung.uji.example"); message != want {
			t.Errorf("version %d: %s\nwant: %s", r.Closed.Version, message.Text, want.Text)
		}
		for _, want := range []string{fmt.Sprintf("\nVersi %d, ditutup %s Desember 2026 pukul", r.Closed.Version, []string{"2", "9"}[r.Closed.Version-1]), fmt.Sprintf("&tutup=%d", r.Closed.ID), r.Closed.Hash} {
			if !strings.Contains(message.Text, want) {
				t.Errorf("%q is not in %s", want, message.Text)
			}
		}
		texts = append(texts, strings.SplitAfter(message.Text, "*Angka utama*")[1])
	}
	if texts[0] == texts[1] {
		t.Errorf("both versions say the same figures: %s", texts[0])
	}
	east := w.Person(w.eastUnit.ID, org.Grant{Role: org.Publisher, Agency: w.east.ID})
	if _, err := w.report.ClosedWhatsApp(t.Context(), east, versions[0].Closed.ID, ""); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a stranger reads it: %v", err)
	}
}

// named wants each form of a closed report to say which version it is.
func (w *world) named(r report.Report) {
	t := w.t.(*testing.T)
	t.Helper()
	for _, want := range [][2]string{{"versi", "2"}, {"potret", r.Closed.Hash}, {"masukan", r.Inputs}} {
		if !slices.ContainsFunc(readCSV(t, r), func(row []string) bool { return row[0] == "laporan" && row[1] == want[0] && row[3] == want[1] }) {
			t.Errorf("the CSV does not say %v", want)
		}
	}
	sameInCSV(t, "closed", r)
	sameInXLSX(t, "closed", r)
	sameOnPaper(t, "closed", r)
	squeezed := func(text string) string { return strings.Join(strings.Fields(text), "") }
	for form, said := range map[string][]string{"paper": {whole(pages(t, printed(t, r))...), ", sidik potret "}, "message": {report.Compose(r, "", "").Text, "\n", "Sidik potret: "}} {
		for i, want := range []string{"Versi 2, ditutup 9 Desember 2026 pukul 11.00 WITA" + said[1], said[len(said)-1] + r.Closed.Hash} {
			if !strings.Contains(squeezed(said[0]), squeezed(want)) {
				t.Errorf("the %s does not name the version (%d): %s", form, i, said[0])
			}
		}
	}
}

// Only who may closes, only what is over, and no group under the limit; what was changed behind the back is not shown.
func TestWhoClosesAndWhat(t *testing.T) {
	t.Parallel()
	w, humas, q := closable(t)
	change := func(f func(*report.Query)) report.Query { c := q; f(&c); return c }
	for name, wrong := range map[string]report.Query{
		"not over":        change(func(c *report.Query) { c.To = "2026-12-02" }),
		"a group of four": change(func(c *report.Query) { c.Agency = w.small.ID }),
		"withheld":        change(func(c *report.Query) { c.Agency = -1 }),
	} {
		if _, err := w.report.Close(t.Context(), humas, wrong); err == nil {
			t.Errorf("closed: %s", name)
		}
	}
	if _, err := w.report.Close(t.Context(), w.leader, q); err == nil {
		t.Error("a leader closed it")
	}
	east := w.Person(w.eastUnit.ID, org.Grant{Role: org.Publisher, Agency: w.east.ID})
	if _, err := w.report.Close(t.Context(), east, q); err == nil {
		t.Error("a publisher from below closed it")
	}
	made, err := w.report.Close(t.Context(), humas, q)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.report.ClosedReport(t.Context(), east, made.ID); err == nil {
		t.Error("read from below")
	}
	if _, err := w.report.CountAgain(t.Context(), w.leader, made.ID); err == nil {
		t.Error("a leader had it counted anew")
	}
	w.exec(`UPDATE report_closed SET body = replace(body, 'Provinsi', 'Propinsi') WHERE id = $1`, made.ID)
	if _, err := w.report.ClosedReport(t.Context(), w.leader, made.ID); err == nil {
		t.Error("what is not what was closed was shown")
	}
}

// A unit that is withheld for its neighbour is closed by its own head, and read by nobody who sees the whole.
func TestAClosedReportObeysTheReadersPath(t *testing.T) {
	t.Parallel()
	w, _, q := closable(t)
	q.Agency = w.beside.ID
	head := w.Person(w.beside.ID, org.Grant{Role: org.Publisher, Agency: w.beside.ID})
	made, err := w.report.Close(t.Context(), head, q)
	if err != nil {
		t.Fatal(err)
	}
	own, err := w.report.ClosedReport(t.Context(), head, made.ID)
	if err != nil || own.Metrics[0].Value == nil || len(own.Days) != 30 {
		t.Errorf("its own head reads nothing: %v", err)
	}
	above, err := w.report.ClosedReport(t.Context(), w.leader, made.ID)
	if err != nil || len(above.Path) < 2 || len(above.Days)+len(above.Networks)+len(above.Contents) > 0 || slices.ContainsFunc(above.Metrics, func(v report.Value) bool { return v.Value != nil }) {
		t.Errorf("whoever sees the whole reads it: %+v %v", above, err)
	}
	live := w.read(w.beside.ID, q.From, q.To)
	w.same("withheld", above, live)
}

// Months close by themselves, three days after their end in each agency's own zone, once.
func TestMonthsCloseByThemselves(t *testing.T) {
	t.Parallel()
	w, _, _ := closable(t)
	closed := func() map[int64]int64 {
		if err := w.report.CloseMonths(t.Context()); err != nil {
			t.Fatal(err)
		}
		found, err := db.All[struct{ NodeID, N int64 }](t.Context(), w.DB, `SELECT node_id, count(*) AS n FROM report_closed WHERE why = 'month' AND from_day = '2026-11-01' AND to_day = '2026-11-30' GROUP BY node_id`)
		if err != nil {
			t.Fatal(err)
		}
		all := map[int64]int64{}
		for _, row := range found {
			all[row.NodeID] = row.N
		}
		return all
	}
	zones := func(at string) map[int64]int64 {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		w.set(moment)
		return closed()
	}
	if got := zones("2026-12-03T14:59:59Z"); len(got) != 0 { // one second before the 4th begins in WIT
		t.Errorf("before the 4th: %v", got)
	}
	if got := zones("2026-12-03T15:00:00Z"); len(got) != 1 || got[int64(w.east.ID)] != 1 {
		t.Errorf("at the 4th in WIT: %v", got)
	}
	if got := zones("2026-12-03T16:00:00Z"); len(got) != 3 {
		t.Errorf("at the 4th in WITA: %v", got)
	}
	if got := zones("2026-12-20T00:00:00Z"); len(got) != 3 || got[int64(w.east.ID)] != 1 {
		t.Errorf("again: %v", got)
	}
}
