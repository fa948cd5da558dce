package share

import (
	"context"
	_ "embed"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
)

//go:embed sql/mine_cards.sql
var mineCardsSQL string

// readChanged gives the contents whose last change is at the mark or after it, and which change that was.
func (s *Service) readChanged(ctx context.Context, mark db.Mark) (map[id.Content]string, error) {
	rows, err := s.db.Pool().Query(ctx, `SELECT id, changed::text FROM content
		WHERE changed >= $1::xid8 AND changed < pg_snapshot_xmax(pg_current_snapshot())`, string(mark))
	if err != nil {
		return nil, db.Error(err)
	}
	changed := map[id.Content]string{}
	var item int32
	var at string
	_, err = pgx.ForEachRow(rows, []any{&item, &at}, func() error {
		changed[id.Content(item)] = at
		return nil
	})
	return changed, db.Error(err)
}

// targeted is an item with the nodes whose feeds it is in, read in one statement.
type targeted struct {
	Item
	Nodes []int32
}

// readCards reads the live contents that are not older than the floor, and those that were withdrawn
// lately; of a list only those, nil: all.
func (s *Service) readCards(ctx context.Context, floor time.Time, only []id.Content) (map[id.Content]*card, map[id.Content]withdrawn, error) {
	gone, err := s.readGone(ctx, only)
	if err != nil {
		return nil, nil, err
	}
	rows, err := s.db.Pool().Query(ctx, `SELECT item.*, ARRAY(SELECT node_id FROM content_target AS t
		WHERE t.content_id = item.id AND t.published_at IS NOT NULL) AS nodes FROM (`+mineCardsSQL+itemSQL+`) AS item`,
		db.Args{"floor": floor, "all": only == nil, "ids": only, "user": 0, "now": s.db.Now(), "body": false})
	if err != nil {
		return nil, nil, db.Error(err)
	}
	defer rows.Close()
	cards := map[id.Content]*card{}
	for rows.Next() {
		found, err := pgx.RowToStructByNameLax[targeted](rows)
		if err != nil {
			return nil, nil, db.Error(err)
		}
		complete(&found.Item)
		if cards[found.ID], err = newCard(found.Item, agencies(found.Nodes)); err != nil {
			return nil, nil, err
		}
		delete(gone, found.ID) // never both: the next look sees how it ended
	}
	return cards, gone, db.Error(rows.Err())
}

func agencies(numbers []int32) []id.Agency {
	nodes := make([]id.Agency, len(numbers))
	for i, number := range numbers {
		nodes[i] = id.Agency(number)
	}
	return nodes
}

func (s *Service) readGone(ctx context.Context, only []id.Content) (map[id.Content]withdrawn, error) {
	rows, err := s.db.Pool().Query(ctx, `SELECT c.id, c.recalled_at, ARRAY(SELECT node_id FROM content_target AS t WHERE t.content_id = c.id)
		FROM content AS c WHERE c.state = 'recalled' AND c.recalled_at > $1 AND ($2::bool OR c.id = ANY ($3::int4[]))`,
		s.db.Now().Add(-remembered), only == nil, only)
	if err != nil {
		return nil, db.Error(err)
	}
	gone := map[id.Content]withdrawn{}
	var item int32
	var at time.Time
	var nodes []int32
	_, err = pgx.ForEachRow(rows, []any{&item, &at, &nodes}, func() error {
		gone[id.Content(item)] = withdrawn{id.Content(item), at.UnixMicro(), agencies(nodes)}
		return nil
	})
	return gone, db.Error(err)
}

// readFloor gives the time below which contents are left to SQL: not after the one given, and not above
// the newest few.
func (s *Service) readFloor(ctx context.Context, latest time.Time) (floor time.Time, err error) {
	err = s.db.Pool().QueryRow(ctx, `SELECT least($1::timestamptz, coalesce((SELECT published_at FROM content
		WHERE state = 'live' ORDER BY published_at DESC OFFSET $2 LIMIT 1), 'epoch'))`, latest, s.memory.fewest).Scan(&floor)
	return floor, db.Error(err)
}

// readOlder gives the nodes whose feeds go on below the floor.
func (s *Service) readOlder(ctx context.Context, floor time.Time) (map[id.Agency]bool, error) {
	rows, err := s.db.Pool().Query(ctx, `SELECT DISTINCT node_id FROM content_target WHERE published_at < $1`, floor)
	if err != nil {
		return nil, db.Error(err)
	}
	older := map[id.Agency]bool{}
	var number int32
	_, err = pgx.ForEachRow(rows, []any{&number}, func() error {
		older[id.Agency(number)] = true
		return nil
	})
	return older, db.Error(err)
}
