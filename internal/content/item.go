package content

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

//go:embed sql/hands.sql
var handsSQL string

// item is the locked row of a content, and what a decision on it needs to know.
type item struct {
	ID              id.Content
	AgencyID        id.Agency
	AgencyZone      string
	AuthorID        id.User
	State           State
	Version         int
	VersionAuthorID id.User
	PublishAt       *time.Time
	EndsAt          *time.Time
	Path            db.IDs[id.Agency] // of its agency
	Round           int               // of review; 0: it was never submitted
	Step, Steps     int               // of that round's chain; 0: there is none
	StepName        string
	Hand            // how the actor may decide the present step
}

// Hand is how somebody may decide a step: in their own right, or for another as their deputy.
type Hand struct {
	Person id.User // in whose right; 0: they may not
	Post   string  // "plh" or "plt" of a deputy
	Basis  string  // "named", "role", or "fallback" when nobody named can
}

func (i item) subject() string { return fmt.Sprintf("content/%d", i.ID) }

// reviewColumns and handJoin are what every read of an item says of its review and of the actor's part in it.
const (
	reviewColumns = `c.round, coalesce(r.step, 0) AS step, coalesce(jsonb_array_length(r.chain->'steps'), 0) AS steps,
       coalesce(r.chain->'steps'->(r.step - 1)->>'name', '') AS step_name,
       coalesce(h.person, 0) AS person, coalesce(h.post, '') AS post, coalesce(h.basis, '') AS basis`
	reviewJoin = `LEFT JOIN content_review AS r ON r.content_id = c.id AND r.round = c.round`
)

// handJoin finds how @me may decide, in their own right first.
func handJoin() string {
	return `LEFT JOIN LATERAL (SELECT of_step.person, of_step.post, of_step.basis FROM (` + handsSQL + `) AS of_step
		WHERE of_step.hand = @me ORDER BY of_step.post <> '', of_step.person LIMIT 1) AS h ON true`
}

func lockSQL() string {
	return `
SELECT c.id, c.agency_id, a.zone AS agency_zone, c.author_id, c.state, c.version,
       v.author_id AS version_author_id, c.publish_at, c.ends_at, a.path::text AS path, ` + reviewColumns + `
FROM content AS c
JOIN agency AS a ON a.id = c.agency_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
` + reviewJoin + `
` + handJoin() + `
WHERE c.id = @id`
}

