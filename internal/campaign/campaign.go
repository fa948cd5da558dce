// Package campaign owns campaigns: contents with a common goal and period, and how far they are on the way.
package campaign

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Writers plan campaigns of their subtree.
func Writers() []org.Role { return []org.Role{org.Publisher} }

// Readers see the campaigns of their subtree.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Leader, org.Auditor, org.Admin}
}

// Plan is what the writer fills in. A target that is null is none; at least one is needed.
type Plan struct {
	Name         string       `json:"name" maxLength:"400"`
	Goal         string       `json:"goal,omitempty" maxLength:"2000" doc:"In words: what is to change, and for whom"`
	From         period.Day   `json:"from" gorm:"column:from_day"`
	To           period.Day   `json:"to" gorm:"column:to_day" doc:"The last day"`
	PeopleTarget *int64       `json:"people_target,omitempty" doc:"People to be reached by the contents within the days"`
	SharesTarget *int64       `json:"shares_target,omitempty" doc:"Shares of the contents within the days"`
	Contents     []id.Content `json:"contents,omitempty" gorm:"-" maxItems:"1000"`
}

const (
	maxName     = 200
	maxGoal     = 1_000
	maxDays     = 731
	maxTarget   = 1_000_000_000
	maxContents = 500
)

// Service reads and changes campaigns.
type Service struct {
	db    *db.DB
	queue *job.Queue // nil: nobody is told
}

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d} }

// Tell has others hear of changes, by ChangedJob.
func (s *Service) Tell(queue *job.Queue) *Service {
	s.queue = queue
	return s
}

// ChangedJob tells that a campaign has other contents or other days. wire.go subscribes to it.
type ChangedJob struct {
	Campaign id.Campaign `json:"campaign"`
}

// Kind names the job.
func (ChangedJob) Kind() string { return "campaign_changed" }

// Patience lets the board of a large campaign take its time.
func (ChangedJob) Patience() time.Duration { return 10 * time.Minute }

func (s *Service) tellTx(ctx context.Context, tx *db.Tx, campaign id.Campaign) error {
	if s.queue == nil {
		return nil
	}
	return s.queue.EnqueueTx(ctx, tx, ChangedJob{campaign})
}

// row is a campaign that is held for a change.
type row struct {
	ID           id.Campaign
	AgencyID     id.Agency
	Zone         string
	Version      int
	FromDay      period.Day
	ToDay        period.Day
	PeopleTarget *int64
	SharesTarget *int64
	Path         db.IDs[id.Agency]
}

func (r row) subject() string { return fmt.Sprintf("campaign/%d", r.ID) }

func notFound() error { return errs.New(errs.NotFound, "Kampanye tidak ditemukan.") }

// lock takes the campaign that the actor wants to change. What they may not see is not found; what they see and
// may not change is forbidden.
func lock(ctx context.Context, tx *db.Tx, actor org.Actor, campaign id.Campaign) (row, error) {
	if _, err := db.Exec(ctx, tx, `SELECT FROM campaign WHERE id = $1 FOR UPDATE`, campaign); err != nil {
		return row{}, err
	}
	found, err := db.Get[row](ctx, tx, `SELECT c.id, c.agency_id, a.zone, c.version, c.from_day, c.to_day, c.people_target, c.shares_target, a.path::text AS path
		FROM campaign AS c JOIN agency AS a ON a.id = c.agency_id WHERE c.id = $1 AND a.path && $2::int4[]`, campaign, actor.Roots(Readers()...))
	switch {
	case errors.Is(err, db.ErrNoRow):
		return found, notFound()
	case err != nil:
		return found, err
	case !actor.Holds(found.Path, Writers()...):
		return found, errs.New(errs.Forbidden, "Hanya penerbit instansi ini yang dapat mengubah kampanyenya.")
	}
	return found, nil
}

// tidied trims what a person typed and lists each content once.
func (p Plan) tidied() Plan {
	for _, field := range []*string{&p.Name, &p.Goal} {
		*field = strings.TrimSpace(strings.ReplaceAll(*field, "\x00", ""))
	}
	p.Contents = append([]id.Content{}, slices.Compact(slices.Sorted(slices.Values(p.Contents)))...) // never nil: SQL's null is no list
	return p
}

func (p Plan) check() error {
	var f errs.Faults
	if p.Name == "" {
		f.Add("name", "Nama kampanye wajib diisi.")
	}
	f.Length("name", "Nama", p.Name, maxName)
	f.Length("goal", "Tujuan", p.Goal, maxGoal)
	switch {
	case p.To < p.From:
		f.Add("to", "Hari terakhir tidak boleh mendahului hari pertama.")
	case p.To-p.From >= maxDays:
		f.Add("to", "Kampanye paling lama %d hari.", maxDays)
	}
	if p.PeopleTarget == nil && p.SharesTarget == nil {
		f.Add("people_target", "Isi sedikitnya satu sasaran angka: orang terjangkau atau bagikan.")
	}
	for _, target := range []struct {
		field string
		n     *int64
	}{{"people_target", p.PeopleTarget}, {"shares_target", p.SharesTarget}} {
		if target.n != nil && (*target.n < 1 || *target.n > maxTarget) {
			f.Add(target.field, "Sasaran angka antara 1 dan %d.", maxTarget)
		}
	}
	if len(p.Contents) > maxContents {
		f.Add("contents", "Paling banyak %d konten dalam satu kampanye.", maxContents)
	}
	return f.Err()
}

// checkOver refuses to move the goal of a campaign that is over: its result would change afterwards.
func (r row) checkOver(today period.Day, to Plan) error {
	same := r.FromDay == to.From && r.ToDay == to.To && equal(r.PeopleTarget, to.PeopleTarget) && equal(r.SharesTarget, to.SharesTarget)
	if today > r.ToDay && !same {
		return errs.New(errs.Conflict, "Kampanye ini sudah berakhir: periode dan sasarannya tidak dapat diubah lagi.")
	}
	return nil
}

func equal(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }

// record keeps what the goal was before and is from now on.
func record(ctx context.Context, tx *db.Tx, actor org.Actor, r row, action string, to Plan) error {
	detail := map[string]any{"from": to.From.String(), "to": to.To.String(), "people_target": to.PeopleTarget, "shares_target": to.SharesTarget, "contents": len(to.Contents)}
	if r.Version > 0 {
		detail["was"] = map[string]any{"from": r.FromDay.String(), "to": r.ToDay.String(), "people_target": r.PeopleTarget, "shares_target": r.SharesTarget}
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: r.AgencyID, Action: "campaign." + action, Subject: r.subject(), Detail: detail})
}
