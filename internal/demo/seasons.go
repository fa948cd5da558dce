package demo

import (
	"context"
	"time"

	"gaung/internal/period"
	"gaung/internal/raffle"
	"gaung/internal/score"
)

// seasons of the world, in days from today: one that is over and closes when the server starts, one that runs. The
// season of a new house ends before them.
var seasons = []struct {
	name     string
	from, to int
	winners  int32
	figure   string
}{
	{"Musim Gaung Sehat", -7 * weeks, -5, 5, "Kurs JISDOR Bank Indonesia yang pertama diumumkan sesudah musim ditutup, dalam rupiah tanpa desimal."},
	{"Musim Layanan Prima", -4, 42, 10, "Kurs JISDOR Bank Indonesia pada hari kerja kelima sesudah musim ditutup, dalam rupiah tanpa desimal."},
}

// addSeasons lets the ministry plan them, with their raffles, at a time when they could be planned.
func (w *world) addSeasons(ctx context.Context) error {
	root, err := w.as(ctx, "pusat.humas")
	if err != nil {
		return err
	}
	today := period.LocalDay(w.today, period.MustZone(w.Province.Zone)) // the day by which lessons are dated
	first := today.Add(seasons[0].from)
	then := w.DB.At(func() time.Time { return first.Add(-7).Start(period.MustZone("Asia/Jakarta")).Add(9 * time.Hour) })
	service := score.New(then)
	end := score.SeasonPlan{Name: "Musim pertama", From: period.DayOf(2000, time.January, 1), To: first.Add(-1), Rulebook: 1}
	if _, err := service.ChangeSeason(ctx, root, 1, end); err != nil {
		return err
	}
	for _, s := range seasons {
		made, err := service.PlanSeason(ctx, root, score.SeasonPlan{Name: s.name, From: today.Add(s.from), To: today.Add(s.to), Rulebook: 2})
		if err != nil {
			return err
		}
		if _, err := raffle.New(then, w.Ring, service).Set(ctx, root, made.ID, raffle.RafflePlan{Winners: s.winners, Figure: s.figure}); err != nil {
			return err
		}
	}
	return nil
}
