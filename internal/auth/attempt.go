package auth

import (
	"context"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/seal"
)

// Limits of failed tries, all within the window.
const (
	failureWindow  = 15 * time.Minute
	mostPerAccount = 5           // of one account at one place: a known device, or an address
	mostPerAddress = 60          // of one address: an office shares one
	mostUnknown    = 20          // of one account at all places that are not its owner's devices; past it
	unknownPause   = time.Minute // such places get one try per pause, together
)

// attempt is one try to prove something. Failures count by account and place. A device that has
// signed in as this person before is a place of its own: neither who shares its address nor who
// guesses all over the world takes its tries away.
type attempt struct {
	service        *Service
	account, place []byte
	known          bool
}

// attempt counts under a kind of proof ("sign-in", "otp", "password"), so that one kind's failures do
// not stand in the way of another.
func (s *Service) attempt(kind, account, address, device string) attempt {
	a := attempt{service: s, account: seal.Hash(s.failures, kind, strings.ToLower(strings.TrimSpace(account))), known: device != ""}
	a.place = seal.Hash(s.failures, kind+" address", address)
	if a.known {
		a.place = seal.Hash(s.failures, kind+" device", device)
	}
	return a
}

// counts are the failures in the window, and when they end.
type counts struct {
	Account      int // of the account at the place
	Address      int // of the place
	Unknown      int // of the account at places that are not its owner's
	AccountSince *time.Time
	AddressSince *time.Time
	Last         *time.Time // the last failure among Unknown
}

// refuse is an error when one of so many failures is too many.
func (a attempt) refuse(c counts, more int, now time.Time) error {
	switch {
	case c.Account+more > mostPerAccount:
		return tooMany(c.AccountSince, failureWindow, now)
	case a.known:
		return nil
	case c.Address+more > mostPerAddress:
		return tooMany(c.AddressSince, failureWindow, now)
	case c.Unknown+more > mostUnknown && c.Last != nil && now.Sub(*c.Last) < unknownPause:
		return tooMany(c.Last, unknownPause, now)
	}
	return nil
}

func tooMany(since *time.Time, window time.Duration, now time.Time) error {
	wait := window
	if since != nil {
		wait = max(since.Add(window).Sub(now), time.Second)
	}
	return errs.New(errs.TooMany, "Terlalu banyak percobaan yang gagal. Silakan coba lagi dalam %d menit.", int((wait+time.Minute-1)/time.Minute)).After(wait)
}

func (a attempt) allowed(ctx context.Context) error {
	now := a.service.db.Now()
	counted, err := db.Get[counts](ctx, a.service.db, `
		SELECT coalesce(sum(failures) FILTER (WHERE identifier = @account AND address = @place), 0) AS account,
		       coalesce(sum(failures) FILTER (WHERE address = @place), 0) AS address,
		       coalesce(sum(failures) FILTER (WHERE identifier = @account AND NOT known), 0) AS unknown,
		       min(since) FILTER (WHERE identifier = @account AND address = @place) AS account_since,
		       min(since) FILTER (WHERE address = @place) AS address_since,
		       max(last_at) FILTER (WHERE identifier = @account AND NOT known) AS last
		FROM sign_in_failure WHERE (identifier = @account OR address = @place) AND since > @from`,
		db.Args{"account": a.account, "place": a.place, "from": now.Add(-failureWindow)})
	if err != nil {
		return err
	}
	return a.refuse(counted, 1, now)
}

// failed counts a failure and answers it with what it was, unless that is too much said. The count
// decides once more, because many guesses may have been let in at once.
func (a attempt) failed(ctx context.Context, wrong error) error {
	var counted counts
	var now time.Time
	err := a.service.db.Tx(ctx, func(tx *db.Tx) (err error) {
		now = tx.Now
		counted, err = db.Get[counts](ctx, tx, `
			WITH this AS (
				INSERT INTO sign_in_failure AS f (identifier, address, failures, since, last_at, known) VALUES (@account, @place, 1, @now, @now, @known)
				ON CONFLICT (identifier, address) DO UPDATE SET last_at = @now,
					failures = CASE WHEN f.since > @from THEN f.failures + 1 ELSE 1 END,
					since    = CASE WHEN f.since > @from THEN f.since ELSE @now END
				RETURNING failures, since),
			others AS (SELECT * FROM sign_in_failure WHERE since > @from AND (identifier = @account OR address = @place))
			SELECT this.failures AS account, this.since AS account_since,
			       this.failures + coalesce((SELECT sum(failures) FROM others WHERE address = @place AND identifier <> @account), 0) AS address,
			       this.failures + coalesce((SELECT sum(failures) FROM others WHERE identifier = @account AND address <> @place AND NOT known), 0) AS unknown,
			       least(this.since, (SELECT min(since) FROM others WHERE address = @place)) AS address_since,
			       (SELECT max(last_at) FROM others WHERE identifier = @account AND NOT known) AS last
			FROM this`,
			db.Args{"account": a.account, "place": a.place, "known": a.known, "now": tx.Now, "from": tx.Now.Add(-failureWindow)})
		return err
	})
	if err != nil {
		return err
	}
	if err := a.refuse(counted, 0, now); err != nil {
		return err
	}
	return wrong
}

func (a attempt) succeeded(ctx context.Context) error {
	return a.service.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM sign_in_failure WHERE identifier = $1 AND address = $2`, a.account, a.place)
		return err
	})
}
