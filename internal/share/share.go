// Package share owns the feed that an ASN sees and what they do with it: acts (shares and likes) and the
// grade of their evidence.
package share

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Grade is how well an act is proven: A verified by the network, B measured by a click of somebody else,
// C indicated, D reported by the person. An act has the highest grade of its evidence.
type Grade string

// The grades.
const (
	Verified  Grade = "A"
	Measured  Grade = "B"
	Indicated Grade = "C"
	Reported  Grade = "D"
)

// Kind is what was done.
type Kind string

// The kinds of act.
const (
	ShareKind Kind = "share"
	LikeKind  Kind = "like"
)

// Service serves the feed and records acts.
type Service struct {
	db        *db.DB
	clicks    *click.Service
	publicURL string
	memory    memory
	did       *db.Gather[some, deeds]
	asked     asked
}

// New makes the service. Personal links begin with the public address.
func New(d *db.DB, clicks *click.Service, publicURL string) *Service {
	return &Service{db: d, clicks: clicks, publicURL: publicURL, memory: memory{fewest: fewestCards}, did: db.NewGather(didAll(d))}
}

// Request is what a person chose in the share sheet.
type Request struct {
	Channel    string
	Caption    *int   // index of the chosen variant; nil: the suggested one
	Text       string // own words instead of a variant
	Disclosure bool   // add "Saya ASN di …"
	Key        string // Idempotency-Key; may be empty

	Address netip.Addr // from where; neither stored nor logged: what it leaves is a hash for the day
	Agent   string     // and with which browser
}

// Shared is a recorded share with what the person passes on.
type Shared struct {
	Act
	URL       string        `json:"url" doc:"The personal link; empty where none can be followed"`
	Text      string        `json:"text" doc:"Caption, hashtags, disclosure and link"`
	Words     string        `json:"words" doc:"The same without the link, for what takes the link apart"`
	Title     string        `json:"title"`
	IntentURL string        `json:"intent_url" doc:"Opens the network's own share screen; empty where there is none"`
	Length    int           `json:"length" doc:"As the network counts"`
	Cut       []network.Cut `json:"cut" nullable:"false" enum:"hashtags,disclosure,caption" doc:"What had to give way to the network's limit"`
}

// Share records that the person is about to pass a content on, and makes the text with their personal
// link. Sharing again on the same network is the same act. Nothing is posted for anybody.
func (s *Service) Share(ctx context.Context, actor org.Actor, content id.Content, r Request) (Shared, error) {
	on, known := network.Named(r.Channel)
	if !known || !on.Shareable() {
		return Shared{}, errs.InvalidField("channel", "Kanal harus salah satu dari: %s.", strings.Join(network.Keys(network.Capability.Shareable), ", "))
	}
	item, err := s.Get(ctx, actor, content)
	if err != nil {
		return Shared{}, err
	}
	caption, chosen, err := r.caption(item)
	if err != nil {
		return Shared{}, err
	}
	if err := s.checkNeutral(ctx, actor, item, caption, strings.TrimSpace(r.Text) != ""); err != nil {
		return Shared{}, err
	}
	r.Caption = chosen
	act, err := s.record(ctx, actor, content, ShareKind, on, r)
	if err != nil {
		return Shared{}, err
	}
	parts, err := s.parts(ctx, actor, item, on, caption, r.Disclosure)
	made := network.Compose(on, parts)
	return Shared{Act: act, URL: made.Link, Text: made.Text, Words: made.Words, Title: item.Title, IntentURL: made.Intent, Length: made.Length, Cut: made.Cut}, err
}

// Liked is a recorded like.
type Liked struct {
	Act
	PostURL string `json:"post_url" doc:"Where the like itself happens"`
}

// Like records that the person says they liked an official post. It is D until a network verifies it.
func (s *Service) Like(ctx context.Context, actor org.Actor, content id.Content, networkName, key string) (Liked, error) {
	item, err := s.Get(ctx, actor, content)
	if err != nil {
		return Liked{}, err
	}
	for _, post := range item.OfficialPosts {
		if networkName != "" && post.Network != networkName || post.LikeURL == "" {
			continue
		}
		if err := s.checkAccount(ctx, actor, post.URL); err != nil {
			return Liked{}, err
		}
		on, _ := network.Named(post.Network) // it has likes, so it is known
		act, err := s.record(ctx, actor, content, LikeKind, on, Request{Key: key})
		return Liked{Act: act, PostURL: post.LikeURL}, err
	}
	return Liked{}, errs.InvalidField("network", "Konten ini tidak memiliki unggahan resmi yang dapat disukai pada jejaring tersebut.")
}

// record writes an act once. The content's row is held, so that no act comes after a recall.
func (s *Service) record(ctx context.Context, actor org.Actor, content id.Content, kind Kind, on network.Capability, r Request) (done Act, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := holdLive(ctx, tx, content); err != nil {
			return err
		}
		if kind == ShareKind {
			if err := knowsHow(ctx, tx, actor.User); err != nil {
				return err
			}
		}
		if err := claimKey(ctx, tx, actor.User, r.Key, fmt.Sprint(kind, content, on.Number)); err != nil {
			return err
		}
		came, err := enter(ctx, tx, actor, content, kind, on, r.Caption)
		if err != nil {
			return err
		}
		if kind == ShareKind {
			if err := s.clicks.NoteSharerTx(ctx, tx, actor.User, tx.Now, r.Address, r.Agent); err != nil {
				return err
			}
		}
		if done, err = readAct(ctx, tx, actor.User, content, on, kind); err != nil {
			return err
		}
		if err := keep(ctx, tx, came...); err != nil {
			return err
		}
		return bump(ctx, tx, actor.User)
	})
	return done, err
}

