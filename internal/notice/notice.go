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
	Kind      string     `json:"kind" enum:"turn,approved,returned,rejected,held,released,reminder,escalation,recheck,neutrality,prompt,recalled,recalled_again,proof_accepted,proof_rejected,objection_granted,objection_rejected,data_request,reach_taken,reach_kept,reach_restored,raffle"`
	ContentID id.Content `json:"content_id" doc:"0: it is about a data request, the person's count or a raffle"`
	Title     string     `json:"title" doc:"Of the content, as it is now; of a data request, what kind it is; of a raffle, its season's name"`
	StepName  string     `json:"step_name" doc:"Of a data request: working, done or refused; of a raffle: won, or corrected: the number was drawn and is not any more"`
	Final     bool       `json:"final" doc:"The approval that ended the chain"`
	By        string     `json:"by" doc:"Who did it; empty: the system"`
	Behalf    string     `json:"behalf" doc:"For whom (a.n.), when a deputy did"`
	Post      string     `json:"post" doc:"plh or plt of a deputy"`
	Urgent    bool       `json:"urgent" doc:"A clarification that came the urgent way"`
	At        time.Time  `json:"at"`
	ReadAt    *time.Time `json:"read_at,omitempty"`
}

// Notices are one page of them and how many are unread altogether.
type Notices struct {
	page.Page[Notice]
	Unread int `json:"unread"`
}

// Service keeps and reads notices.
type Service struct {
	db   *db.DB
	out  outbox
	push pushes
	feed func(context.Context, id.User) ([]id.Content, error) // nil: see OrderBy
}

// New makes the service; MailBy lets it send e-mail, PushBy push messages.
func New(d *db.DB) *Service { return &Service{db: d} }

// Work subscribes to what the domains tell.
func (s *Service) Work(r *job.Registry) {
	job.Handle(r, s.HearContent)
	job.Handle(r, s.HearProof)
	job.Handle(r, s.HearRequest)
	job.Handle(r, s.HearReach)
	job.Handle(r, s.HearRaffle)
	job.Every(r, promptEvery, PromptJob{}, s.Prompt)
	job.Every(r, remindEvery, RemindJob{}, s.Remind)
	job.Every(r, mailEvery, MailJob{}, s.Mail)
	job.Every(r, mailEvery, DigestJob{}, s.Digest)
	job.Every(r, pushEvery, PushJob{}, s.Push)
	job.Every(r, sweepEvery, SweepJob{}, s.sweep)
}

// SweepJob forgets old notices.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "notice_sweep" }

const (
	sweepEvery  = 12 * time.Hour
	keptFor     = 180 * 24 * time.Hour
	promptsKept = 14 * 24 * time.Hour // everybody gets them: they are many, and soon of no use
	sweptAtOnce = 10_000
)

