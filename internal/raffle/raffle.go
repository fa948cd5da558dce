// Package raffle owns the raffles of seasons: everybody who qualified has one equal chance, and anybody can check
// that nobody chose who wins (decision 59).
package raffle

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/seal"
)

// Service plans raffles, lists who takes part, and draws.
type Service struct {
	db    *db.DB
	score *score.Service
	roots *seal.Box  // what the secrets are made of
	queue *job.Queue // tells that a list was drawn; nil: nobody listens
}

// New makes the service.
func New(d *db.DB, ring *seal.Ring, seasons *score.Service) *Service {
	return &Service{db: d, score: seasons, roots: seal.NewBox(ring, "raffle")}
}

// Tell has others hear of draws, by DrawnJob.
func (s *Service) Tell(queue *job.Queue) *Service {
	s.queue = queue
	return s
}

// DrawnJob tells that the numbers of a season were drawn, or drawn again by a correction.
type DrawnJob struct {
	Season int32 `json:"season"`
}

// Kind names the job.
func (DrawnJob) Kind() string { return "raffle_drawn" }

// RafflePlan is what an administrator of the root says of a season's raffle.
type RafflePlan struct {
	Winners int32  `json:"winners" minimum:"0" maximum:"1000" doc:"How many numbers are drawn; 0: no raffle"`
	Figure  string `json:"figure" maxLength:"600" doc:"The public figure that the draw waits for, so named that nobody can choose another: what, announced by whom, on which day, written how"`
}

const (
	longestFigure = 300
	longestReason = 500
)

func (p *RafflePlan) check() error {
	p.Figure = clean(p.Figure)
	var f errs.Faults
	if p.Winners > 0 && p.Figure == "" {
		f.Add("figure", "Sebutkan angka publik yang ditunggu: angka apa, diumumkan siapa, dan pada hari apa.")
	}
	f.Length("figure", "Angka publik", p.Figure, longestFigure)
	return f.Err()
}

func clean(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\x00", ""))
}

// Set plans the raffle of a season that has not begun, changes it, or takes it back. With it the commitment is made,
// and stands from then on.
func (s *Service) Set(ctx context.Context, actor org.Actor, season int32, plan RafflePlan) (Raffle, error) {
	if err := s.score.MustPlan(ctx, actor); err != nil {
		return Raffle{}, err
	}
	if err := plan.check(); err != nil {
		return Raffle{}, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		of, err := score.LockSeason(ctx, tx, season)
		if err != nil {
			return err
		}
		if of.Begun(tx.Now) {
			return errs.New(errs.Conflict, "Aturan musim ini sudah beku, jadi undiannya tidak dapat diubah lagi. Atur undian untuk musim berikutnya.")
		}
		if plan.Winners == 0 {
			return s.drop(ctx, tx, actor, season)
		}
		listed, err := lists(ctx, tx, season)
		if err != nil {
			return err
		}
		if !listed {
			return errs.InvalidField("winners", "Buku aturan musim ini tidak mempunyai ambang kualifikasi, jadi tidak ada yang dapat diundi. Ubah dahulu buku aturan musim ini ke yang mempunyai ambang, lalu atur undiannya.")
		}
		return s.commit(ctx, tx, actor, season, plan)
	})
	if err != nil || plan.Winners == 0 {
		return Raffle{Season: season, Draws: []Draw{}}, err
	}
	return s.one(ctx, season)
}

// lists tells whether anybody can come onto the list: who has the threshold of the rulebook, where it has one.
func lists(ctx context.Context, tx *db.Tx, season int32) (bool, error) {
	threshold, err := score.Threshold(ctx, tx, season)
	return threshold > 0, err
}

// KeepTx refuses other rules of a season by which its raffle would list nobody; see score.Service.Consent.
func (s *Service) KeepTx(ctx context.Context, tx *db.Tx, season int32) error {
	planned, err := db.All[struct{ SeasonID int32 }](ctx, tx, `SELECT season_id FROM raffle WHERE season_id = $1`, season)
	if err != nil || len(planned) == 0 {
		return err
	}
	listed, err := lists(ctx, tx, season)
	if err == nil && !listed {
		err = errs.InvalidField("rulebook", "Musim ini mempunyai undian, sedangkan buku aturan ini tidak mempunyai ambang kualifikasi, jadi tidak ada yang dapat diundi. Pilih buku aturan yang mempunyai ambang, atau batalkan dahulu undiannya.")
	}
	return err
}

