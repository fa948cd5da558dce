package privacy

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// DeskRoles may work at the desk; an operator only on corrections.
func DeskRoles() []org.Role { return []org.Role{org.DPO, org.Admin, org.Operator} }

// Case is a request as the desk lists it: whose it is stands only on its page.
type Case struct {
	ID       int64      `json:"id"`
	Kind     Ask        `json:"kind" enum:"correction,copy,information,erase,withdraw"`
	State    State      `json:"state" enum:"received,working,done,refused"`
	Unit     string     `json:"unit" doc:"The agency in which the person worked when they asked"`
	At       time.Time  `json:"at"`
	DueAt    time.Time  `json:"due_at"`
	Late     bool       `json:"late" doc:"It is open, or was closed, after that"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
}

// OpenCase is one request with whose it is and what is to be done by hand.
type OpenCase struct {
	DataRequest
	Unit      string    `json:"unit"`
	Name      string    `json:"name"`
	Email     string    `json:"email"`
	Mine      bool      `json:"mine" doc:"The actor asked it: somebody else answers"`
	Checklist []string  `json:"checklist" nullable:"false" gorm:"-" doc:"What must be done by hand before it is granted"`
	UserID    id.User   `json:"-"`
	AgencyID  id.Agency `json:"-"`
}

const deskScope = ` FROM data_request AS r JOIN agency AS a ON a.id = r.agency_id
	WHERE (a.path && @all::int4[] OR r.kind = 'correction' AND a.path && @corrections::int4[])`

const caseColumns = `SELECT r.id, r.kind, r.state, a.name AS unit, r.at, r.due_at, coalesce(r.closed_at, @now) > r.due_at AS late, r.closed_at`

const (
	openSQL   = caseColumns + deskScope + ` AND r.closed_at IS NULL AND r.id > @after ORDER BY r.id LIMIT @limit`
	closedSQL = caseColumns + deskScope + ` AND r.closed_at IS NOT NULL AND (@before = 0 OR r.id < @before) ORDER BY r.id DESC LIMIT @limit`
)

func (s *Service) scope(actor org.Actor) db.Args {
	return db.Args{"all": actor.Roots(org.DPO, org.Admin), "corrections": actor.Roots(org.Operator), "now": s.db.Now(), "me": int64(actor.User)}
}

// Cases lists the requests of the actor's subtree: the open ones by their clock, or the closed ones, newest first.
func (s *Service) Cases(ctx context.Context, actor org.Actor, closed bool, ask page.Ask) (page.Page[Case], error) {
	args := s.scope(actor)
	if closed {
		return page.Falling(ask, func(c Case) id.Act { return id.Act(c.ID) }, func(before id.Act, limit int) ([]Case, error) {
			args["before"], args["limit"] = int64(before), limit
			return db.All[Case](ctx, s.db, closedSQL, args)
		})
	}
	// The clocks run equally long: who asked first is due first. The cursor is the number, which rises with it.
	after, err := page.Before[id.Act](ask)
	if err != nil {
		return page.Page[Case]{}, err
	}
	args["after"], args["limit"] = int64(after), ask.Size()+1
	rows, err := db.All[Case](ctx, s.db, openSQL, args)
	return page.Of(ask, rows, func(c Case) []string { return page.ByID(id.Act(c.ID)) }), err
}

// Case opens one request; the person reads that it was opened.
func (s *Service) Case(ctx context.Context, actor org.Actor, number int64) (found OpenCase, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if found, err = s.caseTx(ctx, tx, actor, number, ""); err != nil {
			return err
		}
		return saw(ctx, tx, actor.User, Answered, []id.User{found.UserID})
	})
	return found, err
}

func (s *Service) caseTx(ctx context.Context, tx *db.Tx, actor org.Actor, number int64, lock string) (OpenCase, error) {
	args := s.scope(actor)
	args["id"], args["now"] = number, tx.Now
	found, err := db.Get[OpenCase](ctx, tx, `SELECT `+requestColumns+`, a.name AS unit, u.name, u.email, r.user_id = @me AS mine, r.user_id, r.agency_id`+
		strings.Replace(deskScope, "JOIN agency", "JOIN app_user AS u ON u.id = r.user_id JOIN agency", 1)+` AND r.id = @id`+lock, args)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Permintaan ini tidak ditemukan.")
	}
	found.Checklist = Checklist(found.Kind)
	return found, err
}

// Take says that somebody works on a request. Taking it again changes nothing.
func (s *Service) Take(ctx context.Context, actor org.Actor, number int64) (OpenCase, error) {
	return s.changeCase(ctx, actor, number, "privacy.take", func(tx *db.Tx, c OpenCase) error {
		_, err := db.Exec(ctx, tx, `UPDATE data_request SET state = 'working', taken_at = $3, by_id = $4 WHERE user_id = $1 AND id = $2 AND state = 'received'`,
			c.UserID, number, tx.Now, actor.User)
		return err
	})
}

// CaseAnswer closes a request.
type CaseAnswer struct {
	Grant   bool     `json:"grant" doc:"False: it is refused, with an article of law"`
	Text    string   `json:"text" maxLength:"2000" doc:"What the person is told"`
	Article string   `json:"article,omitempty" maxLength:"200"`
	Checked []string `json:"checked,omitempty" maxItems:"10" nullable:"false" doc:"What was done by hand"`
}

// check finds what is missing in an answer.
func (a CaseAnswer) check(kind Ask) error {
	var faults errs.Faults
	if a.Text == "" {
		faults.Add("text", "Tulis jawabannya: apa yang dilakukan, atau mengapa tidak.")
	}
	faults.Length("text", "Jawaban", a.Text, 2000)
	faults.Length("article", "Pasal", a.Article, 200)
	if !a.Grant && a.Article == "" {
		faults.Add("article", "Sebutkan pasal yang menjadi alasan penolakan.")
	}
	for _, item := range Checklist(kind) {
		if a.Grant && !slices.Contains(a.Checked, item) {
			faults.Add("checked", "Tandai dahulu semua yang dikerjakan manual.")
			break
		}
	}
	return faults.Err()
}

// Close answers a request; what the program can do for a granted one it does in the same transaction.
func (s *Service) Close(ctx context.Context, actor org.Actor, number int64, answer CaseAnswer) (OpenCase, error) {
	answer.Text, answer.Article = strings.TrimSpace(answer.Text), strings.TrimSpace(answer.Article)
	return s.changeCase(ctx, actor, number, "privacy.answer", func(tx *db.Tx, c OpenCase) error {
		if err := answer.check(c.Kind); err != nil {
			return err
		}
		state, checked := Refused, []string{}
		if answer.Grant {
			state, checked, answer.Article = Done, Checklist(c.Kind), ""
			if err := carryOut(ctx, tx, s, c.UserID, c.Kind); err != nil {
				return err
			}
		}
		_, err := db.Exec(ctx, tx, `UPDATE data_request SET state = $3, closed_at = $4, taken_at = coalesce(taken_at, $4), answer = $5, article = $6, checked = $7, by_id = $8
			WHERE user_id = $1 AND id = $2`, c.UserID, number, state, tx.Now, answer.Text, answer.Article, checked, actor.User)
		return err
	})
}

// changeCase locks an open request of the subtree and does something to it.
func (s *Service) changeCase(ctx context.Context, actor org.Actor, number int64, action string, do func(*db.Tx, OpenCase) error) (changed OpenCase, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		before, err := s.caseTx(ctx, tx, actor, number, " FOR UPDATE OF r")
		switch {
		case err != nil:
			return err
		case before.Mine:
			return errs.New(errs.Forbidden, "Permintaan sendiri dijawab oleh pejabat lain.")
		case before.ClosedAt != nil:
			return errs.New(errs.Conflict, "Permintaan ini sudah dijawab. Muat ulang halaman.")
		}
		if err := do(tx, before); err != nil {
			return err
		}
		if changed, err = s.caseTx(ctx, tx, actor, number, ""); err != nil {
			return err
		}
		// Whose account has just been closed for good is nobody who could be told.
		if changed.State != before.State && (changed.State != Done || changed.Kind != Erase) {
			if err := s.queue.EnqueueTx(ctx, tx, NewsJob{before.UserID, number, changed.State, tx.Now}); err != nil {
				return err
			}
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: before.AgencyID, Action: action, Subject: userSubject(before.UserID), Detail: map[string]int64{"request": number}})
	})
	return changed, err
}
