package click_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/period"
	"gaung/internal/testdb"
)

func (w *world) names(query string, args ...any) (names []string) {
	w.t.Helper()
	rows, err := db.All[struct{ Name string }](w.t.Context(), w.DB, query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range rows {
		names = append(names, r.Name)
	}
	return names
}

func TestServicesAgreeOnAVisitorAndForgetAfterTheDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.FreshURL(t))
	number := func(s *click.Service, address string) int64 { return s.Address(t.Context(), w.clock.Now(), address) }
	services := []*click.Service{w.newService(), w.newService(), w.newService(), w.newService()}
	numbers := make([]int64, len(services))
	var all sync.WaitGroup
	for i, s := range services {
		all.Go(func() { numbers[i] = number(s, "203.0.113.1") })
	}
	all.Wait()
	first := numbers[0]
	if len(slices.Compact(numbers)) != 1 || number(services[0], "::ffff:203.0.113.1") != first {
		t.Errorf("replicas disagree: %v", numbers)
	}
	if number(services[0], "203.0.113.2") == first {
		t.Error("two addresses are one")
	}
	if err := services[0].Forget(t.Context()); err != nil || number(w.newService(), "203.0.113.1") != first {
		t.Errorf("the salt is gone within its day: %v", err)
	}
	w.clock.set(time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)) // the next visitor day begins
	if err := services[0].Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := w.names(`SELECT day::text AS name FROM click_salt WHERE day < '2026-11-23'`); len(left) != 0 {
		t.Errorf("salts are left: %v", left)
	}
	if services[0].Remembers(period.DayOf(2026, 11, 22)) {
		t.Error("the process still holds the salt of a day that is over")
	}
	if number(services[1], "203.0.113.1") == first {
		t.Error("a visitor can be followed into another day")
	}
	w.clock.set(time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC)) // the clock is set back over the end of the day
	if number(services[0], "203.0.113.1") == first {
		t.Error("a salt that was destroyed is back")
	}
}

// From where readers and sharers came stays while clicks of that day may still arrive and are looked at: two days.
func TestFromWherePeopleCameIsForgottenAfterTwoDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.FreshURL(t))
	w.visit(w.from(1))
	err := w.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return w.service.NoteSharerTx(t.Context(), tx, w.sharer.User, w.clock.Now(), w.from(2).Address, phone)
	})
	if err != nil {
		t.Fatal(err)
	}
	left := func(at time.Time) string {
		w.clock.set(at)
		if err := w.service.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		return w.names(`SELECT (SELECT count(*) FROM click_origin) || ' ' || (SELECT count(*) FROM click_sharer) AS name`)[0]
	}
	ends := time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)
	w.want("the day after the next", left(ends.Add(48*time.Hour-time.Minute)), "1 1")
	w.want("two days after it ended", left(ends.Add(48*time.Hour)), "0 0")
}

// The next day's salt is agreed on a day ahead, so that a database that is away when the day begins costs
// no click and does not part the replicas.
func TestADayBeginsWithoutADatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.FreshURL(t))
	one, other := w.newService(), w.newService()
	for _, s := range []*click.Service{one, other} {
		if err := s.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.DB.Close()
	tomorrow, after := w.clock.Now().AddDate(0, 0, 1), w.clock.Now().AddDate(0, 0, 2)
	if one.Address(t.Context(), tomorrow, "203.0.113.1") != other.Address(t.Context(), tomorrow, "203.0.113.1") {
		t.Error("the replicas part")
	}
	if first := one.Address(t.Context(), after, "203.0.113.1"); first != one.Address(t.Context(), after, "203.0.113.1") {
		t.Error("without a database a visitor is not recognised")
	}
}

func TestNoAddressIsStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.FreshURL(t))
	secret := netip.MustParseAddr("198.51.100.77")
	v := w.from(1)
	v.Address = secret
	w.visit(v)
	plain, hex := secret.String(), fmt.Sprintf("%x", secret.AsSlice())
	for _, table := range w.names(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
		WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`) {
		for _, row := range w.names(`SELECT t::text AS name FROM ` + table + ` AS t`) {
			if strings.Contains(row, plain) || strings.Contains(row, hex) {
				t.Errorf("%s: %s", table, row)
			}
		}
	}
}

func TestPartitionsAreMadeAheadAndSeenOnesDropped(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testdb.FreshURL(t))
	replicas := []*click.Service{w.service, w.newService(), w.newService()}
	w.clock.set(w.clock.Now().AddDate(0, 0, 10))
	var all sync.WaitGroup
	for _, s := range replicas {
		all.Go(func() {
			if err := s.Prepare(t.Context()); err != nil {
				t.Error(err)
			}
			if err := s.KeepPartitions(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	today := period.VisitorDay(w.clock.Now())
	for _, c := range []struct {
		table string
		day   period.Day
		there bool
	}{
		{"click", today.Add(-12), true}, {"click", today.Add(35), true}, {"click", today.Add(36), false},
		{"click_seen", today.Add(-3), false}, {"click_seen", today.Add(-2), true}, {"click_seen", today.Add(35), true},
	} {
		name := click.PartitionName(c.table, c.day)
		if there := w.names(`SELECT coalesce(to_regclass($1::text)::text, '') AS name`, name)[0] != ""; there != c.there {
			t.Errorf("%s is there: %v", name, there)
		}
	}
	// The bounds are the visitor day's: 19.00 UTC.
	w.clock.set(time.Date(2026, 12, 2, 18, 59, 59, 0, time.UTC))
	w.visit(w.from(1))
	w.clock.set(time.Date(2026, 12, 2, 19, 0, 0, 0, time.UTC))
	w.visit(w.from(1))
	got := w.names(`SELECT tableoid::regclass::text AS name FROM click ORDER BY at`)
	if !slices.Equal(got, []string{"click_20261202", "click_20261203"}) {
		t.Errorf("rows lie in %v", got)
	}
}
