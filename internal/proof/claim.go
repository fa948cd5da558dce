package proof

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/seal"
	"gaung/internal/share"
)

// State is how far the check of an address is.
type State string

// The states. Absent and unknown are looked at again while there is a next time.
const (
	Checking  State = "checking"
	Confirmed State = "confirmed"
	Absent    State = "absent"  // the whole post was read and does not prove it
	Unknown   State = "unknown" // nobody can tell: it lowers nothing
)

// Claim is an address that the person gave, as they see it.
type Claim struct {
	ID        int64      `json:"id"`
	Place     string     `json:"place" doc:"Where the post is"`
	ContentID id.Content `json:"content_id" doc:"0: not known yet"`
	Network   string     `json:"network" db:"-" doc:"Of the act that it belongs to; empty: not known yet"`
	Address   string     `json:"address" db:"-" doc:"As it was recognised; shown to nobody else"`
	State     State      `json:"state" enum:"checking,confirmed,absent,unknown"`
	Reason    string     `json:"reason" doc:"Why it is absent or unknown"`
	At        time.Time  `json:"at"`
	CheckedAt *time.Time `json:"checked_at,omitempty"`
	NextAt    *time.Time `json:"next_at,omitempty" doc:"When it is looked at again; absent: no more"`
}

// claim is a row.
type claim struct {
	Claim
	UserID id.User
	On     network.Number
	Sealed []byte
	Hash   []byte
	Tries  int
}

const claimColumns = `user_id, id, place, coalesce(content_id, 0) AS content_id, coalesce(network, 0) AS "on", address AS sealed, hash, state, reason, tries, next_at, at, checked_at`

// Pasted is what the person gives.
type Pasted struct {
	URL     string
	Content id.Content // 0: to be found in the post
}

const (
	mostClaims = 20 // new addresses of one person within a day
	aDay       = 24 * time.Hour
	again      = 10 * time.Minute // after which the person may have a settled address looked at again
)

// refusals are what a person reads of an address that is none of a post.
var refusals = map[network.Refusal]string{
	network.NoAddress:  "Ini bukan alamat unggahan. Salin tautan unggahan dari aplikasinya, lalu tempel di sini.",
	network.IsProfile:  "Ini alamat profil, bukan unggahan. Buka unggahan lalu salin tautannya.",
	network.IsWhatsApp: "Tautan WhatsApp tidak dapat diperiksa: bukti datang dari klik pembaca.",
	network.NoPost:     "Alamat ini bukan alamat satu unggahan. Buka unggahan lalu salin tautannya.",
	network.NotKnown:   "Alamat ini bukan dari jejaring yang kami kenal. Salin tautan unggahan dari X, Facebook, Instagram, Threads, TikTok, YouTube, LinkedIn, Telegram, Bluesky, atau Mastodon.",
}

// Paste takes an address as proof of a share and has it looked at. The same address again is the same claim.
func (s *Service) Paste(ctx context.Context, actor org.Actor, p Pasted) (made Claim, err error) {
	address, place, why, err := s.postAt(ctx, p.URL)
	if err != nil {
		return Claim{}, err
	}
	if why != "" {
		return Claim{}, errs.InvalidField("url", "%s", refusals[why])
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := s.paste(ctx, tx, actor, p.Content, address, place)
		if err == nil {
			made, err = s.shown(row)
		}
		return err
	})
	if db.Broken(err, "claim_hash_key") {
		err = taken()
	}
	return made, err
}

// postAt recognises an address. A host that nobody knows is a server of the fediverse where it is the official website
// of an agency in the registry of accounts.
func (s *Service) postAt(ctx context.Context, typed string) (address string, at network.Place, why network.Refusal, err error) {
	address, at, why = network.PostAt(typed)
	if why != network.NotKnown {
		return address, at, why, nil
	}
	host := network.HostOf(typed)
	row, err := db.Get[struct{ Named bool }](ctx, s.db, `SELECT EXISTS (SELECT FROM account WHERE network = 'website' AND kind = 'official' AND handle = $1 AND closed_at IS NULL) AS named`, host)
	if err == nil && row.Named {
		address, at, why = network.PostAt(typed, host)
	}
	return address, at, why, err
}

func taken() error {
	return errs.New(errs.Conflict, "Alamat ini sudah diajukan orang lain. Catatan Anda tidak berubah. Bila unggahan itu milik Anda, ajukan keberatan pada tindakannya.")
}

