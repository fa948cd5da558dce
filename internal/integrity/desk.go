package integrity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// CountCase is what the check found of a person's links on a visitor day.
type CountCase struct {
	ID         int64      `json:"id"`
	Day        period.Day `json:"day" doc:"The visitor day, from two in the morning in western time"`
	Reason     string     `json:"reason" gorm:"-" enum:"own_place,own_agent,office,ring,farm,sweep,bare,rotation,regular,rush,one_block,scattered"`
	People     int        `json:"people" doc:"Taken out of what counts; after a restoring: what had been"`
	Held       int        `json:"held" doc:"Taken out before they had counted"`
	State      string     `json:"state" enum:"open,objected,kept,restored"`
	At         time.Time  `json:"at"`
	Words      string     `json:"words" doc:"The person's objection"`
	ObjectedAt *time.Time `json:"objected_at,omitempty"`
	DueAt      *time.Time `json:"due_at,omitempty" doc:"When an answer to the objection is due"`
	Late       bool       `json:"late" gorm:"-"`
	Answer     string     `json:"answer"`
	DecidedAt  *time.Time `json:"decided_at,omitempty"`
	MayObject  bool       `json:"may_object" gorm:"-"`
}

// CountFacts are the numbers by which a case was found; 0: not of this kind.
type CountFacts struct {
	People   int `json:"people" doc:"Readers of that day"`
	Part     int `json:"part" doc:"How many of them the finding is about"`
	Place    int `json:"place" doc:"Readers of everybody at that address or network block"`
	Browsers int `json:"browsers" doc:"Different browsers among them"`
	Partners int `json:"partners" doc:"Sharers who opened each other's links"`
}

// DeskCountCase is a case as those who decide see it: the unit, and no name.
type DeskCountCase struct {
	CountCase
	Unit  string     `json:"unit"`
	Mine  bool       `json:"mine" doc:"This officer may decide it: it is not of their own unit, and the first decision was not theirs"`
	Facts CountFacts `json:"facts" gorm:"-"`
}

type caseRow struct {
	DeskCountCase
	Why    click.Reason
	Found  string
	UserID id.User
	Agency id.Agency
}

const caseColumns = `c.id, c.day, c.reason AS why, c.people, c.held, c.state, c.at, c.words, c.objected_at, c.due_at, c.answer, c.decided_at, c.user_id, c.agency_id AS agency`

const forDesk = `, unit.name AS unit, c.facts::text AS found, (c.user_id <> @me AND c.unit_id <> @unit AND c.decided_by IS DISTINCT FROM @me) AS mine
	FROM integrity_case AS c JOIN agency AS body ON body.id = c.agency_id JOIN agency AS unit ON unit.id = c.unit_id
	WHERE body.path && @roots::int4[] AND c.user_id <> @me AND c.people + c.held > 0`

func officer(actor org.Actor) db.Args {
	return db.Args{"roots": actor.Roots(Desk()...), "me": int64(actor.User), "unit": int64(actor.Unit)}
}

func (s *Service) told(row caseRow) DeskCountCase {
	row.Reason = row.Why.String()
	if row.Found != "" {
		if err := json.Unmarshal([]byte(row.Found), &row.DeskCountCase.Facts); err != nil {
			panic(err) // written by note alone
		}
	}
	row.Late = row.State == "objected" && row.DueAt != nil && row.DueAt.Before(s.db.Now())
	row.MayObject = row.mayObject()
	return row.DeskCountCase
}

func (c CountCase) mayObject() bool {
	return c.ObjectedAt == nil && (c.State == "open" || c.State == "kept")
}

// Filter is which cases a list shows.
type Filter string