// commit keeps the plan. The secret is made once: a plan that is changed has the commitment that was published.
func (s *Service) commit(ctx context.Context, tx *db.Tx, actor org.Actor, season int32, plan RafflePlan) error {
	root := make([]byte, 32)
	if _, err := rand.Read(root); err != nil {
		return err
	}
	kept, err := db.Get[struct{ Commitment []byte }](ctx, tx, `INSERT INTO raffle (season_id, winners, figure, commitment, sealed, set_at) VALUES (@season, @winners, @figure, @commitment, @sealed, @now)
		ON CONFLICT ON CONSTRAINT raffle_season_id_pkey DO UPDATE SET winners = excluded.winners, figure = excluded.figure, set_at = excluded.set_at RETURNING commitment`,
		db.Args{"season": season, "winners": plan.Winners, "figure": plan.Figure, "commitment": commitmentOf(root), "sealed": s.roots.Seal(root, place(season)), "now": tx.Now})
	if err != nil {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: "raffle.set", Subject: place(season),
		Detail: map[string]any{"winners": plan.Winners, "figure": plan.Figure, "commitment": hexed(kept.Commitment)}})
}

func (s *Service) drop(ctx context.Context, tx *db.Tx, actor org.Actor, season int32) error {
	gone, err := db.Exec(ctx, tx, `DELETE FROM raffle WHERE season_id = $1`, season)
	if err != nil || gone == 0 {
		return err
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: "raffle.drop", Subject: place(season)})
}

// place is where a secret is kept, and what the audit log is about.
func place(season int32) string { return "raffle/" + written(int64(season)) }

// Figure is the public figure as it was announced. A correction follows a draw and says why.
type Figure struct {
	Value     string     `json:"value" maxLength:"40" doc:"Its digits, without points, commas or spaces"`
	Source    string     `json:"source" maxLength:"600" doc:"Where it was announced"`
	Announced period.Day `json:"announced" doc:"The day on which it was announced: after the list was fixed"`
	Follows   int32      `json:"follows" minimum:"0" maximum:"15" doc:"The version of the draw that this corrects; 0: none was drawn yet"`
	Reason    string     `json:"reason,omitempty" maxLength:"1000" doc:"Of a correction: what was wrong"`
}

func (f *Figure) check() error {
	f.Source, f.Reason, f.Value = clean(f.Source), clean(f.Reason), clean(f.Value)
	var faults errs.Faults
	if len(f.Value) < 4 || strings.Trim(f.Value, "0123456789") != "" {
		faults.Add("value", "Tulis angkanya saja, sedikitnya 4 angka, tanpa titik, koma, atau spasi.")
	}
	if f.Source == "" {
		faults.Add("source", "Sebutkan di mana angka itu diumumkan, supaya siapa pun dapat memeriksanya.")
	}
	if f.Follows > 0 && f.Reason == "" {
		faults.Add("reason", "Tulis apa yang keliru. Alasan ini tampil bersama hasil undian.")
	}
	if f.Follows == 0 {
		f.Reason = ""
	}
	faults.Length("source", "Sumber", f.Source, longestFigure)
	faults.Length("reason", "Alasan", f.Reason, longestReason)
	return faults.Err()
}

// kept is a raffle as it is worked on.
type kept struct {
	Winners  int32
	Sealed   []byte
	Entries  *int32
	ListHash []byte
	ListedOn *period.Day // on the clock of Jakarta
	State    string      // of the season
	Version  int32       // of the last draw; 0: none
	Value    string
	Source   string
	On       *period.Day
}

// Draw takes the figure, reveals the secret and draws. It is done once: what was drawn stands, and a correction of the
// figure is a version of its own, by a secret that nobody has seen yet.
func (s *Service) Draw(ctx context.Context, actor org.Actor, season int32, figure Figure) (Raffle, error) {
	if err := s.score.MustPlan(ctx, actor); err != nil {
		return Raffle{}, err
	}
	if err := figure.check(); err != nil {
		return Raffle{}, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		of, err := lock(ctx, tx, season)
		if err != nil {
			return err
		}
		if of.Version == figure.Follows+1 && of.Value == figure.Value && of.Source == figure.Source && *of.On == figure.Announced {
			return nil // asked again, because the answer was lost
		}
		if err := of.takes(figure, tx); err != nil {
			return err
		}
		return s.draw(ctx, tx, actor, season, of, figure)
	})
	if err != nil {
		return Raffle{}, err
	}
	return s.one(ctx, season)
}

