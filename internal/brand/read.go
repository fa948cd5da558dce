package brand

import (
	"context"
	"errors"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// node is an agency that an actor may read.
type node struct {
	ID      id.Agency
	Name    string
	MayEdit bool
}

const nodeSQL = `SELECT id, short_name AS name, path && @writers::int4[] AS may_edit FROM agency WHERE id = @id AND path && @readers::int4[]`

// find reads a node of the actor's subtree.
func find(ctx context.Context, c db.Conn, actor org.Actor, agency id.Agency) (node, error) {
	found, err := db.Get[node](ctx, c, nodeSQL, db.Args{"id": agency, "readers": actor.Roots(Readers()...), "writers": actor.Roots(Writers()...)})
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	return found, err
}

// findToEdit tells a node that one may only read from one that one may not see.
func findToEdit(ctx context.Context, c db.Conn, actor org.Actor, agency id.Agency) (node, error) {
	found, err := find(ctx, c, actor, agency)
	if err == nil && !found.MayEdit {
		return found, errs.New(errs.Forbidden, "Hanya humas penerbit dan administrator instansi ini yang dapat mengubah panduan jenamanya.")
	}
	return found, err
}

// saved is the newest row of a node's own kit.
type saved struct {
	Version int
	Kit     Kit `gorm:"serializer:json"`
	By      string
	At      time.Time
}

const newestSQL = `SELECT k.version, k.kit, u.name AS by, k.at FROM brand_kit AS k JOIN app_user AS u ON u.id = k.author_id
WHERE k.agency_id = $1 ORDER BY k.version DESC LIMIT 1`

// newest reads what a node says itself; version 0 when it never said anything.
func newest(ctx context.Context, c db.Conn, agency id.Agency) (saved, error) {
	found, err := db.Get[saved](ctx, c, newestSQL, agency)
	if errors.Is(err, db.ErrNoRow) {
		err = nil
	}
	found.Kit = found.Kit.tidied()
	return found, err
}

const levelsSQL = `SELECT a.id AS agency_id, a.short_name AS agency, k.kit
FROM agency AS node
JOIN agency AS a ON a.id = ANY(node.path)
JOIN LATERAL (SELECT kit FROM brand_kit WHERE agency_id = a.id ORDER BY version DESC LIMIT 1) AS k ON true
WHERE node.id = $1 ORDER BY cardinality(a.path)`

// effective reads what holds for a node.
func effective(ctx context.Context, c db.Conn, agency id.Agency) (Kit, []Origin, error) {
	levels, err := db.All[level](ctx, c, levelsSQL, agency)
	if err != nil {
		return Kit{}, nil, err
	}
	kit, origins := merge(levels)
	return kit, origins, nil
}

// EffectiveTx reads the kit that holds for an agency, for a decision in the caller's transaction.
func EffectiveTx(ctx context.Context, tx *db.Tx, agency id.Agency) (Kit, error) {
	kit, _, err := effective(ctx, tx, agency)
	return kit, err
}

// Get reads the kit of a node: its own, what holds for it, and where each item comes from.
func (s *Service) Get(ctx context.Context, actor org.Actor, agency id.Agency) (Effective, error) {
	at, err := find(ctx, s.db, actor, agency)
	if err != nil {
		return Effective{}, err
	}
	own, err := newest(ctx, s.db, agency)
	if err != nil {
		return Effective{}, err
	}
	kit, origins, err := effective(ctx, s.db, agency)
	if err != nil {
		return Effective{}, err
	}
	told := Own{AgencyID: agency, Version: own.Version, By: own.By, Kit: own.Kit.withContrast()}
	if own.Version > 0 {
		told.At = &own.At
	}
	return Effective{AgencyID: agency, Agency: at.Name, MayEdit: at.MayEdit, Own: told, Kit: kit.withContrast(), Origins: origins}, nil
}

// mostText bounds what is looked at at once, in bytes: more than any content may have.
const mostText = 400_000

// Lint looks at a text with the kit that holds for an agency.
func (s *Service) Lint(ctx context.Context, actor org.Actor, agency id.Agency, text Text) ([]Finding, error) {
	if _, err := find(ctx, s.db, actor, agency); err != nil {
		return nil, err
	}
	size := len(text.Title) + len(text.Summary) + len(text.Body)
	for _, part := range slices.Concat(text.Captions, text.Hashtags) {
		size += len(part)
	}
	if size > mostText {
		return nil, errs.InvalidField("body", "Teks terlalu panjang untuk diperiksa. Isi paling banyak 50000 karakter.")
	}
	kit, _, err := effective(ctx, s.db, agency)
	if err != nil {
		return nil, err
	}
	return Lint(kit, text), nil
}
