// Package content owns official content: items, their versions, approvals and recall, as one state
// machine; and the jobs that take a scheduled item live and end it.
package content

import (
	"gaung/internal/db"
	"gaung/internal/job"
	"gaung/internal/org"
)

// State is where an item stands.
type State string

// The life of an item.
const (
	Draft            State = "draft"
	InReview         State = "in_review"
	OnHold           State = "on_hold" // in review, and its clock stands
	ChangesRequested State = "changes_requested"
	Rejected         State = "rejected" // the end of this item: its text lives on only in a copy
	Approved         State = "approved"
	Scheduled        State = "scheduled"
	Live             State = "live"
	Ended            State = "ended"
	Recalled         State = "recalled"
)

// Action is what moves an item from state to state.
type Action string

// The actions. Pass is an Approve that leaves further steps of the chain; GoLive and Recheck are the jobs', and
// End both a publisher's and the job's.
const (
	Edit       Action = "edit"
	Submit     Action = "submit"
	Approve    Action = "approve"
	Pass       Action = "pass"
	Return     Action = "return"
	Reject     Action = "reject"
	Hold       Action = "hold"
	Release    Action = "release"
	Schedule   Action = "schedule"
	Unschedule Action = "unschedule"
	Publish    Action = "publish"
	Recall     Action = "recall"
	Spread     Action = "spread"
	GoLive     Action = "go_live"
	End        Action = "end"
	Recheck    Action = "recheck" // an election mode began after the approval
)

type move struct {
	role   org.Role // who may; empty: only a job
	decide bool     // only who decides the present step of the chain
	to     map[State]State
}

// moves is the state machine: what is not here is refused.
var moves = map[Action]move{
	// An edit after an approval goes back to the first step: an approval names the version that was seen.
	Edit: {org.Author, false, map[State]State{Draft: Draft, ChangesRequested: ChangesRequested,
		InReview: InReview, OnHold: OnHold, Approved: InReview, Scheduled: InReview}},
	Submit:     {org.Author, false, map[State]State{Draft: InReview, ChangesRequested: InReview}},
	Approve:    {org.Approver, true, map[State]State{InReview: Approved}},
	Pass:       {org.Approver, true, map[State]State{InReview: InReview}},
	Return:     {org.Approver, true, map[State]State{InReview: ChangesRequested, Approved: ChangesRequested}},
	Reject:     {org.Approver, true, map[State]State{InReview: Rejected}},
	Hold:       {org.Approver, true, map[State]State{InReview: OnHold}},
	Release:    {org.Approver, true, map[State]State{OnHold: InReview}},
	Schedule:   {org.Publisher, false, map[State]State{Approved: Scheduled, Scheduled: Scheduled}},
	Unschedule: {org.Publisher, false, map[State]State{Scheduled: Approved}},
	Publish:    {org.Publisher, false, map[State]State{Approved: Live, Scheduled: Live}},
	Recall:     {org.Publisher, false, map[State]State{Live: Recalled}},
	Spread:     {org.Publisher, false, map[State]State{Approved: Approved, Scheduled: Scheduled}},
	GoLive:     {"", false, map[State]State{Scheduled: Live}},
	End:        {org.Publisher, false, map[State]State{Live: Ended}},
	Recheck:    {"", false, map[State]State{Approved: InReview, Scheduled: InReview}},
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
	days    calendar
}

// New makes the service. It takes no pictures before KeepIn.
func New(d *db.DB, queue *job.Queue) *Service {
	return &Service{db: d, queue: queue, drawing: make(chan struct{}, 1), days: everyWeekday}
}

// KeepIn tells where the pictures are kept.
func (s *Service) KeepIn(files Files) *Service {
	s.files = files
	return s
}
