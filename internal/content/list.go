package content

import (
	"context"
	"errors"
	"strconv"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Content is an item as the console reads it.
type Content struct {
	ID              id.Content  `json:"id"`
	AgencyID        id.Agency   `json:"agency_id"`
	AgencyName      string      `json:"agency_name"`
	AgencyZone      string      `json:"agency_zone"`
	AuthorID        id.User     `json:"author_id"`
	AuthorName      string      `json:"author_name"`
	State           State       `json:"state" enum:"draft,in_review,on_hold,changes_requested,rejected,approved,scheduled,live,ended,recalled"`
	Version         int         `json:"version"`
	ApprovedVersion int         `json:"approved_version" doc:"0: none"`
	Hash            string      `json:"hash" doc:"First 16 digits of the version's SHA-256"`
	Slug            string      `json:"slug" doc:"Public page /k/{slug} once it is or was live"`
	PublishAt       *time.Time  `json:"publish_at,omitempty"`
	WishedAt        *time.Time  `json:"wished_at,omitempty" doc:"When it should go out, as somebody wished in the calendar; publish_at is what holds"`
	PublishedAt     *time.Time  `json:"published_at,omitempty"`
	EndsAt          *time.Time  `json:"ends_at,omitempty"`
	RecalledAt      *time.Time  `json:"recalled_at,omitempty"`
	RecallReason    string      `json:"recall_reason"`
	CorrectionID    id.Content  `json:"correction_id" doc:"0: none"`
	UpdatedAt       time.Time   `json:"updated_at"`
	SpreadMinutes   int         `json:"spread_minutes" doc:"Over how many waking minutes its prompts go out"`
	Targets         []id.Agency `json:"targets" gorm:"serializer:json" nullable:"false"`
	Decisions       []Decision  `json:"decisions" gorm:"serializer:json" nullable:"false"`
	Actions         []Action    `json:"actions" gorm:"-" nullable:"false" doc:"What the caller may do with it now"`
	Round           int         `json:"round" doc:"Of review; 0: it was never submitted"`
	Step            int         `json:"step" doc:"The present step of its chain, or the last one that was reached"`
	Steps           int         `json:"steps" doc:"How many its chain has"`
	StepName        string      `json:"step_name"`
	StepAt          *time.Time  `json:"step_at,omitempty" doc:"Since when the present step waits"`
	Text
	Hand            `json:"-"`
	VersionAuthorID id.User           `json:"-"`
	Path            db.IDs[id.Agency] `json:"-"`
}

// Decision is what an approver decided.
type Decision struct {
	Version  int       `json:"version"`
	Round    int       `json:"round"`
	Step     int       `json:"step"`
	StepName string    `json:"step_name"`
	Decision string    `json:"decision" enum:"approved,returned,rejected,held,released"`
	Reason   string    `json:"reason"`
	Approver string    `json:"approver"`
	Behalf   string    `json:"behalf" doc:"For whom (a.n.), when a deputy decided; otherwise empty"`
	Post     string    `json:"post" doc:"plh or plt of a deputy; otherwise empty"`
	Basis    string    `json:"basis" enum:"named,role,fallback" doc:"fallback: nobody who was named could decide, so whoever approves at the node did"`
	Final    bool      `json:"final" doc:"The approval that ended the chain"`
	Ticked   []string  `json:"checklist" nullable:"false" doc:"What was looked for in the pictures, in an election mode: poses, attributes, candidates"`
	At       time.Time `json:"at"`
}

// selectSQL reads items whose numbers another statement chooses: who may decide is only asked of those.
func selectSQL(chosen string) string {
	return `
WITH chosen AS MATERIALIZED (` + chosen + `)
SELECT c.id, c.agency_id, a.name AS agency_name, a.zone AS agency_zone, c.author_id, u.name AS author_name, c.state,
       c.version, coalesce(c.approved_version, 0) AS approved_version, coalesce(c.slug, '') AS slug,
       c.publish_at, c.published_at, c.ends_at, c.recalled_at, c.recall_reason, (SELECT w.at FROM content_wish AS w WHERE w.content_id = c.id) AS wished_at,
       coalesce(c.correction_id, 0) AS correction_id, c.updated_at, c.spread_minutes,
       encode(substr(v.hash, 1, 8), 'hex') AS hash, v.author_id AS version_author_id, a.path::text AS path,
       v.title, v.summary, v.body, v.kind, v.pillar, v.stage, v.topic, v.classification, v.landing_url,
       v.hashtags, v.captions, v.official_posts, v.images, v.video, v.mandate,
       (SELECT coalesce(json_agg(t.node_id ORDER BY t.node_id), '[]') FROM content_target AS t WHERE t.content_id = c.id) AS targets,
       (SELECT coalesce(json_agg(json_build_object('version', d.version, 'round', d.round, 'step', d.step, 'step_name', d.step_name,
               'decision', d.decision, 'reason', d.reason, 'approver', p.name, 'behalf', coalesce(b.name, ''), 'post', d.post, 'basis', d.basis,
               'final', d.final, 'checklist', d.checklist, 'at', d.at) ORDER BY d.id), '[]')
        FROM content_decision AS d JOIN app_user AS p ON p.id = d.approver_id LEFT JOIN app_user AS b ON b.id = d.behalf_id
        WHERE d.content_id = c.id) AS decisions,
       CASE WHEN c.state IN ('in_review', 'on_hold') THEN r.step_at END AS step_at, ` + reviewColumns + `
FROM chosen JOIN content AS c ON c.id = chosen.id
JOIN agency AS a ON a.id = c.agency_id
JOIN app_user AS u ON u.id = c.author_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
` + reviewJoin + `
` + handJoin()
}

// visibleSQL are the numbers of what the actor sees in the queue.
const visibleSQL = `SELECT c.id FROM content AS c JOIN agency AS a ON a.id = c.agency_id WHERE a.path && @roots::int4[]`

// scope is what every read of the queue asks with.
func (s *Service) scope(actor org.Actor) db.Args {
	return db.Args{"roots": actor.Roots(Readers()...), "me": int64(actor.User), "now": s.db.Now()}
}

// Get reads one item of the actor's subtree.
func (s *Service) Get(ctx context.Context, actor org.Actor, content id.Content) (Content, error) {
	args := s.scope(actor)
	args["id"] = content
	found, err := db.Get[Content](ctx, s.db, selectSQL(visibleSQL+` AND c.id = @id`), args)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	found.Actions = found.item().actions(actor)
	return found, err
}

// Filter narrows the queue. What is empty narrows nothing.
type Filter struct {
	State    State
	Agency   id.Agency
	Author   id.User
	Campaign id.Campaign
	Kind     string
	Pillar   string
	Topic    string
	From, To *period.Day // of the last change, in the actor's zone, inclusive
	Search   string      // words; then the best come first
	Waiting  bool        // only what waits for the actor's decision, the oldest first
	page.Ask
}

// List reads the queue of the actor's subtree, newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, f Filter) (page.Page[Content], error) {
	if f.Waiting {
		return s.waiting(ctx, actor, f)
	}
	if f.Search != "" {
		return s.found(ctx, actor, f)
	}
	return page.Falling(f.Ask, func(c Content) id.Content { return c.ID }, func(before id.Content, limit int) ([]Content, error) {
		narrowed, args, err := s.narrowed(ctx, actor, f)
		if err != nil {
			return nil, err
		}
		args["before"], args["limit"] = before, limit
		return s.queueOf(ctx, actor, `SELECT c.id `+narrowed+` AND (@before::int4 = 0 OR c.id < @before)
			ORDER BY c.id DESC LIMIT @limit`, ` ORDER BY c.id DESC`, args)
	})
}

