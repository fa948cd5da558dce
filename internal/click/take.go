package click

import (
	"context"
	_ "embed"
	"slices"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Scope tells what the value of a cell is.
type Scope string

// The scopes.
const (
	Everywhere Scope = "person"
	AtAddress  Scope = "address"
	AtBlock    Scope = "block"
	ByVisitor  Scope = "visitor"
)

// Cell is a part of the clicks on one person's links on a visitor day, and why they are no reach.
type Cell struct {
	User   id.User
	Reason Reason
	Scope  Scope
	Value  int64
}

// Taken is how many clicks of a person a reason took out: those that had counted, and those that were held.
type Taken struct {
	User       id.User
	Reason     Reason
	People     int
	HeldBefore int
}

//go:embed sql/take.sql
var takeSQL string

// TakeTx takes the clicks of cells out of what counts: sums, ledger, scores and grades follow. A click that
// several cells name is taken for the first of their reasons. Taking again takes nothing.
func (s *Service) TakeTx(ctx context.Context, tx *db.Tx, day period.Day, cells []Cell) ([]Taken, error) {
	r, err := s.correcting(ctx, tx, day, "integrity")
	if err != nil {
		return nil, err
	}
	users, reasons, scopes, values := make([]int32, len(cells)), make([]int16, len(cells)), make([]string, len(cells)), make([]int64, len(cells))
	for i, c := range cells {
		users[i], reasons[i], scopes[i], values[i] = int32(c.User), int16(c.Reason), string(c.Scope), c.Value
	}
	rows, err := r.read(ctx, tx, takeSQL, users, reasons, scopes, values, day)
	if err != nil {
		return nil, err
	}
	all := map[Taken]*Taken{}
	var order []*Taken
	for i, c := range rows {
		rows[i].after, rows[i].rule = Reason(c.rule), c.Rule // the query gives the new reason in the place of the rule
		key := Taken{User: c.User, Reason: rows[i].after}
		if all[key] == nil {
			all[key] = &Taken{User: c.User, Reason: rows[i].after}
			order = append(order, all[key])
		}
		if c.Verdict == Valid {
			all[key].People++
		} else {
			all[key].HeldBefore++
		}
	}
	if err := r.change(ctx, tx, rows); err != nil {
		return nil, err
	}
	taken := make([]Taken, len(order))
	for i, one := range order {
		taken[i] = *one
	}
	return taken, nil
}

// GiveBackTx counts again what a reason had taken from a person on a visitor day, exactly as it had been.
func (s *Service) GiveBackTx(ctx context.Context, tx *db.Tx, day period.Day, person id.User, why Reason) (people int, err error) {
	r, err := s.correcting(ctx, tx, day, "restored")
	if err != nil {
		return 0, err
	}
	rows, err := r.read(ctx, tx, `SELECT `+storedColumns+` FROM click_of_the_day AS c LEFT JOIN click_agent AS a ON a.id = c.agent_id
		WHERE c.user_id = $1 AND c.reason::int4 = $2`, int32(person), int16(why))
	if err != nil {
		return 0, err
	}
	return len(rows), r.count(ctx, tx, rows)
}

// settleAtOnce bounds one transaction that counts what had been held.
const settleAtOnce = 5000

// SettleTx counts clicks of a visitor day that had been held above the limit of a block and that the check has
// not taken, some at a time; it tells how many those were.
func (s *Service) SettleTx(ctx context.Context, tx *db.Tx, day period.Day) (people int, err error) {
	r, err := s.correcting(ctx, tx, day, "")
	if err != nil {
		return 0, err
	}
	rows, err := r.read(ctx, tx, `SELECT `+storedColumns+` FROM click_of_the_day AS c LEFT JOIN click_agent AS a ON a.id = c.agent_id
		WHERE c.reason::int4 = $1 LIMIT $2`, int16(held), settleAtOnce)
	if err != nil {
		return 0, err
	}
	return len(rows), r.count(ctx, tx, rows)
}

// storedColumns are what read reads.
const storedColumns = `c.ctid::text, c.at, c.visitor, c.content_id, c.user_id, c.unit_id, c.channel::int4, c.verdict::int4, c.reason::int4, c.rule::int4, coalesce(a.agent, '')`

// correcting makes a reclassifier of a day whose rows nobody else moves until the transaction ends.
func (s *Service) correcting(ctx context.Context, tx *db.Tx, day period.Day, why string) (*reclassifier, error) {
	r := &reclassifier{service: s, judge: s.judge, day: day, table: partitionName("click", day), why: why}
	present, err := partitionsOf(ctx, tx, "click")
	if err != nil {
		return nil, err
	}
	if _, there := present[r.table]; !there {
		return nil, errs.New(errs.Conflict, "Klik satu per satu dari hari itu sudah tidak disimpan, jadi hitungannya tidak dapat diubah lagi.")
	}
	return r, r.hold(ctx, tx)
}

// count makes valid clicks of some.
func (r *reclassifier) count(ctx context.Context, tx *db.Tx, rows []stored) error {
	for i := range rows {
		rows[i].after = newVisitor
	}
	return r.change(ctx, tx, rows)
}

// change writes new reasons and corrects what follows from them.
func (r *reclassifier) change(ctx context.Context, tx *db.Tx, rows []stored) error {
	if err := r.store(ctx, tx, rows); err != nil {
		return err
	}
	return r.correct(ctx, tx, slices.DeleteFunc(rows, func(c stored) bool { return c.after.verdict() == c.Verdict }))
}
