package proof

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
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/share"
)

// Objection is what a person said about an act and what became of it, as they see it.
type Objection struct {
	ID          int64      `json:"id"`
	About       string     `json:"about" enum:"not_recorded,wrong_value,not_me,other"`
	Words       string     `json:"words"`
	Contact     bool       `json:"contact" doc:"The desk may see the name"`
	Round       int        `json:"round" doc:"1, or 2 after an appeal to the desk above"`
	State       string     `json:"state" enum:"received,examined,granted,rejected,withdrawn"`
	At          time.Time  `json:"at" doc:"When this round began"`
	DueAt       time.Time  `json:"due_at" doc:"When an answer is due: three working days"`
	Late        bool       `json:"late"`
	Answer      string     `json:"answer"`
	AnsweredAt  *time.Time `json:"answered_at,omitempty"`
	Appeal      string     `json:"appeal"`
	FirstAnswer string     `json:"first_answer" doc:"What the first desk said, after an appeal"`
}

// open tells whether an answer is owed.
func (o Objection) open() bool { return o.State == "received" || o.State == "examined" }

const objectionColumns = `id, about, words, contact, round, state, at, due_at, answer, answered_at, appeal, first_answer`

// Plea is what a person says.
type Plea struct {
	Content id.Content
	Network string
	Act     share.Kind
	About   string
	Words   string
	Contact bool
	Claim   int64 // an address of theirs that the desk may see; 0: none
}

const mostPleas = 10 // of one person within a day

func (p Plea) check() (network.Number, error) {
	var f errs.Faults
	on, known := network.Named(p.Network)
	if !known || !on.Shareable() && p.Act == share.ShareKind {
		f.Add("network", "Jejaring tidak dikenal.")
	}
	if !slices.Contains([]string{"not_recorded", "wrong_value", "not_me", "other"}, p.About) {
		f.Add("about", "Pilih pokok keberatan.")
	}
	if p.About == "other" && strings.TrimSpace(p.Words) == "" {
		f.Add("words", "Jelaskan keberatan Anda.")
	}
	f.Length("words", "Penjelasan", p.Words, mostWords)
	return on.Number, f.Err()
}

// Object sends an objection to the desk of the agency that published. An act has one open objection at a time.
func (s *Service) Object(ctx context.Context, actor org.Actor, p Plea) (made Objection, err error) {
	p.Words = strings.TrimSpace(p.Words)
	on, err := p.check()
	if err != nil {
		return Objection{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.mayObject(ctx, tx, actor, p, on); err != nil {
			return err
		}
		desk, err := db.Get[struct{ AgencyID id.Agency }](ctx, tx, `SELECT agency_id FROM content WHERE id = $1`, p.Content)
		if err != nil {
			return err
		}
		due, err := s.due(ctx, tx, desk.AgencyID)
		if err != nil {
			return err
		}
		made, err = db.Get[Objection](ctx, tx, `INSERT INTO objection (user_id, content_id, network, act, unit_id, desk_id, about, words, contact, claim_id, state, at, due_at, act_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT id FROM claim WHERE user_id = $1 AND id = $10), 'received', $11, $12,
			(SELECT id FROM act WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = $4)) RETURNING `+objectionColumns,
			actor.User, p.Content, on, p.Act, actor.Unit, desk.AgencyID, p.About, p.Words, p.Contact, p.Claim, tx.Now, due)
		if err == nil {
			err = audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: desk.AgencyID, Action: "objection.send", Subject: fmt.Sprintf("objection/%d", made.ID)})
		}
		return err
	})
	if db.Broken(err, "objection_user_id_open_key") {
		err = errs.New(errs.Conflict, "Keberatan atas tindakan ini sedang diperiksa. Tunggu jawabannya.")
	}
	return made, err
}

