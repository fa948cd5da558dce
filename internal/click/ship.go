package click

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// Counted is what a batch tells others of: a click that has just been found valid, or the fetch of a link
// preview by the very network that the link was made for. Only Valid is a reader.
type Counted struct {
	Verdict      Verdict // Valid or Preview
	Delta        int32   // 1: counts from now on; -1: was counted, and is taken back
	Why          string  // of what was counted or taken back later: reclassified, integrity or restored; else empty
	At           time.Time
	Day          period.Day // the local day in the zone of the person's agency
	Content      id.Content
	User         id.User
	Channel      Channel
	Unit, Agency id.Agency   // where the person worked at that time
	Path         []id.Agency // from the root down to Unit
}

// ship judges and stores a stretch of records.
func (s *Service) ship(ctx context.Context, tx *db.Tx, all stretch) error {
	if len(all.records) == 0 {
		return nil
	}
	sharers, err := readSharers(ctx, tx, all.records)
	if err != nil {
		return err
	}
	return s.store(ctx, tx, s.judge.judge(all.records, all.before, all.after, sharers))
}

// store keeps what was judged: who repeats, the raw rows, the sums, and then those who are told of what
// newly counts. Concurrent batches take their locks in one order (agents, seen, sums table by
// table and key by key), so they wait for each other and never dead-lock.
func (s *Service) store(ctx context.Context, tx *db.Tx, records []judgment) error {
	if err := ensureFor(ctx, tx, records); err != nil {
		return err
	}
	around, err := lookAround(ctx, tx, records)
	if err != nil {
		return err
	}
	agents, err := agentNumbers(ctx, tx, records)
	if err != nil {
		return err
	}
	if records, err = s.tellRepeats(ctx, tx, records); err != nil {
		return err
	}
	s.limits.hold(tx, records)
	if err := insertClicks(ctx, tx, records, around.places, agents); err != nil {
		return err
	}
	if err := noteOrigins(ctx, tx, records); err != nil {
		return err
	}
	if err := addUp(records, &around).write(ctx, tx); err != nil {
		return err
	}
	counted := telling(records, &around)
	for _, tell := range s.onShip {
		if len(counted) == 0 {
			break
		}
		if err := tell(ctx, tx, counted); err != nil {
			return err
		}
	}
	return nil
}

type agentHash [16]byte

func hashOf(agent string) agentHash {
	sum := sha256.Sum256([]byte(agent))
	return agentHash(sum[:len(agentHash{})])
}

//go:embed sql/agent.sql
var agentSQL string

// agentNumbers gives the number of each user agent of the batch. Most are known and were seen today
// already: those are only read.
func agentNumbers(ctx context.Context, tx *db.Tx, records []judgment) (map[string]int32, error) {
	type sighting struct {
		agent string
		day   period.Day
	}
	missing := map[agentHash]sighting{}
	numbers := map[string]int32{"": 0}
	for _, r := range records {
		if hash := hashOf(r.Agent); r.Agent != "" {
			missing[hash] = sighting{r.Agent, max(r.day(), missing[hash].day)}
		}
	}
	read := func(query string, args ...any) error {
		rows, err := tx.Pgx().Query(ctx, query, args...)
		if err != nil {
			return db.Error(err)
		}
		var hash []byte
		var number int32
		_, err = pgx.ForEachRow(rows, []any{&hash, &number}, func() error {
			numbers[missing[agentHash(hash)].agent] = number
			delete(missing, agentHash(hash))
			return nil
		})
		return db.Error(err)
	}
	columns := func() (hashes [][]byte, agents []string, days []period.Day) {
		for hash, seen := range missing {
			hashes, agents, days = append(hashes, hash[:]), append(agents, seen.agent), append(days, seen.day)
		}
		return hashes, agents, days
	}
	hashes, _, days := columns()
	err := read(`SELECT known.hash, known.id FROM click_agent AS known
		JOIN unnest($1::bytea[], $2::date[]) AS seen (hash, day) ON seen.hash = known.hash AND known.last_day >= seen.day`, hashes, days)
	if err != nil || len(missing) == 0 {
		return numbers, err
	}
	hashes, agents, days := columns()
	return numbers, read(agentSQL, hashes, agents, days)
}

