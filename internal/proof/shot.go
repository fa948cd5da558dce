package proof

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/picture"
)

// ShotBytes is how large a picture of a screen may be: the client has cut it already.
const ShotBytes = 4 << 20

const (
	mostShots  = 5 // pictures of one person within a day
	nearly     = 3 // of 64 points in which two looks may differ and still be the same picture
	keptFor    = 30 * 24 * time.Hour
	sweepEvery = 12 * time.Hour
	oneIn      = 10 // pictures are looked at by two reviewers
)

// Shot is a picture that the person sent, as they see it. The picture itself is not shown again.
type Shot struct {
	ID        int64      `json:"id"`
	State     string     `json:"state" enum:"waiting,accepted,rejected"`
	Reason    string     `json:"reason" doc:"Of a rejection, as a key"`
	Words     string     `json:"words" doc:"The reviewer's own"`
	At        time.Time  `json:"at"`
	DueAt     time.Time  `json:"due_at"`
	DecidedAt *time.Time `json:"decided_at,omitempty"`
}

const shotColumns = `id, CASE WHEN state IN ('second', 'third') THEN 'waiting' ELSE state END AS state, reason, words, at, due_at, decided_at`

// MayShow refuses before a byte of a picture is read: where there is a better proof, and where nothing is recorded.
func (s *Service) MayShow(ctx context.Context, actor org.Actor, item id.Content, networkKey string) error {
	on, known := network.Named(networkKey)
	if !known || !on.PictureOnly() {
		return errs.InvalidField("network", "Jejaring ini memiliki bukti yang lebih baik daripada tangkapan layar: tempel tautan unggahan Anda.")
	}
	row, err := db.Get[struct {
		There bool
		Today int
	}](ctx, s.db, `SELECT EXISTS (SELECT FROM act WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = 'share') AS there,
		(SELECT count(*) FROM screenshot WHERE user_id = $1 AND at > $4) AS today`, actor.User, item, on.Number, s.db.Now().Add(-aDay))
	switch {
	case err != nil:
		return err
	case !row.There:
		return notFound("Tindakan")
	case row.Today >= mostShots:
		return errs.New(errs.TooMany, "Anda sudah mengirim %d tangkapan layar dalam sehari. Silakan lanjutkan besok.", mostShots)
	}
	return nil
}

// Show takes a picture of a screen for a reviewer.
func (s *Service) Show(ctx context.Context, actor org.Actor, item id.Content, networkKey string, file io.ReadSeeker) (made Shot, err error) {
	if err := s.MayShow(ctx, actor, item, networkKey); err != nil {
		return Shot{}, err
	}
	form, look, err := picture.Plain(file)
	if err != nil {
		return Shot{}, err
	}
	on, _ := network.Named(networkKey) // MayShow knows it
	sum := sha256.Sum256(form.JPEG)
	name, err := s.keep(ctx, form.JPEG, sum)
	if err != nil {
		return Shot{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := oneAtATime(ctx, tx, actor.User); err != nil {
			return err
		}
		if err := unseen(ctx, tx, look); err != nil {
			return err
		}
		if err := closeGone(ctx, tx, actor.User); err != nil {
			return err
		}
		made, err = s.enterShot(ctx, tx, actor, shotRow{item, on.Number, name, sum[:], look})
		return err
	})
	if db.Broken(err, "screenshot_sum_key") {
		err = used()
	}
	if db.Broken(err, "screenshot_user_id_open_key") {
		err = errs.New(errs.Conflict, "Tangkapan layar untuk tindakan ini sedang diperiksa.")
	}
	return made, err
}

func used() error {
	return errs.New(errs.Conflict, "Gambar ini sudah dipakai. Bila gambar ini memang milik Anda, ajukan keberatan pada tindakannya.")
}

// bands are four pieces of a look, each with its number: two that differ in three points have one in common.
func bands(look uint64) []int32 {
	pieces := make([]int32, 4)
	for i := range pieces {
		pieces[i] = int32(i)<<16 | int32(look>>(16*i)&0xffff)
	}
	return pieces
}

// unseen refuses a picture that looks like one that was sent before, by anybody.
func unseen(ctx context.Context, tx *db.Tx, look uint64) error {
	like, err := db.All[struct{ Look int64 }](ctx, tx, `SELECT look FROM screenshot WHERE bands && $1::int4[]`, bands(look))
	for _, one := range like {
		if picture.Apart(uint64(one.Look), look) <= nearly {
			return used()
		}
	}
	return err
}

