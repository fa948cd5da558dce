package notice

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/mail"
	"gaung/internal/seal"
)

// Mailer hands letters over. Its errors are those of package mail.
type Mailer interface {
	Send(ctx context.Context, letter mail.Letter) error
	Rest() // after the last of a round
}

// outbox is what sends letters, and what makes links by which they are stopped.
type outbox struct {
	mailer Mailer // nil: nothing is sent
	writer *writer
	links  *seal.Box
	log    *slog.Logger
}

// MailBy lets what people are told go out by e-mail as well. Without a mailer only the links of earlier
// letters work.
func (s *Service) MailBy(mailer Mailer, ring *seal.Ring, site string, log *slog.Logger) (*Service, error) {
	written, err := newWriter(ring, site)
	s.out = outbox{mailer: mailer, writer: written, links: seal.NewBox(ring, "mail-stop"), log: log}
	return s, err
}

// MailJob sends the letters that are due.
type MailJob struct{}

// Kind names the job.
func (MailJob) Kind() string { return "notice_mail" }

// Patience is how long one round may take.
func (MailJob) Patience() time.Duration { return 5 * time.Minute }

const (
	mailEvery    = time.Minute
	gathered     = 5 * time.Minute  // what happens meanwhile is in the same letter
	mostInLetter = 20               // notices
	onItsWay     = 10 * time.Minute // after that, nobody is sending it any more
	mostUnsure   = 2                // so that nobody sees a letter more than twice
	stale        = 3 * 24 * time.Hour
	refusedFor   = 7 * 24 * time.Hour
	firstPause   = time.Minute // after a letter was put off; each further one is twice as long
	longestPause = time.Hour
	usualZone    = "Asia/Jakarta" // of somebody who works nowhere
)

// mailed puts what was just told into the outbox, except for those who do not want it, and for what does
// not go by e-mail. It stands behind WITH told AS (INSERT INTO notice … RETURNING user_id, id, kind, urgent).
const mailed = ` INSERT INTO mail_due (user_id, notice_id, urgent, told_at, due_at)
	SELECT t.user_id, t.id, t.kind IN ('recalled', 'neutrality'), @now, @now::timestamptz + CASE WHEN t.kind IN ('recalled', 'neutrality') THEN interval '0' ELSE @gathered::interval END
	FROM told AS t WHERE t.kind = ANY (@mailed::text[]) AND NOT EXISTS (SELECT FROM mail_off AS o WHERE o.user_id = t.user_id AND o.kind = t.kind)`

// tellTx tells people, by a statement that inserts notices, and by e-mail and on their devices as well where
// that is wanted.
func (s *Service) tellTx(ctx context.Context, tx *db.Tx, insert string, args db.Args) error {
	args["now"], args["gathered"], args["mailed"], args["pushed"] = tx.Now, gathered.String(), []string{}, s.pushKinds()
	if s.out.mailer != nil {
		args["mailed"] = mailKinds()
	}
	_, err := db.Exec(ctx, tx, `WITH told AS (`+insert+` RETURNING user_id, id, kind, urgent), `+pushedSQL+mailed, args)
	return err
}

// Mail sends the letters that are due, until the server cannot be used or time is over.
func (s *Service) Mail(ctx context.Context) error {
	if s.out.mailer == nil {
		return nil
	}
	defer s.out.mailer.Rest()
	for !short(ctx) {
		due, err := s.take(ctx)
		if errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(due.items) == 0 {
			continue // it was put off or dropped
		}
		if goesOn, err := s.deliver(ctx, due); err != nil || !goesOn {
			return err
		}
	}
	return nil
}

// due is a letter that this process has claimed.
type due struct {
	UserID   id.User
	NoticeID int64
	Urgent   bool
	Letter   *int64
	ToldAt   time.Time
	Tries    int
	Unsure   int
	Zone     string
	Opens    *time.Time // when letters may go again; nil: now
	Gone     bool       // the person is not active any more, or their address is refused
	items    []told
}