// enter writes the act, and tells what came: nothing where it was there before. The caption is that of the
// last time; nil: own words.
func enter(ctx context.Context, tx *db.Tx, actor org.Actor, content id.Content, kind Kind, on network.Capability, caption *int) ([]change, error) {
	day := period.LocalDay(tx.Now, period.MustZone(actor.Zone))
	came := change{actor.User, content, on.Number, kind, Reported, actor.Unit, day, 1, tx.Now, captionOf(caption)}
	for {
		// It waits for a twin that is being written.
		fresh, err := db.Exec(ctx, tx, `
			INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at, caption)
			VALUES ($1, $2, $3, $4, 'D', $5, $6, $7::date, $8, $8, $9) ON CONFLICT ON CONSTRAINT act_user_id_pkey DO NOTHING`,
			actor.User, content, on.Number, kind, actor.Unit, actor.Agency, day.String(), tx.Now, came.Caption)
		if err != nil {
			return nil, err
		}
		if fresh > 0 {
			return []change{came}, nil
		}
		reworded, there, err := again(ctx, tx, came)
		if err != nil || there { // otherwise the twin was taken back meanwhile
			return reworded, err
		}
	}
}

// again notes that a share is begun once more. It tells of a change where the words are others: the sums know
// which shares are in own words. There tells whether there is such a share.
func again(ctx context.Context, tx *db.Tx, now change) (reworded []change, there bool, err error) {
	was, err := db.All[change](ctx, tx, `UPDATE act SET again_at = $5, caption = $6
		FROM (SELECT user_id, content_id, network, kind, caption FROM act
			WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = $4 FOR UPDATE) AS was
		WHERE act.user_id = was.user_id AND act.content_id = was.content_id AND act.network = was.network AND act.kind = was.kind
		RETURNING act.user_id AS "user", act.content_id AS content, act.network, act.kind, act.grade, act.unit_id AS unit, act.day, -1 AS n, act.at, was.caption`,
		now.User, now.Content, now.Network, now.Kind, now.At, now.Caption)
	if err != nil || len(was) == 0 || sameWords(was[0].Caption, now.Caption) {
		return nil, len(was) > 0, err
	}
	more := was[0]
	more.N, more.Caption = 1, now.Caption
	return append(was, more), true, nil
}

// sameWords tells whether two captions are one kind of words: own, given or unknown.
func sameWords(a, b *int16) bool {
	if a == nil || b == nil {
		return a == b
	}
	return (*a < 0) == (*b < 0)
}

func captionOf(index *int) *int16 {
	if index == nil {
		return nil
	}
	small := int16(*index)
	return &small
}

// holdLive keeps a recall waiting until the act is written.
func holdLive(ctx context.Context, tx *db.Tx, content id.Content) error {
	row, err := db.Get[struct{ State, RecallReason string }](ctx, tx, `
		SELECT CASE WHEN state = 'live' AND ends_at <= $2 THEN 'ended' ELSE state END AS state, recall_reason
		FROM content WHERE id = $1 FOR SHARE`, content, tx.Now)
	switch {
	case errors.Is(err, db.ErrNoRow):
		return notFound()
	case err != nil:
		return err
	case row.State == "live":
		return nil
	}
	return closed(row.State, row.RecallReason)
}

func notFound() error { return errs.New(errs.NotFound, "Konten tidak ditemukan.") }

// closed says why a content that was live can no longer be passed on.
func closed(state, reason string) error {
	if state == "recalled" {
		return errs.New(errs.Gone, "Konten ini sudah ditarik dan tidak dapat dibagikan lagi. Alasan: %s", reason)
	}
	if state == "ended" {
		return errs.New(errs.Gone, "Masa tayang konten ini sudah berakhir.")
	}
	return notFound()
}

const maxKey = 100

// claimKey remembers what a key was used for; used for something else it is refused.
func claimKey(ctx context.Context, tx *db.Tx, person id.User, key, what string) error {
	if key == "" {
		return nil
	}
	if len(key) > maxKey || !utf8.ValidString(key) || strings.Contains(key, "\x00") {
		return errs.InvalidField("Idempotency-Key", "Kunci idempotensi berupa teks, paling panjang %d karakter.", maxKey)
	}
	sum := sha256.Sum256([]byte(what))
	row, err := db.Get[struct{ Fingerprint []byte }](ctx, tx, `
		INSERT INTO act_request AS r (user_id, key, fingerprint, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT ON CONSTRAINT act_request_user_id_pkey DO UPDATE SET at = r.at RETURNING fingerprint`, person, key, sum[:], tx.Now)
	if err == nil && string(row.Fingerprint) != string(sum[:]) {
		return errs.InvalidField("Idempotency-Key", "Kunci idempotensi ini sudah dipakai untuk tindakan lain.")
	}
	return err
}

// keyLife is how long a key is remembered: longer than any phone stays offline and retries.
const keyLife = 30 * 24 * time.Hour

// ForgetKeysJob is the kind of the job that forgets old keys.
type ForgetKeysJob struct{}

// Kind names the job.
func (ForgetKeysJob) Kind() string { return "share_forget_keys" }

// Work registers the job.
func (s *Service) Work(r *job.Registry) {
	job.Every(r, 24*time.Hour, ForgetKeysJob{}, func(ctx context.Context) error {
		_, err := db.Exec(ctx, s.db, `DELETE FROM act_request WHERE at < $1`, s.db.Now().Add(-keyLife))
		return err
	})
	job.Every(r, proofEvery, proofJob{}, s.prove)
}
