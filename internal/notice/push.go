package notice

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
	"gaung/internal/push"
	"gaung/internal/seal"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

//go:embed sql/take.sql
var takeSQL string

//go:embed sql/pushed.sql
var pushedSQL string

// Pusher hands push messages over. Its errors are those of package push.
type Pusher interface {
	Send(ctx context.Context, d push.Device, m push.Message) error
	Key() (public string, id seal.KeyID)
	Proper(d push.Device) bool
}

// pushes is what sends push messages.
type pushes struct {
	pusher        Pusher // nil: nothing is sent
	box           *seal.Box
	names         []byte // key of the devices' fingerprints
	log           *slog.Logger
	sent, dropped atomic.Int64
}

// PushBy lets what people are told reach their devices as well. It needs MailBy's words.
func (s *Service) PushBy(pusher Pusher, ring *seal.Ring, log *slog.Logger) *Service {
	s.push.pusher, s.push.box, s.push.names, s.push.log = pusher, seal.NewBox(ring, "push-device"), ring.Derive("push/device", 32)[0].Key, log
	return s
}

// PushJob sends the push messages that are due.
type PushJob struct{}

// Kind names the job.
func (PushJob) Kind() string { return "notice_push" }

// Patience is how long one round may take.
func (PushJob) Patience() time.Duration { return 5 * time.Minute }

const (
	pushEvery    = 20 * time.Second
	pushAtOnce   = 200 // messages claimed at a time
	pushHands    = 16  // of them on their way at the same time
	pushStale    = 24 * time.Hour
	mostTries    = 12 // of a message that is put off
	mostRefusals = 3  // of a message, and of a device in a row
	longestTTL   = 12 * time.Hour
	recallTTL    = 3 * 24 * time.Hour
)

// withPushed puts the statement that fills the outbox of push messages where a statement wants it. It reads
// what was just told from told (user_id, id, kind, urgent).
func withPushed(query string) string { return strings.Replace(query, "/* pushed */", pushedSQL, 1) }

// pushKinds are the kinds that go to devices.
func (s *Service) pushKinds() []string {
	if s.push.pusher == nil {
		return []string{}
	}
	return append(mailKinds(), "prompt")
}

// Push sends what is due until nothing is, or time is over.
func (s *Service) Push(ctx context.Context) error {
	if s.push.pusher == nil {
		return nil
	}
	for !short(ctx) {
		taken, err := s.takePushes(ctx)
		if err != nil || len(taken) == 0 {
			return err
		}
		if err := s.sendPushes(ctx, taken); err != nil {
			return err
		}
	}
	return nil
}

// parcel is one message that is due to one device.
type parcel struct {
	UserID    id.User
	NoticeID  int64
	DeviceID  int64
	Class     string
	Tries     int
	Kind      string
	ContentID id.Content
	Final     bool
	StepName  string
	Title     string
	Lang      string
	Sealed    []byte
	Hash      []byte
	Vapid     int64
	Zone      string
	EndsAt    *time.Time
	Gone      bool
	Waits     bool
}

func (s *Service) takePushes(ctx context.Context) (taken []parcel, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		// One claims at a time, and sees what the others have claimed: its statement judges rows as they were when
		// it began.
		if _, err := db.Exec(ctx, tx, `SELECT pg_advisory_xact_lock(hashtext('gaung pushes'))`); err != nil {
			return err
		}
		taken, err = db.All[parcel](ctx, tx, takeSQL, db.PlanAnew, db.Args{"now": tx.Now, "limit": pushAtOnce, "usual": usualZone, "most": mostPrompts,
			"most_unsure": mostUnsure, "stale": tx.Now.Add(-pushStale), "again": tx.Now.Add(onItsWay), "readers": content.Readers()})
		return err
	})
	return taken, err
}

