package integrity

import (
	"context"
	"encoding/json"
	"fmt"

	"gaung/internal/audit"
	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Check checks the visitor days that are over: each once, and again when clicks of it arrived since. It may be stopped
// anywhere and run again.
func (s *Service) Check(ctx context.Context) error {
	now := s.db.Now()
	today := period.VisitorDay(now)
	// A check that begins must end before from where people came is forgotten.
	for day := period.VisitorDay(now.Add(passTime)).Add(-daysBack); day < today; day++ {
		if now.Before(period.VisitorDayEnd(day).Add(passAfter)) {
			continue
		}
		if err := s.checkDay(ctx, day); err != nil {
			return fmt.Errorf("integrity %s: %w", day, err)
		}
	}
	return nil
}

// checkDay goes on where an earlier run stopped: what was found lies in the database before anything is taken.
func (s *Service) checkDay(ctx context.Context, day period.Day) error {
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return find(ctx, tx, day) }); err != nil {
		return err
	}
	pass, err := db.Get[struct{ State string }](ctx, s.db, `SELECT state FROM integrity_pass WHERE day = $1::date`, day.String())
	if err != nil || pass.State == "done" {
		return err
	}
	for _, step := range []func(context.Context, *db.Tx, period.Day) (bool, error){s.take, s.settle} {
		for more := true; more; {
			err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
				more, err = step(ctx, tx, day)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return s.finish(ctx, tx, day) })
}

// begin tells whether a check of the day is due, which no other run has begun: there was none, or clicks arrived since.
func begin(ctx context.Context, tx *db.Tx, day period.Day) (due bool, err error) {
	// Counted before the clicks are read: what arrives between makes one check more, which finds nothing new.
	origins, err := db.Get[struct{ N int64 }](ctx, tx, `SELECT count(*) AS n FROM click_origin WHERE day = $1::date`, day.String())
	if err != nil {
		return false, err
	}
	begun, err := db.Exec(ctx, tx, `INSERT INTO integrity_pass AS p (day, state, clicks, sharers, origins, started_at) VALUES ($1::date, 'found', 0, 0, $2, $3)
		ON CONFLICT ON CONSTRAINT integrity_pass_day_pkey DO UPDATE SET state = 'found', origins = excluded.origins, started_at = excluded.started_at
		WHERE p.state = 'done' AND p.origins < excluded.origins AND p.done_at <= $4`, day.String(), origins.N, tx.Now, tx.Now.Add(-againAfter))
	return begun == 1, err
}

// find looks at the day and writes down what is to be taken, and the cases.
func find(ctx context.Context, tx *db.Tx, day period.Day) error {
	if due, err := begin(ctx, tx, day); err != nil || !due {
		return err
	}
	f, err := gather(ctx, tx, day)
	if err != nil {
		return err
	}
	clicks := 0
	for _, p := range f.persons {
		clicks += p.N
	}
	if _, err := db.Exec(ctx, tx, `UPDATE integrity_pass SET clicks = $2, sharers = $3 WHERE day = $1::date`, day.String(), clicks, len(f.persons)); err != nil {
		return err
	}
	for _, found := range detect(f) {
		if err := note(ctx, tx, day, found); err != nil {
			return err
		}
	}
	return nil
}

// visitorsOf lists the visitors that a choice names.
var visitorsOf = map[choice]string{
	fans: `SELECT visitor FROM day_click WHERE valid AND user_id = $1 GROUP BY visitor HAVING count(*) >=
		(SELECT greatest(3, 0.8 * count(DISTINCT content_id)) FROM day_click WHERE user_id = $1)`,
	ownAgents: `SELECT DISTINCT visitor FROM day_click WHERE valid AND user_id = $1 AND agent_id IN
		(SELECT a.id FROM click_sharer AS s JOIN click_agent AS a ON a.hash = s.agent WHERE s.day = $2::date AND s.user_id = $1)`,
	bares: `SELECT DISTINCT visitor FROM day_click WHERE valid AND user_id = $1 AND bare`,
	lonelies: `SELECT DISTINCT c.visitor FROM day_click AS c WHERE c.valid AND c.user_id = $1
		AND NOT EXISTS (SELECT FROM day_click AS o WHERE o.valid AND o.block = c.block AND o.user_id <> $1)`,
}

