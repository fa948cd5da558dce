package notice

import (
	"context"
	_ "embed"
	"fmt"
	"math"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

//go:embed sql/wave.sql
var waveSQL string

//go:embed sql/held.sql
var heldSQL string

//go:embed sql/night.sql
var nightSQL string

// PromptJob sends the prompts that are due.
type PromptJob struct{}

// Kind names the job.
func (PromptJob) Kind() string { return "notice_prompt" }

const (
	promptEvery = time.Minute
	mostPrompts = 3             // of a person and local day
	turns       = 1 << 20       // into which a wave is cut
	sliceOf     = 5000          // people, about, in one transaction
	catchUp     = 4             // how much faster than planned a wave goes after a standstill
	leastNight  = 30            // minutes over which those go out whose content went live at night
	heldRoom    = 2 * time.Hour // over which the held go out in the morning; the urgent over heldUrgent
	heldUrgent  = 30 * time.Minute
	tooLate     = 48 * time.Hour     // after going live no wave begins any more
	oldest      = 7 * 24 * time.Hour // of a content whose held prompts still go out
	spare       = 10 * time.Second   // of a job's time, which no new slice is begun in
)

// startOf is where in the ring of all places the wave of a content begins. A person's place in the ring is
// theirs in every wave; the SQL has the same words, and an index on the place.
func startOf(content id.Content) int64 { return int64(uint32(uint64(content)*2246822519)) >> 12 }

func placeOf(person id.User) int64 { return int64(uint32(uint64(person)*2654435761)) >> 12 }

// MomentOf is when a person's turn in a wave is: spread evenly over its waking time in their zone.
func MomentOf(content id.Content, person id.User, began time.Time, spread time.Duration, zone *time.Location) time.Time {
	part := float64((placeOf(person)-startOf(content))&(turns-1)) / turns
	return period.AfterWaking(began, time.Duration(part*float64(spread)), zone)
}

// beginWaves begins the prompts of a content that has just gone live, a wave for each zone of its audience.
func (s *Service) beginWaves(ctx context.Context, item id.Content) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := oneAtATime(ctx, tx); err != nil { // the budget of its publisher is counted
			return err
		}
		zones, err := db.All[struct {
			Zone        string
			People      int
			PublishedAt time.Time
			Spread      int
			Urgent      bool
		}](ctx, tx, `SELECT body.zone, count(DISTINCT p.user_id) AS people, c.published_at, c.spread_minutes AS spread, v.kind = 'klarifikasi' AS urgent
			FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
			JOIN agency AS unit ON unit.path && ARRAY(SELECT node_id FROM content_target WHERE content_id = $1)
			JOIN placement AS p ON p.unit_id = unit.id JOIN agency AS body ON body.id = p.agency_id JOIN app_user AS u ON u.id = p.user_id AND u.active
			WHERE c.id = $1 AND c.state = 'live' AND c.published_at > $3 AND p.from_day <= ($2::timestamptz AT TIME ZONE body.zone)::date
			  AND (p.until_day IS NULL OR p.until_day > ($2::timestamptz AT TIME ZONE body.zone)::date)
			GROUP BY body.zone, c.id, v.kind ORDER BY body.zone`, item, tx.Now, tx.Now.Add(-tooLate))
		if err != nil {
			return err
		}
		budget, err := publisherBudget(ctx, tx, item, tx.Now)
		if err != nil {
			return err
		}
		for _, z := range zones {
			z.Urgent = z.Urgent && budget.Used < budget.Most
			if !period.Awake(z.PublishedAt, period.MustZone(z.Zone)) {
				z.Spread = max(z.Spread, leastNight)
			}
			_, err := db.Exec(ctx, tx, `INSERT INTO prompt_wave (content_id, zone, began_at, spread, urgent, people) VALUES ($1, $2, $3, $4, $5, $6)
				ON CONFLICT DO NOTHING`, item, z.Zone, z.PublishedAt, z.Spread, z.Urgent, z.People)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// wave is one row of prompt_wave.
type wave struct {
	ContentID id.Content
	Zone      string
	BeganAt   time.Time
	Spread    int
	Urgent    bool
	People    int
	Passed    int64
	Live      bool
	Nodes     db.IDs[id.Agency]
}

// due is how many of the turns are over now.
func (w wave) due(now time.Time) int64 {
	spread := time.Duration(w.Spread) * time.Minute
	awake := period.WakingTime(w.BeganAt, now, period.MustZone(w.Zone))
	if awake >= spread {
		return turns
	}
	return int64(float64(awake) / float64(spread) * turns)
}

// reach is up to where one run of the job may go: not past what is due, and after a standstill not in one
// leap.
func (w wave) reach(now time.Time) int64 {
	due := w.due(now)
	if w.Spread == 0 {
		return due
	}
	leap := int64(math.Ceil(catchUp * turns * promptEvery.Minutes() / float64(w.Spread)))
	return min(due, w.Passed+leap)
}

// slice is the next range of turns, of about so many people, that does not go round the ring's end.
func (w wave) slice(reach int64) (low, high int64) {
	most := max(1, int64(sliceOf)*turns/int64(max(1, w.People)))
	low = (startOf(w.ContentID) + w.Passed) % turns
	return low, min(low+min(reach-w.Passed, most), turns)
}

// Prompt sends what is due: what was held first, then the waves, the urgent first. Each slice is a
// transaction that moves the wave on: however often this is stopped, nobody is prompted twice.
func (s *Service) Prompt(ctx context.Context) error {
	for more := true; more && !short(ctx); {
		n, err := s.sendHeld(ctx)
		if err != nil {
			return err
		}
		more = n == sliceOf
	}
	waves, err := db.All[wave](ctx, s.db, `SELECT content_id, zone, urgent FROM prompt_wave WHERE done_at IS NULL ORDER BY urgent DESC, began_at, content_id, zone`)
	if err != nil {
		return err
	}
	for _, w := range waves {
		if w.Urgent && !period.Awake(s.db.Now(), period.MustZone(w.Zone)) {
			if err := s.sendNight(ctx, w); err != nil {
				return fmt.Errorf("prompts of content %d at night: %w", w.ContentID, err)
			}
			continue
		}
		reach := int64(-1)
		for more := true; more && !short(ctx); {
			if reach, more, err = s.sendSlice(ctx, w, reach); err != nil {
				return fmt.Errorf("prompts of content %d: %w", w.ContentID, err)
			}
		}
	}
	return nil
}

// short tells that the job's time is nearly over: the rest is the next run's.
func short(ctx context.Context) bool {
	until, bounded := ctx.Deadline()
	return ctx.Err() != nil || bounded && time.Until(until) < spare
}

func (s *Service) sendHeld(ctx context.Context) (n int, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := oneAtATime(ctx, tx); err != nil {
			return err
		}
		done, err := db.Get[struct{ N int }](ctx, tx, withPushed(heldSQL), db.PlanAnew,
			db.Args{"now": tx.Now, "limit": sliceOf, "most": mostPrompts, "most_week": mostUrgentWeek, "oldest": tx.Now.Add(-oldest), "pushed": s.pushKinds()})
		n = done.N
		return err
	})
	return n, err
}

