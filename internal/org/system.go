package org

import (
	"context"
	"errors"

	"gaung/internal/db"
)

// ByCode finds a node for whoever holds the server itself; ok is false when there is none.
func (s *Service) ByCode(ctx context.Context, code string) (found Agency, ok bool, err error) {
	found, err = db.Get[Agency](ctx, s.db, `SELECT `+columns+` FROM agency WHERE code = $1`, code)
	if errors.Is(err, db.ErrNoRow) {
		return found, false, nil
	}
	return found, err == nil, err
}
