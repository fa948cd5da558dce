package content

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// review is one round of review as it stands.
type review struct {
	Round, Version, Step int
	Chain                Chain `gorm:"serializer:json"`
	BeganAt, StepAt      time.Time
	RunningSince         *time.Time // since when the clock of the step runs; nil: it stands
	Spent                int        // working minutes before that
	Told                 int        // 1: reminded, 2: escalated
	HeldBy               *id.User
	HeldAt               *time.Time
	HeldReason           string
}

func readReview(ctx context.Context, c db.Conn, content id.Content, round int) (review, error) {
	return db.Get[review](ctx, c, `SELECT * FROM content_review WHERE content_id = $1 AND round = $2`, content, round)
}

// beginRound takes the agency's chain as it is now and sets the item before its first step.
func (s *Service) beginRound(ctx context.Context, tx *db.Tx, row item) error {
	now, err := chainOf(ctx, tx, row.AgencyID)
	if err != nil {
		return err
	}
	chain := now.Chain
	for i := range chain.Steps {
		if chain.Steps[i].AgencyID == 0 {
			chain.Steps[i].AgencyID = row.AgencyID
		}
	}
	begun := tx.Now
	return s.enterRound(ctx, tx, row, review{Round: row.Round + 1, Version: row.Version, Step: 1, Chain: chain, BeganAt: tx.Now, StepAt: tx.Now, RunningSince: &begun}, true)
}

// beginAgain is what an edit during review does: whatever was approved is void, and the first step decides
// again. Where nothing was approved yet, the step's clock runs on: an edit does not put off a reminder.
func (s *Service) beginAgain(ctx context.Context, tx *db.Tx, row item, version int) error {
	before, err := readReview(ctx, tx, row.ID, row.Round)
	if err != nil {
		return err
	}
	voids := before.Step > 1 || row.State == Approved || row.State == Scheduled
	next := before
	next.Round, next.Version, next.Step = row.Round+1, version, 1
	if voids {
		begun := tx.Now
		next.BeganAt, next.StepAt, next.Spent, next.Told, next.RunningSince = tx.Now, tx.Now, 0, 0, &begun
		if row.State == OnHold {
			next.RunningSince = nil
		}
	}
	// What is held waits for somebody else: they are told when it goes on.
	return s.enterRound(ctx, tx, row, next, voids && row.State != OnHold)
}

func (s *Service) enterRound(ctx context.Context, tx *db.Tx, row item, r review, tell bool) error {
	modes, err := modesOf(ctx, tx, row)
	if err != nil {
		return err
	}
	if len(modes) > 0 {
		r.Chain = r.Chain.guarded(row.AgencyID)
	}
	chain, err := json.Marshal(r.Chain)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO content_review (content_id, round, version, chain, step, node_id, persons, began_at, step_at,
			running_since, spent, told, held_by, held_at, held_reason)
		VALUES (@content, @round, @version, @chain, @step, @node, @persons::int4[], @began, @step_at, @running, @spent, @told, @held_by, @held_at, @held_reason)`,
		db.Args{"content": int64(row.ID), "round": r.Round, "version": r.Version, "chain": string(chain), "step": r.Step,
			"node": int64(r.now().AgencyID), "persons": r.now().people(), "began": r.BeganAt, "step_at": r.StepAt,
			"running": r.RunningSince, "spent": r.Spent, "told": r.Told, "held_by": r.HeldBy, "held_at": r.HeldAt, "held_reason": r.HeldReason})
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE content SET round = $2 WHERE id = $1`, row.ID, r.Round); err != nil {
		return err
	}
	if tell {
		if err := s.tellTurn(ctx, tx, row, r); err != nil {
			return err
		}
	}
	return s.wind(ctx, tx, row, r)
}

// now is the step before which the item stands.
func (r review) now() ChainStep {
	if r.Step < 1 || r.Step > len(r.Chain.Steps) {
		return ChainStep{}
	}
	return r.Chain.Steps[r.Step-1]
}

// people is never nil: the column wants a list.
func (c ChainStep) people() []id.User {
	if c.Persons == nil {
		return []id.User{}
	}
	return c.Persons
}

