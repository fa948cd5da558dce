package demo

import (
	"context"
	"time"

	"gaung/internal/notice"
	"gaung/internal/period"
)

// addQuiet lets the province keep the evenings of the next Ramadan quiet (its days as the calendar foresees
// them), the health office keep its working hours free of prompts, and a few people say how they want to be told.
func (w *world) addQuiet(ctx context.Context) error {
	desk := notice.New(w.DB.At(func() time.Time { return w.today }))
	admin, err := w.as(ctx, "admin")
	if err != nil {
		return err
	}
	ramadan := &notice.QuietSeason{From: period.DayOf(2027, 2, 8), To: period.DayOf(2027, 3, 9), QuietFrom: "17:30", QuietTo: "20:00"}
	for _, own := range []struct {
		code string
		rule notice.RuleDraft
	}{
		{"99", notice.RuleDraft{Hours: "always", Holidays: true, UrgentMost: 2, Season: ramadan}},
		{"99-DINKES", notice.RuleDraft{Hours: "outside", Holidays: true, UrgentMost: 3, Season: ramadan}},
	} {
		if _, err := desk.SetRule(ctx, admin, w.node[own.code].ID, own.rule); err != nil {
			return err
		}
	}
	for _, one := range []struct {
		local string
		habit notice.Habit
	}{{"asn4", notice.Habit{Pace: notice.Daily, Hour: 7}}, {"asn5", notice.Habit{Pace: notice.Weekly, Hour: 8}}, {"asn6", notice.Habit{Pace: notice.Direct, Hour: 7, Night: true}}} {
		who, err := w.as(ctx, one.local)
		if err == nil {
			_, err = desk.SetHabit(ctx, who, one.habit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
