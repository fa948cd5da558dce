package share

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/period"
)

// change is an act that came (1) or went (-1). One whose grade changed went with the old and came with the
// new one: its day, unit and network stay.
type change struct {
	User    id.User
	Content id.Content
	Network network.Number
	Kind    Kind
	Grade   Grade
	Unit    id.Agency
	Day     period.Day
	N       int32
	At      time.Time // when it was done
	Caption *int16    // of a share: which caption; nil: own words, -1: unknown
}

// regraded are the two sides of a new grade.
func (c change) regraded(was Grade) []change {
	before := c
	before.Grade, before.N, c.N = was, -1, 1
	return []change{before, c}
}

// parts is over how many rows the sum of a content is spread: everybody shares the newest at once.
const parts = "16"

// sumsSQL are the sums of acts in the order in which every transaction writes them, key by key. {change} are
// the changes, or all acts that there are.
var sumsSQL = [...]string{
	`INSERT INTO rollup_unit_act_month AS r (unit_id, month, network, share_a, share_b, share_c, share_d, like_a, like_b, like_c, like_d)
		SELECT unit_id, date_trunc('month', day)::date, network, coalesce(sum(n) FILTER (WHERE kind = 'share' AND grade = 'A'), 0),
			coalesce(sum(n) FILTER (WHERE kind = 'share' AND grade = 'B'), 0), coalesce(sum(n) FILTER (WHERE kind = 'share' AND grade = 'C'), 0),
			coalesce(sum(n) FILTER (WHERE kind = 'share' AND grade = 'D'), 0), coalesce(sum(n) FILTER (WHERE kind = 'like' AND grade = 'A'), 0),
			coalesce(sum(n) FILTER (WHERE kind = 'like' AND grade = 'B'), 0), coalesce(sum(n) FILTER (WHERE kind = 'like' AND grade = 'C'), 0),
			coalesce(sum(n) FILTER (WHERE kind = 'like' AND grade = 'D'), 0)
		FROM {change} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
		ON CONFLICT ON CONSTRAINT rollup_unit_act_month_unit_id_pkey DO UPDATE SET
			share_a = r.share_a + excluded.share_a, share_b = r.share_b + excluded.share_b, share_c = r.share_c + excluded.share_c, share_d = r.share_d + excluded.share_d,
			like_a = r.like_a + excluded.like_a, like_b = r.like_b + excluded.like_b, like_c = r.like_c + excluded.like_c, like_d = r.like_d + excluded.like_d`,
	`INSERT INTO rollup_user_act_month AS r (user_id, month, unit_id, shares, proven_shares, likes, proven_likes)
		SELECT user_id, date_trunc('month', day)::date, unit_id,
			coalesce(sum(n) FILTER (WHERE kind = 'share'), 0), coalesce(sum(n) FILTER (WHERE kind = 'share' AND grade IN ('A', 'B')), 0),
			coalesce(sum(n) FILTER (WHERE kind = 'like'), 0), coalesce(sum(n) FILTER (WHERE kind = 'like' AND grade IN ('A', 'B')), 0)
		FROM {change} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
		ON CONFLICT ON CONSTRAINT rollup_user_act_month_user_id_pkey DO UPDATE SET shares = r.shares + excluded.shares,
			proven_shares = r.proven_shares + excluded.proven_shares, likes = r.likes + excluded.likes, proven_likes = r.proven_likes + excluded.proven_likes`,
	`INSERT INTO rollup_unit_act_day AS r (unit_id, day, shares)
		SELECT unit_id, day, sum(n) FROM {change} WHERE kind = 'share' GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2
		ON CONFLICT ON CONSTRAINT rollup_unit_act_day_unit_id_pkey DO UPDATE SET shares = r.shares + excluded.shares`,
	`INSERT INTO rollup_content_act_month AS r (content_id, month, part, shares)
		SELECT content_id, date_trunc('month', day)::date, user_id % ` + parts + `, sum(n) FROM {change}
		WHERE kind = 'share' GROUP BY 1, 2, 3 HAVING sum(n) <> 0 ORDER BY 1, 2, 3
		ON CONFLICT ON CONSTRAINT rollup_content_act_month_content_id_pkey DO UPDATE SET shares = r.shares + excluded.shares`,
	// The row is locked even where the day stays: whoever takes an act back looks for the first of the others (see leftOver).
	`INSERT INTO rollup_user_act_first AS r (user_id, day)
		SELECT user_id, min(day) FROM (SELECT user_id, day FROM {change} GROUP BY 1, 2 HAVING sum(n) > 0) AS came GROUP BY 1 ORDER BY 1
		ON CONFLICT ON CONSTRAINT rollup_user_act_first_user_id_pkey DO UPDATE SET day = excluded.day WHERE excluded.day < r.day`,
	`INSERT INTO rollup_unit_share_month AS r (unit_id, month, delay, shares, own, given)
		SELECT unit_id, date_trunc('month', day)::date, share_delay(content.published_at, change.at), sum(n),
			coalesce(sum(n) FILTER (WHERE change.caption IS NULL), 0), coalesce(sum(n) FILTER (WHERE change.caption >= 0), 0)
		FROM {change} JOIN content ON content.id = change.content_id WHERE change.kind = 'share' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
		ON CONFLICT ON CONSTRAINT rollup_unit_share_month_unit_id_pkey DO UPDATE SET shares = r.shares + excluded.shares,
			own = r.own + excluded.own, given = r.given + excluded.given`,
}