// narrowed is what the actor sees of the queue through a filter, from FROM on. A condition that is always
// there would hide its index from a prepared plan, so only those that narrow are.
func (s *Service) narrowed(ctx context.Context, actor org.Actor, f Filter) (query string, args db.Args, err error) {
	args = s.scope(actor)
	within, err := s.within(ctx, actor)
	if err != nil {
		return "", nil, err
	}
	query, where := ` FROM content AS c JOIN agency AS a ON a.id = c.agency_id`, ` WHERE a.path && @roots::int4[]`
	if within != nil { // the database knows how many items an agency has, and not how many a subtree has
		query, where = ` FROM content AS c`, ` WHERE c.agency_id = ANY(@within::int4[])`
		args["within"] = within
	}
	zone := period.MustZone(actor.Zone)
	if f.Kind != "" || f.Pillar != "" || f.Topic != "" || f.Search != "" {
		query += ` JOIN content_search AS f ON f.content_id = c.id`
		if within != nil {
			where += ` AND f.agency_id = ANY(@within::int4[])`
		}
	}
	if f.Campaign != 0 {
		query += ` JOIN campaign_content AS k ON k.content_id = c.id AND k.campaign_id = @campaign`
		args["campaign"] = f.Campaign
	}
	for _, one := range []struct {
		asked       bool
		name, where string
		value       any
	}{
		{f.State != "", "state", `c.state = @state`, f.State},
		{f.Agency != 0, "agency", `c.agency_id = @agency`, f.Agency},
		{f.Author != 0, "author", `c.author_id = @author`, f.Author},
		{f.Kind != "", "kind", `f.kind = @kind`, f.Kind},
		{f.Pillar != "", "pillar", `f.pillar = @pillar`, f.Pillar},
		{f.Topic != "", "topic", `f.topic = @topic`, f.Topic},
		{f.From != nil, "from", `c.updated_at >= @from`, startOf(f.From, 0, zone)},
		{f.To != nil, "to", `c.updated_at < @to`, startOf(f.To, 1, zone)},
	} {
		if one.asked {
			where += ` AND ` + one.where
			args[one.name] = one.value
		}
	}
	return query + where, args, nil
}

