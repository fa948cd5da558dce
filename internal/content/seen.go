package content

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/trust"
)

// Review is what the screen of a review needs beside the item: its chain, who looks at it, and the text
// that it is compared with.
type Review struct {
	Round      int          `json:"round"`
	Version    int          `json:"version" doc:"The newest version"`
	Chain      []StepShown  `json:"chain" nullable:"false"`
	Step       int          `json:"step" doc:"The present one, or the last that was reached"`
	StepAt     time.Time    `json:"step_at" doc:"Since when the present step waits"`
	RemindAt   int          `json:"remind_hours"`
	EscalateAt int          `json:"escalate_hours"`
	HeldBy     string       `json:"held_by" doc:"Empty: it is not on hold"`
	HeldAt     *time.Time   `json:"held_at,omitempty"`
	HeldReason string       `json:"held_reason"`
	ActsFor    string       `json:"acts_for" doc:"For whom the caller would decide as a deputy; empty: for themselves, or not at all"`
	Post       string       `json:"post" doc:"plh or plt of the caller, when they would decide as a deputy"`
	Base       *EarlierText `json:"base,omitempty" doc:"What to compare with; none: this is the first version that was submitted"`
	Seen       []SeenBy     `json:"seen" nullable:"false"`
	Elections  []string     `json:"elections" nullable:"false" doc:"Names of the election modes that hold for it: an approval then wants its checklist"`
}

// StepShown is a step of an item's chain with those who may decide it.
type StepShown struct {
	Name     string   `json:"name"`
	Agency   string   `json:"agency_name" doc:"Whose approvers decide it, unless persons are named"`
	Named    []string `json:"named" nullable:"false" doc:"Who was named for it"`
	Deciders []string `json:"deciders" nullable:"false" doc:"Who may decide it now, deputies as \"a.n.\"; only of the present step"`
	Fallback bool     `json:"fallback" doc:"Nobody who was named can decide this item, so whoever approves at the node does"`
}

// EarlierText is an earlier version of the text.
type EarlierText struct {
	Version int       `json:"version"`
	Why     string    `json:"why" enum:"approved,submitted" doc:"The version last approved, or else the one submitted before"`
	At      time.Time `json:"at"`
	Text    Text      `json:"text"`
}

// SeenBy is who had a version before them, and when.
type SeenBy struct {
	Name    string    `json:"name"`
	Mine    bool      `json:"mine"`
	Version int       `json:"version"`
	FirstAt time.Time `json:"first_at"`
	LastAt  time.Time `json:"last_at"`
}

// See records that the actor has a version before them: in review it is history.
func (s *Service) See(ctx context.Context, actor org.Actor, content id.Content, version int) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		seen, err := db.Exec(ctx, tx, `INSERT INTO content_seen AS e (user_id, content_id, version, first_at, last_at)
			SELECT $1::int4, v.content_id, v.no, $4::timestamptz, $4 FROM content_version AS v JOIN content AS c ON c.id = v.content_id JOIN agency AS a ON a.id = c.agency_id
			WHERE v.content_id = $2 AND v.no = $3 AND a.path && $5::int4[]
			ON CONFLICT (user_id, content_id, version) DO UPDATE SET last_at = greatest(e.last_at, excluded.last_at)`,
			actor.User, content, version, tx.Now, actor.Roots(Readers()...))
		if err == nil && seen == 0 {
			err = errs.New(errs.NotFound, "Konten tidak ditemukan.")
		}
		return err
	})
}

// Review reads how far an item is in its chain.
func (s *Service) Review(ctx context.Context, actor org.Actor, content id.Content) (Review, error) {
	shown, err := s.Get(ctx, actor, content)
	if err != nil {
		return Review{}, err
	}
	answer := Review{Round: shown.Round, Version: shown.Version, Chain: []StepShown{}, Step: shown.Step, Post: shown.Post}
	if answer.Seen, err = s.seen(ctx, actor, content); err != nil {
		return Review{}, err
	}
	if answer.Elections, err = s.elections(ctx, shown); err != nil {
		return Review{}, err
	}
	r, err := readReview(ctx, s.db, content, shown.Round)
	if errors.Is(err, db.ErrNoRow) { // never submitted, or before there were chains
		return answer, nil
	}
	if err != nil {
		return Review{}, err
	}
	answer.StepAt, answer.RemindAt, answer.EscalateAt = r.StepAt, r.Chain.RemindHours, r.Chain.EscalateHours
	answer.HeldAt, answer.HeldReason = r.HeldAt, r.HeldReason
	if answer.Chain, err = s.steps(ctx, shown, r); err != nil {
		return Review{}, err
	}
	if err := s.people(ctx, shown, r, &answer); err != nil {
		return Review{}, err
	}
	answer.Base, err = s.base(ctx, shown)
	return answer, err
}

func (s *Service) elections(ctx context.Context, shown Content) ([]string, error) {
	modes, err := trust.HoldingTx(ctx, s.db, s.db.Now(), trust.Audience{Agency: shown.AgencyID, Targets: shown.Targets})
	names := []string{}
	for _, mode := range modes {
		names = append(names, mode.Name)
	}
	return names, err
}

