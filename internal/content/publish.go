package content

import (
	"context"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
)

// GoLiveJob takes a scheduled item live at its time.
type GoLiveJob struct {
	ContentID id.Content `json:"content_id"`
}

// Kind names the job.
func (GoLiveJob) Kind() string { return "content_go_live" }

// EndJob takes a live item out of the feed at its end.
type EndJob struct {
	ContentID id.Content `json:"content_id"`
}

// Kind names the job.
func (EndJob) Kind() string { return "content_end" }

// Work registers the jobs.
func (s *Service) Work(r *job.Registry) {
	job.Handle(r, func(ctx context.Context, j GoLiveJob) error { return s.goLive(ctx, j.ContentID) })
	job.Handle(r, func(ctx context.Context, j EndJob) error { return s.end(ctx, j.ContentID) })
	job.Handle(r, func(ctx context.Context, j MakeImageJob) error { return s.makeImage(ctx, j.ContentID, j.N) })
	job.Handle(r, s.look)
	job.Handle(r, func(ctx context.Context, j CardJob) error { return s.makeCard(ctx, j.ContentID) })
	job.Every(r, 24*time.Hour, forgetKeysJob{}, s.forgetKeys)
	job.Handle(r, s.turned)
	job.Handle(r, func(ctx context.Context, j mandateOverJob) error { return s.mandateOver(ctx, j.ContentID) })
	job.Every(r, sweepEvery, SweepFilesJob{}, s.sweep)
}

// mandateOverJob shows a content as voluntary in every feed from the end of its mandate's last day on.
type mandateOverJob struct {
	ContentID id.Content `json:"content_id"`
}

// Kind names the job.
func (mandateOverJob) Kind() string { return "content_mandate_over" }

// mandateOver has those who keep the content in memory read it again: the reads know that it is over.
func (s *Service) mandateOver(ctx context.Context, content id.Content) error {
	_, err := db.Exec(ctx, s.db, `UPDATE content SET changed = pg_current_xact_id() WHERE id = $1`, content)
	return err
}

// farthest is how far ahead an item may be scheduled.
const farthest = 366 * 24 * time.Hour

// Schedule sets or moves the time at which an approved item goes live by itself.
func (s *Service) Schedule(ctx context.Context, actor org.Actor, content id.Content, at time.Time) (Content, error) {
	return s.change(ctx, actor, content, Schedule, s.scheduling(ctx, at))
}

