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
	number := func(s *click.Service, address, agent string) int32 {
		n, err := s.Visitor(t.Context(), w.clock.Now(), address, agent)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	services := []*click.Service{w.newService(), w.newService(), w.newService(), w.newService()}
	numbers := make([]int32, len(services))
	var all sync.WaitGroup
	for i, s := range services {
		all.Go(func() { numbers[i] = number(s, "203.0.113.1", phone) })
	}
	all.Wait()
	first := numbers[0]
	if len(slices.Compact(numbers)) != 1 || number(services[0], "::ffff:203.0.113.1", phone) != first {
		t.Errorf("replicas disagree: %v", numbers)
	}
	if number(services[0], "203.0.113.2", phone) == first || number(services[0], "203.0.113.1", phone+"x") == first {
		t.Error("two visitors are one")
	}
	if err := services[0].Forget(t.Context()); err != nil || number(w.newService(), "203.0.113.1", phone) != first {
		t.Errorf("the salt is gone within its day: %v", err)
	}
	w.clock.set(time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)) // the next visitor day begins
	if err := services[0].Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := w.names(`SELECT day::text AS name FROM click_salt`); len(left) != 0 {
		t.Errorf("salts are left: %v", left)
	}
	if number(services[1], "203.0.113.1", phone) == first {
		t.Error("a visitor can be followed into another day")
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
