package notice

import (
	"context"
	_ "embed"

	"gaung/internal/db"
	"gaung/internal/raffle"
)

//go:embed sql/raffle.sql
var raffleSQL string

// raffleKind is what became of a person's number in a raffle. Its step says whether it was drawn, or is not any more.
const raffleKind = "raffle"

// rafflePath is where a season's raffle stands with the person's own number.
const rafflePath = "/peringkat/aturan"

// HearRaffle tells those whose numbers were drawn, and after a correction those whose numbers no longer are. Nobody
// else hears anything: most take part and win nothing. It may be told again and changes nothing then.
func (s *Service) HearRaffle(ctx context.Context, drawn raffle.DrawnJob) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.tellTx(ctx, tx, raffleSQL, db.Args{"season": drawn.Season})
	})
}
