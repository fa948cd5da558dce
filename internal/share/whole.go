package share

import (
	"context"
	_ "embed"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/trust"
)

//go:embed sql/mine_feed.sql
var mineFeedSQL string

//go:embed sql/mine_ranked.sql
var mineRankedSQL string

//go:embed sql/mine_some.sql
var mineSomeSQL string

// whole reads a page of the whole feed by SQL, as Quick makes it out of memory: what is left of the ranked part,
// then by time.
func (s *Service) whole(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[Item], error) {
	from, err := placeOf(ask)
	if err != nil {
		return page.Page[Item]{}, err
	}
	rows, floor, err := s.ranked(ctx, actor, from)
	if err != nil {
		return page.Page[Item]{}, err
	}
	rows = rows[:min(len(rows), ask.Size()+1)]
	items, err := s.itemsOf(ctx, actor, rows)
	if err != nil {
		return page.Page[Item]{}, err
	}
	places := make(map[id.Content][]string, len(rows))
	for _, row := range rows {
		places[row.id] = row.key(floor)
	}
	if missing := ask.Size() + 1 - len(items); missing > 0 && floor.published != 0 {
		more, err := s.items(ctx, actor, mineFeedSQL, db.Args{"path": actor.Path, "user": actor.User, "now": s.db.Now(), "body": false,
			"first": false, "at": time.UnixMicro(floor.published).UTC(), "after": floor.id, "limit": missing})
		if err != nil {
			return page.Page[Item]{}, err
		}
		items = append(items, more...)
	}
	return page.Of(ask, items, func(i Item) []string {
		if ranked, ok := places[i.ID]; ok {
			return ranked
		}
		return i.spot()
	}), nil
}

// ordered is what the order of the feed knows of a content.
type ordered struct {
	ID          id.Content
	PublishedAt time.Time
	Kind        string
	Topic       string
	Mandate     *trust.Mandate
	Nodes       []int32
}

// ranked gives what a page may take of the ranked part, and where that part ends. For a page below it that is
// where the page begins.
func (s *Service) ranked(ctx context.Context, actor org.Actor, from place) ([]placed, *card, error) {
	if !from.after.ranked {
		return nil, from.floor, nil
	}
	args := db.Args{"path": actor.Path, "now": s.db.Now(), "first": from.floor == nil, "at": time.Time{}, "floor": 0, "limit": rankedFirst}
	if from.floor != nil {
		args["at"], args["floor"], args["limit"] = time.UnixMicro(from.floor.published).UTC(), from.floor.id, nil
	}
	found, err := s.db.Pool().Query(ctx, mineRankedSQL, args)
	if err != nil {
		return nil, nil, db.Error(err)
	}
	rows, err := pgx.CollectRows(found, pgx.RowToStructByName[ordered])
	if err != nil {
		return nil, nil, db.Error(err)
	}
	if len(rows) == 0 {
		return nil, &card{}, nil
	}
	cards := make([]*card, len(rows))
	for i, row := range rows {
		cards[i] = &card{id: row.ID, published: row.PublishedAt.UnixMicro(), topic: row.Topic, weight: weight(row.Kind, row.Mandate), nodes: agencies(row.Nodes)}
	}
	did, err := s.did.Ask(ctx, some{actor.User, cards})
	if err != nil {
		return nil, nil, err
	}
	floor := from.floor
	if floor == nil {
		floor = floorOf(cards)
	}
	return did.keep(from.behind(rank(cards, actor.Path, did))), floor, nil
}

// itemsOf reads the items of some rows, in their order.
func (s *Service) itemsOf(ctx context.Context, actor org.Actor, rows []placed) ([]Item, error) {
	numbers := make([]int32, len(rows))
	at := make(map[id.Content]int, len(rows))
	for i, row := range rows {
		numbers[i], at[row.id] = int32(row.id), i
	}
	items, err := s.items(ctx, actor, mineSomeSQL, db.Args{"ids": numbers, "user": actor.User, "now": s.db.Now(), "body": false})
	slices.SortFunc(items, func(a, b Item) int { return at[a.ID] - at[b.ID] })
	return items, err
}
