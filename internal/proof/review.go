package proof

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
)

// Waiting is a picture as a reviewer sees it: without a name, and without the unit.
type Waiting struct {
	ID        int64      `json:"id"`
	ContentID id.Content `json:"content_id"`
	Title     string     `json:"title"`
	Network   string     `json:"network" gorm:"-"`
	UnitBand  string     `json:"unit_band" gorm:"-" doc:"How large the person's unit is"`
	Look      string     `json:"look" enum:"waiting,second,third" doc:"Which reviewer's turn it is"`
	At        time.Time  `json:"at"`
	DueAt     time.Time  `json:"due_at"`
	Late      bool       `json:"late"`
}

type waitingRow struct {
	Waiting
	On     network.Number
	People int64
}

// mayReview is which pictures a reviewer may look at: of contents of their subtree, of acts that were not taken back,
// not their own, not of their own unit, and each once. Whoever holds the role on a node above sees them too: no desk is stuck that has one above it.
const mayReview = `FROM screenshot AS s JOIN content AS c ON c.id = s.content_id JOIN agency AS a ON a.id = c.agency_id
	WHERE s.state IN ('waiting', 'second', 'third') AND a.path && @roots::int4[] AND s.user_id <> @me AND s.unit_id <> @unit
	AND EXISTS ` + itsAct + ` AND NOT EXISTS (SELECT FROM screenshot_review AS r WHERE r.user_id = s.user_id AND r.screenshot_id = s.id AND r.reviewer_id = @me)`

func reviewer(actor org.Actor) db.Args {
	return db.Args{"roots": actor.Roots(Desk()...), "me": int64(actor.User), "unit": int64(actor.Unit)}
}

// Shots lists the pictures that wait for the actor, those that are due first.
func (s *Service) Shots(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[Waiting], error) {
	args := reviewer(actor)
	if err := dueCursor(ask, args); err != nil {
		return page.Page[Waiting]{}, err
	}
	now := s.db.Now()
	args["limit"] = ask.Size() + 1
	rows, err := db.All[waitingRow](ctx, s.db, `SELECT s.id, s.content_id, v.title, s.state AS look, s.at, s.due_at, s.network AS "on",
		coalesce((SELECT e.people FROM eligible_day AS e WHERE e.node_id = s.unit_id ORDER BY e.day DESC LIMIT 1), 0) AS people
		FROM (SELECT s.* `+mayReview+` AND (s.due_at, s.id) > (@due::timestamptz, @after::int8) ORDER BY s.due_at, s.id LIMIT @limit) AS s
		JOIN content AS c ON c.id = s.content_id JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
		ORDER BY s.due_at, s.id`, args)
	list := make([]Waiting, len(rows))
	for i, row := range rows {
		on, _ := network.Numbered(row.On) // rows hold only numbers of the table
		row.Network, row.UnitBand, row.Late = on.Key, org.Band(row.People), row.DueAt.Before(now)
		list[i] = row.Waiting
	}
	return page.Of(ask, list, func(w Waiting) []string { return dueKey(w.DueAt, w.ID) }), err
}

func dueKey(due time.Time, id int64) []string {
	return []string{strconv.FormatInt(due.UnixMicro(), 10), strconv.FormatInt(id, 10)}
}

// dueCursor reads where a list by due time goes on.
func dueCursor(ask page.Ask, args db.Args) error {
	args["due"], args["after"] = time.Time{}, int64(0)
	key, more, err := ask.Key(2)
	if err != nil || !more {
		return err
	}
	micros, err := strconv.ParseInt(key[0], 10, 64)
	after, ok := id.Parse[int64](key[1])
	if err != nil || !ok {
		return errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
	}
	args["due"], args["after"] = time.UnixMicro(micros).UTC(), after
	return nil
}

// ShotPicture gives the picture to a reviewer who may look at it, and whose it is, so that they can be told.
func (s *Service) ShotPicture(ctx context.Context, actor org.Actor, shot int64) ([]byte, id.User, error) {
	args := reviewer(actor)
	args["id"] = shot
	row, err := db.Get[struct {
		UserID id.User
		File   string
		Sum    []byte
	}](ctx, s.db, `SELECT s.user_id, s.file, s.sum `+mayReview+` AND s.id = @id`, args)
	if errors.Is(err, db.ErrNoRow) {
		return nil, 0, notFound("Gambar")
	}
	if err != nil {
		return nil, 0, err
	}
	text, err := s.read(ctx, row.File, row.Sum)
	return text, row.UserID, err
}

// Verdict is what a reviewer says of a picture.
type Verdict struct {
	Accept bool   `json:"accept"`
	Reason string `json:"reason,omitempty" enum:",other_content,other_network,not_posted,unreadable,names_shown,edited,other" doc:"Of a rejection"`
	Words  string `json:"words,omitempty" doc:"For the person; needed with the reason other"`
}

// Reasons are why a picture may be rejected.
func Reasons() []string {
	return []string{"other_content", "other_network", "not_posted", "unreadable", "names_shown", "edited", "other"}
}

const mostWords = 1000

func (v Verdict) check() error {
	var f errs.Faults
	f.Length("words", "Penjelasan", v.Words, mostWords)
	if !v.Accept && !slices.Contains(Reasons(), v.Reason) {
		f.Add("reason", "Pilih alasan penolakan.")
	}
	if !v.Accept && v.Reason == "other" && strings.TrimSpace(v.Words) == "" {
		f.Add("words", "Tulis alasannya dengan kata Anda sendiri.")
	}
	return f.Err()
}

