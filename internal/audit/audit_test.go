package audit_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/audit"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// log is an audit log of the test's own, with clocks that stand where the test wants them.
type log struct {
	t   testing.TB
	url string
}

func newLog(t testing.TB) log { return log{t, testdb.FreshURL(t)} }

func (l log) at(later time.Duration) *db.DB {
	return testdb.Open(l.t, l.url, func() time.Time { return testdb.Now.Add(later) })
}

func (l log) write(d *db.DB, actions ...string) {
	l.t.Helper()
	for _, action := range actions {
		if err := d.Tx(l.t.Context(), func(tx *db.Tx) error {
			return audit.WriteTx(l.t.Context(), tx, audit.Entry{Actor: 3, Action: action, Subject: "uji/1", Detail: map[string]int{"n": 1}})
		}); err != nil {
			l.t.Fatal(err)
		}
	}
}

func (l log) exec(d *db.DB, statement string) {
	l.t.Helper()
	if _, err := db.Exec(l.t.Context(), d, statement); err != nil {
		l.t.Fatal(err)
	}
}

func (l log) chain(d *db.DB) {
	l.t.Helper()
	if err := audit.Chain(l.t.Context(), d); err != nil {
		l.t.Error(err)
	}
}

func (l log) verify(d *db.DB) audit.Report {
	l.t.Helper()
	found, err := audit.Verify(l.t.Context(), d)
	if err != nil {
		l.t.Fatal(err)
	}
	return found
}

func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statement string
		broken    int64
	}{
		"untouched":      {`SELECT 1`, 0},
		"another actor":  {`UPDATE audit_log SET actor_id = 4 WHERE id = 3`, 3},
		"no actor":       {`UPDATE audit_log SET actor_id = NULL WHERE id = 3`, 3},
		"another detail": {`UPDATE audit_log SET detail = '{"n": 2}' WHERE id = 3`, 3},
		"another time":   {`UPDATE audit_log SET at = at + interval '1 microsecond' WHERE id = 5`, 5},
		"words moved":    {`UPDATE audit_log SET action = 'uji.langkah', subject = 'uji/12' WHERE id = 2`, 2},
		"deleted first":  {`DELETE FROM audit_log WHERE id = 1`, 2},
		"deleted":        {`DELETE FROM audit_log WHERE id = 3`, 4},
		"unchained":      {`UPDATE audit_log SET hash = NULL WHERE id = 3`, 4},
		"swapped": {`UPDATE audit_log AS a SET (at, action, subject, detail, hash) = (SELECT at, action, subject, detail, hash FROM audit_log AS b
			WHERE b.id = 7 - a.id) WHERE id IN (3, 4)`, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLog(t)
			d, later := l.at(0), l.at(2*time.Minute)
			l.write(d, "uji.satu", "uji.dua", "uji.tiga", "uji.empat", "uji.lima")
			l.chain(later)
			l.exec(d, c.statement)
			if found := l.verify(d); found.Broken != c.broken || (c.broken == 0 && found.Chained != 5) {
				t.Errorf("%+v, want broken at %d", found, c.broken)
			}
		})
	}
}

func TestTailIsReportedAndChainedLater(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	d, soon, later := l.at(0), l.at(90*time.Second), l.at(5*time.Minute)
	l.write(d, "uji.satu", "uji.dua")
	l.write(soon, "uji.tiga")
	l.chain(d)
	if found := l.verify(d); found != (audit.Report{Unchained: 3}) {
		t.Errorf("too new: %+v", found)
	}
	l.chain(soon)
	if found := l.verify(d); found != (audit.Report{Chained: 2, Unchained: 1}) {
		t.Errorf("after a minute: %+v", found)
	}
	l.chain(later)
	if found := l.verify(d); found != (audit.Report{Chained: 3}) {
		t.Errorf("at last: %+v", found)
	}
}

// A transaction that began first may get the later number. The chain holds whenever it runs.
func TestSlowTransactionsDoNotBreakTheChain(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	slow, quick := l.at(0), l.at(10*time.Second)
	entry := audit.Entry{Action: "uji.lambat", Subject: "uji/1"}
	if err := slow.Tx(t.Context(), func(tx *db.Tx) error {
		l.write(quick, "uji.cepat") // number 1, ten seconds younger
		return audit.WriteTx(t.Context(), tx, entry)
	}); err != nil {
		t.Fatal(err)
	}
	l.chain(l.at(65 * time.Second)) // between the two
	l.chain(l.at(2 * time.Minute))
	if found := l.verify(slow); found != (audit.Report{Chained: 2}) {
		t.Errorf("%+v", found)
	}
}

func TestTwoChainersAtOnce(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	d, later := l.at(0), l.at(2*time.Minute)
	l.exec(d, `INSERT INTO audit_log (at, action, subject) SELECT '2026-11-22 01:00:00Z', 'uji.banyak', 'uji/' || n FROM generate_series(1, 2500) AS n`)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { l.chain(later) })
	}
	all.Wait()
	if found := l.verify(d); found != (audit.Report{Chained: 2500}) {
		t.Errorf("%+v", found)
	}
}

// The log outlives a person's data, so it holds nothing of a person but the number.
func TestLogHoldsNoPerson(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	d := l.at(0)
	k := testkit.On(t, d)
	item := k.Live("Layanan baru")
	publisher, author := k.Staff(org.Publisher), k.Staff(org.Author, org.Admin)
	if _, err := k.Content.Recall(t.Context(), publisher, item.ID, "Tanggal keliru.", 0); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Content.Create(t.Context(), author, content.Outline{Agency: k.Dinas.ID}, testkit.Text("Rancangan")); err != nil {
		t.Fatal(err)
	}
	k.Agency(k.Dinas, org.Unit)
	rows, err := db.All[struct{ Line string }](t.Context(), d, `SELECT action || ' ' || subject || ' ' || detail AS line FROM audit_log`)
	if err != nil || len(rows) < 10 {
		t.Fatal(len(rows), err)
	}
	people, err := db.All[struct{ Name, Email string }](t.Context(), d, `SELECT name, email FROM app_user`)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, p := range people {
			if strings.Contains(row.Line, p.Email) || strings.Contains(row.Line, fmt.Sprintf("%q", p.Name)) || strings.Contains(row.Line, "@") {
				t.Errorf("%s names a person", row.Line)
			}
		}
	}
}