// take claims the letter that has been due for longest. Without items there is nothing to send of it.
func (s *Service) take(ctx context.Context) (one due, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		one, err = db.Get[due](ctx, tx, `SELECT d.user_id, d.notice_id, d.urgent, d.letter, d.told_at, d.tries, d.unsure, coalesce(z.zone, $2) AS zone,
				notice_opens(coalesce(z.path, '{}'), coalesce(z.zone, $2), $1, CASE WHEN t.kind = 'klarifikasi' THEN 'urgent' ELSE 'work' END) AS opens, NOT u.active OR r.user_id IS NOT NULL AS gone
			FROM mail_due AS d JOIN app_user AS u ON u.id = d.user_id JOIN notice AS n ON n.user_id = d.user_id AND n.id = d.notice_id
				LEFT JOIN content AS c ON c.id = n.content_id LEFT JOIN content_version AS t ON t.content_id = c.id AND t.no = c.version
				LEFT JOIN mail_refused AS r ON r.user_id = d.user_id AND r.until > $1 AND r.address = sha256(convert_to(lower(u.email), 'UTF8'))
				LEFT JOIN LATERAL (SELECT a.zone, w.path FROM placement AS p JOIN agency AS a ON a.id = p.agency_id JOIN agency AS w ON w.id = p.unit_id
				WHERE p.user_id = d.user_id AND p.until_day IS NULL LIMIT 1) AS z ON true
			WHERE d.due_at <= $1 ORDER BY d.due_at, d.user_id, d.notice_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED`, tx.Now, usualZone)
		if err != nil {
			return err
		}
		switch awake := one.Opens == nil; {
		case one.Gone:
			_, err = db.Exec(ctx, tx, `DELETE FROM mail_due WHERE user_id = $1`, one.UserID)
		case one.Unsure >= mostUnsure || tx.Now.Sub(one.ToldAt) > stale:
			_, err = db.Exec(ctx, tx, `DELETE FROM mail_due WHERE user_id = $1 AND notice_id = $2`, one.UserID, one.NoticeID)
		case !awake && !one.Urgent:
			_, err = db.Exec(ctx, tx, `UPDATE mail_due SET due_at = $3::timestamptz + ((($1::int8 * 2654435761) & 4294967295) >> 12) / 1048576.0 * interval '30 minutes'
				WHERE user_id = $1 AND due_at <= $2 AND NOT urgent`, one.UserID, tx.Now, *one.Opens)
		default:
			err = s.claim(ctx, tx, &one, awake)
		}
		return err
	})
	return one, err
}