// mostWithin is how many agencies a question names at most; for a larger subtree it asks for the path.
const mostWithin = 2_000

// within are the agencies of the actor's subtree, or nil when there are too many to name.
func (s *Service) within(ctx context.Context, actor org.Actor) ([]id.Agency, error) {
	rows, err := db.All[struct{ ID id.Agency }](ctx, s.db, `SELECT id FROM agency WHERE path && $1::int4[] LIMIT $2`, actor.Roots(Readers()...), mostWithin+1)
	if err != nil || len(rows) > mostWithin {
		return nil, err
	}
	found := make([]id.Agency, len(rows))
	for i, row := range rows {
		found[i] = row.ID
	}
	return found, nil
}

// startOf is when the day so many days after one begins.
func startOf(day *period.Day, days int, zone *time.Location) time.Time {
	if day == nil {
		return time.Time{}
	}
	return day.Add(days).Start(zone)
}

func waitingSQL() string {
	return `SELECT c.id FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version JOIN content_review AS r ON r.content_id = c.id AND r.round = c.round
		WHERE a.path && @roots::int4[] AND c.state = 'in_review' AND (@agency::int4 = 0 OR c.agency_id = @agency)
		  AND (r.step_at, c.id) > (@since::timestamptz, @after::int4) AND EXISTS (SELECT FROM (` + handsSQL + `) AS of_step WHERE of_step.hand = @me)
		ORDER BY r.step_at, c.id LIMIT @limit`
}

// queueOf reads the chosen items with what the actor may do with each. Compiling such a statement takes ten
// times as long as running it.
func (s *Service) queueOf(ctx context.Context, actor org.Actor, chosen, order string, args db.Args) (rows []Content, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `SET LOCAL jit = off`); err != nil {
			return err
		}
		rows, err = db.All[Content](ctx, tx, selectSQL(chosen)+order, args)
		return err
	})
	for i := range rows {
		rows[i].Actions = rows[i].item().actions(actor)
	}
	return rows, err
}

// waiting lists what waits for the actor: in review, at a step that they may decide, the oldest first.
func (s *Service) waiting(ctx context.Context, actor org.Actor, f Filter) (page.Page[Content], error) {
	args := s.scope(actor)
	args["roots"] = actor.Roots(org.Approver)
	args["agency"], args["since"], args["after"], args["limit"] = f.Agency, time.UnixMicro(0).UTC(), int64(0), f.Size()+1
	key, more, err := f.Key(2)
	if err != nil {
		return page.Page[Content]{}, err
	}
	if more {
		micros, err := strconv.ParseInt(key[0], 10, 64)
		after, ok := id.Parse[id.Content](key[1])
		if err != nil || !ok {
			return page.Page[Content]{}, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
		args["since"], args["after"] = time.UnixMicro(micros).UTC(), int64(after)
	}
	rows, err := s.queueOf(ctx, actor, waitingSQL(), ` ORDER BY r.step_at, c.id`, args)
	if err != nil {
		return page.Page[Content]{}, err
	}
	return page.Of(f.Ask, rows, func(c Content) []string {
		return []string{strconv.FormatInt(c.StepAt.UnixMicro(), 10), strconv.FormatInt(int64(c.ID), 10)}
	}), nil
}

// item is the part of an item that decides what may be done with it.
func (c Content) item() item {
	return item{ID: c.ID, AgencyID: c.AgencyID, AuthorID: c.AuthorID, VersionAuthorID: c.VersionAuthorID, State: c.State, Version: c.Version,
		Path: c.Path, Round: c.Round, Step: c.Step, Steps: c.Steps, StepName: c.StepName, Hand: c.Hand}
}
