package integrity

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Mine lists the actor's own cases, the newest first.
func (s *Service) Mine(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[CountCase], error) {
	before, err := page.Before[int64](ask)
	if err != nil {
		return page.Page[CountCase]{}, err
	}
	rows, err := db.All[caseRow](ctx, s.db, `SELECT `+caseColumns+` FROM integrity_case AS c WHERE c.user_id = $1 AND c.people + c.held > 0 AND ($2 = 0 OR c.id < $2) ORDER BY c.id DESC LIMIT $3`,
		actor.User, before, ask.Size()+1)
	if err != nil {
		return page.Page[CountCase]{}, err
	}
	list := make([]CountCase, len(rows))
	for i, row := range rows {
		list[i] = s.told(row).CountCase
	}
	return page.Of(ask, list, func(c CountCase) []string { return []string{strconv.FormatInt(c.ID, 10)} }), nil
}

// answerTime is how long an objection may wait, in working time: three days of eight hours.
const answerTime = 3 * 8 * time.Hour

// Object says what is wrong with a case of the actor's own, once.
func (s *Service) Object(ctx context.Context, actor org.Actor, number int64, words string) error {
	words = strings.TrimSpace(words)
	var f errs.Faults
	f.Length("words", "Penjelasan", words, mostWords)
	if words == "" {
		f.Add("words", "Jelaskan mengapa hitungan itu menurut Anda benar.")
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[caseRow](ctx, tx, `SELECT `+caseColumns+` FROM integrity_case AS c WHERE c.user_id = $1 AND c.id = $2 FOR UPDATE`, actor.User, number)
		switch {
		case errors.Is(err, db.ErrNoRow):
			return notFound()
		case err != nil:
			return err
		case !row.mayObject():
			return errs.New(errs.Conflict, "Keberatan hanya dapat diajukan satu kali, dan tidak atas hitungan yang sudah dipulihkan.")
		}
		due, err := s.due(ctx, tx, row.Agency)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE integrity_case SET state = 'objected', words = $3, objected_at = $4, due_at = $5 WHERE user_id = $1 AND id = $2`,
			actor.User, number, words, tx.Now, due); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.Agency, Action: "integrity.object", Subject: fmt.Sprintf("integrity_case/%d", number)})
	})
}

// due is when the officers of a node have to have answered what comes now.
func (s *Service) due(ctx context.Context, tx *db.Tx, desk id.Agency) (time.Time, error) {
	at, err := db.Get[struct {
		Zone string
		Path db.IDs[id.Agency]
	}](ctx, tx, `SELECT zone, path::text AS path FROM agency WHERE id = $1`, desk)
	if err != nil {
		return time.Time{}, err
	}
	workdays, err := s.days(ctx, tx, at.Path)
	return period.AfterWork(tx.Now, answerTime, period.MustZone(at.Zone), workdays), err
}

// EraseTx forgets what a person wrote; that and why reach was taken stays, as it is part of the sums.
func (s *Service) EraseTx(ctx context.Context, tx *db.Tx, person id.User) error {
	_, err := db.Exec(ctx, tx, `UPDATE integrity_case SET words = '' WHERE user_id = $1`, person)
	return err
}
