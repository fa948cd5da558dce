package user_test

import (
	"fmt"
	"testing"
	"time"

	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

// BenchmarkImport60k takes the people of a large province in: upload and dry run, then the application.
func BenchmarkImport60k(b *testing.B) {
	for range b.N {
		b.StopTimer()
		w := &world{testkit.On(b, testdb.Fresh(b)), b}
		operator := w.Staff(org.Operator)
		text := list(1, 60_000, w.Unit.Code)
		b.StartTimer()
		began := time.Now()
		roster := w.checked(operator, text, user.Intake{})
		b.ReportMetric(time.Since(began).Seconds(), "s/check")
		began = time.Now()
		w.apply(operator, roster.ID)
		b.ReportMetric(time.Since(began).Seconds(), "s/apply")
		if done := w.roster(operator, roster.ID); done.Counts.Joins != 60_000 {
			b.Fatalf("%+v", done)
		}
	}
}

// BenchmarkCreate20k is what the demo world asks for.
func BenchmarkCreate20k(b *testing.B) {
	for range b.N {
		b.StopTimer()
		w := &world{testkit.On(b, testdb.Fresh(b)), b}
		drafts := make([]user.Draft, 20_000)
		for i := range drafts {
			drafts[i] = user.Draft{Name: fmt.Sprintf("Orang Ke %d", i), NIP: nipNo(1, i), Email: fmt.Sprintf("o%d@uji.example", i), Position: "Guru Ahli Muda", Grade: "III/c",
				Unit: w.Unit.ID, From: period.DayOf(2024, 1, 1), Before: []user.Placement{{Unit: w.Dinas.ID, From: period.DayOf(2020, 1, 1)}},
				Roles: []org.Grant{{Role: org.Author, Agency: w.Unit.ID}}}
		}
		b.StartTimer()
		if _, err := w.User.CreateAll(b.Context(), drafts); err != nil {
			b.Fatal(err)
		}
	}
}
