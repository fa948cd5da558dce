package click

import (
	"context"

	"gaung/internal/db"
)

// journal is what makes a click durable before it is answered. This one ships each record straight to
// PostgreSQL in a transaction of its own, so a click is counted when its visitor is answered, and is
// lost (with an error) when the database is down. A log on disk with a shipper behind it takes its
// place under the same append, and ships batches through the same function.
type journal struct {
	db   *db.DB
	ship func(context.Context, *db.Tx, []judgment) error
}

func (j journal) append(ctx context.Context, r judgment) error {
	return j.db.Tx(ctx, func(tx *db.Tx) error { return j.ship(ctx, tx, []judgment{r}) })
}
