package campaign

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Create plans a campaign of an agency; 0: the actor's own.
func (s *Service) Create(ctx context.Context, actor org.Actor, agency id.Agency, plan Plan) (Campaign, error) {
	plan = plan.tidied()
	if err := plan.check(); err != nil {
		return Campaign{}, err
	}
	if agency == 0 {
		agency = actor.Agency
	}
	var made row
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		rows, err := db.All[row](ctx, tx, `
			INSERT INTO campaign (agency_id, author_id, name, goal, from_day, to_day, people_target, shares_target, created_at, updated_at)
			SELECT id, @author, @name, @goal, @from::date, @to::date, @people::int8, @shares::int8, @now, @now
			FROM agency WHERE id = @agency::int8 AND path && @roots::int4[]
			RETURNING id, agency_id`, plan.args(db.Args{"agency": agency, "author": actor.User, "now": tx.Now, "roots": actor.Roots(Writers()...)}))
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return errs.New(errs.Forbidden, "Anda bukan penerbit pada instansi ini. Pilih instansi tempat Anda bertugas sebagai penerbit.")
		}
		made = rows[0]
		if err := setContents(ctx, tx, actor, made, plan.Contents); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, made.ID); err != nil {
			return err
		}
		return record(ctx, tx, actor, made, "create", plan)
	})
	if err != nil {
		return Campaign{}, err
	}
	return s.Get(ctx, actor, made.ID)
}

// Edit replaces a plan that the writer opened at a version. If somebody saved in between, nothing is written.
func (s *Service) Edit(ctx context.Context, actor org.Actor, campaign id.Campaign, seen int, plan Plan) (Campaign, error) {
	plan = plan.tidied()
	if err := plan.check(); err != nil {
		return Campaign{}, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := lock(ctx, tx, actor, campaign)
		if err != nil {
			return err
		}
		if found.Version != seen {
			return errs.New(errs.Conflict, "Kampanye ini sudah diubah (kini versi %d, Anda membuka versi %d). Salin perubahan Anda, muat ulang, lalu simpan lagi.", found.Version, seen)
		}
		if err := found.checkOver(period.LocalDay(tx.Now, period.MustZone(found.Zone)), plan); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE campaign SET version = version + 1, name = @name, goal = @goal, from_day = @from::date, to_day = @to::date,
			people_target = @people::int8, shares_target = @shares::int8, updated_at = @now WHERE id = @id`, plan.args(db.Args{"id": campaign, "now": tx.Now})); err != nil {
			return err
		}
		if err := setContents(ctx, tx, actor, found, plan.Contents); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, campaign); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "edit", plan)
	})
	if err != nil {
		return Campaign{}, err
	}
	return s.Get(ctx, actor, campaign)
}

func (p Plan) args(more db.Args) db.Args {
	more["name"], more["goal"], more["from"], more["to"], more["people"], more["shares"] = p.Name, p.Goal, p.From.String(), p.To.String(), p.PeopleTarget, p.SharesTarget
	return more
}

// setContents replaces the contents: those of the actor's subtree, each in no other campaign.
func setContents(ctx context.Context, tx *db.Tx, actor org.Actor, r row, contents []id.Content) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM campaign_content WHERE campaign_id = $1 AND content_id <> ALL($2::int8[])`, r.ID, contents); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `INSERT INTO campaign_content (content_id, campaign_id)
		SELECT c.id, $1::int4 FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		WHERE c.id = ANY($2::int8[]) AND a.path && $3::int4[] ORDER BY c.id
		ON CONFLICT DO NOTHING`, r.ID, contents, actor.Roots(Readers()...)); err != nil {
		return err
	}
	there, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM campaign_content WHERE campaign_id = $1`, r.ID)
	if err == nil && there.N != len(contents) {
		err = errs.InvalidField("contents", "Sebagian konten tidak ditemukan, di luar wilayah kewenangan Anda, atau sudah menjadi bagian kampanye lain.")
	}
	return err
}
