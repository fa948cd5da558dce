package share

import (
	"context"
	_ "embed"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/period"
)

//go:embed sql/lift.sql
var liftSQL string

// Evidence is a kind of evidence of an act.
type Evidence string

// The kinds of evidence. The first three come from the person's own device, the next two from our links, the others
// from what somebody looked at.
const (
	Aborted        Evidence = "aborted"         // the person closed the share screen, or says so
	IntentReturned Evidence = "intent_returned" // the share screen was opened and the person came back after a while
	SheetResolved  Evidence = "sheet_resolved"  // the phone passed the text to an app
	PreviewFetched Evidence = "preview_fetched" // the network drew a preview of the personal link soon after
	ValidClick     Evidence = "valid_click"     // somebody else opened the personal link

	AddressChecked     Evidence = "address_checked"     // our server read the post: it carries the personal link or names the official post
	ScreenshotReviewed Evidence = "screenshot_reviewed" // a reviewer accepted a picture of the screen
	ObjectionGranted   Evidence = "objection_granted"   // a desk granted the person's objection
)

// level is the place on the ladder of evidence, for what a device reports: 1 indicates, 0 proves nothing.
func (e Evidence) level() int {
	if e == Aborted {
		return 0
	}
	return 1
}

const (
	// away is how long the share screen must have been open before coming back indicates anything.
	away = 5 * time.Second
	// previewWithin is how soon after the tap a preview indicates a share.
	previewWithin = 10 * time.Minute
)

// Indicate enters what the person's device saw of a share that is recorded. It lifts D to C when it
// indicates the share, and never lowers a grade.
func (s *Service) Indicate(ctx context.Context, actor org.Actor, item id.Content, networkKey string, kind Evidence) (done Act, err error) {
	on, known := network.Named(networkKey)
	if !known || !on.Indicates(string(kind)) {
		return Act{}, errs.InvalidField("kind", "Jejaring ini tidak dapat memberi indikasi tersebut.")
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[struct {
			Begun time.Time
			Grade Grade
			Unit  id.Agency
			Day   period.Day
		}](ctx, tx, `SELECT greatest(at, again_at) AS begun, grade, unit_id AS unit, day FROM act
			WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = 'share' FOR UPDATE`, actor.User, item, on.Number)
		if errors.Is(err, db.ErrNoRow) {
			return errs.New(errs.NotFound, "Pembagian ini belum tercatat.")
		}
		if err != nil {
			return err
		}
		if kind.level() > 0 && tx.Now.Sub(row.Begun) < away && kind == IntentReturned {
			return errs.InvalidField("kind", "Pembagian baru saja dimulai. Kembalilah setelah membagikannya.")
		}
		_, err = db.Exec(ctx, tx, `INSERT INTO act_evidence (user_id, content_id, network, act, kind, level, at)
			VALUES ($1, $2, $3, 'share', $4, $5, $6) ON CONFLICT DO NOTHING`, actor.User, item, on.Number, kind, kind.level(), tx.Now)
		var came []change
		if err == nil && kind.level() > 0 && row.Grade > Indicated {
			_, err = db.Exec(ctx, tx, `UPDATE act SET grade = 'C', graded_at = $4
				WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = 'share'`, actor.User, item, on.Number, tx.Now)
			came = change{User: actor.User, Content: item, Network: on.Number, Kind: ShareKind, Grade: Indicated, Unit: row.Unit, Day: row.Day, N: 1}.regraded(row.Grade)
		}
		if err == nil {
			done, err = readAct(ctx, tx, actor.User, item, on, ShareKind)
		}
		if err == nil {
			err = keepGrades(ctx, tx, came...)
		}
		if err == nil {
			err = bump(ctx, tx, actor.User)
		}
		return err
	})
	return done, err
}

// readAct reads one act with its strongest evidence.
func readAct(ctx context.Context, tx *db.Tx, person id.User, item id.Content, on network.Capability, kind Kind) (Act, error) {
	found, err := db.Get[Act](ctx, tx, `SELECT id, kind, network AS network_number, grade, at, coalesce((
			SELECT e.kind FROM act_evidence AS e WHERE e.user_id = act.user_id AND e.content_id = act.content_id
			AND e.network = act.network AND e.act = act.kind ORDER BY e.level DESC, e.at LIMIT 1), '') AS evidence
		FROM act WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = $4`, person, item, on.Number, kind)
	return found.told(), err
}

// TakeBack removes a share that the person says never happened. Only a reported one can be taken back:
// what is indicated or measured stays. Taking back what is not there is fine.
func (s *Service) TakeBack(ctx context.Context, actor org.Actor, item id.Content, networkKey string) error {
	on, known := network.Named(networkKey)
	if !known {
		return errs.InvalidField("network", "Jejaring tidak dikenal.")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := meantFor(ctx, tx, actor, item); err != nil {
			return err
		}
		removed, err := remove(ctx, tx, actor.User, item, on)
		if err != nil || removed {
			return err
		}
		if _, err = readAct(ctx, tx, actor.User, item, on, ShareKind); errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err == nil {
			err = errs.InvalidField("network", "Catatan ini sudah memiliki bukti dan tidak dapat dibatalkan.")
		}
		return err
	})
}

