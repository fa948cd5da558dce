package auth

import (
	"context"
	"fmt"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Session is a signed-in device as its owner sees it.
type Session struct {
	ID        id.Session `json:"id"`
	Browser   string     `json:"browser" doc:"Family only, such as Chrome; script: an API client; empty: unknown"`
	System    string     `json:"system" doc:"Family only, such as Android; empty: unknown"`
	CreatedAt time.Time  `json:"created_at"`
	UsedAt    time.Time  `json:"used_at" doc:"To within ten minutes"`
	Current   bool       `json:"current" doc:"The one that asks"`
}

// Sessions lists where the actor is signed in, the newest use first.
func (s *Service) Sessions(ctx context.Context, actor org.Actor, current id.Session) ([]Session, error) {
	return db.All[Session](ctx, s.db, `SELECT id, browser, system, created_at, turned_at AS used_at, id = $2 AS current
		FROM session WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $3
		  AND (browser <> 'script' OR created_at > $4)
		ORDER BY id = $2 DESC, turned_at DESC LIMIT 100`, actor.User, current, s.db.Now(), s.db.Now().Add(-ScriptLife))
}

// SignOut ends the actor's own session.
func (s *Service) SignOut(ctx context.Context, actor org.Actor, number id.Session) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE session SET revoked_at = $3 WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL`, actor.User, number, tx.Now)
		return err
	})
}

// EndSession ends one of the actor's sessions.
func (s *Service) EndSession(ctx context.Context, actor org.Actor, number id.Session) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE session SET revoked_at = $3
			WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $3`, actor.User, number, tx.Now)
		if err == nil && n == 0 {
			return errs.New(errs.NotFound, "Sesi ini sudah tidak ada.")
		}
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.end_session", Subject: fmt.Sprintf("session/%d", number)})
	})
}

// EndOthers ends all of the actor's sessions but one, and tells how many.
func (s *Service) EndOthers(ctx context.Context, actor org.Actor, but id.Session) (n int64, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if n, err = revoke(ctx, tx, actor.User, but); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.end_sessions", Subject: "user", Detail: map[string]int64{"count": n}})
	})
	return n, err
}

// revoke ends all sessions of a person but one; zero spares none.
func revoke(ctx context.Context, tx *db.Tx, person id.User, but id.Session) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE session SET revoked_at = $3 WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL`, person, but, tx.Now)
}