type shotRow struct {
	item id.Content
	on   network.Number
	file string
	sum  []byte
	look uint64
}

func (s *Service) enterShot(ctx context.Context, tx *db.Tx, actor org.Actor, r shotRow) (Shot, error) {
	desk, err := db.Get[struct{ AgencyID id.Agency }](ctx, tx, `SELECT agency_id FROM content WHERE id = $1`, r.item)
	if errors.Is(err, db.ErrNoRow) {
		return Shot{}, notFound("Konten")
	}
	if err != nil {
		return Shot{}, err
	}
	due, err := s.due(ctx, tx, desk.AgencyID)
	if err != nil {
		return Shot{}, err
	}
	made, err := db.Get[Shot](ctx, tx, `INSERT INTO screenshot (user_id, content_id, network, unit_id, file, sum, look, bands, sampled, state, at, due_at, act_id)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, act.id FROM act
		WHERE user_id = $1 AND content_id = $2 AND network = $3 AND kind = 'share' RETURNING `+shotColumns,
		actor.User, r.item, r.on, actor.Unit, r.file, r.sum, int64(r.look), bands(r.look), sampled(), tx.Now, due)
	if errors.Is(err, db.ErrNoRow) { // taken back since MayShow
		err = notFound("Tindakan")
	}
	return made, err
}

// itsAct is the act that a picture was given for.
const itsAct = `(SELECT FROM act WHERE act.user_id = s.user_id AND act.content_id = s.content_id AND act.network = s.network AND act.kind = 'share' AND act.id = s.act_id)`

// closeGone ends the wait of pictures whose share was taken back: nobody looks at them any more, and another share in
// the same place is another act. Person 0 is everybody.
func closeGone(ctx context.Context, tx *db.Tx, person id.User) error {
	_, err := db.Exec(ctx, tx, `UPDATE screenshot AS s SET state = 'rejected', reason = 'taken_back', decided_at = $2
		WHERE $1::int4 IN (0, s.user_id) AND s.state IN ('waiting', 'second', 'third') AND NOT EXISTS `+itsAct, person, tx.Now)
	return err
}

// sampled picks one in ten, so that nobody can tell which before it is sent.
func sampled() bool {
	var chance [1]byte
	for {
		_, _ = rand.Read(chance[:]) // documented never to fail
		if chance[0] < 250 {
			return chance[0]%oneIn == 0
		}
	}
}

// keep seals a picture: who gets at the files, or at a backup, sees nothing.
func (s *Service) keep(ctx context.Context, jpeg []byte, sum [32]byte) (string, error) {
	sealed := s.pictures.Seal(jpeg, pictureAt(sum[:]))
	hash := sha256.Sum256(sealed)
	name := hex.EncodeToString(hash[:]) + ".shot"
	return name, s.files.Put(ctx, name, bytes.NewReader(sealed), int64(len(sealed)))
}

func pictureAt(sum []byte) string { return fmt.Sprintf("screenshot/%x", sum[:8]) }

func (s *Service) read(ctx context.Context, name string, sum []byte) ([]byte, error) {
	body, err := s.files.Open(ctx, name)
	if errors.Is(err, blob.ErrNone) {
		return nil, notFound("Gambar")
	}
	if err != nil {
		return nil, err
	}
	sealed, err := io.ReadAll(io.LimitReader(body, ShotBytes*2))
	if err = errors.Join(err, body.Close()); err != nil {
		return nil, err
	}
	return s.pictures.Open(sealed, pictureAt(sum))
}

// SweepJob deletes the pictures whose time is over.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "proof_sweep" }

// sweep deletes pictures 30 days after they were decided on. What is left is a number that knows the same picture again.
func (s *Service) sweep(ctx context.Context) error {
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return closeGone(ctx, tx, 0) }); err != nil {
		return err
	}
	old, err := db.All[struct {
		UserID id.User
		ID     int64
		File   string
	}](ctx, s.db, `SELECT user_id, id, file FROM screenshot WHERE file <> '' AND decided_at < $1 ORDER BY decided_at LIMIT 1000`, s.db.Now().Add(-keptFor))
	for _, one := range old {
		if err == nil {
			err = s.files.Delete(ctx, one.File)
		}
		if err == nil {
			_, err = db.Exec(ctx, s.db, `UPDATE screenshot SET file = '' WHERE user_id = $1 AND id = $2`, one.UserID, one.ID)
		}
	}
	return err
}
