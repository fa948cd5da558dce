package proof

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
)

// Asked is an objection as the desk sees it: the unit and the act; the name only where the person said so.
type Asked struct {
	Objection
	ContentID id.Content `json:"content_id"`
	Title     string     `json:"title"`
	Network   string     `json:"network" gorm:"-"`
	Act       share.Kind `json:"act" enum:"share,like"`
	Grade     string     `json:"grade" enum:"A,B,C,D," doc:"Of the act now; empty: it is not recorded"`
	Unit      string     `json:"unit"`
	Name      string     `json:"name" doc:"Empty unless the person allowed it"`
	Address   string     `json:"address" gorm:"-" doc:"Of a post that the person attached"`
	Taken     bool       `json:"taken" doc:"Somebody of the desk is looking at it"`
	Shown     id.User    `json:"-" gorm:"-"` // whose name or address stands here, so that they can be told; 0: nobody's
}

type askedRow struct {
	Asked
	On      network.Number
	UserID  id.User
	Sealed  []byte
	Hash    []byte
	FirstBy id.User
	DeskID  id.Agency
	ActID   id.Act // 0: there was none
}

// forDesk is which open objections an actor may answer: of their desk's subtree, not their own, not of their own
// unit, and the second round not by who answered the first.
const forDesk = `FROM objection AS o JOIN agency AS desk ON desk.id = o.desk_id
	WHERE o.state IN ('received', 'examined') AND desk.path && @roots::int4[] AND o.user_id <> @me AND o.unit_id <> @unit AND o.first_by IS DISTINCT FROM @me`

// Objections lists the open ones for the actor's desk, those that are due first.
func (s *Service) Objections(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[Asked], error) {
	args := reviewer(actor)
	if err := dueCursor(ask, args); err != nil {
		return page.Page[Asked]{}, err
	}
	args["limit"] = ask.Size() + 1
	rows, err := db.All[askedRow](ctx, s.db, `SELECT o.id, o.about, o.words, o.contact, o.round, o.state, o.at, o.due_at, o.appeal, o.first_answer, o.content_id, v.title, o.act,
		o.network AS "on", o.user_id, unit.name AS unit, CASE WHEN o.contact THEN u.name ELSE '' END AS name, o.taken_by IS NOT NULL AS taken,
		coalesce((SELECT grade FROM act WHERE act.user_id = o.user_id AND act.content_id = o.content_id AND act.network = o.network AND act.kind = o.act
			AND (o.act_id IS NULL OR act.id = o.act_id)), '') AS grade,
		k.address AS sealed, k.hash
		FROM (SELECT o.* `+forDesk+` AND (o.due_at, o.id) > (@due::timestamptz, @after::int8) ORDER BY o.due_at, o.id LIMIT @limit) AS o
		JOIN content AS c ON c.id = o.content_id JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
		JOIN agency AS unit ON unit.id = o.unit_id JOIN app_user AS u ON u.id = o.user_id
		LEFT JOIN claim AS k ON k.user_id = o.user_id AND k.id = o.claim_id ORDER BY o.due_at, o.id`, args)
	if err != nil {
		return page.Page[Asked]{}, err
	}
	list := make([]Asked, len(rows))
	for i, row := range rows {
		if list[i], err = s.asked(row); err != nil {
			return page.Page[Asked]{}, err
		}
	}
	return page.Of(ask, list, func(a Asked) []string { return dueKey(a.DueAt, a.ID) }), nil
}

func (s *Service) asked(row askedRow) (Asked, error) {
	on, _ := network.Numbered(row.On) // rows hold only numbers of the table
	row.Network, row.Late = on.Key, row.DueAt.Before(s.db.Now())
	if row.Contact || row.Sealed != nil {
		row.Shown = row.UserID
	}
	if row.Sealed == nil {
		return row.Asked, nil
	}
	address, err := s.open(claim{UserID: row.UserID, Sealed: row.Sealed, Hash: row.Hash})
	row.Address = address
	return row.Asked, err
}

// lockForDesk holds an objection that the actor may answer.
func lockForDesk(ctx context.Context, tx *db.Tx, actor org.Actor, objection int64) (askedRow, error) {
	args := reviewer(actor)
	args["id"] = objection
	row, err := db.Get[askedRow](ctx, tx, `SELECT o.id, o.user_id, o.content_id, o.network AS "on", o.act, o.about, o.state, o.at, o.desk_id, o.round, coalesce(o.act_id, 0) AS act_id `+forDesk+` AND o.id = @id FOR UPDATE OF o`, args)
	if errors.Is(err, db.ErrNoRow) {
		err = notFound("Keberatan")
	}
	return row, err
}

