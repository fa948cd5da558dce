// Package audit owns the append-only record of who did what, chained by hashes so that a removed or
// changed row is found.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
)

// Entry is one thing that was done.
type Entry struct {
	Actor   id.User   // zero: the system itself
	Agency  id.Agency // on whose behalf; may be zero
	Action  string    // e.g. content.approve
	Subject string    // e.g. content/12
	Detail  any       // becomes JSON; no names, no texts of persons
}

// WriteTx records an entry in the caller's transaction. It waits for no other writer: the chain is
// made later, of committed rows.
func WriteTx(ctx context.Context, tx *db.Tx, e Entry) error {
	detail := []byte("{}")
	if e.Detail != nil {
		var err error
		if detail, err = json.Marshal(e.Detail); err != nil {
			return fmt.Errorf("audit detail: %w", err)
		}
	}
	_, err := db.Exec(ctx, tx, `INSERT INTO audit_log (at, actor_id, agency_id, action, subject, detail)
		VALUES ($1, nullif($2, 0), nullif($3, 0), $4, $5, $6)`,
		tx.Now, int64(e.Actor), int64(e.Agency), e.Action, e.Subject, string(detail))
	return err
}

// ChainJob is the kind of the job that chains.
type ChainJob struct{}

// Kind names the job.
func (ChainJob) Kind() string { return "audit_chain" }

// ChainEvery is how often committed rows are chained.
const ChainEvery = 5 * time.Second

// batch bounds one transaction of the chain.
const batch = 1000

// settle is how old a row must be to be chained: a lower id may still commit until then, because a
// transaction cannot be idle longer than its timeout.
const settle = time.Minute

type row struct {
	ID       int64
	At       time.Time
	ActorID  int64
	AgencyID int64
	Action   string
	Subject  string
	Detail   string
	Hash     []byte
}

const columns = `id, at, coalesce(actor_id, 0) AS actor_id, coalesce(agency_id, 0) AS agency_id, action, subject, detail::text AS detail, hash`

// link is the hash of a row on top of the hash before it: SHA-256 over both.
func (r row) link(before []byte) []byte {
	sum := sha256.New()
	sum.Write(before)
	fmt.Fprintf(sum, "%d\n%d\n%d\n%d\n%q\n%q\n%s", r.ID, r.At.UnixMicro(), r.ActorID, r.AgencyID, r.Action, r.Subject, r.Detail)
	return sum.Sum(nil)
}

// Chain gives committed rows their hashes, in id order. Only one may run at a time: a second one waits
// for the lock and finds nothing left to do.
func Chain(ctx context.Context, d *db.DB) error {
	for {
		chained := 0
		err := d.Tx(ctx, func(tx *db.Tx) error {
			n, err := chainBatch(ctx, tx)
			chained = n
			return err
		})
		if err != nil || chained < batch {
			return err
		}
	}
}

func chainBatch(ctx context.Context, tx *db.Tx) (int, error) {
	if _, err := db.Exec(ctx, tx, `SELECT pg_advisory_xact_lock(hashtext('audit_chain'))`); err != nil {
		return 0, err
	}
	// A row carries the time at which its transaction began, so a higher id may be older: the chain goes
	// up to the first row that is too new, and never over it.
	rows, err := db.All[row](ctx, tx, `SELECT `+columns+` FROM audit_log
		WHERE hash IS NULL AND id < coalesce((SELECT min(id) FROM audit_log WHERE hash IS NULL AND at >= $1), 9223372036854775807)
		ORDER BY id LIMIT $2`, tx.Now.Add(-settle), batch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	before, err := hashBefore(ctx, tx, rows[0].ID)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		before = r.link(before)
		if _, err := db.Exec(ctx, tx, `UPDATE audit_log SET hash = $2 WHERE id = $1 AND hash IS NULL`, r.ID, before); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

func hashBefore(ctx context.Context, c db.Conn, before int64) ([]byte, error) {
	last, err := db.All[row](ctx, c, `SELECT `+columns+` FROM audit_log WHERE id < $1 ORDER BY id DESC LIMIT 1`, before)
	if err != nil || len(last) == 0 {
		return nil, err
	}
	return last[0].Hash, nil
}

// Report is what Verify found.
type Report struct {
	Chained   int   // rows whose hash holds
	Unchained int   // newest rows that are not chained yet
	Broken    int64 // id of the first row whose hash does not hold; 0: none
}

// Verify walks the whole chain.
func Verify(ctx context.Context, d *db.DB) (Report, error) {
	var report Report
	var before []byte
	for after := int64(0); ; {
		rows, err := db.All[row](ctx, d, `SELECT `+columns+` FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2`, after, batch)
		if err != nil || len(rows) == 0 {
			return report, err
		}
		for _, r := range rows {
			after = r.ID
			if r.Hash == nil {
				report.Unchained++
				continue
			}
			if string(r.link(before)) != string(r.Hash) || report.Unchained > 0 {
				report.Broken = r.ID
				return report, nil
			}
			before = r.Hash
			report.Chained++
		}
	}
}
