package share

import (
	"context"
	"errors"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/period"
)

// looked are the kinds of evidence that somebody looked at, our server or a person. They stand above what a device
// says and below a click, and carry C: nobody knows yet whose account it was.
var looked = map[Evidence]bool{AddressChecked: true, ScreenshotReviewed: true, ObjectionGranted: true}

const lookedLevel = 3

// Proven is an act of which somebody looked at a proof.
type Proven struct {
	User    id.User
	Content id.Content
	Network network.Number
	Act     Kind
	Kind    Evidence
	ID      id.Act    // the very act; 0: whichever stands there
	Record  time.Time // where the act is not recorded: when it was done; zero: it is left alone then
}

// ProveTx enters such evidence in the caller's transaction and lifts D to C. It tells whether there is such an act.
// Twice is once, and nothing is ever lowered.
func ProveTx(ctx context.Context, tx *db.Tx, p Proven) (bool, error) {
	var came []change
	if !p.Record.IsZero() {
		var err error
		came, err = db.All[change](ctx, tx, recordPastSQL, []int32{int32(p.User)}, []int32{int32(p.Content)}, []int16{int16(p.Network)},
			[]string{string(p.Act)}, []time.Time{p.Record}, []*int{nil})
		if err != nil {
			return false, err
		}
	}
	row, err := db.Get[struct {
		Grade Grade
		Unit  id.Agency
		Day   period.Day
	}](ctx, tx, `SELECT grade, unit_id AS unit, day FROM act WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = $4 AND $5::int8 IN (0, id) FOR UPDATE`,
		p.User, p.Content, p.Network, p.Act, p.ID)
	if errors.Is(err, db.ErrNoRow) {
		return false, nil
	}
	if err == nil {
		_, err = db.Exec(ctx, tx, `INSERT INTO act_evidence (user_id, content_id, network, act, kind, level, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT DO NOTHING`, p.User, p.Content, p.Network, p.Act, p.Kind, lookedLevel, tx.Now)
	}
	var regraded []change
	if err == nil && row.Grade > Indicated {
		_, err = db.Exec(ctx, tx, `UPDATE act SET grade = 'C', graded_at = $5 WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = $4`,
			p.User, p.Content, p.Network, p.Act, tx.Now)
		regraded = change{User: p.User, Content: p.Content, Network: p.Network, Kind: p.Act, Grade: Indicated, Unit: row.Unit, Day: row.Day, N: 1}.regraded(row.Grade)
	}
	if err == nil {
		err = keep(ctx, tx, came...)
	}
	if err == nil {
		err = keepGrades(ctx, tx, regraded...)
	}
	if err == nil {
		err = bump(ctx, tx, p.User)
	}
	return true, err
}

// Begun is a share that is to be proven: on which network it is recorded, and whether it is.
type Begun struct {
	Network  network.Number
	Recorded bool
	At       time.Time
}

// OnTx finds the act that a post at a place belongs to: the share on that network, else one by the phone's own share
// sheet or by copying, which may have gone anywhere.
func OnTx(ctx context.Context, c db.Conn, person id.User, item id.Content, place string) (Begun, error) {
	wanted := []int16{}
	first := network.Number(0)
	for _, key := range []string{place, "system", "copy"} {
		if on, known := network.Named(key); known && on.Shareable() {
			wanted = append(wanted, int16(on.Number))
			if first == 0 {
				first = on.Number
			}
		}
	}
	found, err := db.All[Begun](ctx, c, `SELECT network, true AS recorded, at FROM act WHERE user_id = $1 AND content_id = $2 AND kind = 'share'
		AND network = ANY($3::int2[]) ORDER BY array_position($3::int2[], network) LIMIT 1`, person, item, wanted)
	if err != nil || len(found) > 0 {
		return append(found, Begun{})[0], err
	}
	return Begun{Network: first}, nil
}

// Owner is whose a personal link is, and of which act.
type Owner struct {
	User    id.User
	Content id.Content
	Network network.Number
}

// Owners tells what a link's code may mean, usually one thing. It asks nothing whether that exists.
func (s *Service) Owners(code string) (owners []Owner) {
	for _, link := range s.clicks.Decode(code) {
		owners = append(owners, Owner{link.User, link.Content, network.Number(link.Channel)})
	}
	return owners
}

// LinkCode is how long the code of a personal link is.
const LinkCode = click.CodeLength

// LinkPath is what every personal link has before its code.
func (s *Service) LinkPath() string { return s.publicURL + linkPath }

// DropTx removes that very share if it is only reported, in the caller's transaction, and tells whether it did.
func DropTx(ctx context.Context, tx *db.Tx, person id.User, item id.Content, on network.Number, act id.Act) (bool, error) {
	found, err := db.All[struct{ ID id.Act }](ctx, tx, `SELECT id FROM act WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = 'share' AND id = $4 FOR UPDATE`,
		person, item, on, act)
	if err != nil || len(found) == 0 {
		return false, err
	}
	return remove(ctx, tx, person, item, network.Capability{Number: on})
}
