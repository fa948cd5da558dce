// Package trust owns election mode: for a region and its days, which words, names and accounts official
// content and shares leave out, so that ASN stay neutral (UU 20/2023, SKB of five heads 2/2022).
package trust

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/brand"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Phase is where an election mode stands.
type Phase string

// The phases, by the clock of the region.
const (
	Coming  Phase = "coming"
	Running Phase = "running"
	Over    Phase = "over"
)

// Writers set election modes up for regions of their subtree.
func Writers() []org.Role { return []org.Role{org.Admin} }

// Readers see the modes that touch their subtree.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Leader, org.Auditor, org.Admin}
}

// Plan is what an administrator fills in.
type Plan struct {
	Name  string      `json:"name" maxLength:"400" example:"Pilkada Kabupaten Bukit Selaras 2027"`
	From  period.Day  `json:"from" gorm:"column:from_day" doc:"First day, on the region's clock"`
	To    period.Day  `json:"to" gorm:"column:to_day" doc:"Last day"`
	Watch brand.Watch `json:"watch" gorm:"serializer:json"`
}

const (
	maxName   = 200
	maxDays   = 731
	maxWay    = 120 // characters of a name, a phrase or an account
	fewestWay = 2
	maxWays   = 20
	maxList   = 500
	maxWords  = 300
	maxReason = 1000
)

// Service reads and changes election modes.
type Service struct {
	db    *db.DB
	queue *job.Queue
}

// New makes the service.
func New(d *db.DB, queue *job.Queue) *Service { return &Service{d, queue} }

// TurnedJob says that a mode began, or that its lists changed while it holds: what is under way and what is
// live must be looked at again. It is enqueued in the transaction that saved the mode.
type TurnedJob struct {
	ElectionID id.Election `json:"election_id"`
	Version    int         `json:"version"`
}

// Kind names the job.
func (TurnedJob) Kind() string { return "trust_election_turned" }

// row is a mode that is held for a change.
type row struct {
	ID       id.Election
	NodeID   id.Agency
	Zone     string
	Version  int
	FromDay  period.Day
	BeginsAt time.Time
	EndsAt   time.Time
	EndedAt  *time.Time
	Path     db.IDs[id.Agency]
}

func (r row) subject() string { return fmt.Sprintf("election/%d", r.ID) }

func notFound() error { return errs.New(errs.NotFound, "Mode pemilu tidak ditemukan.") }

// lock takes the mode that the actor wants to change.
func lock(ctx context.Context, tx *db.Tx, actor org.Actor, election id.Election, seen int) (row, error) {
	if _, err := db.Exec(ctx, tx, `SELECT FROM election WHERE id = $1 FOR UPDATE`, election); err != nil {
		return row{}, err
	}
	found, err := db.Get[row](ctx, tx, `SELECT e.id, e.node_id, a.zone, e.version, e.from_day, e.begins_at, e.ends_at, e.ended_at, a.path::text AS path
		FROM election AS e JOIN agency AS a ON a.id = e.node_id WHERE e.id = @id AND `+visible, scope(actor, db.Args{"id": int64(election)}))
	switch {
	case errors.Is(err, db.ErrNoRow):
		return found, notFound()
	case err != nil:
		return found, err
	case !actor.Holds(found.Path, Writers()...):
		return found, errs.New(errs.Forbidden, "Hanya administrator wilayah ini yang dapat mengatur mode pemilunya.")
	case found.Version != seen:
		return found, errs.New(errs.Conflict, "Mode pemilu ini sudah diubah (kini versi %d, Anda membuka versi %d). Salin perubahan Anda, muat ulang, lalu simpan lagi.", found.Version, seen)
	case found.EndedAt != nil || !found.EndsAt.After(tx.Now):
		return found, errs.New(errs.Conflict, "Mode pemilu ini sudah berakhir dan tidak dapat diubah lagi. Buat yang baru.")
	}
	return found, nil
}

// tidied trims what a person typed and leaves empty lines out.
func (p Plan) tidied() Plan {
	p.Name = tidy(p.Name)
	w := brand.Watch{Words: []brand.WatchedWord{}, Names: []brand.WatchedName{}, Accounts: []brand.WatchedAccount{}}
	for _, word := range p.Watch.Words {
		if word.Phrase = tidy(word.Phrase); word.Phrase != "" {
			w.Words = append(w.Words, word)
		}
	}
	for _, name := range p.Watch.Names {
		name.Name, name.Aliases, name.Doubtful = tidy(name.Name), tidyAll(name.Aliases), tidyAll(name.Doubtful)
		if name.Name != "" || len(name.Aliases)+len(name.Doubtful) > 0 {
			w.Names = append(w.Names, name)
		}
	}
	for _, account := range p.Watch.Accounts {
		account.Handle, account.Whose = strings.TrimPrefix(tidy(account.Handle), "@"), tidy(account.Whose)
		if account.Handle != "" {
			w.Accounts = append(w.Accounts, account)
		}
	}
	p.Watch = w
	return p
}

func tidy(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")), " ")
}

func tidyAll(texts []string) []string {
	kept := []string{}
	for _, text := range texts {
		if text = tidy(text); text != "" && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}

// check names every fault of a plan.
func (p Plan) check() error {
	var f errs.Faults
	if p.Name == "" {
		f.Add("name", "Nama pemilihan wajib diisi.")
	}
	f.Length("name", "Nama", p.Name, maxName)
	switch {
	case p.To < p.From:
		f.Add("to", "Hari terakhir tidak boleh mendahului hari pertama.")
	case p.To-p.From >= maxDays:
		f.Add("to", "Mode pemilu paling lama %d hari.", maxDays)
	}
	checkWatch(&f, p.Watch)
	return f.Err()
}

func checkWatch(f *errs.Faults, w brand.Watch) {
	if len(w.Words) > maxWords {
		f.Add("words", "Paling banyak %d kata.", maxWords)
	}
	if len(w.Names) > maxList || len(w.Accounts) > maxList {
		f.Add("names", "Paling banyak %d nama dan %d akun.", maxList, maxList)
	}
	way := func(field, text string) {
		if n := len([]rune(text)); n < fewestWay || n > maxWay {
			f.Add(field, "“%.40s”: tiap isian %d–%d karakter.", text, fewestWay, maxWay)
		}
	}
	for _, word := range w.Words {
		way("words", word.Phrase)
	}
	for _, name := range w.Names {
		if len(name.Aliases)+len(name.Doubtful) > maxWays {
			f.Add("names", "“%.40s”: paling banyak %d sebutan lain.", name.Name, maxWays)
		}
		for _, text := range append(append([]string{name.Name}, name.Aliases...), name.Doubtful...) {
			way("names", text)
		}
	}
	for _, account := range w.Accounts {
		way("accounts", account.Handle)
		if strings.ContainsAny(account.Handle, " /") {
			f.Add("accounts", "Akun “%.40s” ditulis tanpa spasi dan tanpa alamat, misalnya calon.satu.", account.Handle)
		}
	}
}

func record(ctx context.Context, tx *db.Tx, actor org.Actor, r row, action string, detail map[string]any) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: r.NodeID, Action: "election." + action, Subject: r.subject(), Detail: detail})
}
