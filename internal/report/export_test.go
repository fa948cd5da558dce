package report

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/league"
	"gaung/internal/period"
)

// Scale is open for tests alone.
var Scale = scale

// Written is open for tests alone.
var Written = written

// DayMonth is how a chart names a day.
func DayMonth(day, month int) string { return fmt.Sprintf("%d/%d", day, month) }

// CloseMonths runs the hourly job.
func (s *Service) CloseMonths(ctx context.Context) error { return s.closeMonths(ctx) }

// Statement is a statement with its arguments.
type Statement struct {
	Text string
	Args db.Args
}

// Statements are those of a report over some days of a node that stands by itself, made now.
func Statements(node id.Agency, from, to string, now time.Time) map[string]Statement {
	first, _ := period.ParseDay(from)
	last, _ := period.ParseDay(to)
	all := map[string]Statement{}
	for _, name := range []string{"figures", "acts", "pace", "days", "channels", "units", "contents", "groups", "targets"} {
		query, _ := statements.ReadFile("sql/" + name + ".sql")
		days := span{node: node, nodes: []id.Agency{node}, zone: "Asia/Makassar", from: first, to: last, cover: coverOf(first, last, now)}
		args := days.args()
		maps.Copy(args, days.cover.Args("previous_"))
		args["previous_from"], args["previous_to"] = from, to
		all[name] = Statement{strings.Replace(string(query), "{reached}", league.Reached, 1), args}
	}
	return all
}