// Decide enters what a reviewer says. One in ten goes to a second one, and where those two differ a third decides.
func (s *Service) Decide(ctx context.Context, actor org.Actor, shot int64, v Verdict) error {
	v.Words = strings.TrimSpace(v.Words)
	if err := v.check(); err != nil {
		return err
	}
	if v.Accept {
		v.Reason = ""
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		args := reviewer(actor)
		args["id"] = shot
		row, err := db.Get[reviewed](ctx, tx, `SELECT s.user_id, s.id, s.content_id, s.network AS "on", s.state, s.sampled, s.unit_id, s.act_id, c.agency_id `+mayReview+` AND s.id = @id FOR UPDATE OF s`, args)
		if errors.Is(err, db.ErrNoRow) {
			return missed(ctx, tx, args)
		}
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `INSERT INTO screenshot_review (user_id, screenshot_id, reviewer_id, accepted, reason, words, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			row.UserID, row.ID, actor.User, v.Accept, v.Reason, v.Words, tx.Now)
		if err != nil {
			return err
		}
		next, final, err := row.next(ctx, tx, actor.User, v)
		if err != nil {
			return err
		}
		if err := s.move(ctx, tx, row, next, final); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.AgencyID, Action: "proof.review", Subject: fmt.Sprintf("screenshot/%d", row.ID),
			Detail: map[string]any{"accepted": v.Accept, "reason": v.Reason, "state": next}})
	})
	if db.Broken(err, "screenshot_review_user_id_pkey") {
		err = judged() // by the same reviewer in another tab
	}
	return err
}

func judged() error {
	return errs.New(errs.Conflict, "Anda sudah menilai tangkapan layar ini. Muat ulang daftar untuk melihat yang masih menunggu.")
}

func takenBack() error {
	return errs.New(errs.Conflict, "Pembagian itu sudah dibatalkan pemiliknya, jadi gambarnya tidak perlu diperiksa lagi. Penilaian Anda tidak disimpan. Muat ulang daftar.")
}

// missed tells a reviewer why a picture that was theirs to look at is none any more.
func missed(ctx context.Context, tx *db.Tx, args db.Args) error {
	row, err := db.Get[struct{ Mine, There bool }](ctx, tx, `SELECT EXISTS (SELECT FROM screenshot_review AS r WHERE r.user_id = s.user_id AND r.screenshot_id = s.id AND r.reviewer_id = @me) AS mine,
		EXISTS `+itsAct+` AS there
		FROM screenshot AS s JOIN content AS c ON c.id = s.content_id JOIN agency AS a ON a.id = c.agency_id
		WHERE s.id = @id AND a.path && @roots::int4[] AND s.user_id <> @me AND s.unit_id <> @unit`, args)
	switch {
	case errors.Is(err, db.ErrNoRow):
		return notFound("Tangkapan layar")
	case err != nil:
		return err
	case row.Mine:
		return judged()
	case !row.There:
		return takenBack()
	}
	return errs.New(errs.Conflict, "Peninjau lain baru saja memutuskan tangkapan layar ini. Penilaian Anda tidak disimpan. Muat ulang daftar.")
}

// reviewed is a picture that is being decided on.
type reviewed struct {
	UserID    id.User
	ID        int64
	ContentID id.Content
	On        network.Number
	State     string
	Sampled   bool
	UnitID    id.Agency // of the person
	AgencyID  id.Agency
	ActID     id.Act
}

// next is what a verdict makes of it, and which verdict holds. Where nobody is left in the desks up to the root who might
// look too, it is not left waiting: a first verdict holds, and of two that differ the one that takes nothing for proven.
func (r reviewed) next(ctx context.Context, tx *db.Tx, by id.User, v Verdict) (string, Verdict, error) {
	if r.State == "third" || r.State == "waiting" && !r.Sampled {
		return ended(v), v, nil
	}
	look, other := "second", v
	if r.State == "second" {
		first, err := db.Get[struct {
			Accepted      bool
			Reason, Words string
		}](ctx, tx, `SELECT accepted, reason, words FROM screenshot_review WHERE user_id = $1 AND screenshot_id = $2 AND reviewer_id <> $3`, r.UserID, r.ID, by)
		if err != nil || first.Accepted == v.Accept {
			return ended(v), v, err
		}
		look = "third"
		if v.Accept {
			other = Verdict{Reason: first.Reason, Words: first.Words}
		}
	}
	left, err := someoneLeft(ctx, tx, r)
	if err != nil || left {
		return look, v, err
	}
	return ended(other), other, nil
}

func ended(v Verdict) string {
	if v.Accept {
		return "accepted"
	}
	return "rejected"
}

// move brings a picture to its next state, and where that is the end lifts the act and tells the person.
func (s *Service) move(ctx context.Context, tx *db.Tx, row reviewed, next string, v Verdict) error {
	if next == "second" || next == "third" {
		_, err := db.Exec(ctx, tx, `UPDATE screenshot SET state = $3 WHERE user_id = $1 AND id = $2`, row.UserID, row.ID, next)
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE screenshot SET state = $3, reason = $4, words = $5, decided_at = $6 WHERE user_id = $1 AND id = $2`,
		row.UserID, row.ID, next, v.Reason, v.Words, tx.Now)
	if err == nil && v.Accept {
		there := false
		there, err = share.ProveTx(ctx, tx, share.Proven{User: row.UserID, Content: row.ContentID, Network: row.On, Act: share.ShareKind, Kind: share.ScreenshotReviewed, ID: row.ActID})
		if err == nil && !there {
			err = takenBack() // a moment ago
		}
	}
	if err != nil {
		return err
	}
	return s.queue.EnqueueTx(ctx, tx, NewsJob{What: "proof_" + next, Key: fmt.Sprintf("screenshot/%d", row.ID), To: row.UserID, ContentID: row.ContentID, At: tx.Now})
}
