// Package notice owns what a person is told in the app: what waits for them, and what became of what they
// wrote. It hears of it from the domains' events and calls none of them.
package notice

import (
	"context"
	"strconv"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Notice is one thing that a person is told. The words are the client's, by kind.
type Notice struct {
	ID        int64      `json:"id"`
	Kind      string     `json:"kind" enum:"turn,approved,returned,rejected,held,released,reminder,escalation,recheck,neutrality"`
	ContentID id.Content `json:"content_id"`
	Title     string     `json:"title" doc:"Of the content, as it is now"`
	StepName  string     `json:"step_name"`
	Final     bool       `json:"final" doc:"The approval that ended the chain"`
	By        string     `json:"by" doc:"Who did it; empty: the system"`
	Behalf    string     `json:"behalf" doc:"For whom (a.n.), when a deputy did"`
	Post      string     `json:"post" doc:"plh or plt of a deputy"`
	At        time.Time  `json:"at"`
	ReadAt    *time.Time `json:"read_at,omitempty"`
}

// Notices are one page of them and how many are unread altogether.
type Notices struct {
	page.Page[Notice]
	Unread int `json:"unread"`
}

// Service keeps and reads notices.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Work subscribes to what the domains tell.
func (s *Service) Work(r *job.Registry) {
	job.Handle(r, s.HearContent)
	job.Every(r, sweepEvery, SweepJob{}, s.sweep)
}

// SweepJob forgets old notices.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "notice_sweep" }

const (
	sweepEvery  = 12 * time.Hour
	keptFor     = 180 * 24 * time.Hour
	sweptAtOnce = 10_000
)

func (s *Service) sweep(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM notice WHERE (user_id, id) IN (SELECT user_id, id FROM notice WHERE at < $1 ORDER BY at LIMIT $2)`,
			tx.Now.Add(-keptFor), sweptAtOnce)
		return err
	})
}

// HearContent tells each of those concerned once, however often the news comes.
func (s *Service) HearContent(ctx context.Context, news content.NewsJob) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO notice (user_id, key, kind, content_id, step_name, final, by_id, behalf_id, post, at)
			SELECT person, $2, $3, $4, $5, $6, nullif($7, 0), nullif($8, 0), $9, $10 FROM unnest($1::int4[]) AS person ORDER BY person
			ON CONFLICT (user_id, key) DO NOTHING`,
			news.To, news.Key, news.What, news.ContentID, news.StepName, news.Final, int64(news.By), int64(news.Behalf), news.Post, news.At)
		return err
	})
}

// visible leaves out what is about an item that the person does not see any more.
const visible = `FROM notice AS n JOIN content AS c ON c.id = n.content_id JOIN agency AS a ON a.id = c.agency_id
	JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
	LEFT JOIN app_user AS p ON p.id = n.by_id LEFT JOIN app_user AS b ON b.id = n.behalf_id
	WHERE n.user_id = @me AND a.path && @roots::int4[]`

// List reads the actor's notices, the newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, ask page.Ask) (Notices, error) {
	args := db.Args{"me": int64(actor.User), "roots": actor.Roots(content.Readers()...), "at": time.Time{}, "before": int64(0), "more": false, "limit": ask.Size() + 1}
	key, more, err := ask.Key(2)
	if err != nil {
		return Notices{}, err
	}
	if more {
		micros, err := strconv.ParseInt(key[0], 10, 64)
		before, ok := id.Parse[int64](key[1])
		if !ok || err != nil {
			return Notices{}, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
		args["at"], args["before"], args["more"] = time.UnixMicro(micros).UTC(), before, true
	}
	rows, err := db.All[Notice](ctx, s.db, `SELECT n.id, n.kind, n.content_id, v.title, n.step_name, n.final, coalesce(p.name, '') AS by,
		coalesce(b.name, '') AS behalf, n.post, n.at, n.read_at `+visible+` AND (NOT @more::bool OR (n.at, n.id) < (@at::timestamptz, @before::int8)) ORDER BY n.at DESC, n.id DESC LIMIT @limit`, args)
	if err != nil {
		return Notices{}, err
	}
	unread, err := db.Get[struct{ N int }](ctx, s.db, `SELECT count(*) AS n `+visible+` AND n.read_at IS NULL`, args)
	list := page.Of(ask, rows, func(n Notice) []string {
		return []string{strconv.FormatInt(n.At.UnixMicro(), 10), strconv.FormatInt(n.ID, 10)}
	})
	return Notices{list, unread.N}, err
}

// Read marks one notice of the actor as read.
func (s *Service) Read(ctx context.Context, actor org.Actor, notice int64) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		known, err := db.Exec(ctx, tx, `UPDATE notice SET read_at = coalesce(read_at, $3) WHERE user_id = $1 AND id = $2`, actor.User, notice, tx.Now)
		if err == nil && known == 0 {
			err = errs.New(errs.NotFound, "Pemberitahuan tidak ditemukan.")
		}
		return err
	})
}

// ReadAll marks the actor's notices up to one as read: what came after it was not seen yet.
func (s *Service) ReadAll(ctx context.Context, actor org.Actor, upTo int64) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE notice SET read_at = $3 WHERE user_id = $1 AND id <= $2 AND read_at IS NULL`, actor.User, upTo, tx.Now)
		return err
	})
}
