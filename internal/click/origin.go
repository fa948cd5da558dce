package click

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/period"
)

// noteOrigins remembers from where the people of a batch came, for the check of the night after: only hashes
// whose salt dies with the day. A visitor is noted once in a batch, and again in the next: a row at the end of a
// table costs less than looking. Of days that no check will read any more nothing is noted.
func noteOrigins(ctx context.Context, tx *db.Tx, records []judgment) error {
	type origin struct {
		day     period.Day
		visitor int32
	}
	known := map[origin]bool{}
	var days []period.Day
	var visitors, blocks []int32
	var addresses []int64
	var bare []bool
	oldest := period.VisitorDay(tx.Now).Add(-daysBehind)
	for _, r := range records {
		at := origin{r.day(), r.Visitor}
		if r.Verdict != Valid && r.Verdict != Repeat && r.Reason != held || at.day < oldest || known[at] {
			continue
		}
		known[at] = true
		days, visitors, addresses = append(days, at.day), append(visitors, at.visitor), append(addresses, r.Address)
		blocks, bare = append(blocks, r.Block), append(bare, !r.Saw.has(sawFetchHeaders))
	}
	if len(days) == 0 {
		return nil
	}
	_, err := tx.Pgx().Exec(ctx, `INSERT INTO click_origin (day, visitor, address, block, bare)
		SELECT * FROM unnest($1::date[], $2::int4[], $3::int8[], $4::int4[], $5::bool[])`, days, visitors, addresses, blocks, bare)
	return db.Error(err)
}

// forgetOrigins forgets from where people came on days of which no click can arrive any more that would be looked at, and
// where the sharers were.
func forgetOrigins(ctx context.Context, tx *db.Tx) error {
	if err := lockPartitions(ctx, tx); err != nil {
		return err
	}
	oldest := period.VisitorDay(tx.Now).Add(-daysBehind)
	if err := dropBefore(ctx, tx, "click_origin", oldest); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM click_sharer WHERE day < $1::date`, oldest.String())
	return err
}
