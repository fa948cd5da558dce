package notice

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/mail"
	"gaung/internal/period"
)

//go:embed sql/digest_take.sql
var digestTakeSQL string

//go:embed sql/digest_new.sql
var digestNewSQL string

// DigestJob sends the summaries that are due.
type DigestJob struct{}

// Kind names the job.
func (DigestJob) Kind() string { return "notice_digest" }

// Patience is how long one round may take.
func (DigestJob) Patience() time.Duration { return 5 * time.Minute }

const (
	digestKind    = "digest"
	mostInDigest  = 5
	mostThanks    = 3
	mostWeighed   = 100                // contents that are new, before the best are chosen
	digestReaches = 7 * 24 * time.Hour // how far back the first one looks at most
)

func fields(text string) []string { return strings.Fields(text) }

// nextDigest is when the next summary is planned: at the hour of the next day or the next Monday. On a day
// that is not worked it moves on when it is due. Without a summary it is nil.
func nextDigest(now time.Time, pace Pace, hour int, zone *time.Location) *time.Time {
	if pace != Daily && pace != Weekly {
		return nil
	}
	day := period.LocalDay(now, zone)
	at := func(d period.Day) time.Time { return d.Start(zone).Add(time.Duration(hour) * time.Hour) }
	if pace == Weekly {
		day = period.WeekOf(day).From
	}
	for !at(day).After(now) {
		if pace == Weekly {
			day = day.Add(7)
		} else {
			day = day.Add(1)
		}
	}
	next := at(day).UTC()
	return &next
}

// summary is one that this process has claimed.
type summary struct {
	UserID id.User
	Pace   Pace
	Hour   int
	Since  time.Time
	Tries  int
	Unsure int
	Zone   string
	Path   db.IDs[id.Agency]
	Email  string
	Lang   string
	Opens  *time.Time // when it may go; nil: now
	Gone   bool       // nobody to send it to
}

// Digest sends the summaries that are due, until the server cannot be used or time is over.
func (s *Service) Digest(ctx context.Context) error {
	if s.out.mailer == nil {
		return nil
	}
	defer s.out.mailer.Rest()
	for !short(ctx) {
		one, send, err := s.takeDigest(ctx)
		if errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		if !send {
			continue
		}
		if goesOn, err := s.deliverDigest(ctx, one); err != nil || !goesOn {
			return err
		}
	}
	return nil
}

func (s *Service) takeDigest(ctx context.Context) (one summary, send bool, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		one, err = db.Get[summary](ctx, tx, digestTakeSQL, db.Args{"now": tx.Now, "usual": usualZone})
		if err != nil {
			return err
		}
		zone := period.MustZone(one.Zone)
		switch {
		case one.Gone || one.Unsure >= mostUnsure:
			return s.skipDigest(ctx, tx, one, nextDigest(tx.Now, one.Pace, one.Hour, zone), one.Unsure >= mostUnsure)
		case one.Opens != nil:
			// Not today: at the same hour of the next day that may be one. Later today: then.
			next := *one.Opens
			if day := period.LocalDay(next, zone); day > period.LocalDay(tx.Now, zone) {
				next = day.Start(zone).Add(time.Duration(one.Hour) * time.Hour)
			}
			return s.skipDigest(ctx, tx, one, &next, false)
		}
		send = true
		_, err = db.Exec(ctx, tx, `UPDATE notice_wish SET next_at = $2, unsure = unsure + 1 WHERE user_id = $1`, one.UserID, tx.Now.Add(onItsWay))
		return err
	})
	return one, send, err
}

// skipDigest moves a summary on; told says that what it would have held is behind.
func (s *Service) skipDigest(ctx context.Context, tx *db.Tx, one summary, next *time.Time, told bool) error {
	_, err := db.Exec(ctx, tx, `UPDATE notice_wish SET next_at = $2, tries = 0, unsure = 0, since = CASE WHEN $3 THEN $4 ELSE since END WHERE user_id = $1`,
		one.UserID, next, told, tx.Now)
	return err
}

// OrderBy lets summaries tell first what stands first in a person's feed. Without it, the newest come first.
func (s *Service) OrderBy(feed func(ctx context.Context, person id.User) ([]id.Content, error)) *Service {
	s.feed = feed
	return s
}

// best cuts what is new to what a summary tells: what stands highest in the person's feed.
func (s *Service) best(ctx context.Context, person id.User, news []fresh) ([]fresh, error) {
	if s.feed != nil && len(news) > mostInDigest {
		order, err := s.feed(ctx, person)
		if err != nil {
			return nil, err
		}
		place := func(one fresh) int {
			if at := slices.Index(order, one.ID); at >= 0 {
				return at
			}
			return len(order)
		}
		slices.SortStableFunc(news, func(a, b fresh) int { return cmp.Compare(place(a), place(b)) })
	}
	return news[:min(len(news), mostInDigest)], nil
}

// fresh is a content that is new and meant for a person.
type fresh struct {
	ID         id.Content
	Title      string
	AgencyName string
}

