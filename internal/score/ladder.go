package score

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
)

// rung is the place of all who have the same points.
type rung struct {
	rank int32
	tied bool
}

// ladder is the place by points, on one node.
type ladder map[int32]rung

// ladderOf ranks: one more than how many have more.
func ladderOf(persons map[int32]int32) ladder {
	l, above := ladder{}, int32(0)
	for _, points := range slices.Backward(slices.Sorted(maps.Keys(persons))) {
		l[points] = rung{above + 1, persons[points] > 1}
		above += persons[points]
	}
	return l
}

// ladders are those of nodes that many agencies lie under; each is read once.
type ladders map[int32]ladder

// of reads the ladder of a scope out of its histogram, which was just counted anew.
func (all ladders) of(ctx context.Context, tx *db.Tx, period, scope int32) (ladder, error) {
	if known := all[scope]; known != nil {
		return known, nil
	}
	rows, err := tx.Pgx().Query(ctx, `SELECT points, n FROM hist WHERE period = $1 AND scope = $2 AND n > 0`, period, scope)
	if err != nil {
		return nil, db.Error(err)
	}
	persons := map[int32]int32{}
	var points, n int32
	_, err = pgx.ForEachRow(rows, []any{&points, &n}, func() error {
		persons[points] = n
		return nil
	})
	all[scope] = ladderOf(persons)
	return all[scope], db.Error(err)
}

// result is a person's place in a season that closes, before their points by the rulebook.
type result struct {
	UserID, UnitID, Points int32
	Ranks                  []int32
	Tied                   []bool
	agency                 int64
}

// standingsOf ranks the persons of one agency: from the agency upwards by the histograms, below it among
// themselves.
func standingsOf(ctx context.Context, tx *db.Tx, season closingSeason, agency int64, known ladders) ([]result, error) {
	done, err := db.All[struct{ ID int32 }](ctx, tx, `SELECT user_id AS id FROM season_final WHERE season_id = $1 AND agency_id = $2 LIMIT 1`, season.ID, agency)
	if err != nil || len(done) > 0 { // a run that was cut off wrote it, whole
		return nil, err
	}
	rows, err := tx.Pgx().Query(ctx, `SELECT user_id, unit_id, points FROM score WHERE period = $1 AND agency_id = $2`, season.key(), agency)
	if err != nil {
		return nil, db.Error(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[result])
	if err != nil || len(list) == 0 {
		return nil, db.Error(err)
	}
	paths, err := pathsOf(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	path, err := db.All[struct{ ID int32 }](ctx, tx, `SELECT unnest(path) AS id FROM agency WHERE id = abs($1::int8)`, agency)
	if err != nil {
		return nil, err
	}
	places := map[int32]ladder{}
	for _, above := range path {
		scope := above.ID
		if agency < 0 {
			scope = -scope
		}
		if places[above.ID], err = known.of(ctx, tx, season.key(), scope); err != nil {
			return nil, err
		}
	}
	delete(known, int32(agency)) // nobody asks for it again, unless an agency lies below it
	below := map[int32]map[int32]int32{}
	for _, one := range list {
		for _, node := range paths[one.UnitID] {
			if places[node] == nil && one.Points > 0 {
				if below[node] == nil {
					below[node] = map[int32]int32{}
				}
				below[node][one.Points]++
			}
		}
	}
	for node, persons := range below {
		places[node] = ladderOf(persons)
	}
	for i := range list {
		list[i].stand(agency, paths[list[i].UnitID], places)
	}
	return list, nil
}

// stand writes down the ranks along the path of the unit. Who reached nobody has none.
func (r *result) stand(agency int64, path []int32, places map[int32]ladder) {
	r.agency, r.Ranks, r.Tied = agency, []int32{}, []bool{}
	if r.Points == 0 {
		return
	}
	for _, node := range path {
		at := places[node][r.Points]
		r.Ranks, r.Tied = append(r.Ranks, at.rank), append(r.Tied, at.tied)
	}
}

// pathsOf are the nodes from the root down to each unit. The tree only grows: nothing in it is moved.
func pathsOf(ctx context.Context, tx *db.Tx, list []result) (map[int32][]int32, error) {
	units := map[int32]bool{}
	for _, one := range list {
		units[one.UnitID] = true
	}
	rows, err := tx.Pgx().Query(ctx, `SELECT unit, a.path::int4[] FROM unnest($1::int4[]) AS unit JOIN agency AS a ON a.id = abs(unit)`, slices.Collect(maps.Keys(units)))
	if err != nil {
		return nil, db.Error(err)
	}
	paths := map[int32][]int32{}
	var unit int32
	var path []int32
	_, err = pgx.ForEachRow(rows, []any{&unit, &path}, func() error {
		paths[unit] = slices.Clone(path)
		return nil
	})
	return paths, db.Error(err)
}
