package click

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/period"
)

// record is one request as the journal keeps it: everything that shipping needs and nothing that leads
// back to the visitor. It is judged before it is written, except for repeats, which only the database
// can tell.
type record struct {
	Link
	At      time.Time
	Visitor int64
	Verdict Verdict
	Reason  Reason
	Rule    int16
	Agent   string // at most maxAgent bytes
}

// day is the visitor day of the request.
func (r record) day() period.Day { return period.VisitorDay(r.At) }

// journal is what makes a click durable before it is answered. This one ships each record straight to
// PostgreSQL in a transaction of its own, so a click is counted when its visitor is answered, and is
// lost (with an error) when the database is down. A log on disk with a shipper behind it takes its
// place under the same append, and ships batches through the same function.
type journal struct {
	db   *db.DB
	ship func(context.Context, *db.Tx, []record) error
}

func (j journal) append(ctx context.Context, r record) error {
	return j.db.Tx(ctx, func(tx *db.Tx) error { return j.ship(ctx, tx, []record{r}) })
}