// oneAtATime lets one transaction prompt people at a time, because each counts what a person had today.
func oneAtATime(ctx context.Context, tx *db.Tx) error {
	_, err := db.Exec(ctx, tx, `SELECT pg_advisory_xact_lock(hashtext('gaung prompts'))`)
	return err
}

// sendSlice prompts the next slice of a wave, up to a turn; below zero: as far as this run may go. It tells
// that turn, and whether there is more.
func (s *Service) sendSlice(ctx context.Context, of wave, reach int64) (_ int64, more bool, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := oneAtATime(ctx, tx); err != nil {
			return err
		}
		w, err := holdWave(ctx, tx, of)
		if err != nil || !period.Awake(tx.Now, period.MustZone(of.Zone)) && w.Live {
			return err
		}
		if reach < 0 {
			reach = w.reach(tx.Now)
		}
		if w.Live && reach <= w.Passed && w.Passed < turns {
			return nil
		}
		var done struct{ Seen, Told, Held int }
		low, high := w.slice(reach)
		if w.Live && high > low {
			if done, err = s.prompt(ctx, tx, w, low, high); err != nil {
				return err
			}
			w.Passed += high - low
		}
		more = w.Live && w.Passed < reach
		_, err = db.Exec(ctx, tx, `UPDATE prompt_wave SET passed = $3, seen = seen + $4, told = told + $5,
			done_at = CASE WHEN $6 THEN $7::timestamptz END WHERE content_id = $1 AND zone = $2`,
			w.ContentID, w.Zone, w.Passed, done.Seen, done.Told, !w.Live || w.Passed >= turns, tx.Now)
		return err
	})
	return reach, more, err
}

