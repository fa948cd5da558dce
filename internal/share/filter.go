package share

import (
	_ "embed"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
)

//go:embed sql/mine_chosen.sql
var mineChosenSQL string

//go:embed sql/mine_special.sql
var mineSpecialSQL string

// Filter is a part of the feed.
type Filter string

// The parts of the feed.
const (
	All      Filter = "all"      // everything but what was put aside
	Priority Filter = "priority" // clarifications, and what a letter asks for
	Topics   Filter = "topics"   // of the topics that the person follows
	Saved    Filter = "saved"
	Skipped  Filter = "skipped"
	Done     Filter = "done" // shared or liked
)

// specialFor is how far back the parts reach that are searched for.
const specialFor = 90 * 24 * time.Hour

// query is the statement that finds a part of the feed; it adds to the arguments.
func (f Filter) query(args db.Args, now time.Time) (string, error) {
	switch f {
	case Saved:
		args["mark"] = string(Save)
		return mineChosenSQL, nil
	case Skipped:
		args["mark"] = string(Skip)
		return mineChosenSQL, nil
	case Done:
		args["mark"] = "done"
		return mineChosenSQL, nil
	case Priority, Topics:
		args["followed"], args["urgent"], args["since"] = f == Topics, clarification, now.Add(-specialFor)
		return mineSpecialSQL, nil
	}
	return "", errs.InvalidField("filter", "Saringan harus salah satu dari: all, priority, topics, saved, skipped, done.")
}
