package score

import (
	"context"
	_ "embed"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/period"
)

//go:embed sql/follow.sql
var followSQL string

// FollowJob is the kind of the job that lets the boards follow people.
type FollowJob struct{}

// Kind names the job.
func (FollowJob) Kind() string { return "score_follow" }

// followEvery is how long a board may show somebody where they no longer are: placements begin and end
// with a local day, without anybody's doing.
const followEvery = time.Hour

// Work registers the jobs.
func (s *Service) Work(r *job.Registry) {
	job.Every(r, followEvery, FollowJob{}, s.Follow)
	job.Every(r, proofEvery, proofJob{}, s.prove)
	job.Every(r, turnEvery, turnJob{}, s.turn)
}

// Follow brings the scores of the running week, month and season, and the histograms that ranks are read from, to
// where people work today. Whoever left has no place; periods that are over stay as they were. Doing it
// again changes nothing.
func (s *Service) Follow(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := posting(ctx, tx); err != nil {
			return err
		}
		keys, err := running(ctx, tx, tx.Now)
		if err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, followSQL, db.Args{"periods": keys, "now": tx.Now})
		return db.Error(err)
	})
}

// running are the keys of the periods that some zone is still in.
func running(ctx context.Context, c db.Conn, now time.Time) (keys []int32, err error) {
	seasons, err := openSeasons(ctx, c)
	if err != nil {
		return nil, err
	}
	west, east := period.LocalDay(now, period.MustZone("Asia/Jakarta")), period.LocalDay(now, period.MustZone("Asia/Jayapura"))
	for today := west; today <= east; today++ {
		keys = append(keys, period.MonthOf(today).Key(), period.WeekOf(today).Key())
		for _, season := range seasons {
			if season.holds(today) {
				keys = append(keys, season.key())
			}
		}
	}
	campaigns, err := db.All[struct{ ID id.Campaign }](ctx, c, `SELECT id FROM campaign WHERE from_day <= $1::date AND to_day >= $2::date`, east.String(), west.String())
	for _, one := range campaigns {
		keys = append(keys, campaignKey(one.ID))
	}
	return keys, err
}
