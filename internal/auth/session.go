package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/seal"
)

type session struct {
	UserID    id.User
	ID        id.Session
	Seed      []byte
	Turn      int32
	TurnedAt  time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
	CreatedAt time.Time
	Duty      bool `gorm:"->"` // only where it was asked for
}

// duty tells whether a person ($1) has a role at a moment, or decides in the place of somebody who has. Their
// sessions may go unused for a shorter time, those that began before as well.
func duty(now string) string {
	return `(EXISTS (SELECT 1 FROM user_role AS r WHERE r.user_id = $1) OR EXISTS (SELECT 1 FROM deputy AS d WHERE d.deputy_id = $1
		AND d.starts_at <= ` + now + ` AND d.ends_at > ` + now + ` AND d.ended_at IS NULL))`
}

func (s *Service) begin(ctx context.Context, person id.User, on family, life time.Duration) (tokens Tokens, err error) {
	seed := make([]byte, 32)
	if _, err := rand.Read(seed); err != nil {
		return Tokens{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[session](ctx, tx, `INSERT INTO session (user_id, seed, turned_at, expires_at, created_at, browser, system)
			VALUES ($1, $2, $3, CASE WHEN `+duty("$3")+` THEN $4::timestamptz ELSE $5::timestamptz END, $3, $6, $7) RETURNING *`,
			person, seed, tx.Now, tx.Now.Add(roleIdle), tx.Now.Add(SessionLife), on.Browser, on.System)
		if err != nil {
			return err
		}
		tokens, err = s.tokens(row, life)
		return err
	})
	return tokens, err
}

func (s *Service) tokens(row session, life time.Duration) (Tokens, error) {
	access, err := s.signer.sign(row.UserID, row.ID, life)
	return Tokens{User: row.UserID, Access: access, Refresh: s.refreshToken(row, row.Turn)}, err
}

// refreshToken is user, session, turn and a keyed hash over them and the session's seed: to forge one
// takes both the database and the key ring.
func (s *Service) refreshToken(row session, turn int32) string {
	return encodeRefresh(row.UserID, row.ID, turn, s.refreshMAC(s.refresh[0], row, turn))
}

func (s *Service) refreshMAC(key seal.Derived, row session, turn int32) []byte {
	return seal.Hash(key.Key, string(row.Seed), strconv.FormatInt(int64(row.UserID), 10),
		strconv.FormatInt(int64(row.ID), 10), strconv.FormatInt(int64(turn), 10))
}

const refreshHead = 4 + 8 + 4

func encodeRefresh(person id.User, number id.Session, turn int32, mac []byte) string {
	head := binary.BigEndian.AppendUint32(nil, uint32(person))
	head = binary.BigEndian.AppendUint64(head, uint64(number))
	head = binary.BigEndian.AppendUint32(head, uint32(turn))
	return base64.RawURLEncoding.EncodeToString(append(head, mac...))
}

func decodeRefresh(token string) (person id.User, number id.Session, turn int32, mac []byte, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != refreshHead+32 || raw[0]&0x80 != 0 { // no person has so high a number
		return 0, 0, 0, nil, false
	}
	return id.User(binary.BigEndian.Uint32(raw)), id.Session(binary.BigEndian.Uint64(raw[4:])),
		int32(binary.BigEndian.Uint32(raw[12:])), raw[refreshHead:], true
}

// grace is how long the token before the current one still gets the current one: two tabs refresh at
// the same moment.
const grace = 10 * time.Second

// Refresh exchanges a refresh token for new tokens. One that was exchanged before is a stolen copy:
// the whole session ends.
func (s *Service) Refresh(ctx context.Context, token string) (tokens Tokens, err error) {
	person, number, turn, mac, ok := decodeRefresh(token)
	if !ok {
		return Tokens{}, ended()
	}
	stolen := false
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[session](ctx, tx, `SELECT s.*, `+duty("$3")+` AS duty FROM session AS s JOIN app_user AS u ON u.id = s.user_id AND u.active
			WHERE s.user_id = $1 AND s.id = $2 FOR UPDATE OF s`, person, number, tx.Now)
		if errors.Is(err, db.ErrNoRow) {
			return ended()
		}
		if err != nil {
			return err
		}
		unused := SessionLife
		if row.Duty {
			unused = roleIdle
		}
		if !s.ours(row, turn, mac) || row.RevokedAt != nil || !row.ExpiresAt.After(tx.Now) || !row.TurnedAt.Add(unused).After(tx.Now) {
			return ended()
		}
		switch {
		case turn == row.Turn:
			row.Turn++
			_, err = db.Exec(ctx, tx, `UPDATE session SET turn = $3, turned_at = $4, expires_at = least($5::timestamptz, $6::timestamptz)
				WHERE user_id = $1 AND id = $2`, person, number, row.Turn, tx.Now, tx.Now.Add(unused), row.CreatedAt.Add(longest))
		case turn == row.Turn-1 && tx.Now.Sub(row.TurnedAt) <= grace: // the other tab's successor again
		default:
			stolen = true
			err = endStolen(ctx, tx, row)
		}
		if err != nil || stolen {
			return err
		}
		tokens, err = s.tokens(row, AccessLife)
		return err
	})
	if err == nil && stolen {
		err = ended()
	}
	return tokens, err
}

// ours checks the keyed hash under every key of the ring, so that a rotation signs nobody out.
func (s *Service) ours(row session, turn int32, mac []byte) bool {
	for _, key := range s.refresh {
		if hmac.Equal(mac, s.refreshMAC(key, row, turn)) {
			return true
		}
	}
	return false
}

// endStolen ends a session of which somebody has a copy.
func endStolen(ctx context.Context, tx *db.Tx, row session) error {
	if _, err := db.Exec(ctx, tx, `UPDATE session SET revoked_at = $3 WHERE user_id = $1 AND id = $2`, row.UserID, row.ID, tx.Now); err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: row.UserID, Action: "auth.refresh_reused", Subject: fmt.Sprintf("session/%d", row.ID)})
}

// ForgetJob is the kind of the job that forgets what sign-in no longer needs.
type ForgetJob struct{}

// Kind names the job.
func (ForgetJob) Kind() string { return "auth_forget" }

// Work registers the job.
func (s *Service) Work(r *job.Registry) {
	job.Every(r, 24*time.Hour, ForgetJob{}, s.forget)
}

// forget ends sessions of closed accounts, and removes sessions that can no longer be refreshed and failures that no longer count.
func (s *Service) forget(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM session WHERE expires_at < $1`, tx.Now.Add(-ScriptLife)); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE session AS s SET revoked_at = $1 FROM app_user AS u
			WHERE u.id = s.user_id AND NOT u.active AND s.revoked_at IS NULL`, tx.Now); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `DELETE FROM sign_in_failure WHERE since < $1`, tx.Now.Add(-failureWindow))
		return err
	})
}
