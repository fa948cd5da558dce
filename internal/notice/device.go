package notice

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/push"
	"gaung/internal/seal"
)

const (
	mostDevices = 10 // of a person; a further one replaces the oldest
	testEvery   = 30 * time.Second
)

// living is whether the session of a device d goes on. One that was signed out receives nothing and counts nowhere.
const living = `EXISTS (SELECT FROM session AS s WHERE s.user_id = d.user_id AND s.id = d.session_id AND s.revoked_at IS NULL AND s.expires_at > @now::timestamptz)`

func placeOfDevice(person id.User, hash []byte) string {
	return fmt.Sprintf("push_device/%d/%s", person, hex.EncodeToString(hash))
}

func (s *Service) open(person id.User, hash, sealed []byte) (d push.Device, err error) {
	plain, err := s.push.box.Open(sealed, placeOfDevice(person, hash))
	if err == nil {
		err = json.Unmarshal(plain, &d)
	}
	return d, err
}

func (s *Service) hashOf(d push.Device) []byte { return seal.Hash(s.push.names, d.Endpoint) }

func errNoPush() error {
	return errs.New(errs.Conflict, "Server ini belum diatur untuk mengirim notifikasi ke perangkat.")
}

// Subscription is where a browser wants its messages.
type Subscription struct {
	Endpoint string `json:"endpoint" maxLength:"1000"`
	P256dh   string `json:"p256dh" maxLength:"200"`
	Auth     string `json:"auth" maxLength:"100"`
	Key      string `json:"key" maxLength:"200" doc:"Of ours, with which the browser subscribed; another than the present one is refused"`
}

// Subscribe lets notices of the actor come to a browser, as long as the session lives. A browser is one
// person's: whoever used it before gets nothing there any more. Twice is once.
func (s *Service) Subscribe(ctx context.Context, actor org.Actor, session id.Session, sub Subscription) error {
	if s.push.pusher == nil {
		return errNoPush()
	}
	if session == 0 {
		return errs.New(errs.Invalid, "Notifikasi ke perangkat hanya dapat dinyalakan dari peramban.")
	}
	public, key := s.push.pusher.Key()
	if sub.Key != public {
		return errs.New(errs.Conflict, "Kunci notifikasi server sudah berganti. Matikan, lalu nyalakan kembali.")
	}
	d := push.Device{Endpoint: sub.Endpoint, P256dh: sub.P256dh, Auth: sub.Auth}
	if !s.push.pusher.Proper(d) {
		return errs.InvalidField("endpoint", "Layanan notifikasi peramban ini tidak dikenal. Gunakan Chrome, Edge, Firefox, atau Safari.")
	}
	plain, err := json.Marshal(d)
	if err != nil {
		return err
	}
	hash := s.hashOf(d)
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM push_device WHERE hash = $2 AND user_id <> $1`, actor.User, hash); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `INSERT INTO push_device (user_id, session_id, hash, sealed, vapid, created_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (user_id, hash) DO UPDATE SET session_id = excluded.session_id, sealed = excluded.sealed, vapid = excluded.vapid, refused = 0, created_at = excluded.created_at`,
			actor.User, session, hash, s.push.box.Seal(plain, placeOfDevice(actor.User, hash)), int64(key), tx.Now); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `DELETE FROM push_device WHERE user_id = @me AND id NOT IN (
			SELECT id FROM push_device AS d WHERE user_id = @me AND `+living+` ORDER BY created_at DESC, id DESC LIMIT @most::int8)`,
			db.Args{"me": int64(actor.User), "most": mostDevices, "now": tx.Now})
		return err
	})
}

// Unsubscribe ends that for a browser of the actor. Twice is once.
func (s *Service) Unsubscribe(ctx context.Context, actor org.Actor, endpoint string) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM push_device WHERE user_id = $1 AND hash = $2`, actor.User, s.hashOf(push.Device{Endpoint: endpoint}))
		return err
	})
}

// Sample sends one message to a browser of the actor now, whatever the hour: they asked for it.
func (s *Service) Sample(ctx context.Context, actor org.Actor, endpoint, lang string) error {
	if s.push.pusher == nil {
		return errNoPush()
	}
	row, err := s.sampled(ctx, actor, endpoint)
	if err != nil {
		return err
	}
	device, err := s.open(actor.User, row.Hash, row.Sealed)
	if err != nil {
		return err
	}
	device.Vapid = seal.KeyID(row.Vapid)
	say := phrases{i18n.NewLocalizer(s.out.writer.words, lang), nil}
	payload, err := json.Marshal(shown{Kind: "sample", Title: say.of("sample"), Body: say.of("sample_text"), Path: "/notifikasi"})
	if err = errors.Join(err, say.err); err != nil {
		return err
	}
	err = s.push.pusher.Send(ctx, device, push.Message{Payload: payload, TTL: time.Minute, Urgent: true, Topic: "gaungcontoh"})
	if errors.Is(err, push.ErrGone) {
		return errors.Join(s.Unsubscribe(ctx, actor, endpoint),
			errs.New(errs.Gone, "Peramban ini tidak lagi menerima notifikasi. Nyalakan kembali."))
	}
	if err != nil {
		return errs.New(errs.Unavailable, "Layanan notifikasi peramban belum menjawab. Coba lagi beberapa saat lagi.").Because(err)
	}
	s.push.sent.Add(1)
	return nil
}

type kept struct {
	ID           int64
	Hash, Sealed []byte
	Vapid        int64
	TestedAt     *time.Time
}

// sampled finds the browser, and keeps a finger on the button from becoming a flood.
func (s *Service) sampled(ctx context.Context, actor org.Actor, endpoint string) (row kept, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err = db.Get[kept](ctx, tx, `SELECT id, hash, sealed, vapid, tested_at FROM push_device AS d WHERE user_id = @me AND hash = @hash AND `+living+` FOR UPDATE`,
			db.Args{"me": int64(actor.User), "hash": s.hashOf(push.Device{Endpoint: endpoint}), "now": tx.Now})
		if errors.Is(err, db.ErrNoRow) {
			return errs.New(errs.NotFound, "Notifikasi belum menyala di peramban ini. Nyalakan dahulu.")
		}
		if err != nil {
			return err
		}
		if row.TestedAt != nil && tx.Now.Sub(*row.TestedAt) < testEvery {
			return errs.New(errs.TooMany, "Contoh baru saja dikirim. Tunggu setengah menit.")
		}
		_, err = db.Exec(ctx, tx, `UPDATE push_device SET tested_at = $3 WHERE user_id = $1 AND id = $2`, actor.User, row.ID, tx.Now)
		return err
	})
	return row, err
}
