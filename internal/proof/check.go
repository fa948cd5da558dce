package proof

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/share"
)

// CheckJob looks at an address. The row decides whether there is anything to do.
type CheckJob struct {
	User  id.User `json:"user"`
	Claim int64   `json:"claim"`
	Try   int     `json:"try"`
}

// Kind names the job.
func (CheckJob) Kind() string { return "proof_check" }

// waits are when an address that did not prove anything is looked at again.
var waits = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour}

// Manners towards other servers.
const (
	betweenAsks = 2 * time.Second // of one host
	firstPause  = time.Minute     // after it said that we ask too much; each time twice as long
	mostPause   = 6 * time.Hour
)

// check is the job's side. Between reading and writing there is no transaction: another server may be slow.
func (s *Service) check(ctx context.Context, job CheckJob) error {
	row, err := db.Get[claim](ctx, s.db, `SELECT `+claimColumns+` FROM claim WHERE user_id = $1 AND id = $2 AND tries = $3 AND next_at IS NOT NULL`, job.User, job.Claim, job.Try)
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	address, err := s.open(row)
	if err != nil {
		return err
	}
	wait, err := s.mayAsk(ctx, hostOf(address), job)
	if err != nil || wait {
		return err
	}
	wanted, err := s.wanted(ctx, row)
	if err != nil {
		return err
	}
	place, _ := network.PlaceNamed(row.Place) // one that left the table has no oEmbed and no page that can be trusted
	seen := s.look(ctx, address, place, wanted)
	return s.settle(ctx, row, hostOf(address), seen)
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Hostname()
	}
	return ""
}

// mayAsk takes a turn at a host, or puts the job off until there is one.
func (s *Service) mayAsk(ctx context.Context, host string, job CheckJob) (wait bool, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		taken, err := db.Exec(ctx, tx, `INSERT INTO proof_host AS h (host, free_at) VALUES ($1, $2)
			ON CONFLICT ON CONSTRAINT proof_host_host_pkey DO UPDATE SET free_at = excluded.free_at WHERE h.free_at <= $3`, host, tx.Now.Add(betweenAsks), tx.Now)
		if err != nil || taken > 0 {
			return err
		}
		busy, err := db.Get[struct{ FreeAt time.Time }](ctx, tx, `SELECT free_at FROM proof_host WHERE host = $1`, host)
		if err != nil {
			return err
		}
		wait = true
		return s.queue.EnqueueAtTx(ctx, tx, job, busy.FreeAt)
	})
	return wait, err
}

// wanted is what a post has to carry to prove a claim.
type wanted struct {
	user  id.User
	item  id.Content // 0: any
	posts official
}

func (s *Service) wanted(ctx context.Context, row claim) (wanted, error) {
	items := []id.Content{row.ContentID}
	if row.ContentID == 0 {
		recent, err := db.All[struct{ ContentID id.Content }](ctx, s.db, `SELECT DISTINCT content_id FROM act WHERE user_id = $1 AND kind = 'share' AND at > $2 LIMIT 200`,
			row.UserID, row.At.Add(-recently))
		if err != nil {
			return wanted{}, err
		}
		items = items[:0]
		for _, one := range recent {
			items = append(items, one.ContentID)
		}
	}
	posts, err := officialPosts(ctx, s.db, items)
	return wanted{row.UserID, row.ContentID, posts}, err
}

// recently is how old a share may be that is found by what a post names.
const recently = 30 * 24 * time.Hour

// official are the official posts of contents: what identifies them, and the names that others' posts call them by.
type official struct{ keys, names []string }

// has tells whether an address is of one of them.
func (o official) has(address string, at network.Place) bool {
	return slices.Contains(o.keys, at.KeyOf(address))
}