func (s *Service) paste(ctx context.Context, tx *db.Tx, actor org.Actor, item id.Content, address string, place network.Place) (claim, error) {
	if err := oneAtATime(ctx, tx, actor.User); err != nil {
		return claim{}, err
	}
	hashes := s.hashes(place.KeyOf(address))
	mine, err := db.Get[claim](ctx, tx, `SELECT `+claimColumns+` FROM claim WHERE user_id = $1 AND hash = ANY($2::bytea[])`, actor.User, hashes)
	known := err == nil
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return claim{}, err
	}
	if known && (mine.State == Confirmed || mine.NextAt != nil || tx.Now.Sub(*mine.CheckedAt) < again) {
		if item != 0 && mine.ContentID != 0 && mine.ContentID != item {
			return claim{}, errs.New(errs.Conflict, "Alamat ini sudah Anda pakai untuk konten lain. Satu unggahan menjadi bukti satu konten.")
		}
		return mine, nil
	}
	if err := free(ctx, tx, actor.User, hashes, known); err != nil {
		return claim{}, err
	}
	on, err := s.meant(ctx, tx, actor, item, address, place)
	if err != nil {
		return claim{}, err
	}
	return s.begin(ctx, tx, claim{Claim: Claim{ID: mine.ID, Place: place.Key, ContentID: item}, UserID: actor.User, On: on}, address, hashes[0])
}

// free refuses what is somebody else's, and too many new ones.
func free(ctx context.Context, tx *db.Tx, person id.User, hashes [][]byte, known bool) error {
	row, err := db.Get[struct {
		Theirs bool
		Today  int
	}](ctx, tx, `SELECT EXISTS (SELECT FROM claim WHERE hash = ANY($1::bytea[]) AND user_id <> $2 AND (state = 'confirmed' OR next_at IS NOT NULL)) AS theirs,
		(SELECT count(*) FROM claim WHERE user_id = $2 AND at > $3) AS today`, hashes, person, tx.Now.Add(-aDay))
	switch {
	case err != nil:
		return err
	case row.Theirs:
		return taken()
	case !known && row.Today >= mostClaims:
		return errs.New(errs.TooMany, "Anda sudah mengajukan %d alamat dalam sehari. Silakan lanjutkan besok.", mostClaims)
	}
	return nil
}

// meant finds the act, and refuses what the person's feed never held, and the official post itself.
func (s *Service) meant(ctx context.Context, tx *db.Tx, actor org.Actor, item id.Content, address string, place network.Place) (network.Number, error) {
	if item == 0 {
		return 0, nil
	}
	if err := meantFor(ctx, tx, actor, item); err != nil {
		return 0, err
	}
	begun, err := share.OnTx(ctx, tx, actor.User, item, place.Key)
	if err != nil {
		return 0, err
	}
	posts, err := officialPosts(ctx, tx, []id.Content{item})
	if err == nil && posts.has(address, place) {
		err = errs.InvalidField("url", "Ini alamat unggahan resmi. Tempel alamat unggahan Anda sendiri.")
	}
	return begun.Network, err
}

// meantFor is not found for what the person's feed neither holds nor held.
func meantFor(ctx context.Context, tx *db.Tx, actor org.Actor, item id.Content) error {
	_, err := db.Get[struct{ ID id.Content }](ctx, tx, `SELECT id FROM content WHERE id = $1 AND slug IS NOT NULL
		AND EXISTS (SELECT FROM content_target AS t WHERE t.content_id = content.id AND t.node_id = ANY($2::int4[]))`, item, actor.Path)
	if errors.Is(err, db.ErrNoRow) {
		return notFound("Konten")
	}
	return err
}

func (s *Service) begin(ctx context.Context, tx *db.Tx, c claim, address string, hash []byte) (claim, error) {
	sealed := s.addresses.Seal([]byte(address), placeOf(c.UserID, hash))
	row, err := db.Get[claim](ctx, tx, `INSERT INTO claim AS c (user_id, place, content_id, network, address, hash, state, next_at, at)
		VALUES ($1, $2, nullif($3::int4, 0), nullif($4::int2, 0), $5, $6, 'checking', $7, $7)
		ON CONFLICT ON CONSTRAINT claim_user_id_key DO UPDATE SET content_id = excluded.content_id, network = excluded.network, address = excluded.address,
			state = 'checking', reason = '', tries = 0, next_at = excluded.next_at
		RETURNING `+claimColumns, c.UserID, c.Place, c.ContentID, c.On, sealed, hash, tx.Now)
	if err != nil {
		return claim{}, err
	}
	return row, s.queue.EnqueueTx(ctx, tx, CheckJob{User: row.UserID, Claim: row.ID, Try: 0})
}

// placeOf is where a sealed address belongs.
func placeOf(person id.User, hash []byte) string { return fmt.Sprintf("claim/%d/%x", person, hash[:8]) }

// hashes are of the post, not of its address: one post is one proof, however it is spelled.
func (s *Service) hashes(post string) (all [][]byte) {
	for _, key := range s.hash {
		all = append(all, seal.Hash(key.Key, post))
	}
	return all
}

// open gives the address of a row.
func (s *Service) open(c claim) (string, error) {
	address, err := s.addresses.Open(c.Sealed, placeOf(c.UserID, c.Hash))
	return string(address), err
}

// shown is the row for its person.
func (s *Service) shown(c claim) (shown Claim, err error) {
	on, _ := network.Numbered(c.On) // 0: not known yet
	shown = c.Claim
	shown.Network = on.Key
	shown.Address, err = s.open(c)
	return shown, err
}