// passStep sets the item before the next step of its chain.
func (s *Service) passStep(ctx context.Context, tx *db.Tx, row item) error {
	r, err := readReview(ctx, tx, row.ID, row.Round)
	if err != nil {
		return err
	}
	begun := tx.Now
	r.Step, r.StepAt, r.RunningSince, r.Spent, r.Told = r.Step+1, tx.Now, &begun, 0, 0
	_, err = db.Exec(ctx, tx, `UPDATE content_review SET step = $3, node_id = $4, persons = $5::int4[], step_at = $6, running_since = $6, spent = 0, told = 0
		WHERE content_id = $1 AND round = $2`, row.ID, row.Round, r.Step, int64(r.now().AgencyID), r.now().people(), tx.Now)
	if err != nil {
		return err
	}
	if err := s.tellTurn(ctx, tx, row, r); err != nil {
		return err
	}
	return s.wind(ctx, tx, row, r)
}

// stopClock keeps what the step has taken so far.
func (s *Service) stopClock(ctx context.Context, tx *db.Tx, row item, by id.User, reason string) error {
	r, err := readReview(ctx, tx, row.ID, row.Round)
	if err != nil {
		return err
	}
	worked, err := s.worked(ctx, tx, row, r)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE content_review SET running_since = NULL, spent = $3, held_by = $4, held_at = $5, held_reason = $6
		WHERE content_id = $1 AND round = $2`, row.ID, row.Round, int(worked/time.Minute), by, tx.Now, reason)
	return err
}

// startClock lets it run on from there.
func (s *Service) startClock(ctx context.Context, tx *db.Tx, row item) error {
	_, err := db.Exec(ctx, tx, `UPDATE content_review SET running_since = $3, held_by = NULL, held_at = NULL, held_reason = ''
		WHERE content_id = $1 AND round = $2`, row.ID, row.Round, tx.Now)
	if err != nil {
		return err
	}
	r, err := readReview(ctx, tx, row.ID, row.Round)
	if err != nil {
		return err
	}
	if err := s.tellTurn(ctx, tx, row, r); err != nil {
		return err
	}
	return s.wind(ctx, tx, row, r)
}

// worked is how much working time the present step has taken.
func (s *Service) worked(ctx context.Context, tx *db.Tx, row item, r review) (time.Duration, error) {
	spent := time.Duration(r.Spent) * time.Minute
	if r.RunningSince == nil {
		return spent, nil
	}
	workdays, err := s.days(ctx, tx, row.Path)
	if err != nil {
		return 0, err
	}
	return spent + period.WorkTime(*r.RunningSince, tx.Now, period.MustZone(row.AgencyZone), workdays), nil
}

// deciders are all who may decide the step that is ahead steps further; 0: the present one.
func deciders(ctx context.Context, tx *db.Tx, content id.Content, ahead int) ([]id.User, error) {
	return usersOf(ctx, tx, `
		SELECT DISTINCT h.hand AS id FROM content AS c
		JOIN agency AS a ON a.id = c.agency_id
		JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
		CROSS JOIN LATERAL (
			SELECT w.chain, w.round, w.step + @ahead AS step, (one.step->>'agency_id')::int4 AS node_id,
			       ARRAY(SELECT jsonb_array_elements_text(coalesce(one.step->'persons', '[]'))::int4) AS persons
			FROM content_review AS w CROSS JOIN LATERAL (SELECT w.chain->'steps'->(w.step + @ahead - 1) AS step) AS one
			WHERE w.content_id = c.id AND w.round = c.round AND one.step IS NOT NULL
		) AS r
		CROSS JOIN LATERAL (`+handsSQL+`) AS h
		WHERE c.id = @id ORDER BY 1`, db.Args{"id": int64(content), "ahead": ahead, "now": tx.Now})
}

// keepers are the administrators nearest to an item's agency.
func keepers(ctx context.Context, tx *db.Tx, row item) ([]id.User, error) {
	return usersOf(ctx, tx, `
		SELECT g.user_id AS id FROM user_role AS g JOIN app_user AS u ON u.id = g.user_id AND u.active
		WHERE g.role = 'admin' AND g.agency_id = (
			SELECT x.agency_id FROM user_role AS x JOIN app_user AS y ON y.id = x.user_id AND y.active
			WHERE x.role = 'admin' AND x.agency_id = ANY($1::int4[]) ORDER BY array_position($1::int4[], x.agency_id) DESC LIMIT 1)
		ORDER BY 1`, []id.Agency(row.Path))
}

func usersOf(ctx context.Context, tx *db.Tx, query string, args ...any) ([]id.User, error) {
	rows, err := db.All[struct{ ID id.User }](ctx, tx, query, args...)
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return nil, err
	}
	people := make([]id.User, len(rows))
	for i, row := range rows {
		people[i] = row.ID
	}
	return people, nil
}