// note keeps a finding: its cells until they are taken, and its case. Findings of one reason are one case.
func note(ctx context.Context, tx *db.Tx, day period.Day, f finding) error {
	facts, err := json.Marshal(f.facts)
	if err != nil {
		return err
	}
	values, args := `SELECT $4::int8 AS value`, []any{f.User, day.String(), int16(f.Reason), f.Value, string(f.Scope)}
	if f.which != "" {
		values, args[3] = visitorsOf[f.which], nil
		values = `SELECT v.visitor::int8 AS value FROM (` + values + `) AS v WHERE $4::int8 IS NULL`
	}
	if _, err := db.Exec(ctx, tx, `INSERT INTO integrity_cell (user_id, day, reason, scope, value)
		SELECT $1::int4, $2::date, $3, $5, value FROM (`+values+`) AS v ON CONFLICT DO NOTHING`, args...); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO integrity_case AS c (user_id, day, reason, unit_id, agency_id, facts, at)
		SELECT $1, $2::date, $3, p.unit_id, p.agency_id, $4::jsonb, $5 FROM placement AS p
		WHERE p.user_id = $1 AND p.from_day <= $2::date + 1 ORDER BY p.from_day DESC LIMIT 1
		ON CONFLICT ON CONSTRAINT integrity_case_user_id_day_key DO UPDATE SET facts = CASE sign((excluded.facts ->> 'part')::int4 - (c.facts ->> 'part')::int4)
			WHEN 1 THEN excluded.facts WHEN 0 THEN c.facts || excluded.facts ELSE c.facts END
			WHERE c.decided_by IS NULL`,
		f.User, day.String(), int16(f.Reason), string(facts), tx.Now)
	return err
}

// personsAtOnce bounds one transaction that takes: each reads the day's clicks once.
const personsAtOnce = 200

// decidedUpTo holds the cases of the day up to a person, and tells of whom an officer has decided one: of them nothing
// more is taken that day, or a check for late clicks would take again what was restored.
func decidedUpTo(ctx context.Context, tx *db.Tx, day period.Day, last id.User) (map[id.User]bool, error) {
	rows, err := db.All[struct {
		UserID  id.User
		Decided bool
	}](ctx, tx, `SELECT user_id, decided_by IS NOT NULL AS decided FROM integrity_case WHERE day = $1::date AND user_id <= $2
		AND user_id IN (SELECT user_id FROM integrity_cell WHERE day = $1::date) ORDER BY user_id, id FOR UPDATE`, day.String(), last)
	decided := map[id.User]bool{}
	for _, row := range rows {
		decided[row.UserID] = decided[row.UserID] || row.Decided
	}
	return decided, err
}

// take takes what was found of some persons, and tells whether more is left.
func (s *Service) take(ctx context.Context, tx *db.Tx, day period.Day) (more bool, err error) {
	rows, err := db.All[struct {
		UserID id.User
		Reason click.Reason
		Scope  click.Scope
		Value  int64
	}](ctx, tx, `SELECT user_id, reason, scope, value FROM integrity_cell WHERE day = $1::date AND user_id IN
		(SELECT DISTINCT user_id FROM integrity_cell WHERE day = $1::date ORDER BY user_id LIMIT $2) ORDER BY user_id, reason, scope, value`, day.String(), personsAtOnce)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	last := rows[len(rows)-1].UserID
	decided, err := decidedUpTo(ctx, tx, day, last)
	if err != nil {
		return false, err
	}
	var cells []click.Cell
	for _, row := range rows {
		if !decided[row.UserID] {
			cells = append(cells, click.Cell{User: row.UserID, Reason: row.Reason, Scope: row.Scope, Value: row.Value})
		}
	}
	taken, err := s.clicks.TakeTx(ctx, tx, day, cells)
	if err != nil {
		return false, err
	}
	people, told := 0, map[id.User]bool{}
	for _, one := range taken {
		people += one.People
		if one.People > 0 && !told[one.User] {
			told[one.User] = true
			if err := s.queue.EnqueueTx(ctx, tx, NewsJob{What: "reach_taken", Key: fmt.Sprintf("reach_taken/%s/%d", day, tx.Now.Unix()), To: one.User, At: tx.Now}); err != nil {
				return false, err
			}
		}
		if _, err := db.Exec(ctx, tx, `UPDATE integrity_case SET people = people + $4, held = held + $5 WHERE user_id = $1 AND day = $2::date AND reason = $3`,
			one.User, day.String(), int16(one.Reason), one.People, one.HeldBefore); err != nil {
			return false, err
		}
		if err := audit.WriteTx(ctx, tx, audit.Entry{Action: "integrity.take", Subject: fmt.Sprintf("user/%d", one.User),
			Detail: map[string]any{"day": day.String(), "reason": one.Reason.String(), "people": one.People, "held": one.HeldBefore}}); err != nil {
			return false, err
		}
	}
	err = db.ExecAll(ctx, tx, db.Args{"day": day.String(), "last": int64(last), "people": people},
		`DELETE FROM integrity_cell WHERE day = @day::date AND user_id <= @last`,
		`UPDATE integrity_pass SET taken = taken + @people WHERE day = @day::date`)
	return true, err
}

// settle counts what had been held above the limit of a block and in which nothing was found.
func (s *Service) settle(ctx context.Context, tx *db.Tx, day period.Day) (more bool, err error) {
	people, err := s.clicks.SettleTx(ctx, tx, day)
	if err != nil || people == 0 {
		return false, err
	}
	_, err = db.Exec(ctx, tx, `UPDATE integrity_pass SET settled = settled + $2 WHERE day = $1::date`, day.String(), people)
	return true, err
}

// finish drops cases of which another reason had all. From where people came stays while clicks of the day may arrive.
func (s *Service) finish(ctx context.Context, tx *db.Tx, day period.Day) error {
	return db.ExecAll(ctx, tx, db.Args{"day": day.String(), "now": tx.Now},
		`DELETE FROM integrity_case WHERE day = @day::date AND people = 0 AND held = 0 AND state = 'open'`,
		`UPDATE integrity_pass SET state = 'done', done_at = @now WHERE day = @day::date`)
}