func officialPosts(ctx context.Context, c db.Conn, items []id.Content) (posts official, err error) {
	numbers := make([]int32, len(items))
	for i, item := range items {
		numbers[i] = int32(item)
	}
	rows, err := db.All[struct{ URL string }](ctx, c, `SELECT post->>'url' AS url FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version),
		jsonb_array_elements(v.official_posts) AS post WHERE c.id = ANY($1::int4[])`, numbers)
	for _, row := range rows {
		if address, at, why := network.PostAt(row.URL, network.HostOf(row.URL)); why == "" {
			posts.keys = append(posts.keys, at.KeyOf(address))
		}
		if name := network.PostID(row.URL); name != "" {
			posts.names = append(posts.names, name)
		}
	}
	return posts, err
}

// settle writes what was seen, and lifts the act where it is proof.
func (s *Service) settle(ctx context.Context, row claim, host string, seen seen) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		held, err := db.Get[claim](ctx, tx, `SELECT `+claimColumns+` FROM claim WHERE user_id = $1 AND id = $2 AND tries = $3 AND next_at IS NOT NULL FOR UPDATE`,
			row.UserID, row.ID, row.Tries)
		if errors.Is(err, db.ErrNoRow) {
			return nil // it was settled, or begun anew, meanwhile
		}
		if err == nil {
			err = pauseHost(ctx, tx, host, seen)
		}
		if err == nil && seen.state == Confirmed {
			seen, err = s.lift(ctx, tx, held, seen)
		}
		if err != nil {
			return err
		}
		next := nextLook(tx.Now, held.Tries, seen)
		_, err = db.Exec(ctx, tx, `UPDATE claim SET state = $3, reason = $4, tries = tries + 1, checked_at = $5, next_at = $6,
			content_id = coalesce(nullif($7::int4, 0), content_id), network = coalesce(nullif($8::int2, 0), network) WHERE user_id = $1 AND id = $2`,
			held.UserID, held.ID, seen.state, seen.reason, tx.Now, next, seen.item, seen.on)
		if err != nil || next == nil {
			return err
		}
		return s.queue.EnqueueAtTx(ctx, tx, CheckJob{held.UserID, held.ID, held.Tries + 1}, *next)
	})
}

// lift brings a confirmed address to the act. One whose share cannot be is no proof of it.
func (s *Service) lift(ctx context.Context, tx *db.Tx, c claim, seen seen) (seen, error) {
	on := seen.on
	if on == 0 || seen.item == c.ContentID && c.On != 0 {
		on = c.On
	}
	if on == 0 {
		begun, err := share.OnTx(ctx, tx, c.UserID, seen.item, c.Place)
		if err != nil {
			return seen, err
		}
		on = begun.Network
	}
	found, err := share.ProveTx(ctx, tx, share.Proven{User: c.UserID, Content: seen.item, Network: on, Act: share.ShareKind, Kind: share.AddressChecked, Record: c.At})
	if err == nil && !found {
		seen.state, seen.reason, seen.final = Absent, "not_shareable", true
		return seen, nil
	}
	seen.on = on
	return seen, err
}

// nextLook is when it is looked at again; nil: no more.
func nextLook(now time.Time, tries int, seen seen) *time.Time {
	if seen.state == Confirmed || seen.final || tries >= len(waits) {
		return nil
	}
	next := now.Add(max(waits[tries], min(seen.after, mostPause)))
	return &next
}

// pauseHost leaves a host in peace that said it is asked too much, longer each time.
func pauseHost(ctx context.Context, tx *db.Tx, host string, seen seen) error {
	if seen.reason != busy {
		_, err := db.Exec(ctx, tx, `UPDATE proof_host SET refusals = 0 WHERE host = $1 AND refusals > 0`, host)
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE proof_host SET refusals = least(refusals + 1, 10),
		free_at = $2::timestamptz + greatest(least($3::interval * 2 ^ refusals, $4::interval), $5::interval) WHERE host = $1`,
		host, tx.Now, firstPause, mostPause, min(seen.after, mostPause))
	return err
}
