package notice

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

const recalledKind = "recalled"

// mailKinds are the kinds that go by e-mail as well: about one's work, what one shared, what one asked about one's data, and one's number in
// a raffle.
func mailKinds() []string {
	return []string{"turn", "reminder", "escalation", "approved", "returned", "rejected", "held", "released", "recheck", "neutrality", recalledKind, requestKind, raffleKind}
}

// MailWish is what a person wants by e-mail. It is theirs alone.
type MailWish struct {
	Sends   bool       `json:"sends" doc:"Gaung can send e-mail at all"`
	Refused bool       `json:"refused" doc:"The mail server refused the person's address; it is tried again after a week"`
	Kinds   []MailKind `json:"kinds" nullable:"false"`
}

// MailKind is whether notices of a kind go by e-mail.
type MailKind struct {
	Kind string `json:"kind" enum:"turn,reminder,escalation,approved,returned,rejected,held,released,recheck,neutrality,recalled,data_request,raffle"`
	On   bool   `json:"on"`
}

// MailWish reads the actor's own.
func (s *Service) MailWish(ctx context.Context, actor org.Actor) (MailWish, error) {
	wish := MailWish{Sends: s.out.mailer != nil}
	off, err := s.mailOff(ctx, actor.User)
	if err != nil {
		return wish, err
	}
	for _, kind := range mailKinds() {
		wish.Kinds = append(wish.Kinds, MailKind{kind, !slices.Contains(off, kind)})
	}
	refused, err := db.Get[struct{ N int }](ctx, s.db, `SELECT count(*) AS n FROM mail_refused AS r JOIN app_user AS u ON u.id = r.user_id
		WHERE r.user_id = $1 AND r.until > $2 AND r.address = sha256(convert_to(lower(u.email), 'UTF8'))`, actor.User, s.db.Now())
	wish.Refused = refused.N > 0
	return wish, err
}

func (s *Service) mailOff(ctx context.Context, person id.User) (kinds []string, err error) {
	off, err := db.All[struct{ Kind string }](ctx, s.db, `SELECT kind FROM mail_off WHERE user_id = $1`, person)
	for _, one := range off {
		kinds = append(kinds, one.Kind)
	}
	return kinds, err
}

// SetMailWish switches one kind on or off. What waits in the outbox is left out at once.
func (s *Service) SetMailWish(ctx context.Context, actor org.Actor, kind MailKind) (MailWish, error) {
	if !slices.Contains(mailKinds(), kind.Kind) {
		return MailWish{}, errs.InvalidField("kind", "Jenis notifikasi ini tidak dikenal. Muat ulang halaman.")
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
		if kind.On {
			_, err = db.Exec(ctx, tx, `DELETE FROM mail_off WHERE user_id = $1 AND kind = $2`, actor.User, kind.Kind)
			return err
		}
		return offTx(ctx, tx, actor.User, []string{kind.Kind})
	})
	if err != nil {
		return MailWish{}, err
	}
	return s.MailWish(ctx, actor)
}

func offTx(ctx context.Context, tx *db.Tx, person id.User, kinds []string) error {
	if slices.Contains(kinds, digestKind) { // no summary, and nothing louder instead
		_, err := db.Exec(ctx, tx, `UPDATE notice_wish SET pace = 'none', next_at = NULL WHERE user_id = $1 AND pace IN ('daily', 'weekly')`, person)
		return err
	}
	_, err := db.Exec(ctx, tx, `INSERT INTO mail_off (user_id, kind, at) SELECT $1, kind, $3 FROM unnest($2::text[]) AS kind ORDER BY kind ON CONFLICT DO NOTHING`,
		person, kinds, tx.Now)
	return err
}

// Where a letter is stopped, and what its links are sealed for.
const (
	stopPath  = "/berhenti/"
	stopPlace = "mail/stop"
)

// stopLink is the address that stops the kinds of a letter, for whoever holds the letter.
func (s *Service) stopLink(person id.User, items []told) string {
	parts := []string{strconv.FormatInt(int64(person), 10)}
	for _, one := range items {
		if !slices.Contains(parts, one.Kind) {
			parts = append(parts, one.Kind)
		}
	}
	return s.out.writer.site + stopPath + s.out.links.Token([]byte(strings.Join(parts, " ")), stopPlace)
}

// stopped reads a link of ours; any other is not found.
func (s *Service) stopped(token string) (person id.User, kinds []string, err error) {
	unknown := errs.New(errs.NotFound, "Tautan ini tidak berlaku. Atur surel Anda di halaman Notifikasi.")
	if s.out.links == nil {
		return 0, nil, unknown
	}
	opened, err := s.out.links.OpenToken(token, stopPlace)
	if err != nil {
		return 0, nil, unknown
	}
	parts := strings.Fields(string(opened))
	number, err := strconv.ParseInt(parts[0], 10, 32)
	return id.User(number), parts[1:], err
}

// Stopping is what the link of a letter stops, and how far that is.
type Stopping struct {
	Kinds []string
	Done  bool   // all of them are off
	Lang  string // of the person: "id" or "en"
}

// StopAsked tells what a link of a letter would stop. It changes nothing.
func (s *Service) StopAsked(ctx context.Context, token string) (Stopping, error) {
	person, kinds, err := s.stopped(token)
	if err != nil {
		return Stopping{}, err
	}
	known, err := db.Get[struct {
		Off  int
		Lang string
	}](ctx, s.db, `SELECT (SELECT count(*) FROM mail_off WHERE user_id = $1 AND kind = ANY ($2::text[]))
			+ (SELECT count(*) FROM unnest($2::text[]) AS k WHERE k = 'digest' AND NOT EXISTS (SELECT FROM notice_wish WHERE user_id = $1 AND pace IN ('daily', 'weekly'))) AS off,
		coalesce((SELECT lang FROM app_user WHERE id = $1), 'id') AS lang`, person, kinds)
	return Stopping{Kinds: kinds, Done: known.Off == len(kinds), Lang: known.Lang}, err
}

// Stop switches the kinds of a letter off for whom it went to. Twice is once.
func (s *Service) Stop(ctx context.Context, token string) (Stopping, error) {
	person, kinds, err := s.stopped(token)
	if err != nil {
		return Stopping{}, err
	}
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return offTx(ctx, tx, person, kinds) }); err != nil {
		return Stopping{}, err
	}
	return s.StopAsked(ctx, token)
}
