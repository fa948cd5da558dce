package brand

import (
	"context"
	"encoding/json"
	"errors"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Put saves what a node says itself, on top of the version that the editor started from. If somebody
// saved another in between, nothing is written and the refusal tells what changed.
func (s *Service) Put(ctx context.Context, actor org.Actor, agency id.Agency, base int, kit Kit) (Effective, error) {
	kit = kit.tidied()
	if err := kit.check(); err != nil {
		return Effective{}, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := findToEdit(ctx, tx, actor, agency); err != nil {
			return err
		}
		// One editor at a time: the row of the agency stands for its kit, which may not exist yet.
		if _, err := db.Exec(ctx, tx, `SELECT FROM agency WHERE id = $1 FOR NO KEY UPDATE`, agency); err != nil {
			return err
		}
		now, err := newest(ctx, tx, agency)
		if err != nil {
			return err
		}
		if now.Version != base {
			return stale(ctx, tx, agency, base, now)
		}
		if err := checkLogos(ctx, tx, agency, kit.Logos); err != nil {
			return err
		}
		return insert(ctx, tx, actor.User, agency, base+1, kit)
	})
	if err != nil {
		return Effective{}, err
	}
	return s.Get(ctx, actor, agency)
}

func insert(ctx context.Context, tx *db.Tx, author id.User, agency id.Agency, version int, kit Kit) error {
	text, err := json.Marshal(kit)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `INSERT INTO brand_kit (agency_id, version, kit, author_id, at) VALUES ($1, $2, $3::jsonb, $4, $5)`,
		agency, version, string(text), author, tx.Now); err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: author, Agency: agency, Action: "brand.save", Subject: subject(agency),
		Detail: map[string]int{"version": version, "banned": len(kit.Banned), "keywords": len(kit.Keywords)}})
}

// stale tells what somebody else has changed since the version that an edit started from.
func stale(ctx context.Context, tx *db.Tx, agency id.Agency, base int, now saved) error {
	before, err := db.Get[saved](ctx, tx, `SELECT version, kit FROM brand_kit WHERE agency_id = $1 AND version = $2`, agency, base)
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return err
	}
	return errs.New(errs.Conflict, "Panduan ini sudah diubah orang lain (kini versi %d, Anda menyunting versi %d): %s. Muat panduan terbaru, lalu terapkan perubahan Anda lagi.",
		now.Version, base, changes(before.Kit.tidied(), now.Kit))
}
