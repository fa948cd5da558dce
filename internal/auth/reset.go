package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Issued is a password that somebody was given. It is shown once and kept nowhere.
type Issued struct {
	Password  string    `json:"password"`
	ExpiresAt time.Time `json:"expires_at"`
}

// letters of what people copy from paper: none that looks like another.
const letters = "abcdefghjkmnpqrstuvwxyz23456789"

// readable makes random groups of four, 19.8 bits each.
func readable(groups int) string {
	text := make([]byte, 4*groups)
	for i := range text {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // documented never to fail
		}
		text[i] = letters[n.Int64()]
	}
	return inGroups(string(text), "-")
}

// passwordGroups make 79 bits.
const passwordGroups = 4

// within is the takeover rule. An operator or administrator reaches the people who work in their
// subtree now. Somebody who holds a role is reached only by who administers every node the role is held
// on (a deputy holds that of whom they represent): whoever resets an account could enter it, so nobody gets more by a reset than they hold already.
const within = `
	SELECT u.id, u.name, unit.name AS unit, coalesce((SELECT last3 FROM user_nip WHERE user_id = u.id), '') AS nip_tail,
	       u.id <> @actor AND NOT EXISTS (SELECT 1 FROM user_role AS r JOIN agency AS held ON held.id = r.agency_id
	           WHERE r.user_id = u.id AND NOT held.path && @admin::int4[])
	       AND NOT EXISTS (SELECT 1 FROM deputy AS d JOIN user_role AS r ON r.user_id = d.user_id AND r.role = 'approver' JOIN agency AS held ON held.id = r.agency_id
	           WHERE d.deputy_id = u.id AND d.ended_at IS NULL AND d.ends_at > @now AND NOT held.path && @admin::int4[]) AS reached
	FROM app_user AS u
	JOIN placement AS p ON p.user_id = u.id
	JOIN agency AS unit ON unit.id = p.unit_id
	JOIN agency AS body ON body.id = p.agency_id
	WHERE u.active AND unit.path && @roots::int4[]
	  AND p.from_day <= (@now::timestamptz AT TIME ZONE body.zone)::date
	  AND (p.until_day IS NULL OR p.until_day > (@now::timestamptz AT TIME ZONE body.zone)::date)`

func scope(actor org.Actor, now time.Time) db.Args {
	return db.Args{"actor": actor.User, "admin": actor.Roots(org.Admin), "roots": actor.Roots(org.Operator, org.Admin), "now": now}
}

type reachable struct {
	ID      id.User
	Name    string
	Unit    string
	NIPTail string `gorm:"column:nip_tail"`
	Reached bool
}

// mayReset refuses whom the actor does not see and whom they must not take over.
func mayReset(ctx context.Context, c db.Conn, actor org.Actor, person id.User, now time.Time) error {
	args := scope(actor, now)
	args["person"] = person
	found, err := db.Get[reachable](ctx, c, within+` AND u.id = @person`, args)
	switch {
	case errors.Is(err, db.ErrNoRow):
		return errs.New(errs.NotFound, "Orang ini tidak ditemukan.")
	case err != nil:
		return err
	case person == actor.User:
		return errs.New(errs.Forbidden, "Akun sendiri tidak dapat diatur ulang di sini. Pakai halaman akun Anda, atau minta administrator lain.")
	case !found.Reached:
		return errs.New(errs.Forbidden, "Orang ini memegang peran. Hanya administrator atas semua instansi tempat peran itu berlaku yang dapat mengatur ulang akunnya.")
	}
	return nil
}

// mayResetTx is the same for as long as the transaction runs: a role that is given meanwhile waits.
func mayResetTx(ctx context.Context, tx *db.Tx, actor org.Actor, person id.User) error {
	if _, err := db.Exec(ctx, tx, `SELECT FROM app_user WHERE id = $1 FOR UPDATE`, person); err != nil {
		return err
	}
	return mayReset(ctx, tx, actor, person, tx.Now)
}

// ResetPassword gives somebody a password to begin with again, and ends all their sessions.
func (s *Service) ResetPassword(ctx context.Context, actor org.Actor, person id.User) (issued Issued, err error) {
	if err := mayReset(ctx, s.db, actor, person, s.db.Now()); err != nil { // before the dear hash
		return Issued{}, err
	}
	issued.Password = readable(passwordGroups)
	hash, err := s.hasher.hash(ctx, issued.Password)
	if err != nil {
		return Issued{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := mayResetTx(ctx, tx, actor, person); err != nil {
			return err
		}
		issued.ExpiresAt = tx.Now.Add(FirstLife)
		return issue(ctx, tx, actor, person, hash)
	})
	return issued, err
}

