package click

import (
	"context"
	_ "embed"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// place is where a person worked at a moment; the zero place is nowhere.
type place struct {
	unit, agency id.Agency
	zone         string // the agency's
}

// node is one node of a unit's path.
type node struct {
	id   id.Agency
	zone string
}

// surroundings are what a batch needs to know of its records, read once for all of them.
type surroundings struct {
	places     []place              // of the records' people, in the records' order
	paths      map[id.Agency][]node // of their units
	publishers map[id.Content]string
	zones      map[string]*time.Location
}

var (
	//go:embed sql/place.sql
	placeSQL string
	//go:embed sql/node.sql
	nodeSQL string
)

func lookAround(ctx context.Context, tx *db.Tx, records []judgment) (around surroundings, err error) {
	around = surroundings{paths: map[id.Agency][]node{}, publishers: map[id.Content]string{}, zones: map[string]*time.Location{}}
	if around.places, err = placesOf(ctx, tx, records); err != nil {
		return around, err
	}
	if err := around.readPaths(ctx, tx); err != nil {
		return around, err
	}
	return around, around.readPublishers(ctx, tx, records)
}

func placesOf(ctx context.Context, tx *db.Tx, records []judgment) ([]place, error) {
	users, times := make([]int32, len(records)), make([]time.Time, len(records))
	for i, r := range records {
		users[i], times[i] = int32(r.User), r.At
	}
	rows, err := tx.Pgx().Query(ctx, placeSQL, users, times)
	if err != nil {
		return nil, db.Error(err)
	}
	places, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p place, err error) {
		return p, row.Scan(&p.unit, &p.agency, &p.zone)
	})
	return places, db.Error(err)
}

func (a *surroundings) readPaths(ctx context.Context, tx *db.Tx) error {
	var units []int32
	for _, p := range a.places {
		units = append(units, int32(p.unit))
	}
	rows, err := tx.Pgx().Query(ctx, nodeSQL, distinct(units))
	if err != nil {
		return db.Error(err)
	}
	var unit id.Agency
	var ids []id.Agency
	var zones []string
	_, err = pgx.ForEachRow(rows, []any{&unit, &ids, &zones}, func() error {
		path := make([]node, len(ids))
		for i := range ids {
			path[i] = node{ids[i], zones[i]}
		}
		a.paths[unit] = path
		return nil
	})
	return db.Error(err)
}

func (a *surroundings) readPublishers(ctx context.Context, tx *db.Tx, records []judgment) error {
	var contents []int32
	for _, r := range records {
		contents = append(contents, int32(r.Content))
	}
	rows, err := tx.Pgx().Query(ctx, `SELECT c.id, a.zone FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		WHERE c.id = ANY ($1::int4[])`, distinct(contents))
	if err != nil {
		return db.Error(err)
	}
	var content id.Content
	var zone string
	_, err = pgx.ForEachRow(rows, []any{&content, &zone}, func() error { a.publishers[content] = zone; return nil })
	return db.Error(err)
}

func distinct(numbers []int32) []int32 {
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// localDay is the day in a zone; reading a zone is slow, so a batch does it once.
func (a *surroundings) localDay(at time.Time, zone string) period.Day {
	return period.LocalDay(at, a.zone(zone))
}

// localHour is the hour of the day in a zone.
func (a *surroundings) localHour(at time.Time, zone string) int32 {
	return int32(at.In(a.zone(zone)).Hour())
}

func (a *surroundings) zone(name string) *time.Location {
	location, read := a.zones[name]
	if !read {
		location = period.MustZone(name)
		a.zones[name] = location
	}
	return location
}