// sumsByGrade is how many of the sums, the first ones, tell grades apart.
const sumsByGrade = 2

const (
	givenChanges = `unnest($1::int4[], $2::int4[], $3::int2[], $4::text[], $5::text[], $6::int4[], $7::date[], $8::int4[], $9::timestamptz[], $10::int2[])
		AS change (user_id, content_id, network, kind, grade, unit_id, day, n, at, caption)`
	everyAct = `(SELECT *, 1 AS n FROM act) AS change`
)

// keep adds changes of acts to the sums. It is called after the last act of a transaction is locked and
// before bump: acts, sums, turns is the order of locks everywhere.
func keep(ctx context.Context, tx *db.Tx, changes ...change) error {
	return add(ctx, tx, sumsSQL[:], changes)
}

// keepGrades is keep for changes of which each is one side of a new grade.
func keepGrades(ctx context.Context, tx *db.Tx, changes ...change) error {
	return add(ctx, tx, sumsSQL[:sumsByGrade], changes)
}

func add(ctx context.Context, tx *db.Tx, statements []string, changes []change) error {
	n := len(changes)
	if n == 0 {
		return nil
	}
	users, contents, networks, units, counts := make([]int32, n), make([]int32, n), make([]int16, n), make([]int32, n), make([]int32, n)
	kinds, grades, days := make([]string, n), make([]string, n), make([]period.Day, n)
	times, captions := make([]time.Time, n), make([]*int16, n)
	for i, c := range changes {
		users[i], contents[i], networks[i], units[i], counts[i] = int32(c.User), int32(c.Content), int16(c.Network), int32(c.Unit), c.N
		kinds[i], grades[i], days[i] = string(c.Kind), string(c.Grade), c.Day
		times[i], captions[i] = c.At, c.Caption
	}
	var all pgx.Batch
	for _, statement := range statements {
		all.Queue(strings.Replace(statement, "{change}", givenChanges, 1), users, contents, networks, kinds, grades, units, days, counts, times, captions)
	}
	return db.Error(tx.Pgx().SendBatch(ctx, &all).Close())
}

// leftOver finds the day of the person's first act again after one was taken back. The row is locked first:
// an act that is being recorded meanwhile waits for it, or is waited for and seen.
func leftOver(ctx context.Context, tx *db.Tx, person id.User) error {
	for _, statement := range []string{
		`SELECT FROM rollup_user_act_first WHERE user_id = $1 FOR UPDATE`,
		`DELETE FROM rollup_user_act_first WHERE user_id = $1 AND NOT EXISTS (SELECT FROM act WHERE user_id = $1)`,
		`UPDATE rollup_user_act_first AS f SET day = first.day FROM (SELECT min(day) AS day FROM act WHERE user_id = $1) AS first
			WHERE user_id = $1 AND f.day <> first.day`,
	} {
		if _, err := tx.Pgx().Exec(ctx, statement, person); err != nil {
			return db.Error(err)
		}
	}
	return nil
}
