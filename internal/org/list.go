package org

import (
	"context"
	"errors"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/page"
)

const columns = `id, coalesce(parent_id, 0) AS parent_id, kind, code, name, short_name, zone`

// readers are the roles that see the subtree they were given on; everybody else sees the nodes
// between their own unit and the root.
var readers = []Role{Author, Approver, Publisher, Operator, Leader, DPO, Auditor, Admin, Trainer}

// Filter narrows a list.
type Filter struct {
	Search string    // part of a name or code
	Parent id.Agency // only direct children
	page.Ask
}

// List reads the nodes that the actor may see, in the order of their codes.
func (s *Service) List(ctx context.Context, actor Actor, f Filter) (page.Page[Agency], error) {
	key, more, err := f.Key(1)
	if err != nil {
		return page.Page[Agency]{}, err
	}
	after := ""
	if more {
		after = key[0]
	}
	rows, err := db.All[Agency](ctx, s.db, `SELECT `+columns+` FROM agency
		WHERE (path && @roots::int4[] OR id = ANY(@own::int4[]))
		  AND (@search = '' OR name ILIKE '%' || @search || '%' OR code ILIKE @search || '%')
		  AND (@parent::int4 = 0 OR parent_id = @parent)
		  AND code > @after
		ORDER BY code LIMIT @limit`,
		db.Args{"roots": actor.Roots(readers...), "own": actor.Path, "search": f.Search, "parent": f.Parent, "after": after, "limit": f.Size() + 1})
	if err != nil {
		return page.Page[Agency]{}, err
	}
	return page.Of(f.Ask, rows, func(a Agency) []string { return []string{a.Code} }), nil
}

// Get reads one node that the actor may see.
func (s *Service) Get(ctx context.Context, actor Actor, node id.Agency) (Agency, error) {
	found, err := db.Get[Agency](ctx, s.db, `SELECT `+columns+` FROM agency
		WHERE id = $1 AND (path && $2::int4[] OR id = ANY($3::int4[]))`, node, actor.Roots(readers...), actor.Path)
	return found, notFound(err)
}

// find reads a node below one of the roots.
func find(ctx context.Context, c db.Conn, roots []id.Agency, node id.Agency) (Agency, error) {
	found, err := db.Get[Agency](ctx, c, `SELECT `+columns+` FROM agency WHERE id = $1 AND path && $2::int4[]`, node, roots)
	return found, notFound(err)
}

func notFound(err error) error {
	if errors.Is(err, db.ErrNoRow) {
		return errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	return err
}