func (s *Service) seen(ctx context.Context, actor org.Actor, content id.Content) ([]SeenBy, error) {
	return db.All[SeenBy](ctx, s.db, `SELECT u.name, e.user_id = $2 AS mine, e.version, e.first_at, e.last_at FROM content_seen AS e JOIN app_user AS u ON u.id = e.user_id
		WHERE e.content_id = $1 ORDER BY e.version DESC, e.first_at LIMIT 200`, content, actor.User)
}

// people fills in the names of who holds it, and of whom the actor would decide for.
func (s *Service) people(ctx context.Context, shown Content, r review, answer *Review) error {
	wanted := []id.User{}
	if r.HeldBy != nil {
		wanted = append(wanted, *r.HeldBy)
	}
	if shown.Post != "" {
		wanted = append(wanted, shown.Person)
	}
	names, err := namesOf(ctx, s.db, wanted)
	for _, one := range names {
		if r.HeldBy != nil && one.ID == *r.HeldBy {
			answer.HeldBy = one.Name
		}
		if shown.Post != "" && one.ID == shown.Person {
			answer.ActsFor = one.Name
		}
	}
	return err
}

// steps shows the chain with the names of those who were named, and at the present step of those who may
// decide it now.
func (s *Service) steps(ctx context.Context, shown Content, r review) ([]StepShown, error) {
	steps := []StepShown{}
	for _, step := range r.Chain.Steps {
		node, err := db.Get[struct{ Name string }](ctx, s.db, `SELECT name FROM agency WHERE id = $1`, step.AgencyID)
		if err != nil {
			return nil, err
		}
		one := StepShown{Name: step.Name, Agency: node.Name, Named: []string{}, Deciders: []string{}}
		named, err := namesOf(ctx, s.db, step.Persons)
		if err != nil {
			return nil, err
		}
		for _, person := range named {
			one.Named = append(one.Named, person.Name)
		}
		steps = append(steps, one)
	}
	type hand struct{ Name, Behalf, Post, Basis string }
	hands, err := db.All[hand](ctx, s.db, `
		SELECT q.name, p.name AS behalf, h.post, h.basis FROM content AS c
		JOIN agency AS a ON a.id = c.agency_id JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version `+reviewJoin+`
		CROSS JOIN LATERAL (`+handsSQL+`) AS h JOIN app_user AS q ON q.id = h.hand JOIN app_user AS p ON p.id = h.person
		WHERE c.id = @id ORDER BY h.post <> '', lower(q.name), q.id LIMIT 20`, db.Args{"id": int64(shown.ID), "now": s.db.Now()})
	for _, one := range hands {
		at := &steps[r.Step-1]
		name := one.Name
		if one.Post != "" {
			name += " (" + map[string]string{"plh": "Plh.", "plt": "Plt."}[one.Post] + " a.n. " + one.Behalf + ")"
		}
		at.Deciders, at.Fallback = append(at.Deciders, name), one.Basis == "fallback"
	}
	return steps, err
}

// base is the version to compare the newest with: the one last approved in full, or else the one that was
// submitted in the round before.
func (s *Service) base(ctx context.Context, shown Content) (*EarlierText, error) {
	found, err := db.Get[struct {
		No  int
		Why string
		At  time.Time
		Raw json.RawMessage
	}](ctx, s.db, `
		WITH earlier AS (
			(SELECT version AS no, 'approved' AS why, at FROM content_decision WHERE content_id = $1 AND final AND round < $2 ORDER BY id DESC LIMIT 1)
			UNION ALL
			(SELECT version, 'submitted', began_at FROM content_review WHERE content_id = $1 AND round < $2 ORDER BY round DESC LIMIT 1))
		SELECT e.no, e.why, e.at, to_json(v) AS raw FROM earlier AS e JOIN content_version AS v ON v.content_id = $1 AND v.no = e.no
		ORDER BY e.why LIMIT 1`, shown.ID, shown.Round)
	if errors.Is(err, db.ErrNoRow) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	base := EarlierText{Version: found.No, Why: found.Why, At: found.At}
	return &base, json.Unmarshal(found.Raw, &base.Text)
}

// Version reads the text of one version of an item that the actor sees.
func (s *Service) Version(ctx context.Context, actor org.Actor, content id.Content, no int) (Text, error) {
	found, err := db.Get[struct{ Raw json.RawMessage }](ctx, s.db, `SELECT to_json(v) AS raw FROM content_version AS v
		JOIN content AS c ON c.id = v.content_id JOIN agency AS a ON a.id = c.agency_id
		WHERE v.content_id = $1 AND v.no = $2 AND a.path && $3::int4[]`, content, no, actor.Roots(Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return Text{}, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	if err != nil {
		return Text{}, err
	}
	var text Text
	err = json.Unmarshal(found.Raw, &text)
	return text, err
}
