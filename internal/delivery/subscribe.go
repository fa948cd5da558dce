package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/report"
)

// ReportWish is how a report comes. Without files the letter holds the summary alone.
type ReportWish struct {
	Pace Pace `json:"pace" enum:"week,month"`
	PDF  bool `json:"pdf" doc:"Attach the printed page"`
	XLSX bool `json:"xlsx" doc:"Attach the workbook"`
}

// ReportSubscription is a report of a node that comes to a person. It is theirs alone.
type ReportSubscription struct {
	ID         int64     `json:"id"`
	NodeID     id.Agency `json:"agency"`
	Name       string    `json:"agency_name"`
	Zone       string    `json:"zone"`
	ReportWish `gorm:"embedded"`
	Ended      string        `json:"ended" enum:",role,account,link" doc:"Why it comes no more; empty: it does"`
	Next       *NextReport   `json:"next,omitempty" gorm:"-"`
	Last       *LastReport   `json:"last,omitempty" gorm:"-"`
	Sample     *SampleReport `json:"sample,omitempty" gorm:"-"`
}

// NextReport is the report that comes next.
type NextReport struct {
	From period.Day `json:"from"`
	To   period.Day `json:"to"`
	At   time.Time  `json:"at"`
}

// LastReport is what became of the last report.
type LastReport struct {
	From    period.Day `json:"from"`
	To      period.Day `json:"to"`
	At      time.Time  `json:"at"`
	Outcome string     `json:"outcome" enum:"sent,unsure,refused,waiting,failed" doc:"unsure: cut off before the mail server said that it has it; it is not sent again"`
}

// SampleReport is what became of the last sample.
type SampleReport struct {
	At      time.Time `json:"at"`
	Outcome string    `json:"outcome" enum:",sent,unsure,refused,waiting,failed" doc:"Empty: it is on its way"`
}

// ReportSubscriptions are all of a person.
type ReportSubscriptions struct {
	Items   []ReportSubscription `json:"items" nullable:"false"`
	Sends   bool                 `json:"sends" doc:"Gaung can send e-mail at all"`
	Email   string               `json:"email" doc:"Where they go; empty: no address is known"`
	Samples int                  `json:"samples" doc:"How many samples may still be asked for today"`
	Most    int                  `json:"most" doc:"ReportSubscriptions of a person"`
}

// row is a subscription with what is kept beside it.
type row struct {
	ReportSubscription `gorm:"embedded"`
	Path               db.IDs[id.Agency]
	ThroughDay         period.Day
	Outcome            string
	OutcomeDay         *period.Day
	OutcomeAt          *time.Time
	SampleDue          *time.Time
	SampleState        string
	SampleAt           *time.Time
}

// List reads the actor's own.
func (s *Service) List(ctx context.Context, actor org.Actor) (ReportSubscriptions, error) {
	own := ReportSubscriptions{Items: []ReportSubscription{}, Sends: s.mailer != nil, Most: mostKept}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		rows, err := db.All[row](ctx, tx, `SELECT s.id, s.node_id, n.name, n.zone, s.pace, s.pdf, s.xlsx, s.ended, n.path::text AS path, s.through_day,
				s.outcome, s.outcome_day, s.outcome_at, s.sample_due, s.sample AS sample_state, s.sample_at
			FROM report_subscription AS s JOIN agency AS n ON n.id = s.node_id WHERE s.user_id = $1 ORDER BY cardinality(n.path), n.name, n.id, s.pace`, actor.User)
		if err != nil {
			return err
		}
		for _, one := range rows {
			if err := s.tellTx(ctx, tx, &one); err != nil {
				return err
			}
			own.Items = append(own.Items, one.ReportSubscription)
		}
		me, err := db.Get[struct {
			Email string
			Used  int
		}](ctx, tx, `SELECT u.email, coalesce((SELECT times FROM report_sample AS m WHERE m.user_id = u.id AND m.day = $2::date), 0) AS used FROM app_user AS u WHERE u.id = $1`,
			actor.User, period.LocalDay(tx.Now, period.MustZone(actor.Zone)).String())
		own.Email, own.Samples = me.Email, max(0, mostSamples-me.Used)
		return err
	})
	return own, err
}