// mayObject refuses what is not the person's own: the content, the act (unless its missing is the point), too many.
func (s *Service) mayObject(ctx context.Context, tx *db.Tx, actor org.Actor, p Plea, on network.Number) error {
	if err := oneAtATime(ctx, tx, actor.User); err != nil {
		return err
	}
	if err := meantFor(ctx, tx, actor, p.Content); err != nil {
		return err
	}
	row, err := db.Get[struct {
		There bool
		Today int
	}](ctx, tx, `SELECT EXISTS (SELECT FROM act WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = $4) AS there,
		(SELECT count(*) FROM objection WHERE user_id = $1 AND at > $5) AS today`, actor.User, p.Content, on, p.Act, tx.Now.Add(-aDay))
	switch {
	case err != nil:
		return err
	case !row.There && p.About != "not_recorded":
		return notFound("Tindakan")
	case row.Today >= mostPleas:
		return errs.New(errs.TooMany, "Anda sudah mengajukan %d keberatan dalam sehari. Silakan lanjutkan besok.", mostPleas)
	}
	return nil
}

// Appeal brings a rejected objection before the desk above, once.
func (s *Service) Appeal(ctx context.Context, actor org.Actor, objection int64, words string) (made Objection, err error) {
	words = strings.TrimSpace(words)
	var f errs.Faults
	f.Length("words", "Penjelasan", words, mostWords)
	if words == "" {
		f.Add("words", "Jelaskan mengapa jawaban itu belum tepat.")
	}
	if err := f.Err(); err != nil {
		return Objection{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[struct {
			State string
			Round int
			Above id.Agency
		}](ctx, tx, `SELECT o.state, o.round, coalesce(a.parent_id, a.id) AS above FROM objection AS o JOIN agency AS a ON a.id = o.desk_id
			WHERE o.user_id = $1 AND o.id = $2 FOR UPDATE OF o`, actor.User, objection)
		switch {
		case errors.Is(err, db.ErrNoRow):
			return notFound("Keberatan")
		case err != nil:
			return err
		case row.State != "rejected" || row.Round != 1:
			return errs.New(errs.Conflict, "Banding hanya dapat diajukan satu kali, atas keberatan yang ditolak.")
		}
		due, err := s.due(ctx, tx, row.Above)
		if err != nil {
			return err
		}
		made, err = db.Get[Objection](ctx, tx, `UPDATE objection SET round = 2, state = 'received', appeal = $3, first_answer = answer, first_by = answered_by, answer = '',
			answered_by = NULL, answered_at = NULL, taken_by = NULL, desk_id = $4, at = $5, due_at = $6 WHERE user_id = $1 AND id = $2 RETURNING `+objectionColumns,
			actor.User, objection, words, row.Above, tx.Now, due)
		if err == nil {
			err = audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.Above, Action: "objection.appeal", Subject: fmt.Sprintf("objection/%d", objection)})
		}
		return err
	})
	if db.Broken(err, "objection_user_id_open_key") {
		err = errs.New(errs.Conflict, "Keberatan lain atas tindakan ini sedang diperiksa. Tunggu jawabannya.")
	}
	return made, err
}

// Withdraw takes an objection back while nobody has answered: the desk no longer has it, and the act stays as it was.
// Twice is once.
func (s *Service) Withdraw(ctx context.Context, actor org.Actor, objection int64) (made Objection, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[struct {
			Objection
			DeskID id.Agency
		}](ctx, tx, `SELECT desk_id, `+objectionColumns+` FROM objection WHERE user_id = $1 AND id = $2 FOR UPDATE`, actor.User, objection)
		switch {
		case errors.Is(err, db.ErrNoRow):
			return notFound("Keberatan")
		case err != nil:
			return err
		case row.State == "withdrawn":
			made = row.Objection
			return nil
		case !row.open():
			return errs.New(errs.Conflict, "Keberatan ini sudah dijawab, jadi tidak dapat ditarik lagi. Muat ulang untuk membaca jawabannya.")
		}
		made, err = db.Get[Objection](ctx, tx, `UPDATE objection SET state = 'withdrawn' WHERE user_id = $1 AND id = $2 RETURNING `+objectionColumns, actor.User, objection)
		if err == nil {
			err = audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.DeskID, Action: "objection.withdraw", Subject: fmt.Sprintf("objection/%d", objection)})
		}
		return err
	})
	return made, err
}