// sendPushes sends what was claimed, several at a time, and marks what became of each.
func (s *Service) sendPushes(ctx context.Context, taken []parcel) error {
	failed := make([]error, len(taken))
	hands := make(chan struct{}, pushHands)
	var all sync.WaitGroup
	for i, one := range taken {
		switch {
		case one.Gone:
			s.push.dropped.Add(1)
			continue
		case one.Waits:
			continue
		}
		hands <- struct{}{}
		all.Go(func() {
			defer func() { <-hands }()
			failed[i] = s.sendPush(ctx, one)
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

func (s *Service) sendPush(ctx context.Context, one parcel) error {
	device, err := s.open(one.UserID, one.Hash, one.Sealed)
	sent := push.ErrGone // sealed with a key that is off the ring
	if err == nil {
		device.Vapid = seal.KeyID(one.Vapid)
		message, err := s.message(one)
		if err != nil {
			return err
		}
		sent = s.push.pusher.Send(ctx, device, message)
	}
	// What is known now must be kept even if the process is told to stop.
	ctx = context.WithoutCancel(ctx)
	return s.db.Tx(ctx, func(tx *db.Tx) error { return s.markPush(ctx, tx, one, sent) })
}

// shown is what a browser is told. Nothing in it is about a person.
type shown struct {
	Kind   string     `json:"kind"`
	ID     id.Content `json:"id"`
	Title  string     `json:"title"`
	Body   string     `json:"body"`
	Path   string     `json:"path"`
	Silent bool       `json:"silent,omitempty"`
}

// message writes what goes to a device. It is not delivered any more when the quiet hours have begun.
func (s *Service) message(one parcel) (push.Message, error) {
	now, zone := s.db.Now(), period.MustZone(one.Zone)
	say := phrases{i18n.NewLocalizer(s.out.writer.words, one.Lang), nil}
	head := one.Kind
	switch {
	case one.Class == "urgent":
		head = "push_urgent"
	case one.Class == "prompt":
		head = "push_prompt"
	case one.Kind == "approved" && one.Final:
		head = "approved_final"
	case one.Kind == raffleKind:
		head += "_" + one.StepName
	case one.Kind == requestKind:
		head, one.Title = requestKind+"_"+one.StepName, say.of("ask_"+one.Title)
	}
	text := shown{Kind: one.Kind, ID: one.ContentID, Title: say.of(head), Body: shorten(one.Title), Path: fmt.Sprintf("/konten/%d", one.ContentID)}
	made := push.Message{TTL: longestTTL, Urgent: one.Class == "urgent" || one.Class == recalledKind, Topic: fmt.Sprintf("gaung%d", one.ContentID)}
	switch {
	case one.Kind == requestKind:
		text.Path, made.Topic = requestPath, fmt.Sprintf("request%d", one.NoticeID)
	case one.Kind == raffleKind:
		text.Path, made.Topic = rafflePath, fmt.Sprintf("raffle%d", one.NoticeID)
	case one.Class == recalledKind:
		made.TTL, text.Silent = recallTTL, !period.Awake(now, zone)
	case one.Class == "work":
		text.Path = fmt.Sprintf("/konsol/periksa/%d", one.ContentID)
	}
	if one.EndsAt != nil && one.Kind == "prompt" {
		made.TTL = min(made.TTL, one.EndsAt.Sub(now))
	}
	if night := period.LocalDay(now, zone).Start(zone).Add(period.SleepsAt).Sub(now); one.Class != recalledKind && night > 0 {
		made.TTL = min(made.TTL, night)
	}
	var err error
	made.Payload, err = json.Marshal(text)
	return made, errors.Join(say.err, err)
}

// shorten keeps a title within what a notification shows.
func shorten(title string) string {
	runes := []rune(strings.Join(strings.Fields(title), " "))
	if len(runes) > 160 {
		return string(runes[:159]) + "…"
	}
	return string(runes)
}

func (s *Service) markPush(ctx context.Context, tx *db.Tx, one parcel, sent error) (err error) {
	exec := func(query string, args ...any) {
		if err == nil {
			_, err = db.Exec(ctx, tx, query, append([]any{one.UserID, one.NoticeID, one.DeviceID}, args...)...)
		}
	}
	const mine = ` WHERE user_id = $1 AND notice_id = $2 AND device_id = $3`
	forget := func() { exec(`DELETE FROM push_due` + mine) }
	putOff := func(pause time.Duration, tries int) {
		exec(`UPDATE push_due SET due_at = $4, unsure = unsure - 1, tries = tries + $5`+mine, tx.Now.Add(pause), tries)
	}
	dropDevice := `DELETE FROM push_device WHERE user_id = $1 AND id = $2`
	pause := min(firstPause<<min(one.Tries, 10), longestPause)
	later, isLater := errors.AsType[*push.LaterError](sent)
	switch {
	case sent == nil:
		s.push.sent.Add(1)
		forget()
		_, more := db.Exec(ctx, tx, `UPDATE push_device SET refused = 0 WHERE user_id = $1 AND id = $2 AND refused > 0`, one.UserID, one.DeviceID)
		return errors.Join(err, more)
	case errors.Is(sent, push.ErrGone):
		s.push.dropped.Add(1)
		_, err = db.Exec(ctx, tx, dropDevice, one.UserID, one.DeviceID)
	case errors.Is(sent, push.ErrUnsure): // it stays claimed, and is sent once more
	case errors.Is(sent, push.ErrRefused) && one.Tries+1 >= mostRefusals || isLater && one.Tries+1 >= mostTries:
		s.push.dropped.Add(1)
		forget()
		_, more := db.Exec(ctx, tx, `WITH counted AS (UPDATE push_device SET refused = refused + 1 WHERE user_id = $1 AND id = $2 AND refused + 1 < $3)
			DELETE FROM push_device WHERE user_id = $1 AND id = $2 AND refused + 1 >= $3`, one.UserID, one.DeviceID, mostRefusals)
		err = errors.Join(err, more)
	case isLater:
		putOff(max(pause, later.After), 1)
	case errors.Is(sent, push.ErrRefused):
		putOff(pause, 1)
	default: // the service is away: nothing went out
		putOff(firstPause, 0)
	}
	if sent != nil && !errors.Is(sent, push.ErrGone) {
		s.push.log.Warn("a push message was not sent", "error", sent)
	}
	return err
}

// Pushed is what became of push messages: of this process since its start, and what waits altogether.
type Pushed struct{ Sent, Dropped, Waiting, Devices int64 }

// Pushed counts, for the operator's metrics.
func (s *Service) Pushed(ctx context.Context) (Pushed, error) {
	found, err := db.Get[Pushed](ctx, s.db, `SELECT (SELECT count(*) FROM push_due) AS waiting, (SELECT count(*) FROM push_device AS d WHERE `+living+`) AS devices`,
		db.Args{"now": s.db.Now()})
	found.Sent, found.Dropped = s.push.sent.Load(), s.push.dropped.Load()
	return found, err
}