// sweep forgets old notices, batch by batch; the rest is the next run's.
func (s *Service) sweep(ctx context.Context) error {
	for _, old := range []struct {
		query string
		kept  time.Duration
	}{
		{`DELETE FROM notice WHERE (user_id, id) IN (SELECT user_id, id FROM notice WHERE kind = 'prompt' AND at < $1 ORDER BY at LIMIT $2)`, promptsKept},
		{`DELETE FROM notice WHERE (user_id, id) IN (SELECT user_id, id FROM notice WHERE at < $1 ORDER BY at LIMIT $2)`, keptFor},
	} {
		for gone := int64(sweptAtOnce); gone == sweptAtOnce && !short(ctx); {
			err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
				gone, err = db.Exec(ctx, tx, old.query, tx.Now.Add(-old.kept), sweptAtOnce)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM prompt_late WHERE day < $1`, tx.Now.Add(-promptsKept)); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `DELETE FROM push_device AS d WHERE NOT `+living, db.Args{"now": tx.Now})
		return err
	})
}

// HearContent tells each of those concerned once, however often the news comes: those it names, everybody
// of the audience in turn, or everybody who shared.
func (s *Service) HearContent(ctx context.Context, news content.NewsJob) error {
	switch content.State(news.What) {
	case content.Live:
		return s.beginWaves(ctx, news.ContentID)
	case content.Recalled:
		return s.tellSharers(ctx, news.ContentID)
	}
	people := make([]int32, len(news.To))
	for i, person := range news.To {
		people[i] = int32(person)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.tellTx(ctx, tx, `INSERT INTO notice (user_id, key, kind, content_id, step_name, final, by_id, behalf_id, post, at)
			SELECT person, @key, @kind, @content, @step, @final, nullif(@by::int4, 0), nullif(@behalf::int4, 0), @post, @at FROM unnest(@people::int4[]) AS person ORDER BY person
			ON CONFLICT (user_id, key) DO NOTHING`,
			db.Args{"people": people, "key": news.Key, "kind": news.What, "content": news.ContentID, "step": news.StepName, "final": news.Final,
				"by": int64(news.By), "behalf": int64(news.Behalf), "post": news.Post, "at": news.At})
	})
}

// Part is one of the two lists: what waits at the desk, and what everybody is told.
type Part string

// The parts.
const (
	Desk Part = "desk"
	Feed Part = "feed"
)

// visible leaves out what is about an item that the person does not see any more, and prompts for what can no
// longer be shared.
const visible = `FROM notice AS n LEFT JOIN content AS c ON c.id = n.content_id LEFT JOIN agency AS a ON a.id = c.agency_id
	LEFT JOIN data_request AS r ON r.user_id = n.user_id AND r.id = n.request_id
	LEFT JOIN season AS s ON s.id = n.season_id
	LEFT JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
	LEFT JOIN app_user AS p ON p.id = n.by_id LEFT JOIN app_user AS b ON b.id = n.behalf_id
	WHERE n.user_id = @me AND CASE n.kind WHEN 'prompt' THEN @part::text = 'feed' AND c.state = 'live' AND (c.ends_at IS NULL OR c.ends_at > @now::timestamptz)
		WHEN 'recalled' THEN @part::text = 'feed' WHEN 'recalled_again' THEN @part::text = 'feed'
		WHEN 'proof_accepted' THEN @part::text = 'feed' WHEN 'proof_rejected' THEN @part::text = 'feed'
		WHEN 'objection_granted' THEN @part::text = 'feed' WHEN 'objection_rejected' THEN @part::text = 'feed'
		WHEN 'data_request' THEN @part::text = 'feed' WHEN 'reach_taken' THEN @part::text = 'feed'
		WHEN 'reach_kept' THEN @part::text = 'feed' WHEN 'reach_restored' THEN @part::text = 'feed'
		WHEN 'raffle' THEN @part::text = 'feed' ELSE @part::text = 'desk' AND a.path && @roots::int4[] END`

// List reads one part of the actor's notices, the newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, part Part, ask page.Ask) (Notices, error) {
	args := db.Args{"part": string(part), "now": s.db.Now(), "me": int64(actor.User), "roots": actor.Roots(content.Readers()...), "at": time.Time{}, "before": int64(0), "more": false, "limit": ask.Size() + 1}
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
	rows, err := db.All[Notice](ctx, s.db, `SELECT n.id, n.kind, coalesce(n.content_id, 0) AS content_id, coalesce(v.title, r.kind, s.name, '') AS title, n.step_name, n.final, coalesce(p.name, '') AS by,
		coalesce(b.name, '') AS behalf, n.post, n.urgent, n.at, n.read_at `+visible+` AND (NOT @more::bool OR (n.at, n.id) < (@at::timestamptz, @before::int8)) ORDER BY n.at DESC, n.id DESC LIMIT @limit`, args)
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
			err = errs.New(errs.NotFound, "Notifikasi tidak ditemukan.")
		}
		return err
	})
}

// ReadAll marks a part of the actor's notices up to one as read: what came after it was not seen yet.
func (s *Service) ReadAll(ctx context.Context, actor org.Actor, part Part, upTo int64) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE notice SET read_at = $3 WHERE user_id = $1 AND id <= $2 AND read_at IS NULL
			AND (kind IN ('prompt', 'recalled', 'recalled_again', 'proof_accepted', 'proof_rejected', 'objection_granted', 'objection_rejected', 'data_request',
				'reach_taken', 'reach_kept', 'reach_restored', 'raffle')) = ($4::text = 'feed')`, actor.User, upTo, tx.Now, string(part))
		return err
	})
}