func lock(ctx context.Context, tx *db.Tx, season int32) (kept, error) {
	if _, err := db.Exec(ctx, tx, `SELECT FROM raffle WHERE season_id = $1 FOR UPDATE`, season); err != nil {
		return kept{}, err
	}
	found, err := db.Get[kept](ctx, tx, `SELECT r.winners, r.sealed, r.entries, r.list_hash, (r.listed_at AT TIME ZONE 'Asia/Jakarta')::date AS listed_on,
			(SELECT s.state FROM season AS s WHERE s.id = r.season_id) AS state, coalesce(d.version, 0) AS version, coalesce(d.value, '') AS value, coalesce(d.source, '') AS source, d.announced_on AS "on"
		FROM raffle AS r LEFT JOIN LATERAL (SELECT * FROM raffle_draw AS d WHERE d.season_id = r.season_id ORDER BY d.version DESC LIMIT 1) AS d ON true
		WHERE r.season_id = $1`, season)
	if errors.Is(err, db.ErrNoRow) {
		err = noRaffle()
	}
	return found, err
}

func noRaffle() error { return errs.New(errs.NotFound, "Musim ini tidak mempunyai undian.") }

// takes tells whether a figure may be entered now.
func (k kept) takes(figure Figure, tx *db.Tx) error {
	switch {
	case k.Entries == nil:
		return errs.New(errs.Conflict, "Daftar peserta belum dikunci. Undian dapat dilakukan sesudah musim ditutup.")
	case *k.Entries == 0:
		return errs.New(errs.Conflict, "Tidak ada yang lolos kualifikasi pada musim ini, jadi tidak ada yang diundi.")
	case k.Version > figure.Follows && figure.Follows == 0:
		return errs.New(errs.Conflict, "Undian ini sudah dilakukan dan tidak dapat diulang. Jika angka publiknya keliru, buat koreksi dengan alasannya.")
	case k.Version != figure.Follows:
		return errs.New(errs.Conflict, "Undian ini sudah berubah sejak layar dibuka. Muat ulang, lalu periksa versi terakhirnya.")
	case k.Version == mostVersions:
		return errs.New(errs.Conflict, "Undian ini sudah dikoreksi %d kali dan tidak dapat dikoreksi lagi.", mostVersions-1)
	case figure.Announced <= *k.ListedOn:
		return errs.InvalidField("announced", "Angka harus diumumkan sesudah hari daftar peserta dikunci, supaya tidak ada yang dapat mengetahuinya lebih dahulu.")
	case figure.Announced > period.LocalDay(tx.Now, period.MustZone("Asia/Jayapura")):
		return errs.InvalidField("announced", "Hari pengumuman belum tiba.")
	case k.Version > 0 && figure.Value == k.Value:
		return errs.InvalidField("value", "Angkanya sama dengan yang sudah dipakai, jadi tidak ada yang perlu dikoreksi.")
	}
	return nil
}

func (s *Service) draw(ctx context.Context, tx *db.Tx, actor org.Actor, season int32, of kept, figure Figure) error {
	root, err := s.roots.Open(of.Sealed, place(season))
	if err != nil {
		return err
	}
	version := of.Version + 1
	secret := secretOf(root, version)
	seed := seedOf(season, secret, figure.Value, of.ListHash)
	places := pick(seed, int(*of.Entries), int(of.Winners))
	drawn, err := db.Exec(ctx, tx, `INSERT INTO raffle_draw (season_id, version, value, source, announced_on, reason, secret, seed, numbers, drawn_at)
		SELECT @season, @version, @value, @source, @on::date, @reason, @secret, @seed, array_agg(e.number ORDER BY chosen.turn), @now
		FROM unnest(@places::int8[]) WITH ORDINALITY AS chosen (place, turn)
		JOIN (SELECT number, row_number() OVER (ORDER BY number) - 1 AS place FROM raffle_entry WHERE season_id = @season) AS e USING (place)
		HAVING count(*) = cardinality(@places::int8[])`,
		db.Args{"season": season, "version": version, "value": figure.Value, "source": figure.Source, "on": figure.Announced.String(), "reason": figure.Reason,
			"secret": secret, "seed": seed, "places": places, "now": tx.Now})
	if err == nil && drawn != 1 {
		err = errors.New("the list of a raffle has other entries than it was closed with")
	}
	if err != nil {
		return err
	}
	if s.queue != nil {
		if err := s.queue.EnqueueTx(ctx, tx, DrawnJob{season}); err != nil {
			return err
		}
	}
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: "raffle.draw", Subject: place(season),
		Detail: map[string]any{"version": version, "value": figure.Value, "source": figure.Source, "announced": figure.Announced, "reason": figure.Reason, "seed": hexed(seed)}})
}
