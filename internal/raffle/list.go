package raffle

import (
	"context"
	_ "embed"
	"errors"
	"io"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
)

//go:embed sql/enter.sql
var enterSQL string

// Enter fixes the list of a season that has closed: everybody who qualified and stands on the boards of the staff,
// each with a number that was drawn by chance. It may be told again and changes nothing then.
func (s *Service) Enter(ctx context.Context, season int32) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `SET LOCAL statement_timeout = '10min'`); err != nil {
			return err
		}
		of, err := lock(ctx, tx, season)
		if errs.CodeOf(err) == errs.NotFound || err == nil && (of.Entries != nil || of.State != "closed") {
			return nil
		}
		if err != nil {
			return err
		}
		for more := true; more; { // a number that came up twice is drawn again
			put, err := db.Get[struct{ Due, Put int64 }](ctx, tx, enterSQL, db.Args{"season": season, "now": tx.Now})
			if err != nil {
				return err
			}
			more = put.Due > put.Put
		}
		list, entries := newListing(), 0
		err = numbers(ctx, tx, season, func(part []int64) error {
			list.add(part)
			entries += len(part)
			return nil
		})
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE raffle SET entries = $2, list_hash = $3, listed_at = $4 WHERE season_id = $1`, season, entries, list.hash(), tx.Now); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Action: "raffle.list", Subject: place(season), Detail: map[string]any{"entries": entries, "list": hexed(list.hash())}})
	})
}

// atOnce is how many numbers are read together.
const atOnce = 10_000

// numbers walks the list in its order.
func numbers(ctx context.Context, c db.Conn, season int32, each func([]int64) error) error {
	for after := int64(0); ; {
		rows, err := db.All[struct{ Number int64 }](ctx, c, `SELECT number FROM raffle_entry WHERE season_id = $1 AND number > $2 ORDER BY number LIMIT $3`, season, after, atOnce)
		if err != nil {
			return err
		}
		part := make([]int64, len(rows))
		for i, row := range rows {
			part[i] = row.Number
			after = row.Number
		}
		if err := each(part); err != nil || len(part) < atOnce {
			return err
		}
	}
}

// WriteNumbers writes the list, byte for byte as it was hashed: everybody may read it, and it names nobody.
func (s *Service) WriteNumbers(ctx context.Context, into io.Writer, season int32) error {
	of, err := db.Get[struct{ Listed bool }](ctx, s.db, `SELECT listed_at IS NOT NULL AS listed FROM raffle WHERE season_id = $1`, season)
	if errors.Is(err, db.ErrNoRow) || err == nil && !of.Listed {
		return noRaffle()
	}
	if err != nil {
		return err
	}
	return numbers(ctx, s.db, season, func(part []int64) error {
		var lines strings.Builder
		for _, number := range part {
			lines.WriteString(written(number) + "\n")
		}
		_, err := io.WriteString(into, lines.String())
		return err
	})
}
