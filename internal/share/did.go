package share

import (
	"context"
	_ "embed"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
)

//go:embed sql/did.sql
var didSQL string

// stretch is a person and a range of contents.
type stretch struct {
	person    id.User
	low, high id.Content
}

// deed is one thing that a person did with a content: a mark, or an act.
type deed struct {
	content id.Content
	mark    Mark // empty: an act
	act     Act
}

// deeds is what a person did in a stretch: no more than a few, acts in their order.
type deeds []deed

func (d deeds) marked(item id.Content, mark Mark) bool {
	return slices.ContainsFunc(d, func(one deed) bool { return one.content == item && one.mark == mark })
}

func (d deeds) acts(item id.Content) (acts []Act) {
	for _, one := range d {
		if one.content == item && one.mark == "" {
			acts = append(acts, one.act)
		}
	}
	return acts
}

// didAll asks for many persons in one statement.
func didAll(d *db.DB) func(context.Context, []stretch) ([]deeds, error) {
	return func(ctx context.Context, asked []stretch) ([]deeds, error) {
		users, lows, highs := make([]int32, len(asked)), make([]int32, len(asked)), make([]int32, len(asked))
		for i, a := range asked {
			users[i], lows[i], highs[i] = int32(a.person), int32(a.low), int32(a.high)
		}
		rows, err := d.Pool().Query(ctx, didSQL, db.Args{"users": users, "lows": lows, "highs": highs})
		if err != nil {
			return nil, err
		}
		found := make([]deeds, len(asked))
		var (
			no, content                 int32
			mark, kind, grade, evidence string
			number                      int64
			on                          int16
			at                          time.Time
		)
		_, err = pgx.ForEachRow(rows, []any{&no, &content, &mark, &number, &kind, &on, &grade, &at, &evidence}, func() error {
			one := deed{content: id.Content(content), mark: Mark(mark)}
			if mark == "" {
				one.act = Act{ID: id.Act(number), Kind: Kind(kind), Grade: Grade(grade), At: at,
					NetworkNumber: network.Number(on), Evidence: Evidence(evidence)}.told()
			}
			found[no-1] = append(found[no-1], one)
			return nil
		})
		return found, err
	}
}