// remove deletes a share that is only reported, and tells whether there was one.
func remove(ctx context.Context, tx *db.Tx, person id.User, item id.Content, on network.Capability) (bool, error) {
	gone, err := db.All[struct {
		Unit    id.Agency
		Day     period.Day
		At      time.Time
		Caption *int16
	}](ctx, tx, `DELETE FROM act WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = 'share' AND grade = 'D'
		RETURNING unit_id AS unit, day, at, caption`, person, item, on.Number)
	if err != nil || len(gone) == 0 {
		return false, err
	}
	_, err = db.Exec(ctx, tx, `DELETE FROM act_evidence WHERE user_id = $1 AND content_id = $2 AND network = $3 AND act = 'share'`, person, item, on.Number)
	if err == nil {
		err = keep(ctx, tx, change{person, item, on.Number, ShareKind, Reported, gone[0].Unit, gone[0].Day, -1, gone[0].At, gone[0].Caption})
	}
	if err == nil {
		err = leftOver(ctx, tx, person)
	}
	if err == nil {
		err = bump(ctx, tx, person)
	}
	return true, err
}

// LiftGrades is called in the transaction that counts clicks: a share whose link somebody else opened is
// measured, and one whose network drew a preview soon after the tap is indicated. What better rules take
// back lowers a grade to what the remaining evidence carries.
func LiftGrades(ctx context.Context, tx *db.Tx, counted []click.Counted) error {
	var users, contents []int32
	var networks []int16
	var readers []bool
	var times []time.Time
	var taken []click.Counted
	for _, c := range counted {
		if c.Delta < 0 {
			taken = append(taken, c)
			continue
		}
		users, contents, networks = append(users, int32(c.User)), append(contents, int32(c.Content)), append(networks, int16(c.Channel))
		readers, times = append(readers, c.Verdict == click.Valid), append(times, c.At)
	}
	lowered, err := lowerGrades(ctx, tx, taken, counted)
	if err != nil {
		return err
	}
	var touched []graded
	if len(users) > 0 {
		touched, err = regrade(ctx, tx, liftSQL, db.Args{"users": users, "contents": contents, "networks": networks, "readers": readers,
			"times": times, "window": previewWithin, "now": tx.Now})
	}
	if err != nil {
		return err
	}
	return follow(ctx, tx, append(lowered, touched...))
}

// graded is a share whose grade changed, or, without grades, a person of whom evidence came or went.
type graded struct {
	User       id.User
	Content    id.Content
	Network    network.Number
	Unit       id.Agency
	Day        period.Day
	Was, Grade Grade
}

// regrade runs one of the two statements that change grades.
func regrade(ctx context.Context, tx *db.Tx, query string, args db.Args) (all []graded, err error) {
	rows, err := tx.Pgx().Query(ctx, query, args)
	if err != nil {
		return nil, db.Error(err)
	}
	var g graded
	_, err = pgx.ForEachRow(rows, []any{&g.User, &g.Content, &g.Network, &g.Unit, &g.Day, &g.Was, &g.Grade}, func() error {
		all = append(all, g)
		return nil
	})
	return all, db.Error(err)
}

// follow brings to the sums what became of grades, and then tells the persons' feeds: after all acts.
func follow(ctx context.Context, tx *db.Tx, all []graded) error {
	if len(all) == 0 {
		return nil
	}
	var changes []change
	persons := make([]id.User, len(all))
	for i, g := range all {
		persons[i] = g.User
		if g.Was != g.Grade {
			changes = append(changes, change{User: g.User, Content: g.Content, Network: g.Network, Kind: ShareKind, Grade: g.Grade, Unit: g.Unit, Day: g.Day, N: 1}.regraded(g.Was)...)
		}
	}
	if err := keepGrades(ctx, tx, changes...); err != nil {
		return err
	}
	return bump(ctx, tx, persons...)
}

// Cause is why an act has its grade, as a key for the client, from its strongest evidence.
func Cause(kind Kind, grade Grade, on network.Capability, strongest Evidence) string {
	switch {
	case grade == Verified:
		return "verified_by_network"
	case grade == Measured:
		return "measured_by_click"
	case grade == Indicated && looked[strongest]:
		return string(strongest)
	case grade == Indicated && strongest == PreviewFetched:
		return "indicated_by_preview"
	case grade == Indicated && strongest == SheetResolved:
		return "indicated_by_sheet"
	case grade == Indicated:
		return "indicated_by_return"
	case kind == LikeKind:
		return "reported_only"
	case strongest == Aborted:
		return "aborted"
	case !on.Links():
		return "no_link_on_network"
	}
	return "waiting_for_click"
}
