package click

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"gaung/internal/db"
	"gaung/internal/period"
)

// sums are the columns of every rollup.
type sums struct{ valid, people, repeats, machines int32 }

// sumsOf is what one click adds. people are the daily unique visitors of a person's link: the first click
// of each is the valid one. Own and suspect clicks are in no sum.
func sumsOf(verdict Verdict) (one sums, counts bool) {
	switch verdict {
	case Valid:
		return sums{valid: 1, people: 1}, true
	case Repeat:
		return sums{repeats: 1}, true
	case Preview, Bot, Prefetch:
		return sums{machines: 1}, true
	}
	return sums{}, false
}

// rollupKey is a row of a rollup: the thing it is about, the day or the first of the month, and what the
// rollup is split by, the channel, the hour or the unit, where it has that.
type rollupKey struct {
	id    int32
	day   period.Day
	split int32
}

func (a rollupKey) compare(b rollupKey) int {
	return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.day, b.day), cmp.Compare(a.split, b.split))
}

// rollup gathers what a batch adds to one table.
type rollup struct {
	table, id, day, split string // the names of the table and of its key; no split: empty
	rows                  map[rollupKey]sums
}

func (r rollup) add(key rollupKey, one sums) {
	row := r.rows[key]
	r.rows[key] = sums{row.valid + one.valid, row.people + one.people, row.repeats + one.repeats, row.machines + one.machines}
}

// rollups are the tables in the order in which every batch writes them.
type rollups struct{ contentDay, nodeDay, nodeMonth, nodeChannelDay, nodeHour, userMonth rollup }

// addUp sums a batch. Each row's day is the local day in the zone of what it is about, so a region and
// its agencies may see one click on two days.
func addUp(records []judgment, around *surroundings) rollups {
	all := rollups{
		contentDay:     rollup{"rollup_content_day", "content_id", "day", "", map[rollupKey]sums{}},
		nodeDay:        rollup{"rollup_node_day", "node_id", "day", "", map[rollupKey]sums{}},
		nodeMonth:      rollup{"rollup_node_month", "node_id", "month", "", map[rollupKey]sums{}},
		nodeChannelDay: rollup{"rollup_node_channel_day", "node_id", "day", "channel", map[rollupKey]sums{}},
		nodeHour:       rollup{"rollup_node_hour", "node_id", "month", "hour", map[rollupKey]sums{}},
		userMonth:      rollup{"rollup_user_month", "user_id", "month", "unit_id", map[rollupKey]sums{}},
	}
	for i, r := range records {
		one, counts := sumsOf(r.Verdict)
		if !counts {
			continue
		}
		all.contentDay.add(rollupKey{id: int32(r.Content), day: around.localDay(r.At, around.publishers[r.Content])}, one)
		at := around.places[i]
		if at.unit == 0 {
			continue
		}
		for _, above := range around.paths[at.unit] {
			day := around.localDay(r.At, above.zone)
			all.nodeDay.add(rollupKey{id: int32(above.id), day: day}, one)
			month := period.MonthOf(day).From
			all.nodeMonth.add(rollupKey{id: int32(above.id), day: month}, one)
			all.nodeChannelDay.add(rollupKey{id: int32(above.id), day: day, split: int32(r.Channel)}, one)
			all.nodeHour.add(rollupKey{id: int32(above.id), day: month, split: around.localHour(r.At, above.zone)}, one)
		}
		month := period.MonthOf(around.localDay(r.At, at.zone)).From
		all.userMonth.add(rollupKey{id: int32(r.User), day: month, split: int32(at.unit)}, one)
	}
	return all
}

func (all rollups) write(ctx context.Context, tx *db.Tx) error {
	for _, r := range []rollup{all.contentDay, all.nodeDay, all.nodeMonth, all.nodeChannelDay, all.nodeHour, all.userMonth} {
		if err := r.write(ctx, tx); err != nil {
			return fmt.Errorf("%s: %w", r.table, err)
		}
	}
	return nil
}

// write adds the batch's sums to the table, key by key in order.
func (r rollup) write(ctx context.Context, tx *db.Tx) error {
	keys := slices.SortedFunc(maps.Keys(r.rows), rollupKey.compare)
	if len(keys) == 0 {
		return nil
	}
	n := len(keys)
	ids, days, splits := make([]int32, n), make([]period.Day, n), make([]int32, n)
	valid, people, repeats, machines := make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	for i, key := range keys {
		ids[i], days[i], splits[i] = key.id, key.day, key.split
		row := r.rows[key]
		valid[i], people[i], repeats[i], machines[i] = row.valid, row.people, row.repeats, row.machines
	}
	args := []any{ids, days, valid, people, repeats, machines}
	if r.split != "" {
		args = append(args, splits)
	}
	_, err := tx.Pgx().Exec(ctx, r.upsert(), args...)
	return db.Error(err)
}

// upsert is one statement for all the tables: they differ in names and in being split.
func (r rollup) upsert() string {
	key, column, given := r.id+", "+r.day, "", ""
	if r.split != "" {
		key, column, given = key+", "+r.split, ", "+r.split, ", $7::int4[]"
	}
	return fmt.Sprintf(`
		INSERT INTO %s AS r (%s, %s, valid, people, repeats, machines%s)
		SELECT * FROM unnest($1::int4[], $2::date[], $3::int4[], $4::int4[], $5::int4[], $6::int4[]%s)
		ON CONFLICT (%s) DO UPDATE SET valid = r.valid + excluded.valid, people = r.people + excluded.people,
			repeats = r.repeats + excluded.repeats, machines = r.machines + excluded.machines`,
		r.table, r.id, r.day, column, given, key)
}
