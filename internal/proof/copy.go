package proof

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/id"
)

// AddressesTx gives the addresses that a person gave as proof, by the numbers of their claims: for the copy of their
// own data and for nobody else.
func (s *Service) AddressesTx(ctx context.Context, tx *db.Tx, person id.User) (map[int64]string, error) {
	rows, err := db.All[claim](ctx, tx, `SELECT `+claimColumns+` FROM claim WHERE user_id = $1`, person)
	found := make(map[int64]string, len(rows))
	for _, row := range rows {
		if err == nil {
			found[row.ID], err = s.open(row)
		}
	}
	return found, err
}