// Take tells the person that somebody looks at it. Twice is once.
func (s *Service) Take(ctx context.Context, actor org.Actor, objection int64) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockForDesk(ctx, tx, actor, objection)
		if err != nil || row.State == "examined" {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE objection SET state = 'examined', taken_by = $3 WHERE user_id = $1 AND id = $2`, row.UserID, row.ID, actor.User)
		if err == nil {
			err = audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.DeskID, Action: "objection.take", Subject: fmt.Sprintf("objection/%d", row.ID)})
		}
		return err
	})
}

// Reply is what a desk answers.
type Reply struct {
	Grant bool   `json:"grant"`
	Words string `json:"words" maxLength:"1000" doc:"For the person; needed to reject"`
}

// Answer ends a round. Granting what was missing or too low enters reviewed evidence, which carries C and never more;
// granting "not me" takes a share away that nothing but the person's device reported.
func (s *Service) Answer(ctx context.Context, actor org.Actor, objection int64, r Reply) error {
	r.Words = strings.TrimSpace(r.Words)
	var f errs.Faults
	f.Length("words", "Jawaban", r.Words, mostWords)
	if !r.Grant && r.Words == "" {
		f.Add("words", "Tulis alasan penolakan, agar orang itu tahu apa yang dapat dilakukan.")
	}
	if err := f.Err(); err != nil {
		return err
	}
	state := "rejected"
	if r.Grant {
		state = "granted"
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockForDesk(ctx, tx, actor, objection)
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE objection SET state = $3, answer = $4, answered_by = $5, answered_at = $6, taken_by = coalesce(taken_by, $5) WHERE user_id = $1 AND id = $2`,
			row.UserID, row.ID, state, r.Words, actor.User, tx.Now)
		entered := false
		if err == nil && r.Grant {
			entered, err = grant(ctx, tx, row)
		}
		if err == nil {
			err = audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.DeskID, Action: "objection.answer", Subject: fmt.Sprintf("objection/%d", row.ID),
				Detail: map[string]any{"granted": r.Grant, "round": row.Round, "about": row.About, "changed": entered}})
		}
		if err != nil {
			return err
		}
		return s.queue.EnqueueTx(ctx, tx, NewsJob{What: "objection_" + state, Key: fmt.Sprintf("objection/%d/%d", row.ID, row.Round), To: row.UserID, ContentID: row.ContentID, At: tx.Now})
	})
}

// grant does what was asked for to the act that it was asked for, and tells whether that changed. Where there was none
// it is recorded; one that was taken back meanwhile stays gone, and what stands in its place is another.
func grant(ctx context.Context, tx *db.Tx, row askedRow) (bool, error) {
	switch row.About {
	case "not_recorded", "wrong_value":
		proven := share.Proven{User: row.UserID, Content: row.ContentID, Network: row.On, Act: row.Act, Kind: share.ObjectionGranted, ID: row.ActID}
		switch {
		case row.ActID == 0 && row.About == "wrong_value":
			return false, nil
		case row.ActID == 0:
			proven.Record = row.At
		}
		return share.ProveTx(ctx, tx, proven)
	case "not_me":
		if row.Act == share.ShareKind {
			return share.DropTx(ctx, tx, row.UserID, row.ContentID, row.On, row.ActID)
		}
	}
	return false, nil // words are the answer
}

// Waits is how much waits for the actor's desk.
type Waits struct {
	Shots      int `json:"shots"`
	Objections int `json:"objections"`
	Late       int `json:"late" doc:"Of both, past their time"`
}

// Count tells how much waits.
func (s *Service) Count(ctx context.Context, actor org.Actor) (Waits, error) {
	args := reviewer(actor)
	args["now"] = s.db.Now()
	return db.Get[Waits](ctx, s.db, `WITH shot AS (SELECT count(*) AS n, count(*) FILTER (WHERE s.due_at < @now::timestamptz) AS late `+mayReview+`),
		plea AS (SELECT count(*) AS n, count(*) FILTER (WHERE o.due_at < @now::timestamptz) AS late `+forDesk+`)
		SELECT shot.n AS shots, plea.n AS objections, shot.late + plea.late AS late FROM shot, plea`, args)
}