// issue sets a password that must be changed.
func issue(ctx context.Context, tx *db.Tx, actor org.Actor, person id.User, hash string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO credential (user_id, password_hash, changed_at, must_change, first, expires_at) VALUES ($1, $2, $3, true, true, $4)
		ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at,
			must_change = true, expires_at = excluded.expires_at`, person, hash, tx.Now, tx.Now.Add(FirstLife))
	if err != nil {
		return err
	}
	if _, err := revoke(ctx, tx, person, 0); err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.reset_password", Subject: fmt.Sprintf("user/%d", person)})
}

// ResetTOTP takes somebody's authenticator app and recovery codes away, when the phone is lost, and
// ends all their sessions.
func (s *Service) ResetTOTP(ctx context.Context, actor org.Actor, person id.User) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := mayResetTx(ctx, tx, actor, person); err != nil {
			return err
		}
		return resetTOTP(ctx, tx, actor, person)
	})
}

func resetTOTP(ctx context.Context, tx *db.Tx, actor org.Actor, person id.User) error {
	if err := dropTOTP(ctx, tx, person); err != nil {
		return err
	}
	if _, err := revoke(ctx, tx, person, 0); err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.reset_totp", Subject: fmt.Sprintf("user/%d", person)})
}

// ResetFromShell is for who holds the server itself: a new first password, and no authenticator app.
func (s *Service) ResetFromShell(ctx context.Context, person id.User) (issued Issued, err error) {
	issued.Password = readable(passwordGroups)
	hash, err := s.hasher.hash(ctx, issued.Password)
	if err != nil {
		return Issued{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		issued.ExpiresAt = tx.Now.Add(FirstLife)
		if err := issue(ctx, tx, org.Actor{}, person, hash); err != nil {
			return err
		}
		return resetTOTP(ctx, tx, org.Actor{}, person)
	})
	return issued, err
}

// FirstPassword is a line of the letters that an operator hands out.
type FirstPassword struct {
	ID      id.User `json:"id"`
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	NIPTail string  `json:"nip_tail" doc:"The last three digits, to tell namesakes apart; empty: none"`
	Issued
}

// MostFirst bounds one page: hashing is dear.
const MostFirst = 50

// FirstPasswords gives a first password to people below a node who never had one, or never used it in
// time, in the order of their numbers. Who may not be taken over is left out.
func (s *Service) FirstPasswords(ctx context.Context, actor org.Actor, node id.Agency, ask page.Ask) (page.Page[FirstPassword], error) {
	if ask.Limit <= 0 || ask.Limit > MostFirst {
		ask.Limit = MostFirst
	}
	args := scope(actor, s.db.Now())
	args["node"], args["after"], args["limit"] = node, 0, ask.Size()+1
	if key, more, err := ask.Key(1); err != nil {
		return page.Page[FirstPassword]{}, err
	} else if more {
		after, err := strconv.Atoi(key[0])
		if err != nil {
			return page.Page[FirstPassword]{}, errs.InvalidField("after", "Penunjuk halaman tidak sah. Mulai lagi dari awal.")
		}
		args["after"] = after
	}
	_, err := db.Get[struct{ ID id.Agency }](ctx, s.db, `SELECT id FROM agency WHERE id = @node AND path && @roots::int4[]`, args)
	if errors.Is(err, db.ErrNoRow) {
		return page.Page[FirstPassword]{}, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	if err != nil {
		return page.Page[FirstPassword]{}, err
	}
	people, err := db.All[reachable](ctx, s.db, `SELECT * FROM (`+within+` AND @node = ANY(unit.path) AND u.id > @after) AS found
		LEFT JOIN credential AS c ON c.user_id = found.id
		WHERE reached AND (c.user_id IS NULL OR c.first AND c.must_change AND c.expires_at <= @now)
		ORDER BY id LIMIT @limit`, args)
	if err != nil {
		return page.Page[FirstPassword]{}, err
	}
	wanted := page.Of(ask, people, func(r reachable) []string { return []string{strconv.Itoa(int(r.ID))} })
	made, err := s.issueAll(ctx, actor, wanted.Items)
	return page.Page[FirstPassword]{Items: made, Next: wanted.Next}, err
}

// issueAll hashes one after the other, so that whoever signs in meanwhile finds the gate half open.
func (s *Service) issueAll(ctx context.Context, actor org.Actor, people []reachable) ([]FirstPassword, error) {
	made, hashes := []FirstPassword{}, []string{}
	for _, person := range people {
		line := FirstPassword{ID: person.ID, Name: person.Name, Unit: person.Unit, NIPTail: person.NIPTail, Issued: Issued{Password: readable(passwordGroups)}}
		hash, err := s.hasher.hash(ctx, line.Password)
		if err != nil {
			return nil, err
		}
		made, hashes = append(made, line), append(hashes, hash)
	}
	var given []FirstPassword
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		given = []FirstPassword{}
		for i, line := range made {
			// Hashing took seconds: who was given a role or moved away meanwhile is out of reach.
			if err := mayResetTx(ctx, tx, actor, line.ID); errs.CodeOf(err) == errs.NotFound || errs.CodeOf(err) == errs.Forbidden {
				continue
			} else if err != nil {
				return err
			}
			// Two operators at once: the second one's letter would not open anything.
			n, err := db.Exec(ctx, tx, `INSERT INTO credential AS c (user_id, password_hash, changed_at, must_change, first, expires_at)
				VALUES ($1, $2, $3, true, true, $4)
				ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at, expires_at = excluded.expires_at
				WHERE c.first AND c.must_change AND c.expires_at <= $3`, line.ID, hashes[i], tx.Now, tx.Now.Add(FirstLife))
			if err != nil {
				return err
			}
			if n == 1 { // each is told in the log, so that they can read who made it
				if err := audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.first_password", Subject: fmt.Sprintf("user/%d", line.ID)}); err != nil {
					return err
				}
				line.ExpiresAt = tx.Now.Add(FirstLife)
				given = append(given, line)
			}
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.first_passwords", Subject: "user", Detail: map[string]int{"count": len(given)}})
	})
	return given, err
}
