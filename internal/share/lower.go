package share

import (
	"context"
	_ "embed"
	"strings"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
)

//go:embed sql/lower.sql
var lowerSQL string

// lowerGrades takes back evidence that no click carries any more. The clicks themselves already have their
// new verdicts; the ledger is still as it was before the batch. It gives the shares that lost some.
func lowerGrades(ctx context.Context, tx *db.Tx, taken, all []click.Counted) ([]graded, error) {
	if len(taken) == 0 {
		return nil, nil
	}
	type link struct {
		user    id.User
		content id.Content
	}
	net := map[link]int32{}
	for _, c := range all {
		if c.Verdict == click.Valid {
			net[link{c.User, c.Content}] += c.Delta
		}
	}
	n := len(taken)
	users, contents, nets := make([]int32, n), make([]int32, n), make([]int32, n)
	networks, kinds, fetchers := make([]int16, n), make([]Evidence, n), make([]string, n)
	for i, c := range taken {
		users[i], contents[i], nets[i], networks[i] = int32(c.User), int32(c.Content), net[link{c.User, c.Content}], int16(c.Channel)
		if kinds[i] = PreviewFetched; c.Verdict == click.Valid {
			kinds[i] = ValidClick
		}
		if on, known := network.Numbered(network.Number(c.Channel)); known {
			fetchers[i] = strings.Join(on.Fetchers, "|") // a pattern; the empty one matches any
		}
	}
	return regrade(ctx, tx, lowerSQL, db.Args{"users": users, "contents": contents, "nets": nets, "networks": networks,
		"kinds": kinds, "fetchers": fetchers, "window": previewWithin, "now": tx.Now})
}