// claim gathers the letter, or takes it up again as it was, and reads what it will say: what the person has
// read in the app meanwhile, may not see any more or does not want is left out.
func (s *Service) claim(ctx context.Context, tx *db.Tx, one *due, awake bool) error {
	if one.Letter == nil {
		one.Letter = &one.NoticeID
		if _, err := db.Exec(ctx, tx, `UPDATE mail_due SET letter = $2, urgent = $3 WHERE user_id = $1 AND notice_id IN (SELECT notice_id FROM mail_due
			WHERE user_id = $1 AND letter IS NULL AND (urgent OR $4) ORDER BY notice_id <> $2, notice_id LIMIT $5)`,
			one.UserID, one.NoticeID, one.Urgent, awake, mostInLetter); err != nil {
			return err
		}
	}
	if _, err := db.Exec(ctx, tx, `UPDATE mail_due SET due_at = $3, unsure = unsure + 1 WHERE user_id = $1 AND letter = $2`,
		one.UserID, *one.Letter, tx.Now.Add(onItsWay)); err != nil {
		return err
	}
	var err error
	one.items, err = db.All[told](ctx, tx, `SELECT d.user_id, d.notice_id, n.kind, coalesce(n.content_id, 0) AS content_id, coalesce(v.title, q.kind, s.name, '') AS title, n.step_name, n.final, u.email, u.lang
		FROM mail_due AS d JOIN notice AS n ON n.user_id = d.user_id AND n.id = d.notice_id JOIN app_user AS u ON u.id = d.user_id
			LEFT JOIN content AS c ON c.id = n.content_id LEFT JOIN agency AS a ON a.id = c.agency_id LEFT JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
			LEFT JOIN data_request AS q ON q.user_id = n.user_id AND q.id = n.request_id LEFT JOIN season AS s ON s.id = n.season_id
		WHERE d.user_id = @me AND d.letter = @letter AND n.read_at IS NULL
			AND NOT EXISTS (SELECT FROM mail_off AS o WHERE o.user_id = d.user_id AND o.kind = n.kind)
			AND (n.kind IN ('recalled', 'data_request', 'raffle') OR EXISTS (SELECT FROM user_role AS g WHERE g.user_id = d.user_id AND g.role = ANY (@readers::text[]) AND g.agency_id = ANY (a.path))
				OR EXISTS (SELECT FROM deputy AS x JOIN user_role AS g ON g.user_id = x.user_id AND g.role = 'approver' WHERE x.deputy_id = d.user_id
					AND x.starts_at <= @now AND x.ends_at > @now AND x.ended_at IS NULL AND g.agency_id = ANY (a.path)))
		ORDER BY d.urgent DESC, n.id`, db.Args{"me": int64(one.UserID), "letter": *one.Letter, "readers": content.Readers(), "now": tx.Now})
	if err == nil && len(one.items) == 0 {
		_, err = db.Exec(ctx, tx, `DELETE FROM mail_due WHERE user_id = $1 AND letter = $2`, one.UserID, *one.Letter)
	}
	return err
}

// deliver sends a claimed letter and marks what became of it. It tells whether others may be sent.
func (s *Service) deliver(ctx context.Context, one due) (goesOn bool, err error) {
	letter, err := s.out.writer.letter(*one.Letter, one.items, s.stopLink(one.UserID, one.items))
	if err != nil {
		return false, err
	}
	letter.At = s.db.Now()
	sent := s.out.mailer.Send(ctx, letter)
	// What is known now must be kept even if the process is told to stop.
	return !errors.Is(sent, mail.ErrAway), s.db.Tx(context.WithoutCancel(ctx), func(tx *db.Tx) error { return s.markTx(ctx, tx, one, sent) })
}

func (s *Service) markTx(ctx context.Context, tx *db.Tx, one due, sent error) (err error) {
	ctx = context.WithoutCancel(ctx)
	putOff := func(pause time.Duration, tries int) {
		_, err = db.Exec(ctx, tx, `UPDATE mail_due SET due_at = $3, unsure = unsure - 1, tries = tries + $4 WHERE user_id = $1 AND letter = $2`, one.UserID, *one.Letter, tx.Now.Add(pause), tries)
	}
	switch {
	case sent == nil:
		_, err = db.Exec(ctx, tx, `DELETE FROM mail_due WHERE user_id = $1 AND letter = $2`, one.UserID, *one.Letter)
	case errors.Is(sent, mail.ErrRefused):
		_, err = db.Exec(ctx, tx, `WITH gone AS (DELETE FROM mail_due WHERE user_id = $1)
			INSERT INTO mail_refused (user_id, address, until) VALUES ($1, sha256(convert_to(lower($2), 'UTF8')), $3)
			ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, until = excluded.until`, one.UserID, one.items[0].Email, tx.Now.Add(refusedFor))
	case errors.Is(sent, mail.ErrLater):
		putOff(min(firstPause<<min(one.Tries, 10), longestPause), 1)
	case errors.Is(sent, mail.ErrUnsure): // it stays claimed, and is sent once more
	default:
		putOff(firstPause, 0)
	}
	if sent != nil {
		s.out.log.Warn("a letter was not sent", "error", sent)
	}
	return err
}