func (s *Service) deliverDigest(ctx context.Context, one summary) (goesOn bool, err error) {
	now := s.db.Now()
	since := one.Since
	if oldest := now.Add(-digestReaches); since.Before(oldest) {
		since = oldest
	}
	news, err := db.All[fresh](ctx, s.db, digestNewSQL, db.PlanAnew, db.Args{"me": int64(one.UserID), "path": []id.Agency(one.Path), "since": since, "now": now, "most": mostWeighed})
	if err == nil {
		news, err = s.best(ctx, one.UserID, news)
	}
	if err != nil {
		return false, err
	}
	reach, err := db.Get[struct{ People int }](ctx, s.db, `SELECT coalesce(sum(amount), 0) AS people FROM ledger WHERE user_id = $1 AND kind = 'people_reached' AND at >= $2`, one.UserID, since)
	if err != nil {
		return false, err
	}
	// What the offices said to those who shared their contents.
	thanks, err := db.All[fresh](ctx, s.db, `SELECT t.content_id AS id, t.text AS title, b.name AS agency_name FROM thanks AS t
			JOIN content AS c ON c.id = t.content_id JOIN agency AS b ON b.id = c.agency_id
		WHERE t.at >= $2 AND c.state IN ('live', 'ended') AND EXISTS (SELECT FROM act WHERE act.user_id = $1 AND act.content_id = t.content_id AND act.kind = 'share')
		ORDER BY t.at DESC LIMIT $3`, one.UserID, since, mostThanks)
	if err != nil {
		return false, err
	}
	if len(news) == 0 && reach.People <= 0 && len(thanks) == 0 { // nothing to tell: no letter
		return true, s.db.Tx(ctx, func(tx *db.Tx) error {
			return s.skipDigest(ctx, tx, one, nextDigest(tx.Now, one.Pace, one.Hour, period.MustZone(one.Zone)), true)
		})
	}
	letter, err := s.out.writer.digest(one, news, thanks, reach.People, s.stopLink(one.UserID, []told{{Kind: digestKind}}), now)
	if err != nil {
		return false, err
	}
	sent := s.out.mailer.Send(ctx, letter)
	return !errors.Is(sent, mail.ErrAway), s.db.Tx(context.WithoutCancel(ctx), func(tx *db.Tx) error { return s.markDigest(ctx, tx, one, sent) })
}

func (s *Service) markDigest(ctx context.Context, tx *db.Tx, one summary, sent error) (err error) {
	ctx = context.WithoutCancel(ctx)
	next := nextDigest(tx.Now, one.Pace, one.Hour, period.MustZone(one.Zone))
	putOff := func(pause time.Duration, tries int) {
		_, err = db.Exec(ctx, tx, `UPDATE notice_wish SET next_at = $2, unsure = unsure - 1, tries = tries + $3 WHERE user_id = $1 AND next_at IS NOT NULL`, one.UserID, tx.Now.Add(pause), tries)
	}
	if sent != nil {
		s.out.log.Warn("a summary was not sent", "error", sent)
	}
	switch {
	case errors.Is(sent, mail.ErrUnsure): // it stays claimed, and is sent once more
	case errors.Is(sent, mail.ErrLater) && one.Tries < mostTries:
		putOff(min(firstPause<<min(one.Tries, 10), longestPause), 1)
	case errors.Is(sent, mail.ErrAway):
		putOff(firstPause, 0)
	case errors.Is(sent, mail.ErrRefused):
		_, err = db.Exec(ctx, tx, `INSERT INTO mail_refused (user_id, address, until) VALUES ($1, sha256(convert_to(lower($2), 'UTF8')), $3)
			ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, until = excluded.until`, one.UserID, one.Email, tx.Now.Add(refusedFor))
		err = errors.Join(err, s.skipDigest(ctx, tx, one, next, false))
	default:
		// A wish that was changed meanwhile keeps its own moment.
		_, err = db.Exec(ctx, tx, `UPDATE notice_wish SET next_at = CASE WHEN next_at IS NULL THEN NULL ELSE $2::timestamptz END, since = $3, tries = 0, unsure = 0 WHERE user_id = $1`,
			one.UserID, next, tx.Now)
	}
	return err
}

// digest writes the letter.
func (w *writer) digest(one summary, news, thanks []fresh, reach int, stop string, now time.Time) (mail.Letter, error) {
	say := phrases{i18n.NewLocalizer(w.words, one.Lang), nil}
	p := letterPage{Lang: one.Lang, Subject: say.of("digest_" + string(one.Pace)), Open: say.of("open"), Foot: w.foot(&say, "why_digest", "stop_digest", stop)}
	p.Intro = say.of("digest_intro")
	if reach > 0 {
		p.Intro = say.many("digest_reach", reach)
	}
	for _, item := range news {
		p.Items = append(p.Items, letterItem{Head: mail.OneLine(item.Title), Title: item.AgencyName, Link: fmt.Sprintf("%s/konten/%d", w.site, item.ID)})
	}
	for _, item := range thanks {
		p.Items = append(p.Items, letterItem{Head: say.with("digest_thanks", map[string]any{"Agency": item.AgencyName}), Title: mail.OneLine(item.Title),
			Link: fmt.Sprintf("%s/konten/%d", w.site, item.ID)})
	}
	var html strings.Builder
	err := errors.Join(say.err, w.html.Execute(&html, p))
	day := period.LocalDay(now, period.MustZone(one.Zone))
	return mail.Letter{To: one.Email, Subject: p.Subject, Text: p.plain(), HTML: html.String(), At: now, Unsubscribe: stop,
		ID: w.name(fmt.Sprintf("digest/%d/%s", one.UserID, day))}, err
}