// Cases lists those of the actor's subtree, the newest first; waiting: those that nobody has decided.
func (s *Service) Cases(ctx context.Context, actor org.Actor, which Filter, ask page.Ask) (page.Page[DeskCountCase], error) {
	before, err := page.Before[int64](ask)
	if err != nil {
		return page.Page[DeskCountCase]{}, err
	}
	args := officer(actor)
	args["before"], args["which"], args["limit"] = before, string(which), ask.Size()+1
	rows, err := db.All[caseRow](ctx, s.db, `SELECT `+caseColumns+forDesk+` AND (@before::int8 = 0 OR c.id < @before)
		AND (@which::text = 'all' OR c.state = @which OR @which = 'waiting' AND c.state IN ('open', 'objected')) ORDER BY c.id DESC LIMIT @limit`, args)
	if err != nil {
		return page.Page[DeskCountCase]{}, err
	}
	list := make([]DeskCountCase, len(rows))
	for i, row := range rows {
		list[i] = s.told(row)
	}
	return page.Of(ask, list, func(c DeskCountCase) []string { return []string{strconv.FormatInt(c.ID, 10)} }), nil
}

// Get reads one.
func (s *Service) Get(ctx context.Context, actor org.Actor, number int64) (DeskCountCase, error) {
	args := officer(actor)
	args["id"] = number
	row, err := db.Get[caseRow](ctx, s.db, `SELECT `+caseColumns+forDesk+` AND c.id = @id`, args)
	if errors.Is(err, db.ErrNoRow) {
		return DeskCountCase{}, notFound()
	}
	return s.told(row), err
}

func notFound() error { return errs.New(errs.NotFound, "Pemeriksaan tidak ditemukan.") }

// mostWords is the longest reason and objection.
const mostWords = 1000

// Keep leaves what was taken out as it is, with a reason for the person.
func (s *Service) Keep(ctx context.Context, actor org.Actor, number int64, answer string) error {
	return s.decide(ctx, actor, number, "kept", answer, func(*db.Tx, caseRow) (int, error) { return 0, nil })
}

// Restore counts again what was taken out, exactly as it had been: sums, ledger, rank and grades.
func (s *Service) Restore(ctx context.Context, actor org.Actor, number int64, answer string) error {
	return s.decide(ctx, actor, number, "restored", answer, func(tx *db.Tx, row caseRow) (int, error) {
		return s.clicks.GiveBackTx(ctx, tx, row.Day, row.UserID, row.Why)
	})
}

func (s *Service) decide(ctx context.Context, actor org.Actor, number int64, state, answer string, act func(*db.Tx, caseRow) (int, error)) error {
	answer = strings.TrimSpace(answer)
	var f errs.Faults
	f.Length("answer", "Alasan", answer, mostWords)
	if answer == "" {
		f.Add("answer", "Tulis alasannya, agar orang yang bersangkutan memahami keputusan ini.")
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		args := officer(actor)
		args["id"] = number
		row, err := db.Get[caseRow](ctx, tx, `SELECT `+caseColumns+forDesk+` AND c.id = @id FOR UPDATE OF c`, args)
		switch {
		case errors.Is(err, db.ErrNoRow):
			return notFound()
		case err != nil:
			return err
		case row.State == "kept" || row.State == "restored":
			return errs.New(errs.Conflict, "Pemeriksaan ini sudah diputuskan. Muat ulang untuk melihat keputusannya.")
		case !row.Mine:
			return errs.New(errs.Forbidden, "Pemeriksaan ini harus diputuskan petugas dari unit lain yang belum pernah memutuskannya.")
		}
		people, err := act(tx, row)
		if err != nil {
			return err
		}
		if _, err = db.Exec(ctx, tx, `UPDATE integrity_case SET state = $3, answer = $4, decided_by = $5, decided_at = $6 WHERE user_id = $1 AND id = $2`,
			row.UserID, row.ID, state, answer, actor.User, tx.Now); err != nil {
			return err
		}
		if err = audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.Agency, Action: "integrity." + state, Subject: fmt.Sprintf("integrity_case/%d", row.ID),
			Detail: map[string]any{"day": row.Day.String(), "reason": row.Why.String(), "people": people}}); err != nil {
			return err
		}
		return s.queue.EnqueueTx(ctx, tx, NewsJob{What: "reach_" + state, Key: fmt.Sprintf("reach/%d/%d", row.ID, tx.Now.Unix()), To: row.UserID, At: tx.Now})
	})
}
