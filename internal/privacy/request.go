package privacy

import (
	"context"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Ask is what a person may ask for.
type Ask string

// The requests, after the rights of UU 27/2022.
const (
	Correct  Ask = "correction"  // articles 6 and 30
	Copy     Ask = "copy"        // articles 7 and 32
	Inform   Ask = "information" // article 5
	Erase    Ask = "erase"       // articles 8 and 41–43: erase or limit
	Withdraw Ask = "withdraw"    // articles 9 and 40
)

// State is how far a request is.
type State string

// The states.
const (
	Received State = "received"
	Working  State = "working"
	Done     State = "done"
	Refused  State = "refused"
)

// NewsJob is how far a request is, for whoever tells people.
type NewsJob struct {
	To      id.User   `json:"to"`
	Request int64     `json:"request"`
	State   State     `json:"state"`
	At      time.Time `json:"at"`
}

// Kind names the job.
func (NewsJob) Kind() string { return "privacy_news" }

// Clock is how long an answer may take: by the clock, nights and holidays included.
const Clock = 3 * 24 * time.Hour

// DataRequest is what a person asked, as they see it.
type DataRequest struct {
	ID       int64      `json:"id"`
	Kind     Ask        `json:"kind" enum:"correction,copy,information,erase,withdraw"`
	Text     string     `json:"text"`
	State    State      `json:"state" enum:"received,working,done,refused"`
	At       time.Time  `json:"at"`
	DueAt    time.Time  `json:"due_at" doc:"Three times 24 hours after it was received"`
	Late     bool       `json:"late" doc:"It is open, or was closed, after that"`
	TakenAt  *time.Time `json:"taken_at,omitempty"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
	Answer   string     `json:"answer"`
	Article  string     `json:"article" doc:"The article of law on which it was refused"`
}

const requestColumns = `r.id, r.kind, r.text, r.state, r.at, r.due_at, coalesce(r.closed_at, @now) > r.due_at AS late, r.taken_at, r.closed_at, r.answer, r.article`

// Requests lists what the actor asked, newest first. They are few.
func (s *Service) Requests(ctx context.Context, actor org.Actor) ([]DataRequest, error) {
	return db.All[DataRequest](ctx, s.db, `SELECT `+requestColumns+` FROM data_request AS r WHERE r.user_id = @me ORDER BY r.id DESC LIMIT 200`,
		db.Args{"me": int64(actor.User), "now": s.db.Now()})
}

// SendRequest asks for something. One of a kind is open at a time. Who asks to be erased has proven their password.
func (s *Service) SendRequest(ctx context.Context, actor org.Actor, kind Ask, text string) (made DataRequest, err error) {
	text = strings.TrimSpace(text)
	var faults errs.Faults
	if text == "" {
		faults.Add("text", "Tulis apa yang Anda minta, supaya dapat dijawab dengan tepat.")
	}
	faults.Length("text", "Permintaan", text, 2000)
	if err := faults.Err(); err != nil {
		return made, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		made, err = db.Get[DataRequest](ctx, tx, `INSERT INTO data_request AS r (user_id, agency_id, kind, text, at, due_at) VALUES (@me, @agency, @kind, @text, @now, @due)
			RETURNING `+requestColumns, db.Args{"me": int64(actor.User), "agency": int64(actor.Agency), "kind": kind, "text": text, "now": tx.Now, "due": tx.Now.Add(Clock)})
		if db.Broken(err, "data_request_open_key") {
			return errs.New(errs.Conflict, "Permintaan sejenis masih diproses. Tunggu jawabannya, atau tambahkan keterangan setelah dijawab.")
		}
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "privacy.request", Subject: userSubject(actor.User), Detail: map[string]Ask{"kind": kind}})
	})
	return made, err
}

// Checklist is what nobody but a person can do for a request; the words are the client's.
func Checklist(kind Ask) []string {
	switch kind {
	case Correct:
		return []string{"roster"}
	case Erase:
		return []string{"roster", "backups"}
	}
	return []string{}
}

// carryOut does what the program can do for a request that is granted.
func carryOut(ctx context.Context, tx *db.Tx, s *Service, person id.User, kind Ask) error {
	switch kind {
	case Withdraw:
		for _, consent := range Kinds() {
			if err := setConsent(ctx, tx, []id.User{person}, consent, false); err != nil {
				return err
			}
		}
	case Erase:
		for _, forget := range append([]Forget{s.users.EraseTx, s.forgetTx}, s.also...) {
			if err := forget(ctx, tx, person); err != nil {
				return err
			}
		}
	}
	return nil
}

// erasedText stands where the words of a request were: that it was made, and answered, stays as proof.
const erasedText = "Dihapus bersama akunnya."

// forgetTx takes away copies of a person's data, and what they wrote in their requests.
func (s *Service) forgetTx(ctx context.Context, tx *db.Tx, person id.User) error {
	return db.ExecAll(ctx, tx, db.Args{"person": int64(person), "text": erasedText},
		`DELETE FROM data_export_part WHERE user_id = @person`,
		`DELETE FROM data_export WHERE user_id = @person`,
		`UPDATE data_request SET text = @text WHERE user_id = @person`)
}