func (s *Service) scheduling(ctx context.Context, at time.Time) step {
	return func(tx *db.Tx, row item, to State) error {
		at := at.UTC().Truncate(time.Microsecond)
		switch {
		case !at.After(tx.Now):
			return errs.InvalidField("publish_at", "Waktu tayang harus di masa depan. Gunakan Terbitkan untuk menayangkan sekarang.")
		case at.Sub(tx.Now) > farthest:
			return errs.InvalidField("publish_at", "Waktu tayang paling jauh satu tahun dari sekarang.")
		case row.EndsAt != nil && !row.EndsAt.After(at):
			return errs.InvalidField("publish_at", "Waktu tayang harus sebelum waktu berakhir konten.")
		}
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, publish_at = $3, updated_at = $4 WHERE id = $1`, row.ID, to, at, tx.Now)
		if err != nil {
			return err
		}
		return s.queue.EnqueueAtTx(ctx, tx, GoLiveJob{row.ID}, at)
	}
}

// Publish takes an approved item live now.
func (s *Service) Publish(ctx context.Context, actor org.Actor, content id.Content) (Content, error) {
	done, err := s.change(ctx, actor, content, Publish, s.publishing(ctx))
	return done, s.afterRefusal(ctx, content, err)
}

// afterRefusal is what a refused publication leaves: the refusal undid everything, and an item whose approval no
// longer stands goes back to review.
func (s *Service) afterRefusal(ctx context.Context, content id.Content, err error) error {
	if errs.CodeOf(err) != errs.Conflict {
		return err
	}
	return errors.Join(err, s.lookAgain(ctx, content))
}

func (s *Service) publishing(ctx context.Context) step {
	return func(tx *db.Tx, row item, to State) error { return s.takeLive(ctx, tx, row, to) }
}

// goLive is the job's side: the row decides, not the job. An item that was moved, edited or taken live
// in the meantime is left alone; a moved one has a job of its own.
func (s *Service) goLive(ctx context.Context, content id.Content) error {
	if err := s.lookAgain(ctx, content); err != nil { // an item whose approval no longer stands goes back to review
		return err
	}
	return s.byJob(ctx, content, GoLive, GoLiveJob{content}, func(tx *db.Tx, row item, to State) error {
		return s.takeLive(ctx, tx, row, to)
	}, func(row item) *time.Time { return row.PublishAt })
}

func (s *Service) end(ctx context.Context, content id.Content) error {
	return s.byJob(ctx, content, End, EndJob{content}, func(tx *db.Tx, row item, to State) error {
		if err := hideFromFeeds(ctx, tx, row); err != nil {
			return err
		}
		return setState(ctx, tx, row, to)
	}, func(row item) *time.Time { return row.EndsAt })
}

// EndDue ends every live item whose time has come, for a database in which no jobs were worked for a
// while, and gives how many there were.
func (s *Service) EndDue(ctx context.Context) (int, error) {
	due, err := db.All[struct{ ID id.Content }](ctx, s.db, `SELECT id FROM content WHERE state = 'live' AND ends_at <= $1 ORDER BY id`, s.db.Now())
	for _, row := range due {
		if err == nil {
			err = s.end(ctx, row.ID)
		}
	}
	return len(due), err
}

// byJob does a timed move for the system if its time has come and the state still allows it.
func (s *Service) byJob(ctx context.Context, content id.Content, action Action, again job.Args,
	act func(*db.Tx, item, State) error, due func(item) *time.Time) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockForJob(ctx, tx, content)
		if err != nil {
			if errors.Is(err, db.ErrNoRow) {
				return nil
			}
			return err
		}
		to, allowed := moves[action].to[row.State]
		at := due(row)
		if !allowed || at == nil {
			return nil
		}
		if at.After(tx.Now) { // our clock is behind the queue's, or the time was moved: again at its time
			return s.queue.EnqueueAtTx(ctx, tx, again, *at)
		}
		if err := act(tx, row, to); err != nil {
			return err
		}
		return record(ctx, tx, 0, row, action, to)
	})
}

// takeLive opens the item to readers: public address, feeds, end.
func (s *Service) takeLive(ctx context.Context, tx *db.Tx, row item, to State) error {
	if row.EndsAt != nil && !row.EndsAt.After(tx.Now) {
		return errs.New(errs.Conflict, "Waktu berakhir konten sudah lewat. Ubah waktu berakhirnya lebih dahulu.")
	}
	if err := s.checkCleared(ctx, tx, row); err != nil {
		return err
	}
	if err := checkAccountsNow(ctx, tx, row); err != nil {
		return err
	}
	title, err := db.Get[struct {
		Title string
		Until *period.Day
	}](ctx, tx, `SELECT title, (mandate->>'until')::date AS until FROM content_version WHERE content_id = $1 AND no = $2`, row.ID, row.Version)
	if err != nil {
		return err
	}
	if title.Until != nil {
		if err := s.queue.EnqueueAtTx(ctx, tx, mandateOverJob{row.ID}, title.Until.Add(1).Start(period.MustZone(row.AgencyZone))); err != nil {
			return err
		}
	}
	_, err = db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, slug = coalesce(slug, $3), publish_at = NULL, published_at = $4, updated_at = $4 WHERE id = $1`,
		row.ID, to, slug(title.Title, row.ID), tx.Now)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE content_target SET published_at = $2 WHERE content_id = $1`, row.ID, tx.Now)
	if err != nil {
		return err
	}
	if err := s.announce(ctx, tx, row, to); err != nil {
		return err
	}
	if err := s.queue.EnqueueTx(ctx, tx, CardJob{row.ID}); err != nil || row.EndsAt == nil {
		return err
	}
	return s.queue.EnqueueAtTx(ctx, tx, EndJob{row.ID}, *row.EndsAt)
}

func hideFromFeeds(ctx context.Context, tx *db.Tx, row item) error {
	_, err := db.Exec(ctx, tx, `UPDATE content_target SET published_at = NULL WHERE content_id = $1`, row.ID)
	return err
}