// tellTx says when a subscription comes next, and what became of it last.
func (s *Service) tellTx(ctx context.Context, tx *db.Tx, one *row) error {
	c, err := s.calendarTx(ctx, tx, one.Pace, one.Zone, one.Path)
	if err != nil {
		return err
	}
	if one.Ended == "" {
		p, at := c.next(tx.Now, one.ThroughDay)
		one.Next = &NextReport{p.From, p.To, at}
	}
	if one.Outcome != "" && one.OutcomeDay != nil && one.OutcomeAt != nil {
		p := c.around(*one.OutcomeDay)
		one.Last = &LastReport{p.From, p.To, *one.OutcomeAt, one.Outcome}
	}
	if one.SampleDue != nil {
		one.Sample = &SampleReport{At: *one.SampleDue}
	} else if one.SampleAt != nil {
		one.Sample = &SampleReport{*one.SampleAt, one.SampleState}
	}
	return nil
}

func (s *Service) calendarTx(ctx context.Context, tx *db.Tx, pace Pace, zone string, path []id.Agency) (calendar, error) {
	works, err := s.days(ctx, tx, path)
	return calendar{pace, period.MustZone(zone), works}, err
}

// node is whose report it is.
type node struct {
	Zone string
	Path db.IDs[id.Agency]
}

// nodeTx finds a node whose reports the actor reads.
func nodeTx(ctx context.Context, tx *db.Tx, actor org.Actor, agency id.Agency) (node, error) {
	found, err := db.Get[node](ctx, tx, `SELECT zone, path::text AS path FROM agency WHERE id = $1 AND path && $2::int4[]`, agency, actor.Roots(report.Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		err = errs.New(errs.NotFound, "Instansi tidak ditemukan atau berada di luar kewenangan Anda.")
	}
	return found, err
}

// Subscribe lets a node's report come to the actor, from the period on that is not sent yet. One that has ended begins
// again.
func (s *Service) Subscribe(ctx context.Context, actor org.Actor, agency id.Agency, wish ReportWish) (ReportSubscriptions, error) {
	if s.mailer == nil {
		return ReportSubscriptions{}, errNoMail()
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		of, err := nodeTx(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		// The person's row is locked, so that two at once do not both find room.
		me, err := db.Get[struct {
			Email string
			Kept  int
		}](ctx, tx, `SELECT u.email, (SELECT count(*) FROM report_subscription AS s WHERE s.user_id = u.id AND (s.node_id, s.pace) <> ($2::int4, $3)) AS kept
			FROM app_user AS u WHERE u.id = $1 FOR UPDATE OF u`, actor.User, agency, wish.Pace)
		switch {
		case err != nil:
			return err
		case me.Email == "":
			return errs.New(errs.Conflict, "Alamat surel Anda belum tercatat. Mintalah operator unit Anda mencatatnya.")
		case me.Kept >= mostKept:
			return errs.New(errs.Conflict, "Langganan paling banyak %d. Hapus salah satu lebih dahulu.", mostKept)
		}
		c, err := s.calendarTx(ctx, tx, wish.Pace, of.Zone, of.Path)
		if err != nil {
			return err
		}
		through := c.newest(tx.Now).To
		made, err := db.All[struct{ ID int64 }](ctx, tx, `INSERT INTO report_subscription AS s (user_id, node_id, pace, pdf, xlsx, created_at, through_day, due_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7::date, $8)
			ON CONFLICT ON CONSTRAINT report_subscription_node_key DO UPDATE SET pdf = excluded.pdf, xlsx = excluded.xlsx, through_day = excluded.through_day,
				due_at = excluded.due_at, ended = '', outcome = '', outcome_day = NULL, outcome_at = NULL, tries = 0 WHERE s.ended <> '' RETURNING s.id`,
			actor.User, agency, wish.Pace, wish.PDF, wish.XLSX, tx.Now, through.String(), c.wake(tx.Now, through))
		if err == nil && len(made) == 0 {
			err = errs.New(errs.Conflict, "Anda sudah berlangganan laporan ini. Ubah langganan yang ada.")
		}
		if err != nil {
			return err
		}
		return note(ctx, tx, actor, agency, made[0].ID, "report.subscribe", wish)
	})
	if err != nil {
		return ReportSubscriptions{}, err
	}
	return s.List(ctx, actor)
}

// Change lets a report come otherwise. Another pace begins with its next period, and so does one that has ended.
func (s *Service) Change(ctx context.Context, actor org.Actor, subscription int64, wish ReportWish) (ReportSubscriptions, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		was, err := db.Get[struct {
			NodeID     id.Agency
			Pace       Pace
			Ended      string
			ThroughDay period.Day
		}](ctx, tx, `SELECT node_id, pace, ended, through_day FROM report_subscription WHERE user_id = $1 AND id = $2 FOR UPDATE`, actor.User, subscription)
		if errors.Is(err, db.ErrNoRow) {
			return errUnknown()
		}
		if err != nil {
			return err
		}
		of, err := nodeTx(ctx, tx, actor, was.NodeID)
		if err != nil {
			return err
		}
		if was.Pace == wish.Pace && was.Ended == "" { // what is on its way, or waits, stays
			_, err = db.Exec(ctx, tx, `UPDATE report_subscription SET pdf = $3, xlsx = $4 WHERE user_id = $1 AND id = $2`, actor.User, subscription, wish.PDF, wish.XLSX)
		} else {
			err = s.againTx(ctx, tx, actor, subscription, of, wish)
		}
		if err != nil {
			return err
		}
		return note(ctx, tx, actor, was.NodeID, subscription, "report.subscribe", wish)
	})
	if err != nil {
		return ReportSubscriptions{}, err
	}
	return s.List(ctx, actor)
}

