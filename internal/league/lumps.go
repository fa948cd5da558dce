package league

import (
	"context"
	_ "embed"
	"maps"
	"strings"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Lumps say how unevenly people are reached: most persons reach nobody, some reach many. A group's sum is
// taken for a compound Poisson variable, whose second and third cumulants are its mean times these.
type Lumps struct {
	Second float64 // Σx² ÷ Σx over persons who reached x people; 1 where nobody was reached
	Third  float64 // Σx³ ÷ Σx
}

// Reached is the part of a statement that finds whom each person of a node reached in some days, while they
// worked there; see there for what it needs.
//
//go:embed sql/reached.sql
var Reached string

//go:embed sql/lumps.sql
var lumpsSQL string

// LumpsOf reads the lumps of a node over local days, both inclusive.
func LumpsOf(ctx context.Context, c db.Conn, node id.Agency, from, to period.Day) (Lumps, error) {
	args := db.Args{"node": node, "from": from.String(), "to": to.String()}
	maps.Copy(args, period.CoverOf(from, to).Args(""))
	return db.Get[Lumps](ctx, c, strings.Replace(lumpsSQL, "{reached}", Reached, 1), db.PlanAnew, args)
}
