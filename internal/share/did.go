package share

import (
	"cmp"
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

// some is a person and some contents, at least one.
type some struct {
	person id.User
	cards  []*card
}

// deed is one thing that a person did with a content, a mark or an act, or what they want of a topic.
type deed struct {
	content id.Content
	mark    Mark // empty: an act
	act     Act
	topic   string // of a wish
	wish    int
}

// wishMark is the mark of what is no deed with a content, but a wish for a topic.
const wishMark Mark = "wish"

// deeds is what a person did with some contents: no more than a few, acts in their order.
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
func didAll(d *db.DB) func(context.Context, []some) ([]deeds, error) {
	return func(ctx context.Context, asked []some) ([]deeds, error) {
		var users, lows, highs, firsts, lasts, items []int32
		for _, a := range asked {
			low, high := a.cards[0].id, a.cards[0].id
			firsts = append(firsts, int32(len(items)+1))
			for _, c := range a.cards {
				low, high, items = min(low, c.id), max(high, c.id), append(items, int32(c.id))
			}
			users, lows, highs, lasts = append(users, int32(a.person)), append(lows, int32(low)), append(highs, int32(high)), append(lasts, int32(len(items)))
		}
		rows, err := d.Pool().Query(ctx, didSQL, users, lows, highs, firsts, items, lasts)
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
			switch one.mark {
			case wishMark:
				one.topic, one.wish = kind, int(on)
			case "":
				one.act = Act{ID: id.Act(number), Kind: Kind(kind), Grade: Grade(grade), At: at,
					NetworkNumber: network.Number(on), Evidence: Evidence(evidence)}.told()
			}
			found[no-1] = append(found[no-1], one)
			return nil
		})
		for _, of := range found {
			slices.SortFunc(of, func(a, b deed) int { return cmp.Compare(a.act.ID, b.act.ID) })
		}
		return found, err
	}
}
