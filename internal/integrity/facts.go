package integrity

import (
	"context"
	"embed"
	"strings"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// person is what a visitor day brought one person.
type person struct {
	Person       id.User
	N            int // readers
	Repeats      int
	Contents     int
	Addresses    int
	Blocks       int
	Agents       int
	Bare         int // whose browsers sent no Sec-Fetch headers
	Lonely       int // from blocks that brought nobody else anyone
	LonelyBlocks int
	OwnAgent     int // with a browser text of the person's own
	OwnAll       int // how many of everybody's readers have that text
	Readers      int // different visitors
	Fans         int // who opened everything
	Unevenness   float64
}

// spot is what one address or block brought one person, beside what it brought all.
type spot struct {
	Person     id.User
	Place      int64
	N          int
	Repeats    int
	Visitors   int
	Agents     int
	Contents   int
	Addresses  int
	AllN       int
	Persons    int
	Unevenness float64
	Rush       float64 // seconds in which fifteen came
	Own        bool    // the person shared from here
}

// site is an address or block by itself. inner is about links of those who shared from it.
type site struct {
	Place        int64
	N            int
	Visitors     int
	Links        int
	Persons      int
	Squares      int64 // of each visitor's clicks
	Median       int
	InnerLinks   int
	InnerPersons int
	Wide         int // visitors who opened most of the inner links
	Inside       db.IDs[id.User]
}

// tie is a sharer who opened another's links, with the browser and from the place where they share, and the other theirs.
type tie struct {
	Reader, Person id.User
	Visitor        int64
	N              int
}

// facts are everything that is judged by: sums of one visitor day.
type facts struct {
	persons   []person
	addresses []spot
	blocks    []spot
	sites     []site // addresses
	offices   []site // blocks: an office in IPv6 has many addresses
	ties      []tie
	agents    []int // how many requests each browser text made
}

//go:embed sql
var queries embed.FS

func query(name string) string {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err) // the file is part of the program
	}
	return string(text)
}

// The fewest readers at one address, and in one block, that tell anything.
const (
	leastAtAddress = 3
	leastAtBlock   = 5
)

// gather reads the facts of a day. They lie in a temporary table that ends with the transaction.
func gather(ctx context.Context, tx *db.Tx, day period.Day) (f facts, err error) {
	args := db.Args{"day": day.String(), "from": period.VisitorDayEnd(day.Add(-1)), "until": period.VisitorDayEnd(day)}
	err = db.ExecAll(ctx, tx, args, `SET LOCAL statement_timeout = '30min'`, `SET LOCAL work_mem = '64MB'`, query("gather"), `ANALYZE day_click`)
	if err == nil {
		f.persons, err = db.All[person](ctx, tx, query("persons"), args)
	}
	spots := func(column string, least int) (all []spot) {
		if err == nil {
			args["least"] = least
			all, err = db.All[spot](ctx, tx, strings.ReplaceAll(query("spots"), "PLACE", column), args)
		}
		return all
	}
	f.addresses, f.blocks = spots("address", leastAtAddress), spots("block", leastAtBlock)
	sites := func(column string) (all []site) {
		if err == nil {
			all, err = db.All[site](ctx, tx, strings.ReplaceAll(query("sites"), "PLACE", column), args)
		}
		return all
	}
	f.sites, f.offices = sites("address"), sites("block")
	if err == nil {
		f.ties, err = db.All[tie](ctx, tx, query("ties"), args)
	}
	if err != nil {
		return f, err
	}
	counts, err := db.All[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM day_click GROUP BY agent_id`)
	for _, one := range counts {
		f.agents = append(f.agents, one.N)
	}
	if err == nil { // for what follows of single persons: without, each of their findings reads the whole day
		err = db.ExecAll(ctx, tx, nil, `CREATE INDEX ON day_click (user_id)`, `CREATE INDEX ON day_click (block, user_id) WHERE valid`)
	}
	return f, err
}
