package click

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"gaung/internal/db"
)

// shipUpTo stores a stretch and moves the checkpoint in one transaction. A record that the database cannot
// take is set aside, so that one of them never holds up all that come after it.
func (s *Service) shipUpTo(ctx context.Context, instance int64, from, to checkpoint, frames []frame, all stretch) error {
	ship := func(sifting bool) error {
		return s.shipTx(ctx, func(tx *db.Tx) error {
			if err := moveTx(ctx, tx, instance, from, to); err != nil {
				return err
			}
			aside := aside{service: s, instance: instance, seq: to.Seq}
			for _, f := range frames {
				for _, raw := range f.broken {
					if err := aside.put(ctx, tx, raw, errRecord); err != nil {
						return err
					}
				}
			}
			if sifting {
				return aside.sift(ctx, tx, all)
			}
			return s.ship(ctx, tx, all)
		})
	}
	err := ship(false)
	if isFaultOfData(err) {
		err = ship(true)
	}
	return err
}

// isFaultOfData tells an error that comes again however often one tries: data exceptions and broken
// constraints.
func isFaultOfData(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (strings.HasPrefix(pg.Code, "22") || strings.HasPrefix(pg.Code, "23"))
}

// aside sets records aside for a person to look at.
type aside struct {
	service  *Service
	instance int64
	seq      uint64
	n        int
}

func (a *aside) put(ctx context.Context, tx *db.Tx, raw []byte, why error) error {
	a.n++
	_, err := tx.Pgx().Exec(ctx, `INSERT INTO click_quarantine (instance, seq, n, record, reason, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.instance, int64(a.seq), a.n, raw, fmt.Sprintf("%.300s", why), tx.Now)
	return db.Error(err)
}

// sift ships what can be stored, by halves, and sets the rest aside.
func (a *aside) sift(ctx context.Context, tx *db.Tx, all stretch) error {
	if _, err := tx.Pgx().Exec(ctx, `SAVEPOINT sift`); err != nil {
		return db.Error(err)
	}
	err := a.service.ship(ctx, tx, all)
	if err == nil {
		_, err = tx.Pgx().Exec(ctx, `RELEASE SAVEPOINT sift`)
		return db.Error(err)
	}
	if !isFaultOfData(err) {
		return err
	}
	if _, undo := tx.Pgx().Exec(ctx, `ROLLBACK TO SAVEPOINT sift`); undo != nil {
		return errors.Join(err, undo)
	}
	if len(all.records) == 1 {
		return a.put(ctx, tx, all.records[0].encode(nil), err)
	}
	half := len(all.records) / 2
	first := stretch{records: all.records[:half], before: all.before, after: append(all.records[half:len(all.records):len(all.records)], all.after...)}
	second := stretch{records: all.records[half:], before: append(all.before[:len(all.before):len(all.before)], all.records[:half]...), after: all.after}
	if err := a.sift(ctx, tx, first); err != nil {
		return err
	}
	return a.sift(ctx, tx, second)
}
