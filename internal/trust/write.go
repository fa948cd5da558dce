package trust

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Create sets an election mode up for a region (or any other node) and its subtree.
func (s *Service) Create(ctx context.Context, actor org.Actor, node id.Agency, plan Plan) (Election, error) {
	plan = plan.tidied()
	if err := plan.check(); err != nil {
		return Election{}, err
	}
	var made row
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		region, err := db.All[row](ctx, tx, `SELECT id AS node_id, zone FROM agency WHERE id = $1::int8 AND path && $2::int4[]`, node, actor.Roots(Writers()...))
		if err != nil {
			return err
		}
		if len(region) == 0 {
			return errs.InvalidField("node_id", "Pilih wilayah yang Anda kelola sebagai administrator.")
		}
		made = region[0]
		args, err := plan.args(tx, made.Zone)
		if err != nil {
			return err
		}
		args["node"], args["author"] = made.NodeID, actor.User
		row, err := db.Get[row](ctx, tx, `INSERT INTO election (node_id, author_id, name, from_day, to_day, begins_at, ends_at, watch, created_at, updated_at)
			VALUES (@node, @author, @name, @from::date, @to::date, @begins, @ends, @watch::jsonb, @now, @now) RETURNING id, version, begins_at`, args)
		if err != nil {
			return err
		}
		made.ID, made.Version, made.BeginsAt = row.ID, row.Version, row.BeginsAt
		if err := s.announce(ctx, tx, made); err != nil {
			return err
		}
		return record(ctx, tx, actor, made, "create", plan.detail())
	})
	if err != nil {
		return Election{}, err
	}
	return s.Get(ctx, actor, made.ID)
}

// Edit replaces the plan that the administrator opened at a version. A mode that holds already cannot be
// made to begin another day: what was decided under it was decided under it.
func (s *Service) Edit(ctx context.Context, actor org.Actor, election id.Election, seen int, plan Plan) (Election, error) {
	plan = plan.tidied()
	if err := plan.check(); err != nil {
		return Election{}, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := lock(ctx, tx, actor, election, seen)
		if err != nil {
			return err
		}
		if !found.BeginsAt.After(tx.Now) && plan.From != found.FromDay {
			return errs.InvalidField("from", "Mode pemilu ini sudah berlaku: hari pertamanya tidak dapat diubah.")
		}
		args, err := plan.args(tx, found.Zone)
		if err != nil {
			return err
		}
		args["id"] = int64(election)
		now, err := db.Get[row](ctx, tx, `UPDATE election SET version = version + 1, name = @name, from_day = @from::date, to_day = @to::date,
			begins_at = @begins, ends_at = @ends, watch = @watch::jsonb, updated_at = @now WHERE id = @id RETURNING version, begins_at`, args)
		if err != nil {
			return err
		}
		found.Version, found.BeginsAt = now.Version, now.BeginsAt
		if err := s.announce(ctx, tx, found); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "edit", plan.detail())
	})
	if err != nil {
		return Election{}, err
	}
	return s.Get(ctx, actor, election)
}

// announce has what is under way looked at, now or when the mode begins.
func (s *Service) announce(ctx context.Context, tx *db.Tx, r row) error {
	job := TurnedJob{r.ID, r.Version}
	if r.BeginsAt.After(tx.Now) {
		return s.queue.EnqueueAtTx(ctx, tx, job, r.BeginsAt)
	}
	return s.queue.EnqueueTx(ctx, tx, job)
}

// End ends a mode before its time, with a reason that stays in the log.
func (s *Service) End(ctx context.Context, actor org.Actor, election id.Election, seen int, reason string) (Election, error) {
	reason = strings.TrimSpace(reason)
	switch n := len([]rune(reason)); {
	case n == 0:
		return Election{}, errs.InvalidField("reason", "Tuliskan mengapa mode pemilu diakhiri lebih cepat.")
	case n > maxReason:
		return Election{}, errs.InvalidField("reason", "Alasan paling banyak %d karakter; sekarang %d.", maxReason, n)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := lock(ctx, tx, actor, election, seen)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE election SET version = version + 1, ended_at = $2, end_reason = $3, updated_at = $2 WHERE id = $1`,
			election, tx.Now, reason); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "end", map[string]any{"reason": reason})
	})
	if err != nil {
		return Election{}, err
	}
	return s.Get(ctx, actor, election)
}

// args are the columns of a plan; the days are those of the region's clock.
func (p Plan) args(tx *db.Tx, zone string) (db.Args, error) {
	clock := period.MustZone(zone)
	begins, ends := p.From.Start(clock), p.To.Add(1).Start(clock)
	if !ends.After(tx.Now) {
		return nil, errs.InvalidField("to", "Hari terakhir sudah lewat.")
	}
	watch, err := json.Marshal(p.Watch)
	return db.Args{"name": p.Name, "from": p.From.String(), "to": p.To.String(), "begins": begins.UTC(), "ends": ends.UTC().Truncate(time.Microsecond),
		"watch": string(watch), "now": tx.Now}, err
}

func (p Plan) detail() map[string]any {
	return map[string]any{"from": p.From.String(), "to": p.To.String(), "words": len(p.Watch.Words), "names": len(p.Watch.Names), "accounts": len(p.Watch.Accounts)}
}