func (s *Service) againTx(ctx context.Context, tx *db.Tx, actor org.Actor, subscription int64, of node, wish ReportWish) error {
	c, err := s.calendarTx(ctx, tx, wish.Pace, of.Zone, of.Path)
	if err != nil {
		return err
	}
	through := c.newest(tx.Now).To
	_, err = db.Exec(ctx, tx, `UPDATE report_subscription SET pace = $3, pdf = $4, xlsx = $5, through_day = $6::date, due_at = $7, ended = '',
			outcome = '', outcome_day = NULL, outcome_at = NULL, tries = 0 WHERE user_id = $1 AND id = $2`,
		actor.User, subscription, wish.Pace, wish.PDF, wish.XLSX, through.String(), c.wake(tx.Now, through))
	if db.Broken(err, "report_subscription_node_key") {
		return errs.New(errs.Conflict, "Anda sudah berlangganan laporan ini. Ubah langganan yang ada.")
	}
	return err
}

// Unsubscribe forgets a subscription of the actor.
func (s *Service) Unsubscribe(ctx context.Context, actor org.Actor, subscription int64) (ReportSubscriptions, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		gone, err := db.All[struct{ NodeID id.Agency }](ctx, tx, `DELETE FROM report_subscription WHERE user_id = $1 AND id = $2 RETURNING node_id`, actor.User, subscription)
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			return errUnknown()
		}
		return note(ctx, tx, actor, gone[0].NodeID, subscription, "report.unsubscribe", ReportWish{})
	})
	if err != nil {
		return ReportSubscriptions{}, err
	}
	return s.List(ctx, actor)
}

// Sample has the newest report come to the actor now, beside the regular ones.
func (s *Service) Sample(ctx context.Context, actor org.Actor, subscription int64) (ReportSubscriptions, error) {
	if s.mailer == nil {
		return ReportSubscriptions{}, errNoMail()
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		known, err := db.Exec(ctx, tx, `UPDATE report_subscription SET sample_due = $3 WHERE user_id = $1 AND id = $2 AND ended = ''`, actor.User, subscription, tx.Now)
		if err == nil && known == 0 {
			err = errUnknown()
		}
		if err != nil {
			return err
		}
		counted, err := db.Exec(ctx, tx, `INSERT INTO report_sample AS m (user_id, day, times) VALUES ($1, $2::date, 1)
			ON CONFLICT (user_id) DO UPDATE SET day = excluded.day, times = CASE WHEN m.day = excluded.day THEN m.times + 1 ELSE 1 END
			WHERE m.day <> excluded.day OR m.times < $3`, actor.User, period.LocalDay(tx.Now, period.MustZone(actor.Zone)).String(), mostSamples)
		if err == nil && counted == 0 {
			err = errs.New(errs.TooMany, "Contoh paling banyak %d kali sehari. Coba lagi besok, atau unduh laporannya sekarang.", mostSamples)
		}
		if err != nil {
			return err
		}
		return s.queue.EnqueueTx(ctx, tx, SampleJob{})
	})
	if err != nil {
		return ReportSubscriptions{}, err
	}
	return s.List(ctx, actor)
}

func errUnknown() error { return errs.New(errs.NotFound, "Langganan laporan tidak ditemukan.") }

func note(ctx context.Context, tx *db.Tx, actor org.Actor, agency id.Agency, subscription int64, action string, wish ReportWish) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: agency, Action: action, Subject: fmt.Sprintf("report_subscription/%d", subscription),
		Detail: map[string]any{"pace": wish.Pace, "pdf": wish.PDF, "xlsx": wish.XLSX}})
}