// lock takes the row that the actor wants to act on. What the actor may not see is not found; what
// they see but may not act on is forbidden.
func lock(ctx context.Context, tx *db.Tx, actor org.Actor, content id.Content, action Action) (item, error) {
	// The row is held before it is read: a statement that waits for a lock and joins would read the
	// version it began with, and find nothing.
	if err := hold(ctx, tx, content); err != nil {
		return item{}, err
	}
	row, err := db.Get[item](ctx, tx, lockSQL()+` AND a.path && @roots::int4[]`,
		db.Args{"id": int64(content), "me": int64(actor.User), "now": tx.Now, "roots": actor.Roots(Readers()...)})
	if errors.Is(err, db.ErrNoRow) {
		return row, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	if err != nil {
		return row, err
	}
	return row, row.roleAllows(actor, action)
}

// lockForJob takes the row for a job, which acts for the system.
func lockForJob(ctx context.Context, tx *db.Tx, content id.Content) (item, error) {
	if err := hold(ctx, tx, content); err != nil {
		return item{}, err
	}
	return db.Get[item](ctx, tx, lockSQL(), db.Args{"id": int64(content), "me": 0, "now": tx.Now})
}

func hold(ctx context.Context, tx *db.Tx, content id.Content) error {
	_, err := db.Exec(ctx, tx, `SELECT FROM content WHERE id = $1 FOR UPDATE`, content)
	return err
}

// Seen is what somebody had before them when they decided: the version and the step of the chain.
// In an election mode an approver also ticks what they looked for in the pictures.
type Seen struct {
	Version, Step int
	Checklist     []string
}

// verdict tells where an action of this person leads, or why it is refused. It is the whole rule: the
// buttons of the console and every change ask it. A nil seen asks only for the buttons.
func (i item) verdict(actor org.Actor, action Action, seen *Seen) (State, error) {
	if err := i.roleAllows(actor, action); err != nil {
		return "", err
	}
	to, err := i.next(action)
	if err != nil {
		return "", err
	}
	if moves[action].decide && seen != nil {
		if err := i.checkSeen(*seen); err != nil {
			return "", err
		}
	}
	return to, i.barred(actor, action)
}

func (i item) roleAllows(actor org.Actor, action Action) error {
	if !actor.Holds(i.Path, moves[action].role) {
		return errs.New(errs.Forbidden, "Peran Anda tidak berwenang melakukan tindakan ini pada konten instansi tersebut.")
	}
	return nil
}

// next looks the move up; a move that the state does not allow is a conflict. An approval that leaves
// steps of the chain is a Pass.
func (i item) next(action Action) (State, error) {
	if action == Approve && i.Step < i.Steps {
		action = Pass
	}
	to, allowed := moves[action].to[i.State]
	if !allowed {
		return "", errs.New(errs.Conflict, "Tindakan ini tidak dapat dilakukan: konten berstatus %s. Muat ulang untuk melihat keadaan terbaru.", stateWords[i.State])
	}
	return to, nil
}

// checkSeen refuses a decision on a version or a step that is no longer the present one.
func (i item) checkSeen(seen Seen) error {
	switch {
	case seen.Version != i.Version:
		return errs.New(errs.Conflict, "Konten sudah berubah sejak Anda membukanya (kini versi %d). Muat ulang dan periksa lagi.", i.Version)
	case seen.Step != i.Step:
		return errs.New(errs.Conflict, "Tahap ini sudah diputuskan; konten kini berada di tahap %d (%s). Muat ulang untuk melihat keadaan terbaru.", i.Step, i.StepName)
	}
	return nil
}

// stateWords are the states as people read them in a message.
var stateWords = map[State]string{
	Draft: "draf", InReview: "pemeriksaan", OnHold: "ditahan", ChangesRequested: "perlu perbaikan", Rejected: "ditolak", Approved: "disetujui",
	Scheduled: "terjadwal", Live: "tayang", Ended: "berakhir", Recalled: "ditarik",
}

// actions lists what the actor may do with an item in a state, for the buttons of the console.
func (i item) actions(actor org.Actor) []Action {
	allowed := []Action{}
	for _, action := range []Action{Edit, Submit, Approve, Return, Reject, Hold, Release, Schedule, Unschedule, Publish, End, Recall, Spread} {
		if _, err := i.verdict(actor, action, nil); err == nil {
			allowed = append(allowed, action)
		}
	}
	return allowed
}

// barred says why this person may not do this action on this item although the role allows it.
func (i item) barred(actor org.Actor, action Action) error {
	own := slices.Contains([]id.User{i.AuthorID, i.VersionAuthorID}, actor.User)
	switch {
	case moves[action].decide && own:
		return errs.New(errs.Forbidden, "Anda tidak dapat memutuskan konten yang Anda susun sendiri. Mintalah penyetuju lain.")
	case moves[action].decide && i.Person == 0:
		return errs.New(errs.Forbidden, "Tahap %q diputuskan oleh orang lain, atau Anda sudah memutuskan tahap sebelumnya. Lihat rantai persetujuan konten ini.", i.StepName)
	case (action == Edit || action == Submit) && i.AuthorID != actor.User:
		return errs.New(errs.Forbidden, "Hanya penyusun konten ini yang dapat mengubah atau mengajukannya.")
	}
	return nil
}

// change is one move of one item that is no decision: lock, look the move up, act, record.
func (s *Service) change(ctx context.Context, actor org.Actor, content id.Content, action Action,
	act func(tx *db.Tx, row item, to State) error) (Content, error) {
	return s.changeSeen(ctx, actor, content, action, nil, act)
}

// changeSeen is change for what depends on what was seen.
func (s *Service) changeSeen(ctx context.Context, actor org.Actor, content id.Content, action Action, seen *Seen,
	act func(tx *db.Tx, row item, to State) error) (Content, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error { return changeTx(ctx, tx, actor, content, action, seen, act) })
	if err != nil {
		return Content{}, err
	}
	return s.Get(ctx, actor, content)
}

func changeTx(ctx context.Context, tx *db.Tx, actor org.Actor, content id.Content, action Action, seen *Seen,
	act func(tx *db.Tx, row item, to State) error) error {
	row, err := lock(ctx, tx, actor, content, action)
	if err != nil {
		return err
	}
	to, err := row.verdict(actor, action, seen)
	if err != nil {
		return err
	}
	if err := act(tx, row, to); err != nil {
		return err
	}
	return record(ctx, tx, actor.User, row, action, to)
}

func record(ctx context.Context, tx *db.Tx, actor id.User, row item, action Action, to State) error {
	detail := map[string]any{"from": row.State, "to": to, "version": row.Version}
	if moves[action].decide {
		detail["step"], detail["basis"] = row.Step, row.Basis
	}
	if row.Post != "" && moves[action].decide {
		detail["behalf"], detail["post"] = row.Person, row.Post
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor, Agency: row.AgencyID, Action: "content." + string(action),
		Subject: row.subject(), Detail: detail})
}