// seen is a row of click_seen: somebody was on a person's link to a content in a visitor day.
type seen struct {
	day period.Day
	k   int64
}

func (s *Service) seenBy(r judgment) seen {
	return seen{r.day(), s.seen.seen(r)}
}

// tellRepeats makes a repeat of each valid record whose visitor was on the link before in the visitor
// day, in the database or in the batch itself, and remembers the others.
func (s *Service) tellRepeats(ctx context.Context, tx *db.Tx, records []judgment) ([]judgment, error) {
	var all []seen
	for _, r := range records {
		if r.Verdict == Valid {
			all = append(all, s.seenBy(r))
		}
	}
	fresh, err := remember(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	judged := slices.Clone(records)
	for i, r := range judged {
		if r.Verdict != Valid {
			continue
		}
		if key := s.seenBy(r); fresh[key] {
			delete(fresh, key) // the next one in the batch repeats it
		} else {
			judged[i].Verdict, judged[i].Reason = Repeat, seenToday
		}
	}
	return judged, nil
}

// remember tells which were not there before.
func remember(ctx context.Context, tx *db.Tx, all []seen) (fresh map[seen]bool, err error) {
	days, keys := make([]period.Day, len(all)), make([]int64, len(all))
	for i, one := range all {
		days[i], keys[i] = one.day, one.k
	}
	rows, err := tx.Pgx().Query(ctx, `INSERT INTO click_seen (day, k)
		SELECT DISTINCT day, k FROM unnest($1::date[], $2::int8[]) AS s (day, k) ORDER BY day, k
		ON CONFLICT DO NOTHING RETURNING day, k`, days, keys)
	if err != nil {
		return nil, db.Error(err)
	}
	fresh = map[seen]bool{}
	var day time.Time
	var k int64
	_, err = pgx.ForEachRow(rows, []any{&day, &k}, func() error {
		fresh[seen{period.DayOf(day.Date()), k}] = true
		return nil
	})
	return fresh, db.Error(err)
}

//go:embed sql/insert.sql
var insertSQL string

func insertClicks(ctx context.Context, tx *db.Tx, records []judgment, places []place, agents map[string]int32) error {
	n := len(records)
	at, visitor := make([]time.Time, n), make([]int32, n)
	content, user, unit, agent := make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	channel, verdict, why, rule := make([]int16, n), make([]int16, n), make([]int16, n), make([]int16, n)
	for i, r := range records {
		at[i], visitor[i], content[i], user[i] = r.At, r.Visitor, int32(r.Content), int32(r.User)
		unit[i], agent[i], channel[i] = int32(places[i].unit), agents[r.Agent], int16(r.Channel)
		verdict[i], why[i], rule[i] = int16(r.Verdict), int16(r.Reason), r.Rule
	}
	_, err := tx.Pgx().Exec(ctx, insertSQL, at, visitor, content, user, unit, agent, channel, verdict, why, rule)
	return db.Error(err)
}

// telling are the valid clicks and the networks' own previews on links of people who worked somewhere:
// nobody else can earn, and nobody else has acts.
func telling(records []judgment, around *surroundings) (counted []Counted) {
	for i, r := range records {
		at := around.places[i]
		if at.unit == 0 || r.Verdict != Valid && !r.isOwnPreview() {
			continue
		}
		c := Counted{Verdict: r.Verdict, Delta: 1, At: r.At, Day: around.localDay(r.At, at.zone), Content: r.Content, User: r.User, Channel: r.Channel,
			Unit: at.unit, Agency: at.agency}
		for _, above := range around.paths[at.unit] {
			c.Path = append(c.Path, above.id)
		}
		counted = append(counted, c)
	}
	return counted
}

// isOwnPreview tells whether the network for which the link was made drew its card.
func (r judgment) isOwnPreview() bool {
	on, known := r.Channel.network()
	return r.Verdict == Preview && known && on.Fetches(r.Agent)
}
