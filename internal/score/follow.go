package score

import (
	"context"
	_ "embed"
	"time"

	"gaung/internal/db"
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
}

// Follow brings the scores of the running week, month and season, and the histograms that ranks are read from, to
// where people work today. Whoever left has no place; periods that are over stay as they were. Doing it
// again changes nothing.
func (s *Service) Follow(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		seasons, err := openSeasons(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tx.Pgx().Exec(ctx, followSQL, db.Args{"periods": running(tx.Now, seasons), "now": tx.Now})
		return db.Error(err)
	})
}

// running are the keys of the periods that some zone is still in.
func running(now time.Time, seasons []Season) (keys []int32) {
	for _, zone := range []string{"Asia/Jakarta", "Asia/Jayapura"} {
		today := period.LocalDay(now, period.MustZone(zone))
		keys = append(keys, period.MonthOf(today).Key(), period.WeekOf(today).Key())
		for _, season := range seasons {
			if season.holds(today) {
				keys = append(keys, season.key())
			}
		}
	}
	return keys
}