func holdWave(ctx context.Context, tx *db.Tx, of wave) (wave, error) {
	return db.Get[wave](ctx, tx, `SELECT w.content_id, w.zone, w.began_at, w.spread, w.urgent, w.people, w.passed,
			c.state = 'live' AND (c.ends_at IS NULL OR c.ends_at > $3) AND w.done_at IS NULL AS live,
			ARRAY(SELECT node_id FROM content_target WHERE content_id = c.id)::text AS nodes
		FROM prompt_wave AS w JOIN content AS c ON c.id = w.content_id WHERE w.content_id = $1 AND w.zone = $2 FOR UPDATE OF w`,
		of.ContentID, of.Zone, tx.Now)
}

func (s *Service) prompt(ctx context.Context, tx *db.Tx, w wave, low, high int64) (struct{ Seen, Told, Held int }, error) {
	args := s.waveArgs(tx, w)
	room := heldRoom
	if w.Urgent {
		room = heldUrgent
	}
	zone := period.MustZone(w.Zone)
	args["low"], args["high"], args["start"], args["urgent"], args["room"] = low, high, startOf(w.ContentID), w.Urgent, room.Seconds()
	args["tomorrow"] = period.LocalDay(tx.Now, zone).Add(1).Start(zone).Add(period.WakesAt)
	return db.Get[struct{ Seen, Told, Held int }](ctx, tx, withPushed(waveSQL), db.PlanAnew, args)
}

func (s *Service) waveArgs(tx *db.Tx, w wave) db.Args {
	zone := period.MustZone(w.Zone)
	day := period.LocalDay(tx.Now, zone)
	return db.Args{"nodes": []id.Agency(w.Nodes), "zone": w.Zone, "day": day.String(), "midnight": day.Start(zone), "monday": period.WeekOf(day).From.Start(zone),
		"content": w.ContentID, "key": fmt.Sprintf("prompt/%d", w.ContentID), "now": tx.Now, "most": mostPrompts, "most_week": mostUrgentWeek, "pushed": s.pushKinds()}
}

// sendNight tells those of an urgent wave who want it at night as well; everybody else's turn comes in the morning.
func (s *Service) sendNight(ctx context.Context, of wave) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := oneAtATime(ctx, tx); err != nil {
			return err
		}
		w, err := holdWave(ctx, tx, of)
		if err != nil || !w.Live {
			return err
		}
		done, err := db.Get[struct{ Told int }](ctx, tx, withPushed(nightSQL), db.PlanAnew, s.waveArgs(tx, w))
		if err != nil || done.Told == 0 {
			return err
		}
		_, err = db.Exec(ctx, tx, `UPDATE prompt_wave SET told = told + $3 WHERE content_id = $1 AND zone = $2`, w.ContentID, w.Zone, done.Told)
		return err
	})
}
