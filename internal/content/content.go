// Package content owns official content: items, their versions, approvals and recall, as one state
// machine; and the jobs that take a scheduled item live and end it.
package content

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
)

// State is where an item stands.
type State string

// The life of an item.
const (
	Draft            State = "draft"
	InReview         State = "in_review"
	ChangesRequested State = "changes_requested"
	Approved         State = "approved"
	Scheduled        State = "scheduled"
	Live             State = "live"
	Ended            State = "ended"
	Recalled         State = "recalled"
)

// Action is what moves an item from state to state.
type Action string

// The actions. GoLive and End are the jobs'.
const (
	Edit     Action = "edit"
	Submit   Action = "submit"
	Approve  Action = "approve"
	Return   Action = "return"
	Schedule Action = "schedule"
	Publish  Action = "publish"
	Recall   Action = "recall"
	GoLive   Action = "go_live"
	End      Action = "end"
)

type move struct {
	role org.Role // who may; empty: only a job
	to   map[State]State
}

// moves is the state machine: what is not here is refused.
var moves = map[Action]move{
	// An edit after approval goes back to review: an approval names the version that was seen.
	Edit: {org.Author, map[State]State{Draft: Draft, ChangesRequested: ChangesRequested,
		InReview: InReview, Approved: InReview, Scheduled: InReview}},
	Submit:   {org.Author, map[State]State{Draft: InReview, ChangesRequested: InReview}},
	Approve:  {org.Approver, map[State]State{InReview: Approved}},
	Return:   {org.Approver, map[State]State{InReview: ChangesRequested, Approved: ChangesRequested}},
	Schedule: {org.Publisher, map[State]State{Approved: Scheduled, Scheduled: Scheduled}},
	Publish:  {org.Publisher, map[State]State{Approved: Live, Scheduled: Live}},
	Recall:   {org.Publisher, map[State]State{Live: Recalled}},
	GoLive:   {"", map[State]State{Scheduled: Live}},
	End:      {"", map[State]State{Live: Ended}},
}

// Readers are the roles that see the queue of their subtree.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Auditor, org.Admin}
}

// Service reads and changes content.
type Service struct {
	db      *db.DB
	queue   *job.Queue
	files   Files
	drawing chan struct{} // one place: cards are drawn one after another
}

// New makes the service. It takes no pictures before KeepIn.
func New(d *db.DB, queue *job.Queue) *Service {
	return &Service{db: d, queue: queue, drawing: make(chan struct{}, 1)}
}

// KeepIn tells where the pictures are kept.
func (s *Service) KeepIn(files Files) *Service {
	s.files = files
	return s
}

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
}

func (i item) subject() string { return fmt.Sprintf("content/%d", i.ID) }

const lockSQL = `
SELECT c.id, c.agency_id, a.zone AS agency_zone, c.author_id, c.state, c.version,
       v.author_id AS version_author_id, c.publish_at, c.ends_at, a.path::text AS path
FROM content AS c
JOIN agency AS a ON a.id = c.agency_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
WHERE c.id = $1`

// lock takes the row that the actor wants to act on. What the actor may not see is not found; what
// they see but may not act on is forbidden.
func lock(ctx context.Context, tx *db.Tx, actor org.Actor, content id.Content, action Action) (item, error) {
	// The row is held before it is read: a statement that waits for a lock and joins would read the
	// version it began with, and find nothing.
	if err := hold(ctx, tx, content); err != nil {
		return item{}, err
	}
	row, err := db.Get[item](ctx, tx, lockSQL+` AND a.path && $2::int4[]`, content, actor.Roots(Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return row, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	if err != nil {
		return row, err
	}
	if !actor.Holds(row.Path, moves[action].role) {
		return row, errs.New(errs.Forbidden, "Peran Anda tidak berwenang melakukan tindakan ini pada konten instansi tersebut.")
	}
	return row, nil
}

// lockForJob takes the row for a job, which acts for the system.
func lockForJob(ctx context.Context, tx *db.Tx, content id.Content) (item, error) {
	if err := hold(ctx, tx, content); err != nil {
		return item{}, err
	}
	return db.Get[item](ctx, tx, lockSQL, content)
}

func hold(ctx context.Context, tx *db.Tx, content id.Content) error {
	_, err := db.Exec(ctx, tx, `SELECT FROM content WHERE id = $1 FOR UPDATE`, content)
	return err
}

// next looks the move up; a move that the state does not allow is a conflict.
func (i item) next(action Action) (State, error) {
	to, allowed := moves[action].to[i.State]
	if !allowed {
		return "", errs.New(errs.Conflict, "Tindakan ini tidak dapat dilakukan: konten berstatus %s. Muat ulang untuk melihat keadaan terbaru.", stateWords[i.State])
	}
	return to, nil
}

// stateWords are the states as people read them in a message.
var stateWords = map[State]string{
	Draft: "draf", InReview: "pemeriksaan", ChangesRequested: "perlu perbaikan", Approved: "disetujui",
	Scheduled: "terjadwal", Live: "tayang", Ended: "berakhir", Recalled: "ditarik",
}

// actions lists what the actor may do with an item in a state, for the buttons of the console.
func (i item) actions(actor org.Actor) []Action {
	allowed := []Action{}
	for _, action := range []Action{Edit, Submit, Approve, Return, Schedule, Publish, Recall} {
		if _, ok := moves[action].to[i.State]; !ok || !actor.Holds(i.Path, moves[action].role) {
			continue
		}
		if i.barred(actor, action) == nil {
			allowed = append(allowed, action)
		}
	}
	return allowed
}

// barred says why this person may not do this action on this item although the role allows it.
func (i item) barred(actor org.Actor, action Action) error {
	own := slices.Contains([]id.User{i.AuthorID, i.VersionAuthorID}, actor.User)
	switch {
	case action == Approve && own:
		return errs.New(errs.Forbidden, "Anda tidak dapat menyetujui konten yang Anda susun sendiri. Mintalah penyetuju lain.")
	case (action == Edit || action == Submit) && i.AuthorID != actor.User:
		return errs.New(errs.Forbidden, "Hanya penyusun konten ini yang dapat mengubah atau mengajukannya.")
	}
	return nil
}

// change is one move of one item: lock, look the move up, act, record.
func (s *Service) change(ctx context.Context, actor org.Actor, content id.Content, action Action,
	act func(tx *db.Tx, row item, to State) error) (Content, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lock(ctx, tx, actor, content, action)
		if err != nil {
			return err
		}
		to, err := row.next(action)
		if err != nil {
			return err
		}
		if err := row.barred(actor, action); err != nil {
			return err
		}
		if err := act(tx, row, to); err != nil {
			return err
		}
		return record(ctx, tx, actor.User, row, action, to)
	})
	if err != nil {
		return Content{}, err
	}
	return s.Get(ctx, actor, content)
}

func record(ctx context.Context, tx *db.Tx, actor id.User, row item, action Action, to State) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor, Agency: row.AgencyID, Action: "content." + string(action),
		Subject: row.subject(), Detail: map[string]any{"from": row.State, "to": to, "version": row.Version}})
}
