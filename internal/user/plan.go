package user

import (
	"context"
	_ "embed"

	"gaung/internal/db"
)

//go:embed sql/plan.sql
var planSQL string

//go:embed sql/faults.sql
var faultsSQL string

//go:embed sql/leaving.sql
var leavingSQL string

//go:embed sql/keepers.sql
var keepersSQL string

// plan finds, in SQL, what every row would do and what speaks against it. It can be run again at any
// time: before a roster is applied, the world may have changed since it was checked.
func (d *Desk) plan(ctx context.Context, tx *db.Tx, roster rosterRow) (counts RosterCounts, err error) {
	args := db.Args{"roster": roster.ID, "roots": idsOf(roster.Roots), "unshown": unshown, "node": int64(roster.Agency), "day": roster.From}
	statements := []string{
		`DELETE FROM roster_fault WHERE roster_id = @roster AND seq >= 100`,
		`ANALYZE roster_row`, // thousands of rows came just now, of which the planner knows nothing
		planSQL, faultsSQL,
	}
	if roster.Complete {
		statements = append(statements, `WITH gone AS (`+leavingSQL+`) `+keepersSQL)
	}
	if err := db.ExecAll(ctx, tx, args, statements...); err != nil {
		return counts, err
	}
	counts, err = db.Get[RosterCounts](ctx, tx, `SELECT count(*) AS rows, count(*) FILTER (WHERE act = 'join') AS joins,
		count(*) FILTER (WHERE act = 'move') AS moves, count(*) FILTER (WHERE act = 'stay') AS stays, count(*) FILTER (WHERE changed) AS changed,
		(SELECT count(*) FROM roster_fault WHERE roster_id = @roster) AS faults
		FROM roster_row WHERE roster_id = @roster`, args)
	if err != nil || !roster.Complete {
		return counts, err
	}
	there, err := db.Get[struct{ Present, Leaves int }](ctx, tx, `SELECT (SELECT count(*) FROM (`+leavingSQL+`) AS l) AS leaves,
		(SELECT count(*) FROM placement AS w JOIN agency AS a ON a.id = w.unit_id
		 WHERE a.path @> ARRAY[@node]::int4[] AND w.from_day <= @day AND (w.until_day IS NULL OR w.until_day > @day)) AS present`, args)
	counts.Leaves, counts.Present = there.Leaves, there.Present
	counts.TooMany = there.Leaves*5 > there.Present
	return counts, err
}

func idsOf[T ~int64](list []T) []int64 {
	plain := make([]int64, len(list))
	for i, one := range list {
		plain[i] = int64(one)
	}
	return plain
}
