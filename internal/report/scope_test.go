package report_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/report"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// A group under five shows no figure of its own, neither as a child nor asked for by itself.
func TestSmallGroupKeepsItsFigures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, actor := range w.people {
		w.shareOn(actor, w.live[0], "copy")
		w.open(actor, w.live[0], click.Copy, 1, phone)
	}
	made := w.read(w.small.ID, "", "")
	for _, m := range made.Metrics {
		if m.Value != nil || m.Previous != nil {
			t.Errorf("%s is shown: %v %v", m.Key, m.Value, m.Previous)
		}
	}
	if n := len(made.Days) + len(made.Evidence) + len(made.Networks) + len(made.Units) + len(made.Contents); n != 0 || made.Days == nil || made.Contents == nil {
		t.Errorf("%d rows of sections: %+v", n, made)
	}
	for _, u := range w.read(w.Dinas.ID, "", "").Units {
		small := u.ID == w.small.ID || u.ID == w.beside.ID
		for name, hidden := range map[string]bool{"eligible": u.Eligible == nil, "sharers": u.ActiveSharers == nil, "shares": u.Shares == nil, "people": u.PeopleReached == nil, "rate": u.Rate == nil} {
			if hidden != small {
				t.Errorf("%s of %s: hidden %v", name, u.Name, hidden)
			}
		}
	}
}

// 23.30 WITA and 00.30 WIT are one instant and two local days (R61).
func TestDayEndsByTheAgencysZone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set(time.Date(2026, 11, 20, 15, 30, 0, 0, time.UTC))
	for _, actor := range w.people {
		w.shareOn(actor, w.live[0], "whatsapp")
		w.open(actor, w.live[0], click.WhatsApp, 1, phone)
	}
	w.set(testdb.Now)
	for node, want := range map[id.Agency]string{w.Dinas.ID: "2026-11-20 15 15", w.east.ID: "2026-11-21 6 6"} {
		var days []string
		for _, d := range w.read(node, "2026-11-19", "2026-11-22").Days {
			if d.Shares+d.PeopleReached > 0 {
				days = append(days, fmt.Sprint(d.Day, " ", d.Shares, " ", d.PeopleReached))
			}
		}
		if got := strings.Join(days, ", "); got != want {
			t.Errorf("node %d: %s, want %s", node, got, want)
		}
	}
	key, err := db.All[struct{ Day string }](t.Context(), w.DB, `SELECT DISTINCT l.day::text AS day FROM ledger AS l JOIN placement AS p ON p.user_id = l.user_id WHERE p.unit_id = $1`, w.eastUnit.ID)
	if err != nil || fmt.Sprint(key) != "[{2026-11-21}]" {
		t.Errorf("ledger in WIT: %v %v", key, err)
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	reports, leader := report.New(k.DB), k.Staff(org.Leader)
	for _, c := range []struct{ from, to, want string }{
		{"", "", "2026-11-01/2026-11-22 after 2026-10-10/2026-10-31"},
		{"2026-11-22", "2026-11-22", "2026-11-22/2026-11-22 after 2026-11-21/2026-11-21"},
		{"2026-11-10", "", "2026-11-10/2026-11-22 after 2026-10-28/2026-11-09"},
		{"2027-02-01", "", "2027-02-01/2027-02-01 after 2027-01-31/2027-01-31"},
		{"", "2026-02-10", "2026-02-01/2026-02-10 after 2026-01-22/2026-01-31"},
		{"2024-01-01", "2024-12-31", "2024-01-01/2024-12-31 after 2022-12-31/2023-12-31"},
		{"2024-01-01", "2025-01-01", "to"},
		{"2026-11-23", "2026-11-22", "to"},
		{"2026-02-30", "", "from"}, {"kemarin", "", "from"}, {"2026-2-3", "", "from"}, {"0000-01-01", "0000-01-02", "from"}, {"1999-12-31", "2000-01-02", "from"},
		{"", "besok", "to"}, {"", "0000-01-01", "from"}, {"2026-11-01", "2026-11-31", "to"},
		{"9999-12-30", "9999-12-31", "9999-12-30/9999-12-31 after 9999-12-28/9999-12-29"},
	} {
		made, err := reports.Engagement(t.Context(), leader, report.Query{From: c.from, To: c.to})
		got := fmt.Sprintf("%s/%s after %s/%s", made.From, made.To, made.PreviousFrom, made.PreviousTo)
		if err != nil {
			got = err.Error()
			if refused := (*errs.Error)(nil); errors.As(err, &refused) {
				got = refused.Field
			}
		}
		if got != c.want {
			t.Errorf("%q to %q: %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

// The path begins where the reader's scope begins, and what is outside is not found.
func TestReaderSeesTheirSubtree(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	reports, beside := report.New(k.DB), k.Agency(k.Region, org.Body)
	leader := k.Staff(org.Leader)
	names := func(path []report.Node) (ids []id.Agency) {
		for _, n := range path {
			ids = append(ids, n.ID)
		}
		return ids
	}
	made, err := reports.Engagement(t.Context(), leader, report.Query{Agency: k.Unit.ID})
	if err != nil || !slices.Equal(names(made.Path), []id.Agency{k.Dinas.ID, k.Unit.ID}) || made.Agency.ID != k.Unit.ID {
		t.Errorf("%+v %v", made.Path, err)
	}
	for _, node := range []id.Agency{k.Region.ID, beside.ID, -1} {
		if _, err := reports.Engagement(t.Context(), leader, report.Query{Agency: node}); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("node %d: %v", node, err)
		}
	}
	for _, role := range []org.Role{org.Author, org.Approver, org.Operator, org.DPO, org.Auditor} {
		if _, err := reports.Engagement(t.Context(), k.Staff(role), report.Query{}); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s: %v", role, err)
		}
	}
}

// Whoever leads a region works in some office of it. Without a question they read of the region, and whoever leads
// the office of the office.
func TestWithoutAQuestionItIsTheHighestNode(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	reports := report.New(k.DB)
	head := k.Person(k.Unit.ID, org.Grant{Role: org.Leader, Agency: k.Region.ID}, org.Grant{Role: org.Publisher, Agency: k.Dinas.ID})
	for name, c := range map[string]struct {
		actor org.Actor
		want  id.Agency
	}{"region": {head, k.Region.ID}, "office": {k.Staff(org.Leader), k.Dinas.ID}} {
		made, err := reports.Engagement(t.Context(), c.actor, report.Query{})
		if err != nil || made.Agency.ID != c.want {
			t.Errorf("%s: %d, want %d, %v", name, made.Agency.ID, c.want, err)
		}
	}
}
