package planner

import (
	"context"
	"net/url"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
)

// View is a person's own filters of the queue, under a name.
type View struct {
	N       int    `json:"n"`
	Name    string `json:"name"`
	Filters string `json:"filters" doc:"The query of the queue's address"`
}

// Bounds of saved views.
const (
	mostViews   = 30
	longestName = 60
	mostFilters = 1_000
)

// Views lists the actor's own, by name.
func (s *Service) Views(ctx context.Context, actor org.Actor) ([]View, error) {
	return db.All[View](ctx, s.db, `SELECT n, name, filters FROM queue_view WHERE user_id = $1 ORDER BY lower(name)`, actor.User)
}

// SaveView keeps filters under a name; the same name again replaces them.
func (s *Service) SaveView(ctx context.Context, actor org.Actor, name, filters string) ([]View, error) {
	name = strings.TrimSpace(name)
	var f errs.Faults
	if name == "" {
		f.Add("name", "Beri nama pada tampilan ini.")
	}
	f.Length("name", "Nama tampilan", name, longestName)
	if _, err := url.ParseQuery(filters); err != nil || len(filters) > mostFilters {
		f.Add("filters", "Saringan ini tidak dapat disimpan. Muat ulang halaman, lalu saring lagi.")
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `SELECT pg_advisory_xact_lock(hashtext('queue_view'), $1::int4)`, actor.User); err != nil { // numbers are counted
			return err
		}
		done, err := db.Exec(ctx, tx, `UPDATE queue_view SET filters = $3 WHERE user_id = $1 AND name = $2`, actor.User, name, filters)
		if err != nil || done > 0 {
			return err
		}
		made, err := db.Exec(ctx, tx, `INSERT INTO queue_view (user_id, n, name, filters)
			SELECT $1::int4, coalesce(max(n), 0) + 1, $2, $3 FROM queue_view WHERE user_id = $1::int4 HAVING count(*) < $4`, actor.User, name, filters, mostViews)
		if err == nil && made == 0 {
			return errs.New(errs.Conflict, "Paling banyak %d tampilan tersimpan. Hapus yang tidak dipakai lagi.", mostViews)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Views(ctx, actor)
}

// DropView forgets one.
func (s *Service) DropView(ctx context.Context, actor org.Actor, n int) ([]View, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		gone, err := db.Exec(ctx, tx, `DELETE FROM queue_view WHERE user_id = $1 AND n = $2`, actor.User, n)
		if err == nil && gone == 0 {
			return errs.New(errs.NotFound, "Tampilan tersimpan tidak ditemukan.")
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Views(ctx, actor)
}
